//! Checks of all stored data, after all people have finished.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use postern_engine::account::AccountId;
use postern_engine::audit::{AuditEvent, Reason};
use postern_server::directory::BuiltIn;
use postern_server::store::{AuditLog, SqlStore};
use tokio::task::JoinSet;

use crate::attempt::Attempt;
use crate::journey::{End, Journey};
use crate::people::{DOMAIN, identifier, mailbox};
use crate::post::Letters;
use crate::program::Program;
use crate::service::{Service, Told};
use crate::support::{Database, key};

/// The time limit for mails: a mail that was on lease when the program died leaves a minute later,
/// with a new try after half a minute at most.
const MAILS_WITHIN: Duration = Duration::from_mins(3);
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// The number of rows in one query.
const ROWS: i64 = 1_000;

/// Checks everything; returns the faults.
pub(crate) async fn check(
    database: &Database,
    mut program: Program,
    service: &Service,
    journeys: &[Journey],
) -> Vec<String> {
    let mut broken = Vec::new();
    if journeys.iter().all(|it| matches!(it.end, End::Locked)) {
        broken.push("no person has got back in".to_owned());
    }
    let mut begun = 0;
    match stay_where_they_are(service, journeys).await {
        Ok(locked) => begun += locked,
        Err(why) => broken.push(why),
    }
    broken.extend(all_are_told(service, journeys).await);
    broken.extend(program.complaints());
    program.kill();
    broken.extend(program.verify_audit().err());
    let store = Arc::new(database.open().await);
    broken.extend(audited_once(&store, journeys, begun).await);
    broken.extend(passwords_are_set(store, journeys).await);
    broken
}

/// The summary of a run.
pub(crate) fn told(service: &Service, journeys: &[Journey]) -> String {
    let resets = resets(journeys).count();
    let wrong: usize = journeys.iter().map(|it| it.wrong).sum();
    let letters = service.post.all();
    let mails: usize = letters.iter().map(|it| it.mails).sum();
    let twice: usize = letters.iter().map(Letters::again).sum();
    let counts = &service.counts;
    let [again, failed, unknown, replayed] = [
        &counts.again,
        &counts.failed,
        &counts.unknown,
        &counts.replayed,
    ]
    .map(|it| it.load(Ordering::Relaxed));
    format!(
        "{} journeys, {resets} resets, {} locks, {wrong} wrong proofs, {again} requests sent again, \
         {failed} failed, {unknown} writes with an unknown outcome, {replayed} codes given twice, {mails} mails of which {twice} came again",
        journeys.len(),
        journeys.len() - resets,
    )
}

/// Checks that each attempt is still at its last step, and that a lock applies to every other
/// attempt. Returns the number of other attempts.
async fn stay_where_they_are(service: &Service, journeys: &[Journey]) -> Told<usize> {
    let mut begun = 0;
    for journey in journeys {
        let pass = journey.pass.clone();
        let mut attempt = Attempt::again(service, pass);
        let reply = attempt.look().await?;
        match journey.end {
            End::Reset { .. } => attempt.is_at(&reply, "done")?,
            End::Locked => {
                attempt.is_at(&reply, "locked")?;
                let (another, reply) = Attempt::start(service, &journey.name).await?;
                another.is_at(&reply, "locked")?;
                begun += 1;
            }
        }
    }
    Ok(begun)
}

/// Checks that each address gets a mail about each reset and each lock, and no other mail.
async fn all_are_told(service: &Service, journeys: &[Journey]) -> Vec<String> {
    let mut due: BTreeMap<String, Notices> = BTreeMap::new();
    for journey in journeys {
        for address in [mailbox(&journey.name), identifier(&journey.name)] {
            let due = due.entry(address).or_default();
            match journey.end {
                End::Reset { .. } => due.resets += 1,
                End::Locked => due.locks += 1,
            }
        }
    }
    let told = |address: &str| Notices::of(&service.post.of(address));
    let all = async {
        while due.iter().any(|(address, due)| told(address).lacks(due)) {
            tokio::time::sleep(LOOK_EVERY).await;
        }
    };
    // The check below reports people without a mail by then.
    let _late = tokio::time::timeout(MAILS_WITHIN, all).await;
    let wrong = due.iter().filter(|(address, due)| told(address) != **due);
    let wrong = wrong.map(|(address, due)| {
        let told = told(address);
        format!("{address} was told of {told:?}, and there were {due:?}")
    });
    wrong.collect()
}

