//! Who is let in when not all can be: people already answering before newcomers.
//!
//! One limit for respondents' requests at work; launches have a smaller one of their own, and are turned away
//! as soon as three quarters of the first are taken. Static files and `/livez` need no leave.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// How long someone who is answering waits for a place before being asked to come again.
const PATIENCE: Duration = Duration::from_secs(5);

/// What a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Of someone who is answering.
    InProgress,
    /// Of someone who wishes to begin.
    Launch,
}

/// The places.
#[derive(Clone, Debug)]
pub struct Admission {
    at_work: Arc<Semaphore>,
    launches: Arc<Semaphore>,
    kept_for_those_inside: usize,
}

/// Leave to work, until dropped.
#[derive(Debug)]
pub struct Admitted {
    _at_work: OwnedSemaphorePermit,
    _launch: Option<OwnedSemaphorePermit>,
}

/// There is no place: 503, with `Retry-After`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too busy")]
pub struct Busy;

impl Admission {
    /// So many requests at work, so many launches among them.
    #[must_use]
    pub fn new(at_work: usize, launches: usize) -> Admission {
        Admission {
            at_work: Arc::new(Semaphore::new(at_work.min(Semaphore::MAX_PERMITS))),
            launches: Arc::new(Semaphore::new(launches.min(Semaphore::MAX_PERMITS))),
            kept_for_those_inside: at_work / 4,
        }
    }

    /// Lets a request in, at once or, for someone inside, within five seconds.
    ///
    /// # Errors
    /// [`Busy`].
    pub async fn enter(&self, class: Class) -> Result<Admitted, Busy> {
        match class {
            Class::InProgress => {
                let place = timeout(PATIENCE, Arc::clone(&self.at_work).acquire_owned()).await;
                let at_work = place.map_err(|_| Busy)?.map_err(|_| Busy)?;
                Ok(Admitted { _at_work: at_work, _launch: None })
            }
            Class::Launch => {
                let launch = Arc::clone(&self.launches).try_acquire_owned().map_err(|_| Busy)?;
                if self.at_work.available_permits() <= self.kept_for_those_inside {
                    return Err(Busy);
                }
                let at_work = Arc::clone(&self.at_work).try_acquire_owned().map_err(|_| Busy)?;
                Ok(Admitted { _at_work: at_work, _launch: Some(launch) })
            }
        }
    }

    /// Requests at work now, for the metrics.
    #[must_use]
    pub fn free_places(&self) -> usize {
        self.at_work.available_permits()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn newcomers_are_turned_away_before_people_inside() {
        let admission = Admission::new(4, 10);
        let mut inside = Vec::new();
        for _ in 0..3 {
            inside.push(admission.enter(Class::Launch).await.unwrap());
        }
        assert_eq!(admission.enter(Class::Launch).await.unwrap_err(), Busy);
        inside.push(admission.enter(Class::InProgress).await.unwrap());
        assert_eq!(admission.enter(Class::InProgress).await.unwrap_err(), Busy);
        inside.pop();
        assert!(admission.enter(Class::InProgress).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn someone_inside_waits_for_a_place() {
        let admission = Admission::new(1, 1);
        let first = admission.enter(Class::InProgress).await.unwrap();
        let second = tokio::spawn({
            let admission = admission.clone();
            async move { admission.enter(Class::InProgress).await.is_ok() }
        });
        tokio::time::sleep(Duration::from_secs(1)).await;
        drop(first);
        assert!(second.await.unwrap());
    }

    #[tokio::test]
    async fn launches_have_a_limit_of_their_own() {
        let admission = Admission::new(100, 1);
        let first = admission.enter(Class::Launch).await.unwrap();
        assert_eq!(admission.enter(Class::Launch).await.unwrap_err(), Busy);
        drop(first);
        assert!(admission.enter(Class::Launch).await.is_ok());
    }
}
