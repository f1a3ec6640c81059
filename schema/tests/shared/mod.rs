//! Where the recorded material lies: under `SHARED`, or beside the project.

#![expect(clippy::disallowed_methods, reason = "tests")]

use std::{env, path::PathBuf};

/// The folder, or none after saying so in one line. With `CI=true` its absence fails.
pub fn folder() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let folder = env::var_os("SHARED").map_or(beside, PathBuf::from);
    if folder.join("conformance").is_dir() {
        return Some(folder);
    }
    assert!(env::var("CI").as_deref() != Ok("true"), "SHARED is not at {}", folder.display());
    println!("skipped: no recorded material at {} (set SHARED)", folder.display());
    None
}
