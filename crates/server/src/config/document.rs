//! A configuration as it is written: which keys there are and where each stands. Reads it again and again, without what was wrong
//! the last time, so that all that is wrong is found at once.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue, Deserializer};

use super::bare::{self, Bare};
use super::{syntax, terms};

/// Faults that are looked for, at most: each needs another reading.
const FAULTS_MAX: usize = 100;

/// The way to a key: names of keys, and places in lists.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Step {
    Key(String),
    Index(usize),
}

pub(super) type Path = Vec<Step>;

/// Something wrong: where it stands, at which key, and what.
pub(super) struct Wrong {
    pub(super) span: Range<usize>,
    pub(super) path: Path,
    pub(super) reason: String,
}

/// A configuration as it is written.
pub(super) struct Document<'t> {
    root: Spanned<DeTable<'t>>,
}

impl<'t> Document<'t> {
    /// Reads the text, and finds what is no TOML.
    pub(super) fn parse(text: &'t str) -> (Self, Vec<Wrong>) {
        let (root, errors) = DeTable::parse_recoverable(text);
        (Self { root }, syntax::faults(text, &errors))
    }

    /// Puts text in the place of each value that is at fault for having no quotation marks.
    pub(super) fn quote(&mut self, text: &'t str, faults: &[Wrong]) -> Vec<Bare> {
        let mut found = Vec::new();
        for (key, value) in self.root.get_mut() {
            let mut path = vec![Step::Key(key.get_ref().to_string())];
            bare::quote(value, text, faults, &mut path, &mut found);
        }
        found
    }

    /// Reads it as what it should be. Whatever is wrong is taken out and told; `None` where nothing can be read without it.
    ///
    /// What follows from that alone is not told: that a key is missing which was taken out, or that a list or table is not what
    /// it should be without what was taken out of it.
    pub(super) fn read<T: for<'de> Deserialize<'de>>(
        &mut self,
        wrong: &mut Vec<Wrong>,
    ) -> Option<T> {
        let mut removed: Vec<Path> = Vec::new();
        self.bound(wrong);
        self.refuse_lists(wrong, &mut removed);
        for _ in 0..FAULTS_MAX {
            let mut root = self.root.clone();
            for (_, value) in root.get_mut() {
                without_dates(value.get_mut());
            }
            let error = match T::deserialize(Deserializer::from(root)) {
                Ok(read) => return Some(read),
                Err(error) => error,
            };
            let span = error.span().unwrap_or_default();
            let message = error.message();
            // What is missing at the root has no place.
            let place = error.span().filter(|span| !span.is_empty());
            let mut path = place.map_or_else(Path::new, |span| self.at(&span));
            if let Some(field) = terms::missing(message) {
                for field in self.missing(&path, field) {
                    let mut own = path.clone();
                    own.push(Step::Key(field.to_owned()));
                    let is_removed = |path: &Path| {
                        *path == own || (path.len() == 1 && *path == own[own.len() - 1..])
                    };
                    if !removed.iter().any(is_removed) {
                        wrong.push(Wrong {
                            span: span.clone(),
                            path: own,
                            reason: format!("{field} is missing"),
                        });
                    }
                }
            } else {
                let found = (!terms::is_of_value(message))
                    .then(|| self.named_in(&path, message))
                    .flatten();
                let span = found.as_ref().map_or(span, |(_, span)| span.clone());
                path = found.map_or(path, |(path, _)| path);
                let is_part = |part: &Path| part.len() > path.len() && part.starts_with(&path);
                if !removed.iter().any(is_part) {
                    wrong.push(Wrong {
                        span,
                        reason: terms::in_words(message, terms::last_key(&path), self.get(&path)),
                        path: path.clone(),
                    });
                }
            }
            if path.is_empty() {
                return None;
            }
            self.remove(&path, &mut removed);
        }
        None
    }

    /// Where a value stands that is there.
    pub(super) fn place(&self, path: &[Step]) -> Range<usize> {
        self.spanned(path).map(Spanned::span).unwrap_or_default()
    }

    /// Where a key stands that is there.
    pub(super) fn span(&self, keys: &[&str]) -> Option<Range<usize>> {
        let (last, tables) = keys.split_last()?;
        let mut table = self.root.get_ref();
        for key in tables {
            let DeValue::Table(inner) = table.get(*key)?.get_ref() else {
                return None;
            };
            table = inner;
        }
        let (key, value) = table.get_key_value(*last)?;
        let is_table = matches!(value.get_ref(), DeValue::Table(_));
        Some(if is_table { key.span() } else { value.span() })
    }

    /// A key of a table that a message names, with where it stands.
    pub(super) fn key_in(&self, keys: &[&str], message: &str) -> Option<Range<usize>> {
        let path: Path = keys
            .iter()
            .map(|key| Step::Key((*key).to_owned()))
            .collect();
        self.named_in(&path, message).map(|(_, span)| span)
    }

    /// Where a key of a table stands, with the value of it if that is none; `None` where there is no such key.
    pub(super) fn place_in(&self, path: &[Step], key: &str) -> Option<Range<usize>> {
        self.named_in(path, key).map(|(_, span)| span)
    }

