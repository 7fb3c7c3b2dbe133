//! The same for what the page sends, and for what is public of a tenant.

use alloc::borrow::ToOwned as _;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use super::agree_all_around;
use crate::password::PasswordRules;
use crate::{
    Answer, ChoosePurpose, Guid, Method, Proof, Purpose, SetPassword, StartAttempt, StartMethod,
    SupportCode, Tenant, TypedSecret, Via,
};

#[test]
fn every_request_is_read_and_written_as_by_serde() {
    const AWKWARD: &str = "\"\\\u{1}é\u{1f511}";
    let secret = |typed: &str| TypedSecret::new(typed.to_owned());
    let via = Via {
        return_to: Some("https://portal.contoso.example/".into()),
        state: Some(AWKWARD.into()),
        portal: Some("https://portal.contoso.example".into()),
    };
    // The page does not read a proof of work. Any other object does in its place.
    let start: StartAttempt<String, Via> = StartAttempt {
        identifier: AWKWARD.into(),
        tenant: Some("contoso.example".into()),
        locale: "nl".into(),
        support_code: SupportCode(Guid::from_random(7)),
        work: Some(via.clone()),
        via,
    };
    agree_all_around(&start);
    agree_all_around(&StartAttempt {
        tenant: None,
        work: None,
        via: Via::default(),
        ..start
    });
    agree_all_around(&ChoosePurpose {
        purpose: Purpose::Unlock,
    });
    for phone in [None, Some(AWKWARD.to_owned())] {
        let method = Method::MobileCall;
        agree_all_around(&StartMethod { method, phone });
    }
    agree_all_around(&Proof::Code(secret(AWKWARD)));
    let answers = [(0, AWKWARD), (u16::MAX, "")].map(|(question, answer)| Answer {
        question,
        answer: secret(answer),
    });
    agree_all_around(&Proof::Answers(answers.into()));
    agree_all_around(&Proof::Answers(Vec::new()));
    agree_all_around(&SetPassword {
        password: secret(AWKWARD),
    });
}

#[test]
fn what_is_public_of_a_tenant_is_read_and_written_as_by_serde() {
    let full = Tenant {
        domain: "contoso.example".into(),
        name: "Contoso \"B.V.\"".into(),
        locales: vec!["nl".into(), "en".into()],
        help_url: Some("mailto:help@contoso.example".into()),
        sign_in_url: Some("https://contoso.example/".into()),
        logo_url: Some("light.svg".into()),
        logo_dark_url: Some("dark.svg".into()),
        portals: vec!["https://portal.contoso.example".into()],
        password_rules: PasswordRules::reference(),
    };
    agree_all_around(&full);
    agree_all_around(&Tenant {
        locales: Vec::new(),
        help_url: None,
        sign_in_url: None,
        logo_url: None,
        logo_dark_url: None,
        portals: Vec::new(),
        ..full
    });
}
