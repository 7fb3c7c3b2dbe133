//! The metrics of the service, for Prometheus. No label contains text from a client.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use metrics::{counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use postern_engine::states::State;
use postern_engine::{Attempt, Breach, Open, Tenant};
use postern_protocol::{EndReason, ProblemKind, Timestamp};

use crate::store::{Backlog, Lane};

/// Buckets in seconds, from the time of a read to the timeout of the slowest directory.
const BUCKETS: [f64; 12] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0, 75.0,
];

const REQUESTS: &str = "postern_http_requests_total";
const SECONDS: &str = "postern_http_request_seconds";
const IN_FLIGHT: &str = "postern_http_requests_in_flight";
const PROBLEMS: &str = "postern_problems_total";
const STARTED: &str = "postern_attempts_started_total";
const ENDED: &str = "postern_attempts_ended_total";
const PARCELS: &str = "postern_outbox_parcels_total";
const WAITING: &str = "postern_outbox_waiting";
const OLDEST: &str = "postern_outbox_oldest_due_seconds";
const STORE_ERRORS: &str = "postern_store_errors_total";
const WORK: &str = "postern_work_total";
const BREACHED: &str = "postern_breached_lookups_total";
const VIOLATIONS: &str = "postern_policy_violations_total";
const SKEW: &str = "postern_clock_skew_seconds";
const CHAIN_BROKEN: &str = "postern_audit_chain_broken";
const KEY_MISSING: &str = "postern_key_missing";
const KEY_BEHIND: &str = "postern_key_behind";
const BUILD: &str = "postern_build_info";

/// The recorder of all metrics. A process has one.
pub(crate) fn recorder() -> &'static PrometheusHandle {
    static RECORDER: OnceLock<PrometheusHandle> = OnceLock::new();
    RECORDER.get_or_init(|| {
        let builder = PrometheusBuilder::new();
        let buckets = Matcher::Full(SECONDS.to_owned());
        let builder = builder.set_buckets_for_metric(buckets, &BUCKETS);
        let recorder = builder.expect("there are buckets").build_recorder();
        let handle = recorder.handle();
        // Another recorder may be installed already. Then this one stays empty.
        let _ours = metrics::set_global_recorder(recorder);
        describe();
        begin();
        handle
    })
}

fn describe() {
    describe_counter!(REQUESTS, "Requests answered, by route, method and status.");
    describe_histogram!(SECONDS, "How long requests took, by route and method.");
    describe_gauge!(IN_FLIGHT, "Requests in progress.");
    describe_counter!(PROBLEMS, "Problems answered, by kind.");
    describe_counter!(STARTED, "Attempts that began.");
    describe_counter!(ENDED, "Attempts that ended, by how they ended.");
    describe_counter!(
        PARCELS,
        "Deliveries of messages from the outbox, by kind and outcome."
    );
    describe_gauge!(
        WAITING,
        "Messages that wait in the outbox, by lane and tenant."
    );
    describe_gauge!(
        OLDEST,
        "How long the oldest of these messages has waited for its carrier, in seconds."
    );
    describe_gauge!(
        SKEW,
        "Difference between the clocks of this machine and of the database, in seconds."
    );
    describe_gauge!(
        CHAIN_BROKEN,
        "1 while the chain of the audit log is broken, which this process checks at its start and daily; otherwise 0."
    );
    describe_gauge!(
        KEY_MISSING,
        "1 while the database has a key that this process does not have; otherwise 0."
    );
    describe_gauge!(
        KEY_BEHIND,
        "1 while the database is sealed with a key of this process that is not its first; otherwise 0."
    );
    describe_gauge!(BUILD, "Always 1, with the version of this program.");
    describe_counter!(
        STORE_ERRORS,
        "Failures of the database or of accounts in it, by the work that failed."
    );
    describe_counter!(WORK, "Proofs of work, by outcome.");
    describe_counter!(
        BREACHED,
        "Lookups of passwords among breached ones, by result."
    );
    describe_counter!(
        VIOLATIONS,
        "Violations of the page's policy that browsers reported, by directive."
    );
}

