//! Where questionnaires and recorded material lie, for the tests.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    dead_code,
    reason = "tests; not every one uses all of it"
)]

use std::path::{Path, PathBuf};
use std::{env, fs};

use engine::journey::Journey;
use schema::Questionnaire;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The recorded material, under `SHARED` or beside the project; none after saying so in one line. With `CI=true` its
/// absence fails.
pub fn shared() -> Option<PathBuf> {
    let folder = env::var_os("SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    if folder.join("conformance").is_dir() {
        return Some(folder);
    }
    assert!(env::var("CI").as_deref() != Ok("true"), "SHARED is not at {}", folder.display());
    println!("skipped: no recorded material at {} (set SHARED)", folder.display());
    None
}

/// The folders of our own questionnaires.
pub fn folders() -> Vec<PathBuf> {
    let mut folders: Vec<_> = ["features", "surveys"]
        .iter()
        .flat_map(|kind| fs::read_dir(root().join("questionnaires").join(kind)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

pub fn name(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().into_owned()
}

/// One of our own, in all its languages.
pub fn questionnaire(folder: &Path) -> Questionnaire {
    let texts: Vec<_> = ["en.json", "cy.json"]
        .iter()
        .filter_map(|language| fs::read_to_string(folder.join(language)).ok())
        .collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    schema::link(&texts).unwrap_or_else(|report| unreachable!("{}: {report:?}", folder.display()))
}

/// The journeys beside a questionnaire, by name.
pub fn journeys(folder: &Path) -> Vec<(String, Journey)> {
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "journey"));
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let journey = Journey::parse(&text).unwrap_or_else(|mistakes| {
                let mistakes: Vec<_> = mistakes.iter().map(ToString::to_string).collect();
                unreachable!("{}: {}", path.display(), mistakes.join("; "))
            });
            (name(&path), journey)
        })
        .collect()
}
