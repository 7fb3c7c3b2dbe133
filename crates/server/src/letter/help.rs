//! What mails to administrators say of the person who needs help.

use jiff::tz::TimeZone;
use postern_engine::audit::Blocked;
use postern_engine::command::Letterhead;
use postern_engine::ledger::Lock;

use super::moment::moment;
use crate::outbox::Digest;
use crate::words::Language;

/// Subject and text of the mail about requests that no mail was sent about.
pub(super) fn digest(language: &Language, digest: &Digest, zone: &TimeZone) -> (String, String) {
    let more = digest.more.to_string();
    let since = moment(language, digest.since, zone);
    let until = moment(language, digest.until, zone);
    let values = [
        ("more", more.as_str()),
        ("tenant", &digest.tenant_name),
        ("time", &since),
        ("until", &until),
    ];
    let say = |key| language.say(key, &values);
    (
        say("server-help-more-subject"),
        say("server-help-more-body"),
    )
}

/// That a person is locked, until when and why.
pub(super) fn locked(
    language: &Language,
    lock: &Lock,
    head: &Letterhead,
    zone: &TimeZone,
) -> String {
    let identifier = harmless(&head.identifier, &head.tenant);
    let until = moment(language, lock.until, zone);
    let values = [("identifier", identifier.as_str()), ("time", &until)];
    let mut said = vec![
        language.say("server-help-locked", &values),
        language.say(why(lock.blocked), &[]),
    ];
    if let Some(code) = lock.support_code {
        let code = code.short().to_string();
        said.push(language.say("server-help-lock-code", &[("code", &code)]));
    }
    said.join(" ")
}

/// Why a person is locked.
const fn why(blocked: Blocked) -> &'static str {
    match blocked {
        Blocked::EmailCodes
        | Blocked::SmsCodes
        | Blocked::MobileCalls
        | Blocked::OfficeCalls
        | Blocked::AuthenticatorCodes => "server-help-why-codes",
        Blocked::PhoneNumbers => "server-help-why-numbers",
        Blocked::Questions => "server-help-why-answers",
        Blocked::Resets => "server-help-why-resets",
    }
}

/// The longest typed identifier shown in a mail to administrators: real identifiers are shorter.
const TYPED_LENGTH_MAX: usize = 64;

/// What mail programs take for the beginning of a link where nothing like `https://` stands before
/// it.
const LINKS_BEGIN: [&str; 2] = ["www.", "ftp."];

/// What a person typed, so that no mail program makes a link of it: an address at the tenant's own
/// domain stays as it is, and every other dot and slash is taken out of reach.
///
/// Programs link an address as a whole, whatever stands before its `@`, but not one that begins as
/// a page or another address does: of `www.evil.example@contoso.example` Thunderbird makes a page,
/// at the tenant's domain still, and a program that ends the link at the `@` leads to a stranger's.
pub(super) fn harmless(typed: &str, domain: &str) -> String {
    let is_plain = |character: char| character.is_alphanumeric() || "._-+'@".contains(character);
    let is_own = typed.rsplit_once('@').is_some_and(|(name, after)| {
        let name = name.to_ascii_lowercase();
        let has_link = LINKS_BEGIN.iter().any(|begin| name.contains(begin)) || name.contains('@');
        after.eq_ignore_ascii_case(domain) && !has_link
    });
    let is_short = typed.chars().count() <= TYPED_LENGTH_MAX;
    if is_own && is_short && typed.chars().all(is_plain) {
        return typed.to_owned();
    }
    let mut cut: String = typed.chars().take(TYPED_LENGTH_MAX).collect();
    if !is_short {
        cut.push('…');
    }
    cut.replace("://", " ")
        .replace('/', " ")
        .replace('.', "[.]")
        .replace('@', "[@]")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_requester_typed_is_no_link() {
        let domain = "contoso.example";
        for own in [
            "ada@contoso.example",
            "ada.lovelace+x@CONTOSO.example",
            "www@contoso.example",
            "ada.www@contoso.example",
            "ada.swift@contoso.example",
        ] {
            assert_eq!(harmless(own, domain), own);
        }
        let typed = "urgent visit https://contoso-helpdesk.evil.example/x@contoso.example";
        let said = harmless(typed, domain);
        assert_eq!(
            said,
            "urgent visit https contoso-helpdesk[.]evil[.]example x[@]contoso[.]exa…"
        );
        for typed in [
            "www.evil.example",
            "evil.example/a@contoso.example",
            "a@evil.example",
            "www.evil.example@contoso.example",
            "WWW.evil.example@contoso.example",
            "ada+www.evil.example@contoso.example",
            "ada@evil.example@contoso.example",
            "ftp.evil.example@contoso.example",
        ] {
            let said = harmless(typed, domain);
            assert!(!said.replace("[.]", "").contains(['.', '/']), "{said}");
        }
        assert!(harmless(&"a".repeat(400), domain).chars().count() <= 65);
    }
}
