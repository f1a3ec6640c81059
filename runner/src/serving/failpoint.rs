//! Places at which a test may hold a request or end the process. Only in debug builds; in others nothing is here.
//!
//! `FAILPOINTS` names a folder. Whoever reaches the point NAME while it has a file NAME leaves `NAME.N.reached`
//! there; then, if the file says `kill`, the process ends at once; if it says `panic`, it panics; else it waits
//! until what it left is taken away.

/// Reached by name.
#[cfg(debug_assertions)]
#[expect(clippy::panic, reason = "tests ask for it")]
pub async fn reached(name: &str) {
    use std::path::PathBuf;
    use std::sync::OnceLock;
    use std::time::Duration;

    use uuid::Uuid;

    static FOLDER: OnceLock<Option<PathBuf>> = OnceLock::new();
    let Some(folder) = FOLDER.get_or_init(|| std::env::var_os("FAILPOINTS").map(PathBuf::from)) else {
        return;
    };
    let Ok(order) = std::fs::read_to_string(folder.join(name)) else { return };
    let left = folder.join(format!("{name}.{}.reached", Uuid::new_v4()));
    if std::fs::write(&left, "").is_err() {
        return;
    }
    if order.trim() == "kill" {
        std::process::abort();
    }
    if order.trim() == "panic" {
        panic!("canary-of-a-panic");
    }
    while left.exists() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Nothing.
#[cfg(not(debug_assertions))]
pub async fn reached(_: &str) {}
