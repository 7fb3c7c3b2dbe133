//! `cargo xtask bench phone`: `postern-phone` compared with the libraries that pages use to read
//! phone numbers today, in a page and natively.
//!
//! First calls are those of a service that has just started. They are measured natively, and for
//! libphonenumber-js in V8, where it runs. In a page the first call of any wasm is mostly V8
//! compiling the called code: `stand_in` reads nothing and takes half as long. So this is reported
//! separately.
//!
//! All contestants get the same inputs, alternating and in one run. Only inputs count for which all
//! give the same answer. Each is built with the profile of the page. Two figures do not measure the
//! common task: `per_call_of_the_world` goes from region to region, for which the crate compiles
//! its patterns again each time. `stand_in` calls into wasm and returns without reading anything.

use std::fs;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::median::median;
use crate::{setup, workspace};

mod contest;
mod native;
mod page;

use contest::{Input, OURS, PHONENUMBER_CRATE, Rounds, SEPARATOR, Times};

/// Odd, so that there is a median.
const ROUNDS: usize = 11;

const INPUTS: &str = "crates/phone/benches/inputs.txt";
const LIBPHONENUMBER_JS: &str = "libphonenumber_js";

/// Measures first calls and others. Times are in microseconds, each the median of its rounds.
///
/// # Errors
/// When a build or a contestant fails, or too few inputs are read alike.
pub(super) fn run() -> Result<Value> {
    setup::phone()?;
    let inputs = inputs()?;
    let page = page::measure(&inputs, ROUNDS)?;
    // With fewer common answers the contestants do not do the same work.
    ensure!(
        page.agreeing.len() * 10 >= inputs.len() * 9,
        "only {} of {} inputs are read alike",
        page.agreeing.len(),
        inputs.len()
    );
    let first_call = medians(page.first_call)?;
    let per_call = medians(page.per_call)?;
    let per_call_across = medians(page.per_call_across)?;
    let per_call_of_the_world = medians(page.per_call_of_the_world)?;
    eprintln!("measuring natively");
    let native_first_call = medians(native::first_call(&page.agreeing, ROUNDS)?)?;
    let native_per_call = native::per_call(&page.agreeing)?;
    let (libphonenumber_js, phonenumber_crate) = setup::phone_versions()?;

    Ok(json!({
        "first_call_ratio_vs_libphonenumber_js": across(&native_first_call, &first_call, LIBPHONENUMBER_JS)?,
        "first_call_ratio_vs_phonenumber_crate": ratio(&native_first_call, PHONENUMBER_CRATE)?,
        "page_first_call_ratio_vs_libphonenumber_js": ratio(&first_call, LIBPHONENUMBER_JS)?,
        "page_first_call_ratio_vs_phonenumber_crate": ratio(&first_call, PHONENUMBER_CRATE)?,
        "per_call_ratio_vs_libphonenumber_js": ratio(&per_call, LIBPHONENUMBER_JS)?,
        "per_call_ratio_vs_phonenumber_crate": ratio(&per_call, PHONENUMBER_CRATE)?,
        "per_call_across_ratio_vs_libphonenumber_js": ratio(&per_call_across, LIBPHONENUMBER_JS)?,
        "per_call_of_the_world_ratio_vs_libphonenumber_js": ratio(&per_call_of_the_world, LIBPHONENUMBER_JS)?,
        "per_call_of_the_world_ratio_vs_phonenumber_crate": ratio(&per_call_of_the_world, PHONENUMBER_CRATE)?,
        "native_per_call_ratio_vs_phonenumber_crate": ratio(&native_per_call, PHONENUMBER_CRATE)?,
        "microseconds": {
            "first_call": rounded(first_call),
            "per_call": rounded(per_call),
            "per_call_across": rounded(per_call_across),
            "per_call_of_the_world": rounded(per_call_of_the_world),
            "native_first_call": rounded(native_first_call),
            "native_per_call": rounded(native_per_call),
        },
        "inputs": inputs.len(),
        "inputs_agreeing": page.agreeing.len(),
        "rounds": ROUNDS,
        "versions": { LIBPHONENUMBER_JS: libphonenumber_js, PHONENUMBER_CRATE: phonenumber_crate },
    }))
}

fn inputs() -> Result<Vec<Input>> {
    let text = fs::read_to_string(workspace::root().join(INPUTS))
        .with_context(|| format!("could not read {INPUTS}"))?;
    text.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let (input, region) = line
                .split_once(SEPARATOR)
                .with_context(|| format!("{INPUTS} has no region in: {line}"))?;
            Ok((input.to_owned(), region.to_owned()))
        })
        .collect()
}

fn medians(rounds: Rounds) -> Result<Times> {
    let medians = rounds.into_iter().map(|(name, spent)| {
        let median = median(spent).with_context(|| format!("{name} was not measured"))?;
        Ok((name, median))
    });
    medians.collect()
}

/// The time of another contestant divided by ours.
fn ratio(times: &Times, other: &str) -> Result<f64> {
    across(times, times, other)
}

/// The same for a contestant that runs elsewhere.
fn across(ours: &Times, theirs: &Times, other: &str) -> Result<f64> {
    let of = |times: &Times, name: &str| {
        let time = times.get(name).copied();
        time.with_context(|| format!("{name} was not measured"))
    };
    Ok(with_decimals(of(theirs, other)? / of(ours, OURS)?, 1))
}

fn rounded(times: Times) -> Times {
    times
        .into_iter()
        .map(|(name, time)| (name, with_decimals(time, 2)))
        .collect()
}

fn with_decimals(figure: f64, decimals: i32) -> f64 {
    let scale = 10_f64.powi(decimals);
    (figure * scale).round() / scale
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{OURS, inputs, medians, ratio};

    #[test]
    fn a_ratio_is_how_many_times_faster_ours_is() {
        let rounds = [(OURS, [2.0, 9.0, 1.0]), ("another", [7.0, 5.0, 1.0])];
        let rounds = rounds.map(|(name, spent)| (name.to_owned(), spent.to_vec()));
        let times = medians(BTreeMap::from(rounds)).expect("both were measured");
        assert_eq!(ratio(&times, "another").ok(), Some(2.5));
        assert!(ratio(&times, "a third").is_err());
    }

    #[test]
    fn hundreds_of_inputs_of_more_than_two_hundred_regions_are_read() {
        let inputs = inputs().expect("each has its region");
        assert!(inputs.len() > 500, "{}", inputs.len());
        let regions = inputs.chunk_by(|(_, one), (_, next)| one == next).count();
        assert!(regions > 200, "{regions}");
    }
}
