//! What decides which page is next, and which of its variants. Source: spec/09 §4.

use serde_json::{Map, Value, json};

use super::{
    conditions::{all_of, joined},
    facts::Facts,
    notes::Notes,
    walk::{objects, text},
};

pub(super) fn upgrade(definition: &mut Value, facts: &Facts, notes: &mut Notes) {
    objects(definition, &mut |members, path| {
        for key in ["enabled", "skip_conditions"] {
            if let Some(Value::Array(entries)) = members.get(key) {
                let rules = entries.iter().enumerate().map(|(position, entry)| {
                    let pointer = format!("{}/{position}/when", path.pointer_to(key));
                    all_of(&entry["when"], &pointer, facts, notes)
                });
                let rules: Vec<Value> = rules.collect();
                if rules.is_empty() {
                    members.shift_remove(key);
                } else {
                    members.insert(key.to_owned(), json!({"when": joined("or", rules)}));
                }
            }
        }
        if let Some(Value::Array(rules)) = members.get("routing_rules") {
            let pointer = path.pointer_to("routing_rules");
            let rules = rules.iter().enumerate().filter_map(|(position, rule)| {
                // A rule that leads nowhere was passed over.
                let goto = rule.get("goto")?.as_object()?;
                Some(route(goto, &format!("{pointer}/{position}/goto/when"), facts, notes))
            });
            let rules: Vec<Value> = rules.collect();
            if rules.is_empty() {
                members.shift_remove("routing_rules");
            } else {
                members.insert("routing_rules".to_owned(), Value::Array(rules));
            }
        }
        for key in ["question_variants", "content_variants"] {
            let pointer = path.pointer_to(key);
            let Some(Value::Array(variants)) = members.get_mut(key) else { continue };
            for (position, variant) in variants.iter_mut().enumerate() {
                let Some(variant) = variant.as_object_mut() else { continue };
                let when = variant.get("when").cloned().unwrap_or_default();
                if when.is_array() || when.is_null() {
                    let rule = all_of(&when, &format!("{pointer}/{position}/when"), facts, notes);
                    variant.insert("when".to_owned(), rule);
                }
            }
        }
    });
}

/// A rule without its `goto`; what led to the end of the questionnaire leads to that of the section.
fn route(goto: &Map<String, Value>, pointer: &str, facts: &Facts, notes: &mut Notes) -> Value {
    let mut route = goto.clone();
    let leads_to_the_end = text(goto, "block").is_some_and(|block| facts.end_blocks.contains(block))
        || text(goto, "group").is_some_and(|group| facts.end_groups.contains(group));
    if leads_to_the_end {
        route.shift_remove("block");
        route.shift_remove("group");
        route.insert("section".to_owned(), json!("End"));
    }
    match goto.get("when") {
        Some(Value::Array(conditions)) if conditions.is_empty() => {
            route.shift_remove("when");
        }
        Some(when @ Value::Array(_)) => {
            route.insert("when".to_owned(), all_of(when, pointer, facts, notes));
        }
        _ => {}
    }
    Value::Object(route)
}
