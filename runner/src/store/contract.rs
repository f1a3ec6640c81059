//! What every store must do. One suite; a store's tests are the line that runs it.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use bytes::Bytes;
use jiff::Timestamp;
use uuid::Uuid;

use super::{
    DefinitionHash, Definitions, Expect, Freshness, Hint, Key, Leases, Outbox, Responses, Row, Rows, Version,
    Written,
};

/// All five traits.
pub trait Whole: Responses + Rows + Outbox + Definitions + Leases + Send + Sync + 'static {}
impl<S: Responses + Rows + Outbox + Definitions + Leases + Send + Sync + 'static> Whole for S {}

/// A key that no other test or run uses, so that a suite may run again on a store that is kept.
fn fresh_key() -> Key {
    let (a, b) = (Uuid::new_v4(), Uuid::new_v4());
    let mut key = [0; 32];
    key[..16].copy_from_slice(a.as_bytes());
    key[16..].copy_from_slice(b.as_bytes());
    Key(key)
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn row(version: u64, text: &str) -> Row {
    let bytes = Bytes::copy_from_slice(text.as_bytes());
    Row { version: Version(version), bytes, owes: false, ends_at: at(2_000_000_000) }
}

const FIRST: Expect = Expect::Absent;

pub async fn a_row_reads_back_as_it_was_written(store: impl Whole) {
    let key = fresh_key();
    assert_eq!(store.read(&key, Freshness::Quorum).await.unwrap(), None);
    let written = Row { owes: true, ..row(1, "one") };
    assert_eq!(store.write(&key, &written, FIRST).await.unwrap(), Written::Done);
    for how in [Freshness::Quorum, Freshness::Serial] {
        assert_eq!(store.read(&key, how).await.unwrap(), Some(written.clone()));
    }
}

pub async fn a_row_of_twenty_thousand_bytes_reads_back(store: impl Whole) {
    let key = fresh_key();
    let bytes: Vec<u8> = (0..20_000_u32).map(|n| u8::try_from(n % 251).unwrap()).collect();
    let large = Row { bytes: bytes.into(), ..row(1, "") };
    assert_eq!(store.write(&key, &large, FIRST).await.unwrap(), Written::Done);
    assert_eq!(store.read(&key, Freshness::Serial).await.unwrap(), Some(large));
}

pub async fn a_second_first_write_is_lost(store: impl Whole) {
    let key = fresh_key();
    assert_eq!(store.write(&key, &row(1, "one"), FIRST).await.unwrap(), Written::Done);
    assert_eq!(store.write(&key, &row(1, "other"), FIRST).await.unwrap(), Written::Lost);
    assert_eq!(store.read(&key, Freshness::Serial).await.unwrap(), Some(row(1, "one")));
}

pub async fn a_write_over_an_older_version_is_lost(store: impl Whole) {
    let key = fresh_key();
    let one = Expect::At(Version(1));
    assert_eq!(store.write(&key, &row(2, "none yet"), one).await.unwrap(), Written::Lost);
    assert_eq!(store.write(&key, &row(1, "one"), FIRST).await.unwrap(), Written::Done);
    assert_eq!(store.write(&key, &row(2, "two"), one).await.unwrap(), Written::Done);
    assert_eq!(store.write(&key, &row(2, "late"), one).await.unwrap(), Written::Lost);
    assert_eq!(store.read(&key, Freshness::Serial).await.unwrap(), Some(row(2, "two")));
}

pub async fn a_row_is_deleted_only_at_the_version_seen(store: impl Whole) {
    let key = fresh_key();
    assert_eq!(store.delete(&key, Version(1)).await.unwrap(), Written::Lost);
    store.write(&key, &row(1, "one"), FIRST).await.unwrap();
    store.write(&key, &row(2, "two"), Expect::At(Version(1))).await.unwrap();
    assert_eq!(store.delete(&key, Version(1)).await.unwrap(), Written::Lost);
    assert_eq!(store.delete(&key, Version(2)).await.unwrap(), Written::Done);
    assert_eq!(store.read(&key, Freshness::Serial).await.unwrap(), None);
    assert_eq!(store.write(&key, &row(1, "again"), FIRST).await.unwrap(), Written::Done);
}

pub async fn of_many_writers_of_one_version_one_wins(store: impl Whole) {
    let (store, key) = (Arc::new(store), fresh_key());
    store.write(&key, &row(1, "one"), FIRST).await.unwrap();
    let writers: Vec<_> = (0..8)
        .map(|n| {
            let store = Arc::clone(&store);
            tokio::spawn(async move {
                let mine = row(2, &format!("writer {n}"));
                // Contention alone may leave an outcome open on Cassandra; the row below decides.
                (store.write(&key, &mine, Expect::At(Version(1))).await, mine)
            })
        })
        .collect();
    let mut winners = Vec::new();
    for writer in writers {
        if let (Ok(Written::Done), mine) = writer.await.unwrap() {
            winners.push(mine);
        }
    }
    let stands = store.read(&key, Freshness::Serial).await.unwrap().unwrap();
    assert!(winners.len() <= 1, "{winners:?}");
    assert!(winners.iter().all(|winner| *winner == stands));
    assert_eq!(stands.version, Version(2));
}

pub async fn a_hundred_rows_written_at_once_all_stand(store: impl Whole) {
    let store = Arc::new(store);
    let writers: Vec<_> = (0..100)
        .map(|_| {
            let store = Arc::clone(&store);
            tokio::spawn(async move {
                let key = fresh_key();
                assert_eq!(store.write(&key, &row(1, "x"), FIRST).await.unwrap(), Written::Done);
                key
            })
        })
        .collect();
    for writer in writers {
        let key = writer.await.unwrap();
        assert!(store.read(&key, Freshness::Quorum).await.unwrap().is_some());
    }
}

pub async fn a_round_sees_every_row_that_stands_throughout(store: impl Whole) {
    let mut ours = Vec::new();
    for _ in 0..20 {
        let key = fresh_key();
        assert_eq!(store.write(&key, &row(1, "x"), FIRST).await.unwrap(), Written::Done);
        ours.push(key);
    }
    let (mut after, mut seen) = (None, Vec::new());
    loop {
        let part = store.part(after, 8).await.unwrap();
        assert!(part.rows.len() <= 8);
        seen.extend(part.rows);
        match part.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    for key in ours {
        let found: Vec<_> = seen.iter().filter(|row| row.key == key).collect();
        assert!(!found.is_empty());
        assert_eq!(
            (found[0].version, found[0].owes, found[0].ends_at),
            (Version(1), false, at(2_000_000_000))
        );
        store.delete(&key, Version(1)).await.unwrap();
    }
}

pub async fn a_hint_stays_until_it_is_settled(store: impl Whole) {
    let key = fresh_key();
    let hint = |n: u128, second| Hint { key, effect: Uuid::from_u128(n), announced_at: at(second) };
    // Long ago, so that what others announced meanwhile comes after.
    let (first, second) = (hint(1, 1000), hint(2, 2000));
    for hint in [second, first, first] {
        store.announce(&hint).await.unwrap();
    }
    let ours = async || {
        let due = store.due(key.bucket(), 1000).await.unwrap();
        due.into_iter().filter(|hint| hint.key == key).collect::<Vec<_>>()
    };
    assert_eq!(ours().await, [first, second], "the oldest first, each once");
    store.settle(&first).await.unwrap();
    store.settle(&first).await.unwrap();
    assert_eq!(ours().await, [second]);
    store.settle(&second).await.unwrap();
}

pub async fn no_more_hints_are_given_than_asked_for(store: impl Whole) {
    let key = fresh_key();
    let hints: Vec<Hint> =
        (0..3).map(|n| Hint { key, effect: Uuid::from_u128(n), announced_at: at(1) }).collect();
    for hint in &hints {
        store.announce(hint).await.unwrap();
    }
    assert_eq!(store.due(key.bucket(), 2).await.unwrap().len(), 2);
    for hint in &hints {
        store.settle(hint).await.unwrap();
    }
}

pub async fn a_definition_is_kept_by_its_hash(store: impl Whole) {
    let hash = DefinitionHash(fresh_key().0);
    assert_eq!(store.get(hash).await.unwrap(), None);
    let bytes = Bytes::from(vec![7; 300_000]);
    store.keep(hash, bytes.clone()).await.unwrap();
    store.keep(hash, bytes.clone()).await.unwrap();
    assert_eq!(store.get(hash).await.unwrap(), Some(bytes));
}

pub async fn a_lease_is_one_holders_until_it_ends(store: impl Whole) {
    let name = Uuid::new_v4().to_string();
    let (ann, ben) = (Uuid::new_v4(), Uuid::new_v4());
    assert_eq!(store.take(&name, ann, at(0), at(10)).await.unwrap(), Written::Done);
    assert_eq!(store.take(&name, ben, at(5), at(15)).await.unwrap(), Written::Lost);
    assert_eq!(store.take(&name, ann, at(5), at(20)).await.unwrap(), Written::Done, "renewed");
    assert_eq!(store.take(&name, ben, at(15), at(25)).await.unwrap(), Written::Lost);
    assert_eq!(store.take(&name, ben, at(20), at(30)).await.unwrap(), Written::Done, "it ran out");
    store.give_up(&name, ann).await.unwrap();
    assert_eq!(store.take(&name, ann, at(21), at(31)).await.unwrap(), Written::Lost, "not hers to give up");
    store.give_up(&name, ben).await.unwrap();
    assert_eq!(store.take(&name, ann, at(21), at(31)).await.unwrap(), Written::Done);
}

/// Hands the names of all tests to a macro.
macro_rules! each {
    ($with:ident) => {
        $with! {
            a_row_reads_back_as_it_was_written
            a_row_of_twenty_thousand_bytes_reads_back
            a_second_first_write_is_lost
            a_write_over_an_older_version_is_lost
            a_row_is_deleted_only_at_the_version_seen
            of_many_writers_of_one_version_one_wins
            a_hundred_rows_written_at_once_all_stand
            a_round_sees_every_row_that_stands_throughout
            a_hint_stays_until_it_is_settled
            no_more_hints_are_given_than_asked_for
            a_definition_is_kept_by_its_hash
            a_lease_is_one_holders_until_it_ends
        }
    };
}
pub(crate) use each;

/// Makes a test of each, on a store of its own that `fresh()` gives.
macro_rules! on_a_fresh_store {
    ($($name:ident)*) => {
        $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                crate::store::contract::$name(fresh()).await;
            }
        )*
    };
}
pub(crate) use on_a_fresh_store;
