//! The one thread that writes, and its group commit.

use std::io;
use std::thread;

use bytes::Bytes;
use jiff::Timestamp;
use rusqlite::{Connection, TransactionBehavior, params};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use super::super::{DefinitionHash, Expect, Hint, Key, Row, StoreError, Version, Written};
use super::{BATCH, NEIGHBOURS, row_id};

/// What is asked of the writer.
pub(super) enum Change {
    Write { key: Key, row: Row, expect: Expect },
    Delete { key: Key, expect: Version },
    Announce(Hint),
    Settle(Hint),
    Keep(DefinitionHash, Bytes),
    Take { name: String, holder: Uuid, now: Timestamp, until: Timestamp },
    GiveUp { name: String, holder: Uuid },
}

/// Whether anything was changed.
#[derive(Clone, Copy)]
pub(super) struct Changed(bool);

impl Changed {
    pub(super) fn written(self) -> Written {
        if self.0 { Written::Done } else { Written::Lost }
    }
}

struct Job {
    change: Change,
    reply: oneshot::Sender<Result<Changed, StoreError>>,
}

pub(super) struct Writer {
    jobs: mpsc::Sender<Job>,
}

impl Writer {
    pub(super) fn start(connection: Connection) -> io::Result<Writer> {
        let (jobs, waiting) = mpsc::channel(4 * BATCH);
        thread::Builder::new().name("sqlite writer".into()).spawn(move || run(connection, waiting))?;
        Ok(Writer { jobs })
    }

    pub(super) async fn change(&self, change: Change) -> Result<Changed, StoreError> {
        let (reply, answer) = oneshot::channel();
        self.jobs.send(Job { change, reply }).await.map_err(|_| StoreError::Away)?;
        answer.await.unwrap_or(Err(StoreError::Unsettled))
    }
}

/// Ends when every handle to the store is gone.
fn run(mut connection: Connection, mut waiting: mpsc::Receiver<Job>) {
    let mut batch = Vec::with_capacity(BATCH);
    while waiting.blocking_recv_many(&mut batch, BATCH) > 0 {
        let outcomes = commit(&mut connection, &batch);
        for (job, outcome) in batch.drain(..).zip(outcomes) {
            // Nobody waits: the caller hung up. What was done stays done.
            let _ = job.reply.send(outcome);
        }
    }
}

/// Carries all out in one transaction; an outcome each, in order.
fn commit(connection: &mut Connection, batch: &[Job]) -> Vec<Result<Changed, StoreError>> {
    let all = |error| vec![Err(error); batch.len()];
    let Ok(transaction) = connection.transaction_with_behavior(TransactionBehavior::Immediate) else {
        return all(StoreError::Away);
    };
    let mut outcomes = Vec::with_capacity(batch.len());
    for job in batch {
        outcomes.push(carry_out(&transaction, &job.change).map_err(|_| StoreError::Away));
        // A full disk rolls the whole transaction back by itself: nothing of the batch stands.
        if transaction.is_autocommit() {
            return all(StoreError::Away);
        }
    }
    match transaction.commit() {
        Ok(()) => outcomes,
        // It may have reached the disk or not.
        Err(_) => all(StoreError::Unsettled),
    }
}

fn carry_out(connection: &Connection, change: &Change) -> rusqlite::Result<Changed> {
    let changed = match change {
        Change::Write { key, row, expect: Expect::Absent } => insert(connection, key, row)?,
        Change::Write { key, row, expect: Expect::At(version) } => update(connection, key, row, *version)?,
        Change::Delete { key, expect } => {
            let id = row_id(key);
            connection
                .prepare_cached(
                    "DELETE FROM responses WHERE id BETWEEN ?1 AND ?2 AND key = ?3 AND version = ?4",
                )?
                .execute(params![id, id + NEIGHBOURS - 1, key.0, expect.0.cast_signed()])?
        }
        Change::Announce(hint) => hint_statement(
            connection,
            hint,
            "INSERT OR IGNORE INTO outbox
             (bucket, announced_at, key, effect) VALUES (?1, ?2, ?3, ?4)",
        )?,
        Change::Settle(hint) => hint_statement(
            connection,
            hint,
            "DELETE FROM outbox
             WHERE bucket = ?1 AND announced_at = ?2 AND key = ?3 AND effect = ?4",
        )?,
        Change::Keep(hash, bytes) => connection
            .prepare_cached("INSERT OR IGNORE INTO definitions (hash, bytes) VALUES (?1, ?2)")?
            .execute(params![hash.0, &bytes[..]])?,
        Change::Take { name, holder, now, until } => {
            // Those that ended stand for nothing any more; there are never many.
            connection
                .prepare_cached("DELETE FROM leases WHERE until <= ?1")?
                .execute([now.as_millisecond()])?;
            connection
                .prepare_cached(
                    "INSERT INTO leases (name, holder, until) VALUES (?1, ?2, ?3)
                     ON CONFLICT (name) DO UPDATE SET until = ?3 WHERE holder = ?2",
                )?
                .execute(params![name, holder.as_bytes(), until.as_millisecond()])?
        }
        Change::GiveUp { name, holder } => connection
            .prepare_cached("DELETE FROM leases WHERE name = ?1 AND holder = ?2")?
            .execute(params![name, holder.as_bytes()])?,
    };
    Ok(Changed(changed > 0))
}

fn hint_statement(connection: &Connection, hint: &Hint, sql: &str) -> rusqlite::Result<usize> {
    let at = hint.announced_at.as_millisecond();
    connection.prepare_cached(sql)?.execute(params![
        hint.key.bucket(),
        at,
        hint.key.0,
        hint.effect.as_bytes()
    ])
}

fn insert(connection: &Connection, key: &Key, row: &Row) -> rusqlite::Result<usize> {
    let id = row_id(key);
    let taken: Vec<(i64, [u8; 32])> = connection
        .prepare_cached("SELECT id, key FROM responses WHERE id BETWEEN ?1 AND ?2")?
        .query_map([id, id + NEIGHBOURS - 1], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    if taken.iter().any(|(_, held)| *held == key.0) {
        return Ok(0);
    }
    let free = (id..id + NEIGHBOURS).find(|id| !taken.iter().any(|(held, _)| held == id));
    let free = free.ok_or(rusqlite::Error::StatementChangedRows(0))?;
    connection
        .prepare_cached(
            "INSERT INTO responses (id, key, version, bytes, owes, ends_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            free,
            key.0,
            row.version.0.cast_signed(),
            &row.bytes[..],
            row.owes,
            row.ends_at.as_second()
        ])
}

fn update(connection: &Connection, key: &Key, row: &Row, expect: Version) -> rusqlite::Result<usize> {
    let id = row_id(key);
    connection
        .prepare_cached(
            "UPDATE responses SET version = ?1, bytes = ?2, owes = ?3, ends_at = ?4
             WHERE id BETWEEN ?5 AND ?6 AND key = ?7 AND version = ?8",
        )?
        .execute(params![
            row.version.0.cast_signed(),
            &row.bytes[..],
            row.owes,
            row.ends_at.as_second(),
            id,
            id + NEIGHBOURS - 1,
            key.0,
            expect.0.cast_signed()
        ])
}
