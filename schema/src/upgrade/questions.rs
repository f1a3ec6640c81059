//! Questions and their answers. Source: spec/09 §4, §6, §2.

use serde_json::{Map, Value, json};

use super::{
    notes::Notes,
    units,
    walk::{Path, objects, rename, text},
};

/// What the build of 2021 replaced by the address of the suggestion lists.
const SUGGESTIONS_ROOT: &str = "{suggestions_url_root}";

pub(super) fn upgrade(definition: &mut Value, suggestions_root: Option<&str>, notes: &mut Notes) {
    let sends_codes = definition["data_version"] == "0.0.1";
    let mut has_told_of_suggestions = false;
    let mut codes: Option<(String, usize)> = None;
    objects(definition, &mut |members, path| {
        if path.key() == "question" && members.contains_key("id") {
            question(members, path, notes);
        }
        if let Some(Value::String(unit)) = members.get_mut("unit") {
            *unit = units::of_today(unit).to_owned();
        }
        if !sends_codes && members.contains_key("q_code") {
            members.shift_remove("q_code");
            codes.get_or_insert_with(|| (path.pointer_to("q_code"), 0)).1 += 1;
        }
        if let Some(Value::String(url)) = members.get_mut("url").filter(|_| path.key() == "suggestions") {
            match suggestions_root {
                Some(root) => *url = url.replace(SUGGESTIONS_ROOT, root.trim_end_matches('/')),
                None if url.contains(SUGGESTIONS_ROOT) && !has_told_of_suggestions => {
                    has_told_of_suggestions = true;
                    let said =
                        format!("{SUGGESTIONS_ROOT} stays: the runner's setting says what it stands for");
                    notes.changed(path.pointer_to("url"), said);
                }
                None => {}
            }
        }
    });
    if let Some((pointer, count)) = codes {
        let said = format!("question codes go only with data version 0.0.1 ({count} left out, here first)");
        notes.lost(pointer, said);
    }
}

fn question(members: &mut Map<String, Value>, path: &Path, notes: &mut Notes) {
    if members.shift_remove("skip_conditions").is_some() {
        notes.lost(path.pointer_to("skip_conditions"), "left out: it was never evaluated on a question");
    }
    if text(members, "type") != Some("DateRange") {
        definitions(members, path, notes);
    }
    let Some(Value::Array(answers)) = members.get_mut("answers") else { return };
    let has_several = answers.len() > 1;
    for answer in answers.iter_mut().filter_map(Value::as_object_mut) {
        if text(answer, "type") == Some("Checkbox") && !answer.contains_key("instruction") {
            let label = answer.get("label").cloned();
            rename(answer, "label", "instruction");
            if let Some(label) = label.filter(|label| has_several && label.is_string()) {
                answer.insert("label".to_owned(), label);
            }
        }
    }
}

/// One definition has its panel; the others become items in front of the guidance.
fn definitions(members: &mut Map<String, Value>, path: &Path, notes: &mut Notes) {
    let Some(Value::Array(definitions)) = members.get("definitions") else { return };
    let mut definitions = definitions.clone().into_iter();
    let Some(first) = definitions.next() else {
        members.shift_remove("definitions");
        return;
    };
    rename(members, "definitions", "definition");
    members.insert("definition".to_owned(), first);
    let others: Vec<Value> = definitions.map(|definition| json!({"definition": definition})).collect();
    if others.is_empty() {
        return;
    }
    notes.changed(path.pointer_to("definitions"), "the second and later definitions stand in the guidance");
    let guidance = members.entry("guidance").or_insert_with(|| json!({"contents": []}));
    if let Some(Value::Array(contents)) = guidance.get_mut("contents") {
        contents.splice(0..0, others);
    }
}
