//! SQLite: one file, one writer thread, many readers.
//!
//! A save must be on the disk before it is acknowledged, and one flush a save is some 200 saves a second. So
//! the writer takes whatever waits, up to [`BATCH`], into one transaction: one flush for all. What was handed
//! to it is done even if nobody waits for the answer any more.
//!
//! The key of the table is an integer, the first 63 bits of the row's name, because a table keyed by a blob
//! costs three times as much; the name stands beside it and is compared. Rows that share those bits take the
//! next free integers, up to `NEIGHBOURS`.

mod writer;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags, OptionalExtension as _, params};
use uuid::Uuid;

use super::{
    DefinitionHash, Definitions, Expect, Freshness, Hint, Key, Leases, Outbox, Part, Responses, Row, Rows,
    Seen, StoreError, Version, Written,
};
use writer::{Change, Changed, Writer};

/// Most changes in one transaction.
pub const BATCH: usize = 256;
/// How many rows may share the first 63 bits of their names. Two among a hundred million are one in a thousand.
const NEIGHBOURS: i64 = 4;
/// Readers that are kept when idle.
const IDLE_READERS: usize = 16;
/// How long to wait for another process that writes to the same file.
const BUSY: Duration = Duration::from_secs(5);

/// A store in one file.
#[derive(Clone)]
pub struct SqliteStore {
    shared: Arc<Shared>,
}

struct Shared {
    path: PathBuf,
    writer: Writer,
    readers: Mutex<Vec<Connection>>,
}

impl SqliteStore {
    /// Opens the file, makes it and its tables when absent.
    ///
    /// # Errors
    /// SQLite's own: no such folder, not a database, made by a newer version of ours.
    pub fn open(path: &Path) -> rusqlite::Result<SqliteStore> {
        let mut connection = Connection::open(path)?;
        prepare(&mut connection)?;
        let writer = Writer::start(connection).map_err(|_| rusqlite::Error::InvalidPath(path.to_owned()))?;
        let shared = Shared { path: path.to_owned(), writer, readers: Mutex::default() };
        Ok(SqliteStore { shared: Arc::new(shared) })
    }

    /// Reads on the caller's own thread: nearly always from memory, in some 10 µs, where handing the work to
    /// another thread would cost as much again.
    fn reading<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        let idle = self.shared.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match idle {
            Some(connection) => connection,
            None => open_reader(&self.shared.path).map_err(|_| StoreError::Away)?,
        };
        let result = work(&connection).map_err(|_| StoreError::Away);
        let mut readers = self.shared.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if readers.len() < IDLE_READERS && result.is_ok() {
            readers.push(connection);
        }
        result
    }

    async fn writing(&self, change: Change) -> Result<Changed, StoreError> {
        self.shared.writer.change(change).await
    }
}

/// The first 63 bits of the name.
fn row_id(key: &Key) -> i64 {
    let (first, _) = key.0.split_first_chunk::<8>().unwrap_or((&[0; 8], &[]));
    (i64::from_be_bytes(*first) & i64::MAX).min(i64::MAX - NEIGHBOURS)
}

fn prepare(connection: &mut Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "page_size", 16_384)?;
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "wal_autocheckpoint", 8_000)?;
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let form: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if form > FORM {
        return Err(rusqlite::Error::InvalidQuery);
    }
    transaction.execute_batch(TABLES)?;
    transaction.pragma_update(None, "user_version", FORM)?;
    transaction.commit()
}

