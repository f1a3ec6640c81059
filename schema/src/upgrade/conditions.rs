//! Conditions into rules. Source: spec/09 §5.

use serde_json::{Map, Value, json};

use super::{
    facts::{Answer, Facts},
    notes::Notes,
    walk::text,
};

/// The parts of an address of which one is always there when the address is.
const ADDRESS_LINES: [&str; 4] = ["line1", "line2", "town", "postcode"];

/// A list of conditions that must all hold, as one rule; none always hold.
pub(super) fn all_of(when: &Value, pointer: &str, facts: &Facts, notes: &mut Notes) -> Value {
    let conditions = when.as_array().map_or(&[][..], Vec::as_slice);
    let rules = conditions.iter().enumerate().filter_map(|(position, condition)| {
        let condition = condition.as_object()?;
        Some(rules_of(condition, &format!("{pointer}/{position}"), facts, notes))
    });
    joined("and", rules.flatten().collect())
}

/// Several rules as one: the only one stays as it is, none are always true.
pub(super) fn joined(operator: &str, mut rules: Vec<Value>) -> Value {
    match rules.len() {
        0 => json!({"==": [true, true]}),
        1 => rules.remove(0),
        _ => json!({operator: rules}),
    }
}

/// The rules that a condition becomes; all must hold.
fn rules_of(condition: &Map<String, Value>, pointer: &str, facts: &Facts, notes: &mut Notes) -> Vec<Value> {
    let name = text(condition, "condition").unwrap_or_default();
    let left = left(condition);
    if let Some(date) = condition.get("date_comparison").and_then(Value::as_object) {
        return date_rules(name, &left, date);
    }
    let right = right(condition);
    let present = |side: &Value| json!({"!=": [side, null]});
    let is_compared = condition.contains_key("comparison");
    match name {
        "not equals" => vec![json!({"!=": [left, right]})],
        "equals any" => vec![json!({"in": [left, right]})],
        "not equals any" => vec![json!({"not": [{"in": [left, right]}]})],
        "contains" => vec![json!({"in": [right, left]})],
        // An unticked checkbox is missing, and what is missing contained nothing and did not fail to contain it either.
        "not contains" => {
            let mut rules = vec![present(&left)];
            rules.extend(is_compared.then(|| present(&right)));
            rules.push(json!({"not": [{"in": [right, left]}]}));
            rules
        }
        "contains any" => vec![json!({"any-in": [right, left]})],
        "contains all" => vec![json!({"all-in": [right, left]})],
        "set" | "not set" => {
            let answer = text(condition, "id").and_then(|id| facts.answers.get(id));
            vec![is_given(&left, answer, name == "set", pointer, notes)]
        }
        _ => match operator(name) {
            Some(operator) => vec![json!({operator: [left, right]})],
            None => {
                notes.lost(pointer, format!("no condition is called “{name}”; it never holds"));
                vec![json!({"==": [true, false]})]
            }
        },
    }
}

fn left(condition: &Map<String, Value>) -> Value {
    let mut side = if let Some(id) = condition.get("id") {
        json!({"source": "answers", "identifier": id})
    } else if let Some(name) = condition.get("meta") {
        json!({"source": "metadata", "identifier": name})
    } else {
        let selector = condition.get("id_selector").cloned().unwrap_or_else(|| json!("count"));
        let list = condition.get("list").cloned().unwrap_or_default();
        json!({"source": "list", "identifier": list, "selector": selector})
    };
    if let Some(item) = condition.get("list_item_selector") {
        side["list_item_selector"] = item.clone();
    }
    side
}

fn right(condition: &Map<String, Value>) -> Value {
    ["comparison", "values", "value"].iter().find_map(|key| condition.get(*key)).cloned().unwrap_or_default()
}

/// The operator of a condition that compares two sides as they are.
fn operator(name: &str) -> Option<&'static str> {
    Some(match name {
        "equals" => "==",
        "not equals" => "!=",
        "greater than" => ">",
        "greater than or equal to" => ">=",
        "less than" => "<",
        "less than or equal to" => "<=",
        _ => return None,
    })
}

/// Whether anything was answered. Answers of several parts have no value as a whole.
fn is_given(left: &Value, answer: Option<&Answer>, is_set: bool, pointer: &str, notes: &mut Notes) -> Value {
    let operator = if is_set { "!=" } else { "==" };
    match answer.map(|answer| (answer.kind.as_str(), answer)) {
        Some(("Address", _)) => {
            let parts = ADDRESS_LINES.iter().map(|line| {
                let mut part = left.clone();
                part["selector"] = json!(line);
                json!({operator: [part, null]})
            });
            joined(if is_set { "or" } else { "and" }, parts.collect())
        }
        Some(("Duration", answer)) => {
            if !answer.is_mandatory {
                let said =
                    "whether an optional duration was answered is read as whether its block was passed";
                notes.changed(pointer, said);
            }
            let progress = json!({"source": "progress", "selector": "block", "identifier": answer.block});
            json!({if is_set { "==" } else { "!=" }: [progress, "COMPLETED"]})
        }
        _ => json!({operator: [left, null]}),
    }
}

/// A missing side made a comparison of dates false, whatever its name.
fn date_rules(name: &str, left: &Value, date: &Map<String, Value>) -> Vec<Value> {
    let (right, is_literal) = if let Some(id) = date.get("id") {
        let mut side = json!({"source": "answers", "identifier": id});
        if let Some(item) = date.get("list_item_selector") {
            side["list_item_selector"] = item.clone();
        }
        (side, false)
    } else if let Some(name) = date.get("meta") {
        (json!({"source": "metadata", "identifier": name}), false)
    } else {
        (full_date(date.get("value")), true)
    };
    let mut compared = vec![right.clone()];
    compared.extend(date.get("offset_by").cloned());
    let comparison = json!({operator(name).unwrap_or("=="): [{"date": [left]}, {"date": compared}]});
    let mut rules = Vec::new();
    if name == "not equals" || name == "equals" && !is_literal {
        rules.push(json!({"!=": [left, null]}));
        rules.extend((!is_literal).then(|| json!({"!=": [right, null]})));
    }
    rules.push(comparison);
    rules
}

/// A date as it may be written today: a month of one digit gets its nought.
fn full_date(value: Option<&Value>) -> Value {
    let Some(Value::String(date)) = value else { return value.cloned().unwrap_or_default() };
    let parts = date.split('-').map(|part| {
        if part.len() == 1 && part.bytes().all(|digit| digit.is_ascii_digit()) {
            format!("0{part}")
        } else {
            part.to_owned()
        }
    });
    json!(parts.collect::<Vec<_>>().join("-"))
}
