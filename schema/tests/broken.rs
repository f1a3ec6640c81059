//! What an author is told about broken definitions: each `broken/NAME.json` with its `broken/NAME.txt`.
//!
//! `UPDATE=1 cargo test -p schema --test broken` writes the reports anew; read the difference before committing it.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

use std::{env, fs, path::Path};

use schema::check::{STRUCTURE, check, difference};
use serde_json::{Value, json};

const TODAY: jiff::civil::Date = jiff::civil::date(2026, 1, 1);

#[test]
fn all_faults_are_reported_at_once_each_with_its_place_and_remedy() {
    let mut count = 0;
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken")).unwrap() {
        let file = entry.unwrap().path();
        if file.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        count += 1;
        let report = check(&read(&file), TODAY).to_string();
        let expected = file.with_extension("txt");
        if env::var_os("UPDATE").is_some() {
            fs::write(&expected, &report).unwrap();
        }
        assert_eq!(report, fs::read_to_string(&expected).unwrap_or_default(), "{}", file.display());
    }
    assert_eq!(count, 7);
}

#[test]
fn a_warning_leaves_a_definition_valid() {
    let report =
        check(&read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken/loose-ends.json")), TODAY);
    assert!(report.is_valid());
    assert!(report.warnings().count() > 0);
    assert_eq!(report.to_json(), json!({"valid": true, "errors": []}));
}

#[test]
fn where_the_shape_is_wrong_programs_are_told_of_nothing_else() {
    let report = check(&read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken/shape.json")), TODAY);
    assert!(report.errors().any(|error| error.code != STRUCTURE));
    let told = report.to_json();
    assert!(told["errors"].as_array().unwrap().iter().all(|error| error["code"] == STRUCTURE));
}

#[test]
fn languages_that_differ_in_more_than_words_are_told_where() {
    let base = json!({"sections": [{"id": "home"}, {"id": "garden", "groups": []}]});
    assert_eq!(difference(&base, &base), None);
    let other = json!({"sections": [{"id": "home"}, {"id": "gardd", "groups": []}]});
    assert_eq!(difference(&base, &other).unwrap().pointer, "/sections/1");
    let fewer = json!({"sections": [{"id": "home"}]});
    assert_eq!(difference(&base, &fewer).unwrap().pointer, "/sections");
    let without = json!({"sections": [{"id": "home"}, {"id": "garden"}]});
    assert_eq!(difference(&base, &without).unwrap().pointer, "/sections/1");
}

fn read(file: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}
