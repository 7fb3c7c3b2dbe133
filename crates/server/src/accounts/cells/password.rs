//! An initial password: in plain text, checked against the tenant's rules, or as a hash.

use argon2::Params;
use argon2::password_hash::phc::PasswordHash;
use postern_engine::{Account, Tenant};
use postern_protocol::password::{
    BannedList, Context, NewPassword, PasswordRefusal, contains_identifier, judge,
};

use super::Cells;

/// A hash must not cost more than this to compare: 256 MiB and 16 passes, over ten times what OWASP
/// asks for.
const HASH_MEMORY_KIB_MAX: u32 = 262_144;
const HASH_PASSES_MAX: u32 = 16;

const COLUMN: &str = "password";

/// An initial password.
pub(in super::super) enum Initial {
    /// As a person types it.
    Plain(NewPassword),
    /// In the PHC string format.
    Hashed(String),
}

/// What the column of passwords holds.
pub(in super::super) enum Passwords<'a> {
    /// Passwords in plain text. They are checked against this list too.
    Plain(&'a BannedList),
    /// Their hashes.
    Hashed,
}

impl<'a> Cells<'a> {
    /// The password of an account, whose other fields come from the same row.
    pub(in super::super) fn password(
        &mut self,
        passwords: &Passwords<'_>,
        account: &Account,
        tenant: Option<&Tenant>,
    ) -> Option<Initial> {
        // Nothing is trimmed: white space is a part of a password.
        let text: &'a str = self.row.field(COLUMN)?;
        match passwords {
            Passwords::Hashed if is_hash(text) => Some(Initial::Hashed(text.to_owned())),
            Passwords::Hashed => {
                self.fault(
                    COLUMN,
                    "--hashed asks for a hash that Argon2id can compare, such as $argon2id$v=19$m=19456,t=2,p=1$…",
                );
                None
            }
            Passwords::Plain(_) if text.starts_with("$argon2") => {
                self.fault(
                    COLUMN,
                    "this is the hash of a password: use --hashed for hashes",
                );
                None
            }
            Passwords::Plain(banned) => self.plain(text, banned, account, tenant),
        }
    }

    fn plain(
        &mut self,
        text: &str,
        banned: &BannedList,
        account: &Account,
        tenant: Option<&Tenant>,
    ) -> Option<Initial> {
        let password = match NewPassword::parse(text) {
            Ok(password) => password,
            Err(refusal) => {
                let rules = tenant.map(|tenant| tenant.password_rules);
                self.refuse(&[refusal.under(&rules.unwrap_or_default())]);
                return None;
            }
        };
        let refused = tenant.map(|tenant| refusals(&password, banned, account, tenant));
        let refused = refused.unwrap_or_default();
        if !refused.is_empty() {
            self.refuse(&refused);
            return None;
        }
        Some(Initial::Plain(password))
    }

    fn refuse(&mut self, refused: &[PasswordRefusal]) {
        let reasons: Vec<String> = refused.iter().map(reason).collect();
        let reasons = reasons.join(", ");
        self.fault(COLUMN, format!("the tenant's rules refuse it: {reasons}"));
    }
}

/// Every rule that the password fails. The rule about identifiers covers every identifier of the
/// account.
fn refusals(
    password: &NewPassword,
    banned: &BannedList,
    account: &Account,
    tenant: &Tenant,
) -> Vec<PasswordRefusal> {
    let names: Vec<&str> = account.person.names.iter().map(String::as_str).collect();
    let mut identifiers = account.person.identifiers.iter();
    let context = Context {
        identifier: identifiers.next().map_or("", String::as_str),
        names: &names,
        tenant: &[&tenant.name],
        custom: tenant.banned_terms.terms(),
        banned,
    };
    let mut refusals = judge(password, &tenant.password_rules, &context);
    let own = PasswordRefusal::ContainsIdentifier;
    if !refusals.contains(&own) && identifiers.any(|other| contains_identifier(password, other)) {
        refusals.push(own);
    }
    refusals
}

/// A refusal in an administrator's words. It never quotes the password.
fn reason(refusal: &PasswordRefusal) -> String {
    match refusal {
        PasswordRefusal::ControlCharacter => "the field has a control character".into(),
        PasswordRefusal::TooShort { min, .. } => {
            format!("the password has fewer than {min} characters")
        }
        PasswordRefusal::TooLong { max } => format!("the password has more than {max} characters"),
        PasswordRefusal::NotAscii => "the password has characters outside ASCII".into(),
        PasswordRefusal::TooFewClasses { required, .. } => {
            format!("the password has fewer than {required} kinds of characters")
        }
        PasswordRefusal::Repetition => "the password mostly repeats itself".into(),
        PasswordRefusal::Sequence => {
            "the password is mostly keys, letters or digits in their order".into()
        }
        PasswordRefusal::Date => "the password is mostly a date".into(),
        PasswordRefusal::ContainsIdentifier | PasswordRefusal::ContainsOtherIdentifier => {
            "the password contains an identifier or a part of one".into()
        }
        PasswordRefusal::ContainsName => {
            "the password contains a name of the person or a part of it".into()
        }
        PasswordRefusal::ContainsTenant => "the password contains the name of the tenant".into(),
        PasswordRefusal::Banned => "the password is among the commonest ones".into(),
        PasswordRefusal::BannedCustom => "the password is one of the tenant's banned-terms".into(),
        PasswordRefusal::TooGuessable { .. } => "the password is too easy to guess".into(),
        PasswordRefusal::SameAsCurrent => "the password is the one in use".into(),
    }
}

/// Whether a text is an Argon2id hash whose cost is within the limits.
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
