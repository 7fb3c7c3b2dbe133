//! The questions that people have registered, and how those of decoys are drawn.
//!
//! A list that several people have, for example because a department registers the same questions,
//! is drawn as often as they have it. Every other list is built place by place, so that it is as
//! new as the lists of most people: a list that no decoy has shown then reveals no person.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use postern_protocol::QuestionText;
use serde::{Deserialize, Serialize};

use super::frequencies::{Drawn, Frequencies, share};
use crate::dice::Dice;

/// The number of predefined questions.
const PREDEFINED: u8 = 35;

/// The maximum number of kept lists of each length.
const LISTS_MAX: usize = 200;

/// The maximum number of questions in a tenant's own words that are asked before a proof.
const OWN_MAX: usize = 200;

/// The registered questions of all people.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub(super) struct Questions {
    /// The questions in the tenant's own words.
    own: Frequencies<String>,
    by_length: BTreeMap<u8, Lists>,
}

/// The lists of one length.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
struct Lists {
    whole: Frequencies<Vec<QuestionText>>,
    /// The frequencies at each place, from all other lists.
    places: Vec<Frequencies<QuestionText>>,
}

impl Questions {
    /// The questions of no people.
    pub(super) const fn none() -> Self {
        Self {
            own: Frequencies::none(),
            by_length: BTreeMap::new(),
        }
    }

    /// The registered questions of these people.
    pub(super) fn of(people: &[&[QuestionText]]) -> Self {
        let own = people.iter().flat_map(|list| {
            let texts: BTreeSet<&String> = list.iter().filter_map(own).collect();
            texts.into_iter().cloned()
        });
        let mut questions = Self {
            own: Frequencies::of(own, OWN_MAX),
            by_length: BTreeMap::new(),
        };
        let mut by_length: BTreeMap<u8, Vec<Vec<QuestionText>>> = BTreeMap::new();
        for list in people {
            let asked: Vec<QuestionText> = questions.asked(list).cloned().collect();
            if let Ok(length @ 1..) = u8::try_from(asked.len()) {
                by_length.entry(length).or_default().push(asked);
            }
        }
        let of_length = by_length.into_iter();
        questions.by_length = of_length
            .map(|(length, lists)| (length, Lists::of(&lists)))
            .collect();
        questions
    }

    /// The questions of a list that may be asked before a proof. No other question can be asked of
    /// a decoy.
    pub(super) fn asked<'a>(
        &'a self,
        list: &'a [QuestionText],
    ) -> impl Iterator<Item = &'a QuestionText> {
        list.iter().filter(|text| self.asks(text))
    }

    /// Whether a question may be asked before a proof.
    pub(super) fn asks(&self, text: &QuestionText) -> bool {
        own(text).is_none_or(|text| self.own.has(text))
    }

    /// A list of `count` questions. `None` if no person has registered that many.
    pub(super) fn draw(&self, count: u8, dice: &mut Dice) -> Option<Vec<QuestionText>> {
        self.by_length.get(&count)?.draw(dice)
    }
}

impl Lists {
    fn of(lists: &[Vec<QuestionText>]) -> Self {
        let length = lists.first().map_or(0, Vec::len);
        let whole = Frequencies::of(lists.iter().cloned(), LISTS_MAX);
        let others: Vec<&Vec<QuestionText>> =
            lists.iter().filter(|list| !whole.has(list)).collect();
        let at = |place: usize| {
            others
                .iter()
                .filter_map(move |list| list.get(place).cloned())
        };
        // A tenant's own question cannot be invented.
        let places = (0..length)
            .map(|place| Frequencies::of_those(at(place), usize::MAX, |text| own(text).is_some()));
        let places = places.collect();
        Self { whole, places }
    }

    fn draw(&self, dice: &mut Dice) -> Option<Vec<QuestionText>> {
        match self.whole.at(u64::from_be_bytes(dice.bytes()), |_| false)? {
            Drawn::Common(list) => Some(list.clone()),
            Drawn::Alone => Some(self.put_together(dice)),
        }
    }

    /// A list that need not be any person's list, without a repeated question.
    fn put_together(&self, dice: &mut Dice) -> Vec<QuestionText> {
        let mut list = Vec::with_capacity(self.places.len());
        for texts in &self.places {
            let (place, other) = (dice.bytes(), dice.bytes());
            let drawn = texts.at(u64::from_be_bytes(place), |text| list.contains(text));
            let text = match drawn {
                Some(Drawn::Common(text)) => Some(text.clone()),
                Some(Drawn::Alone) | None => predefined(u64::from_be_bytes(other), &list),
            };
            list.extend(text);
        }
        list
    }
}

/// A predefined question that is not in the list. Each one is equally likely.
fn predefined(place: u64, list: &[QuestionText]) -> Option<QuestionText> {
    let all = (1..=PREDEFINED).map(QuestionText::Predefined);
    let mut left: Vec<QuestionText> = all.filter(|text| !list.contains(text)).collect();
    let place = share(place, u64::try_from(left.len()).ok()?);
    let place = usize::try_from(place).ok()?;
    (place < left.len()).then(|| left.swap_remove(place))
}

/// `count` predefined questions, for a population before its first count.
pub(crate) fn any(count: u8, dice: &mut Dice) -> Vec<QuestionText> {
    let numbers: Vec<u8> = (1..=PREDEFINED).collect();
    let picked = dice.pick(&numbers, usize::from(count));
    picked.into_iter().map(QuestionText::Predefined).collect()
}

/// The text of a question in the tenant's own words.
const fn own(text: &QuestionText) -> Option<&String> {
    match text {
        QuestionText::Custom(text) => Some(text),
        QuestionText::Predefined(_) => None,
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
