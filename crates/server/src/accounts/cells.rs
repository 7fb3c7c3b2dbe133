//! The fields of a row, each read as the value that it means.

mod password;
mod phone;
mod seen;

pub(crate) use seen::is_ignorable;

use email_address::{EmailAddress, Options};
use postern_engine::account::{
    AccountId, Authenticator, AuthenticatorId, AuthenticatorSecret, RegisteredQuestion,
    SecretError, TotpAlgorithm, TotpPeriod,
};
use postern_engine::answer::{ANSWER_LENGTH_MIN, answer_digest, answer_length};
use postern_engine::{EngineKey, Identifier, Tenant};
use postern_protocol::QuestionText;
use unicode_normalization::UnicodeNormalization;

use super::columns::{QUESTIONS_MAX, answer, question};
use super::faults::Fault;
use super::sheet::Row;
use seen::{Unseen, unseen};

pub(super) use password::{Initial, Passwords};

/// Separates several values in one field.
pub(crate) const SEPARATOR: char = ';';

/// Characters of an id, a name, a group or a role: the longest display name of Microsoft Entra
/// (`user` resource type).
const TEXT_LENGTH_MAX: usize = 256;

/// Identifiers, names, addresses or roles of one account: the most that Microsoft Entra takes of
/// other addresses (`user` resource type).
pub(super) const ITEMS_MAX: usize = 250;

/// Groups of one account: the most that the directory looks at.
const GROUPS_MAX: usize = 1_015;

/// Predefined questions.
const PREDEFINED_MAX: u8 = 35;

/// Characters of a question of the tenant's own (Microsoft Entra documentation,
/// `concept-authentication-security-questions`).
const QUESTION_LENGTHS: std::ops::RangeInclusive<usize> = 3..=200;

/// Bits of the secret of an authenticator. A shorter secret can be guessed; RFC 4226 (section 4,
/// R6) asks for the recommended length.
const BITS_MIN: usize = 80;
const BITS_RECOMMENDED: usize = 128;
const TOO_SHORT: &str =
    "the secret is too short: it needs 80 bits, which are 16 characters of Base32";
const RATHER_SHORT: &str = "the secret has fewer than the 128 bits that RFC 4226 requires, which are 26 characters of Base32: its codes \
     work, but register the app again";

/// Authenticators of one account: five of each kind, as in the reference product.
const AUTHENTICATORS_MAX: usize = 10;

/// Words for "true" in a sheet or in a program's file, folded. Excel writes the word in the
/// language of the person who saves the file.
const YES: [&str; 22] = [
    "yes",
    "true",
    "1",
    "y",
    "enabled",
    "ja",
    "waar",
    "wahr",
    "oui",
    "vrai",
    "sí",
    "si",
    "verdadero",
    "vero",
    "verdadeiro",
    "prawda",
    "sant",
    "sand",
    "sann",
    "tosi",
    "pravda",
    "doğru",
];

/// Words for "false", likewise.
const NO: [&str; 22] = [
    "no", "false", "0", "n", "disabled", "nee", "nein", "onwaar", "falsch", "non", "faux", "falso",
    "fałsz", "falskt", "falsk", "usann", "epätosi", "nepravda", "yanliş", "nei", "nej", "ei",
];

/// The fields of a row, and the lists that errors and warnings about them go to.
pub(super) struct Cells<'a> {
    pub(super) row: &'a Row,
    pub(super) faults: &'a mut Vec<Fault>,
    pub(super) warnings: &'a mut Vec<Fault>,
    /// The phone numbers of the row as they were read, by column.
    pub(super) numbers: Vec<(&'static str, String)>,
}

