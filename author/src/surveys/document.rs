//! What a draft holds: the definition in its base language, its translations, and what only authors know beside it.

use std::collections::{BTreeMap, HashMap};

use schema::questionnaire::Locale;
use schema::translate::{Keyed, keyed, put};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

/// A document around a definition.
#[must_use]
pub fn around(definition: Value, translations: Map<String, Value>) -> Value {
    json!({
        "definition": definition,
        "translations": translations,
        "beside": {"aliases": {}, "notes": {}, "samples": {}, "personas": []},
    })
}

/// A new questionnaire: one section with its introduction, to be checked and submitted at the end.
#[must_use]
pub fn skeleton(title: &str, survey_id: &str, id: impl Fn(&str) -> String) -> Value {
    json!({
        "mime_type": "application/json/ons/eq",
        "language": "en",
        "schema_version": "0.0.1",
        "data_version": "0.0.3",
        "survey_id": survey_id,
        "title": title,
        "theme": "business",
        "description": title,
        "metadata": [
            {"name": "user_id", "type": "string"},
            {"name": "period_id", "type": "string"},
            {"name": "ru_name", "type": "string"},
        ],
        "questionnaire_flow": {"type": "Linear", "options": {"summary": {"collapsible": false}}},
        "sections": [{
            "id": id("section"),
            "title": "Section 1",
            "groups": [{
                "id": id("group"),
                "blocks": [{
                    "id": id("block"),
                    "type": "Introduction",
                    "primary_content": [{
                        "id": id("content"),
                        "title": title,
                        "contents": [{"description": "You can stop at any time and come back to your answers later."}],
                    }],
                }],
            }],
        }],
    })
}

/// What stands in place of the survey's number until it has one.
pub const NO_NUMBER: &str = "000";

/// Whether this can be a draft's document at all.
#[must_use]
pub fn is_document(document: &Value) -> bool {
    let is_object = |name: &str| document.get(name).is_some_and(Value::is_object);
    let only = |document: &Map<String, Value>| {
        document.keys().all(|name| ["definition", "translations", "beside"].contains(&name.as_str()))
    };
    document.as_object().is_some_and(only)
        && ["definition", "translations", "beside"].into_iter().all(is_object)
        && document["translations"].as_object().is_some_and(|languages| {
            languages.iter().all(|(code, texts)| Locale::from_code(code).is_some() && texts.is_object())
        })
}

/// A language of a questionnaire, and how much of it is translated and up to date, from 0 to 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LanguageShare {
    pub code: String,
    pub share: f64,
}

/// A text of the definition, under the key that its translations have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TextPlace {
    pub key: String,
    /// JSON Pointer into the definition.
    pub pointer: String,
    pub text: String,
    /// Which plural form it is: `one`, `other`, ….
    pub form: Option<String>,
}

/// All texts of a definition.
#[must_use]
pub fn texts(definition: &Value) -> Vec<TextPlace> {
    let place = |Keyed { key, pointer, words, form }| TextPlace { key, pointer, text: words, form };
    keyed(definition).into_iter().map(place).collect()
}

/// What the list of questionnaires says of a draft.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    pub title: String,
    pub form_type: String,
    pub languages: Vec<LanguageShare>,
}

impl Summary {
    /// Of a document, however broken.
    #[must_use]
    pub fn of(document: &Value) -> Summary {
        let definition = &document["definition"];
        let said = |name: &str| definition.get(name).and_then(Value::as_str).unwrap_or_default();
        let shorten = |text: &str| text.chars().take(300).collect();
        let base = said("language");
        let mut languages = vec![LanguageShare { code: shorten(base), share: 1.0 }];
        let translations = document["translations"].as_object();
        if translations.is_some_and(|translations| !translations.is_empty()) {
            let source: Vec<Keyed> = keyed(definition);
            for (code, texts) in translations.into_iter().flatten() {
                languages.push(LanguageShare { code: code.clone(), share: share(&source, texts) });
            }
        }
        Summary { title: shorten(said("title")), form_type: shorten(said("form_type")), languages }
    }

    /// As it is kept.
    #[must_use]
    pub fn languages_text(&self) -> String {
        serde_json::to_string(&self.languages).unwrap_or_default()
    }
}

/// Which part of the texts has a translation made from what stands there now.
fn share(source: &[Keyed], texts: &Value) -> f64 {
    let counted: Vec<&Keyed> = source.iter().filter(|text| !text.words.trim().is_empty()).collect();
    let is_true = |text: &&&Keyed| {
        let translation = texts.get(&text.key);
        let said = |name: &str| translation.and_then(|translation| translation.get(name)?.as_str());
        said("text").is_some_and(|words| !words.is_empty())
            && said("source").is_none_or(|source| source == text.words)
    };
    let done = counted.iter().filter(is_true).count();
    if counted.is_empty() { 1.0 } else { (done as f64 / counted.len() as f64 * 1000.0).round() / 1000.0 }
}

