//! The driver's own share: CPU of this process for a read and a write of a row, with nothing of ours around them.

use bytes::Bytes;
use jiff::Timestamp;
use runner::store::{Expect, Freshness, Key, Responses as _, Row, Store, Version, Written};

use crate::figures::{Row as Figures, all_cpu, load};
use crate::scene::Scene;

const TURNS: usize = 5;
const OPERATIONS: usize = 640;
/// A row of half-answered monthly-business, sealed, and one four times as long.
const SIZES: [usize; 2] = [1024, 4096];

pub fn measure(store: &str) {
    let scene = Scene::new(store, &[]);
    println!(
        "CPU µs of this process an operation, best (median) of {TURNS} × {OPERATIONS}; {store}; load {}",
        load()
    );
    println!("{:>6} {:>10} {:>15} {:>15}", "bytes", "in flight", "read", "write");
    for size in SIZES {
        for in_flight in [1, 8, 64] {
            let (mut reads, mut writes) = (Figures::default(), Figures::default());
            let keys: Vec<Key> = (0..in_flight).map(|_| Key(std::array::from_fn(|_| rand()))).collect();
            scene.runtime.block_on(async {
                for key in &keys {
                    let written = scene.app.store.write(key, &row(1, size), Expect::Absent).await;
                    assert_eq!(written, Ok(Written::Done));
                }
            });
            let mut version = 1;
            let each = OPERATIONS / in_flight;
            for _ in 0..TURNS {
                let before = all_cpu();
                at_once(&scene, &keys, move |store, key| async move {
                    for _ in 0..each {
                        store.read(&key, Freshness::Quorum).await.unwrap().unwrap();
                    }
                });
                reads.add(all_cpu().saturating_sub(before), OPERATIONS);
                let before = all_cpu();
                at_once(&scene, &keys, move |store, key| async move {
                    for written in 0..each as u64 {
                        let at = version + written;
                        let done = store.write(&key, &row(at + 1, size), Expect::At(Version(at))).await;
                        assert_eq!(done, Ok(Written::Done));
                    }
                });
                writes.add(all_cpu().saturating_sub(before), OPERATIONS);
                version += each as u64;
            }
            println!("{size:6} {in_flight:10} {reads} {writes}");
        }
    }
}

fn at_once<F: Future<Output = ()> + Send + 'static>(
    scene: &Scene,
    keys: &[Key],
    work: impl Fn(Store, Key) -> F,
) {
    let tasks: Vec<_> =
        keys.iter().map(|&key| scene.runtime.spawn(work(scene.app.store.clone(), key))).collect();
    scene.runtime.block_on(async {
        for task in tasks {
            task.await.unwrap();
        }
    });
}

fn rand() -> u8 {
    uuid::Uuid::new_v4().as_bytes()[0]
}

fn row(version: u64, size: usize) -> Row {
    let bytes = Bytes::from(vec![7; size]);
    Row { version: Version(version), bytes, owes: false, ends_at: Timestamp::MAX }
}
