//! Cassandra and Scylla: a row a response, written by lightweight transactions.
//!
//! Reads at `LOCAL_QUORUM`, or `LOCAL_SERIAL` where a write under way must be seen; conditional writes at
//! `LOCAL_SERIAL`, never marked idempotent, never retried by the driver. A write whose outcome nobody told us
//! is settled here: read serially, compare the bytes (every seal is unique), and if the old version still
//! stands write once more, which is safe because it is conditional.
//!
//! While the ring has fewer nodes than replicas are asked for nothing is written: a transaction could then be
//! acknowledged by one node alone. Run the cluster with `paxos_variant: v1` and `commitlog_sync: batch` or
//! `group`; `periodic` loses acknowledged writes when a node is killed.

mod cluster;
mod tables;

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::TryStreamExt as _;
use jiff::Timestamp;
use scylla::client::session::Session;
use scylla::cluster::metadata::Strategy;
use scylla::errors::{DbError, ExecutionError, RequestAttemptError};
use scylla::response::query_result::QueryResult;
use scylla::serialize::row::SerializeRow;
use scylla::statement::prepared::PreparedStatement;
use scylla::value::{CqlTimestamp, CqlValue, Row as CqlRow};
use uuid::Uuid;

use super::{
    DefinitionHash, Definitions, Expect, Freshness, Hint, Key, Leases, Outbox, Part, Responses, Row, Rows,
    Seen, StoreError, Version, Written,
};
pub use cluster::{Cluster, CqlError, init};
use tables::Statements;

/// How often a write of unknown outcome is looked into before giving up.
const SETTLINGS: u32 = 3;

/// A store in a cluster.
#[derive(Clone)]
pub struct CqlStore {
    shared: Arc<Shared>,
}

struct Shared {
    session: Session,
    statements: Statements,
    keyspace: String,
    datacenter: String,
}

/// A write that was not acknowledged.
enum Failed {
    /// It certainly was not made.
    Away,
    /// It may have been made, or may be yet.
    Unknown,
}

impl From<ExecutionError> for Failed {
    fn from(error: ExecutionError) -> Failed {
        use RequestAttemptError as Attempt;
        let certain = match &error {
            ExecutionError::BadQuery(_)
            | ExecutionError::EmptyPlan
            | ExecutionError::PrepareError(_)
            | ExecutionError::ConnectionPoolError(_) => true,
            ExecutionError::LastAttemptError(attempt) => matches!(
                attempt,
                Attempt::SerializationError(_)
                    | Attempt::CqlRequestSerialization(_)
                    | Attempt::UnableToAllocStreamId
                    | Attempt::DbError(
                        DbError::Unavailable { .. } | DbError::Overloaded | DbError::IsBootstrapping,
                        _
                    )
            ),
            _ => false,
        };
        tracing::debug!(%error, "the store did not acknowledge");
        if certain { Failed::Away } else { Failed::Unknown }
    }
}

impl CqlStore {
    /// Connects and prepares all statements. `time` bounds a call.
    ///
    /// # Errors
    /// [`CqlError`].
    pub async fn open(cluster: &Cluster, time: Duration) -> Result<CqlStore, CqlError> {
        let (session, datacenter) = cluster.connect(time).await?;
        let keyspace = cluster.keyspace.clone();
        let no_tables = |error: &dyn std::fmt::Display| CqlError::NoTables(error.to_string());
        session.use_keyspace(keyspace.as_str(), false).await.map_err(|error| no_tables(&error))?;
        let statements = Statements::prepare(&session).await.map_err(|error| no_tables(&error))?;
        Ok(CqlStore { shared: Arc::new(Shared { session, statements, keyspace, datacenter }) })
    }

