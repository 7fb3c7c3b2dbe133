//! Mails about an authenticator app that is no longer accepted.

use super::*;

#[test]
fn a_person_whose_app_is_no_longer_taken_is_told_so() {
    for (locale, said) in [("en", "app"), ("nl", "app"), ("de", "App"), ("ar", "تطبيق")] {
        let content = MailContent::PasswordReset { at: NOW };
        let before = mail(locale, content);
        let write = |mail: &Mail| {
            let writer = Writer::new();
            writer
                .mail(String::new(), "ada@home.example", mail, &occasion(None))
                .text
        };
        let without = write(&before);
        let with = write(&Mail {
            is_app_disabled: true,
            ..before
        });
        let more = with.strip_prefix(&without).expect("it is at the end");
        assert!(more.contains(said) && more.ends_with('.'), "{with}");
    }
}
