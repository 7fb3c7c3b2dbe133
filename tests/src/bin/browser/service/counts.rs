//! The numbers of earlier messages.

use postern_peers::{exchange::Exchange, kannel::Kannel, smtp::Smtp};

/// The number of messages that had been sent when the test began.
pub(super) struct Counts {
    pub(super) mails: usize,
    pub(super) texts: usize,
    pub(super) calls: usize,
}

impl Counts {
    pub(super) fn of(smtp: &Smtp, kannel: &Kannel, exchange: &Exchange) -> Self {
        Self {
            mails: smtp.all().len(),
            texts: kannel.all().len(),
            calls: exchange.all().len(),
        }
    }
}
