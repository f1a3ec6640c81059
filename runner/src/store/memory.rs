//! A store in memory, for tests and benches only: it forgets everything, and says what the contract means in few lines.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use jiff::Timestamp;
use uuid::Uuid;

use super::{
    DefinitionHash, Definitions, Expect, Freshness, Hint, Key, Leases, Outbox, Part, Responses, Row, Rows,
    Seen, StoreError, Version, Written,
};

/// Bucket, time, row, effect: the order hints are given in.
type Place = (u8, Timestamp, [u8; 32], Uuid);

/// Everything a store keeps, in maps.
#[derive(Clone, Default)]
pub struct MemoryStore {
    responses: Arc<Mutex<HashMap<Key, Row>>>,
    hints: Arc<Mutex<BTreeMap<Place, Hint>>>,
    definitions: Arc<Mutex<HashMap<DefinitionHash, Bytes>>>,
    leases: Arc<Mutex<HashMap<String, (Uuid, Timestamp)>>>,
}

fn locked<T>(mutex: &Mutex<T>) -> Result<std::sync::MutexGuard<'_, T>, StoreError> {
    mutex.lock().map_err(|_| StoreError::Away)
}

impl Responses for MemoryStore {
    async fn read(&self, key: &Key, _how: Freshness) -> Result<Option<Row>, StoreError> {
        Ok(locked(&self.responses)?.get(key).cloned())
    }

    async fn write(&self, key: &Key, row: &Row, expect: Expect) -> Result<Written, StoreError> {
        let mut responses = locked(&self.responses)?;
        let stands = match (responses.get(key), expect) {
            (None, Expect::Absent) => true,
            (Some(held), Expect::At(version)) => held.version == version,
            _ => false,
        };
        if !stands {
            return Ok(Written::Lost);
        }
        responses.insert(*key, row.clone());
        Ok(Written::Done)
    }

    async fn delete(&self, key: &Key, expect: Version) -> Result<Written, StoreError> {
        let mut responses = locked(&self.responses)?;
        if responses.get(key).is_some_and(|held| held.version == expect) {
            responses.remove(key);
            return Ok(Written::Done);
        }
        Ok(Written::Lost)
    }
}

impl Rows for MemoryStore {
    async fn part(&self, after: Option<Key>, limit: u16) -> Result<Part, StoreError> {
        let responses = locked(&self.responses)?;
        let mut keys: Vec<Key> = responses.keys().copied().collect();
        keys.sort_unstable_by_key(|key| key.0);
        keys.retain(|key| after.is_none_or(|after| key.0 > after.0));
        let next = keys.get(usize::from(limit).saturating_sub(1)).copied();
        keys.truncate(limit.into());
        let seen = |key: Key| {
            let row = responses.get(&key)?;
            Some(Seen { key, version: row.version, owes: row.owes, ends_at: row.ends_at })
        };
        Ok(Part { rows: keys.into_iter().filter_map(seen).collect(), next })
    }
}

fn place(hint: &Hint) -> Place {
    (hint.key.bucket(), hint.announced_at, hint.key.0, hint.effect)
}

impl Outbox for MemoryStore {
    async fn announce(&self, hint: &Hint) -> Result<(), StoreError> {
        locked(&self.hints)?.insert(place(hint), *hint);
        Ok(())
    }

    async fn due(&self, bucket: u8, limit: u16) -> Result<Vec<Hint>, StoreError> {
        let hints = locked(&self.hints)?;
        let own = hints.values().filter(|hint| hint.key.bucket() == bucket);
        Ok(own.take(usize::from(limit)).copied().collect())
    }

    async fn settle(&self, hint: &Hint) -> Result<(), StoreError> {
        locked(&self.hints)?.remove(&place(hint));
        Ok(())
    }
}

impl Definitions for MemoryStore {
    async fn keep(&self, hash: DefinitionHash, bytes: Bytes) -> Result<(), StoreError> {
        locked(&self.definitions)?.insert(hash, bytes);
        Ok(())
    }

    async fn get(&self, hash: DefinitionHash) -> Result<Option<Bytes>, StoreError> {
        Ok(locked(&self.definitions)?.get(&hash).cloned())
    }
}

impl Leases for MemoryStore {
    async fn take(
        &self,
        name: &str,
        holder: Uuid,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Written, StoreError> {
        let mut leases = locked(&self.leases)?;
        if leases.get(name).is_some_and(|(held, end)| *held != holder && *end > now) {
            return Ok(Written::Lost);
        }
        leases.insert(name.to_owned(), (holder, until));
        Ok(Written::Done)
    }

    async fn give_up(&self, name: &str, holder: Uuid) -> Result<(), StoreError> {
        let mut leases = locked(&self.leases)?;
        if leases.get(name).is_some_and(|(held, _)| *held == holder) {
            leases.remove(name);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::MemoryStore;
    use crate::store::contract::{self, on_a_fresh_store};

    fn fresh() -> MemoryStore {
        MemoryStore::default()
    }

    contract::each!(on_a_fresh_store);
}
