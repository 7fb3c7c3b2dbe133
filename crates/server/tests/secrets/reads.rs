//! The reads of a scenario's hearings, in order.

use std::cell::RefCell;
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

/// The reads in the server's log.
pub(crate) fn in_log(log: &str) -> Vec<String> {
    let lines = log.lines().filter_map(|line| {
        let line: Value = serde_json::from_str(line).ok()?;
        let fields = &line["fields"];
        (fields["message"] == "reads").then(|| fields["need"].as_str().map(str::to_owned))?
    });
    lines.collect()
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
