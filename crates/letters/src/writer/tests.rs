//! Tests of whole letters, in every language.

mod app;
mod helpdesk;

use std::time::Duration;

use postern_engine::Code;
use postern_engine::command::{HelpRequest, Letterhead, MailContent};
use postern_locale::LANGUAGES;
use postern_protocol::{AttemptId, CodeLength, CorrelationId, Guid, SupportCode, TypedCode};

use super::*;

const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);

/// The end of a five-minute code that was sent at `NOW`.
const SOON: Timestamp = Timestamp::from_seconds(1_700_000_300);

fn occasion(contact: Option<&str>) -> Occasion<'_> {
    Occasion {
        now: NOW,
        zone: TimeZone::fixed(jiff::tz::offset(1)),
        contact,
    }
}

/// Every kind of mail, about a person whose name contains HTML.
fn contents() -> Vec<MailContent> {
    let identifier = String::from("<b>eve</b>@contoso.example");
    let code: Code = serde_json::from_str("\"12345678\"").expect("it is a code");
    vec![
        MailContent::Code {
            code,
            expires_at: SOON,
        },
        MailContent::PasswordReset { at: NOW },
        MailContent::AccountUnlocked { at: NOW },
        MailContent::Locked {
            at: NOW,
            until: NOW + Duration::from_hours(24),
        },
        MailContent::AdministratorPasswordReset {
            identifier: identifier.clone(),
            at: NOW,
        },
        MailContent::HelpRequest(HelpRequest {
            identifier,
            account: None,
            last_method: None,
            at: NOW,
            lock: None,
        }),
    ]
}

/// The code that the page finds when a whole letter is pasted.
fn pasted(letter: &str) -> String {
    TypedCode::parse(letter, CodeLength::DEFAULT)
        .digits()
        .to_owned()
}

fn letterhead(locale: &str) -> Letterhead {
    Letterhead {
        tenant: "contoso.example".into(),
        tenant_name: "Contoso & Sons".into(),
        locale: locale.into(),
        identifier: "<b>eve</b>@contoso.example".into(),
        attempt: AttemptId(Guid::from_random(1)),
        correlation_id: CorrelationId(Guid::from_random(2)),
        support_code: SupportCode(Guid::from_random(3)),
    }
}

fn mail(locale: &str, content: MailContent) -> Mail {
    Mail {
        to: Vec::new(),
        content,
        is_app_disabled: false,
        deadline: NOW,
        letterhead: letterhead(locale),
    }
}

#[test]
fn a_text_is_bound_to_its_page_and_to_the_one_around_it() {
    let writer = Writer::new();
    let portal = || "https://portal.contoso.example:8443".to_owned();
    for (page, bound) in [
        (Page::Own, "@reset.contoso.example #12345678"),
        (
            Page::Framed(portal()),
            "@portal.contoso.example #12345678 @reset.contoso.example",
        ),
        (Page::Portals(portal()), "@portal.contoso.example #12345678"),
    ] {
        for language in &LANGUAGES {
            let locale = language.tag;
            let text = Text {
                to: "+31612345678".into(),
                code: serde_json::from_str("\"12345678\"").expect("it is a code"),
                page: page.clone(),
                deadline: SOON,
                letterhead: letterhead(locale),
            };
            let written = writer.text(&text, "reset.contoso.example", NOW).text;
            assert_eq!(written.lines().last(), Some(bound), "{written}");
            assert!(written.contains("1234 5678"), "{written}");
            assert_eq!(pasted(&written), "12345678", "{written}");
            assert_eq!(written.matches('@').count(), bound.matches('@').count());
            // A text in an alphabet that every phone supports is a single network message (3GPP
            // TS 23.040 section 9.2.3.16).
            assert!(
                locale == "ar" || written.chars().count() <= 160,
                "{written}"
            );
        }
    }
}

#[test]
fn every_mail_is_written_in_every_language_as_text_and_as_a_page() {
    let writer = Writer::new();
    for language in &LANGUAGES {
        let (locale, direction) = (language.tag, language.direction.as_str());
        for content in contents() {
            let mail = mail(locale, content);
            let letter = writer.mail(String::new(), "ada@home.example", &mail, &occasion(None));
            let page = &letter.html;
            assert!(
                page.contains(&format!("<html lang=\"{locale}\" dir=\"{direction}\">")),
                "{page}"
            );
            assert!(!page.contains("<!--") && !page.contains("<b>"), "{page}");
            assert!(page.contains("&lt;b&gt;eve&lt;"), "{page}");
            assert!(letter.text.contains("<b>eve<"));
            for text in [&letter.subject, &letter.text] {
                assert!(!text.starts_with("mail-") && !text.contains('{'), "{text}");
            }
            if letter.code.is_some() {
                for text in [&letter.subject, &letter.text, page] {
                    assert_eq!(pasted(text), "12345678", "{text}");
                }
            }
            assert_eq!(letter.text.contains("1234 5678"), letter.code.is_some());
            assert_eq!(page.contains("1234 5678"), letter.code.is_some());
        }
    }
}

#[test]
fn a_person_who_did_not_do_it_is_told_whom_to_turn_to() {
    let writer = Writer::new();
    let contact = Some("mailto:helpdesk@contoso.example");
    let written = contents().into_iter().map(|content| {
        let letter = writer.mail(
            String::new(),
            "ada@home.example",
            &mail("en", content),
            &occasion(contact),
        );
        (
            letter.text.ends_with(": helpdesk@contoso.example"),
            letter
                .html
                .contains("<bdi dir=\"ltr\">helpdesk@contoso.example</bdi>"),
        )
    });
    let written: Vec<_> = written.collect();
    let (told, untold) = ((true, true), (false, false));
    assert_eq!(written, [untold, told, told, told, untold, untold]);
}

#[test]
fn a_letter_says_how_long_a_code_works_and_counts_what_is_left_of_it() {
    let letter = |content| {
        Writer::new().mail(
            String::new(),
            "ada@home.example",
            &mail("en", content),
            &occasion(None),
        )
    };
    let code: Code = serde_json::from_str("\"12345678\"").expect("it is a code");
    let text = letter(MailContent::Code {
        code,
        expires_at: SOON,
    })
    .text;
    assert!(text.contains("The code works for 5 minutes."), "{text}");
    assert!(!text.contains("UTC"), "{text}");
}

#[test]
fn a_lock_ends_at_a_full_minute_of_the_readers_zone() {
    let content = MailContent::Locked {
        at: NOW,
        until: NOW + Duration::from_hours(24),
    };
    let text = Writer::new()
        .mail(
            String::new(),
            "ada@home.example",
            &mail("en", content),
            &occasion(None),
        )
        .text;
    assert!(text.contains("14 November 2023 at 23:13 (UTC+1)"), "{text}");
    assert!(text.contains("15 November 2023 at 23:14 (UTC+1)"), "{text}");
}
