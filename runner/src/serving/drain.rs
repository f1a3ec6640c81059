//! Stopping without losing anything: what runs is counted, told, and waited for up to a bound.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Shared by all that must end in order: listener, jobs, and the tasks that write.
#[derive(Clone, Debug, Default)]
pub struct Drain {
    stopping: CancellationToken,
    tasks: TaskTracker,
    ready: Arc<AtomicBool>,
}

impl Drain {
    /// Nothing runs, nothing stops, not ready yet.
    #[must_use]
    pub fn new() -> Drain {
        Drain::default()
    }

    /// Says that requests may come: connections are open, listed questionnaires warm.
    pub fn set_ready(&self) {
        self.ready.store(true, Ordering::Release);
    }

    /// What `/readyz` answers. Once ready never dependent on the store: one slow store would otherwise take
    /// every runner away.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.ready.load(Ordering::Acquire) && !self.stopping.is_cancelled()
    }

    /// Begins to stop: not ready, no new connections, jobs end.
    pub fn stop(&self) {
        self.stopping.cancel();
    }

    /// Whether stopping has begun.
    #[must_use]
    pub fn is_stopping(&self) -> bool {
        self.stopping.is_cancelled()
    }

    /// Resolves when stopping has begun.
    pub async fn stopping(&self) {
        self.stopping.cancelled().await;
    }

    /// Runs what may not be cut off: from the first write to the last effect. It goes on when the handler that
    /// awaits it is dropped by a hang-up, and stopping waits for it.
    pub fn run<T: Send + 'static>(&self, work: impl Future<Output = T> + Send + 'static) -> JoinHandle<T> {
        self.tasks.spawn(work)
    }

    /// Waits until all that runs has ended, at most so long. Says whether it has.
    pub async fn finish(&self, time: Duration) -> bool {
        self.stop();
        self.tasks.close();
        timeout(time, self.tasks.wait()).await.is_ok()
    }
}

/// Resolves at SIGTERM or SIGINT.
///
/// # Errors
/// When the system lets no handler be set.
pub async fn signalled() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn stopping_waits_for_work_that_nobody_awaits_any_more() {
        let drain = Drain::new();
        drain.set_ready();
        assert!(drain.is_ready());
        let (told, done) = tokio::sync::oneshot::channel();
        drop(drain.run(async {
            tokio::time::sleep(Duration::from_secs(3)).await;
            told.send(()).unwrap();
        }));
        assert!(drain.finish(Duration::from_secs(10)).await);
        assert!(done.await.is_ok());
        assert!(!drain.is_ready());
    }

    #[tokio::test(start_paused = true)]
    async fn stopping_waits_no_longer_than_its_bound() {
        let drain = Drain::new();
        let _work = drain.run(std::future::pending::<()>());
        assert!(!drain.finish(Duration::from_secs(10)).await);
    }
}
