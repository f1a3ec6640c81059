//! The command `schema check`: what it prints, and its exit status.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, clippy::disallowed_types, reason = "tests")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;

#[test]
fn a_folder_of_sound_questionnaires_is_valid_and_its_languages_are_paired() {
    let done = run(&["check", "../questionnaires/features/first-journey"]);
    assert_eq!(said(&done), "2 definitions of 1 questionnaires checked: 0 invalid, 0 warnings\n");
    assert_eq!(done.status.code(), Some(0));
}

#[test]
fn both_ways_of_naming_the_languages_are_paired() {
    let folder = scratch("paired");
    let text = fs::read_to_string("../questionnaires/features/first-journey/en.json").unwrap();
    for file in ["en/home.json", "cy/home.json", "garden/en.json", "garden/cy.json", "alone.json"] {
        fs::create_dir_all(folder.join(file).parent().unwrap()).unwrap();
        fs::write(folder.join(file), &text).unwrap();
    }
    let done = run(&["check", folder.to_str().unwrap()]);
    assert_eq!(said(&done), "5 definitions of 3 questionnaires checked: 0 invalid, 0 warnings\n");
}

#[test]
fn programs_get_one_line_of_json_for_each_file() {
    let done = run(&["check", "--json", "tests/broken/routing.json", "tests/broken/loose-ends.json"]);
    let lines: Vec<Value> = said(&done).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    let broken = lines.iter().find(|line| line["valid"] == false).unwrap();
    let error = broken["errors"]
        .as_array()
        .unwrap()
        .iter()
        .find(|error| error["code"] == "route-block-unknown")
        .unwrap();
    assert_eq!(error["pointer"], "/sections/0/groups/0/blocks/0/routing_rules/0/block");
    assert_eq!(error["id"], "boiler");
    assert_eq!(done.status.code(), Some(1));
}

#[test]
fn what_is_not_json_is_of_the_wrong_shape() {
    let file = scratch("not-json").join("torn.json");
    fs::write(&file, "{\"sections\": [").unwrap();
    let done = run(&["check", "--json", file.to_str().unwrap()]);
    let line: Value = serde_json::from_str(said(&done).trim()).unwrap();
    assert_eq!(
        (&line["valid"], &line["errors"][0]["code"]),
        (&Value::Bool(false), &Value::from("structure"))
    );
    assert_eq!(done.status.code(), Some(1));
}

#[test]
fn nothing_to_check_is_a_fault_of_its_own() {
    assert_eq!(run(&["check", "no/such/file.json"]).status.code(), Some(2));
    assert_eq!(run(&["check"]).status.code(), Some(2));
    assert_eq!(run(&[]).status.code(), Some(2));
    assert_eq!(run(&["--help"]).status.code(), Some(0));
}

fn run(arguments: &[&str]) -> Output {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    Command::new(env!("CARGO_BIN_EXE_schema")).args(arguments).current_dir(folder).output().unwrap()
}

fn said(done: &Output) -> String {
    String::from_utf8(done.stdout.clone()).unwrap()
}

fn scratch(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    folder
}
