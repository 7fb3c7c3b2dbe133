//! What parsing does with a prefix, as the accepting nodes of an automaton carry it.

use crate::automaton::ACCEPT;

/// What to do with a number that begins with a prefix.
pub(crate) struct Action {
    /// Digits to put in the prefix's place.
    pub(crate) prepend: String,
    /// The part of the prefix to put after those.
    pub(crate) keep: (usize, usize),
    /// Whether this holds only if the number ends with the prefix.
    pub(crate) anchored: bool,
}

/// The digits that actions prepend, each once; the first are none.
pub(crate) struct Prepended(Vec<String>);

impl Prepended {
    pub(crate) fn new() -> Self {
        Self(vec![String::new()])
    }

    /// Four bytes each: digits, and spaces up to the fourth.
    pub(crate) fn bytes(&self) -> impl Iterator<Item = u8> {
        self.0.iter().flat_map(|digits| {
            let padded = format!("{digits:4}").into_bytes();
            assert_eq!(
                padded.len(),
                4,
                "four digits at most are put before a number"
            );
            padded
        })
    }

    /// The action in the bits that `src/prefix.rs` describes. Dropping the prefix is [`ACCEPT`].
    pub(crate) fn payload(&mut self, action: &Action) -> u16 {
        let index = self
            .0
            .iter()
            .position(|known| *known == action.prepend)
            .unwrap_or_else(|| {
                self.0.push(action.prepend.clone());
                self.0.len() - 1
            });
        let (start, end) = action.keep;
        assert!(
            start < 1 << 3 && end < 1 << 4 && index < 1 << 5,
            "an action fits its bits"
        );
        let bits = usize::from(action.anchored) << 1 | start << 2 | end << 5 | index << 9;
        ACCEPT | u16::try_from(bits).expect("14 bits")
    }

    /// The action that a payload stands for.
    pub(crate) fn action(&self, payload: u16) -> Action {
        let bits = usize::from(payload);
        Action {
            prepend: self.0[bits >> 9].clone(),
            keep: (bits >> 2 & 0b111, bits >> 5 & 0b1111),
            anchored: is_anchored(payload),
        }
    }
}

/// Whether a payload is that of an anchored action.
pub(crate) fn is_anchored(payload: u16) -> bool {
    payload >> 1 & 1 == 1
}
