//! A counted lane for work that blocks: RSA, linking, files.

use std::sync::Arc;

use tokio::sync::Semaphore;

/// So many pieces of work at a time; others wait for their turn.
#[derive(Clone, Debug)]
pub struct Lane {
    places: Arc<Semaphore>,
}

/// The work panicked, or the service is stopping.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a piece of work was lost")]
pub struct WorkLost;

impl Lane {
    /// A lane of this width.
    #[must_use]
    pub fn new(width: usize) -> Lane {
        Lane { places: Arc::new(Semaphore::new(width.max(1))) }
    }

    /// Does the work on a thread for such. Once begun it runs to its end, whoever stops waiting.
    ///
    /// # Errors
    /// [`WorkLost`].
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, WorkLost> {
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(|_| WorkLost)?;
        let work = move || {
            let done = work();
            drop(place);
            done
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| WorkLost)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn no_more_work_is_done_at_a_time_than_the_lane_is_wide() {
        let (lane, busy, most) = (Lane::new(2), Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let tasks: Vec<_> = (0..8)
            .map(|_| {
                let (lane, busy, most) = (lane.clone(), Arc::clone(&busy), Arc::clone(&most));
                tokio::spawn(async move {
                    let work = move || {
                        most.fetch_max(busy.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                        std::thread::sleep(Duration::from_millis(5));
                        busy.fetch_sub(1, Ordering::SeqCst);
                    };
                    lane.run(work).await.unwrap();
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(most.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn work_that_panics_is_lost_and_its_place_is_free_again() {
        let lane = Lane::new(1);
        assert_eq!(lane.run(|| -> u8 { panic!("on purpose") }).await, Err(WorkLost));
        assert_eq!(lane.run(|| 7).await, Ok(7));
    }
}