    /// Whether as many nodes are in the ring as replicas are asked for.
    #[must_use]
    pub fn ring_is_whole(&self) -> bool {
        let state = self.shared.session.get_cluster_state();
        let wanted = match state.get_keyspace(&self.shared.keyspace).map(|keyspace| &keyspace.strategy) {
            Some(Strategy::SimpleStrategy { replication_factor }) => Some(replication_factor),
            Some(Strategy::NetworkTopologyStrategy { datacenter_repfactors }) => {
                datacenter_repfactors.get(&self.shared.datacenter)
            }
            _ => None,
        };
        wanted.is_some_and(|&wanted| {
            cluster::ring_size(&self.shared.session, &self.shared.datacenter) >= wanted
        })
    }

    async fn run(
        &self,
        statement: &PreparedStatement,
        values: impl SerializeRow,
    ) -> Result<QueryResult, Failed> {
        // A row is one page; paging would only cost.
        Ok(self.shared.session.execute_unpaged(statement, values).await?)
    }

    /// A write that needs no condition and may be made twice.
    async fn plain(
        &self,
        statement: &PreparedStatement,
        values: impl SerializeRow,
    ) -> Result<(), StoreError> {
        if !self.ring_is_whole() {
            return Err(StoreError::Away);
        }
        self.run(statement, values).await.map(|_| ()).map_err(|_| StoreError::Away)
    }

    /// A conditional write: whether it was applied.
    async fn conditional(
        &self,
        statement: &PreparedStatement,
        values: impl SerializeRow,
    ) -> Result<bool, Failed> {
        if !self.ring_is_whole() {
            return Err(Failed::Away);
        }
        let result = self.run(statement, values).await?;
        // The shape differs with the outcome; `[applied]` always comes first.
        let row: CqlRow =
            result.into_rows_result().ok().and_then(|rows| rows.first_row().ok()).ok_or(Failed::Unknown)?;
        match row.columns.first() {
            Some(Some(CqlValue::Boolean(applied))) => Ok(*applied),
            _ => Err(Failed::Unknown),
        }
    }

    async fn try_write(&self, key: &Key, row: &Row, expect: Expect) -> Result<bool, Failed> {
        let statements = &self.shared.statements;
        let (key, bytes, owes) = (key.0.as_slice(), row.bytes.as_ref(), row.owes);
        let (version, ends_at) = (row.version.0.cast_signed(), CqlTimestamp(row.ends_at.as_second() * 1000));
        match expect {
            Expect::Absent => {
                self.conditional(&statements.insert, (key, version, bytes, owes, ends_at)).await
            }
            Expect::At(expected) => {
                let expected = expected.0.cast_signed();
                self.conditional(&statements.update, (version, bytes, owes, ends_at, key, expected)).await
            }
        }
    }

    async fn one<T>(&self, statement: &PreparedStatement, key: &[u8]) -> Result<Option<T>, StoreError>
    where
        T: for<'frame, 'metadata> scylla::deserialize::row::DeserializeRow<'frame, 'metadata>,
    {
        let result = self.run(statement, (key,)).await.map_err(|_| StoreError::Away)?;
        let rows = result.into_rows_result().map_err(|_| StoreError::Away)?;
        rows.maybe_first_row().map_err(|_| StoreError::Away)
    }
}

impl Responses for CqlStore {
    async fn read(&self, key: &Key, how: Freshness) -> Result<Option<Row>, StoreError> {
        let statement = match how {
            Freshness::Quorum => &self.shared.statements.read,
            Freshness::Serial => &self.shared.statements.read_serial,
        };
        let found = self.one::<(i64, Bytes, bool, CqlTimestamp)>(statement, &key.0).await?;
        Ok(found.map(|(version, bytes, owes, ends_at)| Row {
            version: Version(version.cast_unsigned()),
            bytes,
            owes,
            ends_at: Timestamp::from_millisecond(ends_at.0).unwrap_or(Timestamp::MAX),
        }))
    }

