//! Which questions people have registered, and those of a person who is not there.
//!
//! A list that several people have, as where a department registers the same, is drawn as often as
//! they have it. Any other is put together place by place, so that it is as new as those of most
//! people are: a list that no decoy has shown tells of no person.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use postern_protocol::QuestionText;
use serde::{Deserialize, Serialize};

use super::frequencies::{Drawn, Frequencies, share};
use crate::dice::Dice;

/// How many predefined questions there are.
const PREDEFINED: u8 = 35;

/// Lists kept of each length.
const LISTS_MAX: usize = 200;

/// Questions in a tenant's own words that are asked before a proof.
const OWN_MAX: usize = 200;

/// What people have registered.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub(super) struct Questions {
    /// Those in the tenant's own words.
    own: Frequencies<String>,
    by_length: BTreeMap<u8, Lists>,
}

/// Lists of one length.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
struct Lists {
    whole: Frequencies<Vec<QuestionText>>,
    /// Of all other lists.
    places: Vec<Frequencies<QuestionText>>,
}

impl Questions {
    /// No person has registered any.
    pub(super) const fn none() -> Self {
        Self {
            own: Frequencies::none(),
            by_length: BTreeMap::new(),
        }
    }

    /// What each of those people has registered.
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

    /// Those of a list that are asked before a proof: no other can be asked of a person who is not
    /// there.
    pub(super) fn asked<'a>(
        &'a self,
        list: &'a [QuestionText],
    ) -> impl Iterator<Item = &'a QuestionText> {
        list.iter().filter(|text| self.asks(text))
    }

    /// Whether a question is asked before a proof.
    pub(super) fn asks(&self, text: &QuestionText) -> bool {
        own(text).is_none_or(|text| self.own.has(text))
    }

    /// So many; `None` where no person has registered as many.
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
        // A tenant's own question cannot be made up.
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

    /// A list that no person has to have, without the same question twice.
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

/// A predefined question that is not in a list, each as likely as the others.
fn predefined(place: u64, list: &[QuestionText]) -> Option<QuestionText> {
    let all = (1..=PREDEFINED).map(QuestionText::Predefined);
    let mut left: Vec<QuestionText> = all.filter(|text| !list.contains(text)).collect();
    let place = share(place, u64::try_from(left.len()).ok()?);
    let place = usize::try_from(place).ok()?;
    (place < left.len()).then(|| left.swap_remove(place))
}

/// So many predefined questions, for where no population has been counted.
pub(crate) fn any(count: u8, dice: &mut Dice) -> Vec<QuestionText> {
    let numbers: Vec<u8> = (1..=PREDEFINED).collect();
    let picked = dice.pick(&numbers, usize::from(count));
    picked.into_iter().map(QuestionText::Predefined).collect()
}

/// A question in the tenant's own words.
const fn own(text: &QuestionText) -> Option<&String> {
    match text {
        QuestionText::Custom(text) => Some(text),
        QuestionText::Predefined(_) => None,
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
