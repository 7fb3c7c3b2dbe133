//! How guessable a password is: the banned terms in it, and how much it is worth without them.
//!
//! The score is one point for each banned term and one for each other character, as the reference
//! counts (Microsoft Entra documentation, `concept-password-ban-bad`). What is guessed as a whole
//! without being in a list (the same again and again, rows of keys, dates) counts as an exact match
//! of a term; the reference has no such rule. Where terms overlap, the reference leaves open which
//! count. Here:
//!
//! 1. Exact matches are taken first: those that, without overlapping, leave the fewest points.
//! 2. Only what they leave is searched for matches with one edit, again those that leave the fewest
//!    points. Where step 1 can be done in several ways, the one that lets step 2 leave the fewest
//!    is taken.
//!
//! Signs and blanks within a term or a pattern hide nothing: both are looked for as the password is
//! written, and as if those were not there, then without an edit. The way that leaves fewer points
//! counts; the reference has no such rule, and takes `p a s s w o r d`. Between two terms each sign
//! is a point in both.
//!
//! So `ContoS0Bl@nkf9!` is `contoso`, `blank`, `f`, `9` and `!`, and never `contoso` and something
//! like `blank`. The order in which terms are listed plays no part. More terms lower the score,
//! with one exception that rule 1 brings about: a new term that stands in the password exactly can
//! take the place of a longer one that stands in it with an edit.

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

/// What was found in a password. It holds pieces of it, so it is neither printed nor sent, and it
/// is wiped when dropped.
pub struct Evaluation {
    /// One point for each banned term and each pattern found, one for each other character. Names
    /// and identifiers do not count as terms.
    pub score: u16,
    /// What makes up most of it, where it is patterns alone that leave it fewer points than
    /// [`SCORE_REQUIRED`](super::SCORE_REQUIRED).
    pub pattern: Option<Pattern>,
    /// What was found: identifier, names and tenant first, then banned terms in the order of the
    /// password, each once.
    pub found: Vec<Found>,
    /// The lists that have the whole password, or a term within one edit of it, in the order of
    /// [`TermList`].
    pub whole: Vec<TermList>,
}

/// Something that stands in a password.
#[derive(Eq, PartialEq)]
pub struct Found {
    /// In the form that passwords are compared in: lower case without accents, with `o l s a` for
    /// `0 1 $ @`.
    pub term: Zeroizing<String>,
    /// Where it comes from.
    pub source: Source,
}

/// Where something found comes from.
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
    /// Whether something from there was found.
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

/// Scores a password and says what is in it.
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
            // Found in one list, an exact match may stand in the other as well.
            if other == list || (!hit.fuzzy && trie(context, other).has(&term)) {
                evaluation.add(term.clone(), Source::Banned(other));
            }
        }
    }
    evaluation
}

/// A password as it is written, or without its signs.
struct Reading {
    pieces: Pieces,
    pattern: Option<Pattern>,
    /// The lists that have all of it.
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

/// What is read.
struct Text {
    folded: Zeroizing<Vec<char>>,
    substituted: Zeroizing<Vec<char>>,
    /// How many signs were left out in front of each character, and behind the last.
    gaps: Vec<u16>,
}

impl Text {
    /// As it is written.
    fn of(folded: Zeroizing<Vec<char>>) -> Self {
        let mut substituted = folded.clone();
        substitute_in(&mut substituted);
        Self {
            gaps: vec![0; folded.len() + 1],
            folded,
            substituted,
        }
    }

    /// Without its signs and blanks; `None` where there are none.
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

/// The term that the whole text is, exactly before with an edit.
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

/// A text cut into terms and single characters so that it costs least.
struct Pieces {
    /// For each position the best way from there to the end; at the end, a cost of nothing.
    from: Vec<Way>,
}

#[derive(Clone, Copy)]
struct Way {
    cost: Cost,
    /// How many characters go together here.
    length: usize,
    /// The term that they are, unless they are a pattern or a single character.
    span: Option<(TermList, Hit)>,
}

/// What decides between two ways, in this order.
#[derive(Clone, Copy, Eq, Ord, PartialEq, PartialOrd)]
struct Cost {
    /// The points if only exact matches counted: rule 1.
    exact_points: u16,
    /// The points: rule 2.
    points: u16,
}

impl Pieces {
    /// Works from the end to the start, since the best way on from a position does not depend on
    /// how it was reached.
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
                    // Of several words anything is an edit away.
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

    /// The terms on the best way, from the start on.
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
    /// Cost first. The rest only settles which of several terms is named: an exact one, then the
    /// administrator's, then the shortest, then the first in the order of code points.
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
