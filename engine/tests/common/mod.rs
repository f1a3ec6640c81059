//! Where questionnaires and recorded material lie, for the tests.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::{env, fs};

use engine::journey::Journey;
use schema::Questionnaire;
use serde_json::{Map, Value};

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

/// The supplementary data that a journey's launch brings.
pub fn known(folder: &Path, journey: &Journey) -> Option<Map<String, Value>> {
    let file = folder.join(journey.supplementary.as_ref()?);
    Some(serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap())
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

/// What a respondent may wander through.
pub struct Subject {
    pub questionnaire: Questionnaire,
    /// The supplementary data that its launch brings.
    pub known: Option<Map<String, Value>>,
}

/// Every questionnaire there is, by name: our own, those recorded, and those of 2021 as `schema upgrade` makes them.
pub fn subjects() -> BTreeMap<String, Subject> {
    let mut all = BTreeMap::new();
    for folder in folders() {
        let known = journeys(&folder).iter().rev().find_map(|(_, journey)| known(&folder, journey));
        all.insert(name(&folder), Subject { questionnaire: questionnaire(&folder), known });
    }
    let Some(shared) = shared() else { return all };
    let link = |path: &Path, texts: &[String]| {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        schema::link(&texts).unwrap_or_else(|report| unreachable!("{}: {report:?}", path.display()))
    };
    let schemas = shared.join("conformance/schemas");
    let recorded = recorded_data(&shared);
    for entry in fs::read_dir(schemas.join("en")).unwrap() {
        let path = entry.unwrap().path();
        let languages =
            ["en", "cy", "ga"].map(|language| schemas.join(language).join(path.file_name().unwrap()));
        let texts: Vec<String> = languages.iter().filter_map(|path| fs::read_to_string(path).ok()).collect();
        let known = recorded.get(&name(&path)).cloned();
        all.insert(name(&path), Subject { questionnaire: link(&path, &texts), known });
    }
    for entry in fs::read_dir(shared.join("census/legacy")).unwrap() {
        let path = entry.unwrap().path();
        let definition = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let upgraded = schema::upgrade::upgrade(&definition, None).definition.to_string();
        all.insert(name(&path), Subject { questionnaire: link(&path, &[upgraded]), known: None });
    }
    all
}

/// The supplementary data that recorded launches brought, by questionnaire, from what was stored then.
fn recorded_data(shared: &Path) -> HashMap<String, Map<String, Value>> {
    let mut found = HashMap::new();
    let mut files: Vec<_> = ["tests", "walks"]
        .iter()
        .flat_map(|folder| fs::read_dir(shared.join("conformance/journeys").join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().contains("supplementary"))
        .collect();
    files.sort();
    for file in files {
        let journey: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        for step in journey["steps"].as_array().unwrap() {
            let stored = &step["response"]["json"];
            let data = stored["SUPPLEMENTARY_DATA"]["data"].as_object().filter(|data| !data.is_empty());
            if let Some(data) = data {
                let name = stored["METADATA"]["schema_name"].as_str().unwrap();
                found.entry(name.to_owned()).or_insert_with(|| data.clone());
            }
        }
    }
    found
}
