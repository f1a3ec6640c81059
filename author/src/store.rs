//! Where an organisation's work is kept: SQLite or Postgres, behind one door.
//!
//! Both speak the same SQL here, so that every statement of ours is written once; what differs is how rows travel
//! (`store/sqlite`, `store/postgres`) and the tables with their triggers (`store/*.sql`). A write says who does it and
//! for which request: without that the triggers refuse it.

mod migrate;
pub mod postgres;
mod sqlite;
pub mod tables;

use std::fmt;
use std::sync::Arc;

pub use migrate::{SCHEMA, behind, migrate, migrate_to};
pub use postgres::Postgres;
pub use sqlite::Sqlite;

/// Why nothing was read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database is away, or too busy to answer within the time.
    #[error("the store is away: {0}")]
    Away(String),
    /// A row is there already that may be there only once.
    #[error("a row is there already")]
    Taken,
    /// The database refused: a trigger, or a mistake of ours.
    #[error("the store refused: {0}")]
    Refused(String),
}

/// What a row holds, or a statement is given.
#[derive(Clone, PartialEq, Eq)]
pub enum Value {
    Null,
    Number(i64),
    Text(String),
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // It may be what somebody typed, or a secret.
        f.write_str("…")
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for Value {
    fn from(is: bool) -> Self {
        Self::Number(i64::from(is))
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// What a statement gave, column by column.
#[derive(Clone, Debug)]
pub struct Row(pub Vec<Value>);

impl Row {
    /// The text of a column; empty where there is none.
    #[must_use]
    pub fn text(&self, column: usize) -> String {
        self.optional(column).unwrap_or_default()
    }

    /// The text of a column that may hold none.
    #[must_use]
    pub fn optional(&self, column: usize) -> Option<String> {
        match self.0.get(column) {
            Some(Value::Text(text)) => Some(text.clone()),
            _ => None,
        }
    }

    /// The number of a column; 0 where there is none.
    #[must_use]
    pub fn number(&self, column: usize) -> i64 {
        match self.0.get(column) {
            Some(Value::Number(number)) => *number,
            _ => 0,
        }
    }

    /// The number of a column that may hold none.
    #[must_use]
    pub fn optional_number(&self, column: usize) -> Option<i64> {
        match self.0.get(column) {
            Some(Value::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// Whether the number of a column is not 0.
    #[must_use]
    pub fn is(&self, column: usize) -> bool {
        self.number(column) != 0
    }
}

/// Who writes, and for which request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acting {
    /// An account's id; `system`, or a command's name.
    pub actor: String,
    pub request: String,
}

impl Acting {
    /// Somebody, for a request.
    #[must_use]
    pub fn new(actor: &str, request: &str) -> Acting {
        Acting { actor: actor.to_owned(), request: request.to_owned() }
    }
}

/// One organisation's database.
#[derive(Clone)]
pub enum Database {
    Sqlite(Arc<Sqlite>),
    Postgres(Arc<Postgres>),
}

/// A transaction. Dropped, it leaves no trace.
pub enum Tx {
    Sqlite(sqlite::Tx),
    Postgres(postgres::Tx),
}

impl Database {
    /// Begins to read.
    ///
    /// # Errors
    /// [`StoreError::Away`].
    pub async fn read(&self) -> Result<Tx, StoreError> {
        match self {
            Self::Sqlite(database) => database.read().await.map(Tx::Sqlite),
            Self::Postgres(database) => database.begin(None).await.map(Tx::Postgres),
        }
    }

    /// Begins to write, as somebody.
    ///
    /// # Errors
    /// [`StoreError::Away`].
    pub async fn write(&self, acting: &Acting) -> Result<Tx, StoreError> {
        match self {
            Self::Sqlite(database) => database.write(acting).await.map(Tx::Sqlite),
            Self::Postgres(database) => database.begin(Some(acting)).await.map(Tx::Postgres),
        }
    }

    /// The same as whom the tables belong to: for what the role that serves may not do.
    ///
    /// # Errors
    /// [`StoreError::Away`].
    pub async fn write_as_owner(&self, acting: &Acting) -> Result<Tx, StoreError> {
        match self {
            Self::Sqlite(database) => database.write(acting).await.map(Tx::Sqlite),
            Self::Postgres(database) => database.begin_as_owner(acting).await.map(Tx::Postgres),
        }
    }
}

impl Tx {
    /// The rows that a statement gives. Its parameters are `$1`, `$2` … in the order of `values`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn rows(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>, StoreError> {
        match self {
            Self::Sqlite(tx) => tx.rows(sql, values).await,
            Self::Postgres(tx) => tx.rows(sql, values).await,
        }
    }

    /// The first row that a statement gives.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn row(&mut self, sql: &str, values: &[Value]) -> Result<Option<Row>, StoreError> {
        Ok(self.rows(sql, values).await?.into_iter().next())
    }

    /// Does what a statement says; how many rows it touched.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn execute(&mut self, sql: &str, values: &[Value]) -> Result<u64, StoreError> {
        match self {
            Self::Sqlite(tx) => tx.execute(sql, values).await,
            Self::Postgres(tx) => tx.execute(sql, values).await,
        }
    }

    /// Does several statements without parameters: tables and triggers.
    pub(crate) async fn batch(&mut self, sql: &str) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(tx) => tx.batch(sql).await,
            Self::Postgres(tx) => tx.batch(sql).await,
        }
    }

    /// Makes it last.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(tx) => tx.commit().await,
            Self::Postgres(tx) => tx.commit().await,
        }
    }
}

/// For `rows` and `execute`: values of any kinds.
#[macro_export]
macro_rules! values {
    ($($value:expr),* $(,)?) => { &[$($crate::store::Value::from($value)),*] };
}
