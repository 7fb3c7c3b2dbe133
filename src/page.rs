//! What the parts of the kit ask of the wizard's page.

use postern_kit::page::{Explanation, Page};

use crate::desk::Desk;
use crate::messages::explained;

impl Page for Desk {
    fn id(self, name: &str) -> String {
        Desk::id(self, name)
    }

    fn is_busy(self) -> bool {
        self.wizard().busy().is_some()
    }

    fn arrives(self) -> bool {
        Desk::arrives(self)
    }

    fn may_lead(self) -> bool {
        Desk::may_lead(self)
    }

    fn owns_page(self) -> bool {
        self.session().config().owns_page
    }

    fn problems(self) -> Vec<Explanation> {
        explained(self)
    }

    fn turn(self) -> u32 {
        self.wizard().turn()
    }

    fn error_prefix(self) -> String {
        self.words().wizard_error_prefix()
    }
}
