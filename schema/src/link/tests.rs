//! What linking promises, on the questionnaires that eQ is tested with.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use super::*;

/// The questionnaires of eQ's own tests lie beside the project, not in it; without them these tests have no subject.
fn schemas() -> Option<PathBuf> {
    let folder = std::env::var_os("CANVASS_CONFORMANCE").map_or_else(
        || PathBuf::from("/work/shared/conformance/schemas"),
        |folder| PathBuf::from(folder).join("schemas"),
    );
    if folder.is_dir() {
        Some(folder)
    } else {
        eprintln!("SKIPPED: no questionnaires at {}", folder.display());
        None
    }
}

#[test]
fn every_questionnaire_of_eq_links() {
    let Some(folder) = schemas() else { return };
    let mut slowest = (std::time::Duration::ZERO, String::new());
    let mut wrong = Vec::new();
    for entry in fs::read_dir(folder.join("en")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_owned();
        let texts: Vec<String> = ["en", "cy", "ga"]
            .iter()
            .filter_map(|language| fs::read_to_string(folder.join(language).join(&name)).ok())
            .collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let start = Instant::now();
        let linked = link(&texts);
        let took = start.elapsed();
        slowest = slowest.max((took, name.to_string_lossy().into()));
        match linked {
            Ok(questionnaire) => assert_eq!(questionnaire.languages.len(), texts.len(), "{}", name.display()),
            Err(report) => wrong.push(format!("{}: {report}", name.display())),
        }
    }
    eprintln!("slowest: {slowest:?}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
