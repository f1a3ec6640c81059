//! Whatever a definition looks like, checking it ends in a report.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

use std::{fs, path::Path};

use schema::check::check;
use serde_json::{Value, json};

const TODAY: jiff::civil::Date = jiff::civil::date(2026, 1, 1);
const ROUNDS: usize = 600;

#[test]
fn a_definition_broken_at_random_never_panics() {
    let bases = definitions();
    let mut chance = Chance(0x5eed);
    for round in 0..ROUNDS {
        let mut definition = bases[round % bases.len()].clone();
        for _ in 0..=chance.below(4) {
            break_somewhere(&mut definition, &mut chance);
        }
        let report = check(&definition, TODAY);
        // What is told must be at a place that can be found, or just below one.
        for diagnostic in &report.diagnostics {
            let parent = diagnostic.pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
            let is_there = definition.pointer(&diagnostic.pointer).or(definition.pointer(parent)).is_some();
            assert!(is_there, "round {round}: {diagnostic}");
        }
    }
}

#[test]
fn anything_but_an_object_is_of_the_wrong_shape() {
    for document in
        [json!(null), json!([]), json!(""), json!(1), json!(true), json!({}), json!({"sections": {}})]
    {
        assert!(!check(&document, TODAY).is_valid(), "{document}");
    }
}

fn definitions() -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../questionnaires/features");
    let mut files: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path().join("en.json")).collect();
    files.sort();
    files
        .iter()
        .filter(|file| file.is_file())
        .map(|file| serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap())
        .collect()
}

/// Removes, replaces or duplicates what stands at a random place.
fn break_somewhere(definition: &mut Value, chance: &mut Chance) {
    let mut places = Vec::new();
    pointers(definition, String::new(), &mut places);
    let place = places[chance.below(places.len())].clone();
    let other = places[chance.below(places.len())].clone();
    let replacement = match chance.below(10) {
        0 => json!(null),
        1 => json!([]),
        2 => json!({}),
        3 => json!(""),
        4 => json!(-1e300),
        5 => json!("“ {x} <p é &#x; '"),
        6 => json!(u64::MAX),
        7 => json!(true),
        _ => definition.pointer(&other).cloned().unwrap_or_default(),
    };
    if chance.below(3) == 0 {
        let (parent, key) = place.rsplit_once('/').unwrap_or(("", ""));
        match definition.pointer_mut(parent) {
            Some(Value::Object(members)) => drop(members.remove(key)),
            Some(Value::Array(items)) if !items.is_empty() => drop(items.pop()),
            _ => {}
        }
    } else if let Some(value) = definition.pointer_mut(&place) {
        *value = replacement;
    }
}

fn pointers(value: &Value, own: String, all: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                pointers(member, format!("{own}/{}", key.replace('~', "~0").replace('/', "~1")), all);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointers(item, format!("{own}/{index}"), all);
            }
        }
        _ => {}
    }
    all.push(own);
}

/// The same numbers every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }
}
