//! What becomes of letters without a configured carrier.
//!
//! A configuration has to name each carrier that its tenants need, so that there are such letters
//! only while replicas go by different ones, and after a reload that leaves a carrier out.

use std::sync::Arc;

use anyhow::anyhow;
use async_trait::async_trait;
use axum::Router;

use crate::delivery::{Carrier, NotCarried};
use crate::http::Service;
use crate::letter::Letter;

/// Fallback carrier for lanes without one, with the pages that show what it caught.
#[derive(Clone)]
pub struct Uncarried {
    pub(crate) carrier: Arc<dyn Carrier>,
    pub(crate) pages: Router<Arc<Service>>,
}

impl Default for Uncarried {
    /// None: it waits until a carrier is configured or its deadline is over, and the audit log says
    /// so then.
    fn default() -> Self {
        Self {
            carrier: Arc::new(NoCarrier),
            pages: Router::new(),
        }
    }
}

/// Carries nothing, but not for good: another replica may be able to, or this one after a reload.
struct NoCarrier;

#[async_trait]
impl Carrier for NoCarrier {
    async fn carry(&self, _: Letter) -> Result<(), NotCarried> {
        Err(anyhow!("no carrier is configured for it").into())
    }
}
