//! Mails, at a mail server with STARTTLS and AUTH.

#[path = "mail/encrypted.rs"]
mod encrypted;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use postern_peers::process::{free_port, until};
use postern_peers::smtp::{PASSWORD, Received, Smtp, USERNAME};
use postern_protocol::{Method, Step};
use postern_server::clock::Clock;
use postern_server::delivery::{self, Encryption, MailSettings};
use postern_server::secret::Secret;
use postern_server::store::Outgoing;

use crate::support::service::Service;

/// Tuesday the 14th of November 2023, 22:13:20 UTC.
const NOW: i64 = 1_700_000_000;

pub(crate) fn clock() -> (Clock, Arc<AtomicI64>) {
    let time = Arc::new(AtomicI64::new(NOW));
    (Clock::Set(time.clone()), time)
}

/// The settings as an administrator writes them, except for the secret.
pub(crate) fn settings(smtp: &Smtp) -> MailSettings {
    let settings = serde_json::json!({
        "host": "localhost",
        "port": smtp.port,
        "username": USERNAME,
        "from": "Contoso <reset@contoso.example>",
        "reply-to": "helpdesk@contoso.example",
        "ca-file": smtp.certificate(),
    });
    MailSettings {
        password: Some(Secret::new(PASSWORD)),
        ..serde_json::from_value(settings).expect("the settings are well-formed")
    }
}

pub(crate) fn mails(settings: MailSettings) -> delivery::DeliverySettings {
    delivery::DeliverySettings {
        mail: Some(settings),
        ..delivery::DeliverySettings::default()
    }
}

/// The digits of the code between the text before and the text after it; the mail has them in two
/// groups of four.
fn code(text: &str) -> String {
    let runs = text.split(|character: char| !character.is_ascii_digit() && character != ' ');
    let code = runs.map(str::trim).find(|run| run.len() == 9);
    code.expect("there is a code in it").replace(' ', "")
}

fn grouped(code: &str) -> String {
    let (first, last) = code.split_at(4);
    format!("{first} {last}")
}

#[tokio::test]
async fn a_code_arrives_encrypted_and_authenticated_and_opens_the_gate() {
    let smtp = Smtp::start();
    let service = Service::start(mails(settings(&smtp)), clock().0).await;
    let ada = service.arrive("ada@contoso.example", "en").await;
    service.choose(&ada, Method::Email, None).await;

    let [mail] = smtp.received(1).await.try_into().ok().expect("one mail");
    assert_eq!(mail.envelope, "encrypted authenticated ada@home.example");
    for header in [
        "From: Contoso <reset@contoso.example>",
        "Reply-To: helpdesk@contoso.example",
        "To: ada@home.example",
        "Date: Tue, 14 Nov 2023 22:13:20 +0000",
        "Auto-Submitted: auto-generated",
        "Content-Language: en",
        "Content-Type: multipart/alternative;",
    ] {
        assert!(mail.headers.contains(header), "{header}: {}", mail.headers);
    }
    let code = code(&mail.text);
    assert!(
        mail.html
            .contains(&format!("<bdi dir=\"ltr\">{}</bdi></p>", grouped(&code))),
        "{}",
        mail.html
    );
    assert!(
        mail.html.contains("lang=\"en\" dir=\"ltr\""),
        "{}",
        mail.html
    );
    for foreign in ["<a ", "<img", "http", "src=", "url("] {
        assert!(!mail.html.contains(foreign), "{foreign}: {}", mail.html);
    }
    assert_eq!(service.prove(&ada, &code).await, 1);
}

#[tokio::test]
async fn in_arabic_text_and_page_run_right_to_left_and_say_the_same() {
    let smtp = Smtp::start();
    let service = Service::start(mails(settings(&smtp)), clock().0).await;
    let ada = service.arrive("ada@contoso.example", "ar").await;
    service.choose(&ada, Method::Email, None).await;

    let [mail] = smtp.received(1).await.try_into().ok().expect("one mail");
    assert!(
        mail.headers.contains("Content-Language: ar"),
        "{}",
        mail.headers
    );
    let code = code(&mail.text);
    let text = format!(
        "طُلب رمز لاستعادة الوصول إلى الحساب \u{2066}ada@contoso.example\u{2069}. إن كنت أنت من طلبه، فأدخل \u{2066}{}\u{2069} في الصفحة التي طلبته فيها. يعمل الرمز لمدة 5 دقائق. وإن لم تكن أنت، فلا تفعل شيئًا: لا يتغيّر شيء بدون الرمز. لن يطلب منك أحد من \u{2068}Contoso\u{2069} هذا الرمز أبدًا.",
        grouped(&code)
    );
    assert_eq!(mail.text, text);
    let page = text
        .replace('\u{2068}', "<bdi>")
        .replace('\u{2066}', "<bdi dir=\"ltr\">")
        .replace('\u{2069}', "</bdi>");
    assert!(mail.html.contains(&page), "{}", mail.html);
    assert!(
        mail.html.contains("<html lang=\"ar\" dir=\"rtl\">"),
        "{}",
        mail.html
    );
    assert_eq!(service.prove(&ada, &code).await, 1);
}

