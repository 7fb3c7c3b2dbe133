//! `cargo xtask bench`: benchmarks, with a peer in the same run where there is one. A figure
//! without a peer says more about the machine than about the code.

use anyhow::{Result, bail};

mod enumeration;
mod link;
mod median;
mod page;
mod phone;
mod server;
mod temporary;

struct Bench {
    name: &'static str,
    run: fn() -> Result<serde_json::Value>,
}

const BENCHES: [Bench; 5] = [
    Bench {
        name: "enumeration",
        run: enumeration::run,
    },
    Bench {
        name: "link",
        run: link::run,
    },
    Bench {
        name: "page",
        run: page::run,
    },
    Bench {
        name: "phone",
        run: phone::run,
    },
    Bench {
        name: "server",
        run: server::run,
    },
];

/// Runs a bench and prints what it measured.
///
/// # Errors
/// When there is no such bench, or it fails.
pub(crate) fn run(name: &str, json: bool) -> Result<()> {
    let Some(bench) = BENCHES.iter().find(|bench| bench.name == name) else {
        let names: Vec<&str> = BENCHES.iter().map(|bench| bench.name).collect();
        bail!("there is no bench {name}; there are: {}", names.join(", "));
    };
    let measured = (bench.run)()?;
    if json {
        println!("{}", serde_json::to_string_pretty(&measured)?);
    } else {
        for (what, value) in measured.as_object().into_iter().flatten() {
            println!("{what:<50} {value}");
        }
    }
    Ok(())
}
