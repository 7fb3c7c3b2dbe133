//! What mails to administrators say about the person who needs help.

use alloc::borrow::ToOwned;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use postern_engine::audit::Blocked;
use postern_engine::command::Letterhead;
use postern_engine::ledger::Lock;

use crate::sentence::Sentence;

/// Says that a person is locked, until when and why.
pub(crate) fn locked(lock: &Lock, head: &Letterhead) -> Vec<Sentence> {
    let identifier = harmless(&head.identifier, &head.tenant);
    let values = [
        ("identifier", identifier.into()),
        ("time", lock.until.next_minute().into()),
    ];
    let mut said = vec![
        Sentence::new("server-help-locked", values),
        Sentence::new(why(lock.blocked), []),
    ];
    said.extend(lock.support_code.map(|code| {
        let code = code.short().to_string();
        Sentence::new("server-help-lock-code", [("code", code.into())])
    }));
    said
}

/// The reason for a lock.
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

/// Maximum characters of a typed identifier in a mail to administrators. Real identifiers are
/// shorter.
const TYPED_LENGTH_MAX: usize = 64;

/// Beginnings that mail programs turn into a link without `https://`.
const LINKS_BEGIN: [&str; 2] = ["www.", "ftp."];

/// Changes what a person typed so that mail programs make no link of it. An address in the tenant's
/// own domain stays as it is. Otherwise every dot and slash is changed.
///
/// Mail programs link an address as a whole, whatever is before its `@`. The exception is a name
/// that looks like a page or another address. Thunderbird turns `www.evil.example@contoso.example`
/// into a page, though still in the tenant's domain. A program that ends the link at the `@` would
/// lead to a stranger's page.
pub(crate) fn harmless(typed: &str, domain: &str) -> String {
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