#[tokio::test]
async fn after_a_reset_every_address_is_told_where_the_helpdesk_is() {
    let smtp = Smtp::start();
    let service = Service::start(mails(settings(&smtp)), clock().0).await;
    let ada = service.arrive("ada@contoso.example", "nl").await;
    service.choose(&ada, Method::Email, None).await;
    let code = code(&smtp.received(1).await[0].text);
    service.prove(&ada, &code).await;
    let step = service.set_password(&ada, "Zeven-Otters-Zwemmen").await;
    assert!(matches!(step, Step::Done(_)), "{step:?}");

    let mut notices = smtp.received(3).await;
    notices.remove(0);
    let mut told: Vec<&str> = notices
        .iter()
        .map(|mail| mail.envelope.rsplit(' ').next().unwrap_or_default())
        .collect();
    told.sort_unstable();
    assert_eq!(told, ["ada@contoso.example", "ada@home.example"]);
    for mail in &notices {
        assert!(
            mail.text
                .starts_with("Het wachtwoord van ada@contoso.example is gewijzigd op "),
            "{}",
            mail.text
        );
        let contact = "neem dan contact op met uw helpdesk: https://contoso.example/help";
        assert!(mail.text.ends_with(contact), "{}", mail.text);
        assert!(!mail.html.contains("href"), "{}", mail.html);
    }
    service.nothing_waits().await;
}

#[tokio::test]
async fn a_locked_person_is_told_once_at_every_address_and_where_the_helpdesk_is() {
    let smtp = Smtp::start();
    let (clock, time) = clock();
    let service = Service::start(mails(settings(&smtp)), clock).await;
    let ada = service.arrive("ada@contoso.example", "de").await;
    service.choose(&ada, Method::Email, None).await;
    for _ in 0..5 {
        service.guess(&ada).await;
    }
    service.nothing_waits().await;
    assert_eq!(smtp.all().len(), 1, "the code");
    time.store(NOW + 31, Ordering::SeqCst);
    service.choose(&ada, Method::Email, None).await;
    service.guess(&ada).await;
    let step = service.look(&ada).await.step;
    assert!(matches!(step, Step::Locked { .. }), "{step:?}");
    service.arrive("ada@contoso.example", "de").await;
    service.nothing_waits().await;

    let mut notices = smtp.received(4).await;
    assert_eq!(smtp.all().len(), 4);
    let notices = notices.split_off(2);
    let mut told: Vec<&str> = notices
        .iter()
        .map(|mail| mail.envelope.rsplit(' ').next().unwrap_or_default())
        .collect();
    told.sort_unstable();
    assert_eq!(told, ["ada@contoso.example", "ada@home.example"]);
    for mail in &notices {
        let begun =
            "Es wurde zu oft versucht, wieder Zugang zum Konto ada@contoso.example zu bekommen.";
        assert!(mail.text.starts_with(begun), "{}", mail.text);
        let contact = "wenden Sie sich an Ihren Helpdesk: https://contoso.example/help";
        assert!(mail.text.ends_with(contact), "{}", mail.text);
        assert!(!mail.html.contains("href"), "{}", mail.html);
    }
}

#[tokio::test]
async fn no_mail_tells_that_an_unknown_identifier_is_locked() {
    let smtp = Smtp::start();
    let (clock, time) = clock();
    let service = Service::start(mails(settings(&smtp)), clock).await;
    let unknown = service.arrive("not.here@contoso.example", "en").await;
    service.choose(&unknown, Method::Email, None).await;
    for _ in 0..5 {
        service.guess(&unknown).await;
    }
    time.store(NOW + 31, Ordering::SeqCst);
    service.choose(&unknown, Method::Email, None).await;
    service.guess(&unknown).await;
    let step = service.look(&unknown).await.step;
    assert!(matches!(step, Step::Locked { .. }), "{step:?}");
    // A message in the outbox for a person that does not exist leaves the outbox like any other,
    // and goes nowhere.
    service.nothing_waits().await;
    assert!(smtp.all().is_empty());
}

