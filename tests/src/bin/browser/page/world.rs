//! Whom a wizard asks, and over which connection.

use std::rc::Rc;

use crate::service::Deployment;

/// Whom a wizard asks.
#[derive(Clone)]
pub(crate) enum World {
    /// The judge in the page.
    Demo,
    /// The service, over HTTP.
    Service(Rc<Deployment>),
}

/// How the connection is.
#[derive(Clone, Copy)]
pub(crate) enum Connection {
    Online,
    Offline,
    /// The next request arrives, and its answer does not.
    Lossy,
}
