//! The state that handlers of requests share.

use std::sync::Arc;

use arc_swap::ArcSwap;
use postern_letters::Writer;

use super::settings::HttpSettings;
use super::site::Site;
use super::work::Work;
use crate::delivery::Carriers;
use crate::judge::Judge;
use crate::store::Outgoing;

/// The shared parts of the service.
pub struct Service {
    /// The judge.
    pub judge: Arc<Judge>,
    /// The proof of work.
    pub work: Arc<Work>,
    /// The store of the deployment.
    pub store: Arc<dyn Outgoing>,
    /// The wizard's own files.
    pub site: Site,
    /// The carriers of messages, and the telephony API if calls are configured.
    pub(crate) carriers: Arc<ArcSwap<Carriers>>,
    /// Writes the messages.
    pub(crate) writer: Arc<Writer>,
    /// The settings of the HTTP server.
    pub settings: HttpSettings,
}

/// The content policy of an answer that sets none.
pub(super) const NOTHING: &str = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'";
