//! The label values that distinguish counters.

use std::collections::BTreeSet;

use postern_server::http::HttpSettings;

use crate::support::server::Server;

/// The series of a counter, by their labels.
fn series<'t>(text: &'t str, counter: &str) -> Vec<&'t str> {
    let lines = text.lines().filter_map(|line| line.strip_prefix(counter));
    let lines = lines.filter(|line| line.starts_with([' ', '{']));
    let mut series: Vec<&str> = lines
        .filter_map(|line| line.rsplit_once(' '))
        .map(|(labels, _)| labels)
        .collect();
    series.sort_unstable();
    series
}

/// An alert on the first event of a kind works only if the counter was zero before.
#[tokio::test]
async fn every_word_that_a_counter_is_told_apart_by_is_there_from_the_start() {
    let server = Server::start(HttpSettings::default()).await;
    let text = server.numbers().await.text().await.unwrap();
    let of = |label: &str, words: &[&str]| -> Vec<String> {
        words
            .iter()
            .map(|word| format!("{{{label}=\"{word}\"}}"))
            .collect()
    };
    let parcels = ["call", "mail", "text"].iter().flat_map(|kind| {
        ["carried", "given-up", "postponed"]
            .iter()
            .map(move |outcome| format!("{{kind=\"{kind}\",outcome=\"{outcome}\"}}"))
    });
    let ends = [
        "cancelled",
        "done",
        "expired",
        "locked",
        "refused",
        "superseded",
    ];
    let during = [
        "metrics",
        "outbox",
        "pressure",
        "readiness",
        "renewal",
        "request",
        "sweep",
        "walk",
    ];
    for (counter, expected) in [
        ("postern_attempts_started_total", vec![String::new()]),
        ("postern_attempts_ended_total", of("end", &ends)),
        ("postern_outbox_parcels_total", parcels.collect()),
        ("postern_store_errors_total", of("during", &during)),
        (
            "postern_work_total",
            of("outcome", &["issued", "refused", "taken", "too-light"]),
        ),
        (
            "postern_breached_lookups_total",
            of("outcome", &["found", "not-found", "unknown"]),
        ),
    ] {
        assert_eq!(series(&text, counter), expected, "{counter}");
    }
    // Label values from other lists: the problems of the API, and the directives of the page's
    // policy.
    for (counter, some) in [
        (
            "postern_problems_total",
            ["code-spent", "internal", "work-refused"],
        ),
        (
            "postern_policy_violations_total",
            ["connect-src", "script-src", "style-src"],
        ),
    ] {
        let series = series(&text, counter);
        for word in some {
            let is_it = |labels: &&str| labels.contains(&format!("\"{word}\""));
            assert!(series.iter().any(is_it), "{counter} {word}: {series:?}");
        }
    }
    // The series of requests appear with the first answer of their route and status, as the pages
    // for administrators say.
    let counters = text
        .lines()
        .filter_map(|line| line.strip_prefix("# TYPE ")?.strip_suffix(" counter"));
    let counters: BTreeSet<&str> = counters
        .filter(|name| *name != "postern_http_requests_total")
        .collect();
    assert_eq!(
        counters.len(),
        8,
        "a new counter is to be there from the start: add it here"
    );
    for counter in counters {
        assert!(!series(&text, counter).is_empty(), "{counter}");
    }
}
