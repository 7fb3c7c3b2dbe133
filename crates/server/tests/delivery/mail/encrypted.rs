//! Tests of the encryption to a mail server: which server gets a mail, and which gets nothing.

use super::*;

#[tokio::test]
async fn a_server_may_be_encrypted_from_the_start() {
    let smtp = Smtp::start_encrypted();
    let settings = MailSettings {
        encryption: Encryption::Tls,
        ..settings(&smtp)
    };
    let service = Service::start(mails(settings), clock().0).await;
    let ada = service.arrive("ada@contoso.example", "en").await;
    service.choose(&ada, Method::Email, None).await;
    let mails = smtp.received(1).await;
    assert_eq!(
        mails[0].envelope,
        "encrypted authenticated ada@home.example"
    );
}

#[tokio::test]
async fn a_server_on_this_machine_may_be_spoken_to_in_the_clear() {
    let smtp = Smtp::start_in_the_clear();
    let settings = MailSettings {
        encryption: Encryption::None,
        username: None,
        password: None,
        ..settings(&smtp)
    };
    let service = Service::start(mails(settings), clock().0).await;
    let ada = service.arrive("ada@contoso.example", "en").await;
    service.choose(&ada, Method::Email, None).await;
    let mails = smtp.received(1).await;
    assert_eq!(mails[0].envelope, "clear anonymous ada@home.example");
}

#[tokio::test]
async fn a_server_that_cannot_encrypt_gets_nothing() {
    let smtp = Smtp::start_in_the_clear();
    let service = Service::start(mails(settings(&smtp)), clock().0).await;
    let ada = service.arrive("ada@contoso.example", "en").await;
    service.choose(&ada, Method::Email, None).await;
    until("it was tried and hung up on", async || {
        smtp.events().contains(&"lost".to_owned()).then_some(())
    })
    .await;
    let said = smtp.events();
    assert!(
        said.iter().all(|event| event == "EHLO" || event == "lost"),
        "{said:?}"
    );
    assert_eq!((smtp.all().len(), service.waiting().await), (0, 1));
}

#[tokio::test]
async fn a_server_whose_certificate_is_not_trusted_gets_nothing() {
    let (smtp, other) = (Smtp::start(), Smtp::start());
    let settings = MailSettings {
        ca_file: Some(other.certificate()),
        ..settings(&smtp)
    };
    let service = Service::start(mails(settings), clock().0).await;
    let ada = service.arrive("ada@contoso.example", "en").await;
    service.choose(&ada, Method::Email, None).await;
    until("it was tried and hung up on", async || {
        smtp.events().contains(&"lost".to_owned()).then_some(())
    })
    .await;
    let said = smtp.events();
    assert!(
        said.iter().all(|event| event == "EHLO" || event == "lost"),
        "{said:?}"
    );
    assert_eq!((smtp.all().len(), service.waiting().await), (0, 1));
}

#[tokio::test]
async fn settings_that_would_send_in_the_clear_or_without_a_sender_are_refused() {
    let smtp = Smtp::start();
    let refused = async |settings: MailSettings| {
        let started = Service::try_start(mails(settings), clock().0).await;
        started.err().expect("it does not start")
    };
    let clear = MailSettings {
        encryption: Encryption::None,
        host: "mail.contoso.example".into(),
        ..settings(&smtp)
    };
    assert!(refused(clear).await.contains("mail.contoso.example"));
    let without_sender = MailSettings {
        from: "nobody".into(),
        ..settings(&smtp)
    };
    assert!(
        refused(without_sender)
            .await
            .contains("from: expected a mail address")
    );
    let half = MailSettings {
        password: None,
        ..settings(&smtp)
    };
    assert!(refused(half).await.contains("password"));
    let port = free_port();
    let missing = MailSettings {
        ca_file: Some(format!("/nowhere/{port}").into()),
        ..settings(&smtp)
    };
    assert!(refused(missing).await.contains("/nowhere/"));
}
