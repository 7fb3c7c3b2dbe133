//! The fields of a row, each as what it stands for.

use argon2::Params;
use argon2::password_hash::phc::PasswordHash;
use email_address::{EmailAddress, Options};
use postern_engine::account::{
    AccountId, Authenticator, AuthenticatorId, AuthenticatorSecret, RegisteredQuestion,
    TotpAlgorithm, TotpPeriod, answer_digest,
};
use postern_engine::{EngineKey, Identifier, Tenant};
use postern_protocol::QuestionText;
use postern_protocol::password::NewPassword;

use super::sheet::{Fault, Row};

/// What stands between several in one field.
const SEPARATOR: char = ';';

/// Characters of an id, a name, a group or a role: the longest display name of Microsoft Entra (`user` resource type).
const TEXT_LENGTH_MAX: usize = 256;

/// Identifiers, names, addresses or roles of one account: the most that Microsoft Entra takes of other addresses (`user`
/// resource type).
pub(super) const ITEMS_MAX: usize = 250;

/// Groups of one account: as many as are looked at.
const GROUPS_MAX: usize = 1_015;

/// Predefined questions.
const PREDEFINED_MAX: u8 = 35;

/// Characters of a question of the tenant's own (Microsoft Entra documentation, `concept-authentication-security-questions`).
const QUESTION_LENGTHS: std::ops::RangeInclusive<usize> = 3..=200;

/// Authenticators of one account: five of each kind, as the reference lets a person register.
const AUTHENTICATORS_MAX: usize = 10;

/// More than this no hash may cost to compare: 256 MiB and 16 passes, over ten times what OWASP asks for.
const HASH_MEMORY_KIB_MAX: u32 = 262_144;
const HASH_PASSES_MAX: u32 = 16;

/// Questions of one account: the most that a policy has registered.
pub(super) const QUESTIONS_MAX: u16 = 5;

/// An initial password.
pub(super) enum Initial {
    /// As a person types it.
    Plain(NewPassword),
    /// In the PHC string format.
    Hashed(String),
}

/// The fields of a row, and where to say what is wrong with them.
pub(super) struct Cells<'a> {
    pub(super) row: &'a Row,
    pub(super) faults: &'a mut Vec<Fault>,
}

impl<'a> Cells<'a> {
    fn fault(&mut self, column: &str, why: impl Into<String>) {
        self.faults.push(self.row.fault(column, why));
    }

    pub(super) fn tenant<'t>(&mut self, tenants: &'t [Tenant]) -> Option<&'t Tenant> {
        let domain = self.row.text("tenant").unwrap_or_default();
        let tenant = tenants.iter().find(|tenant| tenant.is_kept_as(domain));
        if tenant.is_none() {
            self.fault("tenant", "no tenant has that domain");
        }
        tenant
    }

    pub(super) fn id(&mut self) -> String {
        if self.row.text("id").is_none() {
            self.fault("id", "it is empty");
        }
        self.short_text("id").unwrap_or_default()
    }

    pub(super) fn identifiers(&mut self, tenant: Option<&Tenant>) -> (Vec<String>, Vec<String>) {
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
    pub(super) fn list(&mut self, column: &str, max: usize) -> Vec<String> {
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

    pub(super) fn groups(&mut self) -> Vec<String> {
        let mut groups = self.list("groups", GROUPS_MAX);
        groups.sort();
        groups.dedup();
        groups
    }

    pub(super) fn email(&mut self, column: &str) -> Option<String> {
        let text = self.short_text(column)?;
        self.is_email(column, &text).then_some(text)
    }

    pub(super) fn emails(&mut self, column: &str) -> Vec<String> {
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

    pub(super) fn phone(&mut self, column: &str, tenant: Option<&Tenant>) -> Option<String> {
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

    pub(super) fn one_of<T: Copy>(&mut self, column: &str, words: &[(&str, T)], usual: T) -> T {
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

    pub(super) fn authenticators(&mut self) -> Vec<Authenticator> {
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

    pub(super) fn questions(
        &mut self,
        key: &EngineKey,
        account: &AccountId,
    ) -> Vec<RegisteredQuestion> {
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

    pub(super) fn password(&mut self) -> Option<Initial> {
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

/// The column of a question.
pub(super) fn question(id: u16) -> String {
    format!("question_{id}")
}

/// The column of its answer.
pub(super) fn answer(id: u16) -> String {
    format!("answer_{id}")
}