#[tokio::test]
async fn a_request_for_help_is_sent_to_the_helpdesk_once() {
    let smtp = Smtp::start();
    let service = Service::start(mails(settings(&smtp)), clock().0).await;
    let ada = service.arrive("ada@contoso.example", "de").await;
    service.ask_for_help(&ada).await;
    service.ask_for_help(&ada).await;
    let mails = smtp.received(1).await;
    service.nothing_waits().await;
    assert_eq!((mails.len(), smtp.all().len()), (1, 1));
    assert!(mails[0].envelope.ends_with(" helpdesk@contoso.example"));
    assert!(
        mails[0].text.starts_with("ada@contoso.example hat am "),
        "{}",
        mails[0].text
    );
}

#[tokio::test]
async fn a_mail_that_is_tried_again_has_the_same_name_and_says_nothing_of_the_server() {
    let smtp = Smtp::start();
    let (clock, time) = clock();
    let service = Service::start(mails(settings(&smtp)), clock).await;
    service.put("twice", "contoso.example").await;
    let twice = service.arrive("twice@contoso.example", "en").await;
    service.choose(&twice, Method::Email, None).await;
    smtp.received(1).await;
    until("it was put by", async || {
        (service.put_by(NOW).await > 0).then_some(())
    })
    .await;
    let backlog = service.store().backlog().await.expect("the store answers");
    assert_eq!((backlog.waiting, backlog.waiting_since), (1, None));
    time.store(NOW + 60, Ordering::SeqCst);
    let mails = smtp.received(2).await;
    let names = mails.iter().map(|mail| {
        let mut lines = mail.headers.lines();
        lines.find(|line| line.starts_with("Message-ID: <"))
    });
    let names: Vec<&str> = names.map(|name| name.expect("it has a name")).collect();
    assert_eq!(names[0], names[1]);
    assert!(names[0].ends_with("@contoso.example>"), "{}", names[0]);
    service.nothing_waits().await;
}

#[tokio::test]
async fn a_domain_in_its_own_script_is_written_as_the_dns_has_it() {
    let smtp = Smtp::start();
    let service = Service::start(mails(settings(&smtp)), clock().0).await;
    for (name, mailbox, address) in [
        ("ida", "ida@münchen.example", "ida@xn--mnchen-3ya.example"),
        ("omar", "omar@مثال.example", "omar@xn--mgbh0fb.example"),
    ] {
        service.put_with(name, "contoso.example", mailbox).await;
        let person = service
            .arrive(&format!("{name}@contoso.example"), "en")
            .await;
        service.choose(&person, Method::Email, None).await;
        until("the mail", async || {
            let mails = smtp.all();
            let to = |mail: &Received| mail.envelope.ends_with(&format!(" {address}"));
            mails.iter().any(to).then_some(())
        })
        .await;
    }
    service.nothing_waits().await;
    assert_eq!(service.undelivered().await, []);
}

#[tokio::test]
async fn a_mailbox_in_letters_that_the_server_does_not_take_is_given_up_at_once_and_told_of_in_the_audit()
 {
    let smtp = Smtp::start();
    let service = Service::start(mails(settings(&smtp)), clock().0).await;
    service
        .put_with("ida", "contoso.example", "idä@home.example")
        .await;
    let ida = service.arrive("ida@contoso.example", "en").await;
    service.choose(&ida, Method::Email, None).await;
    // The clock stands still, so the deadline does not end it.
    service.nothing_waits().await;
    assert_eq!(service.undelivered().await, [Some(Method::Email)]);
    assert_eq!(smtp.all().len(), 0);
}

