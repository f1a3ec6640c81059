//! The sweep over rows that ended, that owe, and that are in use.
#![expect(clippy::unwrap_used, reason = "tests")]
use super::*;
use crate::config::{Receiver, Receivers};
use crate::launch::Source;
use crate::record::{EffectKind, Owed, Pinned, Record};
use crate::secret::SecretString;
use crate::send::Senders;
use crate::store::memory::MemoryStore;
use crate::store::{DefinitionHash, Expect, Leases as _, Outbox as _, Responses as _, Version};

const NOW: i64 = 10_000_000;

fn clock() -> Timestamp {
    Timestamp::from_second(NOW).unwrap()
}

struct Scene {
    store: MemoryStore,
    sealer: Arc<Sealer>,
    relay: Arc<Relay<MemoryStore>>,
}

fn scene() -> Scene {
    let receivers = Receivers { submission: Receiver::Log, feedback: None, fulfilment: None, mail: None };
    let sealer = Arc::new(Sealer::new("t", &[&SecretString::new("pepper".into())]).unwrap());
    let store = MemoryStore::default();
    let (relay, _) = Relay::new(store.clone(), Arc::clone(&sealer), Arc::new(Senders::new(receivers)), clock);
    Scene { store, sealer, relay }
}

impl Scene {
    async fn keep(&self, response: &str, ends_at: i64, owes: bool) -> Key {
        let key = self.sealer.row_key(response);
        let ends_at = Timestamp::from_second(ends_at).unwrap();
        let source = Source::Name("x".into());
        let mut record =
            Record::new(Pinned::new(source, DefinitionHash([0; 32]), "1".into(), ends_at)).unwrap();
        if owes {
            let id = Uuid::from_u128(5);
            record.owe(Owed { id, kind: EffectKind::Submission, headers: vec![], bytes: vec![1] });
        }
        let row = self.sealer.seal(&record, &key, Version::FIRST).unwrap();
        self.store.write(&key, &row, Expect::Absent).await.unwrap();
        key
    }

    async fn pass(&self) -> Swept {
        pass(&self.store, &self.sealer, &self.relay, clock, &Drain::new()).await.unwrap()
    }

    async fn has(&self, key: Key) -> bool {
        self.store.read(&key, Freshness::Serial).await.unwrap().is_some()
    }
}

#[tokio::test(start_paused = true)]
async fn responses_that_ended_are_removed_a_day_later_and_others_stay() {
    let scene = scene();
    let over = scene.keep("over", NOW - 90_000, false).await;
    let just = scene.keep("just", NOW - 80_000, false).await;
    let open = scene.keep("open", NOW + 1, false).await;
    assert_eq!(scene.pass().await, Swept { rows: 3, removed: 1, announced: 0 });
    assert!(!scene.has(over).await);
    assert!(scene.has(just).await && scene.has(open).await);
}

#[tokio::test(start_paused = true)]
async fn what_is_owed_is_never_removed_and_is_announced_when_its_hint_is_lost() {
    let scene = scene();
    let key = scene.keep("over", NOW - 900_000, true).await;
    assert_eq!(scene.pass().await, Swept { rows: 1, removed: 0, announced: 1 });
    assert!(scene.has(key).await);
    let due = scene.store.due(key.bucket(), 10).await.unwrap();
    assert_eq!(due.iter().map(|hint| hint.effect).collect::<Vec<_>>(), [Uuid::from_u128(5)]);
}

#[tokio::test(start_paused = true)]
async fn a_pass_looks_at_every_row_of_many_parts_once() {
    let scene = scene();
    for n in 0..600 {
        scene.keep(&n.to_string(), NOW - 90_000, false).await;
    }
    assert_eq!(scene.pass().await, Swept { rows: 600, removed: 600, announced: 0 });
    assert_eq!(scene.pass().await, Swept::default());
}

#[tokio::test(start_paused = true)]
async fn of_several_runners_one_sweeps() {
    let scene = scene();
    let drain = Drain::new();
    let run = || {
        let (store, sealer, relay) =
            (scene.store.clone(), Arc::clone(&scene.sealer), Arc::clone(&scene.relay));
        tokio::spawn(run(store, sealer, relay, clock, drain.clone()))
    };
    let (first, second) = (run(), run());
    sleep(Duration::from_secs(200)).await;
    let other = scene.store.take(LEASE, Uuid::new_v4(), clock(), clock()).await.unwrap();
    assert_eq!(other, Written::Lost, "its lease lasts until the next pass is due");
    drain.stop();
    first.await.unwrap();
    second.await.unwrap();
}
