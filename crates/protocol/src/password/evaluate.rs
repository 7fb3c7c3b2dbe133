//! How guessable a password is: the banned terms in it, and the score of the rest.
//!
//! The score is one point for each banned term and one for each other character, as in the
//! reference (Microsoft Entra documentation, `concept-password-ban-bad`). Patterns that attackers
//! guess as a whole although no list has them (repetitions, rows of keys, dates) count as an exact
//! match of a term. The reference has no such rule. If terms overlap, the reference does not say
//! which ones count. This module uses these rules:
//!
//! 1. Exact matches are taken first: those that do not overlap and that leave the fewest points.
//! 2. Only the rest is searched for matches with one edit, again those that leave the fewest
//!    points. If step 1 has several solutions, the one is taken that lets step 2 leave the fewest
//!    points.
//!
//! Signs and blanks inside a term or a pattern do not hide it. The search runs on the password as
//! written. It also runs on the password without signs and blanks, but without edits. The reading
//! with fewer points counts. The reference has no such rule, and accepts `p a s s w o r d`. A sign
//! between two terms is a point in both readings.
//!
//! So `ContoS0Bl@nkf9!` is `contoso`, `blank`, `f`, `9` and `!`, and never `contoso` and a near
//! match of `blank`. The order of terms in a list does not matter. More terms lower the score, with
//! one exception because of rule 1: a new term that matches exactly can replace a longer one that
//! matches with an edit.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use zeroize::Zeroizing;

use super::limits::TERM_LENGTH_MIN;
use super::normal::{contains, fold, is_separator, substitute_in};
use super::pattern::{Pattern, Stretches};
use super::patterns::Patterns;
use super::trie::{Hit, TermNumber, Trie};
use super::{Context, NewPassword, TermList};

/// The result of evaluating a password. It contains pieces of the password, so it cannot be printed
/// or sent, and is wiped when dropped.
pub struct Evaluation {
    /// One point for each banned term and each pattern found, one for each other character. Names
    /// and identifiers do not count as terms.
    pub score: u16,
    /// The kind of pattern that covers most of the password, if patterns alone reduce its score
    /// below [`SCORE_REQUIRED`](super::SCORE_REQUIRED).
    pub pattern: Option<Pattern>,
    /// The findings: identifier, names and tenant first, then banned terms in the order of the
    /// password. Each is listed once.
    pub found: Vec<Found>,
    /// The lists that contain the whole password, or a term within one edit of it, in the order of
    /// [`TermList`].
    pub whole: Vec<TermList>,
}

/// A term that a password contains.
#[derive(Eq, PartialEq)]
pub struct Found {
    /// The term in the form for comparing: lower case without accents, with `o l s a` for
    /// `0 1 $ @`.
    pub term: Zeroizing<String>,
    /// The source of the term.
    pub source: Source,
}

/// The source of a finding.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Source {
    /// The identifier or a part of it.
    Identifier,
    /// A name of the person.
    Name,
    /// A name of the organisation.
    Tenant,
    /// A list of banned terms.
    Banned(TermList),
}

impl Evaluation {
    /// Whether there is a finding from a source.
    pub fn has(&self, source: Source) -> bool {
        self.found.iter().any(|found| found.source == source)
    }

    fn add(&mut self, term: String, source: Source) {
        let term = Zeroizing::new(term);
        let found = Found { term, source };
        if !self.found.contains(&found) {
            self.found.push(found);
        }
    }
}

