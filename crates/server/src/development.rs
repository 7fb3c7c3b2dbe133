//! Development mode, and everything that exists only there: the organisations of Contoso, a mailbox
//! in place of carriers, and a secret that the server generates itself. A build without the feature
//! `development` has none of it.

mod mailbox;
mod page;
mod unconfigured;

use std::sync::Arc;

use crate::clock::Clock;
use crate::serve::Running;
use crate::uncarried::Uncarried;

pub use mailbox::{Delivered, Mailbox};
pub use unconfigured::Unconfigured;

/// The handler of letters without a carrier. In development a mailbox shows them.
pub(crate) fn uncarried(is_development: bool) -> Uncarried {
    if is_development {
        Arc::new(Mailbox::new(Clock::System)).uncarried()
    } else {
        Uncarried::default()
    }
}

/// Prints the addresses of the wizard and of its mailbox.
pub fn tell(running: &Running) {
    let (port, base) = (running.address.port(), &running.base_path);
    eprintln!("The wizard:  http://localhost:{port}{base}/");
    eprintln!("Its mailbox: http://localhost:{port}{base}/development/mailbox");
}
