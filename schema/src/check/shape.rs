//! Has the definition the shape that `json/` describes? Each fault becomes one diagnostic at its own place.
//!
//! Where a value may have several shapes, the schema chooses one by a key (`type`, `source`, the operator) and
//! complains about that one alone. So its errors can be told as they come.

use std::sync::OnceLock;

use jsonschema::{
    PatternOptions, ValidationError, Validator,
    error::{TypeKind, ValidationErrorKind},
};
use serde_json::Value;

use super::STRUCTURE;
use crate::diagnostic::Diagnostic;

/// The files of `json/` as one document, made by `build.rs`.
const DOCUMENT: &str = include_str!(concat!(env!("OUT_DIR"), "/questionnaire.json"));

/// The JSON Schema of the definition format, compiled.
#[derive(Debug)]
pub struct Shape {
    document: Value,
    validator: Validator,
}

impl Shape {
    /// The schema, compiled once a process: some tens of milliseconds.
    pub fn compiled() -> &'static Self {
        static COMPILED: OnceLock<Shape> = OnceLock::new();
        COMPILED.get_or_init(Self::compile)
    }

    /// Compiles the schema anew.
    #[must_use]
    pub fn compile() -> Self {
        let document: Value = serde_json::from_str(DOCUMENT).expect("build.rs has written it as JSON");
        let validator = jsonschema::draft202012::options()
            .offline()
            .should_validate_formats(false)
            .with_pattern_options(PatternOptions::regex())
            .build(&document)
            .expect("a test compiles the very same document");
        Self { document, validator }
    }

    /// Every fault of shape, each place once for each thing that is wrong with it.
    #[must_use]
    pub fn faults(&self, definition: &Value) -> Vec<Diagnostic> {
        let mut faults: Vec<Diagnostic> = Vec::new();
        for error in self.validator.iter_errors(definition) {
            let fault = self.told(&error);
            // An answer of a type that is nowhere allowed is refused for what it is and again for where it stands.
            let is_echo = |other: &Diagnostic| {
                other.pointer == fault.pointer
                    && (other.seen == fault.seen
                        || (other.remedy.starts_with(ONE_OF) && fault.remedy.starts_with(ONE_OF)))
            };
            if !faults.iter().any(is_echo) {
                faults.push(fault);
            }
        }
        faults
    }

    fn told(&self, error: &ValidationError<'_>) -> Diagnostic {
        let value = error.instance();
        let (seen, remedy) = match error.kind() {
            ValidationErrorKind::Required { property } => {
                (format!("no key {}", quoted(property)), format!("add {}", quoted(property)))
            }
            ValidationErrorKind::AdditionalProperties { unexpected } => (
                format!("{} unknown here", keys(unexpected)),
                "remove it, or mend its spelling or its place".to_owned(),
            ),
            ValidationErrorKind::Type { kind } => (describe(value), format!("put {}", kinds(kind))),
            ValidationErrorKind::Enum { options } => {
                (describe(value), format!("{ONE_OF}{}", listed(options, value)))
            }
            ValidationErrorKind::Constant { expected_value } => {
                (describe(value), format!("put {expected_value}"))
            }
            ValidationErrorKind::Pattern { pattern } => {
                (describe(value), format!("spell it to match {pattern}"))
            }
            ValidationErrorKind::MinLength { .. } => {
                ("an empty text".to_owned(), "write something, or leave it out".to_owned())
            }
            ValidationErrorKind::MinItems { limit } => (counted(value), format!("put at least {limit}")),
            ValidationErrorKind::MaxItems { limit } => (counted(value), format!("put at most {limit}")),
            ValidationErrorKind::AdditionalItems { limit } => {
                (counted(value), format!("put at most {limit}"))
            }
            ValidationErrorKind::MinProperties { limit } => (counted(value), format!("put at least {limit}")),
            ValidationErrorKind::MaxProperties { limit } => (counted(value), format!("put at most {limit}")),
            ValidationErrorKind::Minimum { limit } => (describe(value), format!("put {limit} or more")),
            ValidationErrorKind::Maximum { limit } => (describe(value), format!("put {limit} or less")),
            ValidationErrorKind::UniqueItems => {
                ("the same item twice".to_owned(), "remove one, or make them differ".to_owned())
            }
            ValidationErrorKind::Not { .. } if value.is_string() => (
                format!("{} has a place in braces and nothing to fill it", describe(value)),
                "make it an object with `text` and `placeholders`".to_owned(),
            ),
            ValidationErrorKind::Not { .. } => (describe(value), "put another value".to_owned()),
            ValidationErrorKind::AnyOf { .. } => {
                (describe(value), format!("put at least one of {}", self.wanted(error)))
            }

            ValidationErrorKind::OneOfNotValid { .. } | ValidationErrorKind::OneOfMultipleValid { .. } => {
                (describe(value), format!("put just one of {}", self.wanted(error)))
            }

            other => (describe(value), format!("make it pass `{}`", other.keyword())),
        };
        let fault = Diagnostic::error(STRUCTURE, error.instance_path().as_str(), seen, remedy);
        match value.get("id") {
            Some(Value::String(id)) => fault.about(id.as_str()),
            _ => fault,
        }
    }

    /// The keys that the alternatives ask for.
    fn wanted(&self, error: &ValidationError<'_>) -> String {
        let alternatives = self.document.pointer(error.schema_path().as_str()).and_then(Value::as_array);
        let keys: Vec<String> = alternatives
            .into_iter()
            .flatten()
            .filter_map(|alternative| alternative.get("required")?.as_array()?.first())
            .map(quoted)
            .collect();
        keys.join(", ")
    }
}