    async fn write(&self, key: &Key, row: &Row, expect: Expect) -> Result<Written, StoreError> {
        match self.try_write(key, row, expect).await {
            Ok(true) => return Ok(Written::Done),
            Ok(false) => return Ok(Written::Lost),
            Err(Failed::Away) => return Err(StoreError::Away),
            Err(Failed::Unknown) => {}
        }
        for settling in 1..=SETTLINGS {
            tokio::time::sleep(Duration::from_millis(50) * settling).await;
            let Ok(held) = self.read(key, Freshness::Serial).await else { continue };
            match (held, expect) {
                (Some(held), _) if held.version == row.version => {
                    let ours = held.bytes == row.bytes;
                    return Ok(if ours { Written::Done } else { Written::Lost });
                }
                // Somebody wrote after that version, ours or another's: nobody can tell any more.
                (Some(held), _) if held.version > row.version => return Err(StoreError::Unsettled),
                (None, Expect::At(_)) => return Ok(Written::Lost),
                (Some(_), Expect::Absent) => return Ok(Written::Lost),
                // What was expected still stands: write again. A refusal may mean that the first was made.
                _ => {
                    if let Ok(true) = self.try_write(key, row, expect).await {
                        return Ok(Written::Done);
                    }
                }
            }
        }
        Err(StoreError::Unsettled)
    }

    async fn delete(&self, key: &Key, expect: Version) -> Result<Written, StoreError> {
        let values = || (key.0.as_slice(), expect.0.cast_signed());
        for attempt in 0..=SETTLINGS {
            match self.conditional(&self.shared.statements.delete, values()).await {
                Ok(true) => return Ok(Written::Done),
                Ok(false) if attempt == 0 => return Ok(Written::Lost),
                Err(Failed::Away) if attempt == 0 => return Err(StoreError::Away),
                // After an unknown outcome a refusal may mean that it was made: gone is done.
                _ => match self.read(key, Freshness::Serial).await {
                    Ok(None) => return Ok(Written::Done),
                    Ok(Some(held)) if held.version != expect => return Ok(Written::Lost),
                    _ => tokio::time::sleep(Duration::from_millis(50)).await,
                },
            }
        }
        Err(StoreError::Unsettled)
    }
}

fn hint_values(hint: &Hint) -> (i8, CqlTimestamp, &[u8], Uuid) {
    let at = CqlTimestamp(hint.announced_at.as_millisecond());
    (hint.key.bucket().cast_signed(), at, hint.key.0.as_slice(), hint.effect)
}

impl Rows for CqlStore {
    async fn part(&self, after: Option<Key>, limit: u16) -> Result<Part, StoreError> {
        let statements = &self.shared.statements;
        let result = match after {
            None => self.run(&statements.first_part, (i32::from(limit),)).await,
            Some(after) => self.run(&statements.next_part, (after.0.as_slice(), i32::from(limit))).await,
        };
        let rows = result.map_err(|_| StoreError::Away)?.into_rows_result().map_err(|_| StoreError::Away)?;
        let rows = rows.rows::<(Vec<u8>, i64, bool, CqlTimestamp)>().map_err(|_| StoreError::Away)?;
        let seen = rows.map(|row| {
            let (key, version, owes, ends_at) = row.map_err(|_| StoreError::Away)?;
            Ok(Seen {
                key: Key(key.try_into().map_err(|_| StoreError::Away)?),
                version: Version(version.cast_unsigned()),
                owes,
                ends_at: Timestamp::from_millisecond(ends_at.0).unwrap_or(Timestamp::MAX),
            })
        });
        let rows = seen.collect::<Result<Vec<Seen>, StoreError>>()?;
        let next = rows.last().filter(|_| rows.len() == usize::from(limit)).map(|row| row.key);
        Ok(Part { rows, next })
    }
}

impl Outbox for CqlStore {
    async fn announce(&self, hint: &Hint) -> Result<(), StoreError> {
        self.plain(&self.shared.statements.announce, hint_values(hint)).await
    }

