//! The events for a store.

use postern_engine::audit::AuditEvent;
use postern_engine::{
    Attempt, Breach, Command, Context, EngineKey, Handled, Identify, Input, Ledger, Population,
    WriteBackHealth,
};
use postern_protocol::password::BannedList;
use postern_protocol::{Guid, SupportCode, Timestamp, Via};
use postern_world::contoso;
pub(super) const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);

/// The events of a failed arrival.
pub(super) fn events(count: u8) -> Vec<AuditEvent> {
    let tenants = contoso::tenants();
    let context = |seed: u8| Context {
        now: NOW + std::time::Duration::from_secs(u64::from(seed)),
        seed: [seed; 32],
        key: Box::leak(Box::new(EngineKey::new([42; 32]))),
        tenant: Some(Box::leak(Box::new(tenants[0].clone()))),
        account: None,
        population: Population::uncounted(),
        ledger: Box::leak(Box::new(Ledger::default())),
        write_back: WriteBackHealth::Healthy,
        breach: Some(Breach::NotFound),
        banned: Box::leak(Box::new(BannedList::EMPTY)),
    };
    let mut events = Vec::new();
    for seed in 1..=count {
        let identify = Input::Identify(Identify {
            identifier: format!("nobody{seed}@contoso.example"),
            tenant: None,
            locale: "en".into(),
            support_code: SupportCode(Guid::from_random(1)),
            via: Via::default(),
            page: None,
        });
        let context = context(seed);
        let handle = |attempt: &Attempt, input| match attempt.handle(&input, &context) {
            Handled::Done(outcome) => outcome,
            Handled::NeedsBreach(_) => panic!("no password is set"),
        };
        let arrived = handle(&Attempt::default(), identify).attempt;
        let commands = handle(&arrived, Input::Cancel).commands;
        for command in commands {
            if let Command::Audit(event) = command {
                events.push(event);
            }
        }
    }
    events
}
