//! The reads of a scenario's hearings, in order.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use serde_json::Value;

use super::parse::Scenario;
use super::world::Watched;
use super::{play, setup};

/// Whether the scenario's directory never answers. The client then gives up waiting and looks at
/// the step of the attempt, which the scenario does not contain.
pub(crate) fn waits_in_vain(scenario: &Scenario) -> bool {
    let setup = scenario.setup.iter().flat_map(|line| &line.words);
    let events = scenario.events.iter().flat_map(|event| &event.words);
    setup
        .chain(events)
        .any(|word| word == "write=never-answers")
}

/// The reads in the server's log, without those for attempts of earlier scenarios. A request whose
/// directory never answers reads once more a minute later, while another scenario is played. Adds
/// the attempts of this scenario to the earlier ones.
pub(crate) fn in_log(log: &str, earlier: &mut BTreeSet<String>) -> Vec<String> {
    let (mut reads, mut attempts) = (Vec::new(), BTreeSet::new());
    for line in log.lines() {
        let Ok(line) = serde_json::from_str::<Value>(line) else {
            continue;
        };
        let attempt = line["span"]["sid"].as_str();
        if attempt.is_some_and(|attempt| earlier.contains(attempt)) {
            continue;
        }
        attempts.extend(attempt.map(str::to_owned));
        let fields = &line["fields"];
        if fields["message"] == "reads" {
            reads.extend(fields["need"].as_str().map(str::to_owned));
        }
    }
    earlier.append(&mut attempts);
    reads
}

/// The reads of the host in memory.
pub(crate) fn in_memory(scenario: &Scenario) -> Vec<String> {
    let reads = Rc::new(RefCell::new(Vec::new()));
    let heard = Rc::clone(&reads);
    let beginning = setup::beginning(&scenario.setup);
    let beginning = beginning.unwrap_or_else(|(_, why)| panic!("{}: {why}", scenario.name()));
    let world = Watched::new(beginning, move |need| {
        heard.borrow_mut().push(need.to_string());
    });
    play::play(scenario, world).unwrap_or_else(|why| panic!("{why}"));
    reads.take()
}
