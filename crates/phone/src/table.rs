//! The table of all numbering plans, divided into its parts.
//!
//! The table has the lengths of the parts, two bytes each, and then the parts. They are read in
//! place. Seven parts are the automaton that `automaton.rs` describes. There is one automaton for
//! everything, since prefixes look much like numbers. The other parts are arrays with an entry for
//! each plan.

use core::fmt;

use crate::automaton::{Automaton, Node};
use crate::error::Lengths;
use crate::region::Region;
use crate::words::Words;

/// How many parts there are.
const PARTS: usize = 15;

/// Kinds of automata for which every plan has a root.
const KINDS_OF_ALL: usize = 5;

/// The world's numbering plans, as one table.
///
/// With the feature `embedded`, the table is part of the program. [`parse`](crate::parse) and the
/// methods of [`PhoneNumber`](crate::PhoneNumber) use it. Without the feature, a program can load
/// the table from elsewhere, which keeps 20 KB out of its first download. The bytes must be those
/// of [`TABLE`](crate::TABLE), from a build of this crate in the same version.
///
/// Reading the table takes no measurable time: it is divided into parts, and nothing is unpacked.
///
/// ```
/// use postern_phone::{Plans, Region, TABLE};
///
/// let plans = Plans::read(TABLE)?;
/// let parsed = plans.parse("06 1234 5678", Region::parse("NL"))?;
/// assert_eq!(parsed.number.to_string(), "+31612345678");
/// assert_eq!(plans.types(parsed.number).to_string(), "mobile");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy)]
pub struct Plans<'t> {
    pub(crate) calling_codes: Words<'t>,
    /// For any three digits, the index of the calling code at their beginning. An invalid index
    /// means that there is none.
    pub(crate) by_digits: &'t [u8],
    /// For each plan that is not the main one of its calling code, the index of that code.
    pub(crate) codes_of_others: &'t [u8],
    pub(crate) regions: &'t [[u8; 2]],
    /// For any two letters, the index of the plan of their region. An invalid index means that
    /// there is none.
    pub(crate) by_letters: &'t [u8],
    lengths: Words<'t>,
    /// Digits that replace a prefix, padded with spaces to four.
    pub(crate) prepended: &'t [[u8; 4]],
    roots: Words<'t>,
    pub(crate) automaton: Automaton<'t>,
}

/// The purpose of an automaton. The order is that of the roots in the table.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    /// Every number of the plan, with its types.
    Numbers,
    /// The beginnings of all numbers of the plan, if several plans share a calling code.
    LeadingDigits,
    /// Prefixes of a number within the country.
    NationalPrefix,
    /// Prefixes of a calling code.
    InternationalPrefix,
    /// Numbers of the plan that look as if they began with a prefix or a calling code.
    Kept,
}

impl<'t> Plans<'t> {
    /// Reads the table.
    ///
    /// # Errors
    ///
    /// [`NotPlans`] if the bytes are not such a table. A damaged table with the right lengths gives
    /// wrong answers, but no panic.
    pub const fn read(bytes: &'t [u8]) -> Result<Self, NotPlans> {
        match Self::cut(bytes) {
            Some(plans) => Ok(plans),
            None => Err(NotPlans),
        }
    }

    #[expect(clippy::too_many_lines, reason = "a table")]
    const fn cut(bytes: &'t [u8]) -> Option<Self> {
        let Some((lengths, mut rest)) = bytes.split_at_checked(2 * PARTS) else {
            return None;
        };
        let (lengths, _) = lengths.as_chunks::<2>();
        let mut parts: [&[u8]; PARTS] = [&[]; PARTS];
        let mut index = 0;
        while index < PARTS {
            let length = u16::from_le_bytes(lengths[index]) as usize;
            let Some((part, after)) = rest.split_at_checked(length) else {
                return None;
            };
            parts[index] = part;
            rest = after;
            index += 1;
        }
        let [
            calling_codes,
            by_digits,
            codes_of_others,
            regions,
            by_letters,
            lengths,
            prepended,
            roots,
            firsts,
            payloads,
            marked_edges,
            marked_targets,
            flags,
            masks,
            targets,
        ] = parts;
        let (
            Some(calling_codes),
            Some(lengths),
            Some(roots),
            Some(firsts),
            Some(payloads),
            Some(marked_edges),
            Some(marked_targets),
            Some(targets),
        ) = (
            Words::new(calling_codes),
            Words::new(lengths),
            Words::new(roots),
            Words::new(firsts),
            Words::new(payloads),
            Words::new(marked_edges),
            Words::new(marked_targets),
            Words::new(targets),
        )
        else {
            return None;
        };
        let (regions, _) = regions.as_chunks();
        let (prepended, _) = prepended.as_chunks();
        let plans = calling_codes.len() + codes_of_others.len();
        let is_whole = rest.is_empty()
            && regions.len() == plans
            && lengths.len() == plans
            && roots.len() == KINDS_OF_ALL * plans + codes_of_others.len() + 1
            && firsts.len() == 2
            && marked_edges.len() == marked_targets.len()
            && flags.len() == masks.len();
        if !is_whole {
            return None;
        }
        Some(Self {
            calling_codes,
            by_digits,
            codes_of_others,
            regions,
            by_letters,
            lengths,
            prepended,
            roots,
            automaton: Automaton {
                first_payload: firsts.get(0),
                first_met: firsts.get(1),
                payloads,
                marked_edges,
                marked_targets,
                flags,
                masks,
                targets,
            },
        })
    }

    /// Every region with a numbering plan.
    pub fn regions(&self) -> impl Iterator<Item = Region> {
        self.regions.iter().copied().filter_map(Region::from_table)
    }

    /// The lengths of a plan's numbers.
    pub(crate) fn lengths(&self, plan: usize) -> Lengths {
        Lengths::from_table(self.lengths.get(plan))
    }

    /// The root of a plan's automaton.
    pub(crate) fn root(&self, kind: Kind, plan: usize) -> Node {
        self.roots.get(kind as usize * self.regions.len() + plan)
    }

    /// The root of the automaton for digits that begin with a calling code that must be removed, by
    /// the index among the plans other than the main ones.
    pub(crate) fn root_of_taken(&self, other: usize) -> Node {
        self.roots.get(KINDS_OF_ALL * self.regions.len() + other)
    }

    /// The root of the automaton for numbers with a length that is unusual for their calling code.
    pub(crate) fn root_of_uncommon(&self) -> Node {
        self.root_of_taken(self.codes_of_others.len())
    }
}

impl fmt::Debug for Plans<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Plans").finish_non_exhaustive()
    }
}

/// The error that bytes are not a table of numbering plans, or a table of another version of this
/// crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotPlans;

impl fmt::Display for NotPlans {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "not a table of numbering plans")
    }
}

impl core::error::Error for NotPlans {}
