//! A row of the file as an account, or all that is wrong with it.

use std::sync::Arc;

use argon2::Params;
use argon2::password_hash::phc::PasswordHash;
use email_address::{EmailAddress, Options};
use postern_engine::account::{
    AccountId, AccountState, Authenticator, AuthenticatorId, AuthenticatorSecret, PasswordSource,
    RegisteredQuestion, TotpAlgorithm, TotpPeriod, answer_digest,
};
use postern_engine::{Account, EngineKey, Identifier, Tenant};
use postern_protocol::QuestionText;
use postern_protocol::password::NewPassword;

use super::sheet::{Fault, Row};

/// What stands between several in one field.
const SEPARATOR: char = ';';

/// Characters of an id, a name, a group or a role: the longest display name of Microsoft Entra (`user` resource type).
const TEXT_LENGTH_MAX: usize = 256;

/// Identifiers, names, addresses or roles of one account: the most that Microsoft Entra takes of other addresses (`user`
/// resource type).
const ITEMS_MAX: usize = 250;

/// Groups of one account: as many as are looked at.
const GROUPS_MAX: usize = 1_015;

/// Questions of one account: the most that a policy has registered.
const QUESTIONS_MAX: u16 = 5;

/// Predefined questions.
const PREDEFINED_MAX: u8 = 35;

/// Characters of a question of the tenant's own (Microsoft Entra documentation, `concept-authentication-security-questions`).
const QUESTION_LENGTHS: std::ops::RangeInclusive<usize> = 3..=200;

/// Authenticators of one account: five of each kind, as the reference lets a person register.
const AUTHENTICATORS_MAX: usize = 10;

/// More than this no hash may cost to compare: 256 MiB and 16 passes, over ten times what OWASP asks for.
const HASH_MEMORY_KIB_MAX: u32 = 262_144;
const HASH_PASSES_MAX: u32 = 16;

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

fn question(id: u16) -> String {
    format!("question_{id}")
}

