//! How long the first answer of a process takes: prints its nanoseconds.
//!
//! ```sh
//! cargo bench -p postern-phone --bench first_call -- postern_phone '06 12345678' NL
//! ```

#![expect(clippy::print_stdout, reason = "it is what a bench is for")]

use std::{env, hint::black_box, process::ExitCode, time::Instant};

use contestants::CONTESTANTS;

mod contestants;

#[expect(
    clippy::disallowed_methods,
    reason = "time is what is measured, and not by the crate"
)]
fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [name, input, region, ..] = arguments.as_slice() else {
        eprintln!("contestant, input and region are wanted");
        return ExitCode::FAILURE;
    };
    let Some((_, answer)) = CONTESTANTS.iter().find(|(one, _)| one == name) else {
        eprintln!("there is no {name}");
        return ExitCode::FAILURE;
    };
    let begin = Instant::now();
    black_box(answer(black_box(input), black_box(region)));
    println!("{}", begin.elapsed().as_nanos());
    ExitCode::SUCCESS
}
