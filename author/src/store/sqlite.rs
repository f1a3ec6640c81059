//! SQLite: a file an organisation, one writer at a time, a few readers beside it. Calls block, so each runs where
//! blocking is allowed, with the connection moved there and back.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::functions::FunctionFlags;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags, ToSql, params_from_iter};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::{Acting, Row, StoreError, Value};

/// Readers at a time.
const READERS: usize = 4;
/// How long one waits for a place.
const WAIT: Duration = Duration::from_secs(5);

/// One file.
pub struct Sqlite {
    path: PathBuf,
    /// Connections that nobody uses at the moment.
    idle: Mutex<Vec<Connection>>,
    readers: Arc<Semaphore>,
    writer: Arc<Semaphore>,
}

/// A transaction on one connection.
pub struct Tx {
    database: Arc<Sqlite>,
    /// None while a call has it; one that was cut off never comes back, and its transaction ends with it.
    connection: Option<Connection>,
    is_writer: bool,
    _place: OwnedSemaphorePermit,
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Value::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Value::Number(number) => ToSqlOutput::Borrowed(ValueRef::Integer(*number)),
            Value::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
        })
    }
}

fn failed(error: &rusqlite::Error) -> StoreError {
    let Some(code) = error.sqlite_error() else { return StoreError::Refused(error.to_string()) };
    let is_taken = [rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE, rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY]
        .contains(&code.extended_code);
    match code.code {
        _ if is_taken => StoreError::Taken,
        ErrorCode::ConstraintViolation
        | ErrorCode::Unknown
        | ErrorCode::TypeMismatch
        | ErrorCode::ApiMisuse => StoreError::Refused(error.to_string()),
        _ => StoreError::Away(error.to_string()),
    }
}

fn lost<E: std::fmt::Display>(why: E) -> StoreError {
    StoreError::Away(why.to_string())
}

impl Sqlite {
    /// The file at this path; made when first written.
    #[must_use]
    pub fn new(path: &Path) -> Arc<Sqlite> {
        Arc::new(Sqlite {
            path: path.to_owned(),
            idle: Mutex::default(),
            readers: Arc::new(Semaphore::new(READERS)),
            writer: Arc::new(Semaphore::new(1)),
        })
    }

    fn open(&self) -> Result<Connection, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags).map_err(|error| failed(&error))?;
        let set = || {
            connection.busy_timeout(WAIT)?;
            connection.execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
                 PRAGMA recursive_triggers = ON; PRAGMA trusted_schema = OFF;",
            )?;
            connection.set_prepared_statement_cache_capacity(64);
            // What triggers write of what is secret or long; a program without it cannot write those rows.
            let flags = FunctionFlags::SQLITE_DETERMINISTIC
                | FunctionFlags::SQLITE_INNOCUOUS
                | FunctionFlags::SQLITE_UTF8;
            connection.create_scalar_function("digest", 1, flags, |given| {
                let text = given.get_raw(0).as_str_or_null()?;
                Ok(text.map(|text| crate::secret::sha256_hex(text.as_bytes())))
            })?;
            Ok(())
        };
        set().map_err(|error: rusqlite::Error| failed(&error))?;
        Ok(connection)
    }

    fn take(&self) -> Option<Connection> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    fn give_back(&self, connection: Connection) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() <= READERS {
            idle.push(connection);
        }
    }

    /// Begins to read.
    ///
    /// # Errors
    /// [`StoreError::Away`].
    pub async fn read(self: &Arc<Self>) -> Result<Tx, StoreError> {
        self.begin(&self.readers, "BEGIN", None).await
    }

    /// Begins to write, as somebody.
    ///
    /// # Errors
    /// [`StoreError::Away`].
    pub async fn write(self: &Arc<Self>, acting: &Acting) -> Result<Tx, StoreError> {
        self.begin(&self.writer, "BEGIN IMMEDIATE", Some(acting)).await
    }

    async fn begin(
        self: &Arc<Self>,
        places: &Arc<Semaphore>,
        begin: &'static str,
        acting: Option<&Acting>,
    ) -> Result<Tx, StoreError> {
        let place = timeout(WAIT, Arc::clone(places).acquire_owned()).await.map_err(lost)?.map_err(lost)?;
        let database = Arc::clone(self);
        let connection = tokio::task::spawn_blocking(move || {
            let connection = database.take().map_or_else(|| database.open(), Ok)?;
            connection.execute_batch(begin).map_err(|error| failed(&error))?;
            Ok::<_, StoreError>(connection)
        });
        let connection = Some(connection.await.map_err(lost)??);
        let is_writer = acting.is_some();
        let mut tx = Tx { database: Arc::clone(self), connection, is_writer, _place: place };
        if let Some(Acting { actor, request }) = acting
            && tx.has_acting().await?
        {
            let values = [actor.into(), request.into()];
            tx.execute("INSERT INTO acting (actor, request) VALUES ($1, $2)", &values).await?;
        }
        Ok(tx)
    }
}

impl Tx {
    async fn on<T: Send + 'static>(
        &mut self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let connection = self.connection.take().ok_or_else(|| lost("a call before was cut off"))?;
        let done = tokio::task::spawn_blocking(move || {
            let done = work(&connection);
            (connection, done)
        });
        let (connection, done) = done.await.map_err(lost)?;
        self.connection = Some(connection);
        done.map_err(|error| failed(&error))
    }

    /// Whether the tables are there: before the first migration nobody can be named.
    async fn has_acting(&mut self) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM sqlite_master WHERE name = 'acting'";
        Ok(!self.rows(sql, &[]).await?.is_empty())
    }

    pub(super) async fn rows(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>, StoreError> {
        let (sql, values) = (numbered(sql), values.to_vec());
        self.on(move |connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            let width = statement.column_count();
            let mut found = statement.query(params_from_iter(values))?;
            let mut rows = Vec::new();
            while let Some(row) = found.next()? {
                let column = |at| {
                    Ok(match row.get_ref(at)? {
                        ValueRef::Integer(number) => Value::Number(number),
                        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
                        _ => Value::Null,
                    })
                };
                rows.push(Row((0..width).map(column).collect::<rusqlite::Result<_>>()?));
            }
            Ok(rows)
        })
        .await
    }

    pub(super) async fn execute(&mut self, sql: &str, values: &[Value]) -> Result<u64, StoreError> {
        let (sql, values) = (numbered(sql), values.to_vec());
        self.on(move |connection| {
            let touched = connection.prepare_cached(&sql)?.execute(params_from_iter(values))?;
            Ok(u64::try_from(touched).unwrap_or(u64::MAX))
        })
        .await
    }

    pub(super) async fn batch(&mut self, sql: &str) -> Result<(), StoreError> {
        let sql = sql.to_owned();
        self.on(move |connection| connection.execute_batch(&sql)).await
    }

    pub(super) async fn commit(mut self) -> Result<(), StoreError> {
        if self.is_writer && self.has_acting().await? {
            self.execute("DELETE FROM acting", &[]).await?;
        }
        self.batch("COMMIT").await?;
        if let Some(connection) = self.connection.take() {
            self.database.give_back(connection);
        }
        Ok(())
    }
}

impl Drop for Tx {
    fn drop(&mut self) {
        // What was not committed is taken back; a connection that cannot do even that is let go.
        if let Some(connection) = self.connection.take()
            && connection.execute_batch("ROLLBACK").is_ok()
        {
            self.database.give_back(connection);
        }
    }
}

/// `$1` is a name to SQLite, counted by where it first stands; `?1` is the number that it looks like.
fn numbered(sql: &str) -> String {
    sql.replace('$', "?")
}
