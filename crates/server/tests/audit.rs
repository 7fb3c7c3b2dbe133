//! Tests of the audit log: its export, its verification and its retention, on each store.

#![expect(
    clippy::unwrap_used,
    reason = "a store that fails here fails its test, and says why"
)]

mod broken;
mod walked;

use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::time::Duration;

use crate::support::{is_not_found, key};
use postern_engine::Tenant;
use postern_engine::account::AccountId;
use postern_engine::audit::{Activity, AuditEvent, AuditResult, Blocked, Concealed, Reason};
use postern_protocol::{
    AttemptId, CorrelationId, Guid, Method, Purpose, Refusal, SupportCode, Timestamp,
};
use postern_server::audit::{AuditExport, Format, Line, Verify};
use postern_server::clock::Clock;
use postern_server::directory::{BuiltIn, Directories};
use postern_server::serve::{self, Options};
use postern_server::settings::Settings;
use postern_server::store::{Attempts, AuditLog, Changes, SqlStore};
use postern_world::contoso;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor};

/// It is 2026-01-31T12:00:00Z.
const NOON: Timestamp = Timestamp::from_seconds(1_769_860_800);
const DAY: Duration = Duration::from_hours(24);

on_each_store![
    |database| (database.open().await, &database.url);
    an_export_has_a_column_for_everything_that_an_event_has,
    an_export_has_what_happened_from_a_moment_on_until_before_another,
    more_rows_than_a_page_holds_are_each_exported_once,
    nothing_in_an_export_is_a_formula,
    an_export_of_what_cannot_be_is_refused,
    a_tenant_of_whom_nothing_happened_yet_is_no_unknown_one,
    a_whole_log_says_how_many_rows_it_has_and_where_it_ends,
    a_service_forgets_what_is_older_than_it_keeps,
];

fn event(number: u32, at: Timestamp, tenant: &str) -> AuditEvent {
    let guid = |kind: u128| Guid::from_random(kind << 32 | u128::from(number));
    AuditEvent {
        activity: Activity::FlowProgress,
        reason: Reason::Started(Method::MobileSms),
        result: AuditResult::Success,
        at,
        tenant: tenant.into(),
        attempt: AttemptId(guid(1)),
        correlation_id: CorrelationId(guid(2)),
        support_code: SupportCode(guid(3)),
        identifier: format!("person{number}@{tenant}"),
        account: Some(AccountId(format!("person{number}"))),
        purpose: Purpose::Reset,
        concealed: None,
        administration: None,
    }
}

async fn record(store: &SqlStore, events: &[AuditEvent]) {
    let changes = Changes {
        audit: events,
        ..Changes::default()
    };
    store.commit(changes, NOON).await.unwrap();
    while store.chain(1_000).await.unwrap() > 0 {}
}

/// Six rows, one a day, from noon on.
async fn six_days(store: &SqlStore) {
    let events: Vec<_> = (0..6)
        .map(|day| event(day, NOON + DAY * day, "contoso.example"))
        .collect();
    record(store, &events).await;
}

fn whole() -> AuditExport {
    AuditExport {
        since: None,
        until: None,
        format: None,
        tenant: None,
        output: None,
    }
}

async fn verified(store: &SqlStore) -> anyhow::Result<String> {
    let mut out = Vec::new();
    Verify::default().run(store, false, &mut out).await?;
    Ok(String::from_utf8(out).unwrap())
}

async fn export_to(
    store: &SqlStore,
    tenants: &[Tenant],
    export: &AuditExport,
    out: &mut Vec<u8>,
) -> anyhow::Result<()> {
    let planned = export.plan(store, tenants, false).await?;
    planned.write(store, out).await
}

async fn exported(store: &SqlStore, export: AuditExport) -> String {
    let mut out = Vec::new();
    let done = export_to(store, &contoso::tenants(), &export, &mut out).await;
    done.unwrap();
    String::from_utf8(out).unwrap()
}

/// A step, a lock that is concealed, and a refusal that is concealed.
fn of_three_kinds() -> [AuditEvent; 3] {
    let step = event(1, NOON, "contoso.example");
    let lock = AuditEvent {
        activity: Activity::BlockedFromReset,
        reason: Reason::Blocked(Blocked::SmsCodes),
        account: None,
        purpose: Purpose::Unlock,
        concealed: Some(Concealed::UnknownIdentifier),
        ..event(2, NOON, "contoso.example")
    };
    let refusal = AuditEvent {
        reason: Reason::Refused(Refusal::NotInGroup),
        result: AuditResult::Failure,
        concealed: Some(Concealed::Refusal(Refusal::NotInGroup)),
        ..event(3, NOON, "contoso.example")
    };
    [step, lock, refusal]
}

