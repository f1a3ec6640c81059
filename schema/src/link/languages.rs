//! Which of the other languages' definitions have the structure of the base, so that their texts can be used.

use serde_json::Value;

use crate::check::difference;
use crate::questionnaire::Locale;

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
        if !locales.contains(&locale) && difference(base, &document).is_none() {
            locales.push(locale);
            documents.push(document);
        }
    }
    (locales, documents)
}
