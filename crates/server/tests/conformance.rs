//! Plays the engine's scenarios over HTTP against each store: the same requests must get the same
//! replies.
//!
//! A substring as an argument selects the scenarios whose name contains it; `--nocapture` also
//! names those that pass.

#[path = "conformance/host.rs"]
mod host;
#[path = "../../world/tests/scenarios/parse.rs"]
mod parse;
#[path = "../../world/tests/scenarios/play.rs"]
mod play;
#[path = "conformance/read.rs"]
mod read;
#[path = "../../world/tests/scenarios/setup.rs"]
mod setup;
mod support;
#[path = "../../world/tests/scenarios/tell.rs"]
mod tell;

use std::io::Write;
use std::process::ExitCode;

use support::Database;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let filters: Vec<&String> = arguments.iter().filter(|it| !it.starts_with('-')).collect();
    let scenarios = read::scenarios();
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
                Ok(()) => {
                    passed += 1;
                    if arguments.iter().any(|it| it == "--nocapture") {
                        say(&format!("test {name} ... ok"));
                    }
                }
                Err(failure) => {
                    failed += 1;
                    say(&format!("test {name} ... FAILED\n{failure}"));
                }
            }
        }
        server.stop();
    }
    if arguments.iter().any(|it| it == "--list") {
        return ExitCode::SUCCESS;
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
