//! The actions of parsing for a prefix. The accepting nodes of an automaton contain them.

use crate::automaton::ACCEPT;

/// The action for a number that begins with a prefix.
pub(crate) struct Action {
    /// The digits that replace the prefix.
    pub(crate) prepend: String,
    /// The part of the prefix that follows those digits.
    pub(crate) keep: (usize, usize),
    /// Whether the action applies only if the number ends with the prefix.
    pub(crate) anchored: bool,
}

/// The digits that actions prepend, each once. The first entry is empty.
pub(crate) struct Prepended(Vec<String>);

impl Prepended {
    pub(crate) fn new() -> Self {
        Self(vec![String::new()])
    }

    /// Four bytes for each entry: digits, padded with spaces.
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

    /// The action as bits, in the format that `src/prefix.rs` describes. [`ACCEPT`] drops the
    /// prefix.
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

    /// The action of a payload.
    pub(crate) fn action(&self, payload: u16) -> Action {
        let bits = usize::from(payload);
        Action {
            prepend: self.0[bits >> 9].clone(),
            keep: (bits >> 2 & 0b111, bits >> 5 & 0b1111),
            anchored: is_anchored(payload),
        }
    }
}

/// Whether a payload is an anchored action.
pub(crate) fn is_anchored(payload: u16) -> bool {
    payload >> 1 & 1 == 1
}