/// The form of the tables below.
const FORM: i64 = 1;
const TABLES: &str = "
CREATE TABLE IF NOT EXISTS responses (
    id INTEGER PRIMARY KEY, key BLOB NOT NULL, version INTEGER NOT NULL, bytes BLOB NOT NULL,
    owes INTEGER NOT NULL, ends_at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS outbox (
    bucket INTEGER NOT NULL, announced_at INTEGER NOT NULL, key BLOB NOT NULL, effect BLOB NOT NULL,
    PRIMARY KEY (bucket, announced_at, key, effect)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS definitions (hash BLOB PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS leases (
    name TEXT PRIMARY KEY, holder BLOB NOT NULL, until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
";

fn open_reader(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "mmap_size", 1_i64 << 30)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

impl Responses for SqliteStore {
    /// Both kinds of freshness are the same here: what is acknowledged is committed, and readers see it.
    async fn read(&self, key: &Key, _how: Freshness) -> Result<Option<Row>, StoreError> {
        self.reading(|connection| {
            let id = row_id(key);
            let mut statement = connection.prepare_cached(
                "SELECT version, bytes, owes, ends_at FROM responses
                 WHERE id BETWEEN ?1 AND ?2 AND key = ?3",
            )?;
            statement
                .query_row(params![id, id + NEIGHBOURS - 1, key.0], |row| {
                    Ok(Row {
                        version: Version(row.get::<_, i64>(0)?.cast_unsigned()),
                        bytes: Bytes::from(row.get::<_, Vec<u8>>(1)?),
                        owes: row.get(2)?,
                        ends_at: Timestamp::from_second(row.get(3)?).unwrap_or(Timestamp::MAX),
                    })
                })
                .optional()
        })
    }

    async fn write(&self, key: &Key, row: &Row, expect: Expect) -> Result<Written, StoreError> {
        self.writing(Change::Write { key: *key, row: row.clone(), expect }).await.map(Changed::written)
    }

    async fn delete(&self, key: &Key, expect: Version) -> Result<Written, StoreError> {
        self.writing(Change::Delete { key: *key, expect }).await.map(Changed::written)
    }
}

impl Rows for SqliteStore {
    async fn part(&self, after: Option<Key>, limit: u16) -> Result<Part, StoreError> {
        // More than can be neighbours, so that each part leads on.
        let limit = limit.max(2 * NEIGHBOURS.unsigned_abs().try_into().unwrap_or(8));
        self.reading(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT key, version, owes, ends_at FROM responses WHERE id > ?1 ORDER BY id LIMIT ?2",
            )?;
            let after = after.map_or(i64::MIN, |key| row_id(&key));
            let rows = statement.query_map(params![after, limit], |row| {
                Ok(Seen {
                    key: Key(row.get(0)?),
                    version: Version(row.get::<_, i64>(1)?.cast_unsigned()),
                    owes: row.get(2)?,
                    ends_at: Timestamp::from_second(row.get(3)?).unwrap_or(Timestamp::MAX),
                })
            })?;
            let rows = rows.collect::<rusqlite::Result<Vec<Seen>>>()?;
            let next = rows.last().filter(|_| rows.len() == usize::from(limit)).map(|row| row.key);
            Ok(Part { rows, next })
        })
    }
}

impl Outbox for SqliteStore {
    async fn announce(&self, hint: &Hint) -> Result<(), StoreError> {
        self.writing(Change::Announce(*hint)).await.map(|_| ())
    }

    async fn due(&self, bucket: u8, limit: u16) -> Result<Vec<Hint>, StoreError> {
        self.reading(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT key, effect, announced_at FROM outbox
                 WHERE bucket = ?1 ORDER BY announced_at, key, effect LIMIT ?2",
            )?;
            let hints = statement.query_map(params![bucket, limit], |row| {
                Ok(Hint {
                    key: Key(row.get(0)?),
                    effect: Uuid::from_bytes(row.get(1)?),
                    announced_at: Timestamp::from_millisecond(row.get(2)?).unwrap_or(Timestamp::MIN),
                })
            })?;
            hints.collect()
        })
    }

    async fn settle(&self, hint: &Hint) -> Result<(), StoreError> {
        self.writing(Change::Settle(*hint)).await.map(|_| ())
    }
}