async fn an_export_has_a_column_for_everything_that_an_event_has(store: SqlStore, _: &str) {
    record(&store, &of_three_kinds()).await;
    let rows = store.audit(0, 10).await.unwrap();
    let bytes = rows[0].hash.as_ref().unwrap().iter();
    let hash = bytes.fold(String::new(), |text, byte| format!("{text}{byte:02x}"));

    let text = exported(&store, whole()).await;
    let mut csv = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(csv.headers().unwrap(), &Line::COLUMNS[..]);
    let lines: Vec<csv::StringRecord> = csv.records().map(Result::unwrap).collect();
    let [sid, cid, support] = [1, 2, 3].map(|kind| Guid::from_random(kind << 32 | 1).to_string());
    let mut expected = vec![
        "1",
        &hash,
        "2026-01-31T12:00:00Z",
        &sid,
        &cid,
        &support,
        "contoso.example",
        "flow-progress",
        "Self-service password reset flow activity progress",
        "started",
        "User started the mobile SMS verification option",
        "progress",
        "mobile-sms",
        "",
        "",
        "success",
        "reset",
        "person1@contoso.example",
        "person1",
        "",
        "0000-0000",
    ];
    // No other option was given.
    expected.resize(Line::COLUMNS.len(), "");
    assert_eq!(lines[0], expected);
    let column = |line: usize, name: &str| {
        let index = Line::COLUMNS.iter().position(|column| *column == name);
        lines[line][index.unwrap()].to_owned()
    };
    assert_eq!(
        (column(1, "reason"), column(1, "blocked")),
        ("blocked".into(), "sms-codes".into())
    );
    assert_eq!(
        (column(1, "concealed"), column(1, "account")),
        ("unknown-identifier".into(), String::new())
    );
    assert_eq!(
        (column(2, "reason"), column(2, "refusal")),
        ("refused".into(), "not-in-group".into())
    );
    assert_eq!(
        (column(2, "concealed"), column(2, "result")),
        ("not-in-group".into(), "failure".into())
    );

    // The JSON output has the same data, with the same names.
    let as_json = AuditExport {
        format: Some(Format::Jsonl),
        ..whole()
    };
    let json = exported(&store, as_json).await;
    let objects: Vec<serde_json::Value> = json
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(objects.len(), 3);
    for (line, object) in objects.iter().enumerate() {
        for name in Line::COLUMNS {
            let value = &object[name];
            let text = value.as_str().map(str::to_owned);
            let value = text.unwrap_or_else(|| value.to_string().replace("null", ""));
            assert_eq!(value, column(line, name), "{name}");
        }
    }
}

async fn an_export_has_what_happened_from_a_moment_on_until_before_another(
    store: SqlStore,
    _: &str,
) {
    let second = Duration::from_secs(1);
    record(
        &store,
        &[
            event(4, NOON + DAY, "contoso.example"),
            event(1, NOON - second, "contoso.example"),
            event(2, NOON, "contoso.example"),
            event(3, NOON + DAY - second, "lab.contoso.example"),
        ],
    )
    .await;
    let people = |text: String| -> Vec<String> {
        let mut csv = csv::Reader::from_reader(text.as_bytes());
        let accounts = csv.records().map(|line| line.unwrap()[18].to_owned());
        accounts.collect()
    };
    assert_eq!(
        people(exported(&store, whole()).await),
        ["person1", "person2", "person3", "person4"]
    );
    let day = || AuditExport {
        since: Some(NOON),
        until: Some(NOON + DAY),
        ..whole()
    };
    assert_eq!(
        people(exported(&store, day()).await),
        ["person2", "person3"]
    );
    let tenant = Some("LAB.contoso.example".into());
    assert_eq!(
        people(exported(&store, AuditExport { tenant, ..day() }).await),
        ["person3"]
    );

    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("audit.csv");
    let into = || AuditExport {
        output: Some(output.clone()),
        ..day()
    };
    assert_eq!(exported(&store, into()).await, "");
    assert_eq!(
        people(std::fs::read_to_string(&output).unwrap()),
        ["person2", "person3"]
    );
    // An earlier export keeps its form.
    let tenants = contoso::tenants();
    let again = export_to(&store, &tenants, &into(), &mut Vec::new()).await;
    assert!(again.is_err());
}

async fn more_rows_than_a_page_holds_are_each_exported_once(store: SqlStore, _: &str) {
    // All events are in one second, and then there are more.
    let events: Vec<_> = (0..2_100)
        .map(|number| {
            event(
                number,
                NOON + Duration::from_secs(u64::from(number) / 1_500),
                "contoso.example",
            )
        })
        .collect();
    record(&store, &events).await;
    let text = exported(
        &store,
        AuditExport {
            format: Some(Format::Jsonl),
            ..whole()
        },
    )
    .await;
    let positions: Vec<i64> = text
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["position"]
                .as_i64()
                .unwrap()
        })
        .collect();
    assert_eq!(positions, (1..=2_100).collect::<Vec<_>>());
}

