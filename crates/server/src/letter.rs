//! The content of mails, texts and calls, in the language of the attempt.

mod help;
mod html;
mod moment;

use jiff::tz::TimeZone;
use postern_engine::command::{Call, HelpRequest, Letterhead, Mail, MailContent, Text};
use postern_engine::{CallId, Code, Page};
use postern_locale::Direction;
use postern_protocol::Timestamp;
use url::Url;

use crate::outbox::Digest;
use crate::words::{Language, Languages, without_idle_isolates, without_isolates};

use moment::moment;

/// How late a mail or text may leave so that the minute in which it leaves still counts. The outbox
/// takes a few seconds.
const LEAVES_WITHIN_SECONDS: i64 = 15;

/// A message for a person, ready to be carried.
#[derive(Clone)]
pub(crate) enum Letter {
    Mail(MailLetter),
    Text(TextLetter),
    Call(CallLetter),
}

/// A mail to one address.
#[derive(Clone)]
#[cfg_attr(
    not(feature = "development"),
    expect(
        dead_code,
        reason = "the development mailbox shows more than carriers need"
    )
)]
pub(crate) struct MailLetter {
    /// The id of the mail. It is the same for each try, and unique.
    pub(crate) reference: String,
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) text: String,
    /// The same words as HTML.
    pub(crate) html: String,
    pub(crate) language: &'static str,
    pub(crate) direction: Direction,
    /// The code in the mail, if there is one.
    pub(crate) code: Option<String>,
}

/// A text message.
#[derive(Clone)]
#[cfg_attr(
    not(feature = "development"),
    expect(
        dead_code,
        reason = "the development mailbox shows more than carriers need"
    )
)]
pub(crate) struct TextLetter {
    /// A phone number in E.164.
    pub(crate) to: String,
    pub(crate) text: String,
    /// The code in the text.
    pub(crate) code: String,
}

/// A call.
#[derive(Clone)]
#[cfg_attr(
    not(feature = "development"),
    expect(
        dead_code,
        reason = "the development mailbox shows more than carriers need"
    )
)]
pub(crate) struct CallLetter {
    pub(crate) id: CallId,
    /// A phone number in E.164.
    pub(crate) to: String,
    pub(crate) speech: Speech,
}

/// The words for a call.
#[derive(Clone)]
pub(crate) struct Speech {
    pub(crate) language: &'static str,
    /// The tag of the voice that speaks the language.
    pub(crate) voice: &'static str,
    /// Names the organisation and the key to press.
    pub(crate) menu: String,
    /// Said after the key was pressed.
    pub(crate) pressed: String,
}

/// Writes letters.
pub(crate) struct Writer {
    languages: Languages,
}

/// The circumstances of a letter.
pub(crate) struct Occasion<'a> {
    /// The moment at which it leaves.
    pub(crate) now: Timestamp,
    /// The reader's time zone, as far as it is known. Moments in the letter use it.
    pub(crate) zone: TimeZone,
    /// The address where the reader can report that the request was not theirs: an `https:` or
    /// `mailto:` address.
    pub(crate) contact: Option<&'a str>,
}

impl Writer {
    pub(crate) fn new() -> Self {
        Self {
            languages: Languages::read(),
        }
    }

