//! What a questionnaire demands of the metadata it is launched with.
//!
//! Source: spec/03 §3.3, spec/01 §2.1.

use serde_json::{Map, Value};

use super::LaunchRefused;
use super::claims::{self, Fault};
use super::forms;

/// One declaration of a definition's `metadata`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetadataRule {
    /// The name looked for in `survey_metadata.data`.
    pub name: String,
    /// What it must be.
    pub kind: MetadataKind,
    /// Whether it may be left out.
    pub optional: bool,
    /// Fewest characters, inclusive.
    pub min_length: Option<usize>,
    /// Most characters, inclusive.
    pub max_length: Option<usize>,
    /// Exact number of characters.
    pub length: Option<usize>,
}

/// The kinds of metadata a definition may declare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetadataKind {
    /// Any text.
    String,
    /// True or false, also as 1, 0 or a word for it; kept as a JSON boolean.
    Boolean,
    /// Year, month, day; kept with zeros.
    Date,
    /// Kept in lower case with hyphens.
    Uuid,
    /// As for `account_service_url`.
    Url,
}

/// Gives the data back with every declared value normalised, in the given order.
pub(super) fn check(
    given: &Map<String, Value>,
    rules: &[MetadataRule],
) -> Result<Map<String, Value>, LaunchRefused> {
    let mut data = given.clone();
    for value in data.values_mut() {
        if let Value::String(text) = value {
            *text = text.trim().to_owned();
        }
    }
    for rule in rules {
        let refused = |fault| LaunchRefused::Metadata { name: rule.name.clone(), fault };
        match data.get_mut(&rule.name) {
            Some(value) => *value = check_one(value, rule).map_err(refused)?,
            None if rule.optional => {}
            None => return Err(refused(Fault::Missing)),
        }
    }
    Ok(data)
}

fn check_one(value: &Value, rule: &MetadataRule) -> Result<Value, Fault> {
    if let Value::String(text) = value {
        let length = text.chars().count();
        let fits = rule.min_length.is_none_or(|min| length >= min)
            && rule.max_length.is_none_or(|max| length <= max)
            && rule.length.is_none_or(|exact| length == exact);
        if !fits {
            return Err(Fault::Length);
        }
    }
    match rule.kind {
        MetadataKind::String => claims::text(value),
        MetadataKind::Uuid => forms::uuid(value),
        MetadataKind::Url => forms::url(value),
        MetadataKind::Boolean => boolean(value).map(Value::Bool).ok_or(Fault::Form),
        MetadataKind::Date => {
            let text = value.as_str().ok_or(Fault::Kind)?;
            forms::read_date(text).map(|date| Value::String(date.to_string())).ok_or(Fault::Form)
        }
    }
}

fn boolean(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(value) => Some(*value),
        Value::Number(number) if number.as_f64() == Some(1.0) => Some(true),
        Value::Number(number) if number.as_f64() == Some(0.0) => Some(false),
        Value::String(text) => match text.as_str() {
            "t" | "T" | "true" | "True" | "TRUE" | "y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON"
            | "1" => Some(true),
            "f" | "F" | "false" | "False" | "FALSE" | "n" | "N" | "no" | "No" | "NO" | "off" | "Off"
            | "OFF" | "0" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use serde_json::json;

    use super::*;

    fn rule(name: &str, kind: MetadataKind) -> MetadataRule {
        let name = name.to_owned();
        MetadataRule { name, kind, optional: false, min_length: None, max_length: None, length: None }
    }

    fn checked(kind: MetadataKind, value: Value) -> Result<Value, LaunchRefused> {
        let given = json!({"x": value, "other": [1]});
        let data = check(given.as_object().unwrap(), &[rule("x", kind)])?;
        assert_eq!(data["other"], json!([1]), "what is not declared is kept");
        Ok(data["x"].clone())
    }

    #[test]
    fn declared_metadata_is_normalised() {
        for (kind, given, kept) in [
            (MetadataKind::String, json!(" a b "), json!("a b")),
            (MetadataKind::Boolean, json!(true), json!(true)),
            (MetadataKind::Boolean, json!("Yes"), json!(true)),
            (MetadataKind::Boolean, json!(0), json!(false)),
            (MetadataKind::Date, json!("2016-1-2"), json!("2016-01-02")),
            (
                MetadataKind::Uuid,
                json!("{5FF879E6-F0AE-4335-A268-951A80994311}"),
                json!("5ff879e6-f0ae-4335-a268-951a80994311"),
            ),
            (MetadataKind::Url, json!("https://example.org"), json!("https://example.org")),
        ] {
            assert_eq!(checked(kind, given).unwrap(), kept);
        }
    }

    #[test]
    fn metadata_of_another_kind_is_refused() {
        for (kind, given) in [
            (MetadataKind::String, json!(1)),
            (MetadataKind::String, json!(null)),
            (MetadataKind::Boolean, json!("yEs")),
            (MetadataKind::Boolean, json!(2)),
            (MetadataKind::Date, json!("2016-01-02T00:00:00")),
            (MetadataKind::Date, json!("2016-02-30")),
            (MetadataKind::Uuid, json!("1")),
            (MetadataKind::Url, json!("http://eq")),
        ] {
            assert!(checked(kind, given.clone()).is_err(), "{given}");
        }
    }

    #[test]
    fn lengths_are_inclusive_and_counted_in_characters() {
        let mut ranged = rule("x", MetadataKind::String);
        (ranged.min_length, ranged.max_length) = (Some(2), Some(3));
        let mut exact = rule("x", MetadataKind::String);
        exact.length = Some(2);
        for (text, in_range, is_exact) in
            [("é", false, false), ("éé", true, true), ("ééé", true, false), ("éééé", false, false)]
        {
            let given = json!({"x": text});
            let given = given.as_object().unwrap();
            assert_eq!(check(given, std::slice::from_ref(&ranged)).is_ok(), in_range, "{text}");
            assert_eq!(check(given, std::slice::from_ref(&exact)).is_ok(), is_exact, "{text}");
        }
    }

    #[test]
    fn only_optional_metadata_may_be_missing() {
        let required = rule("x", MetadataKind::String);
        let optional = MetadataRule { optional: true, ..required.clone() };
        assert_eq!(
            check(&Map::new(), &[required]),
            Err(LaunchRefused::Metadata { name: "x".to_owned(), fault: Fault::Missing })
        );
        assert_eq!(check(&Map::new(), &[optional]), Ok(Map::new()));
    }
}
