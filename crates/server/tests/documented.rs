//! Compares the pages for administrators with the program's own texts.

use clap::error::ErrorKind;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;

use clap::{Command, CommandFactory};
use postern_server::cli::Arguments;
use postern_server::config::Config;

const PAGE: &str = include_str!("../../../docs/administrators.md");
const EMBEDDING: &str = include_str!("../../../docs/embedding.md");
const README: &str = include_str!("../README.md");

/// Every command that has an action, with its definition.
fn leaves(command: &Command, path: &str, found: &mut Vec<(String, Command)>) {
    for inner in command.get_subcommands() {
        let path = format!("{path} {}", inner.get_name()).trim().to_owned();
        if inner.has_subcommands() {
            leaves(inner, &path, found);
        } else {
            found.push((path, inner.clone()));
        }
    }
}

pub(crate) fn commands() -> Vec<(String, Command)> {
    let mut found = Vec::new();
    leaves(&Arguments::command(), "", &mut found);
    assert!(found.len() > 20, "{found:?}");
    found
}

/// Complete configurations begin with the address; other blocks are parts of one.
#[test]
fn every_configuration_that_is_shown_is_taken() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().display().to_string();
    let mut shown = 0;
    for text in [PAGE, README, EMBEDDING] {
        let blocks = text.split("```toml\n").skip(1);
        let blocks = blocks.filter_map(|rest| rest.split("```").next());
        for block in blocks.filter(|block| block.starts_with("public-url")) {
            let block = block.replace("/etc/postern", &path);
            for named in block.split(&format!("file = \"{path}/")).skip(1) {
                let name = named.split('"').next().unwrap_or_default();
                let content = "7d1f08c3a96b52e4".repeat(3) + "5be0917d2a4c83f6";
                let file = folder.path().join(name);
                std::fs::write(&file, content).expect("a file");
                std::fs::set_permissions(&file, Permissions::from_mode(0o600)).expect("a file");
            }
            let config = Config::parse(&block);
            let config = config.unwrap_or_else(|errors| panic!("{errors:#?} in\n{block}"));
            // The proxy appears in a later section.
            let mut warnings = config.warnings();
            warnings.retain(|warning| !warning.reason.contains("trusted-proxies"));
            assert!(warnings.is_empty(), "{warnings:?}");
            shown += 1;
        }
    }
    assert_eq!(shown, 1);
}

/// A browser without support for it logs an error at each load: `embed/postern-frame.js` tests for
/// support, and a snippet cannot.
#[test]
fn no_snippet_for_portals_names_web_share() {
    let mut snippets = 0;
    for text in [README, EMBEDDING] {
        for (_, rest) in text
            .match_indices("allow=\"")
            .map(|(at, it)| text.split_at(at + it.len()))
        {
            let allowed = rest.split('"').next().unwrap_or_default();
            assert_eq!(allowed, "otp-credentials; clipboard-write");
            snippets += 1;
        }
    }
    assert_eq!(snippets, 3);
}

#[test]
fn the_page_for_administrators_has_every_command_as_its_help_has_it() {
    for (path, command) in commands() {
        let about = command.get_about().expect("each has words").to_string();
        let options = command.get_arguments().filter_map(|it| it.get_long());
        let options: Vec<String> = options.map(|it| format!("`--{it}`")).collect();
        let options = if options.is_empty() {
            "—".to_owned()
        } else {
            options.join(", ")
        };
        let row = format!("| `{path}` | {about} | {options} |");
        assert!(PAGE.contains(&row), "{row}");
    }
}

