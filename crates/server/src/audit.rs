//! The audit log on the command line: `postern-server audit export` and
//! `postern-server audit verify`.
//!
//! `export` writes the events of a span of time, in the order in which they happened. It writes CSV
//! (RFC 4180) with a header row, or JSON with one object a line. The columns and their order are
//! those of [`Line`]. A field that does not apply is empty, and `null` in JSON. A span begins with
//! `--since` and ends before `--until`. Each is a moment (RFC 3339), or a date, which means its
//! first moment in UTC.
//!
//! In CSV, the export puts a `'` before `=`, `+`, `-` and `@` at the beginning of a cell. It does
//! the same wherever a cell may begin in another country: after a semicolon, a comma, a tab, a
//! quotation mark or a line end, since spreadsheets split at different separators. Every cell is in
//! quotation marks. So no spreadsheet takes what a person typed for a formula (OWASP, "CSV
//! Injection"). JSON has every text unchanged.
//!
//! `verify` walks the chain. It reports how many rows the chain has, and the position and the hash
//! of the last row. An administrator who notes those elsewhere can show later that the log was not
//! put back to an earlier state. `verify` finds the following, and a thief with the database but
//! without the key can hide the following from it:
//! - It finds a chained row that was changed, removed, inserted or moved, anywhere in the chain,
//!   including both ends.
//! - It does not find changes to a row that is not chained yet, which is for about a second after
//!   it was written. Also, a thief who can write to the database can add rows, which are then
//!   chained like any others.
//! - It finds an emptied log, even after new rows were written, unless the rest of the database was
//!   emptied too. The database is a new one then.
//! - It does not find a whole database that was put back to an earlier state. Only a noted position
//!   and hash (`--position`), or an export, show that.

mod export;
mod line;
mod moment;

use std::fs::OpenOptions;
use std::io::{BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use postern_engine::Tenant;
use postern_protocol::Timestamp;

use crate::failure::Failure;
use crate::store::{AuditLog, Known, NotAsNoted, Span, SqlStore, Verdict};
use crate::visible::write_json;

pub use self::export::Format;
pub use self::line::Line;
pub use self::moment::{MomentError, parse_moment};

/// What of it, and how.
#[derive(clap::Args)]
pub struct AuditExport {
    /// Only events from this moment or date on.
    #[arg(long, value_name = "TIME", value_parser = parse_moment)]
    pub since: Option<Timestamp>,
    /// Only events before this moment or date.
    #[arg(long, value_name = "TIME", value_parser = parse_moment)]
    pub until: Option<Timestamp>,
    /// The format. Without this and without --json, it is CSV.
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// Only events of the tenant with this id or domain.
    #[arg(long, value_name = "TENANT")]
    pub tenant: Option<String>,
    /// Writes to a new file that only its owner can read, instead of standard output.
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// A planned export, before any row has left the store.
pub struct PlannedExport<'e> {
    span: Span,
    format: Format,
    output: Option<&'e Path>,
}

impl AuditExport {
    /// Checks the arguments, and returns the planned export.
    ///
    /// # Errors
    ///
    /// [`Failure::Misused`] when the span of time is empty or two formats are given.
    /// [`Failure::NotFound`] when there is no such tenant. Any other error when the store fails.
    pub async fn plan(
        &self,
        store: &SqlStore,
        tenants: &[Tenant],
        is_json: bool,
    ) -> Result<PlannedExport<'_>> {
        let format = match (self.format, is_json) {
            (Some(Format::Csv), true) => {
                let why = "--json and --format csv contradict each other: leave one of them out";
                return Err(Failure::Misused(why.into()).into());
            }
            (Some(format), _) => format,
            (None, true) => Format::Jsonl,
            (None, false) => Format::Csv,
        };
        let bounds = self.since.zip(self.until);
        if bounds.is_some_and(|(since, until)| until <= since) {
            let why = "--until must be later than --since";
            return Err(Failure::Misused(why.into()).into());
        }
        let named = self.tenant.as_deref().map(|name| named(tenants, name));
        if let Some(name) = &named {
            let is_known = tenants.iter().any(|tenant| tenant.id() == name);
            if !is_known && !store.has_audit_of(name).await? {
                let known: Vec<&str> = tenants.iter().map(Tenant::domain).collect();
                return Err(Failure::NotFound(format!(
                    "there is no tenant {}, and the audit log has no event of one; the tenants are {}",
                    self.tenant.as_deref().unwrap_or_default(),
                    known.join(", ")
                ))
                .into());
            }
        }
        Ok(PlannedExport {
            span: Span {
                since: self.since.unwrap_or(Timestamp::from_seconds(i64::MIN)),
                until: self.until.unwrap_or(Timestamp::from_seconds(i64::MAX)),
                tenant: named,
            },
            format,
            output: self.output.as_deref(),
        })
    }
}