/// The definitions that a document comes to, the base first: code and definition.
#[must_use]
pub fn compiled(document: &Value) -> Vec<(String, Value)> {
    let definition = &document["definition"];
    let base = definition.get("language").and_then(Value::as_str).unwrap_or("en").to_owned();
    let mut compiled = vec![(base.clone(), definition.clone())];
    for (code, texts) in document["translations"].as_object().into_iter().flatten() {
        if let Some(language) = Locale::from_code(code).filter(|_| *code != base) {
            let words = |key: &str| {
                let words = texts.get(key)?.get("text")?.as_str()?;
                (!words.is_empty()).then(|| words.to_owned())
            };
            compiled.push((code.clone(), put(definition, language, words)));
        }
    }
    compiled
}

/// The words of another language's definition, as translations of the base; and where it says more than words.
#[must_use]
pub fn translations(base: &Value, other: &Value) -> (Map<String, Value>, Vec<String>) {
    let theirs: HashMap<String, Keyed> =
        keyed(other).into_iter().map(|text| (text.key.clone(), text)).collect();
    let ours: BTreeMap<String, Keyed> =
        keyed(base).into_iter().map(|text| (text.key.clone(), text)).collect();
    let mut texts = Map::new();
    for text in keyed(other) {
        let source = ours.get(&text.key).map(|text| text.words.as_str());
        // A plural form that the base lacks is translated from its last.
        let source = source.or_else(|| {
            let stem = text.key.strip_suffix(text.form.as_deref()?)?;
            ours.get(&format!("{stem}other")).map(|text| text.words.as_str())
        });
        if let Some(source) = source {
            texts.insert(text.key.clone(), json!({"text": text.words, "source": source, "checked": true}));
        }
    }
    let mut elsewhere = Vec::new();
    let language = other.get("language").and_then(Value::as_str).and_then(Locale::from_code);
    if let Some(language) = language {
        let put = put(base, language, |key| theirs.get(key).map(|text| text.words.clone()));
        differences(&put, other, String::new(), &mut elsewhere);
    }
    (texts, elsewhere)
}

/// Where two documents differ, at most some places.
fn differences(one: &Value, other: &Value, pointer: String, found: &mut Vec<String>) {
    if found.len() >= 50 || one == other {
        return;
    }
    match (one, other) {
        (Value::Object(ones), Value::Object(others)) => {
            for (key, one) in ones {
                match others.get(key) {
                    Some(other) => differences(one, other, format!("{pointer}/{key}"), found),
                    None => found.push(format!("{pointer}/{key}")),
                }
            }
            found.extend(
                others.keys().filter(|key| !ones.contains_key(*key)).map(|key| format!("{pointer}/{key}")),
            );
        }
        (Value::Array(ones), Value::Array(others)) if ones.len() == others.len() => {
            for (at, (one, other)) in ones.iter().zip(others).enumerate() {
                differences(one, other, format!("{pointer}/{at}"), found);
            }
        }
        _ => found.push(pointer),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::diagnose::diagnose;

    fn pair(name: &str) -> (Value, Value) {
        let read = |language: &str| {
            let path = format!("{}/../questionnaires/{name}/{language}.json", env!("CARGO_MANIFEST_DIR"));
            serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
        };
        (read("en"), read("cy"))
    }

    #[test]
    fn a_new_questionnaire_is_sound_from_the_first_moment() {
        let skeleton = skeleton("My survey", NO_NUMBER, |kind| format!("{kind}-1"));
        let found = diagnose(&skeleton, jiff::civil::date(2026, 11, 30));
        assert_eq!(found, []);
        assert!(schema::link(&[&skeleton.to_string()]).is_ok());
        assert!(is_document(&around(skeleton, Map::new())));
    }

    #[test]
    fn a_pair_of_languages_comes_back_as_it_was() {
        for name in ["surveys/monthly-business", "surveys/household-census", "features/plurals"] {
            let (base, welsh) = pair(name);
            let (texts, elsewhere) = translations(&base, &welsh);
            assert_eq!(elsewhere, Vec::<String>::new(), "{name}");
            let document = around(base.clone(), Map::from_iter([("cy".to_owned(), Value::Object(texts))]));
            assert_eq!(Summary::of(&document).languages[1].share, 1.0);
            let compiled = compiled(&document);
            assert_eq!(compiled, [("en".to_owned(), base), ("cy".to_owned(), welsh)], "{name}");
        }
    }

    #[test]
    fn a_text_that_changed_since_counts_as_untranslated() {
        let (base, welsh) = pair("features/plurals");
        let (texts, _) = translations(&base, &welsh);
        let mut document = around(base, Map::from_iter([("cy".to_owned(), Value::Object(texts))]));
        document["definition"]["title"] = json!("Another title");
        let share = Summary::of(&document).languages[1].share;
        assert!(share < 1.0 && share > 0.5, "{share}");
    }
}