/// Creates every counter at the start. A counter that appears with its first event would not raise
/// an alert about that event.
fn begin() {
    gauge!(BUILD, "version" => env!("CARGO_PKG_VERSION")).set(1.0);
    gauge!(IN_FLIGHT).set(0.0);
    gauge!(CHAIN_BROKEN).set(0.0);
    gauge!(SKEW).set(0.0);
    keys(false, false);
    counter!(STARTED).absolute(0);
    for end in ENDS {
        counter!(ENDED, "end" => end).absolute(0);
    }
    for kind in PARCEL_KINDS {
        for outcome in Parcelled::ALL {
            counter!(PARCELS, "kind" => kind, "outcome" => outcome.as_str()).absolute(0);
        }
    }
    for during in During::ALL {
        counter!(STORE_ERRORS, "during" => during.as_str()).absolute(0);
    }
    for what in Work::ALL {
        counter!(WORK, "outcome" => what.as_str()).absolute(0);
    }
    for outcome in ["not-found", "found", "unknown"] {
        counter!(BREACHED, "outcome" => outcome).absolute(0);
    }
}

/// Creates the counter of every kind of problem at the start.
pub(crate) fn problems(names: impl Iterator<Item = &'static str>) {
    for name in names {
        counter!(PROBLEMS, "kind" => name).absolute(0);
    }
}

/// Creates the counter of every directive at the start.
pub(crate) fn violations(directives: impl Iterator<Item = &'static str>) {
    for directive in directives {
        counter!(VIOLATIONS, "directive" => directive).absolute(0);
    }
}