async fn nothing_in_an_export_is_a_formula(store: SqlStore, _: &str) {
    let typed = "=HYPERLINK(\"http://evil.example\";\"=1\");=1+1;@contoso.example\t+1";
    let events = [AuditEvent {
        identifier: typed.into(),
        ..event(1, NOON, "+contoso.example")
    }];
    record(&store, &events).await;
    let text = exported(&store, whole()).await;
    // This holds for every separator of a spreadsheet.
    for separator in [',', ';', '\t'] {
        let cells = text.lines().flat_map(|line| line.split(separator));
        for cell in cells.map(|cell| cell.trim_matches(['"', ' '])) {
            assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
        }
    }
    let json = exported(
        &store,
        AuditExport {
            format: Some(Format::Jsonl),
            ..whole()
        },
    )
    .await;
    let object: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(object["identifier"], typed);
}

async fn an_export_of_what_cannot_be_is_refused(store: SqlStore, _: &str) {
    six_days(&store).await;
    let refused = async |export: AuditExport| {
        let refused = export_to(&store, &contoso::tenants(), &export, &mut Vec::new()).await;
        format!("{:#}", refused.expect_err("it cannot be"))
    };
    let reversed = AuditExport {
        since: Some(NOON),
        until: Some(NOON - Duration::from_secs(1)),
        ..whole()
    };
    assert!(refused(reversed).await.contains("--until must be later"));
    let unknown = AuditExport {
        tenant: Some("nope.example".into()),
        ..whole()
    };
    let told = refused(unknown).await;
    assert!(told.contains("there is no tenant nope.example"), "{told}");
    // The configuration no longer has this tenant, but the log does.
    let former = [event(9, NOON, "former.example")];
    record(&store, &former).await;
    let former = AuditExport {
        tenant: Some("Former.example".into()),
        ..whole()
    };
    assert_eq!(exported(&store, former).await.lines().count(), 2);
}

async fn a_tenant_of_whom_nothing_happened_yet_is_no_unknown_one(store: SqlStore, _: &str) {
    let own = Tenant {
        id: Some("contoso".into()),
        domains: vec!["contoso.example".into(), "contoso.test".into()],
        ..Tenant::new("contoso.example", "Contoso")
    };
    let tenants = [own, Tenant::new("bank.example", "Bank")];
    let lines = async |name: &str| {
        let mut out = Vec::new();
        let export = AuditExport {
            tenant: Some(name.into()),
            ..whole()
        };
        let done = export_to(&store, &tenants, &export, &mut out).await;
        done.map(|()| String::from_utf8(out).unwrap().lines().count())
    };
    for rows in 0..2 {
        for name in ["contoso", "contoso.example", "Contoso.TEST"] {
            assert_eq!(lines(name).await.unwrap(), 1 + rows, "{name}");
        }
        assert_eq!(lines("BANK.example").await.unwrap(), 1);
        for unknown in ["contos", "bank", "sub.contoso.example", ""] {
            assert!(
                is_not_found(&lines(unknown).await.unwrap_err()),
                "{unknown}"
            );
        }
        record(&store, &[event(1, NOON, "contoso")]).await;
    }
}

async fn a_whole_log_says_how_many_rows_it_has_and_where_it_ends(store: SqlStore, _: &str) {
    let nothing = verified(&store).await.unwrap();
    assert_eq!(nothing, "the audit log is whole: 0 rows\n");
    six_days(&store).await;
    let changes = Changes {
        audit: &[event(7, NOON, "contoso.example")],
        ..Changes::default()
    };
    store.commit(changes, NOON).await.unwrap();
    let whole = verified(&store).await.unwrap();
    let before = "the audit log is whole: 6 rows, the last at position 6 with hash ";
    assert!(whole.starts_with(before), "{whole}");
    assert_eq!(
        whole.len(),
        before.len() + 64 + "; 1 more are not chained yet\n".len()
    );
}

async fn a_service_forgets_what_is_older_than_it_keeps(store: SqlStore, _: &str) {
    six_days(&store).await;
    let store = Arc::new(store);
    let directory = Arc::new(BuiltIn::new(store.clone(), key()));
    let running = serve::start(
        store.clone(),
        Directories::one(directory),
        Options {
            clock: Clock::Set(Arc::new(AtomicI64::new((NOON + DAY * 5).seconds()))),
            asks_work: false,
            ..Options::new(
                key(),
                Settings {
                    audit_kept: Some(DAY * 2),
                    ..Settings::new(contoso::tenants(), "reset.contoso.example")
                },
            )
        },
    )
    .await
    .unwrap();
    while store.audit(0, 10).await.unwrap().len() > 3 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    running.stop().await;
    let positions: Vec<_> = store
        .audit(0, 10)
        .await
        .unwrap()
        .iter()
        .map(|row| row.position)
        .collect();
    assert_eq!(positions, [Some(4), Some(5), Some(6)]);
    let whole = verified(&store).await.unwrap();
    assert!(
        whole.starts_with("the audit log is whole: 3 rows"),
        "{whole}"
    );
}
