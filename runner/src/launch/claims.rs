//! The runner's own claims, each with its rule.
//!
//! Source: spec/03 §3.2.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::LaunchRefused;
use super::forms::{date_time, lenient_uuid, url, uuid};

/// What is wrong with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Required and not there; or none or several of those of which one must be.
    Missing,
    /// Of another kind than declared, or `null`.
    Kind,
    /// Of the right kind, but not of the right form or not one of those allowed.
    Form,
    /// Shorter or longer than allowed.
    Length,
    /// A time that has passed.
    Past,
    /// A name that must not be here.
    Unknown,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Fault::Missing => "missing, or more than one given",
            Fault::Kind => "wrong kind of value",
            Fault::Form => "not of the form required",
            Fault::Length => "too short or too long",
            Fault::Past => "in the past",
            Fault::Unknown => "not a name that may stand here",
        })
    }
}

/// Where the definition of a launch is found.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Source {
    /// By name, among the configured roots.
    Name(String),
    /// At an address.
    Url(String),
    /// In the registry, by its id.
    Registry(Uuid),
}

pub(super) struct Checked {
    pub claims: Map<String, Value>,
    pub source: Source,
    pub response_ends_at: Timestamp,
}

pub(super) fn check(mut given: Map<String, Value>, now: Timestamp) -> Result<Checked, LaunchRefused> {
    for value in given.values_mut() {
        if let Value::String(text) = value {
            let trimmed = text.trim();
            if trimmed.len() != text.len() {
                *text = trimmed.to_owned();
            }
        }
    }
    let mut kept = Map::new();
    let mut take =
        |name: &'static str, rule: &dyn Fn(&Value) -> Result<Value, Fault>, required: bool| match given
            .get(name)
        {
            Some(value) => {
                let value = rule(value).map_err(|fault| LaunchRefused::Claim { name, fault })?;
                kept.insert(name.to_owned(), value);
                Ok(())
            }
            None if required => Err(LaunchRefused::Claim { name, fault: Fault::Missing }),
            None => Ok(()),
        };
    take("jti", &uuid, true)?;
    take("tx_id", &uuid, true)?;
    take("case_id", &uuid, true)?;
    take("collection_exercise_sid", &some_text, true)?;
    take("version", &version, true)?;
    take("schema_name", &text, false)?;
    take("schema_url", &url, false)?;
    take("cir_instrument_id", &uuid, false)?;
    take("response_id", &text, true)?;
    take("account_service_url", &url, true)?;
    take("language_code", &text, false)?;
    take("response_expires_at", &|value| date_time(value).map(|at| Value::String(at.written)), true)?;
    take("channel", &some_text, false)?;
    take("region_code", &region, false)?;
    take("roles", &texts, false)?;
    take("survey_metadata", &survey_metadata, false)?;

    let source = source(&kept)?;
    let name = "response_expires_at";
    let ends_at = kept.get(name).map(date_time).and_then(Result::ok);
    let ends_at = ends_at.ok_or(LaunchRefused::Claim { name, fault: Fault::Form })?.at;
    if ends_at <= now {
        return Err(LaunchRefused::Claim { name, fault: Fault::Past });
    }
    Ok(Checked { claims: kept, source, response_ends_at: ends_at })
}

fn source(claims: &Map<String, Value>) -> Result<Source, LaunchRefused> {
    let held = |name: &str| claims.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let refused = LaunchRefused::Claim { name: "schema_name", fault: Fault::Missing };
    match (held("schema_name"), held("schema_url"), held("cir_instrument_id")) {
        (Some(name), None, None) => Ok(Source::Name(name.to_owned())),
        (None, Some(url), None) => Ok(Source::Url(url.to_owned())),
        (None, None, Some(id)) => lenient_uuid(id).map(Source::Registry).ok_or(refused),
        _ => Err(refused),
    }
}

pub(super) fn text(value: &Value) -> Result<Value, Fault> {
    if value.is_string() { Ok(value.clone()) } else { Err(Fault::Kind) }
}

fn some_text(value: &Value) -> Result<Value, Fault> {
    match value.as_str() {
        Some("") => Err(Fault::Length),
        Some(_) => Ok(value.clone()),
        None => Err(Fault::Kind),
    }
}

fn texts(value: &Value) -> Result<Value, Fault> {
    let all_texts = value.as_array().is_some_and(|values| values.iter().all(Value::is_string));
    if all_texts { Ok(value.clone()) } else { Err(Fault::Kind) }
}

fn version(value: &Value) -> Result<Value, Fault> {
    match value.as_str() {
        Some("v2") => Ok(value.clone()),
        Some(_) => Err(Fault::Form),
        None => Err(Fault::Kind),
    }
}

/// `GB-` and three capitals.
fn region(value: &Value) -> Result<Value, Fault> {
    let text = value.as_str().ok_or(Fault::Kind)?;
    let letters = text.strip_prefix("GB-").ok_or(Fault::Form)?;
    let fits = letters.len() == 3 && letters.bytes().all(|byte| byte.is_ascii_uppercase());
    if fits { Ok(value.clone()) } else { Err(Fault::Form) }
}

fn survey_metadata(value: &Value) -> Result<Value, Fault> {
    let survey = value.as_object().ok_or(Fault::Kind)?;
    if survey.keys().any(|key| key != "data" && key != "receipting_keys") {
        return Err(Fault::Unknown);
    }
    let data = match survey.get("data") {
        None => None,
        Some(Value::Object(data)) if data.is_empty() => return Err(Fault::Length),
        Some(Value::Object(data)) => Some(data),
        Some(_) => return Err(Fault::Kind),
    };
    if let Some(keys) = survey.get("receipting_keys") {
        texts(keys)?;
        let mut keys = keys.as_array().into_iter().flatten().filter_map(Value::as_str);
        if !keys.all(|key| data.is_some_and(|data| data.contains_key(key))) {
            return Err(Fault::Missing);
        }
    }
    Ok(value.clone())
}
