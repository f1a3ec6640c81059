//! Our verdicts are those of eQ's validator, on every document it was recorded on; their number may only rise.

#![expect(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "tests")]

mod shared;

use std::{
    fs,
    path::{Path, PathBuf},
};

use schema::check::check;
use serde_json::Value;

/// Any day will do: where recorded limits cross, they cross on all of them.
const TODAY: jiff::civil::Date = jiff::civil::date(2026, 1, 1);

#[test]
fn every_verdict_recorded_of_eqs_validator_is_ours_too() {
    let Some(shared) = shared::folder() else { return };
    let corpus = shared.join("conformance/validator");
    let folders = [corpus.join("schemas"), shared.join("conformance/schemas")];
    let (mut passed, mut total, mut wrong) = (0, 0, Vec::new());
    for part in ["mutants.jsonl", "verdicts.jsonl"] {
        for line in fs::read_to_string(corpus.join(part)).unwrap().lines() {
            let case: Value = serde_json::from_str(line).unwrap();
            // A crash without a suggestion happened on a definition without a fault.
            if case["outcome"] == "crash" && case["suggested_codes"].as_array().is_none_or(Vec::is_empty) {
                continue;
            }
            total += 1;
            let report = check(&document(&case, &folders), TODAY);
            if report.is_valid() == case["valid"].as_bool().unwrap() {
                passed += 1;
            } else {
                wrong.push(case["id"].as_str().or(case["file"].as_str()).unwrap().to_owned());
            }
        }
    }
    let recorded = recorded_row("validator verdicts");
    assert_eq!((passed, total), recorded, "CONFORMANCE.md says otherwise; wrong: {wrong:?}");
}

#[test]
fn every_recorded_questionnaire_is_valid() {
    let Some(shared) = shared::folder() else { return };
    let mut count = 0;
    for file in json_files(&shared.join("conformance/schemas")) {
        let definition = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        let report = check(&definition, TODAY);
        assert!(report.is_valid(), "{}:\n{report}", file.display());
        count += 1;
    }
    assert_eq!(count, 246);
}

/// The `passed` and `total` of a row `| name | passed | total |` of `CONFORMANCE.md`.
fn recorded_row(name: &str) -> (usize, usize) {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../CONFORMANCE.md")).unwrap();
    let row = text.lines().find(|line| line.starts_with(&format!("| {name} |"))).expect("a row of that name");
    let cells: Vec<&str> = row.split('|').map(str::trim).collect();
    (cells[2].parse().unwrap(), cells[3].parse().unwrap())
}

fn json_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(json_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "json") {
            files.push(path);
        }
    }
    files
}

fn document(case: &Value, folders: &[PathBuf]) -> Value {
    let name = case.get("base").or(case.get("file")).unwrap().as_str().unwrap();
    let file =
        folders.iter().map(|folder| folder.join(name)).find(|path| path.is_file()).expect("the base is kept");
    let mut document = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    for operation in case.get("patch").and_then(Value::as_array).into_iter().flatten() {
        patch(&mut document, operation);
    }
    document
}

/// One operation of a JSON Patch; the mutants use these four.
fn patch(document: &mut Value, operation: &Value) {
    let path = operation["path"].as_str().unwrap();
    match operation["op"].as_str().unwrap() {
        "add" => add(document, path, operation["value"].clone()),
        "remove" => drop(remove(document, path)),
        "replace" => *document.pointer_mut(path).unwrap() = operation["value"].clone(),
        "move" => {
            let moved = remove(document, operation["from"].as_str().unwrap());
            add(document, path, moved);
        }
        other => panic!("no such operation: {other}"),
    }
}

fn place<'a>(document: &'a mut Value, path: &str) -> (&'a mut Value, String) {
    let (parent, key) = path.rsplit_once('/').unwrap();
    (document.pointer_mut(parent).unwrap(), key.replace("~1", "/").replace("~0", "~"))
}

fn add(document: &mut Value, path: &str, value: Value) {
    if path.is_empty() {
        *document = value;
        return;
    }
    let (parent, key) = place(document, path);
    match parent {
        Value::Object(members) => drop(members.insert(key, value)),
        Value::Array(items) if key == "-" => items.push(value),
        Value::Array(items) => items.insert(key.parse().unwrap(), value),
        other => panic!("nothing can be added to {other}"),
    }
}

fn remove(document: &mut Value, path: &str) -> Value {
    let (parent, key) = place(document, path);
    match parent {
        Value::Object(members) => members.shift_remove(&key).unwrap(),
        Value::Array(items) => items.remove(key.parse().unwrap()),
        other => panic!("nothing can be removed from {other}"),
    }
}
