//! Log lines, and what happened in numbers.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};

/// A number that only grows.
#[derive(Debug, Default)]
pub struct Counter(AtomicU64);

impl Counter {
    /// Grows by so much.
    pub fn add(&self, by: u64) {
        self.0.fetch_add(by, Ordering::Relaxed);
    }

    fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// All that is counted.
#[derive(Debug, Default)]
pub struct Metrics {
    /// Replies, by the first digit of their status; the first is not used.
    replies: [Counter; 6],
    /// Sessions begun.
    pub launches: Counter,
    /// Launches that were refused.
    pub launches_refused: Counter,
    /// Responses submitted.
    pub submissions: Counter,
    /// Forms that were refused.
    pub refused_forms: Counter,
    /// Saves that lost to another version and were tried again.
    pub lost_writes: Counter,
    /// Forms that another page had overtaken.
    pub overtaken: Counter,
}

impl Metrics {
    /// Counts a reply.
    pub fn replied(&self, status: http::StatusCode) {
        self.replies[usize::from(status.as_u16() / 100).min(5)].add(1);
    }

    /// In the text format of Prometheus.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::from("# TYPE canvass_replies_total counter\n");
        for (class, count) in self.replies.iter().enumerate().skip(1) {
            // Writing to a string cannot fail; so below.
            let _ = writeln!(text, "canvass_replies_total{{class=\"{class}xx\"}} {}", count.get());
        }
        for (name, counter) in [
            ("launches", &self.launches),
            ("launches_refused", &self.launches_refused),
            ("submissions", &self.submissions),
            ("refused_forms", &self.refused_forms),
            ("lost_writes", &self.lost_writes),
            ("overtaken", &self.overtaken),
        ] {
            let _ =
                writeln!(text, "# TYPE canvass_{name}_total counter\ncanvass_{name}_total {}", counter.get());
        }
        text
    }
}

/// Begins to log, to standard error: as much as `RUST_LOG` says, else what an operator must know. From then on a
/// panic is a line that says where.
pub fn begin() {
    let level = std::env::var("RUST_LOG").ok().and_then(|level| level.parse().ok());
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_max_level(level.unwrap_or(tracing::Level::INFO))
        .with_target(false)
        // A line that cannot be written, on a full disk say, must not end the request that it is about.
        .log_internal_errors(false)
        .init();
    // Where, and not with what: the message of a panic may quote a value, and so what somebody typed.
    std::panic::set_hook(Box::new(|panic| {
        let at = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(at, "a panic");
    }));
}
