//! Sends what is owed. Announce, decide, thank, relay.
//!
//! 1. A handler announces the debt ([`Relay::announce`]): a hint in the outbox, which may turn out empty.
//! 2. It decides: one conditional write of the row puts the effect into `owed`.
//! 3. Only then it thanks, announces once more and nudges ([`Relay::decided`]).
//! 4. A relay, one a bucket by lease, reads the row serially, sends with confirmation, clears the debt by a
//!    conditional write, settles the hint.
//!
//! A crash between confirmation and clearing sends again under the same id, which a receiver keeps once. A
//! hint without a debt goes after ten minutes: by then whoever announced it has decided or died.

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, interval};
use uuid::Uuid;

use crate::record::{EffectKind, Record};
use crate::seal::Sealer;
use crate::send::Senders;
use crate::serving::drain::Drain;
use crate::serving::failpoint;
use crate::store::{
    Expect, Freshness, Hint, Key, Leases, Outbox, Responses, Row, StoreError, Version, Written,
};

/// How often all buckets are looked at, nudged or not.
const ROUND: Duration = Duration::from_secs(5);
/// How long a bucket is ours. Sending what is taken at a time must fit.
const LEASE: SignedDuration = SignedDuration::from_secs(120);
/// Most hints taken at a time.
const BATCH: u16 = 64;
/// When a hint without a debt is given up.
const EMPTY_AFTER: SignedDuration = SignedDuration::from_mins(10);
/// How often clearing a debt is tried against respondents who write the same row.
const CLEARINGS: u32 = 20;
/// A receiver that refuses is left alone for a second, then longer, up to this.
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_secs(60);

/// What a relay needs of a store.
pub trait RelayStore: Responses + Outbox + Leases + Send + Sync + 'static {}
impl<S: Responses + Outbox + Leases + Send + Sync + 'static> RelayStore for S {}

/// The relay of one runner, and the door through which handlers reach it.
pub struct Relay<S> {
    store: S,
    sealer: Arc<Sealer>,
    senders: Arc<Senders>,
    clock: fn() -> Timestamp,
    holder: Uuid,
    nudges: mpsc::Sender<u8>,
    counts: Counts,
}

/// For the metrics.
#[derive(Debug, Default)]
pub struct Counts {
    /// Effects confirmed by their receivers.
    pub sent: AtomicU64,
    /// Attempts that were not confirmed.
    pub failed: AtomicU64,
    /// Hints seen in the last round that stand for a debt still owed.
    pub owed: AtomicU64,
    /// When the oldest of these was announced, in seconds since the epoch; 0 when there is none.
    pub oldest: AtomicU64,
}

/// What became of a hint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Handled {
    /// Sent, or nothing was owed for long: the hint is gone.
    Settled,
    /// Nothing is owed yet; somebody may be about to decide.
    Waiting,
    /// Still owed.
    Owed,
}

/// Receivers that refused, and until when they are left alone.
#[derive(Default)]
struct Pauses(HashMap<EffectKind, (Timestamp, SignedDuration)>);

impl Pauses {
    fn is_paused(&self, kind: EffectKind, now: Timestamp) -> bool {
        self.0.get(&kind).is_some_and(|(until, _)| *until > now)
    }

    fn refused(&mut self, kind: EffectKind, now: Timestamp) {
        let last = self.0.get(&kind).map_or(SignedDuration::ZERO, |(_, pause)| *pause);
        let pause = (last * 2).clamp(SignedDuration::from_secs(1), LONGEST_PAUSE);
        self.0.insert(kind, (now.saturating_add(pause).unwrap_or(Timestamp::MAX), pause));
    }

    fn took(&mut self, kind: EffectKind) {
        self.0.remove(&kind);
    }
}

/// The relay's own end: buckets that were nudged.
pub struct Nudged(mpsc::Receiver<u8>);

impl<S: RelayStore> Relay<S> {
    /// A relay that does nothing until [`Relay::run`].
    #[must_use]
    pub fn new(
        store: S,
        sealer: Arc<Sealer>,
        senders: Arc<Senders>,
        clock: fn() -> Timestamp,
    ) -> (Arc<Relay<S>>, Nudged) {
        let (nudges, nudged) = mpsc::channel(1024);
        let (holder, counts) = (Uuid::new_v4(), Counts::default());
        (Arc::new(Relay { store, sealer, senders, clock, holder, nudges, counts }), Nudged(nudged))
    }

    /// Says that these effects may soon be owed by this row. Before deciding.
    ///
    /// # Errors
    /// [`StoreError`]: then nothing may be decided.
    pub async fn announce(&self, key: Key, effects: &[Uuid]) -> Result<Vec<Hint>, StoreError> {
        let announced_at = whole_milliseconds((self.clock)());
        let hints = effects.iter().map(|&effect| Hint { key, effect, announced_at });
        let hints: Vec<Hint> = hints.collect();
        for hint in &hints {
            self.store.announce(hint).await?;
        }
        Ok(hints)
    }

    /// Says that they are owed now. The hints are left once more, in case the first were taken for empty, and
    /// the relay is woken. Nothing here can undo what was decided: a failure is only logged.
    pub async fn decided(&self, hints: &[Hint]) {
        for hint in hints {
            if let Err(error) = self.store.announce(hint).await {
                tracing::warn!(%error, "a debt could not be announced again");
            }
            // When so many wait already, the next round comes by anyway.
            let _ = self.nudges.try_send(hint.key.bucket());
        }
    }

