//! Reads the names of failures from a stage's log.

/// Each test or claim that failed, in the order of the log and once each.
///
/// Reads the lines of Cargo's test programs (`test a::b ... FAILED`), of the browser tests
/// (`chromium a::b FAILED 1.0 s`) and of a stage's own claims (`FAILED: the claim`).
pub(super) fn named(log: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in log.lines().filter_map(name) {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}

fn name(line: &str) -> Option<&str> {
    if let Some(claim) = line.strip_prefix("FAILED: ") {
        return Some(claim);
    }
    if let Some(test) = line.strip_prefix("test ") {
        return test.strip_suffix(" ... FAILED");
    }
    let (claim, seconds) = line.split_once(" FAILED ")?;
    seconds.strip_suffix(" s")?.parse::<f32>().ok()?;
    Some(claim)
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn what_failed_is_named_however_a_program_says_it() {
        let log = "test a::right ... ok\ntest a::wrong ... FAILED\nthread 'a::wrong' panicked: FAILED to connect\n\
            chromium b::wrong FAILED 1.0 s\nchromium b::right ok 1.0 s\nok: it is small\nFAILED: it is left out\n\
            test a::wrong ... FAILED\ntest result: FAILED. 1 passed; 2 failed";
        assert_eq!(
            named(log),
            ["a::wrong", "chromium b::wrong", "it is left out"]
        );
    }

    #[test]
    fn a_log_without_a_failure_names_none() {
        assert!(named("test a::right ... ok\nerror: could not compile").is_empty());
    }
}
