//! Is this document of 2021? One sign is enough. Source: spec/09 §1.

use serde_json::Value;

use super::walk::text;

/// Whether a definition shows a sign of the format of 2021. What is no definition at all shows none.
#[must_use]
pub fn is_of_2021(definition: &Value) -> bool {
    let Some(top) = definition.as_object().filter(|top| top.contains_key("sections")) else { return false };
    let submission = top.get("submission").and_then(Value::as_object);
    !top.contains_key("questionnaire_flow")
        || top.contains_key("hub")
        || top.contains_key("survey")
        || submission
            .is_some_and(|texts| texts.contains_key("confirmation_email") || texts.contains_key("feedback"))
        || shows_a_sign(definition)
}

fn shows_a_sign(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(shows_a_sign),
        Value::Object(members) => {
            let is_array = |key: &str| members.get(key).is_some_and(Value::is_array);
            let is_source = members.get("source").is_some_and(Value::is_string);
            matches!(text(members, "type"), Some("Summary" | "Confirmation")) && members.contains_key("id")
                || members.contains_key("goto")
                || is_array("when")
                || is_array("skip_conditions")
                || is_array("enabled")
                || is_source && (members.contains_key("id_selector") || is_array("identifier"))
                || members.get("list_item_selector").is_some_and(|selector| selector.get("id").is_some())
                || members.values().any(shows_a_sign)
        }
        _ => false,
    }
}
