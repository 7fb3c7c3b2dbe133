//! The people with an account at the service, and how to reach each: read from the file that the
//! accounts are imported from.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};

use crate::people::NOBODY;

/// The separator of several values in one field.
const SEPARATOR: char = ';';

/// All people of the deployment.
pub(super) struct People(Vec<Person>);

/// A person, by the columns of the file.
#[derive(Clone)]
pub(crate) struct Person(BTreeMap<String, String>);

impl People {
    /// Reads the file. None of its fields contains a comma.
    ///
    /// # Errors
    /// If a row does not have as many fields as there are columns.
    pub(super) fn read(text: &str) -> Result<Self> {
        let mut lines = text.lines();
        let columns: Vec<&str> = lines.next().unwrap_or_default().split(',').collect();
        let mut people = Vec::new();
        for line in lines {
            let fields: Vec<&str> = line.split(',').collect();
            ensure!(fields.len() == columns.len(), "not a row: {line}");
            let pairs = columns.iter().zip(fields);
            people.push(Person(
                pairs
                    .map(|(name, field)| ((*name).to_owned(), field.to_owned()))
                    .collect(),
            ));
        }
        Ok(Self(people))
    }

    /// The person with this name, or the one without an account.
    pub(super) fn find(&self, name: &str) -> Result<Person> {
        if name == NOBODY {
            let identifier = format!("{NOBODY}@contoso.example");
            let pairs = [("id", NOBODY), ("identifiers", &identifier)];
            return Ok(Person(
                pairs
                    .map(|(name, field)| (name.to_owned(), field.to_owned()))
                    .into(),
            ));
        }
        let found = self.0.iter().find(|person| person.field("id") == name);
        found
            .cloned()
            .with_context(|| format!("{name} has no account with the service"))
    }
}

impl Person {
    /// The identifier that the person types at the first step.
    pub(crate) fn identifier(&self) -> &str {
        self.first_of("identifiers")
    }

    /// The person's mailbox at home.
    pub(crate) fn mailbox(&self) -> &str {
        self.first_of("alternate_emails")
    }

    /// Whether the person has a phone with this number, in its dialled form.
    pub(crate) fn has_phone(&self, number: &str) -> bool {
        ["mobile", "office_phone"]
            .map(|column| dialled(self.field(column)))
            .contains(&number.to_owned())
    }

    /// The secret of the person's authenticator app, in Base32.
    ///
    /// # Errors
    /// If the person has none.
    pub(crate) fn authenticator(&self) -> Result<&str> {
        let secret = self.first_of("authenticators");
        ensure!(
            !secret.is_empty(),
            "{} has no authenticator app",
            self.identifier()
        );
        Ok(secret)
    }

    fn first_of(&self, column: &str) -> &str {
        self.field(column)
            .split(SEPARATOR)
            .next()
            .unwrap_or_default()
    }

    fn field(&self, column: &str) -> &str {
        self.0.get(column).map_or("", String::as_str)
    }
}

/// A number in the form that can be dialled from anywhere, without its extension.
fn dialled(number: &str) -> String {
    let number = number.split('x').next().unwrap_or_default();
    number
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect()
}