#[test]
fn the_page_for_administrators_has_no_command_that_there_is_not() {
    let known: Vec<String> = commands().into_iter().map(|(path, _)| path).collect();
    let groups = [
        "accounts",
        "audit",
        "deliver",
        "deliver test",
        "keys",
        "locks",
    ];
    for text in [PAGE, README] {
        let told = text.split("postern-server ").skip(1);
        for told in told {
            let words: Vec<&str> = told
                .split(|it: char| !(it.is_ascii_lowercase() || it == '-' || it == ' '))
                .next()
                .unwrap_or_default()
                .split(' ')
                .take_while(|word| !word.is_empty() && !word.starts_with('-'))
                .collect();
            let is_known = |count: usize| {
                let path = words[..count].join(" ");
                known.contains(&path) || groups.contains(&&*path)
            };
            // A command is followed by its arguments, and the program's name can be followed by
            // other words of a sentence.
            let named = [
                "accounts",
                "audit",
                "deliver",
                "keys",
                "locks",
                "migrate",
                "check-config",
            ];
            if words.first().is_some_and(|first| named.contains(first)) {
                let count = words.len();
                assert!(
                    (1..=count).any(is_known),
                    "postern-server {}",
                    words.join(" ")
                );
            }
        }
    }
    // The table has no row for a removed command.
    let (_, table) = PAGE
        .split_once("| command | what it does | its options |")
        .expect("there is a table");
    let rows = table
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with('|'));
    let told: Vec<String> = rows
        .filter_map(|row| row.strip_prefix("| `")?.split_once('`'))
        .map(|(path, _)| path.to_owned())
        .collect();
    assert_eq!(told, known);
}

#[test]
fn what_every_command_takes_and_how_it_ends_is_on_the_page() {
    let arguments = Arguments::command();
    let global = arguments.get_arguments().filter(|it| it.is_global_set());
    // Without a configuration, an option is not for administrators.
    let global = global.filter(|it| it.get_long() != Some("store"));
    for option in global {
        let (long, help) = (
            option.get_long().expect("a name"),
            option.get_help().expect("words"),
        );
        let row = format!("| `--{long}` | {help} |");
        assert!(PAGE.contains(&row), "{row}");
        if let Some(variable) = option.get_env().and_then(|name| name.to_str()) {
            assert!(PAGE.contains(&format!("`{variable}`")), "{variable}");
        }
    }
    let codes = arguments
        .get_after_long_help()
        .expect("exit codes")
        .to_string();
    for line in codes.lines().skip(1) {
        let code = line.split_whitespace().next().unwrap_or_default();
        assert!(PAGE.contains(&format!("\n| {code} | ")), "{line}");
    }
}

/// The words of each command that a page has on its own line or in a sentence, with values in the
/// place of omissions.
fn written(page: &str) -> Vec<Vec<String>> {
    let mut commands = Vec::new();
    for line in page.lines() {
        let spans = line.split('`').skip(1).step_by(2);
        for command in spans.chain([line]) {
            let Some(words) = command.strip_prefix("postern-server ") else {
                continue;
            };
            // This word represents each command.
            if words == "COMMAND" {
                continue;
            }
            // Text in quotation marks is one word.
            let words = words.split('"').enumerate().flat_map(|(part, words)| {
                let words: Vec<&str> = match part % 2 {
                    0 => words.split_whitespace().collect(),
                    _ => vec![words],
                };
                words
            });
            let position = format!("12:{}", "2a".repeat(32));
            let words = words.map(|word| match word {
                "…" => "2026-01-01".to_owned(),
                "POSITION:HASH" => position.clone(),
                word => word.to_owned(),
            });
            commands.push(words.collect());
        }
    }
    commands
}

/// A command that is only mentioned may lack required arguments.
#[test]
fn the_commands_of_the_pages_are_taken_as_they_are_written() {
    const ROOT: &str = include_str!("../../../README.md");
    let mut tried = 0;
    for page in [ROOT, README, PAGE, EMBEDDING] {
        for words in written(page) {
            let words = ["postern-server".to_owned()].into_iter().chain(words);
            let words: Vec<String> = words.collect();
            let taken = Arguments::command().try_get_matches_from(&words);
            let refused = taken.err().map(|error| error.kind());
            let is_taken = matches!(
                refused,
                None | Some(
                    ErrorKind::MissingRequiredArgument
                        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
                )
            );
            assert!(is_taken, "{words:?}: {refused:?}");
            tried += 1;
        }
    }
    assert!(tried > 25, "{tried}");
}
