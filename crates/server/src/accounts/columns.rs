//! The columns of a file of accounts. The command's help and the documentation page both use these
//! descriptions.

use std::fmt::Write;

/// Questions of one account: the most that a policy can require to be registered.
pub(super) const QUESTIONS_MAX: u16 = 5;

/// A column, or the five columns of questions or of answers.
pub struct Column {
    /// The name in the header.
    pub name: &'static str,
    /// What the column holds.
    pub what: &'static str,
    /// What an empty field means.
    pub empty: &'static str,
}

/// Columns that every file has.
pub(super) const REQUIRED: [&str; 3] = ["tenant", "id", "identifiers"];

/// Columns that `accounts export` writes. It leaves out answers, secrets of authenticators and
/// passwords, so that an import of the file leaves those as they are.
pub const EXPORTED: [&str; 14] = [
    "tenant",
    "id",
    "identifiers",
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
];

/// All columns, in the order of the example. `N` stands for 1 to 5.
pub const COLUMNS: [Column; 18] = [
    column("tenant", "a domain of the tenant", "refused"),
    column(
        "id",
        "the permanent name of the account, at most 256 characters",
        "refused",
    ),
    column(
        "identifiers",
        "what a person signs in with, name@domain of the tenant, the user principal name first; several",
        "refused",
    ),
    column("names", "first, last and display name; several", "none"),
    column("primary_email", "the mailbox at work", "none"),
    column("alternate_emails", "other addresses; several", "none"),
    column(
        "mobile",
        "one phone number, with its country code or as dialled in the tenant's region",
        "none",
    ),
    column("office_phone", "the same", "none"),
    column(
        "groups",
        "the groups that the account is directly in; several",
        "none",
    ),
    column(
        "administrator_roles",
        "any role makes an administrator; several",
        "none",
    ),
    column("licensed", "yes or no", "yes"),
    column("state", "enabled, disabled or opted-out", "enabled"),
    column("locked", "yes or no", "no"),
    column(
        "password_source",
        "cloud, on-premises or elsewhere",
        "cloud",
    ),
    column(
        "question_N",
        "a security question: the number of a predefined one, or the tenant's own words",
        "none",
    ),
    column(
        "answer_N",
        "its answer, which is stored as a keyed hash",
        "none",
    ),
    column(
        "authenticators",
        "secrets in Base32, each alone or as secret:sha256:60s; several",
        "none",
    ),
    column(
        "password",
        "an initial password, which must meet the tenant's rules; with --hashed, its Argon2id hash in the PHC string format",
        "none",
    ),
];

const fn column(name: &'static str, what: &'static str, empty: &'static str) -> Column {
    Column { name, what, empty }
}

/// The names of all columns, as the header has them.
pub fn names() -> Vec<String> {
    let names = COLUMNS.iter().map(|column| column.name);
    let mut all: Vec<String> = Vec::new();
    for name in names {
        match name {
            "question_N" => {
                all.extend((1..=QUESTIONS_MAX).flat_map(|id| [question(id), answer(id)]));
            }
            "answer_N" => {}
            name => all.push(name.to_owned()),
        }
    }
    all
}

/// The column of a question.
pub(super) fn question(id: u16) -> String {
    format!("question_{id}")
}

/// The column of the answer to a question.
pub(super) fn answer(id: u16) -> String {
    format!("answer_{id}")
}

/// The help of `accounts import`: the columns, the file and the exit codes.
pub(super) fn help() -> String {
    let mut text = String::from(
        "The file is CSV or a workbook (.xlsx, .xls, .ods), and begins with a header row. Columns of accounts:\n",
    );
    for Column { name, what, empty } in &COLUMNS {
        // Writing to a string never fails.
        let _ = write!(text, "\n  {name:<20} {what}; empty: {empty}");
    }
    text.push_str(
        "\n\nN is 1 to 5. tenant, id and identifiers are required. Where a field may hold several values, ; separates them.\n\
         If the file lacks a column, accounts keep its value; an empty field empties the value.\n\n\
         Exit codes:\n\
         \x20 0  the file was imported, or could be (--dry-run)\n\
         \x20 1  the file has an error, or the database failed: nothing was imported\n\
         \x20 2  the arguments are wrong",
    );
    text
}
