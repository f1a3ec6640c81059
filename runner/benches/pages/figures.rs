//! CPU time by the kernel's own count, and how figures are told.

use std::time::Duration;

/// CPU that the threads of this process have used, from `/proc/self/task/*/schedstat`; without the asking one, or
/// with it.
fn cpu(with_own: bool) -> Duration {
    let own = std::fs::read_link("/proc/thread-self").unwrap();
    let own = own.file_name().unwrap().to_owned();
    let tasks = std::fs::read_dir("/proc/self/task").unwrap().map(|task| task.unwrap());
    let counted = tasks.filter(|task| with_own || task.file_name() != own);
    let nanoseconds = counted.filter_map(|task| {
        let told = std::fs::read_to_string(task.path().join("schedstat")).ok()?;
        told.split(' ').next()?.parse::<u64>().ok()
    });
    Duration::from_nanos(nanoseconds.sum())
}

/// Of the service, when this thread only asks.
pub fn others_cpu() -> Duration {
    // A thread's count is brought up to date when it goes to sleep.
    std::thread::sleep(Duration::from_millis(3));
    cpu(false)
}

/// Of the whole process.
pub fn all_cpu() -> Duration {
    std::thread::sleep(Duration::from_millis(3));
    cpu(true)
}

/// Does it over and over: the least CPU it took, in microseconds, of some turns.
pub fn least(mut work: impl FnMut()) -> f64 {
    let mut times = 4;
    let mut row = Row::default();
    while row.0.len() < 7 {
        let before = all_cpu();
        for _ in 0..times {
            work();
        }
        let used = all_cpu().saturating_sub(before);
        // Long enough that reading the clock is nothing beside it.
        if used < Duration::from_millis(20) {
            times *= 2;
        } else {
            row.add(used, times);
        }
    }
    row.best()
}

/// A row of measurements, in microseconds.
#[derive(Default)]
pub struct Row(Vec<f64>);

impl Row {
    pub fn add(&mut self, time: Duration, count: usize) {
        let count = u32::try_from(count).unwrap();
        self.0.push(time.as_secs_f64() * 1e6 / f64::from(count));
    }

    /// Puts another row's median among these.
    pub fn join(&mut self, row: &Row) {
        self.0.push(row.median());
    }

    pub fn best(&self) -> f64 {
        self.0.iter().copied().fold(f64::INFINITY, f64::min)
    }

    pub fn median(&self) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        sorted[sorted.len() / 2]
    }
}

impl std::fmt::Display for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:6.1} ({:6.1})", self.best(), self.median())
    }
}

/// What else the machine was doing.
pub fn load() -> String {
    let told = std::fs::read_to_string("/proc/loadavg").unwrap();
    told.split(' ').next().unwrap().to_owned()
}
