//! What is already known of a unit: fetched for a launch that names a data set, decrypted and checked.
//!
//! Nothing is cached: it is one respondent's, asked for once and then kept in the response.
//!
//! Source: spec/02 §12.

use std::time::Duration;

use http::HeaderMap;
use reqwest::Url;
use serde::Deserialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::identity::Identity;
use super::{Asker, Bounds, NoAnswer, Origin, Upstream};
use crate::jose;
use crate::keys::{Keys, Purpose};

const BOUNDS: Bounds = Bounds { time: Duration::from_secs(3), bytes: 4 * 1024 * 1024, at_once: 32, tries: 3 };

/// The service of supplementary data.
pub struct SupplementaryService {
    upstream: Upstream,
    base: String,
    identity: Identity,
}

/// What a launch asks for.
#[derive(Clone, Copy)]
pub struct Wanted<'a> {
    /// The data set.
    pub dataset: &'a str,
    /// The unit: the first eleven characters of `ru_ref`, or `qid`.
    pub unit: &'a str,
    /// The survey's id as the launch says it.
    pub survey: &'a str,
}

/// What came, before it was decrypted.
pub struct Sealed {
    data: String,
}

/// Why there are no supplementary data. Holds none of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoData {
    /// No service is configured, or the launch does not say for whom.
    #[error("nobody to ask, or nobody to ask about")]
    NotAsked,
    /// The service gave no answer.
    #[error(transparent)]
    NoAnswer(#[from] NoAnswer),
    /// What came does not decrypt.
    #[error("supplementary data that do not decrypt")]
    Sealed,
    /// What came is not what was asked for, or not of the form it must have.
    #[error("supplementary data that are not what was asked for: {0}")]
    Wrong(&'static str),
}

impl SupplementaryService {
    /// Below this address.
    #[must_use]
    pub fn new(asker: &Asker, base: String, origin: Origin, identity: Identity) -> SupplementaryService {
        let upstream = Upstream::new("supplementary data", asker.clone(), BOUNDS, vec![origin]);
        SupplementaryService { upstream, base, identity }
    }

    /// Fetches what is known of a unit.
    ///
    /// # Errors
    /// [`NoData`].
    pub async fn fetch(&self, wanted: Wanted<'_>) -> Result<Sealed, NoData> {
        let arguments = [("dataset_id", wanted.dataset), ("identifier", wanted.unit)];
        let url = Url::parse_with_params(&format!("{}/v1/unit_data", self.base), arguments);
        let url = url.map_err(|_| NoData::NotAsked)?;
        let mut headers = HeaderMap::new();
        self.identity.sign(&mut headers).await?;
        let bytes = self.upstream.get(&url, &headers).await?;
        #[derive(Deserialize)]
        struct Answer {
            dataset_id: String,
            survey_id: String,
            data: String,
        }
        let answer: Answer = serde_json::from_slice(&bytes).map_err(|_| NoData::Wrong("its envelope"))?;
        let id = |text: &str| Uuid::parse_str(text.trim()).ok();
        if id(&answer.dataset_id).is_none() || id(&answer.dataset_id) != id(wanted.dataset) {
            return Err(NoData::Wrong("dataset_id"));
        }
        if answer.survey_id.trim() != wanted.survey {
            return Err(NoData::Wrong("survey_id"));
        }
        Ok(Sealed { data: answer.data })
    }
}

impl Sealed {
    /// Decrypts and checks: of this unit, and of the form that the definition was written for. Costs an RSA operation: call it in the lane for that.
    ///
    /// # Errors
    /// [`NoData`].
    pub fn open(&self, keys: &Keys, unit: &str, form: Option<&str>) -> Result<Map<String, Value>, NoData> {
        let data =
            jose::decrypt_large(&self.data, Purpose::SupplementaryData, keys).map_err(|_| NoData::Sealed)?;
        let data: Value = serde_json::from_slice(&data).map_err(|_| NoData::Wrong("data"))?;
        let Value::Object(mut data) = data else { return Err(NoData::Wrong("data")) };
        check(&mut data, unit, form)?;
        Ok(data)
    }
}

/// The rules of spec/02 §12.2; space around texts is taken off.
fn check(data: &mut Map<String, Value>, unit: &str, form: Option<&str>) -> Result<(), NoData> {
    let text =
        |data: &Map<String, Value>, name: &str| data.get(name).and_then(Value::as_str).map(str::to_owned);
    data.values_mut().for_each(strip);
    if text(data, "identifier").filter(|identifier| !identifier.is_empty()).as_deref() != Some(unit) {
        return Err(NoData::Wrong("data.identifier"));
    }
    if form.is_some() && text(data, "schema_version").as_deref() != form {
        return Err(NoData::Wrong("data.schema_version"));
    }
    let Some(items) = data.get("items") else { return Ok(()) };
    let lists = items.as_object().ok_or(NoData::Wrong("data.items"))?;
    let is_named = |item: &Value| match item.get("identifier") {
        Some(Value::String(name)) => !name.is_empty(),
        Some(Value::Number(number)) => number.as_u64().is_some(),
        _ => false,
    };
    let is_sound = |list: &Value| list.as_array().is_some_and(|items| items.iter().all(is_named));
    if lists.values().all(is_sound) { Ok(()) } else { Err(NoData::Wrong("data.items")) }
}

fn strip(value: &mut Value) {
    match value {
        Value::String(text) => *text = text.trim().to_owned(),
        Value::Array(values) => values.iter_mut().for_each(strip),
        Value::Object(values) => values.values_mut().for_each(strip),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use serde_json::json;

    use super::*;

    fn checked(data: Value, form: Option<&str>) -> Result<Map<String, Value>, NoData> {
        let Value::Object(mut data) = data else { return Err(NoData::Wrong("data")) };
        check(&mut data, "12345678901", form).map(|()| data)
    }

    #[test]
    fn data_of_the_unit_asked_for_are_taken_without_the_space_around() {
        let items = json!({"products": [{"identifier": "a "}, {"identifier": 0}]});
        let data = checked(
            json!({"identifier": " 12345678901", "schema_version": "v1", "items": items}),
            Some("v1"),
        );
        assert_eq!(data.unwrap()["items"]["products"][0]["identifier"], "a");
    }

    #[test]
    fn data_of_another_unit_or_form_or_with_nameless_items_are_refused() {
        let unit = "12345678901";
        for wrong in [
            json!({}),
            json!({"identifier": "2"}),
            json!({"identifier": 12_345_678_901_u64}),
            json!({"identifier": unit, "schema_version": "v2"}),
            json!({"identifier": unit, "schema_version": "v1", "items": []}),
            json!({"identifier": unit, "schema_version": "v1", "items": {"a": {}}}),
            json!({"identifier": unit, "schema_version": "v1", "items": {"a": [{"identifier": ""}]}}),
            json!({"identifier": unit, "schema_version": "v1", "items": {"a": [{"identifier": -1}]}}),
            json!({"identifier": unit, "schema_version": "v1", "items": {"a": [{}]}}),
        ] {
            assert!(checked(wrong.clone(), Some("v1")).is_err(), "{wrong}");
        }
    }
}
