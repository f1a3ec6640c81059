//! The questionnaires of the census of 2021, and those with which its runner tested itself, are upgraded and run.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, clippy::disallowed_types, reason = "tests")]

mod shared;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use schema::{
    check::{check, difference},
    translate::{Catalogue, read_po, translate},
    upgrade::{Kind, Upgraded, is_of_2021, upgrade},
};
use serde_json::Value;

/// Any day will do: no limit of these questionnaires crosses another.
const TODAY: jiff::civil::Date = jiff::civil::date(2026, 1, 1);

/// The languages of the ten beside English, as their files name them.
const LANGUAGES: [(&str, &[&str]); 10] = [
    ("ccs_household_gb_eng", &[]),
    ("ccs_household_gb_wls", &["cy"]),
    ("census_communal_establishment_gb_eng", &[]),
    ("census_communal_establishment_gb_wls", &["cy"]),
    ("census_household_gb_eng", &[]),
    ("census_household_gb_nir", &["ga", "eo"]),
    ("census_household_gb_wls", &["cy"]),
    ("census_individual_gb_eng", &[]),
    ("census_individual_gb_nir", &["ga", "eo"]),
    ("census_individual_gb_wls", &["cy"]),
];

#[test]
fn the_ten_questionnaires_of_the_census_are_upgraded_in_all_their_languages_and_linked() {
    let Some(shared) = shared::folder() else { return };
    let mut left = Vec::new();
    for (name, languages) in LANGUAGES {
        let upgraded = upgraded(&shared.join("census/legacy").join(format!("{name}.json")));
        let lost: Vec<_> = upgraded.notes.iter().filter(|note| note.kind == Kind::Lost).collect();
        assert!(lost.is_empty(), "{name}: {lost:?}");
        let mut texts = vec![upgraded.definition.to_string()];
        for language in languages {
            let file = shared.join(format!("census/translations/{language}/{name}_{language}.po.gz"));
            let mut catalogue = Catalogue::default();
            catalogue.add(read_po(&unpacked(&file)).unwrap());
            let translated = translate(&upgraded.definition, catalogue.language().unwrap(), &catalogue);
            let report = check(&translated.definition, TODAY);
            assert!(report.is_valid(), "{name} in {language}:\n{report}");
            assert_eq!(
                difference(&upgraded.definition, &translated.definition),
                None,
                "{name} in {language}"
            );
            left.push((name, *language, translated.count, translated.missing.len()));
            texts.push(translated.definition.to_string());
        }
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let questionnaire = schema::link(&texts).map_err(|report| report.to_string()).unwrap();
        assert_eq!(questionnaire.languages.len(), texts.len(), "{name}");
    }
    println!("texts translated and left: {left:?}");
    let most_left = left.iter().map(|(.., count, missing)| missing * 100 / count).max();
    assert!(most_left <= Some(2), "of a hundred texts at most two have no translation: {left:?}");
}

#[test]
fn the_questionnaires_of_the_runner_of_2021_are_upgraded() {
    let Some(shared) = shared::folder() else { return };
    let mut refused = Vec::new();
    let mut files: Vec<PathBuf> = fs::read_dir(shared.join("census/legacy-tests"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert_eq!(files.len(), 160);
    for file in &files {
        let upgraded = upgraded_as_it_comes(file);
        let report = check(&upgraded.definition, TODAY);
        if !report.is_valid() {
            refused.push(format!("{}:\n{report}", file.display()));
        }
    }
    assert!(refused.is_empty(), "{} of {} refused:\n{}", refused.len(), files.len(), refused.join("\n"));
}

fn upgraded(file: &Path) -> Upgraded {
    let upgraded = upgraded_as_it_comes(file);
    let report = check(&upgraded.definition, TODAY);
    assert!(report.is_valid(), "{}:\n{report}", file.display());
    upgraded
}

/// What must hold of every upgrade (spec/09 §13), but for the verdict.
fn upgraded_as_it_comes(file: &Path) -> Upgraded {
    let source: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    let upgraded = upgrade(&source, None);
    assert!(is_of_2021(&source) && !is_of_2021(&upgraded.definition), "{}", file.display());
    assert_eq!(upgrade(&upgraded.definition, None).definition, upgraded.definition, "{}", file.display());
    for note in &upgraded.notes {
        assert!(source.pointer(&note.pointer).is_some(), "{}: {note}", file.display());
    }
    let (before, after) = (ids(&source), ids(&upgraded.definition));
    let new: BTreeSet<_> = after.difference(&before).collect();
    let renamed = upgraded.notes.iter().filter(|note| note.said.contains(" is sent as ")).count();
    assert_eq!(new.len(), renamed, "{}: {new:?}", file.display());
    upgraded
}

/// The ids of everything that has one.
fn ids(value: &Value) -> BTreeSet<String> {
    let own = value.get("id").filter(|_| value.get("source").is_none()).and_then(Value::as_str);
    let mut found: BTreeSet<String> = own.map(str::to_owned).into_iter().collect();
    match value {
        Value::Object(members) => members.values().for_each(|member| found.extend(ids(member))),
        Value::Array(items) => items.iter().for_each(|item| found.extend(ids(item))),
        _ => {}
    }
    found
}

fn unpacked(file: &Path) -> String {
    let done = Command::new("gzip").arg("-dc").arg(file).output().unwrap();
    assert!(done.status.success(), "{}", file.display());
    String::from_utf8(done.stdout).unwrap()
}
