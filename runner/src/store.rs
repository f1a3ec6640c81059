//! Where responses, debts, definitions and leases are kept: four small traits, and one suite for all stores.
//!
//! A response is one row, changed by one conditional write: whoever read an older version loses, and is told.
//! A row's bytes are sealed (`seal.rs`); a store sees their length, their version and when they end.

mod any;
#[cfg(test)]
mod contract;
pub mod cql;
#[cfg(any(test, feature = "memory"))]
pub mod memory;
pub mod sqlite;

use std::fmt;
use std::future::Future;

use bytes::Bytes;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use any::{OpenError, Store};

/// The name of a response's row: an HMAC of the response id, so that a stolen table links to nobody.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Key(pub [u8; 32]);

impl Key {
    /// How many parts the announced debts are split into.
    pub const BUCKETS: u8 = 16;

    /// Which of [`Key::BUCKETS`] this row's debts are announced in.
    #[must_use]
    pub fn bucket(&self) -> u8 {
        self.0[0] % Key::BUCKETS
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Four bytes tell rows apart in a log and lead nobody to a row.
        write!(f, "Key({:02x}{:02x}{:02x}{:02x}…)", self.0[0], self.0[1], self.0[2], self.0[3])
    }
}

/// How often a row was written. The first write makes 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Version(pub u64);

impl Version {
    /// What a row begins with.
    pub const FIRST: Version = Version(1);

    /// The version that follows.
    #[must_use]
    pub fn next(self) -> Version {
        Version(self.0.saturating_add(1))
    }
}

/// One response as a store keeps it.
#[derive(Clone, PartialEq, Eq)]
pub struct Row {
    /// The writer's: [`Version::FIRST`], or one more than expected.
    pub version: Version,
    /// Sealed; a hundred bytes to some twenty thousand.
    pub bytes: Bytes,
    /// Whether effects are owed: such a row is never removed.
    pub owes: bool,
    /// When the response may be forgotten; kept in whole seconds.
    pub ends_at: Timestamp,
}

impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Row({:?}, {} bytes, owes: {})", self.version, self.bytes.len(), self.owes)
    }
}

/// How fresh a read must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// What a majority holds; may miss a write that is still under way.
    Quorum,
    /// Ordered with the conditional writes: sees every one that was done.
    Serial,
}

/// What must stand for a write to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// No row.
    Absent,
    /// A row of this version.
    At(Version),
}

/// What became of a conditional write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// It stands.
    Done,
    /// Something else stands; nothing was changed.
    Lost,
}

/// Why a store gave no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Not reachable, overloaded or not fit to be written to: nothing was changed.
    #[error("the store is away")]
    Away,
    /// A write of which nobody could say whether it was made. The reply is 503; a retry finds out.
    #[error("the outcome of a write is unknown")]
    Unsettled,
}

/// The responses.
pub trait Responses {
    /// The row, if there is one.
    fn read(&self, key: &Key, how: Freshness)
    -> impl Future<Output = Result<Option<Row>, StoreError>> + Send;

    /// Writes if `expect` holds. An unknown outcome is settled inside, by reading and comparing.
    fn write(
        &self,
        key: &Key,
        row: &Row,
        expect: Expect,
    ) -> impl Future<Output = Result<Written, StoreError>> + Send;

    /// Deletes if this version stands. [`Written::Lost`] also when there is no row.
    fn delete(&self, key: &Key, expect: Version) -> impl Future<Output = Result<Written, StoreError>> + Send;
}

/// A row as a round sees it: without what is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Its name.
    pub key: Key,
    /// Which writing of it.
    pub version: Version,
    /// Whether effects are owed.
    pub owes: bool,
    /// When the response may be forgotten.
    pub ends_at: Timestamp,
}

/// A part of all rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// In the store's own order.
    pub rows: Vec<Seen>,
    /// What the next part comes after; none: this was the last.
    pub next: Option<Key>,
}

/// Rounds over all rows, for jobs: a part at a time. What is written meanwhile may be seen or not.
pub trait Rows {
    /// The rows after one, at most `limit`; from the beginning when there is none to come after.
    fn part(&self, after: Option<Key>, limit: u16) -> impl Future<Output = Result<Part, StoreError>> + Send;
}

/// A hint that a row may owe something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The row.
    pub key: Key,
    /// The debt.
    pub effect: Uuid,
    /// When it was announced first; whole milliseconds.
    pub announced_at: Timestamp,
}

/// Hints of debts, by bucket ([`Key::bucket`]). A hint may be there without a debt and the other way about;
/// the row alone is the truth.
pub trait Outbox {
    /// Leaves a hint. Twice is once.
    fn announce(&self, hint: &Hint) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// The oldest hints of a bucket, at most `limit`.
    fn due(&self, bucket: u8, limit: u16) -> impl Future<Output = Result<Vec<Hint>, StoreError>> + Send;

    /// Takes a hint away. One that is not there is no error.
    fn settle(&self, hint: &Hint) -> impl Future<Output = Result<(), StoreError>> + Send;
}

/// SHA-256 over a definition in all its languages.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DefinitionHash(pub [u8; 32]);

impl fmt::Display for DefinitionHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for DefinitionHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Definitions by their hash: any runner, after any deploy, can open any response.
pub trait Definitions {
    /// Keeps one. Twice is once.
    fn keep(&self, hash: DefinitionHash, bytes: Bytes)
    -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Gives one back.
    fn get(&self, hash: DefinitionHash) -> impl Future<Output = Result<Option<Bytes>, StoreError>> + Send;
}

/// Leave for one runner at a time to do a job. A holder that pauses past the end may still act: what it does
/// must stand a second doer, as every conditional write here does.
pub trait Leases {
    /// Takes the lease if it is free, has run out by `now`, or is the holder's own already.
    fn take(
        &self,
        name: &str,
        holder: Uuid,
        now: Timestamp,
        until: Timestamp,
    ) -> impl Future<Output = Result<Written, StoreError>> + Send;

    /// Gives it up, if this holder has it.
    fn give_up(&self, name: &str, holder: Uuid) -> impl Future<Output = Result<(), StoreError>> + Send;
}
