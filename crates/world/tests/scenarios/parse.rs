//! Parses scenarios into lines.
//!
//! Each paragraph is a scenario. The lines before the first event set up the world.

/// One scenario: a paragraph of a file.
pub(crate) struct Scenario {
    file: &'static str,
    claim: String,
    pub(crate) setup: Vec<Line>,
    pub(crate) events: Vec<Event>,
}

/// A line, and its number.
pub(crate) struct Line {
    pub(crate) number: usize,
    pub(crate) words: Vec<String>,
}

/// An event, and its expected result.
pub(crate) struct Event {
    pub(crate) number: usize,
    /// Seconds since the scenario began.
    pub(crate) at: i64,
    /// The label of the attempt. `None` means the last one that was started.
    pub(crate) attempt: Option<String>,
    pub(crate) verb: String,
    pub(crate) words: Vec<String>,
    pub(crate) reply: Vec<String>,
    /// `None` if the scenario does not check the commands.
    pub(crate) commands: Option<Vec<Vec<String>>>,
}

impl Scenario {
    pub(crate) fn name(&self) -> String {
        let claim: String = self
            .claim
            .trim_end_matches('.')
            .chars()
            .map(|character| {
                if character.is_alphanumeric() {
                    character
                } else {
                    '_'
                }
            })
            .collect();
        format!("{}::{}", self.file, claim.to_lowercase())
    }

    /// The place of a line, for people and editors.
    pub(crate) fn place(&self, number: usize) -> String {
        format!("crates/world/tests/scenarios/{}.txt:{number}", self.file)
    }
}

/// The scenarios of a file.
pub(crate) fn scenarios(file: &'static str, text: &str) -> Vec<Scenario> {
    let mut scenarios = Vec::new();
    let mut paragraph: Vec<(usize, &str)> = Vec::new();
    for (index, line) in text.lines().chain([""]).enumerate() {
        if !line.trim().is_empty() {
            paragraph.push((index + 1, line));
        } else if !paragraph.is_empty() {
            scenarios.extend(scenario(file, &paragraph));
            paragraph.clear();
        }
    }
    scenarios
}

/// A paragraph that has only comments is not a scenario.
fn scenario(file: &'static str, paragraph: &[(usize, &str)]) -> Option<Scenario> {
    let claim: Vec<&str> = paragraph
        .iter()
        .map_while(|(_, line)| line.strip_prefix('#'))
        .map(str::trim)
        .collect();
    let mut scenario = Scenario {
        file,
        claim: claim.join(" "),
        setup: Vec::new(),
        events: Vec::new(),
    };
    for (number, line) in paragraph.iter().filter(|(_, line)| !line.starts_with('#')) {
        if line.starts_with("t+") {
            let event = event(*number, line);
            scenario.events.push(event.unwrap_or_else(|why| {
                panic!("{}: {why}", scenario.place(*number));
            }));
        } else {
            let words = words(line);
            scenario.setup.push(Line {
                number: *number,
                words,
            });
        }
    }
    assert!(
        scenario.events.is_empty() || !scenario.claim.is_empty(),
        "{}: a scenario begins with its claim",
        scenario.place(paragraph[0].0)
    );
    (!scenario.events.is_empty()).then_some(scenario)
}

fn event(number: usize, line: &str) -> Result<Event, String> {
    let (input, expected) = line.split_once(" -> ").ok_or("an event has a `->`")?;
    let (reply, commands) = match expected.split_once('|') {
        Some((reply, commands)) => (reply, Some(commands)),
        None => (expected, None),
    };
    let mut input = words(input).into_iter();
    let at =
        seconds(&input.next().unwrap_or_default()).ok_or("a time is like t+90s, t+2m, t+24h")?;
    let mut verb = input.next().ok_or("an event has a verb")?;
    let mut attempt = None;
    if let Some(label) = verb.strip_suffix(':') {
        attempt = Some(label.to_owned());
        verb = input.next().ok_or("an event has a verb")?;
    }
    let commands = commands.map(|commands| {
        commands
            .split(';')
            .map(words)
            .filter(|command| !command.is_empty())
            .collect()
    });
    Ok(Event {
        number,
        at,
        attempt,
        verb,
        words: input.collect(),
        reply: words(reply),
        commands,
    })
}

/// White space separates words. Quotes hold a word together, and are then removed.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let (mut is_quoted, mut is_word) = (false, false);
    for character in text.chars() {
        if character == '"' {
            is_quoted = !is_quoted;
            is_word = true;
        } else if character.is_whitespace() && !is_quoted {
            if is_word {
                words.push(core::mem::take(&mut word));
            }
            is_word = false;
        } else {
            word.push(character);
            is_word = true;
        }
    }
    if is_word {
        words.push(word);
    }
    words
}

/// The seconds of `t+90s`, `t+15m`, `t+24h`, and sums such as `t+24h+1s`.
fn seconds(time: &str) -> Option<i64> {
    let mut parts = time.split('+');
    (parts.next()? == "t").then_some(())?;
    parts
        .map(|part| {
            let (count, unit) = part.split_at_checked(part.len().checked_sub(1)?)?;
            let count: i64 = count.parse().ok()?;
            match unit {
                "s" => Some(count),
                "m" => Some(60 * count),
                "h" => Some(3600 * count),
                _ => None,
            }
        })
        .sum()
}
