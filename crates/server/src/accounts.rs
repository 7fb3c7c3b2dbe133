//! Accounts on the command line: `postern-server accounts import FILE`.
//!
//! The file is CSV (RFC 4180) in UTF-8, with or without a byte order mark, and begins with a header row. Its columns may
//! stand in any order. An example is `examples/accounts.csv` beside this crate's sources.
//!
//! | column | what stands there | if it is empty |
//! |---|---|---|
//! | `tenant` | a domain of the tenant | refused |
//! | `id` | the name that the account keeps for ever, 256 characters at most | refused |
//! | `identifiers` | what somebody signs in as, of the tenant's domains, the user principal name first; several | refused |
//! | `names` | first, last and display name; several | none |
//! | `primary_email` | the mailbox at work | none |
//! | `alternate_emails` | other addresses; several | none |
//! | `mobile`, `office_phone` | a phone number, with its calling code or as dialled in the tenant's region | none |
//! | `groups` | groups that it is in directly; several | none |
//! | `administrator_roles` | any role makes an administrator; several | none |
//! | `licensed` | `yes` or `no` | `yes` |
//! | `state` | `enabled`, `disabled` or `opted-out` | `enabled` |
//! | `locked` | `yes` or `no` | `no` |
//! | `password_source` | `cloud`, `on-premises` or `elsewhere` | `cloud` |
//! | `question_1` … `question_5` | a security question: the number of a predefined one, or the tenant's own words | none |
//! | `answer_1` … `answer_5` | its answer, of which a keyed hash is kept | none |
//! | `authenticators` | secrets in Base32, each alone or as `secret:sha256:60s`; several | none |
//! | `password` | an initial password, or the Argon2id hash of one in the PHC string format | none |
//!
//! Where there may be several, `;` stands between them.
//! The first three columns are needed. A column that the file does not have leaves an account that is there as it is; a
//! field that is empty empties it. Accounts that the file does not have stay.
//!
//! An initial password is given to an account that has none. It never takes the place of one that somebody has, so that
//! the same file can be imported again. It is hashed, which takes some hundredths of a second for each.
//!
//! Groups within groups are in a second file, `--groups FILE`, with the columns `tenant`, `group` and `member`, a group that
//! is in it. A group that stands in the column `group` has those members from then on; with an empty `member` it has none.
//!
//! Every row of both files is checked before anything is changed. Whatever is wrong is told by line and column, and then
//! nothing is changed at all. What is right is changed in one transaction. In SQLite nobody else can write meanwhile: a
//! large file is better imported while the service is quiet or stopped.

mod cells;
mod draft;
mod import;
mod nesting;
mod sheet;

use std::collections::BTreeMap;
use std::fmt;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Result;
use postern_engine::{EngineKey, Tenant};

use self::draft::Draft;
use self::sheet::Sheet;
use crate::directory::BuiltIn;
use crate::store::SqlStore;

pub(crate) use self::draft::columns;
pub use self::sheet::Fault;

/// From where, and whether.
#[derive(clap::Args)]
pub struct Import {
    /// The accounts: CSV with a header row.
    pub file: PathBuf,
    /// Groups within groups: CSV with the columns tenant, group and member.
    #[arg(long, value_name = "FILE")]
    pub groups: Option<PathBuf>,
    /// Says what would be changed, and changes nothing.
    #[arg(long)]
    pub dry_run: bool,
}

/// All that is wrong in the files. Nothing was imported.
#[derive(Debug)]
pub struct Refused(pub Vec<Fault>);

impl fmt::Display for Refused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "nothing was imported: ")?;
        match self.0.len() {
            1 => write!(formatter, "there is 1 error")?,
            count => write!(formatter, "there are {count} errors")?,
        }
        self.0
            .iter()
            .try_for_each(|fault| write!(formatter, "\n{fault}"))
    }
}

impl std::error::Error for Refused {}

impl Import {
    /// Does it, and writes down what was done.
    ///
    /// # Errors
    ///
    /// [`Refused`] if anything in the files is wrong, and when a file or the store does not do what it is there for.
    pub async fn run(
        &self,
        store: Arc<SqlStore>,
        key: &EngineKey,
        tenants: &[Tenant],
        out: &mut impl Write,
    ) -> Result<()> {
        let arguments = self;
        let mut faults = Vec::new();
        let drafts = read(arguments, tenants, key, &mut faults)?;
        let nestings = match &arguments.groups {
            Some(file) => nesting::read(file, tenants, &mut faults)?,
            None => Vec::new(),
        };
        let accounts = BuiltIn::new(store, key);
        faults.extend(import::taken(&accounts, &drafts).await?);
        if !faults.is_empty() {
            faults.sort_by(|one, other| (&one.file, one.line).cmp(&(&other.file, other.line)));
            return Err(Refused(faults).into());
        }
        let plan = import::plan(&accounts, drafts, nestings).await?;
        if arguments.dry_run {
            plan.tell(out)?;
        } else {
            plan.run(&accounts, out).await?;
        }
        Ok(())
    }
}

/// Reads the accounts, and finds what is wrong within the file.
fn read(
    arguments: &Import,
    tenants: &[Tenant],
    key: &EngineKey,
    faults: &mut Vec<Fault>,
) -> Result<Vec<Draft>> {
    let sheet = Sheet::open(&arguments.file, draft::is_column, &draft::REQUIRED, faults)?;
    let Some(mut sheet) = sheet else {
        return Ok(Vec::new());
    };
    let mut drafts: Vec<Draft> = Vec::new();
    let mut ids: BTreeMap<(String, String), u64> = BTreeMap::new();
    let mut identifiers: BTreeMap<(String, String), u64> = BTreeMap::new();
    while let Some(row) = sheet.next(faults)? {
        let Some(draft) = Draft::read(&row, tenants, key, faults) else {
            continue;
        };
        let id = (draft.tenant.clone(), draft.account.id.0.clone());
        if let Some(line) = ids.insert(id, draft.line) {
            faults.push(draft.fault("id", format!("line {line} has the same")));
        }
        for identifier in &draft.identifiers {
            let identifier = (draft.tenant.clone(), identifier.clone());
            if let Some(line) = identifiers.insert(identifier, draft.line) {
                let why = format!("line {line} has one of them too");
                faults.push(draft.fault("identifiers", why));
            }
        }
        drafts.push(draft);
    }
    Ok(drafts)
}