    async fn due(&self, bucket: u8, limit: u16) -> Result<Vec<Hint>, StoreError> {
        let values = (bucket.cast_signed(), i32::from(limit));
        let away = |_| StoreError::Away;
        let pages = self.shared.session.execute_iter(self.shared.statements.due.clone(), values).await;
        let rows = pages.map_err(|_| StoreError::Away)?;
        let rows = rows.rows_stream::<(CqlTimestamp, Vec<u8>, Uuid)>().map_err(|_| StoreError::Away)?;
        let rows: Vec<_> = rows.try_collect().await.map_err(away)?;
        let hint = |(at, key, effect): (CqlTimestamp, Vec<u8>, Uuid)| {
            let key = Key(key.try_into().ok()?);
            Some(Hint { key, effect, announced_at: Timestamp::from_millisecond(at.0).ok()? })
        };
        Ok(rows.into_iter().filter_map(hint).collect())
    }

    async fn settle(&self, hint: &Hint) -> Result<(), StoreError> {
        self.plain(&self.shared.statements.settle, hint_values(hint)).await
    }
}

impl Definitions for CqlStore {
    async fn keep(&self, hash: DefinitionHash, bytes: Bytes) -> Result<(), StoreError> {
        self.plain(&self.shared.statements.keep, (hash.0.as_slice(), bytes.as_ref())).await
    }

    async fn get(&self, hash: DefinitionHash) -> Result<Option<Bytes>, StoreError> {
        let found = self.one::<(Bytes,)>(&self.shared.statements.get, &hash.0).await?;
        Ok(found.map(|(bytes,)| bytes))
    }
}

impl Leases for CqlStore {
    async fn take(
        &self,
        name: &str,
        holder: Uuid,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Written, StoreError> {
        let statements = &self.shared.statements;
        let until = CqlTimestamp(until.as_millisecond());
        let now = CqlTimestamp(now.as_millisecond());
        // An unknown outcome is a lease not taken: if it was, it runs out.
        let away = |_: Failed| StoreError::Away;
        let taken = self.conditional(&statements.take_free, (name, holder, until)).await.map_err(away)?
            || self.conditional(&statements.renew, (until, name, holder)).await.map_err(away)?
            || self.conditional(&statements.take_ended, (holder, until, name, now)).await.map_err(away)?;
        Ok(if taken { Written::Done } else { Written::Lost })
    }

    async fn give_up(&self, name: &str, holder: Uuid) -> Result<(), StoreError> {
        let given = self.conditional(&self.shared.statements.give_up, (name, holder)).await;
        given.map(|_| ()).map_err(|_| StoreError::Away)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::store::contract;

    const TIME: Duration = Duration::from_secs(10);

    /// Where `runner/tests/services/cassandra.sh start` said it listens.
    fn cluster() -> Option<Cluster> {
        let Ok(address) = std::env::var("CASSANDRA") else {
            assert!(std::env::var("CI").is_err(), "CI must give CASSANDRA=HOST:PORT");
            eprintln!("SKIPPED: no CASSANDRA=HOST:PORT; runner/tests/services/cassandra.sh starts one");
            return None;
        };
        Some(Cluster::parse(&address).unwrap())
    }

    macro_rules! holds {
        ($($name:ident)*) => {
            /// One test, because making the tables at once from many sessions is not Cassandra's strength.
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn cassandra_keeps_the_contract() {
                let Some(cluster) = cluster() else { return };
                init(&cluster, None).await.unwrap();
                let store = CqlStore::open(&cluster, TIME).await.unwrap();
                assert!(store.ring_is_whole());
                $(
                    eprintln!("{}", stringify!($name));
                    contract::$name(store.clone()).await;
                )*
            }
        };
    }
    contract::each!(holds);

    #[tokio::test]
    async fn a_store_that_is_not_there_is_unreachable() {
        let nobody = Cluster::parse("127.0.0.1:1").unwrap();
        let opened = CqlStore::open(&nobody, Duration::from_millis(300)).await;
        assert!(matches!(opened, Err(CqlError::Unreachable(_))));
    }

    #[tokio::test]
    async fn a_keyspace_without_tables_says_how_they_are_made() {
        let Some(cluster) = cluster() else { return };
        let other = Cluster { keyspace: "made_by_nobody".to_owned(), ..cluster };
        let opened = CqlStore::open(&other, TIME).await;
        assert!(matches!(opened, Err(CqlError::NoTables(_))));
    }
}
