//! Plays the engine's scenarios over HTTP against each store: the same requests get the same replies.
//!
//! A substring as an argument picks the scenarios whose name contains it.

#[path = "conformance/host.rs"]
mod host;
#[path = "../../engine/tests/scenarios/parse.rs"]
mod parse;
#[path = "../../engine/tests/scenarios/play.rs"]
mod play;
#[path = "../../engine/tests/scenarios/setup.rs"]
mod setup;
mod support;
#[path = "../../engine/tests/scenarios/tell.rs"]
mod tell;

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use support::Database;

/// The engine's scenarios.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../engine/tests/scenarios");

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let filters: Vec<&String> = arguments.iter().filter(|it| !it.starts_with('-')).collect();
    let scenarios = scenarios();
    let mut out = std::io::stdout().lock();
    let mut say = |line: &str| {
        let _ = writeln!(out, "{line}");
    };
    let runtime = tokio::runtime::Runtime::new().expect("threads can be had");
    let (mut passed, mut failed) = (0, 0);
    for store in ["sqlite", "postgres"] {
        let chosen: Vec<_> = scenarios
            .iter()
            .map(|scenario| (format!("{store}: {}", scenario.name()), scenario))
            .filter(|(name, _)| filters.is_empty() || filters.iter().any(|it| name.contains(*it)))
            .collect();
        if arguments.iter().any(|it| it == "--list") {
            for (name, _) in &chosen {
                say(&format!("{name}: test"));
            }
            continue;
        }
        if chosen.is_empty() {
            continue;
        }
        let database = match store {
            "sqlite" => Database::sqlite(),
            _ => runtime.block_on(Database::postgres()),
        };
        let server = host::Server::start(&runtime, &database);
        for (name, scenario) in chosen {
            match play(scenario, &server) {
                Ok(()) => passed += 1,
                Err(failure) => {
                    failed += 1;
                    say(&format!("test {name} ... FAILED\n{failure}"));
                }
            }
        }
        server.stop();
    }
    let verdict = if failed == 0 { "ok" } else { "FAILED" };
    say(&format!(
        "\ntest result: {verdict}. {passed} passed; {failed} failed; 0 ignored\n"
    ));
    ExitCode::from(u8::from(failed > 0))
}

fn play(scenario: &parse::Scenario, server: &host::Server<'_>) -> Result<(), String> {
    let beginning = setup::beginning(&scenario.setup)
        .map_err(|(number, why)| format!("{}: {why}", scenario.place(number)))?;
    play::play(scenario, server.with(beginning))
}

fn scenarios() -> Vec<parse::Scenario> {
    let entries = std::fs::read_dir(Path::new(FOLDER)).expect("the scenarios are there");
    let mut files: Vec<_> = entries
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "there are no scenarios");
    let scenarios = files.iter().flat_map(|path| {
        let name = path
            .file_stem()
            .expect("a file has a name")
            .to_string_lossy();
        let text = std::fs::read_to_string(path).expect("a scenario can be read");
        // Names and texts live as long as the program.
        parse::scenarios(name.into_owned().leak(), text.leak())
    });
    scenarios.collect()
}
