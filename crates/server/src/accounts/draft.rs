//! A row of the file as an account, or all that is wrong with it.

use std::sync::Arc;

use postern_engine::account::{AccountId, AccountState, PasswordSource};
use postern_engine::{Account, EngineKey, Tenant};

use super::cells::{Cells, ITEMS_MAX, Initial, QUESTIONS_MAX, answer, question};
use super::sheet::{Fault, Row};

/// Columns that every file has.
pub(super) const REQUIRED: [&str; 3] = ["tenant", "id", "identifiers"];

const OPTIONAL: [&str; 13] = [
    "names",
    "primary_email",
    "alternate_emails",
    "mobile",
    "office_phone",
    "groups",
    "administrator_roles",
    "licensed",
    "state",
    "locked",
    "password_source",
    "authenticators",
    "password",
];

/// Whether there is a column of that name.
pub(super) fn is_column(name: &str) -> bool {
    let is_question =
        || (1..=QUESTIONS_MAX).any(|id| [question(id), answer(id)].contains(&name.into()));
    REQUIRED.contains(&name) || OPTIONAL.contains(&name) || is_question()
}

/// Every column, in an order that people read.
pub(crate) fn columns() -> Vec<String> {
    let questions = (1..=QUESTIONS_MAX).flat_map(|id| [question(id), answer(id)]);
    let named = REQUIRED.iter().chain(&OPTIONAL).copied();
    named.map(str::to_owned).chain(questions).collect()
}

/// An account as the file has it.
pub(super) struct Draft {
    pub(super) file: String,
    pub(super) line: u64,
    /// The domain that names the tenant.
    pub(super) tenant: String,
    pub(super) account: Account,
    /// What its identifiers are found by.
    pub(super) identifiers: Vec<String>,
    pub(super) password: Option<Initial>,
    columns: Arc<Vec<String>>,
}

impl Draft {
    /// Reads a row; `None` if anything is wrong with it.
    pub(super) fn read(
        row: &Row,
        tenants: &[Tenant],
        key: &EngineKey,
        faults: &mut Vec<Fault>,
    ) -> Option<Self> {
        let before = faults.len();
        let mut cells = Cells { row, faults };
        let tenant = cells.tenant(tenants);
        let (identifiers, normalised) = cells.identifiers(tenant);
        let id = AccountId(cells.id());
        let account = Account {
            identifiers,
            names: cells.list("names", ITEMS_MAX),
            primary_email: cells.email("primary_email"),
            alternate_emails: cells.emails("alternate_emails"),
            mobile: cells.phone("mobile", tenant),
            office_phone: cells.phone("office_phone", tenant),
            authenticators: cells.authenticators(),
            questions: cells.questions(key, &id),
            is_administrator: !cells.list("administrator_roles", ITEMS_MAX).is_empty(),
            groups: cells.groups(),
            is_licensed: cells.one_of("licensed", &[("yes", true), ("no", false)], true),
            state: cells.one_of(
                "state",
                &[
                    ("enabled", AccountState::Enabled),
                    ("disabled", AccountState::Disabled),
                    ("opted-out", AccountState::OptedOut),
                ],
                AccountState::Enabled,
            ),
            is_locked: cells.one_of("locked", &[("yes", true), ("no", false)], false),
            password_source: cells.one_of(
                "password_source",
                &[
                    ("cloud", PasswordSource::Cloud),
                    ("on-premises", PasswordSource::OnPremises),
                    ("elsewhere", PasswordSource::Elsewhere),
                ],
                PasswordSource::Cloud,
            ),
            ..Account::new("", "")
        };
        let password = cells.password();
        let tenant = tenant?.id().to_owned();
        (faults.len() == before).then(|| Self {
            file: row.file.clone(),
            line: row.line,
            tenant,
            account: Account { id, ..account },
            identifiers: normalised,
            password,
            columns: row.columns.clone(),
        })
    }

    /// What is wrong with its identifiers, told where it stands.
    pub(super) fn fault(&self, column: &str, why: String) -> Fault {
        Fault {
            file: self.file.clone(),
            line: self.line,
            column: Some(column.into()),
            why,
        }
    }

    /// The account that is there, with what the file says; a column that the file has not changes nothing.
    pub(super) fn onto(&self, there: &Account) -> Account {
        let has = |name: &str| self.columns.iter().any(|column| column == name);
        let mut account = self.account.clone();
        macro_rules! keep {
            ($($column:literal: $field:ident),+ $(,)?) => {
                $(if !has($column) {
                    account.$field = there.$field.clone();
                })+
            };
        }
        keep! {
            "names": names,
            "primary_email": primary_email,
            "alternate_emails": alternate_emails,
            "mobile": mobile,
            "office_phone": office_phone,
            "groups": groups,
            "administrator_roles": is_administrator,
            "licensed": is_licensed,
            "state": state,
            "locked": is_locked,
            "password_source": password_source,
            "authenticators": authenticators,
        }
        if !self
            .columns
            .iter()
            .any(|column| column.starts_with("question_"))
        {
            account.questions.clone_from(&there.questions);
        }
        account
    }
}
