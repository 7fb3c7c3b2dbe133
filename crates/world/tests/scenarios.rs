//! Plays the scenarios of `tests/scenarios/*.txt` against the engine, as one test each.
//!
//! `tests/scenarios/README.md` describes the format of a scenario. Adding a case needs no Rust;
//! adding a file needs a line below. A substring as an argument selects the scenarios whose name
//! contains it.

#[path = "scenarios/order.rs"]
mod order;
#[path = "scenarios/parse.rs"]
mod parse;
#[path = "scenarios/play.rs"]
mod play;
#[path = "scenarios/setup.rs"]
mod setup;
#[path = "scenarios/tell.rs"]
mod tell;
#[path = "scenarios/world.rs"]
mod world;

use std::io::Write;
use std::process::ExitCode;

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        [$(($name, include_str!(concat!("scenarios/", $name, ".txt")))),+]
    };
}

const FILES: [(&str, &str); 14] = files![
    "arrival",
    "calls",
    "codes",
    "directory",
    "embedding",
    "gates",
    "help",
    "locks",
    "passwords",
    "phones",
    "questions",
    "throttles",
    "time",
    "unknown",
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let filters: Vec<&String> = arguments.iter().filter(|it| !it.starts_with('-')).collect();
    let scenarios: Vec<(String, parse::Scenario)> = FILES
        .into_iter()
        .flat_map(|(file, text)| parse::scenarios(file, text))
        .map(|scenario| (scenario.name(), scenario))
        .filter(|(name, _)| filters.is_empty() || filters.iter().any(|it| name.contains(*it)))
        .collect();
    let mut out = std::io::stdout().lock();
    let mut say = |line: &str| {
        let _ = writeln!(out, "{line}");
    };
    if arguments.iter().any(|it| it == "--list") {
        for (name, _) in &scenarios {
            say(&format!("{name}: test"));
        }
        return ExitCode::SUCCESS;
    }
    say(&format!("\nrunning {} tests", scenarios.len()));
    let mut failures = unlisted_files();
    let mut passed = 0;
    for (name, scenario) in &scenarios {
        match play_in_memory(scenario) {
            Ok(()) => passed += 1,
            Err(failure) => {
                say(&format!("test {name} ... FAILED"));
                failures.push(failure);
            }
        }
    }
    for failure in &failures {
        say(&format!("\n{failure}"));
    }
    let (verdict, failed) = (
        if failures.is_empty() { "ok" } else { "FAILED" },
        failures.len(),
    );
    say(&format!(
        "\ntest result: {verdict}. {passed} passed; {failed} failed; 0 ignored\n"
    ));
    ExitCode::from(u8::from(!failures.is_empty()))
}

fn play_in_memory(scenario: &parse::Scenario) -> Result<(), String> {
    let beginning = setup::beginning(&scenario.setup)
        .map_err(|(number, why)| format!("{}: {why}", scenario.place(number)))?;
    play::play(scenario, world::Watched::new(beginning, |_| ()))
}

/// The files in the folder that are not in the list. None if there is no file system to look at.
fn unlisted_files() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/scenarios");
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter_map(|name| name.strip_suffix(".txt").map(str::to_owned))
        .filter(|name| FILES.iter().all(|(listed, _)| listed != name))
        .map(|name| format!("{folder}/{name}.txt: not in the list of tests/scenarios.rs"))
        .collect()
}
