//! The judge that a wizard asks, and the state of the connection.

use std::rc::Rc;

use crate::service::Deployment;

/// The judge that a wizard asks.
#[derive(Clone)]
pub(crate) enum World {
    /// The judge in the page.
    Demo,
    /// The service, over HTTP.
    Service(Rc<Deployment>),
}

/// The state of the connection.
#[derive(Clone, Copy)]
pub(crate) enum Connection {
    Online,
    Offline,
    /// The next request arrives, and its answer is lost.
    Lossy,
}
