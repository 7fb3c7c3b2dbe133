//! Accounts on the command line: `postern-server accounts import FILE`.
//!
//! The file is CSV (RFC 4180) or a workbook, and begins with a header row. Its columns may be in
//! any order. [`COLUMNS`] and `--help` say what each column holds. An example is
//! `examples/accounts.csv` beside this crate's sources.
//!
//! The reader accepts CSV as Excel writes it in any country: with commas, semicolons or tabs
//! between fields, with a first line `sep=;`, in UTF-8 with or without a byte order mark, in
//! UTF-16, or in the code page that `--encoding` names. Names of columns and words such as `yes`
//! may be in any case. The reader ignores empty rows and empty columns. Empty fields at the end of
//! a row may be left out.
//!
//! Where a field may hold several values, `;` separates them. The first three columns are required.
//! If the file lacks a column, an existing account keeps its value. An empty field empties the
//! value. Accounts that are not in the file stay as they are.
//!
//! `accounts export` puts an apostrophe before text that a spreadsheet would take for a formula.
//! The import removes that apostrophe, except in the columns of passwords, questions, answers and
//! authenticators.
//!
//! The import gives an initial password to an account that has none, if the tenant's rules accept
//! it. It never replaces a password that a person has, so that the same file can be imported again.
//! The report lists the passwords that were left out. Each password is hashed, which takes some
//! hundredths of a second. With `--hashed`, the file holds Argon2id hashes instead.
//!
//! Groups within groups are in a second file, `--groups FILE`. Its columns are `tenant`, `group`
//! and `member`, where `member` is a group inside `group`. After the import, each group in the
//! column `group` has exactly the members that the file lists. A group with an empty `member` has
//! none.
//!
//! The import checks every row of both files before it changes anything. It reports each error by
//! line and column, and if there is any error, it changes nothing. Otherwise it makes all changes
//! in one transaction. If an account was changed meanwhile, the import applies its change to the
//! newer state. In SQLite nothing else can write meanwhile: a large file is better imported while
//! the service is quiet.
//!
//! The audit log gets a row for each tenant of the file, with the names of the files and the
//! counts. It gets a row for each existing account that is changed, with the names of the changed
//! fields. A dry run leaves a row for each tenant too, since it shows what is on file. All rows
//! name the user of the operating system and `--actor`.

mod cells;
mod columns;
mod draft;
mod faults;
mod import;
mod journal;
mod nesting;
mod progress;
mod records;
mod report;
mod scopes;
mod sheet;
mod text;
mod workbook;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Result;
use encoding_rs::Encoding;
use postern_engine::{EngineKey, Tenant};
use postern_protocol::password::BannedList;

use self::cells::Passwords;
use self::draft::{Draft, Reader};
use self::journal::Journal;
use self::scopes::Scopes;
use self::sheet::{Reading, Sheet};
use crate::directory::BuiltIn;
use crate::failure::Failure;
use crate::store::SqlStore;

pub(crate) use self::cells::{SEPARATOR, is_ignorable};
pub use self::columns::{COLUMNS, Column, EXPORTED, names as column_names};
pub use self::faults::{Fault, Refused};
pub use self::journal::Importer;
pub use self::report::{Report, ReportLine};
pub use self::text::parse_encoding;

/// From where, and whether.
#[derive(clap::Args, Default)]
#[command(after_help = columns::help())]
pub struct Import {
    /// The accounts: CSV or a workbook, with a header row.
    pub file: PathBuf,
    /// Groups within groups: CSV or a workbook with the columns tenant, group and member.
    #[arg(long, value_name = "FILE")]
    pub groups: Option<PathBuf>,
    /// Changes nothing, and reports what would be changed, with each phone number as it was read.
    #[arg(long)]
    pub dry_run: bool,
    /// Reads the column `password` as Argon2id hashes in the PHC string format.
    #[arg(long)]
    pub hashed: bool,
    /// The sheet of a workbook. Without it: the first visible sheet, or the only one that begins
    /// with a header.
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// The encoding of a CSV file that is not in Unicode, such as windows-1252.
    #[arg(long, value_name = "NAME", value_parser = parse_encoding)]
    pub encoding: Option<&'static Encoding>,
}

