//! What leaves when a questionnaire is submitted (spec/05 §2, §3).

mod around;
mod fulfilment;
mod json;
mod v0_0_1;
mod v0_0_3;

use schema::Questionnaire;
use schema::questionnaire::DataVersion;
use schema::rule::Fault;
use schema::value::{Date, Timestamp};
use serde_json::Value as Json;

pub use around::{Feedback, confirmation, feedback};
pub use fulfilment::{Fulfilment, access_code};
pub use json::Writer;
pub use v0_0_3::{lists, mappings};

use crate::response::Response;
use crate::trace::Trace;

/// A payload, and what its receiver must know besides. Prints nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Submission {
    pub tx_id: String,
    pub case_id: String,
    /// Names and values of the receipting keys.
    pub receipting: Vec<(String, String)>,
    /// JSON, ASCII only.
    pub payload: String,
}

impl std::fmt::Debug for Submission {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Submission(…)")
    }
}

/// Who sends it, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaving<'a> {
    /// By the respondent, in this language of the interface.
    Submitted { language: &'a str },
    /// By the office, as far as it got.
    Flushed,
}

/// Makes the submission of a response.
///
/// # Errors
/// A fault of the definition met while tracing its paths.
///
/// Source: spec/05 §2; the keys come in that order.
pub fn submission(
    questionnaire: &Questionnaire,
    response: &Response,
    leaving: Leaving,
    at: Timestamp,
    today: Date,
) -> Result<Submission, Fault> {
    let launch = &response.launch;
    let claim = |name: &str| launch.claim(name).unwrap_or_default();
    let mut json = Writer::default();
    json.object(|json| {
        json.text_member("case_id", claim("case_id"));
        json.text_member("tx_id", claim("tx_id"));
        json.text_member("type", "uk.gov.ons.edc.eq:surveyresponse");
        json.text_member("version", "v2");
        json.text_member("data_version", data_version(questionnaire.data_version));
        json.text_member("origin", "uk.gov.ons.edc.eq");
        json.text_member("collection_exercise_sid", claim("collection_exercise_sid"));
        json.key("flushed");
        json.bool(leaving == Leaving::Flushed);
        json.text_member("submitted_at", &iso(at));
        json.text_member("launch_language_code", launch.claim("language_code").unwrap_or("en"));
        json.key("survey_metadata");
        survey_metadata(json, questionnaire, response);
        for name in ["schema_name", "schema_url", "cir_instrument_id"] {
            if let Some(value) = launch.claim(name).filter(|value| !value.is_empty()) {
                json.text_member(name, value);
            }
        }
        json.key("data");
        let trace = Trace::new(questionnaire, response, today);
        match questionnaire.data_version {
            DataVersion::V0_0_1 => v0_0_1::data(json, &trace)?,
            DataVersion::V0_0_3 => v0_0_3::data(json, &trace)?,
        }
        for name in ["channel", "region_code"] {
            if let Some(value) = launch.claim(name).filter(|value| !value.is_empty()) {
                json.text_member(name, value);
            }
        }
        if let Some(started_at) = response.started_at {
            json.text_member("started_at", &iso(started_at));
        }
        if let Leaving::Submitted { language } = leaving {
            json.text_member("submission_language_code", language);
        }
        Ok(())
    })?;
    Ok(Submission {
        tx_id: claim("tx_id").to_owned(),
        case_id: claim("case_id").to_owned(),
        receipting: receipting(response),
        payload: json.finish(),
    })
}

fn data_version(version: DataVersion) -> &'static str {
    match version {
        DataVersion::V0_0_1 => "0.0.1",
        DataVersion::V0_0_3 => "0.0.3",
    }
}

/// ISO 8601 in UTC: whole seconds, or microseconds where there are any.
pub fn iso(at: Timestamp) -> String {
    let at = jiff::tz::TimeZone::UTC.to_datetime(at);
    let micros = at.subsec_nanosecond() / 1000;
    let seconds = at.strftime("%Y-%m-%dT%H:%M:%S");
    if micros == 0 { format!("{seconds}+00:00") } else { format!("{seconds}.{micros:06}+00:00") }
}

/// The survey's id, then all that the launch said of the survey; on a clash the launch wins.
fn survey_metadata(json: &mut Writer, questionnaire: &Questionnaire, response: &Response) {
    let data = response.launch.survey_data();
    let own_id = data.and_then(|data| data.get("survey_id"));
    json.open_object();
    match own_id {
        Some(id) => {
            json.key("survey_id");
            json.json(id);
        }
        None => json.text_member("survey_id", &questionnaire.survey_id),
    }
    for (name, value) in data.into_iter().flatten().filter(|(name, _)| *name != "survey_id") {
        json.key(name);
        json.json(value);
    }
    json.close_object();
}

fn receipting(response: &Response) -> Vec<(String, String)> {
    let metadata = response.launch.claims.get("survey_metadata");
    let keys = metadata.and_then(|metadata| metadata.get("receipting_keys")).and_then(Json::as_array);
    let named = keys.into_iter().flatten().filter_map(Json::as_str);
    named
        .filter_map(|name| {
            let value = response.launch.metadata(name)?;
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            Some((name.to_owned(), text))
        })
        .collect()
}