    /// A mail to one address.
    #[expect(clippy::too_many_lines, reason = "one arm for each mail that there is")]
    pub(crate) fn mail(
        &self,
        reference: String,
        to: &str,
        mail: &Mail,
        occasion: &Occasion<'_>,
    ) -> MailLetter {
        let head = &mail.letterhead;
        let language = self.language(head);
        // The short form, as on the page.
        let support_code = head.support_code.short().to_string();
        let moment = |at| moment(language, at, &occasion.zone);
        let about = |identifier: &str, at: Timestamp, subject: &str, body: &str| {
            let time = moment(at);
            let values = [
                ("identifier", identifier),
                ("time", &time),
                ("code", &support_code),
            ];
            (language.say(subject, &values), language.say(body, &values))
        };
        let mut code = None;
        let mut is_notice = false;
        let (subject, body) = match &mail.content {
            MailContent::Code {
                code: digits,
                expires_at,
            } => {
                let (minutes, grouped) = (minutes(occasion.now, *expires_at), digits.grouped());
                let values = [
                    ("identifier", head.identifier.as_str()),
                    ("tenant", &head.tenant_name),
                    ("minutes", &minutes),
                    ("code", &grouped),
                ];
                code = Some(digits);
                let say = |key| language.say(key, &values);
                (say("mail-code-subject"), say("mail-code-body"))
            }
            MailContent::PasswordReset { at } => {
                is_notice = true;
                about(
                    &head.identifier,
                    *at,
                    "mail-reset-subject",
                    "mail-reset-body",
                )
            }
            MailContent::AccountUnlocked { at } => {
                is_notice = true;
                about(
                    &head.identifier,
                    *at,
                    "mail-unlocked-subject",
                    "mail-unlocked-body",
                )
            }
            MailContent::Locked { at, until } => {
                is_notice = true;
                let (time, until) = (moment(*at), moment(*until));
                let values = [
                    ("identifier", head.identifier.as_str()),
                    ("time", &time),
                    ("until", &until),
                    ("code", &support_code),
                ];
                let say = |key| language.say(key, &values);
                (say("mail-locked-subject"), say("mail-locked-body"))
            }
            MailContent::AdministratorPasswordReset { identifier, at } => about(
                &help::harmless(identifier, &head.tenant),
                *at,
                "mail-admin-reset-subject",
                "mail-admin-reset-body",
            ),
            MailContent::HelpRequest(request) => about(
                &help::harmless(&request.identifier, &head.tenant),
                request.at,
                "mail-help-subject",
                "mail-help-body",
            ),
        };
        let mut paragraphs = vec![body];
        if let MailContent::HelpRequest(HelpRequest {
            lock: Some(lock), ..
        }) = &mail.content
        {
            paragraphs.push(help::locked(language, lock, head, &occasion.zone));
        }
        if mail.is_app_disabled {
            paragraphs.push(language.say("server-mail-app-disabled", &[]));
        }
        if let Some(contact) = occasion.contact.filter(|_| is_notice) {
            let contact = contact.strip_prefix("mailto:").unwrap_or(contact);
            paragraphs.push(language.say("server-mail-contact", &[("address", contact)]));
        }
        MailLetter {
            reference,
            to: to.to_owned(),
            html: html::page(
                language,
                &subject,
                code.map(Code::grouped).as_deref(),
                &paragraphs,
            ),
            subject: one_line(&without_idle_isolates(&subject)),
            text: without_idle_isolates(&paragraphs.join("\n\n")),
            language: language.about.tag,
            direction: language.about.direction,
            code: code.map(|code| code.reveal().to_owned()),
        }
    }

    /// A mail to an administrator about requests for help that got no mail of their own.
    pub(crate) fn digest(
        &self,
        reference: String,
        digest: &Digest,
        occasion: &Occasion<'_>,
    ) -> MailLetter {
        let language = self.languages.of(&digest.locale);
        let (subject, body) = help::digest(language, digest, &occasion.zone);
        MailLetter {
            reference,
            to: digest.to.clone(),
            html: html::page(language, &subject, None, std::slice::from_ref(&body)),
            subject: one_line(&without_idle_isolates(&subject)),
            text: without_idle_isolates(&body),
            language: language.about.tag,
            direction: language.about.direction,
            code: None,
        }
    }

    /// A text message that leaves at `now`. Its last line binds the code to the page that it is
    /// typed into, and to the page around a frame (WICG, "Origin-bound one-time codes delivered via
    /// SMS").
    pub(crate) fn text(&self, text: &Text, host: &str, now: Timestamp) -> TextLetter {
        let language = self.language(&text.letterhead);
        let code = text.code.reveal();
        let (minutes, grouped) = (minutes(now, text.deadline), text.code.grouped());
        let values = [
            ("code", grouped.as_str()),
            ("tenant", text.letterhead.tenant_name.as_str()),
            ("minutes", &minutes),
        ];
        let said = language.say("text-code-body", &values);
        let said = one_line(&without_idle_isolates(&said));
        let own = || format!("@{host} #{code}");
        let bound = match &text.page {
            Page::Own => None,
            Page::Framed(around) => host_of(around).map(|it| format!("@{it} #{code} @{host}")),
            Page::Portals(portal) => host_of(portal).map(|it| format!("@{it} #{code}")),
        };
        let bound = bound.unwrap_or_else(own);
        TextLetter {
            to: text.to.clone(),
            text: format!("{said}\n\n{bound}"),
            code: code.to_owned(),
        }
    }

