//! Reads one number a line, `number` or `number<TAB>region`, and writes what it is, tab-separated:
//! E.164, assigned, possible, region, types, extension; or `error` and the reason.
//!
//! ```sh
//! printf '06 1234 5678\tNL\n' | cargo run -q --release -p postern-phone --example parse
//! ```

use std::io::{self, BufRead, BufWriter, Write};

use postern_phone::{Region, parse};

fn main() -> io::Result<()> {
    let mut output = BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let line = line?;
        let (input, region) = line.split_once('\t').unwrap_or((&line, ""));
        match parse(input, Region::parse(region)) {
            Ok(parsed) => {
                let number = parsed.number;
                let region = number
                    .region()
                    .map_or(String::new(), |region| region.to_string());
                let extension = parsed
                    .extension
                    .map_or(String::new(), |extension| extension.to_string());
                writeln!(
                    output,
                    "{number}\t{}\t{}\t{region}\t{}\t{extension}",
                    number.is_assigned(),
                    number.is_possible(),
                    number.types(),
                )?;
            }
            Err(error) => writeln!(output, "error\t{error}")?,
        }
    }
    output.flush()
}