/// Scores a password and lists its findings.
pub fn evaluate(password: &NewPassword, context: &Context<'_>) -> Evaluation {
    let text = Text::of(fold(password.reveal()));
    let written = Reading::of(&text, context);
    let plain = text.without_signs();
    let plain = plain.map(|plain| Reading::of(&plain, context));
    let plain = plain.filter(|plain| plain.pieces.score() < written.pieces.score());
    let mut evaluation = Evaluation {
        score: plain.as_ref().unwrap_or(&written).pieces.score(),
        pattern: plain
            .as_ref()
            .and_then(|plain| plain.pattern)
            .or(written.pattern),
        found: Vec::new(),
        whole: Vec::new(),
    };
    if let Some(piece) = context.piece_of_identifier(&text.folded)
        && !piece.is_empty()
    {
        evaluation.add(piece.iter().collect(), Source::Identifier);
    }
    for (terms, source) in [
        (context.name_terms(), Source::Name),
        (context.tenant_terms(), Source::Tenant),
    ] {
        for term in terms
            .iter()
            .filter(|term| contains(&text.substituted, term))
        {
            evaluation.add(term.iter().collect(), source);
        }
    }
    let reading = plain.unwrap_or(written);
    for (list, hit) in &reading.whole {
        evaluation.whole.push(*list);
        evaluation.add(trie(context, *list).term(hit.term), Source::Banned(*list));
    }
    for (list, hit) in reading.pieces.spans() {
        let term = trie(context, list).term(hit.term);
        for other in LISTS {
            // An exact match in one list may be in the other list as well.
            if other == list || (!hit.fuzzy && trie(context, other).has(&term)) {
                evaluation.add(term.clone(), Source::Banned(other));
            }
        }
    }
    evaluation
}

/// A reading of a password: as written, or without its signs.
struct Reading {
    pieces: Pieces,
    pattern: Option<Pattern>,
    /// The lists that contain the whole text.
    whole: Vec<(TermList, Hit)>,
}

impl Reading {
    fn of(text: &Text, context: &Context<'_>) -> Self {
        let stretches = Stretches::of(&text.folded, Patterns::built_in());
        let whole = |list| Some((list, best_whole(&text.substituted, trie(context, list))?));
        Self {
            pieces: Pieces::of(&stretches, text, context),
            pattern: stretches.most(&text.gaps),
            whole: LISTS.into_iter().filter_map(whole).collect(),
        }
    }
}

/// The text of a reading.
struct Text {
    folded: Zeroizing<Vec<char>>,
    substituted: Zeroizing<Vec<char>>,
    /// The number of signs that were left out before each character, and after the last one.
    gaps: Vec<u16>,
}

impl Text {
    /// The text as written.
    fn of(folded: Zeroizing<Vec<char>>) -> Self {
        let mut substituted = folded.clone();
        substitute_in(&mut substituted);
        Self {
            gaps: vec![0; folded.len() + 1],
            folded,
            substituted,
        }
    }

    /// The text without its signs and blanks. `None` if it has none.
    fn without_signs(&self) -> Option<Self> {
        let mut plain = Self {
            folded: Zeroizing::new(Vec::with_capacity(self.folded.len())),
            substituted: Zeroizing::new(Vec::with_capacity(self.folded.len())),
            gaps: vec![0],
        };
        for (folded, substituted) in self.folded.iter().zip(self.substituted.iter()) {
            if is_separator(*substituted) {
                if let Some(gap) = plain.gaps.last_mut() {
                    *gap = gap.saturating_add(1);
                }
            } else {
                plain.folded.push(*folded);
                plain.substituted.push(*substituted);
                plain.gaps.push(0);
            }
        }
        (plain.folded.len() < self.folded.len()).then_some(plain)
    }
}

const LISTS: [TermList; 2] = [TermList::Global, TermList::Custom];

const fn trie<'a>(context: &Context<'a>, list: TermList) -> &'a Trie {
    match list {
        TermList::Global => context.banned.trie(),
        TermList::Custom => context.custom.trie(),
    }
}

/// The term that equals the whole text. An exact match is preferred to one with an edit.
fn best_whole(text: &[char], trie: &Trie) -> Option<Hit> {
    let mut best: Option<Hit> = None;
    trie.search(text, |hit| {
        let rank = |hit: &Hit| (hit.fuzzy, hit.term);
        if hit.length == text.len() && best.is_none_or(|best| rank(&hit) < rank(&best)) {
            best = Some(hit);
        }
    });
    best
}