    /// For the metrics.
    #[must_use]
    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    /// Relays until the service stops; ends between two effects.
    pub async fn run(self: Arc<Self>, mut nudged: Nudged, drain: Drain) {
        let mut rounds = interval(ROUND);
        rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut pauses = Pauses::default();
        loop {
            let buckets = tokio::select! {
                biased;
                () = drain.stopping() => return,
                Some(bucket) = nudged.0.recv() => bucket..bucket + 1,
                _ = rounds.tick() => 0..Key::BUCKETS,
            };
            let whole_round = buckets.len() > 1;
            let (mut owed, mut oldest) = (0, u64::MAX);
            for bucket in buckets {
                match self.bucket(bucket, &mut pauses, &drain).await {
                    Ok(left) => {
                        owed += u64::try_from(left.len()).unwrap_or(u64::MAX);
                        let seconds =
                            left.iter().filter_map(|hint| u64::try_from(hint.announced_at.as_second()).ok());
                        oldest = seconds.fold(oldest, u64::min);
                    }
                    Err(error) => tracing::warn!(%error, bucket, "debts could not be looked at"),
                }
            }
            if whole_round {
                self.counts.owed.store(owed, Ordering::Relaxed);
                self.counts.oldest.store(if owed == 0 { 0 } else { oldest }, Ordering::Relaxed);
            }
        }
    }

    /// Handles a bucket's hints, oldest first, if its lease is to be had. Gives those still owed.
    async fn bucket(&self, bucket: u8, pauses: &mut Pauses, drain: &Drain) -> Result<Vec<Hint>, StoreError> {
        // Looking costs little, leases cost a transaction: most buckets are empty most of the time.
        if self.store.due(bucket, 1).await?.is_empty() {
            return Ok(Vec::new());
        }
        let (name, now) = (format!("relay/{bucket}"), (self.clock)());
        let until = now.saturating_add(LEASE).unwrap_or(Timestamp::MAX);
        if self.store.take(&name, self.holder, now, until).await? == Written::Lost {
            return Ok(Vec::new());
        }
        let mut left = Vec::new();
        for hint in self.store.due(bucket, BATCH).await? {
            if (self.clock)() >= until || drain.is_stopping() {
                break;
            }
            match self.hint(&hint, pauses).await {
                Ok(Handled::Owed) => left.push(hint),
                Ok(Handled::Settled | Handled::Waiting) => {}
                Err(error) => {
                    tracing::warn!(%error, "a debt could not be looked at");
                    left.push(hint);
                }
            }
        }
        self.store.give_up(&name, self.holder).await?;
        Ok(left)
    }

    async fn hint(&self, hint: &Hint, pauses: &mut Pauses) -> Result<Handled, StoreError> {
        let opened = self.open(&hint.key).await?;
        let effect = opened
            .as_ref()
            .and_then(|(_, record)| record.body.owed.iter().find(|effect| effect.id == hint.effect));
        let now = (self.clock)();
        let Some(effect) = effect else {
            if now.duration_since(hint.announced_at) < EMPTY_AFTER {
                return Ok(Handled::Waiting);
            }
            self.store.settle(hint).await?;
            return Ok(Handled::Settled);
        };
        if pauses.is_paused(effect.kind, now) {
            return Ok(Handled::Owed);
        }
        failpoint::reached("sending").await;
        if let Err(error) = self.senders.send(effect).await {
            self.counts.failed.fetch_add(1, Ordering::Relaxed);
            tracing::warn!(%error, id = %effect.id, kind = ?effect.kind, "an effect is still owed");
            pauses.refused(effect.kind, now);
            return Ok(Handled::Owed);
        }
        pauses.took(effect.kind);
        self.counts.sent.fetch_add(1, Ordering::Relaxed);
        failpoint::reached("sent").await;
        self.clear(hint).await?;
        failpoint::reached("cleared").await;
        self.store.settle(hint).await?;
        Ok(Handled::Settled)
    }

    /// Takes a confirmed effect out of the row, as often as someone else writes it meanwhile.
    async fn clear(&self, hint: &Hint) -> Result<(), StoreError> {
        for attempt in 0..CLEARINGS {
            let Some((version, mut record)) = self.open(&hint.key).await? else { return Ok(()) };
            if !record.clear(hint.effect) {
                return Ok(());
            }
            let row = self.seal(&record, &hint.key, version.next())?;
            if self.store.write(&hint.key, &row, Expect::At(version)).await? == Written::Done {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(5) * attempt).await;
        }
        Err(StoreError::Unsettled)
    }

    async fn open(&self, key: &Key) -> Result<Option<(Version, Record)>, StoreError> {
        let Some(row) = self.store.read(key, Freshness::Serial).await? else { return Ok(None) };
        match self.sealer.open(&row, key) {
            Ok(record) => Ok(Some((row.version, record))),
            Err(error) => {
                tracing::error!(%error, ?key, "a row that may owe something cannot be opened");
                Err(StoreError::Away)
            }
        }
    }

    fn seal(&self, record: &Record, key: &Key, version: Version) -> Result<Row, StoreError> {
        self.sealer.seal(record, key, version).map_err(|error| {
            tracing::error!(%error, "a cleared debt could not be sealed");
            StoreError::Away
        })
    }
}

/// As stores keep it, so that a hint read back is the hint that was left.
fn whole_milliseconds(at: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(at.as_millisecond()).unwrap_or(at)
}
