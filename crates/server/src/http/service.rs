//! What answers are made from.

use std::sync::Arc;

use arc_swap::ArcSwap;

use super::settings::HttpSettings;
use super::site::Site;
use super::work::Work;
use crate::delivery::Carriers;
use crate::judge::Judge;
use crate::letter::Writer;
use crate::store::Store;

/// What every part of the service needs.
pub struct Service {
    /// The judge.
    pub judge: Arc<Judge>,
    /// The proof of work.
    pub work: Arc<Work>,
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// The wizard's own files.
    pub site: Site,
    /// Who carries what, and places calls if they are placed.
    pub(crate) carriers: Arc<ArcSwap<Carriers>>,
    /// Who writes what is said in them.
    pub(crate) writer: Arc<Writer>,
    /// What is configured.
    pub settings: HttpSettings,
}

/// The policy of what brings none of its own.
pub(super) const NOTHING: &str = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'";