    pub(crate) fn call(&self, call: &Call) -> CallLetter {
        let head = &call.letterhead;
        CallLetter {
            id: call.id,
            to: call.to.clone(),
            speech: self.speech(&head.locale, &head.tenant_name),
        }
    }

    /// The words for a call of a tenant, in the language of a locale.
    pub(crate) fn speech(&self, locale: &str, tenant: &str) -> Speech {
        let language = self.languages.of(locale);
        let menu = language.say("voice-code-body", &[("tenant", tenant)]);
        Speech {
            language: language.about.tag,
            voice: language.about.voice,
            // Isolates have no meaning in speech.
            menu: without_isolates(&menu),
            pressed: language.say("server-voice-pressed", &[]),
        }
    }

    fn language(&self, head: &Letterhead) -> &Language {
        self.languages.of(&head.locale)
    }
}

/// The host of an origin, without its port.
fn host_of(origin: &str) -> Option<String> {
    let url = Url::parse(origin).ok()?;
    url.host_str().map(str::to_owned)
}

/// Removes line breaks, so that text from a person cannot begin another line or header.
fn one_line(text: &str) -> String {
    text.replace(['\r', '\n'], " ")
}

/// The whole minutes until a moment.
fn minutes(now: Timestamp, until: Timestamp) -> String {
    let seconds = until.seconds().saturating_sub(now.seconds());
    let minutes = seconds.saturating_add(LEAVES_WITHIN_SECONDS) / 60;
    minutes.max(1).to_string()
}

#[cfg(test)]
mod tests {
    mod app;
    mod helpdesk;

    use std::time::Duration;

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
            for locale in ["en", "nl", "de", "ar"] {
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
        for (locale, direction) in [("en", "ltr"), ("nl", "ltr"), ("de", "ltr"), ("ar", "rtl")] {
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
        for (left, said) in [
            (600, "10"),
            (300, "5"),
            (297, "5"),
            (284, "4"),
            (110, "2"),
            (20, "1"),
            (-5, "1"),
        ] {
            assert_eq!(
                minutes(NOW, Timestamp::from_seconds(NOW.seconds() + left)),
                said,
                "{left}"
            );
        }
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
    fn a_moment_is_written_as_its_reader_writes_it_and_in_their_zone() {
        let languages = Languages::read();
        let said =
            |tag: &str, zone: &TimeZone| without_isolates(&moment(languages.of(tag), NOW, zone));
        let zone = |minutes: i32| {
            let offset = jiff::tz::Offset::from_seconds(minutes * 60);
            TimeZone::fixed(offset.expect("there is such an offset"))
        };
        assert_eq!(
            said("en", &TimeZone::UTC),
            "14 November 2023 at 22:13 (UTC)"
        );
        assert_eq!(
            said("en", &zone(-210)),
            "14 November 2023 at 18:43 (UTC−3:30)"
        );
        assert_eq!(
            said("nl", &zone(60)),
            "14 november 2023 om 23:13 uur (UTC+1)"
        );
        assert_eq!(
            said("de", &zone(120)),
            "15. November 2023 um 00:13 Uhr (UTC+2)"
        );
        assert_eq!(
            said("ar", &zone(240)),
            "15 نوفمبر 2023 عند الساعة 02:13 (UTC+4)"
        );
    }

    #[test]
    fn a_lock_ends_at_a_moment_of_the_readers_zone() {
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
        assert!(text.contains("15 November 2023 at 23:13 (UTC+1)"), "{text}");
    }
}