/// The cheapest division of a text into terms and single characters.
struct Pieces {
    /// For each position, the best way from there to the end. At the end the cost is zero.
    from: Vec<Way>,
}

#[derive(Clone, Copy)]
struct Way {
    cost: Cost,
    /// The number of characters in this piece.
    length: usize,
    /// The term of the piece, unless it is a pattern or a single character.
    span: Option<(TermList, Hit)>,
}

/// The criteria to choose between two ways, in this order.
#[derive(Clone, Copy, Eq, Ord, PartialEq, PartialOrd)]
struct Cost {
    /// The points if only exact matches counted: rule 1.
    exact_points: u16,
    /// The points: rule 2.
    points: u16,
}

impl Pieces {
    /// Works from the end to the start, since the best way from a position does not depend on the
    /// way to it.
    fn of(
        stretches: &Stretches,
        Text {
            substituted: text,
            gaps,
            ..
        }: &Text,
        context: &Context<'_>,
    ) -> Self {
        let none = Cost {
            exact_points: 0,
            points: 0,
        };
        let end = Way {
            cost: none.plus_signs(gaps[text.len()]),
            length: 1,
            span: None,
        };
        let mut from = vec![end; text.len() + 1];
        for start in (0..text.len()).rev() {
            let mut best = Way {
                cost: from[start + 1].cost.plus(1, 1),
                length: 1,
                span: None,
            };
            for list in LISTS {
                trie(context, list).search(&text[start..], |hit| {
                    if hit.length < TERM_LENGTH_MIN || hit.term_length < TERM_LENGTH_MIN {
                        return;
                    }
                    // A sequence of several words is within one edit of too many terms.
                    let is_of_several = gaps[start + 1..start + hit.length]
                        .iter()
                        .any(|gap| *gap > 0);
                    if hit.fuzzy && is_of_several {
                        return;
                    }
                    let exact_points = if hit.fuzzy { hit.length } else { 1 };
                    let way = Way {
                        cost: from[start + hit.length].cost.plus(exact_points, 1),
                        length: hit.length,
                        span: Some((list, hit)),
                    };
                    if way.rank() < best.rank() {
                        best = way;
                    }
                });
            }
            for stretch in stretches.from(start) {
                let rest = from[start + stretch.length].cost;
                let cost = rest.plus(stretch.points.into(), stretch.points);
                if cost < best.cost {
                    best = Way {
                        cost,
                        length: stretch.length,
                        span: None,
                    };
                }
            }
            best.cost = best.cost.plus_signs(gaps[start]);
            from[start] = best;
        }
        Self { from }
    }

    fn score(&self) -> u16 {
        self.from[0].cost.points
    }

    /// The terms on the best way, from the start.
    fn spans(&self) -> impl Iterator<Item = (TermList, Hit)> {
        let mut position = 0;
        core::iter::from_fn(move || {
            let way = self.from.get(position)?;
            position += way.length;
            Some(way.span)
        })
        .flatten()
    }
}

impl Way {
    /// The cost comes first. The rest decides only which of several terms is named: an exact match,
    /// then the administrator's term, then the shortest, then the first in the order of code
    /// points.
    fn rank(
        &self,
    ) -> (
        Cost,
        Option<(bool, core::cmp::Reverse<TermList>, TermNumber)>,
    ) {
        let tie = |(list, hit): (TermList, Hit)| (hit.fuzzy, core::cmp::Reverse(list), hit.term);
        (self.cost, self.span.map(tie))
    }
}

impl Cost {
    fn plus_signs(self, signs: u16) -> Self {
        self.plus(signs.into(), signs)
    }

    fn plus(self, exact_points: usize, points: u16) -> Self {
        let exact_points = u16::try_from(exact_points).unwrap_or(u16::MAX);
        Self {
            exact_points: self.exact_points.saturating_add(exact_points),
            points: self.points.saturating_add(points),
        }
    }
}