impl Definitions for SqliteStore {
    async fn keep(&self, hash: DefinitionHash, bytes: Bytes) -> Result<(), StoreError> {
        self.writing(Change::Keep(hash, bytes)).await.map(|_| ())
    }

    async fn get(&self, hash: DefinitionHash) -> Result<Option<Bytes>, StoreError> {
        self.reading(|connection| {
            let mut statement = connection.prepare_cached("SELECT bytes FROM definitions WHERE hash = ?1")?;
            statement.query_row([hash.0], |row| row.get::<_, Vec<u8>>(0).map(Bytes::from)).optional()
        })
    }
}

impl Leases for SqliteStore {
    async fn take(
        &self,
        name: &str,
        holder: Uuid,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Written, StoreError> {
        let change = Change::Take { name: name.to_owned(), holder, now, until };
        self.writing(change).await.map(Changed::written)
    }

    async fn give_up(&self, name: &str, holder: Uuid) -> Result<(), StoreError> {
        self.writing(Change::GiveUp { name: name.to_owned(), holder }).await.map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::store::contract::{self, on_a_fresh_store};

    /// A store in a folder that goes when the process ends: the files are small, the path is temporary.
    fn fresh() -> SqliteStore {
        let folder = tempfile::tempdir().unwrap().keep();
        SqliteStore::open(&folder.join("responses.db")).unwrap()
    }

    contract::each!(on_a_fresh_store);

    fn row(version: u64) -> Row {
        let bytes = Bytes::from_static(b"x");
        Row { version: Version(version), bytes, owes: false, ends_at: Timestamp::UNIX_EPOCH }
    }

    #[tokio::test]
    async fn rows_whose_names_begin_alike_are_kept_apart() {
        let store = fresh();
        let names: Vec<Key> = (0..5).map(|n| Key([[9; 16], [n; 16]].concat().try_into().unwrap())).collect();
        for (n, key) in names.iter().enumerate() {
            let written = store.write(key, &row(1), Expect::Absent).await;
            // The fifth finds no place, and says so rather than overwrite one.
            assert_eq!(written, if n < 4 { Ok(Written::Done) } else { Err(StoreError::Away) });
        }
        assert_eq!(store.delete(&names[0], Version(1)).await.unwrap(), Written::Done);
        assert_eq!(store.write(&names[3], &row(2), Expect::At(Version(1))).await.unwrap(), Written::Done);
        assert_eq!(store.write(&names[4], &row(1), Expect::Absent).await.unwrap(), Written::Done);
        assert_eq!(store.read(&names[3], Freshness::Serial).await.unwrap().unwrap().version, Version(2));
        assert_eq!(store.read(&names[1], Freshness::Serial).await.unwrap(), Some(row(1)));
        assert_eq!(store.read(&names[0], Freshness::Serial).await.unwrap(), None);
    }

    #[tokio::test]
    async fn what_was_acknowledged_is_there_after_the_file_is_opened_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("responses.db");
        let key = Key([1; 32]);
        let store = SqliteStore::open(&path).unwrap();
        store.write(&key, &row(1), Expect::Absent).await.unwrap();
        let other = SqliteStore::open(&path).unwrap();
        assert_eq!(other.read(&key, Freshness::Serial).await.unwrap(), Some(row(1)));
        assert_eq!(other.write(&key, &row(1), Expect::Absent).await.unwrap(), Written::Lost);
    }

    #[tokio::test]
    async fn a_write_nobody_waits_for_is_done_all_the_same() {
        let store = fresh();
        let key = Key([2; 32]);
        for n in 0..50 {
            let key = Key([n; 32]);
            let change = row(1);
            let future = store.write(&key, &change, Expect::Absent);
            let _ = tokio::time::timeout(Duration::ZERO, future).await;
        }
        // The channel keeps its order: when this is done, those that were handed over are.
        store.write(&Key([200; 32]), &row(1), Expect::Absent).await.unwrap();
        assert!(store.read(&key, Freshness::Serial).await.unwrap().is_some());
    }
}
