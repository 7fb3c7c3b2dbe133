//! Gates: how many there are, which are passed, and which methods count as different.
//!
//! Two gates are worth two only if one theft does not open both. Methods are therefore grouped by
//! what they prove.

use alloc::vec::Vec;

use postern_protocol::{Gates, Method, Offer};
use serde::{Deserialize, Serialize};

/// What a method proves that the person has or knows.
///
/// A text to a phone and a call to it prove the same thing: together they pass one gate, as in the
/// reference, whose method is "mobile phone".
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Factor {
    /// The alternate mailbox.
    Email,
    /// The mobile phone.
    Mobile,
    /// The office phone.
    Office,
    /// The authenticator.
    Authenticator,
    /// The answers to security questions.
    Questions,
}

impl Factor {
    pub(crate) const ALL: [Self; 5] = [
        Self::Email,
        Self::Mobile,
        Self::Office,
        Self::Authenticator,
        Self::Questions,
    ];

    pub(crate) const fn of(method: Method) -> Self {
        match method {
            Method::Email => Self::Email,
            Method::MobileSms | Method::MobileCall => Self::Mobile,
            Method::OfficeCall => Self::Office,
            Method::AuthenticatorCode => Self::Authenticator,
            Method::Questions => Self::Questions,
        }
    }

    /// The number of gates that these methods can pass.
    pub(crate) fn count(methods: &[Method]) -> usize {
        let has = |factor| methods.iter().any(|method| Self::of(*method) == factor);
        Self::ALL.into_iter().filter(|factor| has(*factor)).count()
    }
}

/// The progress of an attempt through its gates.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct GateProgress {
    required: u8,
    passed: Vec<Method>,
}

impl GateProgress {
    pub(crate) const fn new(required: u8) -> Self {
        Self {
            required,
            passed: Vec::new(),
        }
    }

    /// Counts a proven method.
    pub(crate) fn pass(&mut self, method: Method) {
        self.passed.push(method);
    }

    /// Whether no gate is passed yet.
    pub(crate) fn is_untouched(&self) -> bool {
        self.passed.is_empty()
    }

    /// The number of gates that are not passed yet.
    pub(crate) fn missing(&self) -> usize {
        usize::from(self.required).saturating_sub(self.passed.len())
    }

    /// Whether all gates are passed.
    pub(crate) fn is_complete(&self) -> bool {
        self.passed.len() >= usize::from(self.required)
    }

    /// The number of the current gate, from 1.
    pub(crate) fn current(&self) -> u8 {
        self.summary().passed.saturating_add(1)
    }

    /// The method that was proven last.
    pub(crate) fn last(&self) -> Option<Method> {
        self.passed.last().copied()
    }

    /// Whether a method can pass the current gate: no method of the same factor has passed a gate
    /// before.
    pub(crate) fn admits(&self, method: Method) -> bool {
        !self
            .passed
            .iter()
            .any(|passed| Factor::of(*passed) == Factor::of(method))
    }

    /// The offers that can pass the current gate.
    pub(crate) fn admitted(&self, offers: &[Offer]) -> Vec<Offer> {
        offers
            .iter()
            .filter(|offer| self.admits(offer.method))
            .cloned()
            .collect()
    }

    /// The progress in the form for the page.
    pub(crate) fn summary(&self) -> Gates {
        Gates {
            required: self.required,
            passed: u8::try_from(self.passed.len()).unwrap_or(u8::MAX),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_call_to_one_phone_pass_one_gate_between_them() {
        let mut gates = GateProgress::new(2);
        gates.pass(Method::MobileSms);
        assert!(!gates.admits(Method::MobileSms));
        assert!(!gates.admits(Method::MobileCall));
        assert!(gates.admits(Method::OfficeCall));
        assert!(!gates.is_complete());
        gates.pass(Method::OfficeCall);
        assert!(gates.is_complete());
    }
}
