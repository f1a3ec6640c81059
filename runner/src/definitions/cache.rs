//! What was built from a definition, kept by its hash, within so many bytes; built once however many ask.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::OnceCell;

use crate::store::DefinitionHash;

/// A cache bounded by bytes. The least lately used goes first; what someone still uses lives on with them.
pub struct Cache<T> {
    bound: usize,
    held: Mutex<Held<T>>,
}

struct Held<T> {
    slots: HashMap<DefinitionHash, Slot<T>>,
    bytes: usize,
    clock: u64,
}

struct Slot<T> {
    cell: Arc<OnceCell<Arc<T>>>,
    /// 0 while it is being built.
    bytes: usize,
    used: u64,
}

impl<T> fmt::Debug for Cache<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let held = self.held();
        write!(f, "Cache({} things, {} of {} bytes)", held.slots.len(), held.bytes, self.bound)
    }
}

impl<T> Cache<T> {
    /// Holds at most so many bytes, by the builders' own count; one thing that is larger is held alone.
    #[must_use]
    pub fn new(bound: usize) -> Cache<T> {
        let held = Held { slots: HashMap::new(), bytes: 0, clock: 0 };
        Cache { bound, held: Mutex::new(held) }
    }

    /// The thing of this hash, if it is ready.
    #[must_use]
    pub fn ready(&self, hash: DefinitionHash) -> Option<Arc<T>> {
        self.held().touch(hash)?.get().cloned()
    }

    /// The thing of this hash; built by the first who asks, while others wait. `build` gives it with its size
    /// in bytes; when it fails, the next who waits builds. What cannot be linked is best built into a `T` that
    /// says so: then it fails once.
    ///
    /// # Errors
    /// The builder's own.
    pub async fn get_or_build<E>(
        &self,
        hash: DefinitionHash,
        build: impl AsyncFnOnce() -> Result<(T, usize), E>,
    ) -> Result<Arc<T>, E> {
        let cell = self.cell(hash);
        let thing = cell.get_or_try_init(async || {
            let (thing, bytes) = build().await?;
            self.held().weigh(hash, bytes, self.bound);
            Ok(Arc::new(thing))
        });
        let result = thing.await.cloned();
        if result.is_err() {
            self.held().drop_unbuilt(hash);
        }
        result
    }

    fn cell(&self, hash: DefinitionHash) -> Arc<OnceCell<Arc<T>>> {
        let mut held = self.held();
        if let Some(cell) = held.touch(hash) {
            return cell;
        }
        let cell = Arc::new(OnceCell::new());
        let used = held.clock;
        held.slots.insert(hash, Slot { cell: Arc::clone(&cell), bytes: 0, used });
        cell
    }

    fn held(&self) -> MutexGuard<'_, Held<T>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Held<T> {
    fn touch(&mut self, hash: DefinitionHash) -> Option<Arc<OnceCell<Arc<T>>>> {
        self.clock += 1;
        let slot = self.slots.get_mut(&hash)?;
        slot.used = self.clock;
        Some(Arc::clone(&slot.cell))
    }

    fn weigh(&mut self, hash: DefinitionHash, bytes: usize, bound: usize) {
        let Some(slot) = self.slots.get_mut(&hash) else { return };
        self.bytes = self.bytes - slot.bytes + bytes;
        slot.bytes = bytes;
        while self.bytes > bound {
            let others = self.slots.iter().filter(|(other, slot)| **other != hash && slot.bytes > 0);
            let Some((&oldest, _)) = others.min_by_key(|(_, slot)| slot.used) else { return };
            if let Some(slot) = self.slots.remove(&oldest) {
                self.bytes -= slot.bytes;
            }
        }
    }

    /// Leaves no empty slot behind for each name that fails.
    fn drop_unbuilt(&mut self, hash: DefinitionHash) {
        if self.slots.get(&hash).is_some_and(|slot| slot.bytes == 0 && Arc::strong_count(&slot.cell) <= 2) {
            self.slots.remove(&hash);
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    fn hash(n: u8) -> DefinitionHash {
        DefinitionHash([n; 32])
    }

    async fn put(cache: &Cache<u8>, n: u8, bytes: usize) {
        cache.get_or_build(hash(n), async || Ok::<_, ()>((n, bytes))).await.unwrap();
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_many_ask_for_at_once_is_built_once() {
        let (cache, built) = (Arc::new(Cache::new(100)), Arc::new(AtomicUsize::new(0)));
        let asking: Vec<_> = (0..50)
            .map(|_| {
                let (cache, built) = (Arc::clone(&cache), Arc::clone(&built));
                tokio::spawn(async move {
                    let build = async || {
                        built.fetch_add(1, Ordering::SeqCst);
                        tokio::time::sleep(Duration::from_millis(20)).await;
                        Ok::<_, ()>((7_u8, 1))
                    };
                    *cache.get_or_build(hash(1), build).await.unwrap()
                })
            })
            .collect();
        for asked in asking {
            assert_eq!(asked.await.unwrap(), 7);
        }
        assert_eq!(built.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn the_least_lately_used_makes_room() {
        let cache = Cache::new(10);
        for n in 1..=3 {
            put(&cache, n, 3).await;
        }
        assert!(cache.ready(hash(1)).is_some());
        put(&cache, 4, 4).await;
        assert!(cache.ready(hash(2)).is_none(), "2 was used before 1");
        assert!(cache.ready(hash(1)).is_some() && cache.ready(hash(4)).is_some());
        put(&cache, 5, 1000).await;
        assert_eq!(format!("{cache:?}"), "Cache(1 things, 1000 of 10 bytes)");
    }

    #[tokio::test]
    async fn what_could_not_be_built_is_tried_again_and_leaves_nothing_behind() {
        let cache: Cache<u8> = Cache::new(10);
        assert_eq!(cache.get_or_build(hash(1), async || Err("away")).await, Err("away"));
        assert_eq!(format!("{cache:?}"), "Cache(0 things, 0 of 10 bytes)");
        put(&cache, 1, 1).await;
        assert_eq!(cache.ready(hash(1)).as_deref(), Some(&1));
    }
}
