//! The commands `schema upgrade` and `schema translate`: what they write, what they tell, and their exit status.
//!
//! `UPDATE=1` writes the expected files anew.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, clippy::disallowed_types, reason = "tests")]

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

#[test]
fn an_upgrade_says_what_it_changed_and_is_the_same_every_time() {
    let done = run(&["upgrade", "tests/upgrade/allotment-2021.json"]);
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    expected("allotment.json", &done.stdout);
    expected("allotment.txt", &done.stderr);
    let again = run(&["upgrade", "tests/upgrade/allotment.json"]);
    assert_eq!(again.stdout, done.stdout);
}

#[test]
fn a_translation_lists_what_is_still_in_the_first_language() {
    let out = scratch("translated").join("cy/allotment.json");
    let po = "tests/upgrade/allotment.po";
    let done = run(&["translate", "tests/upgrade/allotment.json", po, "-o", out.to_str().unwrap()]);
    assert_eq!((done.status.code(), done.stdout.len()), (Some(0), 0));
    expected("allotment-cy.json", &fs::read(out).unwrap());
    expected("allotment-cy.txt", &done.stderr);
}

#[test]
fn what_cannot_be_read_is_told_and_nothing_is_written() {
    let out = scratch("nothing").join("out.json");
    let out_path = out.to_str().unwrap();
    let file = "tests/upgrade/allotment.json";
    for (arguments, words) in [
        (vec!["upgrade", "-o", out_path], "name one file"),
        (vec!["upgrade", "no/such.json", "-o", out_path], "no/such.json: "),
        (vec!["upgrade", "tests/upgrade/allotment.po", "-o", out_path], "not JSON"),
        (vec!["upgrade", file, "--loud", "-o", out_path], "no option --loud"),
        (vec!["translate", file, "-o", out_path], "at least one .po file"),
        (vec!["translate", file, file, "-o", out_path], "line 1: not of the .po format"),
        (
            vec!["translate", "--language", "fr", file, "tests/upgrade/allotment.po", "-o", out_path],
            "en, cy, ga or eo",
        ),
    ] {
        let done = run(&arguments);
        let told = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(2), "{arguments:?}: {told}");
        assert!(told.contains(words), "{arguments:?}: {told}");
        assert!(!out.exists());
    }
}

#[test]
fn each_command_explains_itself() {
    for command in ["check", "upgrade", "translate"] {
        let done = run(&[command, "--help"]);
        assert_eq!(done.status.code(), Some(0));
        assert!(String::from_utf8(done.stdout).unwrap().starts_with(&format!("usage: schema {command} ")));
    }
}

fn expected(name: &str, seen: &[u8]) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/upgrade").join(name);
    if env::var_os("UPDATE").is_some() {
        fs::write(&file, seen).unwrap();
    }
    let wanted = fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(String::from_utf8_lossy(seen), wanted, "{name}");
}

fn run(arguments: &[&str]) -> Output {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    Command::new(env!("CARGO_BIN_EXE_schema")).args(arguments).current_dir(folder).output().unwrap()
}

fn scratch(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    folder
}