const ONE_OF: &str = "put one of ";

fn quoted(key: &Value) -> String {
    match key {
        Value::String(key) => format!("`{key}`"),
        other => format!("`{other}`"),
    }
}

fn keys(names: &[String]) -> String {
    let all: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    format!("{} {} is", if all.len() == 1 { "the key" } else { "each of the keys" }, all.join(", "))
}

/// The options, those first that are spelled nearly like what was seen.
fn listed(options: &Value, seen: &Value) -> String {
    const SHOWN: usize = 16;
    let Value::Array(options) = options else { return options.to_string() };
    let mut options: Vec<&Value> = options.iter().collect();
    if let Some(seen) = seen.as_str() {
        options.sort_by_key(|option| !option.as_str().is_some_and(|option| is_nearly(option, seen)));
    }
    let mut all: Vec<String> = options.iter().take(SHOWN).map(ToString::to_string).collect();
    if options.len() > SHOWN {
        all.push(format!("… ({} in all)", options.len()));
    }
    all.join(", ")
}

/// Whether one spelling becomes the other by changing, adding or dropping a letter or two, or by its case.
fn is_nearly(one: &str, other: &str) -> bool {
    const SLIPS: usize = 2;
    let (one, other) = (one.to_lowercase(), other.to_lowercase());
    if one.len().abs_diff(other.len()) > SLIPS {
        return false;
    }
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (above, letter) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = above + 1;
        for (at, theirs) in other.iter().enumerate() {
            let slip = diagonal + usize::from(letter != *theirs);
            diagonal = row[at + 1];
            row[at + 1] = slip.min(diagonal + 1).min(row[at] + 1);
        }
    }
    row[other.len()] <= SLIPS
}

fn kinds(kind: &TypeKind) -> String {
    match kind {
        TypeKind::Single(one) => article(&one.to_string()),
        TypeKind::Multiple(several) => {
            several.iter().map(|one| article(&one.to_string())).collect::<Vec<_>>().join(" or ")
        }
    }
}

fn article(kind: &str) -> String {
    match kind {
        "null" => "null".to_owned(),
        "array" | "object" | "integer" => format!("an {kind}"),
        _ => format!("a {kind}"),
    }
}

fn counted(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("a list of {}", items.len()),
        Value::Object(members) => format!("an object of {} keys", members.len()),
        other => describe(other),
    }
}

/// A value in a few words: small ones whole, long texts cut, containers by what they hold.
fn describe(value: &Value) -> String {
    const SHOWN: usize = 60;
    match value {
        Value::Object(members) if members.is_empty() => "an empty object".to_owned(),
        Value::Object(members) => {
            let names: Vec<String> = members.keys().take(8).map(|name| format!("`{name}`")).collect();
            let more = if members.len() > 8 { ", …" } else { "" };
            format!("an object with {}{more}", names.join(", "))
        }
        Value::Array(items) => format!("a list of {}", items.len()),
        Value::String(text) if text.chars().count() > SHOWN => {
            format!("{}…", Value::String(text.chars().take(SHOWN).collect()))
        }
        other => other.to_string(),
    }
}