    /// Where a text stands in a list.
    pub(super) fn place_of(&self, path: &[Step], text: &str) -> Option<Range<usize>> {
        let DeValue::Array(list) = self.get(path)? else {
            return None;
        };
        let is_it = |it: &&Spanned<DeValue<'_>>| it.get_ref().as_str() == Some(text);
        list.iter().find(is_it).map(Spanned::span)
    }

    /// The innermost key that a place belongs to.
    fn at(&self, span: &Range<usize>) -> Path {
        let mut best: Option<(usize, Path)> = None;
        let mut path = Path::new();
        search(self.root.get_ref(), span, &mut path, &mut best);
        best.map(|(_, path)| path).unwrap_or_default()
    }

    /// The key that a table lacks, and all others that it has to have and lacks too.
    fn missing<'m>(&self, path: &[Step], field: &'m str) -> Vec<&'m str> {
        let table = match self.get(path) {
            Some(DeValue::Table(table)) => table,
            Some(_) => return vec![field],
            None => self.root.get_ref(),
        };
        let others = terms::required(path).iter().copied();
        let others = others.filter(|key| *key != field && table.get(*key).is_none());
        std::iter::once(field).chain(others).collect()
    }

    /// Tells each number of the tenants that is out of its bounds, and goes on with the next one within: taken out, it would let
    /// what is beside it go unread.
    fn bound(&mut self, wrong: &mut Vec<Wrong>) {
        if let Some(tenants) = self.root.get_mut().get_mut("tenants") {
            bound(tenants, &mut vec![Step::Key("tenants".to_owned())], wrong);
        }
    }

    /// Tells each list that stands where a table is meant, and takes it out: it would be read as the values of the table's keys.
    fn refuse_lists(&mut self, wrong: &mut Vec<Wrong>, removed: &mut Vec<Path>) {
        let mut lists = Vec::new();
        lists_in(self.root.get_ref(), &mut Path::new(), &mut lists);
        // The last first: one of a list that is taken out moves those behind it.
        for path in lists.into_iter().rev() {
            let key = terms::last_key(&path).unwrap_or_default();
            wrong.push(Wrong {
                span: self.place(&path),
                reason: format!("{key}: expected a table, not a list"),
                path: path.clone(),
            });
            self.remove(&path, removed);
        }
    }

    /// The value that stands there.
    pub(super) fn get(&self, path: &[Step]) -> Option<&DeValue<'t>> {
        self.spanned(path).map(Spanned::get_ref)
    }

    fn spanned(&self, path: &[Step]) -> Option<&Spanned<DeValue<'t>>> {
        let (first, rest) = path.split_first()?;
        let Step::Key(first) = first else { return None };
        let mut value = self.root.get_ref().get(first.as_str())?;
        for step in rest {
            value = match (step, value.get_ref()) {
                (Step::Key(key), DeValue::Table(table)) => table.get(key.as_str())?,
                (Step::Index(index), DeValue::Array(list)) => list.get(*index)?,
                _ => return None,
            };
        }
        Some(value)
    }

    /// The key of a table, or of the tables in it, that a message about the table as a whole names.
    fn named_in(&self, path: &[Step], message: &str) -> Option<(Path, Range<usize>)> {
        let DeValue::Table(table) = self.get(path)? else {
            return None;
        };
        let mut words = message.split(|it: char| !(it.is_ascii_alphanumeric() || it == '-'));
        let named = words.find_map(|word| table.get_key_value(word));
        let (key, value) = match named {
            Some((key, value)) if !matches!(value.get_ref(), DeValue::Table(_)) => (key, value),
            Some((key, _)) => {
                let mut path = path.to_vec();
                path.push(Step::Key(key.get_ref().to_string()));
                return self.named_in(&path, message).or(Some((path, key.span())));
            }
            None => return None,
        };
        let mut path = path.to_vec();
        path.push(Step::Key(key.get_ref().to_string()));
        Some((path, value.span()))
    }

    /// Takes out what stands there. A place in a list that is taken out moves those behind it.
    fn remove(&mut self, path: &[Step], removed: &mut Vec<Path>) {
        let Some(step) = path.last().cloned() else {
            return;
        };
        let around = path.get(..path.len() - 1).unwrap_or_default();
        let depth = around.len();
        match (step, get_mut(self.root.get_mut(), around)) {
            (Step::Key(key), Some(Inner::Table(table))) => {
                table.remove(key.as_str());
                removed.push(path.to_vec());
            }
            (Step::Index(index), Some(Inner::List(list))) => {
                let mut kept = DeArray::new();
                for (place, value) in list.iter().enumerate() {
                    if place != index {
                        kept.push(value.clone());
                    }
                }
                *list = kept;
                // What was taken out of it stands at the place of the next one otherwise.
                removed.retain(|other| !other.starts_with(path));
                for other in removed.iter_mut().filter(|other| other.starts_with(around)) {
                    if let Some(Step::Index(place)) = other.get_mut(depth) {
                        *place = place.saturating_sub(usize::from(*place > index));
                    }
                }
                removed.push(path.to_vec());
            }
            _ => {}
        }
    }
}

