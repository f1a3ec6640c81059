//! Others' definitions as questionnaires of ours: of today or of 2021, in one language or several; with a report of what
//! was understood and what was changed.

use schema::questionnaire::Locale;
use schema::upgrade::{Kind, upgrade};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::document::{around, translations};

/// Deeper than any definition.
const DEEPEST: usize = 100;
/// Longest text that is taken, in bytes. The largest real definition has two million.
pub const MOST_BYTES: usize = 8 * 1024 * 1024;

/// Something that a person should know of an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Note {
    /// `changed`, `lost` or `warning`.
    pub severity: String,
    pub text: String,
    /// JSON Pointer into what was given.
    pub pointer: String,
}

/// A questionnaire as it was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    pub document: Value,
    pub report: Vec<Note>,
}

/// Why nothing was imported.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotImported {
    #[error("This is longer than 8 MiB.")]
    TooLong,
    #[error("This is no JSON: {0}.")]
    NotJson(String),
    #[error("This goes deeper than any questionnaire.")]
    TooDeep,
    #[error("The name “{0}” stands twice in one object: which of the two is meant cannot be told.")]
    Twice(String),
    #[error("This is no questionnaire: a definition is an object with a list of “sections”.")]
    NoDefinition,
    #[error("This has no language that can be run: give one of en, cy, ga, eo.")]
    NoLanguage,
    #[error("Two definitions are in {0}.")]
    SameLanguage(String),
}

/// Reads a definition from text: as JSON does, but for names that stand twice, and bounded.
///
/// # Errors
/// [`NotImported`].
pub fn read(text: &str) -> Result<Value, NotImported> {
    if text.len() > MOST_BYTES {
        return Err(NotImported::TooLong);
    }
    let text = text.trim_start_matches('\u{feff}');
    let strict: Strict = serde_json::from_str(text).map_err(|error| {
        let said = error.to_string();
        match said.strip_prefix(TWICE).and_then(|rest| rest.split_once('\u{1}')) {
            Some((name, _)) => NotImported::Twice(name.to_owned()),
            None if said.starts_with("recursion limit") => NotImported::TooDeep,
            None => NotImported::NotJson(said),
        }
    })?;
    if depth(&strict.0) > DEEPEST {
        return Err(NotImported::TooDeep);
    }
    Ok(strict.0)
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or(0),
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

/// Makes a document of definitions, one a language. The base is English where it is among them.
///
/// # Errors
/// [`NotImported`].
pub fn import(definitions: Vec<Value>) -> Result<Imported, NotImported> {
    let mut report = Vec::new();
    let mut languages: Vec<(String, Value)> = Vec::new();
    for given in definitions {
        let has_sections = given.get("sections").is_some_and(Value::is_array);
        if !has_sections {
            return Err(NotImported::NoDefinition);
        }
        let upgraded = upgrade(&given, None);
        report.extend(upgraded.notes.into_iter().map(|note| {
            Note {
                severity: match note.kind {
                    Kind::Changed => "changed",
                    Kind::Lost => "lost",
                }
                .to_owned(),
                text: note.said,
                pointer: note.pointer,
            }
        }));
        let definition = upgraded.definition;
        let language = definition.get("language").and_then(Value::as_str).unwrap_or("en").to_owned();
        if Locale::from_code(&language).is_none() {
            return Err(NotImported::NoLanguage);
        }
        if languages.iter().any(|(has, _)| *has == language) {
            return Err(NotImported::SameLanguage(language));
        }
        languages.push((language, definition));
    }
    languages.sort_by_key(|(language, _)| language != "en");
    let mut languages = languages.into_iter();
    let (_, base) = languages.next().ok_or(NotImported::NoDefinition)?;
    let mut translated = Map::new();
    for (language, definition) in languages {
        let (texts, elsewhere) = translations(&base, &definition);
        report.extend(elsewhere.into_iter().map(|pointer| Note {
            severity: "warning".to_owned(),
            text: format!("In {language} this differs in more than words; the base's was kept"),
            pointer,
        }));
        translated.insert(language, Value::Object(texts));
    }
    Ok(Imported { document: around(base, translated), report })
}

/// Begins an error that names a member which stands twice.
const TWICE: &str = "twice: ";

/// JSON in which no object names a member twice.
struct Strict(Value);

impl<'de> serde::Deserialize<'de> for Strict {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Visitor).map(Strict)
    }
}

struct Visitor;

impl<'de> serde::de::Visitor<'de> for Visitor {
    type Value = Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut read = Vec::new();
        while let Some(Strict(item)) = items.next_element()? {
            read.push(item);
        }
        Ok(Value::Array(read))
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut read = Map::new();
        while let Some((name, Strict(member))) = members.next_entry::<String, Strict>()? {
            if read.contains_key(&name) {
                return Err(serde::de::Error::custom(format!("{TWICE}{name}\u{1}")));
            }
            read.insert(name, member);
        }
        Ok(Value::Object(read))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn what_is_no_questionnaire_is_refused_with_its_reason() {
        let deep = format!("{}{}", "[".repeat(110), "]".repeat(110));
        let deeper = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
        for (text, why) in [
            ("{\"a\": 1, \"a\": 2}".to_owned(), NotImported::Twice("a".to_owned())),
            (deep, NotImported::TooDeep),
            (deeper, NotImported::TooDeep),
            (format!("\"{}\"", "a".repeat(MOST_BYTES)), NotImported::TooLong),
        ] {
            assert_eq!(read(&text), Err(why));
        }
        assert!(matches!(read("{\"a\": "), Err(NotImported::NotJson(_))));
        assert!(matches!(read("{\"a\": 1e999}"), Err(NotImported::NotJson(_))));
        let import = |text: &str| import(vec![read(text).unwrap()]);
        assert_eq!(import("[]"), Err(NotImported::NoDefinition));
        assert_eq!(import("{\"sections\": [], \"language\": \"tlh\"}"), Err(NotImported::NoLanguage));
    }

    #[test]
    fn what_is_read_is_what_json_says() {
        let text = include_str!("../../../questionnaires/surveys/household-census/en.json");
        assert_eq!(read(text).unwrap(), serde_json::from_str::<Value>(text).unwrap());
    }
}
