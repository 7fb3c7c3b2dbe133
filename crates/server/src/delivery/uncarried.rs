//! What becomes of letters that the settings name nobody for.
//!
//! A configuration has to name whoever its tenants need, so that there are such letters only while replicas go by different ones,
//! and after a reload that leaves somebody out.

use std::sync::Arc;

use anyhow::anyhow;
use async_trait::async_trait;
use axum::Router;

use super::{Carrier, NotCarried};
use crate::http::Service;
use crate::letter::Letter;

/// Who takes what nobody is configured to carry, and where it can be read.
#[derive(Clone)]
pub struct Uncarried {
    pub(crate) carrier: Arc<dyn Carrier>,
    pub(crate) pages: Router<Arc<Service>>,
}

impl Default for Uncarried {
    /// Nobody: it waits until somebody is configured or its deadline is over, and the audit log says so then.
    fn default() -> Self {
        Self {
            carrier: Arc::new(Nobody),
            pages: Router::new(),
        }
    }
}

/// Carries nothing, but not for good: another replica may be able to, or this one after a reload.
struct Nobody;

#[async_trait]
impl Carrier for Nobody {
    async fn carry(&self, _: Letter) -> Result<(), NotCarried> {
        Err(anyhow!("nobody is configured to carry it").into())
    }
}
