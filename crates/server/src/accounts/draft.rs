//! A row of the file, read as an account, or all the errors in it.

use std::sync::Arc;

use postern_engine::account::{AccountId, AccountState, PasswordSource};
use postern_engine::{Account, EngineKey, Person, Registration, Tenant};

use super::cells::{Cells, ITEMS_MAX, Initial, Passwords};
use super::columns::question;
use super::faults::Fault;
use super::sheet::Row;

/// The settings for reading a row, and the lists of its errors and warnings.
pub(super) struct Reader<'a> {
    pub(super) tenants: &'a [Tenant],
    pub(super) key: &'a EngineKey,
    pub(super) passwords: Passwords<'a>,
    pub(super) faults: Vec<Fault>,
    pub(super) warnings: Vec<Fault>,
}

const YES_OR_NO: [(&str, bool); 2] = [("yes", true), ("no", false)];
const STATES: [(&str, AccountState); 3] = [
    ("enabled", AccountState::Enabled),
    ("disabled", AccountState::Disabled),
    ("opted-out", AccountState::OptedOut),
];
const SOURCES: [(&str, PasswordSource); 3] = [
    ("cloud", PasswordSource::Cloud),
    ("on-premises", PasswordSource::OnPremises),
    ("elsewhere", PasswordSource::Elsewhere),
];

/// An account as the file has it.
pub(super) struct Draft {
    pub(super) file: String,
    pub(super) line: u64,
    /// The id of the tenant.
    pub(super) tenant: String,
    pub(super) account: Account,
    /// Normalised identifiers, by which the directory finds the account.
    pub(super) identifiers: Vec<String>,
    pub(super) password: Option<Initial>,
    /// The phone numbers of the row as they were read, by column.
    pub(super) numbers: Vec<(&'static str, String)>,
    columns: Arc<Vec<String>>,
}

impl Draft {
    /// Reads a row. Returns `None` if the row has any error.
    pub(super) fn read(row: &Row, reader: &mut Reader<'_>) -> Option<Self> {
        let before = reader.faults.len();
        let mut cells = Cells {
            row,
            faults: &mut reader.faults,
            warnings: &mut reader.warnings,
            numbers: Vec::new(),
        };
        let tenant = cells.tenant(reader.tenants);
        let (identifiers, normalised) = cells.identifiers(tenant);
        let id = AccountId(cells.id());
        let person = Person {
            identifiers,
            names: cells.list("names", ITEMS_MAX),
            primary_email: cells.email("primary_email"),
            alternate_emails: cells.emails("alternate_emails"),
            mobile: cells.phone("mobile", tenant),
            office_phone: cells.phone("office_phone", tenant),
            is_administrator: !cells.list("administrator_roles", ITEMS_MAX).is_empty(),
            groups: cells.groups(),
            is_licensed: cells.one_of("licensed", &YES_OR_NO, true),
            state: cells.one_of("state", &STATES, AccountState::Enabled),
            is_locked: cells.one_of("locked", &YES_OR_NO, false),
            password_source: cells.one_of("password_source", &SOURCES, PasswordSource::Cloud),
            ..Person::new("", "")
        };
        let registration = Registration {
            authenticators: cells.authenticators(),
            questions: cells.questions(reader.key, &id),
        };
        let account = Account::of(Person { id, ..person }, registration);
        let password = cells.password(&reader.passwords, &account, tenant);
        let numbers = cells.numbers;
        let tenant = tenant?.id().to_owned();
        (reader.faults.len() == before).then(|| Self {
            file: row.file.clone(),
            line: row.line,
            tenant,
            account,
            identifiers: normalised,
            password,
            numbers,
            columns: row.columns.clone(),
        })
    }

    /// An error in this row, with its file, line and column.
    pub(super) fn fault(&self, column: &str, why: String) -> Fault {
        Fault {
            file: self.file.clone(),
            line: self.line,
            column: Some(column.into()),
            why,
        }
    }

    /// A warning about the whole row.
    pub(super) fn note(&self, why: String) -> Fault {
        Fault {
            file: self.file.clone(),
            line: self.line,
            column: None,
            why,
        }
    }

    /// The existing account with the values of the file. A column that the file lacks changes
    /// nothing.
    pub(super) fn onto(&self, there: &Account) -> Account {
        let has = |name: &str| self.columns.iter().any(|column| column == name);
        let mut account = self.account.clone();
        macro_rules! keep {
            ($($column:literal: $part:ident.$field:ident),+ $(,)?) => {
                $(if !has($column) {
                    account.$part.$field = there.$part.$field.clone();
                })+
            };
        }
        keep! {
            "names": person.names,
            "primary_email": person.primary_email,
            "alternate_emails": person.alternate_emails,
            "mobile": person.mobile,
            "office_phone": person.office_phone,
            "groups": person.groups,
            "administrator_roles": person.is_administrator,
            "licensed": person.is_licensed,
            "state": person.state,
            "locked": person.is_locked,
            "password_source": person.password_source,
            "authenticators": registration.authenticators,
        }
        let kept = there
            .registration
            .questions
            .iter()
            .filter(|it| !has(&question(it.id)));
        account.registration.questions.extend(kept.cloned());
        account.registration.questions.sort_by_key(|it| it.id);
        account
    }

    /// The column of a question that the account already has under another number, in a column that
    /// the file lacks.
    pub(super) fn doubled_question(&self, account: &Account) -> Option<String> {
        let questions = &account.registration.questions;
        let mut own = self.account.registration.questions.iter();
        let doubled = own.find(|it| {
            let alike = questions.iter().filter(|other| other.text == it.text);
            alike.count() > 1
        })?;
        Some(question(doubled.id))
    }
}
