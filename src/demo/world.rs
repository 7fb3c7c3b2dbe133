//! The initial world of the demo: the organisations of Contoso, and every persona.

use std::time::Duration;

use postern_engine::EngineKey;
use postern_engine::audit::Blocked;
use postern_engine::ledger::{Entry, Lock};
use postern_protocol::Timestamp;
use postern_world::World;
use postern_world::contoso;

pub(super) use contoso::ANSWERS;

/// The lock of the reference (Microsoft Entra documentation, `passwords-faq`).
const LOCKED_FOR: Duration = Duration::from_hours(24);

/// The key of the demo, where all people are fictitious. The key is always the same, so that the
/// decoy of `nobody` is also the same. We chose this key because its decoy seems to have a mailbox
/// and a phone.
const KEY: [u8; 32] = *b"The demo keeps no secret. 77    ";

/// The initial world.
pub(super) fn new(now: Timestamp) -> World {
    let mut world = World::new(EngineKey::new(KEY));
    world.asks_work = true;
    world.tenants = contoso::tenants();
    for (domain, account) in contoso::accounts(world.key()) {
        world.directory.add(domain, account);
    }
    let lock = Lock::new(Blocked::SmsCodes, now + LOCKED_FOR);
    world.record("locked@contoso.example", &Entry::Lock(lock), now);
    world
}
