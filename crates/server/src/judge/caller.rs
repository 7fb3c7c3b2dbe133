//! Who asks, as far as it is known without what they say.

use postern_host::Asker;
use postern_host::work::Solved;

use crate::pressure::Network;

/// Who asks.
#[derive(Default)]
pub struct Caller {
    /// The origin of the page of a portal that asks, where it is not our own page.
    pub portal: Option<String>,
    /// Where they are, where that is known.
    pub network: Option<Network>,
    /// The work that they have done, where it was asked.
    pub work: Option<WorkDone>,
}

/// Work that was done.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct WorkDone {
    /// What is burnt once it is taken.
    pub solved: Solved,
    /// The iterations that it takes on average.
    pub iterations: u64,
}

impl Caller {
    /// The same, as far as the judgement depends on it.
    pub(super) fn asker(&self) -> Asker<'_> {
        Asker {
            portal: self.portal.as_deref(),
            solved: self.work.as_ref().map(|work| &work.solved),
        }
    }
}
