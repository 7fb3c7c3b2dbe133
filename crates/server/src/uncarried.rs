//! Handles letters without a configured carrier.
//!
//! A configuration must name each carrier that its tenants need. So such letters occur only while
//! replicas have different configurations, and after a reload that removes a carrier.

use std::sync::Arc;

use anyhow::anyhow;
use async_trait::async_trait;
use axum::Router;
use postern_letters::Letter;

use crate::delivery::{Carrier, NotCarried};
use crate::http::Service;

/// Fallback carrier for lanes without one, with the pages that show what it caught.
#[derive(Clone)]
pub struct Uncarried {
    pub(crate) carrier: Arc<dyn Carrier>,
    pub(crate) pages: Router<Arc<Service>>,
}

impl Default for Uncarried {
    /// No carrier. The letter waits until a carrier is configured or its deadline is over, and then
    /// the audit log says so.
    fn default() -> Self {
        Self {
            carrier: Arc::new(NoCarrier),
            pages: Router::new(),
        }
    }
}

/// Carries nothing, but not for good: another replica may have a carrier, or this one after a
/// reload.
struct NoCarrier;

#[async_trait]
impl Carrier for NoCarrier {
    async fn carry(&self, _: Letter) -> Result<(), NotCarried> {
        Err(anyhow!("no carrier is configured for this message").into())
    }
}
