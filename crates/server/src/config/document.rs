//! A configuration as written: its keys and their positions. It is read repeatedly, each time
//! without the errors found so far, so that all errors are found in one run.

use std::borrow::Cow;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue, Deserializer};

use super::bare::{self, Bare};
use super::place::{Path, Step, Wrong};
use super::{syntax, terms};

/// Maximum number of errors to look for. Each needs another reading.
const FAULTS_MAX: usize = 100;

/// A configuration as written.
pub(super) struct Document<'t> {
    root: Spanned<DeTable<'t>>,
    /// Paths that were removed, or that hold a stand-in value.
    removed: Vec<Path>,
}

impl<'t> Document<'t> {
    /// Parses the text and finds TOML syntax errors.
    pub(super) fn parse(text: &'t str) -> (Self, Vec<Wrong>) {
        let (root, errors) = DeTable::parse_recoverable(text);
        // After a syntax error, any part of the document may be misread, so the whole document
        // counts as removed.
        let removed = errors.first().map(|_| Path::new()).into_iter().collect();
        (Self { root, removed }, syntax::faults(text, &errors))
    }

    /// Puts text in the place of each value whose error is that it has no quotation marks.
    pub(super) fn quote(&mut self, text: &'t str, faults: &[Wrong]) -> Vec<Bare> {
        let mut found = Vec::new();
        for (key, value) in self.root.get_mut() {
            let mut path = vec![Step::Key(key.get_ref().to_string())];
            bare::quote(value, text, faults, &mut path, &mut found);
        }
        found
    }