#[tokio::test]
async fn what_could_not_leave_waits_and_leaves_once_the_server_is_back() {
    let mut smtp = Smtp::start();
    let settings = settings(&smtp);
    smtp.stop();
    let (clock, time) = clock();
    let service = Service::start(mails(settings), clock).await;
    let ada = service.arrive("ada@contoso.example", "en").await;
    service.choose(&ada, Method::Email, None).await;
    until("it was tried and put by", async || {
        (service.put_by(NOW).await > 0).then_some(())
    })
    .await;
    service.becomes_ready(true).await;
    time.store(NOW + 60, Ordering::SeqCst);
    // The message has waited for a minute.
    service.becomes_ready(false).await;
    smtp.resume();
    // This holds for any postponement.
    time.store(NOW + 120, Ordering::SeqCst);
    let mails = smtp.received(1).await;
    assert_eq!(service.prove(&ada, &code(&mails[0].text)).await, 1);
    service.nothing_waits().await;
    assert_eq!(service.undelivered().await, []);
    service.becomes_ready(true).await;
}

#[tokio::test]
async fn what_waits_leaves_by_the_server_that_a_new_configuration_names() {
    let mut old = Smtp::start();
    let (was, new) = (settings(&old), Smtp::start());
    old.stop();
    let (clock, time) = clock();
    let service = Service::start(mails(was), clock).await;
    let ada = service.arrive("ada@contoso.example", "en").await;
    service.choose(&ada, Method::Email, None).await;
    until("it was tried and put by", async || {
        (service.put_by(NOW).await > 0).then_some(())
    })
    .await;
    service.reload(&mails(settings(&new)));
    time.store(NOW + 60, Ordering::SeqCst);
    let received = new.received(1).await;
    assert_eq!(service.prove(&ada, &code(&received[0].text)).await, 1);
}

#[tokio::test]
async fn a_message_without_a_configured_carrier_waits_until_there_is_one() {
    let smtp = Smtp::start();
    let (clock, time) = clock();
    let service = Service::start(delivery::DeliverySettings::default(), clock).await;
    let ada = service.arrive("ada@contoso.example", "en").await;
    service.choose(&ada, Method::Email, None).await;
    until("it was tried and put by", async || {
        (service.put_by(NOW).await > 0).then_some(())
    })
    .await;
    time.store(NOW + 60, Ordering::SeqCst);
    // The message has waited for a minute.
    service.becomes_ready(false).await;
    service.reload(&mails(settings(&smtp)));
    time.store(NOW + 120, Ordering::SeqCst);
    let received = smtp.received(1).await;
    assert_eq!(service.prove(&ada, &code(&received[0].text)).await, 1);
    assert_eq!(service.undelivered().await, []);
}

#[tokio::test]
async fn what_is_past_its_deadline_is_given_up_and_told_of_in_the_audit() {
    let mut smtp = Smtp::start();
    let settings = settings(&smtp);
    smtp.stop();
    let (clock, time) = clock();
    let service = Service::start(mails(settings), clock).await;
    let ada = service.arrive("ada@contoso.example", "en").await;
    service.choose(&ada, Method::Email, None).await;
    until("it was tried and put by", async || {
        (service.put_by(NOW).await > 0).then_some(())
    })
    .await;
    time.store(NOW + 3_600, Ordering::SeqCst);
    service.nothing_waits().await;
    assert_eq!(service.undelivered().await, [Some(Method::Email)]);
    smtp.resume();
    assert_eq!(smtp.all().len(), 0);
}

#[tokio::test]
async fn what_cannot_be_opened_is_kept_and_seen_in_readiness() {
    let mut smtp = Smtp::start();
    let settings = settings(&smtp);
    smtp.stop();
    let (clock, time) = clock();
    let service = Service::start(mails(settings), clock).await;
    let ada = service.arrive("ada@contoso.example", "en").await;
    service.choose(&ada, Method::Email, None).await;
    until("it was tried and put by", async || {
        (service.put_by(NOW).await > 0).then_some(())
    })
    .await;
    service.spoil_parcels().await;
    service.becomes_ready(true).await;
    time.store(NOW + 60, Ordering::SeqCst);
    service.becomes_ready(false).await;
    assert_eq!(service.readiness().await["outbox"], "unopened");
    assert_eq!(service.waiting().await, 1);
    assert!(service.undelivered().await.is_empty());
}

#[tokio::test]
async fn an_address_that_is_refused_for_good_is_given_up_at_once() {
    let smtp = Smtp::start();
    let service = Service::start(mails(settings(&smtp)), clock().0).await;
    service.put("nobody", "contoso.example").await;
    let unlisted = service.arrive("nobody@contoso.example", "en").await;
    service.choose(&unlisted, Method::Email, None).await;
    service.nothing_waits().await;
    assert_eq!(service.undelivered().await, [Some(Method::Email)]);
    assert!(smtp.events().contains(&"RCPT".to_owned()));
}