fn answer(id: u16) -> String {
    format!("answer_{id}")
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

/// An initial password.
pub(super) enum Initial {
    /// As a person types it.
    Plain(NewPassword),
    /// In the PHC string format.
    Hashed(String),
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
        let id = AccountId(cells.short_text("id").unwrap_or_else(|| {
            cells.fault("id", "it is empty");
            String::new()
        }));
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
        let tenant = tenant?.domain().to_owned();
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

/// The fields of a row, and where to say what is wrong with them.
struct Cells<'a> {
    row: &'a Row,
    faults: &'a mut Vec<Fault>,
}

impl<'a> Cells<'a> {
    fn fault(&mut self, column: &str, why: impl Into<String>) {
        self.faults.push(self.row.fault(column, why));
    }

    fn tenant<'t>(&mut self, tenants: &'t [Tenant]) -> Option<&'t Tenant> {
        let domain = self.row.text("tenant").unwrap_or_default();
        let tenant = tenants.iter().find(|tenant| tenant.has_domain(domain));
        if tenant.is_none() {
            self.fault("tenant", "no tenant has that domain");
        }
        tenant
    }

    fn identifiers(&mut self, tenant: Option<&Tenant>) -> (Vec<String>, Vec<String>) {
        let (mut typed, mut normalised) = (Vec::new(), Vec::new());
        for item in self.list("identifiers", ITEMS_MAX) {
            let Ok(identifier) = Identifier::parse(&item) else {
                self.fault(
                    "identifiers",
                    "one of them is too long or has nothing in it that can be seen",
                );
                continue;
            };
            let is_strange = identifier
                .domain()
                .zip(tenant)
                .is_some_and(|(domain, tenant)| !tenant.has_domain(domain));
            if is_strange {
                self.fault(
                    "identifiers",
                    "the domain of one of them is none of the tenant's, and nobody would find it",
                );
            }
            if normalised
                .iter()
                .any(|known| known == identifier.normalised())
            {
                self.fault("identifiers", "one of them is there twice");
                continue;
            }
            normalised.push(identifier.normalised().to_owned());
            typed.push(identifier.as_typed().to_owned());
        }
        if self.row.text("identifiers").is_none() {
            self.fault("identifiers", "there is none");
        }
        (typed, normalised)
    }

    fn short_text(&mut self, column: &str) -> Option<String> {
        let text = self.row.text(column)?;
        self.is_short_text(column, text).then(|| text.to_owned())
    }

    fn is_short_text(&mut self, column: &str, text: &str) -> bool {
        let is_long = text.chars().nth(TEXT_LENGTH_MAX).is_some();
        if is_long {
            self.fault(column, format!("more than {TEXT_LENGTH_MAX} characters"));
        }
        let is_strange = text.chars().any(char::is_control);
        if is_strange {
            self.fault(column, "there is a control character in it");
        }
        !is_long && !is_strange
    }

    /// Several in one field, without empty ones.
    fn list(&mut self, column: &str, max: usize) -> Vec<String> {
        let text = self.row.text(column).unwrap_or_default();
        let items = text.split(SEPARATOR).map(str::trim);
        let items: Vec<&str> = items.filter(|item| !item.is_empty()).collect();
        if items.len() > max {
            self.fault(column, format!("more than {max} of them"));
            return Vec::new();
        }
        let mut taken = Vec::with_capacity(items.len());
        for item in items {
            if self.is_short_text(column, item) {
                taken.push(item.to_owned());
            }
        }
        taken
    }

    fn groups(&mut self) -> Vec<String> {
        let mut groups = self.list("groups", GROUPS_MAX);
        groups.sort();
        groups.dedup();
        groups
    }

    fn email(&mut self, column: &str) -> Option<String> {
        let text = self.short_text(column)?;
        self.is_email(column, &text).then_some(text)
    }

    fn emails(&mut self, column: &str) -> Vec<String> {
        let mut emails = self.list(column, ITEMS_MAX);
        emails.retain(|email| self.is_email(column, email));
        emails
    }

    fn is_email(&mut self, column: &str, text: &str) -> bool {
        let options = Options::default()
            .without_display_text()
            .without_domain_literal();
        let refused = EmailAddress::parse_with_options(text, options).err();
        if let Some(refused) = &refused {
            self.fault(column, format!("it is no address: {refused}"));
        }
        refused.is_none()
    }

    fn phone(&mut self, column: &str, tenant: Option<&Tenant>) -> Option<String> {
        let text = self.row.text(column)?;
        let region = tenant.and_then(|tenant| tenant.default_region);
        match postern_phone::parse(text, region) {
            Ok(_) => Some(text.to_owned()),
            Err(refused) => {
                self.fault(column, format!("it is no phone number: {refused}"));
                None
            }
        }
    }

    fn one_of<T: Copy>(&mut self, column: &str, words: &[(&str, T)], usual: T) -> T {
        let Some(text) = self.row.text(column) else {
            return usual;
        };
        let found = words.iter().find(|(word, _)| *word == text);
        if found.is_none() {
            let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.fault(column, format!("it is none of {}", words.join(", ")));
        }
        found.map_or(usual, |(_, value)| *value)
    }

    fn authenticators(&mut self) -> Vec<Authenticator> {
        const COLUMN: &str = "authenticators";
        let items = self.list(COLUMN, AUTHENTICATORS_MAX);
        let mut authenticators = Vec::with_capacity(items.len());
        for (number, item) in (1..).zip(&items) {
            let mut parts = item.split(':').map(str::trim);
            let secret = AuthenticatorSecret::from_base32(parts.next().unwrap_or_default());
            let algorithm = match parts.next() {
                None | Some("" | "sha1") => Some(TotpAlgorithm::Sha1),
                Some("sha256") => Some(TotpAlgorithm::Sha256),
                Some(_) => None,
            };
            let period = match parts.next() {
                None | Some("" | "30s") => Some(TotpPeriod::Seconds30),
                Some("60s") => Some(TotpPeriod::Seconds60),
                Some(_) => None,
            };
            let why = match (&secret, algorithm, period, parts.next()) {
                (Ok(_), Some(_), Some(_), None) => None,
                (Err(refused), ..) => Some(refused.to_string()),
                (_, None, ..) => Some("the algorithm is sha1 or sha256".into()),
                (_, _, None, _) => Some("the period is 30s or 60s".into()),
                (.., Some(_)) => Some("it is a secret, an algorithm and a period".into()),
            };
            if let Some(why) = why {
                self.fault(COLUMN, format!("number {number}: {why}"));
            }
            if let (Ok(secret), Some(algorithm), Some(period)) = (secret, algorithm, period) {
                authenticators.push(Authenticator {
                    id: AuthenticatorId(number.to_string()),
                    secret,
                    period,
                    algorithm,
                });
            }
        }
        authenticators
    }

    fn questions(&mut self, key: &EngineKey, account: &AccountId) -> Vec<RegisteredQuestion> {
        let mut questions: Vec<RegisteredQuestion> = Vec::new();
        let mut answers = Vec::new();
        for id in 1..=QUESTIONS_MAX {
            let (question, answer) = (question(id), answer(id));
            let (text, given) = (self.row.text(&question), self.row.text(&answer));
            let (text, given) = match (text, given) {
                (None, None) => continue,
                (Some(_), None) => {
                    self.fault(&answer, "the question has no answer");
                    continue;
                }
                (None, Some(_)) => {
                    self.fault(&question, "the answer has no question");
                    continue;
                }
                (Some(text), Some(given)) => (text, given),
            };
            let Some(text) = self.question(&question, text) else {
                continue;
            };
            if questions.iter().any(|known| known.text == text) {
                self.fault(&question, "it is there twice");
            }
            // Of no question, so that equal answers to different ones look alike.
            let digest = answer_digest(key, account, 0, given);
            if digest.is_some() && answers.contains(&digest) {
                self.fault(&answer, "it is the answer to another question too");
            }
            answers.push(digest);
            match RegisteredQuestion::new(key, account, id, text, given) {
                Some(registered) => questions.push(registered),
                None => self.fault(&answer, "it is too long"),
            }
        }
        questions
    }

    fn question(&mut self, column: &str, text: &str) -> Option<QuestionText> {
        if text.chars().all(|character| character.is_ascii_digit()) {
            let number = text.parse().ok();
            let number = number.filter(|number| (1..=PREDEFINED_MAX).contains(number));
            if number.is_none() {
                self.fault(
                    column,
                    format!("predefined questions have the numbers 1 to {PREDEFINED_MAX}"),
                );
            }
            return number.map(QuestionText::Predefined);
        }
        let length = text.chars().count();
        if !QUESTION_LENGTHS.contains(&length) || text.chars().any(char::is_control) {
            let (least, most) = (QUESTION_LENGTHS.start(), QUESTION_LENGTHS.end());
            self.fault(
                column,
                format!("a question has {least} to {most} characters that can be seen"),
            );
            return None;
        }
        Some(QuestionText::Custom(text.to_owned()))
    }

    fn password(&mut self) -> Option<Initial> {
        const COLUMN: &str = "password";
        // Nothing is trimmed: white space is a part of a password.
        let text: &'a str = self.row.field(COLUMN)?;
        if text.starts_with("$argon2") {
            if !is_hash(text) {
                self.fault(COLUMN, "it begins as an Argon2 hash does, and is no Argon2id hash that can be compared");
                return None;
            }
            return Some(Initial::Hashed(text.to_owned()));
        }
        let password = NewPassword::parse(text).ok();
        if password.is_none() {
            self.fault(COLUMN, "it is too long or has a control character in it");
        }
        password.map(Initial::Plain)
    }
}

/// Whether a text is a hash of Argon2id that costs no more than can be afforded.
fn is_hash(text: &str) -> bool {
    let Ok(hash) = PasswordHash::new(text) else {
        return false;
    };
    let is_affordable = Params::try_from(&hash).is_ok_and(|params| {
        params.m_cost() <= HASH_MEMORY_KIB_MAX && params.t_cost() <= HASH_PASSES_MAX
    });
    hash.algorithm.as_str() == "argon2id"
        && hash.salt.is_some()
        && hash.hash.is_some()
        && is_affordable
}