/// Defines the values of a label. Each word is one of `ALL`, whose counters exist from the start.
macro_rules! words {
    ($(#[$of_all:meta])* $name:ident { $($(#[$of_one:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$of_all])*
        #[derive(Clone, Copy)]
        pub(crate) enum $name {
            $($(#[$of_one])* $variant),+
        }

        impl $name {
            const ALL: &'static [Self] = &[$(Self::$variant),+];

            const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }
        }
    };
}

words! {
    /// The activity during which a store error happened.
    During {
        Metrics = "metrics",
        Outbox = "outbox",
        Pressure = "pressure",
        Readiness = "readiness",
        Renewal = "renewal",
        Request = "request",
        Sweep = "sweep",
        Walk = "walk",
    }
}

words! {
    /// The outcome of trying to carry a parcel.
    Parcelled {
        /// It was carried.
        Carried = "carried",
        /// The parcel must wait.
        Postponed = "postponed",
        /// The parcel was given up.
        GivenUp = "given-up",
    }
}

words! {
    /// The outcome of a challenge.
    Work {
        Issued = "issued",
        Taken = "taken",
        Refused = "refused",
        TooLight = "too-light",
    }
}

/// The kinds of parcels.
const PARCEL_KINDS: [&str; 3] = ["mail", "text", "call"];

/// The ways in which attempts end.
const ENDS: [&str; 6] = [
    "done",
    "refused",
    "locked",
    "expired",
    "cancelled",
    "superseded",
];

/// A request that is being answered. It ends when dropped.
pub(crate) struct InFlight;

impl InFlight {
    pub(crate) fn new() -> Self {
        gauge!(IN_FLIGHT).increment(1);
        Self
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        gauge!(IN_FLIGHT).decrement(1);
    }
}

pub(crate) fn answered(route: &Arc<str>, method: &'static str, status: u16, took: Duration) {
    let status = status.to_string();
    counter!(REQUESTS, "route" => route.clone(), "method" => method, "status" => status)
        .increment(1);
    histogram!(SECONDS, "route" => route.clone(), "method" => method).record(took);
}

pub(crate) fn problem(kind: &ProblemKind) {
    counter!(PROBLEMS, "kind" => kind.name()).increment(1);
}

pub(crate) fn attempt_started() {
    counter!(STARTED).increment(1);
}

/// Counts an attempt that has ended.
pub(crate) fn attempt_ended(attempt: &Attempt) {
    counter!(ENDED, "end" => end(attempt)).increment(1);
}

fn end(attempt: &Attempt) -> &'static str {
    match attempt.open().map(Open::state) {
        Some(State::Done(_)) => "done",
        Some(State::Refused(_)) => "refused",
        Some(State::Locked(_)) => "locked",
        Some(State::Ended(ended)) => match ended.reason() {
            EndReason::Expired => "expired",
            EndReason::Cancelled => "cancelled",
            EndReason::Superseded => "superseded",
        },
        Some(
            State::ChoosingPurpose
            | State::ChoosingMethod
            | State::Proving(_)
            | State::ChoosingPassword(_)
            | State::ConfirmingUnlock
            | State::WritingBack(_),
        )
        | None => "open",
    }
}

pub(crate) fn parcel(kind: &'static str, outcome: Parcelled) {
    counter!(PARCELS, "kind" => kind, "outcome" => outcome.as_str()).increment(1);
}

pub(crate) fn store_error(during: During) {
    counter!(STORE_ERRORS, "during" => during.as_str()).increment(1);
}

pub(crate) fn work(what: Work) {
    counter!(WORK, "outcome" => what.as_str()).increment(1);
}

/// Counts the result of a lookup, whether the password is accepted or not.
pub(crate) fn breached_lookup(found: Breach) {
    let outcome = match found {
        Breach::NotFound => "not-found",
        Breach::Found => "found",
        Breach::Unknown => "unknown",
    };
    counter!(BREACHED, "outcome" => outcome).increment(1);
}

/// Counts a violation of a page's content policy.
pub(crate) fn policy_violation(directive: &'static str) {
    counter!(VIOLATIONS, "directive" => directive).increment(1);
}

/// Lanes and tenants that were reported, so that an empty lane is reported as 0.
static TOLD: Mutex<BTreeSet<(String, String)>> = Mutex::new(BTreeSet::new());

/// Reports the present backlog, by lane and tenant: for each of these tenants, and for others that
/// have one.
pub(crate) fn backlog(
    backlogs: Vec<(String, String, Backlog)>,
    now: Timestamp,
    tenants: &[Tenant],
) {
    let mut waiting: BTreeMap<_, _> = backlogs
        .into_iter()
        .map(|(lane, tenant, backlog)| ((lane, tenant), backlog))
        .collect();
    let mut told = TOLD.lock().unwrap_or_else(PoisonError::into_inner);
    for (lane, tenant) in Lane::ALL
        .iter()
        .flat_map(|lane| tenants.iter().map(move |tenant| (lane, tenant)))
    {
        let place = (lane.as_str().to_owned(), tenant.id().to_owned());
        waiting.entry(place).or_default();
    }
    for place in &*told {
        waiting.entry(place.clone()).or_default();
    }
    for ((lane, tenant), backlog) in &waiting {
        let since = backlog.waiting_since.map(|since| now.since(since));
        let labels = [("lane", lane.clone()), ("tenant", tenant.clone())];
        #[expect(
            clippy::cast_precision_loss,
            reason = "a gauge is a float, and there are never that many"
        )]
        gauge!(WAITING, &labels).set(backlog.waiting as f64);
        gauge!(OLDEST, &labels).set(since.unwrap_or_default().as_secs_f64());
    }
    told.extend(waiting.into_keys());
}

/// Reports the difference between our clock and the database's.
pub(crate) fn clock_skew(skew: Duration) {
    gauge!(SKEW).set(skew.as_secs_f64());
}

/// Reports whether the keys of this process do not open the database, and whether another key than
/// the first sealed it.
pub(crate) fn keys(is_missing: bool, is_behind: bool) {
    gauge!(KEY_MISSING).set(f64::from(u8::from(is_missing)));
    gauge!(KEY_BEHIND).set(f64::from(u8::from(is_behind)));
}

/// Reports whether the chain of the audit log is known to be broken.
pub(crate) fn audit_chain(is_broken: bool) {
    gauge!(CHAIN_BROKEN).set(f64::from(u8::from(is_broken)));
}
