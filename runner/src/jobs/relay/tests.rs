//! The relay against crashes, refusals, respondents and other relays.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicI64;

use super::*;
use crate::config::{Receiver, Receivers};
use crate::launch::Source;
use crate::record::{Owed, Pinned};
use crate::secret::SecretString;
use crate::store::DefinitionHash;
use crate::store::memory::MemoryStore;

static NOW: AtomicI64 = AtomicI64::new(1_000_000);

fn clock() -> Timestamp {
    Timestamp::from_second(NOW.load(Ordering::SeqCst)).unwrap()
}

struct Scene {
    store: MemoryStore,
    sealer: Arc<Sealer>,
    relay: Arc<Relay<MemoryStore>>,
    nudged: Nudged,
    key: Key,
    folder: tempfile::TempDir,
}

/// The folder does not exist yet when `away`: a file stands in its place.
fn scene(away: bool) -> Scene {
    let folder = tempfile::tempdir().unwrap();
    let inbox = folder.path().join("inbox");
    if away {
        fs::write(&inbox, "in the way").unwrap();
    }
    let receivers =
        Receivers { submission: Receiver::Folder(inbox), feedback: None, fulfilment: None, mail: None };
    let sealer = Arc::new(Sealer::new("t", &[&SecretString::new("pepper".into())]).unwrap());
    let store = MemoryStore::default();
    let senders = Arc::new(Senders::new(receivers));
    let (relay, nudged) = Relay::new(store.clone(), Arc::clone(&sealer), senders, clock);
    let key = sealer.row_key("r1");
    Scene { store, sealer, relay, nudged, key, folder }
}

const EFFECT: Uuid = Uuid::from_u128(77);

impl Scene {
    async fn decide(&self, owed: bool) {
        let pinned = Pinned::new(Source::Name("x".into()), DefinitionHash([0; 32]), "1".into(), clock());
        let mut record = Record::new(pinned).unwrap();
        record.body.response = Some(vec![1]);
        if owed {
            let headers = vec![("tx_id".into(), "t".into())];
            let bytes = b"{\"submitted\": true}".to_vec();
            record.owe(Owed { id: EFFECT, kind: EffectKind::Submission, headers, bytes });
        }
        let row = self.sealer.seal(&record, &self.key, Version::FIRST).unwrap();
        assert_eq!(self.store.write(&self.key, &row, Expect::Absent).await, Ok(Written::Done));
    }

    async fn round(&self, pauses: &mut Pauses) -> usize {
        self.relay.bucket(self.key.bucket(), pauses, &Drain::new()).await.unwrap().len()
    }

    async fn hints(&self) -> usize {
        self.store.due(self.key.bucket(), 10).await.unwrap().len()
    }

    async fn row(&self) -> (Version, Record) {
        self.relay.open(&self.key).await.unwrap().unwrap()
    }

    fn arrived(&self) -> usize {
        files(&self.folder.path().join("inbox"))
    }
}

fn files(folder: &Path) -> usize {
    fs::read_dir(folder).map_or(0, Iterator::count)
}

#[tokio::test]
async fn what_was_decided_is_sent_once_and_cleared() {
    let scene = scene(false);
    let hints = scene.relay.announce(scene.key, &[EFFECT]).await.unwrap();
    scene.decide(true).await;
    scene.relay.decided(&hints).await;
    assert_eq!(scene.round(&mut Pauses::default()).await, 0);
    assert_eq!(scene.arrived(), 2, "the effect and its headers");
    let (version, record) = scene.row().await;
    assert_eq!((version, record.body.owed.len()), (Version(2), 0));
    assert_eq!(record.body.response, Some(vec![1]), "answers stay");
    assert_eq!(scene.hints().await, 0);
}

#[tokio::test]
async fn an_announcement_without_a_decision_waits_ten_minutes_and_goes() {
    let scene = scene(false);
    let announced_at = clock().saturating_sub(SignedDuration::from_mins(9)).unwrap();
    let mut hint = Hint { key: scene.key, effect: EFFECT, announced_at };
    scene.store.announce(&hint).await.unwrap();
    scene.decide(false).await;
    scene.round(&mut Pauses::default()).await;
    assert_eq!(scene.hints().await, 1);
    scene.store.settle(&hint).await.unwrap();
    hint.announced_at = clock().saturating_sub(SignedDuration::from_mins(11)).unwrap();
    scene.store.announce(&hint).await.unwrap();
    scene.round(&mut Pauses::default()).await;
    assert_eq!((scene.hints().await, scene.arrived()), (0, 0));
}

