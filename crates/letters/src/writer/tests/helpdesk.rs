//! The part about a lock in the mail to the helpdesk.

use std::time::Duration;

use postern_engine::audit::Blocked;
use postern_engine::ledger::Lock;

use super::*;
use crate::words::without_isolates;

#[test]
fn a_helpdesk_is_told_whether_until_when_and_why_a_person_is_locked() {
    let writer = Writer::new();
    let code = SupportCode(Guid::from_random(7));
    let lock = |blocked| Lock {
        blocked,
        since: NOW,
        until: NOW + Duration::from_hours(24),
        support_code: Some(code),
        alias: None,
        is_ended_elsewhere: false,
    };
    let said = |lock| {
        let request = HelpRequest {
            identifier: "ada@contoso.example".into(),
            account: None,
            last_method: None,
            at: NOW,
            lock,
        };
        let mut mail = mail("en", MailContent::HelpRequest(request));
        mail.letterhead.identifier = "ada@contoso.example".into();
        let letter = writer.mail(
            String::new(),
            "help@contoso.example",
            &mail,
            &occasion(None),
        );
        without_isolates(&letter.text)
    };
    for (blocked, why) in [
        (Blocked::EmailCodes, "too many wrong codes"),
        (Blocked::PhoneNumbers, "too many wrong phone numbers"),
        (Blocked::Questions, "too many wrong answers"),
        (Blocked::Resets, "too many resets within an hour"),
    ] {
        let text = said(Some(lock(blocked)));
        let until = "ada@contoso.example is locked out of self-service until 15 November 2023 at 23:14 (UTC+1).";
        for part in [until, why, &code.short().to_string()] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }
    // Both codes have the short form, as on the page.
    let text = said(Some(lock(Blocked::EmailCodes)));
    for attempt in [3, 7] {
        let code = SupportCode(Guid::from_random(attempt));
        assert!(text.contains(&code.short().to_string()), "{text}");
        assert!(!text.contains(&code.to_string()), "{text}");
    }
    let text = said(None);
    assert!(!text.contains("locked"), "{text}");
}
