//! Connections for writing. Each change is one transaction.
//!
//! PostgreSQL gets one statement for each change. That statement undoes itself if the change is not
//! accepted. SQLite has one writer at a time, and every commit waits for the disk. So changes that
//! arrive during a write are written together afterwards, in one transaction in which each change
//! can be undone separately (a group commit). A request is answered only after its commit.
//!
//! Beside a service that writes each change in a transaction of its own, statement by statement,
//! the group commit of SQLite brings 1.43 times as many resets a second. The joined statement of
//! PostgreSQL brings 1.08 times as many, with the database on the same machine (`cargo bench
//! -p postern-server --bench server -- --apart`, 16 people at once, two cores).

use std::mem;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, anyhow};
use sqlx::any::AnyRow;
use sqlx::postgres::PgDatabaseError;
use sqlx::{Any, AnyConnection, AnyPool, Connection, Transaction};
use tokio::sync::oneshot;

use super::dialect::Dialect;
use super::statement::{Statement, UNDONE};
use super::{Commit, Result};

/// The outcome of a change.
pub(crate) enum Outcome {
    /// The change was made. These are its rows, if it was one statement.
    Made(Vec<AnyRow>),
    /// Nothing was changed, for this reason.
    Not(Commit),
}

/// Statements of which all or none take effect, in order. No two of them change the same table.
#[derive(Default)]
pub(crate) struct Change(Vec<WriteStep>);

struct WriteStep {
    statement: Statement,
    /// The outcome of the change if this statement gives no row.
    otherwise: Option<Commit>,
}

impl Change {
    /// Adds a statement.
    pub(crate) fn and(mut self, statement: Option<Statement>) -> Self {
        self.add(statement, None);
        self
    }

    /// Adds a statement that must give a row.
    pub(crate) fn and_if(mut self, statement: Option<Statement>, otherwise: Commit) -> Self {
        self.add(statement, Some(otherwise));
        self
    }

    /// PostgreSQL shows the same state to all parts of one statement. If two parts changed one
    /// table, the second would not see the change of the first. Every test that makes a change
    /// checks that.
    fn add(&mut self, statement: Option<Statement>, otherwise: Option<Commit>) {
        let Some(statement) = statement else {
            return;
        };
        let table = statement.table();
        debug_assert!(
            table.is_some() && self.0.iter().all(|step| step.statement.table() != table),
            "a change has two statements for {table:?}"
        );
        self.0.push(WriteStep {
            statement,
            otherwise,
        });
    }

    /// Runs the statements in order, up to the first one that must give a row and does not.
    async fn run(self, connection: &mut AnyConnection) -> Result<Outcome> {
        let mut rows = Vec::new();
        for step in self.0 {
            rows = step.statement.query().fetch_all(&mut *connection).await?;
            if let Some(otherwise) = step.otherwise.filter(|_| rows.is_empty()) {
                return Ok(Outcome::Not(otherwise));
            }
        }
        Ok(Outcome::Made(rows))
    }

    /// Runs all statements as one, which is a transaction by itself.
    async fn run_joined(self, connection: &mut AnyConnection) -> Result<Outcome> {
        let otherwise: Vec<_> = self.0.iter().map(|step| step.otherwise).collect();
        let needed = otherwise.iter().enumerate();
        let needed: Vec<usize> = needed
            .filter_map(|(number, otherwise)| otherwise.map(|_| number))
            .collect();
        let statements = self.0.into_iter().map(|step| step.statement).collect();
        let joined = Statement::joined(statements, &needed).query();
        match joined.execute(connection).await {
            Ok(_) => Ok(Outcome::Made(Vec::new())),
            Err(error) => {
                let undone = undone(&error).and_then(|part| *otherwise.get(part)?);
                undone.map(Outcome::Not).ok_or_else(|| error.into())
            }
        }
    }
}

/// The part of a joined statement that gave no row, if that was the error.
fn undone(error: &sqlx::Error) -> Option<usize> {
    let error = error.as_database_error()?;
    let error = error.try_downcast_ref::<PgDatabaseError>()?;
    if error.code() != UNDONE {
        return None;
    }
    error.detail()?.parse().ok()
}

/// Connections that write.
#[derive(Clone)]
pub(super) struct Writers {
    pub(super) pool: AnyPool,
    dialect: Dialect,
    group: Arc<Group>,
    /// Whether statements are joined, and changes grouped. A bench compares it with neither.
    joins: bool,
}

