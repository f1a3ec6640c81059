//! Leaves a service alone that keeps failing: after a few failures in a row nobody waits for it, and one request
//! at a time finds out whether it is back.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// So many failures in a row, and it is left alone.
const FAILURES: u32 = 5;
/// For so long at first; twice as long each time that a trial fails.
const SHORTEST: Duration = Duration::from_secs(5);
/// And never longer than this.
const LONGEST: Duration = Duration::from_secs(60);

/// The breaker of one service.
#[derive(Debug, Default)]
pub struct Breaker(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    failures: u32,
    /// Until when nobody asks, and how long that is.
    closed_off: Option<(Instant, Duration)>,
}

impl Breaker {
    /// Whether it may be asked now. When its rest is over, the first who asks tries, and others wait for another
    /// rest or for the trial's good end.
    #[must_use]
    pub fn lets_through(&self) -> bool {
        let mut state = self.state();
        match state.closed_off {
            None => true,
            Some((until, _)) if Instant::now() < until => false,
            Some((_, rest)) => {
                state.closed_off = Some((Instant::now() + rest, rest));
                true
            }
        }
    }

    /// It answered.
    pub fn succeeded(&self) {
        *self.state() = State::default();
    }

    /// It did not.
    pub fn failed(&self) {
        let mut state = self.state();
        state.failures = state.failures.saturating_add(1);
        if state.failures >= FAILURES {
            let rest = state.closed_off.map_or(SHORTEST, |(_, rest)| (rest * 2).min(LONGEST));
            state.closed_off = Some((Instant::now() + rest, rest));
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken() -> Breaker {
        let breaker = Breaker::default();
        for _ in 0..FAILURES {
            assert!(breaker.lets_through());
            breaker.failed();
        }
        breaker
    }

    #[tokio::test(start_paused = true)]
    async fn after_failures_in_a_row_nobody_asks_until_the_rest_is_over() {
        let breaker = broken();
        assert!(!breaker.lets_through());
        tokio::time::advance(SHORTEST).await;
        assert!(breaker.lets_through(), "one tries");
        assert!(!breaker.lets_through(), "and only one");
    }

    #[tokio::test(start_paused = true)]
    async fn a_trial_that_succeeds_opens_the_way_and_one_that_fails_doubles_the_rest() {
        let breaker = broken();
        tokio::time::advance(SHORTEST).await;
        assert!(breaker.lets_through());
        breaker.failed();
        tokio::time::advance(SHORTEST).await;
        assert!(!breaker.lets_through());
        tokio::time::advance(SHORTEST).await;
        assert!(breaker.lets_through());
        breaker.succeeded();
        assert!(breaker.lets_through() && breaker.lets_through());
    }

    #[tokio::test(start_paused = true)]
    async fn failures_that_are_not_in_a_row_close_nothing() {
        let breaker = Breaker::default();
        for _ in 0..20 {
            breaker.failed();
            breaker.succeeded();
        }
        assert!(breaker.lets_through());
    }
}
