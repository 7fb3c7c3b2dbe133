//! How long an answer takes, once there have been others.
//!
//! ```sh
//! cargo bench -p postern-phone --bench parse
//! ```
//!
//! Each iteration reads all inputs, region by region. Those of a region have been read once before
//! the clock runs: what a contestant keeps of the last ones, such as compiled patterns, it is
//! given.

use std::{
    env, fs,
    hint::black_box,
    time::{Duration, Instant},
};

use contestants::{Answer, CONTESTANTS};
use criterion::{Criterion, Throughput};

mod contestants;

/// Names a file with some of the inputs, in the form that they all are in.
const INPUTS_VARIABLE: &str = "POSTERN_BENCH_INPUTS";

/// Fewer than usual: before each, patterns of the whole world are compiled.
const SAMPLES: usize = 20;

fn main() {
    let inputs = inputs();
    let mut criterion = Criterion::default()
        .sample_size(SAMPLES)
        .configure_from_args();
    let mut group = criterion.benchmark_group("parse");
    group.throughput(Throughput::Elements(inputs.len() as u64));
    for (name, answer) in CONTESTANTS {
        group.bench_function(name, |bencher| {
            bencher.iter_custom(|iterations| spent(&inputs, answer, iterations));
        });
    }
    group.finish();
    criterion.final_summary();
}

/// Inputs, and the regions that they are of.
fn inputs() -> Vec<(String, String)> {
    let text = env::var_os(INPUTS_VARIABLE).map_or_else(
        || include_str!("inputs.txt").to_owned(),
        |path| fs::read_to_string(path).expect("the variable names a file"),
    );
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(" | "))
        .map(|(input, region)| (input.to_owned(), region.to_owned()))
        .collect()
}

/// How long a contestant takes to read all inputs so many times.
#[expect(
    clippy::disallowed_methods,
    reason = "time is what is measured, and not by the crate"
)]
fn spent(inputs: &[(String, String)], answer: Answer, iterations: u64) -> Duration {
    let mut spent = Duration::ZERO;
    for region in inputs.chunk_by(|(_, one), (_, next)| one == next) {
        let read = || {
            for (input, region) in region {
                black_box(answer(black_box(input), black_box(region)));
            }
        };
        read();
        let begin = Instant::now();
        for _ in 0..iterations {
            read();
        }
        spent += begin.elapsed();
    }
    spent
}
