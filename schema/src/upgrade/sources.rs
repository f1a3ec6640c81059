//! Where values come from: lists, list items, several identifiers. Source: spec/09 §7.

use serde_json::{Map, Value, json};

use super::{
    notes::Notes,
    walk::{Path, objects, rename, text},
};

pub(super) fn upgrade(definition: &mut Value, notes: &mut Notes) {
    objects(definition, &mut |members, path| {
        for key in ["list_to_concatenate", "items"] {
            if let Some(argument) = members.get_mut(key).filter(|_| path.key() == "arguments") {
                *argument = Value::Array(each(argument.take()));
            }
        }
        if text(members, "transform") == Some("format_date_range") {
            pair_dates(members);
        }
        if members.get("source").is_some_and(Value::is_string) {
            source(members, path, notes);
        }
    });
}

/// An array of sources: one for each identifier.
fn each(argument: Value) -> Vec<Value> {
    let sources = match argument {
        Value::Array(sources) => sources,
        one => vec![one],
    };
    sources
        .into_iter()
        .flat_map(|source| match source.get("identifier") {
            Some(Value::Array(identifiers)) => identifiers
                .iter()
                .map(|identifier| {
                    let mut one = source.clone();
                    one["identifier"] = identifier.clone();
                    one
                })
                .collect(),
            _ => vec![source],
        })
        .collect()
}

fn pair_dates(transform: &mut Map<String, Value>) {
    let Some(Value::Object(arguments)) = transform.get_mut("arguments") else { return };
    if let (Some(start), Some(end)) =
        (arguments.get("start_date").cloned(), arguments.get("end_date").cloned())
    {
        arguments.shift_remove("start_date");
        arguments.shift_remove("end_date");
        arguments.insert("date_range".to_owned(), json!([start, end]));
    }
}

fn source(members: &mut Map<String, Value>, path: &Path, notes: &mut Notes) {
    rename(members, "id", "identifier");
    rename(members, "id_selector", "selector");
    if text(members, "source") == Some("list") && !members.contains_key("selector") {
        members.insert("selector".to_owned(), json!("count"));
    }
    if text(members, "source") == Some("collection_metadata") {
        notes.changed(path.pointer(), "collection_metadata never resolved to anything; read as metadata");
        members.insert("source".to_owned(), json!("metadata"));
    }
    if let Some(Value::Array(identifiers)) = members.get("identifier") {
        let first = identifiers.first().cloned().unwrap_or_default();
        if identifiers.len() > 1 {
            notes.lost(
                path.pointer_to("identifier"),
                "only one value fits here: all but the first are left out",
            );
        }
        members.insert("identifier".to_owned(), first);
    }
}