/// The number of mails to a person, by subject.
#[derive(Debug, Default, PartialEq)]
struct Notices {
    resets: usize,
    locks: usize,
    others: usize,
}

impl Notices {
    fn of(letters: &Letters) -> Self {
        Self {
            resets: letters.resets.len(),
            locks: letters.locks.len(),
            others: letters.others.len(),
        }
    }

    const fn lacks(&self, due: &Self) -> bool {
        self.resets < due.resets || self.locks < due.locks
    }
}

/// Checks that the audit log contains each attempt as it happened: each wrong proof once, the right
/// one once, and one reset. It contains only the known attempts and those of the checks.
async fn audited_once(store: &SqlStore, journeys: &[Journey], begun: usize) -> Vec<String> {
    let mut events: BTreeMap<String, Vec<Reason>> = BTreeMap::new();
    let mut after = 0;
    loop {
        let rows = store.audit(after, ROWS).await.expect("the store answers");
        let Some(last) = rows.last() else { break };
        after = last.id;
        for row in &rows {
            let event: AuditEvent = serde_json::from_str(&row.event).expect("it is an event");
            let of_it = events.entry(event.attempt.to_string()).or_default();
            of_it.push(event.reason);
        }
    }
    let mut broken = Vec::new();
    let mut known = begun;
    for journey in journeys {
        let method = journey.method;
        let reset = usize::from(matches!(journey.end, End::Reset { .. }));
        let of_it = events.get(&journey.pass.id).cloned().unwrap_or_default();
        let times = |is_it: &dyn Fn(&Reason) -> bool| of_it.iter().filter(|it| is_it(it)).count();
        let is_as_told = times(&|it| *it == Reason::SubmittedIdentifier) == 1
            && times(&|it| *it == Reason::FailedProof(method)) == journey.wrong
            && times(&|it| matches!(it, Reason::Completed(_))) == reset
            && times(&|it| *it == Reason::CompletedAll) == reset
            && times(&|it| *it == Reason::CompletedReset) == reset
            && times(&|it| *it == Reason::Succeeded) == reset
            && times(&|it| matches!(it, Reason::Blocked(_))) == 1 - reset;
        if !is_as_told {
            broken.push(format!("attempt {} was audited {of_it:?}", journey.pass.id));
        }
        known += 1 + journey.beside;
    }
    if events.len() != known {
        broken.push(format!(
            "{known} attempts were begun, and {} were audited",
            events.len()
        ));
    }
    broken
}

/// Checks that the password of each account is the last acknowledged one.
async fn passwords_are_set(store: Arc<SqlStore>, journeys: &[Journey]) -> Vec<String> {
    let accounts = Arc::new(BuiltIn::new(store, key()));
    // A later journey of an account replaces an earlier one.
    let newest: BTreeMap<String, String> = resets(journeys)
        .map(|(journey, password)| (journey.name.clone(), password.to_owned()))
        .collect();
    let mut checking = JoinSet::new();
    for (name, password) in newest {
        let accounts = accounts.clone();
        checking.spawn(async move {
            let account = AccountId(name.clone());
            let is_it = accounts.is_password(DOMAIN, &account, &password).await;
            let is_it = is_it.expect("the store answers");
            (!is_it).then(|| format!("{name} has another password than was acknowledged"))
        });
    }
    checking.join_all().await.into_iter().flatten().collect()
}

fn resets(journeys: &[Journey]) -> impl Iterator<Item = (&Journey, &str)> {
    journeys.iter().filter_map(|journey| match &journey.end {
        End::Reset { password } => Some((journey, password.as_str())),
        End::Locked => None,
    })
}
