//! Writes rows of the log page by page, so that memory use does not depend on their number.

use std::io::Write;

use anyhow::Result;
use csv::{QuoteStyle, WriterBuilder};

use super::line::Line;
use crate::store::{Span, SqlStore};
use crate::visible::write_json;

/// Rows that are held in memory at once.
const PAGE: i64 = 1_000;

/// How rows are written.
#[derive(Clone, Copy, Debug, Eq, PartialEq, clap::ValueEnum)]
pub enum Format {
    /// With a header row, and with nothing that a spreadsheet takes for a formula.
    Csv,
    /// One JSON object a line.
    Jsonl,
}

/// Writes all rows of a span.
pub(super) async fn export(
    store: &SqlStore,
    span: &Span,
    format: Format,
    out: &mut impl Write,
) -> Result<()> {
    match format {
        Format::Csv => {
            let mut csv = WriterBuilder::new()
                .quote_style(QuoteStyle::Always)
                .has_headers(false)
                .from_writer(&mut *out);
            csv.write_record(Line::COLUMNS)?;
            pages(store, span, |line| Ok(csv.serialize(line.defused())?)).await?;
            csv.flush()?;
        }
        Format::Jsonl => {
            pages(store, span, |line| Ok(write_json(out, &line)?)).await?;
        }
    }
    Ok(out.flush()?)
}

async fn pages(
    store: &SqlStore,
    span: &Span,
    mut write: impl FnMut(Line) -> Result<()>,
) -> Result<()> {
    let mut place = None;
    loop {
        let rows = store.audit_of(span, place, PAGE).await?;
        for (_, row) in &rows {
            write(Line::new(row)?)?;
        }
        let Some((last, _)) = rows.last() else {
            return Ok(());
        };
        place = Some(*last);
    }
}
