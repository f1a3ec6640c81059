//! The configured store, whichever it is.

use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;
use uuid::Uuid;

use super::cql::{CqlError, CqlStore};
#[cfg(feature = "memory")]
use super::memory::MemoryStore;
use super::sqlite::SqliteStore;
use super::{
    DefinitionHash, Definitions, Expect, Freshness, Hint, Key, Leases, Outbox, Part, Responses, Row, Rows,
    StoreError, Version, Written,
};
use crate::config::StoreConfig;

/// One of the stores.
#[derive(Clone)]
pub enum Store {
    /// A file of this machine.
    Sqlite(SqliteStore),
    /// A cluster.
    Cql(CqlStore),
    /// Nothing that lasts: for benches.
    #[cfg(feature = "memory")]
    Memory(MemoryStore),
}

/// Why the store could not be opened: reported at start.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file.
    #[error("{0}: {1}")]
    Sqlite(std::path::PathBuf, rusqlite::Error),
    /// The cluster.
    #[error(transparent)]
    Cql(#[from] CqlError),
}

impl Store {
    /// Opens what is configured; a call may take `time`.
    ///
    /// # Errors
    /// [`OpenError`].
    pub async fn open(config: &StoreConfig, time: Duration) -> Result<Store, OpenError> {
        Ok(match config {
            StoreConfig::Sqlite(path) => Store::Sqlite(
                SqliteStore::open(path).map_err(|error| OpenError::Sqlite(path.clone(), error))?,
            ),
            #[cfg(feature = "memory")]
            StoreConfig::Memory => Store::Memory(MemoryStore::default()),
            StoreConfig::Cassandra(cluster) => Store::Cql(CqlStore::open(cluster, time).await?),
        })
    }
}

/// Asks the store that is there.
macro_rules! ask {
    ($self:ident, $store:ident => $call:expr) => {
        match $self {
            Store::Sqlite($store) => $call.await,
            Store::Cql($store) => $call.await,
            #[cfg(feature = "memory")]
            Store::Memory($store) => $call.await,
        }
    };
}

impl Responses for Store {
    async fn read(&self, key: &Key, how: Freshness) -> Result<Option<Row>, StoreError> {
        ask!(self, store => store.read(key, how))
    }

    async fn write(&self, key: &Key, row: &Row, expect: Expect) -> Result<Written, StoreError> {
        ask!(self, store => store.write(key, row, expect))
    }

    async fn delete(&self, key: &Key, expect: Version) -> Result<Written, StoreError> {
        ask!(self, store => store.delete(key, expect))
    }
}

impl Rows for Store {
    async fn part(&self, after: Option<Key>, limit: u16) -> Result<Part, StoreError> {
        ask!(self, store => store.part(after, limit))
    }
}

impl Outbox for Store {
    async fn announce(&self, hint: &Hint) -> Result<(), StoreError> {
        ask!(self, store => store.announce(hint))
    }

    async fn due(&self, bucket: u8, limit: u16) -> Result<Vec<Hint>, StoreError> {
        ask!(self, store => store.due(bucket, limit))
    }

    async fn settle(&self, hint: &Hint) -> Result<(), StoreError> {
        ask!(self, store => store.settle(hint))
    }
}

impl Definitions for Store {
    async fn keep(&self, hash: DefinitionHash, bytes: Bytes) -> Result<(), StoreError> {
        ask!(self, store => store.keep(hash, bytes))
    }

    async fn get(&self, hash: DefinitionHash) -> Result<Option<Bytes>, StoreError> {
        ask!(self, store => store.get(hash))
    }
}

impl Leases for Store {
    async fn take(
        &self,
        name: &str,
        holder: Uuid,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Written, StoreError> {
        ask!(self, store => store.take(name, holder, now, until))
    }

    async fn give_up(&self, name: &str, holder: Uuid) -> Result<(), StoreError> {
        ask!(self, store => store.give_up(name, holder))
    }
}
