//! What leaves beside a submission: feedback on the service, and the request for a confirmation by e-mail.
//!
//! Source: spec/05 §6, §7.

use schema::Questionnaire;
use schema::value::Timestamp;

use super::json::Writer;
use super::{Submission, data_version, iso, receipting, survey_metadata};
use crate::response::Response;

/// Feedback as it was given. Prints nothing.
#[derive(Clone, Copy)]
pub struct Feedback<'a> {
    /// The label of what it is about, in the language it was given in.
    pub kind: &'a str,
    pub text: &'a str,
    /// Which one of this session it is, from 1.
    pub count: u16,
}

impl std::fmt::Debug for Feedback<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Feedback(…)")
    }
}

/// Makes what leaves of feedback; `language` is the interface's. The keys come in the specification's order.
///
/// Source: spec/05 §6.
pub fn feedback(
    questionnaire: &Questionnaire,
    response: &Response,
    given: Feedback<'_>,
    language: &str,
    at: Timestamp,
) -> Submission {
    let launch = &response.launch;
    let claim = |name: &str| launch.claim(name).unwrap_or_default();
    let mut json = Writer::default();
    json.open_object();
    json.text_member("tx_id", claim("tx_id"));
    json.text_member("type", "uk.gov.ons.edc.eq:feedback");
    json.text_member("version", "v2");
    json.text_member("data_version", data_version(questionnaire.data_version));
    json.text_member("origin", "uk.gov.ons.edc.eq");
    json.key("flushed");
    json.bool(false);
    json.text_member("submitted_at", &iso(at));
    json.text_member("launch_language_code", launch.claim("language_code").unwrap_or("en"));
    json.text_member("submission_language_code", language);
    json.text_member("collection_exercise_sid", claim("collection_exercise_sid"));
    match launch.claim("schema_name").filter(|name| !name.is_empty()) {
        Some(name) => json.text_member("schema_name", name),
        None => {
            json.key("schema_name");
            json.json(&serde_json::Value::Null);
        }
    }
    json.text_member("case_id", claim("case_id"));
    json.key("survey_metadata");
    survey_metadata(&mut json, questionnaire, response);
    json.key("data");
    json.open_object();
    json.text_member("feedback_text", given.text);
    json.text_member("feedback_type", given.kind);
    json.text_member("feedback_count", &given.count.to_string());
    json.close_object();
    for name in ["channel", "region_code"] {
        if let Some(value) = launch.claim(name).filter(|value| !value.is_empty()) {
            json.text_member(name, value);
        }
    }
    if let Some(started_at) = response.started_at {
        json.text_member("started_at", &iso(started_at));
    }
    json.close_object();
    Submission {
        tx_id: claim("tx_id").to_owned(),
        case_id: claim("case_id").to_owned(),
        receipting: receipting(response),
        payload: json.finish(),
    }
}

/// Makes the request that a confirmation be sent to this address; `language` is the interface's, `id` the
/// request's own.
///
/// Source: spec/05 §7.
pub fn confirmation(
    questionnaire: &Questionnaire,
    response: &Response,
    address: &str,
    language: &str,
    id: &str,
    at: Timestamp,
) -> String {
    let launch = &response.launch;
    let or_null = |json: &mut Writer, name: &str, value: Option<&str>| match value {
        Some(value) => json.text_member(name, value),
        None => {
            json.key(name);
            json.json(&serde_json::Value::Null);
        }
    };
    let mut json = Writer::default();
    json.open_object();
    json.event(&iso(at), id);
    json.key("payload");
    json.open_object();
    json.key("fulfilmentRequest");
    json.open_object();
    json.text_member("email_address", address);
    let display = launch.metadata("display_address").and_then(|value| value.as_str());
    or_null(&mut json, "display_address", display);
    or_null(&mut json, "form_type", questionnaire.form_type.as_deref());
    json.text_member("language_code", language);
    or_null(&mut json, "region_code", questionnaire.region_code.as_deref());
    json.text_member("tx_id", launch.claim("tx_id").unwrap_or_default());
    json.close_object();
    json.close_object();
    json.close_object();
    json.finish()
}
