//! Which of the other languages' definitions have the structure of the base, so that their texts can be used.

use serde_json::Value;

use crate::questionnaire::Locale;

/// The keys under which a definition's structure lies.
const STRUCTURE: [&str; 17] = [
    "sections",
    "groups",
    "blocks",
    "question",
    "question_variants",
    "content_variants",
    "answers",
    "dynamic_answers",
    "options",
    "detail_answer",
    "add_block",
    "edit_block",
    "remove_block",
    "add_or_edit_block",
    "unrelated_block",
    "repeating_blocks",
    "content",
];

/// The languages that can be used, the base first, and the documents of all but the base.
pub(super) fn alike(base: &Value, locale: Locale, others: &[&str]) -> (Vec<Locale>, Vec<Value>) {
    let mut locales = vec![locale];
    let mut documents = Vec::new();
    for text in others {
        let Ok(document) = serde_json::from_str::<Value>(text) else { continue };
        let Some(locale) = document.get("language").and_then(Value::as_str).and_then(Locale::from_code)
        else {
            continue;
        };
        if !locales.contains(&locale) && is_alike(base, &document) {
            locales.push(locale);
            documents.push(document);
        }
    }
    (locales, documents)
}

fn is_alike(base: &Value, other: &Value) -> bool {
    match (base, other) {
        (Value::Object(one), Value::Object(another)) => {
            one.get("id") == another.get("id")
                && STRUCTURE.iter().all(|key| match (one.get(*key), another.get(*key)) {
                    (Some(one), Some(another)) => is_alike(one, another),
                    (None, None) => true,
                    _ => false,
                })
        }
        (Value::Array(one), Value::Array(another)) => {
            one.len() == another.len() && one.iter().zip(another).all(|(one, another)| is_alike(one, another))
        }
        _ => true,
    }
}