/// Puts a number that is none in the place of each date. No key takes one, and a date would be read as a table with a key of its own.
fn without_dates(value: &mut DeValue<'_>) {
    match value {
        DeValue::Table(table) => {
            for (_, value) in table {
                without_dates(value.get_mut());
            }
        }
        DeValue::Array(list) => {
            for value in list.iter_mut() {
                without_dates(value.get_mut());
            }
        }
        DeValue::Datetime(_) => {
            if let Ok(none) = DeValue::parse("nan") {
                *value = none.into_inner();
            }
        }
        DeValue::String(_) | DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) => {}
    }
}

/// The ways to all lists that stand where a table is meant.
fn lists_in(table: &DeTable<'_>, path: &mut Path, lists: &mut Vec<Path>) {
    for (key, value) in table {
        path.push(Step::Key(key.get_ref().to_string()));
        lists_at(value.get_ref(), path, lists);
        path.pop();
    }
}

fn lists_at(value: &DeValue<'_>, path: &mut Path, lists: &mut Vec<Path>) {
    match value {
        DeValue::Table(table) => lists_in(table, path, lists),
        DeValue::Array(_) if terms::is_table(path) => lists.push(path.clone()),
        DeValue::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                path.push(Step::Index(index));
                lists_at(value.get_ref(), path, lists);
                path.pop();
            }
        }
        DeValue::String(_)
        | DeValue::Integer(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_) => {}
    }
}

enum Inner<'a, 't> {
    Table(&'a mut DeTable<'t>),
    List(&'a mut DeArray<'t>),
}

fn get_mut<'a, 't>(root: &'a mut DeTable<'t>, path: &[Step]) -> Option<Inner<'a, 't>> {
    let mut inner = Inner::Table(root);
    for step in path {
        let value = match (step, inner) {
            (Step::Key(key), Inner::Table(table)) => table.get_mut(key.as_str())?.get_mut(),
            (Step::Index(index), Inner::List(list)) => list.get_mut(*index)?.get_mut(),
            _ => return None,
        };
        inner = if let DeValue::Table(table) = value {
            Inner::Table(table)
        } else if let DeValue::Array(list) = value {
            Inner::List(list)
        } else {
            return None;
        };
    }
    Some(inner)
}

/// The same in a value and all that is in it.
fn bound(value: &mut Spanned<DeValue<'_>>, path: &mut Path, wrong: &mut Vec<Wrong>) {
    let span = value.span();
    match value.get_mut() {
        DeValue::Table(table) => {
            for (key, value) in table {
                path.push(Step::Key(key.get_ref().to_string()));
                bound(value, path, wrong);
                path.pop();
            }
        }
        DeValue::Array(list) => {
            for (index, value) in list.iter_mut().enumerate() {
                path.push(Step::Index(index));
                bound(value, path, wrong);
                path.pop();
            }
        }
        DeValue::Integer(number) => {
            let Some((key, least, most)) = terms::bounds(path) else {
                return;
            };
            let (Ok(lowest), Ok(highest)) = (least.parse::<i128>(), most.parse()) else {
                return;
            };
            // One that has no place in 128 bits is out of all bounds.
            let written = i128::from_str_radix(number.as_str(), number.radix()).ok();
            let nearest = match written {
                Some(written) if written < lowest => least,
                Some(written) if written <= highest => return,
                Some(_) | None => most,
            };
            wrong.push(Wrong {
                span,
                path: path.clone(),
                reason: format!(
                    "{key}: expected a whole number from {least} to {most}, not the number {number}"
                ),
            });
            if let Ok(within) = DeValue::parse(nearest) {
                *value.get_mut() = within.into_inner();
            }
        }
        DeValue::String(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {}
    }
}

/// Looks for the shortest key or value that has a place in it.
fn search(
    table: &DeTable<'_>,
    span: &Range<usize>,
    path: &mut Path,
    best: &mut Option<(usize, Path)>,
) {
    for (key, value) in table {
        path.push(Step::Key(key.get_ref().to_string()));
        offer(&key.span(), span, path, best);
        within(value, span, path, best);
        path.pop();
    }
}

fn within(
    value: &Spanned<DeValue<'_>>,
    span: &Range<usize>,
    path: &mut Path,
    best: &mut Option<(usize, Path)>,
) {
    offer(&value.span(), span, path, best);
    if let DeValue::Table(table) = value.get_ref() {
        search(table, span, path, best);
    } else if let DeValue::Array(list) = value.get_ref() {
        for (index, value) in list.iter().enumerate() {
            path.push(Step::Index(index));
            within(value, span, path, best);
            path.pop();
        }
    }
}

fn offer(own: &Range<usize>, span: &Range<usize>, path: &[Step], best: &mut Option<(usize, Path)>) {
    let has = own.start <= span.start && span.end <= own.end && !own.is_empty();
    if has && best.as_ref().is_none_or(|(length, _)| own.len() <= *length) {
        *best = Some((own.len(), path.to_vec()));
    }
}
