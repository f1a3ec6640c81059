//! Looks at every row now and then: removes responses that nobody may come back to, and announces debts that have
//! no hint.
//!
//! One runner at a time, by a lease as long as the pause between two passes: whoever takes it does a pass, and the
//! others find it taken until the next is due. A pass is made a part at a time, with rests, so that the store is
//! not noticed to be busy with it. Sessions end by themselves, in their cookies; a hint without a debt is settled
//! by the relay.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::time::{MissedTickBehavior, interval, sleep};
use uuid::Uuid;

use super::relay::{Relay, RelayStore};
use crate::seal::Sealer;
use crate::serving::drain::Drain;
use crate::store::{Freshness, Key, Part, Rows, StoreError, Written};

/// How often it is asked whether a pass is due.
const ASK: Duration = Duration::from_secs(60);
/// A pass begins so long after the last began.
const PAUSE: SignedDuration = SignedDuration::from_hours(1);
/// Rows looked at together.
const PART: u16 = 256;
/// The rest between two parts.
const REST: Duration = Duration::from_millis(50);
/// A row outlives its response by this, so that the launch tokens it remembers have run out too.
const GRACE: SignedDuration = SignedDuration::from_hours(24);
const LEASE: &str = "sweep";

/// What a pass came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Rows looked at.
    pub rows: u64,
    /// Responses removed.
    pub removed: u64,
    /// Debts announced.
    pub announced: u64,
}

/// Sweeps until the service stops.
pub async fn run<S: RelayStore + Rows>(
    store: S,
    sealer: Arc<Sealer>,
    relay: Arc<Relay<S>>,
    clock: fn() -> Timestamp,
    drain: Drain,
) {
    let holder = Uuid::new_v4();
    let mut ticks = interval(ASK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            biased;
            () = drain.stopping() => return,
            _ = ticks.tick() => {}
        }
        let now = clock();
        let until = now.saturating_add(PAUSE).unwrap_or(Timestamp::MAX);
        match store.take(LEASE, holder, now, until).await {
            Ok(Written::Done) => {}
            Ok(Written::Lost) => continue,
            Err(error) => {
                tracing::warn!(%error, "a sweep could not begin");
                continue;
            }
        }
        match pass(&store, &sealer, &relay, clock, &drain).await {
            Ok(swept) if swept.removed + swept.announced > 0 => {
                tracing::info!(
                    rows = swept.rows,
                    removed = swept.removed,
                    announced = swept.announced,
                    "swept"
                );
            }
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "a sweep did not come to its end"),
        }
        // The lease is not given up: until it ends no pass is due. Nor does its holder ask before.
        let rest = Duration::try_from(until.duration_since(clock())).unwrap_or_default();
        tokio::select! {
            () = drain.stopping() => return,
            () = sleep(rest) => {}
        }
    }
}

/// One pass over all rows, or until the service stops.
///
/// # Errors
/// [`StoreError`] when the store is away; the next pass begins anew.
pub async fn pass<S: RelayStore + Rows>(
    store: &S,
    sealer: &Sealer,
    relay: &Relay<S>,
    clock: fn() -> Timestamp,
    drain: &Drain,
) -> Result<Swept, StoreError> {
    let mut swept = Swept::default();
    let mut after = None;
    while !drain.is_stopping() {
        let Part { rows, next } = store.part(after, PART).await?;
        for row in rows {
            swept.rows += 1;
            let has_ended = clock().duration_since(row.ends_at) > GRACE;
            if row.owes {
                swept.announced += announce(store, sealer, relay, row.key).await?;
            } else if has_ended && store.delete(&row.key, row.version).await? == Written::Done {
                swept.removed += 1;
            }
        }
        match next {
            Some(next) => after = Some(next),
            None => break,
        }
        sleep(REST).await;
    }
    Ok(swept)
}

/// Announces what a row owes, once more where that was done already. How many debts there are.
async fn announce<S: RelayStore + Rows>(
    store: &S,
    sealer: &Sealer,
    relay: &Relay<S>,
    key: Key,
) -> Result<u64, StoreError> {
    let Some(row) = store.read(&key, Freshness::Quorum).await? else { return Ok(0) };
    let Ok(record) = sealer.open(&row, &key) else {
        tracing::error!(?key, "a row that owes something cannot be opened");
        return Ok(0);
    };
    let effects: Vec<Uuid> = record.body.owed.iter().map(|owed| owed.id).collect();
    let hints = relay.announce(key, &effects).await?;
    Ok(u64::try_from(hints.len()).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests;
