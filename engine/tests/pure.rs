//! `schema` and `engine` ask nobody: nothing that could is beneath them, and the lints that say so stand.

#![expect(clippy::unwrap_used, clippy::disallowed_types, clippy::disallowed_methods, reason = "tests")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Runtimes, servers, clients, drivers, dice and loggers.
const NOT_BENEATH: &[&str] = &[
    "tokio",
    "mio",
    "async-std",
    "smol",
    "axum",
    "hyper",
    "reqwest",
    "ureq",
    "scylla",
    "rusqlite",
    "redis",
    "openssl",
    "rustls",
    "rand",
    "tracing",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The crates that are linked into a crate, itself among them.
fn beneath(name: &str) -> BTreeSet<String> {
    let arguments =
        ["tree", "--offline", "--locked", "-p", name, "-e", "normal", "--prefix", "none", "-f", "{p}"];
    let tree = Command::new(env!("CARGO")).args(arguments).current_dir(root()).output().unwrap();
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let lines = String::from_utf8(tree.stdout).unwrap();
    lines.lines().filter_map(|line| Some(line.split_whitespace().next()?.to_owned())).collect()
}

#[test]
fn no_runtime_server_or_driver_lies_beneath_schema_and_engine() {
    for name in ["schema", "engine"] {
        let found = beneath(name);
        assert!(found.contains("serde"), "{name}: cargo tree was not understood");
        let impure: Vec<_> = NOT_BENEATH.iter().filter(|impure| found.contains(**impure)).collect();
        assert!(impure.is_empty(), "beneath {name}: {impure:?}");
    }
}

#[test]
fn dependencies_point_one_way() {
    let order = ["schema", "engine", "templates", "runner"];
    for (at, name) in order.iter().enumerate().take(3) {
        let found = beneath(name);
        for other in &order[at + 1..] {
            assert!(!found.contains(*other), "{name} knows {other}");
        }
    }
}

#[test]
fn the_writer_of_pdfs_and_the_others_do_not_know_each_other() {
    let found = beneath("pdf");
    let ours: Vec<_> =
        ["schema", "engine", "templates", "runner"].iter().filter(|name| found.contains(**name)).collect();
    assert!(ours.is_empty(), "pdf knows {ours:?}");
    assert!(!beneath("runner").contains("pdf"));
}

/// The paths that a clippy.toml bans.
fn banned(folder: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(root().join(folder).join("clippy.toml")).unwrap();
    let paths = text.lines().filter_map(|line| line.trim().strip_prefix("{ path = \""));
    paths.map(|path| path.split('"').next().unwrap().to_owned()).collect()
}

#[test]
fn what_is_banned_everywhere_is_banned_in_every_folder_that_bans_more() {
    let everywhere = banned(".");
    assert!(!everywhere.is_empty());
    for folder in ["schema", "engine", "templates"] {
        let here = banned(folder);
        assert!(everywhere.is_subset(&here), "{folder}: {:?}", everywhere.difference(&here));
        for path in
            ["std::time::SystemTime::now", "std::env::var", "std::fs::read_to_string", "std::fs::File"]
        {
            assert!(here.contains(path), "{folder} may use {path}");
        }
    }
}
