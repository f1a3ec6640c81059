//! How often a sign-in may fail: by address, and by where it comes from. In memory, bounded, forgotten after a while.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use moka::sync::Cache;

/// Failures after which nobody is heard.
const BY_ADDRESS: u32 = 8;
/// Many sit behind one source.
const BY_SOURCE: u32 = 60;
/// For how long.
pub const FOR: Duration = Duration::from_secs(15 * 60);
/// So many are remembered.
const MOST: u64 = 20_000;

/// Failed sign-ins.
pub struct Attempts(Cache<String, Arc<AtomicU32>>);

impl Default for Attempts {
    fn default() -> Self {
        Self(Cache::builder().max_capacity(MOST).time_to_live(FOR).build())
    }
}

impl Attempts {
    /// Counts a try before it is made, so that many at once are no way around; whether it may be made.
    #[must_use]
    pub fn may_try(&self, tenant: &str, address: &str, source: &str) -> bool {
        let mut may = true;
        for (key, most) in
            [(format!("{tenant} a {address}"), BY_ADDRESS), (format!("{tenant} s {source}"), BY_SOURCE)]
        {
            let count = self.0.get_with(key, Arc::default);
            may &= count.fetch_add(1, Ordering::Relaxed) < most;
        }
        may
    }

    /// Forgets the tries of an address: it was its owner.
    pub fn succeeded(&self, tenant: &str, address: &str, source: &str) {
        self.0.invalidate(&format!("{tenant} a {address}"));
        if let Some(count) = self.0.get(&format!("{tenant} s {source}")) {
            let _ = count.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |count| count.checked_sub(1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_eight_tries_an_address_is_not_heard_whoever_asks() {
        let attempts = Attempts::default();
        for source in 0..BY_ADDRESS {
            assert!(attempts.may_try("demo", "ann@example.org", &source.to_string()));
        }
        assert!(!attempts.may_try("demo", "ann@example.org", "another"));
        assert!(attempts.may_try("demo", "bob@example.org", "another"));
        assert!(attempts.may_try("other", "ann@example.org", "another"));
    }

    #[test]
    fn who_succeeds_begins_anew() {
        let attempts = Attempts::default();
        for _ in 0..100 {
            assert!(attempts.may_try("demo", "ann@example.org", "here"));
            attempts.succeeded("demo", "ann@example.org", "here");
        }
    }
}