impl Cells<'_> {
    fn fault(&mut self, column: &str, why: impl Into<String>) {
        self.faults.push(self.row.fault(column, why));
    }

    fn warn(&mut self, column: &str, why: impl Into<String>) {
        self.warnings.push(self.row.fault(column, why));
    }

    pub(super) fn phone(
        &mut self,
        column: &'static str,
        tenant: Option<&Tenant>,
    ) -> Option<String> {
        let written = self.row.text(column)?;
        let marked = usize::from(self.row.is_marked(column));
        let region = tenant.and_then(|tenant| tenant.default_region);
        match phone::read(written, marked, region) {
            Ok((text, parsed)) => {
                let text = text.to_owned();
                self.numbers.push((column, parsed.number.to_string()));
                for doubt in phone::doubts(column, &parsed) {
                    self.warn(column, doubt);
                }
                return Some(text);
            }
            // The error about the tenant explains this one.
            Err(phone::Unusable::NoCountryCode) if tenant.is_none() => {}
            Err(phone::Unusable::NoCountryCode) => self.fault(
                column,
                "the number has no country code: write + and the code before it, or give the tenant a default-region",
            ),
            Err(phone::Unusable::Told(why)) => self.fault(column, why),
        }
        None
    }

    pub(super) fn tenant<'t>(&mut self, tenants: &'t [Tenant]) -> Option<&'t Tenant> {
        let domain = self.row.text("tenant").unwrap_or_default();
        let tenant = Tenant::kept_as(tenants, domain);
        if tenant.is_none() {
            self.fault("tenant", "no configured tenant has this domain");
        }
        tenant
    }

    pub(super) fn id(&mut self) -> String {
        if self.row.text("id").is_none() {
            self.fault("id", "the field is empty");
        }
        let id = self.short_text("id").unwrap_or_default();
        if phone::is_number_of_a_sheet(&id) {
            self.fault(
                "id",
                "the cell is a number with a fraction: give the column the format Text",
            );
        }
        self.is_seen("id", &id);
        id.nfc().collect()
    }

    /// Whether every character of a text can be seen, so that two texts that look alike are alike.
    fn is_seen(&mut self, column: &str, text: &str) -> bool {
        let found = unseen(text);
        match found {
            Some(Unseen::Mark(mark)) => self.fault(
                column,
                format!(
                    "the field has the invisible character U+{:04X}: remove it",
                    u32::from(mark)
                ),
            ),
            Some(Unseen::Blank(blank)) => self.fault(
                column,
                format!(
                    "the field has the unusual blank U+{:04X}: replace it",
                    u32::from(blank)
                ),
            ),
            None => {}
        }
        found.is_none()
    }

    pub(super) fn identifiers(&mut self, tenant: Option<&Tenant>) -> (Vec<String>, Vec<String>) {
        let (mut typed, mut normalised) = (Vec::new(), Vec::new());
        for item in self.list("identifiers", ITEMS_MAX) {
            let Ok(identifier) = Identifier::parse(&item) else {
                self.fault(
                    "identifiers",
                    "one of them is not of the form name@domain, or is too long",
                );
                continue;
            };
            if !self.is_seen("identifiers", &item) {
                continue;
            }
            match (identifier.domain(), tenant) {
                (None, _) => self.fault(
                    "identifiers",
                    "one of them has no domain, so it would never be found: write name@domain",
                ),
                (Some(domain), Some(tenant)) if !tenant.has_domain(domain) => self.fault(
                    "identifiers",
                    "one of them has a domain that is not the tenant's, so it would never be found",
                ),
                (Some(_), _) => {}
            }
            if normalised
                .iter()
                .any(|known| known == identifier.normalised())
            {
                self.fault("identifiers", "one of them occurs twice");
                continue;
            }
            normalised.push(identifier.normalised().to_owned());
            typed.push(identifier.as_typed().to_owned());
        }
        if self.row.text("identifiers").is_none() {
            self.fault("identifiers", "the field is empty");
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
            self.fault(
                column,
                format!("the text has more than {TEXT_LENGTH_MAX} characters"),
            );
        }
        let is_strange = text.chars().any(char::is_control);
        if is_strange {
            self.fault(column, "the field has a control character");
        }
        !is_long && !is_strange
    }

    /// The values of a field that may hold several, without empty ones.
    pub(super) fn list(&mut self, column: &str, max: usize) -> Vec<String> {
        let text = self.row.text(column).unwrap_or_default();
        let items = text.split(SEPARATOR).map(str::trim);
        let items: Vec<&str> = items.filter(|item| !item.is_empty()).collect();
        if items.len() > max {
            self.fault(column, format!("the field has more than {max} of them"));
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
        groups.retain(|group| self.is_seen("groups", group));
        for group in &mut groups {
            *group = group.nfc().collect();
        }
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
        let is_email = EmailAddress::parse_with_options(text, options).is_ok();
        if !is_email {
            self.fault(
                column,
                "this is not a mail address such as ada@contoso.example",
            );
        }
        is_email
    }

    /// One of these words, in any case, with `-`, `_`, a blank or nothing between its parts.
    pub(super) fn one_of<T: Copy>(&mut self, column: &str, words: &[(&str, T)], usual: T) -> T {
        let Some(text) = self.row.text(column) else {
            return usual;
        };
        let folded = |text: &str| text.to_lowercase().replace(['-', '_', ' '], "");
        let text = folded(text);
        // If the first two words mean true and false, the words in `YES` and `NO` stand for them as
        // well.
        let is_truth = words.first().is_some_and(|(word, _)| YES.contains(word));
        let same = |index: usize, word: &str| {
            let said = [YES, NO]
                .get(index)
                .is_some_and(|said| said.contains(&&*text));
            folded(word) == text || (is_truth && said)
        };
        let mut all = words.iter().enumerate();
        let found = all.find(|(index, (word, _))| same(*index, word));
        if found.is_none() {
            let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.fault(column, format!("expected one of {}", words.join(", ")));
        }
        found.map_or(usual, |(_, (_, value))| *value)
    }

    pub(super) fn authenticators(&mut self) -> Vec<Authenticator> {
        const COLUMN: &str = "authenticators";
        let items = self.list(COLUMN, AUTHENTICATORS_MAX);
        let mut authenticators = Vec::with_capacity(items.len());
        for (number, item) in (1..).zip(&items) {
            let mut parts = item.split(':').map(str::trim);
            let secret = AuthenticatorSecret::from_base32(parts.next().unwrap_or_default());
            let mut part = || parts.next().map(str::to_ascii_lowercase);
            let algorithm = match part().as_deref() {
                None | Some("" | "sha1") => Some(TotpAlgorithm::Sha1),
                Some("sha256") => Some(TotpAlgorithm::Sha256),
                Some(_) => None,
            };
            let period = match part().as_deref() {
                None | Some("" | "30s") => Some(TotpPeriod::Seconds30),
                Some("60s") => Some(TotpPeriod::Seconds60),
                Some(_) => None,
            };
            let why = match (&secret, algorithm, period, part()) {
                (Err(SecretError::TooShort), ..) => Some(TOO_SHORT.into()),
                (Ok(secret), ..) if bits(secret) < BITS_MIN => Some(TOO_SHORT.into()),
                (Ok(_), Some(_), Some(_), None) => None,
                (Err(refused), ..) => Some(refused.to_string()),
                (_, None, ..) => Some("the algorithm must be sha1 or sha256".into()),
                (_, _, None, _) => Some("the period must be 30s or 60s".into()),
                (.., Some(_)) => Some("expected only a secret, an algorithm and a period".into()),
            };
            if let Some(why) = why {
                self.fault(COLUMN, format!("number {number}: {why}"));
            } else if secret.as_ref().is_ok_and(|it| bits(it) < BITS_RECOMMENDED) {
                self.warn(COLUMN, format!("number {number}: {RATHER_SHORT}"));
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
            if phone::is_number_of_a_sheet(given) {
                self.fault(
                    &answer,
                    "the cell is a number with a fraction: give the column the format Text",
                );
                continue;
            }
            if answer_length(given) < ANSWER_LENGTH_MIN {
                self.fault(
                    &answer,
                    format!(
                        "an answer needs at least {ANSWER_LENGTH_MIN} characters, not counting punctuation"
                    ),
                );
                continue;
            }
            if questions.iter().any(|known| known.text == text) {
                self.fault(&question, "the same question occurs twice");
            }
            // The digest is of no question (id 0), so that equal answers to different questions
            // have equal digests.
            let digest = answer_digest(key, account, 0, given);
            if digest.is_some() && answers.contains(&digest) {
                self.fault(&answer, "another question has the same answer");
            }
            answers.push(digest);
            match RegisteredQuestion::new(key, account, id, text, given) {
                Some(registered) => questions.push(registered),
                None => self.fault(&answer, "the answer is too long"),
            }
        }
        questions
    }

    fn question(&mut self, column: &str, text: &str) -> Option<QuestionText> {
        let text = phone::without_fraction(text);
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
                format!("a question needs {least} to {most} visible characters"),
            );
            return None;
        }
        Some(QuestionText::Custom(text.to_owned()))
    }
}

fn bits(secret: &AuthenticatorSecret) -> usize {
    8 * secret.reveal().len()
}