impl PlannedExport<'_> {
    /// The id under which events of the exported tenant are kept. Empty if the export covers all
    /// tenants.
    pub fn tenant(&self) -> &str {
        self.span.tenant.as_deref().unwrap_or_default()
    }

    /// Writes the export to the file or to `out`.
    ///
    /// # Errors
    ///
    /// When the store or a file fails.
    pub async fn write(&self, store: &SqlStore, out: &mut impl Write) -> Result<()> {
        let (span, format) = (&self.span, self.format);
        let Some(path) = self.output else {
            return export::export(store, span, format, &mut BufWriter::new(out)).await;
        };
        // The file says who was locked out and when, so only its owner may read it.
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)
            .with_context(|| format!("{} cannot be created", path.display()))?;
        let mut file = BufWriter::new(file);
        export::export(store, span, format, &mut file).await?;
        Ok(file.into_inner()?.sync_all()?)
    }
}

/// Walking the chain, past a place that was noted.
#[derive(clap::Args, Default)]
pub struct Verify {
    /// A position that you noted, or a position and its hash, as `audit verify` prints them. The
    /// command fails if the log no longer reaches that position, or has another hash there.
    #[arg(long, value_name = "POSITION[:HASH]", value_parser = parse_known)]
    pub position: Option<Known>,
}

/// Parses a noted position and hash from the command line.
///
/// # Errors
///
/// When the position is invalid, or the text after it is not a hash.
pub fn parse_known(text: &str) -> Result<Known, &'static str> {
    const REASON: &str =
        "expected a position from 1 on, or such a position, a colon and the 64 digits of its hash";
    let (position, hash) = match text.split_once(':') {
        Some((position, hash)) => (position, Some(hash)),
        None => (text, None),
    };
    let position = position.parse().ok().filter(|position| *position > 0);
    let bytes = |hash: &str| {
        let pairs = hash.as_bytes().chunks(2);
        let is_hash = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        let byte = |pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
        is_hash
            .then(|| pairs.map(byte).collect::<Option<Vec<u8>>>())
            .flatten()
    };
    Ok(Known {
        position: position.ok_or(REASON)?,
        digest: hash.map(|hash| bytes(hash).ok_or(REASON)).transpose()?,
    })
}

/// The id under which a tenant's events are kept. If the tenant is no longer configured, that is
/// the given name.
fn named(tenants: &[Tenant], domain: &str) -> String {
    let tenant = Tenant::kept_as(tenants, domain);
    tenant.map_or_else(|| domain.to_lowercase(), |tenant| tenant.id().to_owned())
}

impl Verify {
    /// Verifies the chain and prints the verdict.
    ///
    /// # Errors
    ///
    /// When the log is broken or differs from the noted position, or the store fails.
    pub async fn run(&self, store: &SqlStore, is_json: bool, out: &mut impl Write) -> Result<()> {
        let verdict = store.verify_audit(self.position.as_ref()).await?;
        if let Some(position) = verdict.broken_at {
            bail!("the audit log is broken at position {position}");
        }
        if let Some(noted) = verdict.noted {
            bail!("{}", self.told(noted, &verdict));
        }
        let (chained, unchained) = (verdict.chained, verdict.unchained);
        if is_json {
            let last = verdict.last.as_ref();
            let said = serde_json::json!({
                "rows": chained,
                "unchained": unchained,
                "position": last.map(|(position, _)| position),
                "hash": last.map(|(_, hash)| line::hex(hash)),
            });
            return Ok(write_json(out, &said)?);
        }
        write!(out, "the audit log is whole: {chained} rows")?;
        if let Some((position, hash)) = verdict.last {
            let hash = line::hex(&hash);
            write!(out, ", the last at position {position} with hash {hash}")?;
        }
        if unchained > 0 {
            write!(out, "; {unchained} more are not chained yet")?;
        }
        Ok(writeln!(out)?)
    }

    /// Says how a whole log differs from the noted position.
    fn told(&self, noted: NotAsNoted, verdict: &Verdict) -> String {
        let position = self.position.as_ref().map_or(0, |known| known.position);
        let end = verdict.last.as_ref().map_or(0, |(position, _)| *position);
        match (noted, end) {
            (NotAsNoted::OtherHash, _) => format!(
                "the audit log is whole, but its hash at position {position} differs from the noted one: this is another log, or it was \
                 rewritten with its key"
            ),
            (NotAsNoted::Shorter, 0) => format!(
                "the audit log has no chained row, but position {position} was noted: it was put back to an earlier state or is another \
                 log. The running service will chain its {} unchained rows",
                verdict.unchained
            ),
            (NotAsNoted::Shorter, end) => format!(
                "the audit log is whole, but it ends at position {end}, before the noted position {position}: it was put back to an \
                 earlier state, or is another log"
            ),
        }
    }
}
