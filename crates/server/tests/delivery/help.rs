//! Tests of mails to administrators, at a mail server: ten in an hour, one that summarises the
//! rest, and none before a code.

use std::sync::atomic::Ordering;
use std::time::Duration;

use postern_peers::process::until;
use postern_peers::smtp::{Received, Smtp};
use postern_protocol::Method;
use postern_server::clock::Clock;
use tokio::time::Instant;

use super::mail::{clock, mails, settings};
use crate::support::service::Service;

const HOUR: i64 = 60 * 60;

/// The number of requests for help before a code. When there was one mail for each request, the
/// code arrived after 52.9 seconds, because of the mail server's time for each mail.
const FLOOD: usize = 200;
const TAKES: Duration = Duration::from_secs(1);

/// The number of mails that the service sends at once.
const IN_HAND: usize = 4;

fn subject(mail: &Received) -> &str {
    let mut lines = mail.headers.lines();
    let subject = lines.find_map(|line| line.strip_prefix("Subject: "));
    subject.expect("it has a subject")
}

async fn ask(service: &Service, identifiers: &[&str]) {
    for identifier in identifiers {
        let person = service.arrive(identifier, "en").await;
        service.ask_for_help(&person).await;
    }
}

#[tokio::test]
async fn ten_people_an_hour_are_each_told_of_and_the_rest_by_their_number() {
    let smtp = Smtp::start();
    let (clock, time) = clock();
    let begun = time.load(Ordering::SeqCst);
    let service = Service::start(mails(settings(&smtp)), clock).await;
    // Unknown identifiers count like known ones, in either order.
    let names = ["ada@contoso.example", "nobody@contoso.example"];
    let people: Vec<String> = (0..5)
        .flat_map(|number| {
            names.map(|name| {
                if number == 0 {
                    name.to_owned()
                } else {
                    format!("{number}.{name}")
                }
            })
        })
        .collect();
    let people: Vec<&str> = people.iter().map(String::as_str).collect();
    ask(&service, &people).await;
    let mails = smtp.received(10).await;
    assert!(
        mails
            .iter()
            .all(|mail| subject(mail).ends_with("cannot sign in"))
    );

    time.store(begun + HOUR - 60, Ordering::SeqCst);
    let late = [
        "bob@contoso.example",
        "11@contoso.example",
        "12@contoso.example",
    ];
    ask(&service, &late).await;
    service.nothing_waits().await;
    assert_eq!(smtp.all().len(), 10, "no mail is sent about the eleventh");

    time.store(begun + HOUR, Ordering::SeqCst);
    let mails = smtp.received(11).await;
    let digest = mails.last().expect("there is one");
    assert_eq!(subject(digest), "More requests for help: 3");
    eprintln!("13 people ask for help within an hour: 10 mails, and one about the other 3");
    let text = digest
        .text
        .replace(['\u{2066}', '\u{2068}', '\u{2069}'], "");
    assert_eq!(
        text,
        "Between 14 November 2023 at 22:13 (UTC) and 14 November 2023 at 23:13 (UTC), people of Contoso asked for help more \
         than ten times. Requests we did not email you about: 3. So many within an hour can be an attack on your mailbox. \
         The audit log of the service has every request."
    );

    // The next hour begins with the next request, and an hour with few requests has no summary.
    ask(&service, &["13@contoso.example"]).await;
    let mails = smtp.received(12).await;
    assert!(subject(&mails[11]).ends_with("cannot sign in"));
    time.store(begun + 3 * HOUR, Ordering::SeqCst);
    // The request ends the hour before it: a summary would leave together with its own mail.
    ask(&service, &["14@contoso.example"]).await;
    service.nothing_waits().await;
    let mails = smtp.all();
    assert_eq!(mails.len(), 13);
    assert!(subject(&mails[12]).ends_with("cannot sign in"));
}

/// Requests a code by mail for a person. Returns the time until it arrived, and the number of mails
/// that arrived before it in this time.
async fn mailed(service: &Service, smtp: &Smtp, name: &str) -> (Duration, usize) {
    service.put(name, "contoso.example").await;
    let person = service
        .arrive(&format!("{name}@contoso.example"), "en")
        .await;
    let (begun, before) = (Instant::now(), smtp.all().len());
    service.choose(&person, Method::Email, None).await;
    let to = format!(" {name}@home.example");
    let place = until("the code", async || {
        let mut mails = smtp.all().into_iter();
        mails.position(|mail| mail.envelope.ends_with(&to))
    })
    .await;
    (begun.elapsed(), place.saturating_sub(before))
}

#[tokio::test]
async fn a_code_behind_two_hundred_requests_for_help_waits_for_none_of_their_mails() {
    let smtp = Smtp::start_slow(TAKES);
    let service = Service::start(mails(settings(&smtp)), Clock::System).await;
    let (alone, _) = mailed(&service, &smtp, "alone").await;
    for number in 0..FLOOD {
        ask(&service, &[&format!("{number}@contoso.example")]).await;
    }
    let (behind, before) = mailed(&service, &smtp, "behind").await;
    eprintln!(
        "a code behind {FLOOD} requests for help arrives after {behind:.1?}, and after {alone:.1?} without them"
    );
    // Those mails were already under way when the code was ordered.
    assert!(before <= IN_HAND, "{before} mails were carried before it");
    service.nothing_waits().await;
    let of_help = smtp.all().len() - 2;
    assert_eq!(of_help, 10, "of {FLOOD} requests");
}
