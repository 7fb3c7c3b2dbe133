//! What the server knows about the client without the content of its request.

use postern_host::Asker;
use postern_host::work::Solved;

use crate::pressure::Network;

/// The client of a request.
#[derive(Default)]
pub struct Caller {
    /// The origin of the portal's page that sends the request. `None` for our own page.
    pub portal: Option<String>,
    /// The network of the client, if it is known.
    pub network: Option<Network>,
    /// The work of the client, if the server required it.
    pub work: Option<WorkDone>,
}

/// Finished work.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct WorkDone {
    /// The nonce to burn when the work is accepted.
    pub solved: Solved,
    /// The number of iterations that the work takes on average.
    pub iterations: u64,
}

impl Caller {
    /// The part of it that the judgement depends on.
    pub(super) fn asker(&self) -> Asker<'_> {
        Asker {
            portal: self.portal.as_deref(),
            solved: self.work.as_ref().map(|work| &work.solved),
        }
    }
}