#[tokio::test]
async fn a_decision_long_after_its_announcement_is_still_sent() {
    let scene = scene(false);
    let announced_at = clock().saturating_sub(SignedDuration::from_hours(1)).unwrap();
    let hint = Hint { key: scene.key, effect: EFFECT, announced_at };
    // The announcement was taken for empty and settled; the decision announces again.
    scene.decide(true).await;
    scene.relay.decided(&[hint]).await;
    scene.round(&mut Pauses::default()).await;
    assert_eq!(scene.arrived(), 2);
}

#[tokio::test]
async fn what_a_receiver_refuses_stays_owed_until_it_takes_it() {
    let scene = scene(true);
    let hints = scene.relay.announce(scene.key, &[EFFECT]).await.unwrap();
    scene.decide(true).await;
    scene.relay.decided(&hints).await;
    let mut pauses = Pauses::default();
    assert_eq!(scene.round(&mut pauses).await, 1);
    assert!(pauses.is_paused(EffectKind::Submission, clock()));
    assert_eq!(scene.row().await.1.body.owed.len(), 1);
    fs::remove_file(scene.folder.path().join("inbox")).unwrap();
    assert_eq!(scene.round(&mut pauses).await, 1, "left alone for a while");
    assert_eq!(scene.round(&mut Pauses::default()).await, 0);
    assert_eq!(scene.arrived(), 2);
}

#[tokio::test]
async fn a_crash_between_confirmation_and_clearing_adds_nothing() {
    let scene = scene(false);
    let hints = scene.relay.announce(scene.key, &[EFFECT]).await.unwrap();
    scene.decide(true).await;
    // Sent and confirmed, then the runner died.
    let owed = scene.row().await.1.body.owed[0].clone();
    scene.relay.senders.send(&owed).await.unwrap();
    scene.relay.decided(&hints).await;
    scene.round(&mut Pauses::default()).await;
    assert_eq!(scene.arrived(), 2);
    assert_eq!((scene.hints().await, scene.row().await.1.body.owed.len()), (0, 0));
}

#[tokio::test]
async fn clearing_a_debt_and_a_respondent_who_writes_both_stand() {
    let scene = scene(false);
    let hints = scene.relay.announce(scene.key, &[EFFECT]).await.unwrap();
    scene.decide(true).await;
    let (store, sealer, key) = (scene.store.clone(), Arc::clone(&scene.sealer), scene.key);
    let respondent = tokio::spawn(async move {
        let mut written = 0_u8;
        while written < 20 {
            let row = store.read(&key, Freshness::Serial).await.unwrap().unwrap();
            let mut record = sealer.open(&row, &key).unwrap();
            record.body.response = Some(vec![written + 1]);
            let next = sealer.seal(&record, &key, row.version.next()).unwrap();
            if store.write(&key, &next, Expect::At(row.version)).await == Ok(Written::Done) {
                written += 1;
            }
            tokio::task::yield_now().await;
        }
    });
    scene.relay.decided(&hints).await;
    scene.round(&mut Pauses::default()).await;
    respondent.await.unwrap();
    let record = scene.row().await.1;
    assert_eq!((record.body.owed.len(), record.body.response), (0, Some(vec![20])));
}

#[tokio::test]
async fn a_bucket_that_another_relay_holds_is_left_to_it() {
    let scene = scene(false);
    let hints = scene.relay.announce(scene.key, &[EFFECT]).await.unwrap();
    scene.decide(true).await;
    scene.relay.decided(&hints).await;
    let name = format!("relay/{}", scene.key.bucket());
    let until = clock().saturating_add(SignedDuration::from_mins(1)).unwrap();
    scene.store.take(&name, Uuid::from_u128(1), clock(), until).await.unwrap();
    scene.round(&mut Pauses::default()).await;
    assert_eq!(scene.arrived(), 0);
}

#[tokio::test]
async fn a_nudged_relay_sends_at_once_and_ends_when_told() {
    let mut scene = scene(false);
    let nudged = std::mem::replace(&mut scene.nudged, Nudged(mpsc::channel(1).1));
    let drain = Drain::new();
    let running = tokio::spawn(Arc::clone(&scene.relay).run(nudged, drain.clone()));
    tokio::task::yield_now().await;
    let hints = scene.relay.announce(scene.key, &[EFFECT]).await.unwrap();
    scene.decide(true).await;
    scene.relay.decided(&hints).await;
    for _ in 0..200 {
        if scene.hints().await == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!((scene.hints().await, scene.arrived()), (0, 2));
    drain.stop();
    tokio::time::timeout(Duration::from_secs(5), running).await.unwrap().unwrap();
}