impl Import {
    /// Reads the files. Changes the accounts, unless there is an error or this is a dry run.
    ///
    /// # Errors
    ///
    /// [`Failure::Misused`] when `--sheet` is given and no file is a workbook. Any other error when
    /// a file or the store fails.
    pub async fn run(
        &self,
        store: Arc<SqlStore>,
        key: &EngineKey,
        tenants: &[Tenant],
        importer: Importer,
    ) -> Result<Report> {
        self.check_sheet()?;
        let banned = BannedList::global();
        let mut reader = Reader {
            tenants,
            key,
            passwords: if self.hashed {
                Passwords::Hashed
            } else {
                Passwords::Plain(banned)
            },
            faults: Vec::new(),
            warnings: Vec::new(),
        };
        let drafts = self.read(&mut reader)?;
        let Reader {
            mut faults,
            mut warnings,
            ..
        } = reader;
        let nestings = match &self.groups {
            Some(file) => nesting::read(file, self.reading(), tenants, &mut faults, &mut warnings)?,
            None => Vec::new(),
        };
        // Uses every key of the deployment, since an older key may have sealed an account.
        let accounts = BuiltIn::new(store.clone(), store.keys());
        faults.extend(import::taken(&accounts, &drafts).await?);
        if !faults.is_empty() {
            faults.sort_by(|one, other| (&one.file, one.line).cmp(&(&other.file, other.line)));
            return Ok(Report::refused(self.dry_run, warnings, faults));
        }
        let scopes = Scopes::of(&drafts, &nestings);
        let mut plan = import::plan(&accounts, drafts, nestings).await?;
        if !plan.faults.is_empty() {
            let faults = std::mem::take(&mut plan.faults);
            return Ok(Report::refused(self.dry_run, warnings, faults));
        }
        let files = std::iter::once(&self.file).chain(&self.groups);
        let unable = plan.unable(&accounts, tenants, key).await?;
        warnings.extend(unable);
        let journal = Journal::new(importer, files.map(PathBuf::as_path));
        let report = if self.dry_run {
            plan.tell(&store, &journal).await?
        } else {
            plan.run(&accounts, &journal).await?
        };
        let mut empty_groups = scopes.empty(&accounts, tenants).await?;
        if self.dry_run {
            empty_groups.retain(|it| !scopes.fill(it));
        }
        Ok(Report {
            warnings,
            empty_groups,
            ..report
        })
    }

    /// Refuses `--sheet` where no file is a workbook.
    fn check_sheet(&self) -> Result<()> {
        let Some(name) = &self.sheet else {
            return Ok(());
        };
        for file in std::iter::once(&self.file).chain(&self.groups) {
            if sheet::is_workbook(file)? {
                return Ok(());
            }
        }
        let file = self.file.display();
        Err(Failure::Misused(format!(
            "--sheet {name}: {file} is CSV, which has no sheets"
        ))
        .into())
    }

    fn reading(&self) -> Reading<'_> {
        Reading {
            encoding: self.encoding,
            sheet: self.sheet.as_deref(),
        }
    }

    /// Reads the accounts, and collects the errors within the file.
    fn read(&self, reader: &mut Reader<'_>) -> Result<Vec<Draft>> {
        let (reading, known) = (self.reading(), column_names());
        let sheet = Sheet::open(
            &self.file,
            reading,
            &known,
            &columns::REQUIRED,
            &mut reader.faults,
        )?;
        let Some(mut sheet) = sheet else {
            return Ok(Vec::new());
        };
        reader.warnings.extend(sheet.note());
        let mut drafts: Vec<Draft> = Vec::new();
        let mut ids: BTreeMap<(String, String), u64> = BTreeMap::new();
        let mut identifiers: BTreeMap<(String, String), u64> = BTreeMap::new();
        while let Some(row) = sheet.next(&mut reader.faults) {
            let Some(draft) = Draft::read(&row, reader) else {
                continue;
            };
            let id = (draft.tenant.clone(), draft.account.person.id.0.clone());
            if let Some(line) = ids.insert(id, draft.line) {
                reader
                    .faults
                    .push(draft.fault("id", format!("line {line} has the same one")));
            }
            for identifier in &draft.identifiers {
                let identifier = (draft.tenant.clone(), identifier.clone());
                if let Some(line) = identifiers.insert(identifier, draft.line) {
                    let why = format!("line {line} has one of them too");
                    reader.faults.push(draft.fault("identifiers", why));
                }
            }
            drafts.push(draft);
        }
        Ok(drafts)
    }
}