/// Changes that wait for the one writer.
#[derive(Default)]
struct Group {
    waiting: Mutex<Vec<Queued>>,
    turn: tokio::sync::Mutex<()>,
}

struct Queued {
    change: Change,
    answer: oneshot::Sender<Result<Outcome>>,
}

impl Writers {
    pub(super) fn new(pool: AnyPool, dialect: Dialect) -> Self {
        Self {
            pool,
            dialect,
            group: Arc::default(),
            joins: true,
        }
    }

    /// The same connections, with a transaction for each change and a round trip for each
    /// statement.
    pub(super) fn apart(&self) -> Self {
        Self {
            joins: false,
            ..self.clone()
        }
    }

    /// Begins a separate transaction.
    pub(super) async fn begin(&self) -> Result<Transaction<'static, Any>> {
        Ok(self.pool.begin_with(self.dialect.begin()).await?)
    }

    /// Makes a change. It is on the disk when this returns.
    pub(super) async fn change(&self, change: Change) -> Result<Outcome> {
        if self.dialect == Dialect::Postgres || !self.joins {
            return self.change_alone(change).await;
        }
        let (answer, answered) = oneshot::channel();
        let is_first = {
            let mut waiting = self.group.waiting();
            waiting.push(Queued { change, answer });
            waiting.len() == 1
        };
        if is_first {
            // Runs in its own task, so that it continues when the first request goes away: other
            // requests wait for it too.
            tokio::spawn(self.clone().change_all());
        }
        answered
            .await
            .context("the outcome of a change is unknown")?
    }

    async fn change_alone(&self, change: Change) -> Result<Outcome> {
        if change.0.len() == 1 {
            return change.run(&mut *self.pool.acquire().await?).await;
        }
        if self.dialect == Dialect::Postgres && self.joins {
            return change.run_joined(&mut *self.pool.acquire().await?).await;
        }
        // If this future is dropped, the transaction is rolled back.
        let mut transaction = self.begin().await?;
        let outcome = change.run(&mut transaction).await?;
        if let Outcome::Made(_) = outcome {
            transaction.commit().await?;
        }
        Ok(outcome)
    }

    /// Makes all changes that wait when their turn comes.
    async fn change_all(self) {
        let _turn = self.group.turn.lock().await;
        let mut waiting = mem::take(&mut *self.group.waiting());
        if let [_] = waiting.as_slice()
            && let Some(only) = waiting.pop()
        {
            // The request may have gone away.
            let _untold = only.answer.send(self.change_alone(only.change).await);
            return;
        }
        let (changes, answers): (Vec<_>, Vec<_>) = waiting
            .into_iter()
            .map(|waiting| (waiting.change, waiting.answer))
            .unzip();
        match self.change_together(changes).await {
            Ok(outcomes) => {
                for (answer, outcome) in answers.into_iter().zip(outcomes) {
                    let _untold = answer.send(outcome);
                }
            }
            Err(error) => {
                for answer in answers {
                    let _untold = answer.send(Err(anyhow!("{error:#}")));
                }
            }
        }
    }

    async fn change_together(&self, changes: Vec<Change>) -> Result<Vec<Result<Outcome>>> {
        let mut transaction = self.begin().await?;
        let mut outcomes = Vec::with_capacity(changes.len());
        for change in changes {
            let mut part = transaction.begin().await?;
            let outcome = change.run(&mut part).await;
            match outcome {
                Ok(Outcome::Made(_)) => part.commit().await?,
                Ok(Outcome::Not(_)) | Err(_) => part.rollback().await?,
            }
            outcomes.push(outcome);
        }
        transaction.commit().await?;
        Ok(outcomes)
    }
}

impl Group {
    fn waiting(&self) -> std::sync::MutexGuard<'_, Vec<Queued>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::{Change, Commit, Statement};

    fn of(table: &str) -> Statement {
        Statement::new(format!("UPDATE {table} SET a = 1"))
    }

    #[test]
    fn a_change_has_one_statement_for_each_table() {
        let change = Change::default().and(Some(of("a"))).and(None);
        let change = change.and_if(Some(of("b")), Commit::Conflict);
        assert_eq!(change.0.len(), 2);
    }

    #[test]
    #[should_panic(expected = "two statements for Some(\"a\")")]
    fn a_change_never_changes_a_table_twice() {
        let _change = Change::default()
            .and(Some(of("a")))
            .and_if(Some(of("a")), Commit::Conflict);
    }
}
