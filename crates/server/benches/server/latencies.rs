//! How long requests took, by what was asked.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};

/// Of each endpoint, every request.
#[derive(Default)]
pub(crate) struct Latencies(BTreeMap<&'static str, Vec<f64>>);

impl Latencies {
    pub(crate) fn took(&mut self, endpoint: &'static str, time: Duration) {
        let milliseconds = time.as_secs_f64() * 1000.0;
        self.0.entry(endpoint).or_default().push(milliseconds);
    }

    pub(crate) fn merge(&mut self, other: Self) {
        for (endpoint, times) in other.0 {
            self.0.entry(endpoint).or_default().extend(times);
        }
    }

    /// The median and the 99th of a hundred, in milliseconds.
    pub(crate) fn told(&self) -> Value {
        let told = self.0.iter().map(|(endpoint, times)| {
            let mut times = times.clone();
            times.sort_by(f64::total_cmp);
            let at = |hundredth: usize| {
                let place = (times.len() * hundredth / 100).min(times.len() - 1);
                rounded(times[place])
            };
            (*endpoint, json!({ "p50": at(50), "p99": at(99) }))
        });
        json!(told.collect::<BTreeMap<_, _>>())
    }
}

pub(crate) fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

/// To two places.
pub(crate) fn rounded(figure: f64) -> f64 {
    (figure * 100.0).round() / 100.0
}