    /// Deserializes the document. Each value with an error is reported and removed. Returns `None`
    /// if nothing can be read without it.
    ///
    /// Errors that only follow from a removal are not reported: that a removed key is missing, or
    /// that a list or table is invalid without its removed part.
    pub(super) fn read<T: for<'de> Deserialize<'de>>(
        &mut self,
        wrong: &mut Vec<Wrong>,
    ) -> Option<T> {
        self.bound(wrong);
        self.refuse_lists(wrong);
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
            // A key that is missing at the root has no position.
            let place = error.span().filter(|span| !span.is_empty());
            let mut path = place.map_or_else(Path::new, |span| self.at(&span));
            if let Some(field) = terms::missing(message) {
                for field in self.missing(&path, field) {
                    let mut own = path.clone();
                    own.push(Step::Key(field.to_owned()));
                    if !self.removed.contains(&own) {
                        wrong.push(Wrong {
                            span: span.clone(),
                            path: own.clone(),
                            reason: format!("{field} is missing"),
                        });
                        self.removed.push(own);
                    }
                }
                if self.stand_in(&path, field) {
                    continue;
                }
            } else {
                let found = (!terms::is_of_value(message))
                    .then(|| self.named_in(&path, message))
                    .flatten();
                let span = found.as_ref().map_or(span, |(_, span)| span.clone());
                path = found.map_or(path, |(path, _)| path);
                let is_part = |part: &Path| part.len() > path.len() && part.starts_with(&path);
                if !self.removed.iter().any(is_part) {
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
            self.remove(&path);
        }
        None
    }

    /// Inserts a valid value for a required key that is missing, so that the rest of the table can
    /// be read. Returns whether there is such a value.
    fn stand_in(&mut self, path: &[Step], key: &str) -> bool {
        let Some(value) = terms::stand_in(path, key) else {
            return false;
        };
        let key = Spanned::new(0..0, Cow::Owned(key.to_owned()));
        let table = match get_mut(self.root.get_mut(), path) {
            Some(Inner::Table(table)) => table,
            Some(Inner::List(_)) | None => return false,
        };
        table.insert(key, Spanned::new(0..0, value)).is_none()
    }

    /// Whether the document no longer has the written value of a key, since that key or a table
    /// around it had an error.
    pub(super) fn lacks(&self, path: &[Step]) -> bool {
        self.removed.iter().any(|it| path.starts_with(it))
    }

    /// Whether an error about a table follows from another error in it: the error names a removed
    /// key.
    pub(super) fn follows(&self, table: &[Step], reason: &str) -> bool {
        let mut removed = self.removed.iter().filter(|it| it.starts_with(table));
        removed.any(|path| terms::words(reason).any(|word| terms::last_key(path) == Some(word)))
    }

    /// The position of an existing value.
    pub(super) fn place(&self, path: &[Step]) -> Range<usize> {
        self.spanned(path).map(Spanned::span).unwrap_or_default()
    }

    /// The position of an existing key.
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

    /// The position of a key's value in a table, or of the key itself if the value is a table.
    /// `None` if there is no such key.
    pub(super) fn place_in(&self, path: &[Step], key: &str) -> Option<Range<usize>> {
        self.named_in(path, key).map(|(_, span)| span)
    }

    /// The position of a text in a list.
    pub(super) fn place_of(&self, path: &[Step], text: &str) -> Option<Range<usize>> {
        let DeValue::Array(list) = self.get(path)? else {
            return None;
        };
        let is_it = |it: &&Spanned<DeValue<'_>>| it.get_ref().as_str() == Some(text);
        list.iter().find(is_it).map(Spanned::span)
    }

    /// The files with secrets, each with the position where the configuration names it.
    pub(super) fn secret_files(&self) -> Vec<(Range<usize>, String)> {
        let mut files = Vec::new();
        for (_, value) in self.root.get_ref() {
            secret_files_in(value.get_ref(), &mut files);
        }
        files
    }

    /// The path of the innermost key at a position.
    fn at(&self, span: &Range<usize>) -> Path {
        let mut best: Option<(usize, Path)> = None;
        let mut path = Path::new();
        search(self.root.get_ref(), span, &mut path, &mut best);
        best.map(|(_, path)| path).unwrap_or_default()
    }

    /// The missing key of a table, and all other required keys that the table lacks.
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

    /// Reports each number of the tenants that is out of bounds, and replaces it with the nearest
    /// valid number. If the number were removed, values beside it would not be checked.
    fn bound(&mut self, wrong: &mut Vec<Wrong>) {
        if let Some(tenants) = self.root.get_mut().get_mut("tenants") {
            bound(tenants, &mut vec![Step::Key("tenants".to_owned())], wrong);
        }
    }

    /// Reports and removes each list in the place of a table. The deserializer would otherwise take
    /// the list's items for the values of the table's keys.
    fn refuse_lists(&mut self, wrong: &mut Vec<Wrong>) {
        let mut lists = Vec::new();
        lists_in(self.root.get_ref(), &mut Path::new(), &mut lists);
        // Backwards, since removing an item of a list moves the items after it.
        for path in lists.into_iter().rev() {
            let key = terms::last_key(&path).unwrap_or_default();
            wrong.push(Wrong {
                span: self.place(&path),
                reason: format!("{key}: expected a table, not a list"),
                path: path.clone(),
            });
            self.remove(&path);
        }
    }

    /// The value at a path.
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

    /// Finds the key that a message about a whole table names, in that table or in a table inside
    /// it.
    pub(super) fn named_in(&self, path: &[Step], message: &str) -> Option<(Path, Range<usize>)> {
        let DeValue::Table(table) = self.get(path)? else {
            return None;
        };
        let named = terms::words(message).find_map(|word| table.get_key_value(word));
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

    /// Removes the value at a path. Removing an item of a list moves the items after it.
    pub(super) fn remove(&mut self, path: &[Step]) {
        let Some(step) = path.last().cloned() else {
            return;
        };
        let around = path.get(..path.len() - 1).unwrap_or_default();
        let depth = around.len();
        match (step, get_mut(self.root.get_mut(), around)) {
            (Step::Key(key), Some(Inner::Table(table))) => {
                table.remove(key.as_str());
                self.removed.push(path.to_vec());
            }
            (Step::Index(index), Some(Inner::List(list))) => {
                let mut kept = DeArray::new();
                for (place, value) in list.iter().enumerate() {
                    if place != index {
                        kept.push(value.clone());
                    }
                }
                *list = kept;
                // Paths of removed values inside the removed item are dropped. Otherwise they would
                // point into the next item.
                self.removed.retain(|other| !other.starts_with(path));
                let removed = self.removed.iter_mut();
                for other in removed.filter(|other| other.starts_with(around)) {
                    if let Some(Step::Index(place)) = other.get_mut(depth) {
                        *place = place.saturating_sub(usize::from(*place > index));
                    }
                }
                self.removed.push(path.to_vec());
            }
            _ => {}
        }
    }
}

/// Replaces each date with NaN. No key accepts a date, and the deserializer would read one as a
/// table with a key of its own.
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

/// The paths of all lists in the place of a table.
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

fn secret_files_in(value: &DeValue<'_>, files: &mut Vec<(Range<usize>, String)>) {
    if let DeValue::Array(list) = value {
        for value in list {
            secret_files_in(value.get_ref(), files);
        }
    } else if let DeValue::Table(table) = value {
        for (key, value) in table {
            match value.get_ref().as_str().filter(|_| key.get_ref() == "file") {
                Some(path) => files.push((value.span(), path.to_owned())),
                None => secret_files_in(value.get_ref(), files),
            }
        }
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

/// Applies `Document::bound` to a value and everything inside it.
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
            // A number that does not fit in 128 bits is out of all bounds.
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

/// Finds the shortest key or value that contains a position.
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
