//! `/dump/*`: what is kept of a response and what follows from it, for sessions with the role `dumper`.
//!
//! Source: spec/03 §2.2, spec/02 §1.

use engine::response::Response;
use engine::submission::{self, Leaving, Writer, iso, lists, mappings};
use engine::trace::Trace;
use http::StatusCode;
use schema::Questionnaire;
use schema::rule::Fault;
use serde_json::Value as Json;

use super::asked::Asked;
use super::reply::{self, Reply};
use super::respond;
use crate::app::App;
use crate::failure::Failure;

/// What is dumped.
#[derive(Clone, Copy)]
pub enum Dump {
    /// The stored state, in eQ's shape.
    Debug,
    /// The path through every enabled section.
    RoutingPath,
    /// What would be submitted now.
    Submission,
}

/// Dumps.
///
/// # Errors
/// [`Failure::SignedOut`]; [`Failure::Forbidden`] without the role.
pub async fn dump(app: &App, asked: &mut Asked, what: Dump) -> Result<Reply, Failure> {
    let opened = respond::signed_in(app, asked).await?;
    let response = respond::look(&opened)?;
    let roles = response.launch.claims.get("roles").and_then(Json::as_array);
    if !roles.is_some_and(|roles| roles.iter().any(|role| role == "dumper")) {
        return Err(Failure::Forbidden);
    }
    let questionnaire = &*opened.questionnaire;
    let trace = Trace::new(questionnaire, &response, asked.moment.today());
    let text = match what {
        Dump::Debug => state(&trace),
        Dump::RoutingPath => routing_path(&trace),
        Dump::Submission => submission(questionnaire, &response, asked),
    };
    let text = text.map_err(|fault| Failure::fault(questionnaire, &fault))?;
    Ok(reply::html(StatusCode::OK, text))
}

fn state(trace: &Trace<'_>) -> Result<String, Fault> {
    let (questionnaire, response) = (trace.questionnaire, trace.response);
    let mut json = Writer::default();
    json.open_object();
    json.key("METADATA");
    json.json(&Json::Object(response.launch.claims.clone()));
    json.key("ANSWERS");
    json.open_array();
    for (key, value) in response.answers.iter() {
        answer(&mut json, &questionnaire.answer(key.answer).id, value, key.item);
    }
    for (id, item, value) in &response.aside.answers {
        answer(&mut json, id, value, *item);
    }
    json.close_array();
    json.key("SUPPLEMENTARY_DATA");
    json.open_object();
    json.key("data");
    json.json(&Json::Object(
        response.supplementary.as_ref().map(|known| known.data.clone()).unwrap_or_default(),
    ));
    json.key("list_mappings");
    json.open_object();
    for list in response.supplementary.iter().flat_map(|known| &known.lists) {
        json.key(&list.name);
        mappings(&mut json, list);
    }
    json.close_object();
    json.close_object();
    json.key("LISTS");
    lists(&mut json, questionnaire, response, false);
    json.key("PROGRESS");
    json.open_array();
    for (key, visit) in response.visits.iter() {
        json.open_object();
        json.text_member("section_id", &questionnaire.section(key.section).id);
        json.key("block_ids");
        json.open_array();
        visit.confirmed().iter().for_each(|&block| json.text(&questionnaire.block(block).id));
        json.close_array();
        json.text_member("status", trace.visit_status(key)?.name());
        if let Some(item) = key.item {
            json.text_member("list_item_id", item.as_str());
        }
        json.close_object();
    }
    json.close_array();
    json.key("RESPONSE_METADATA");
    json.open_object();
    if let Some(started_at) = response.started_at {
        json.text_member("started_at", &iso(started_at));
    }
    if !response.individual_requests.is_empty() {
        json.key("individual_response_count");
        json.json(&response.individual_requests.len().into());
    }
    json.close_object();
    json.close_object();
    Ok(json.finish())
}

fn answer(
    json: &mut Writer,
    id: &str,
    value: &schema::value::Value<'_>,
    item: Option<schema::value::ListItemId>,
) {
    json.open_object();
    json.text_member("answer_id", id);
    json.key("value");
    json.value(value);
    if let Some(item) = item {
        json.text_member("list_item_id", item.as_str());
    }
    json.close_object();
}

/// Of a section instance; or of an item's repeating blocks, which are kept under their collector's section.
fn routing_path(trace: &Trace<'_>) -> Result<String, Fault> {
    let questionnaire = trace.questionnaire;
    let mut json = Writer::default();
    json.open_array();
    for key in trace.enabled_instances()? {
        json.open_object();
        json.text_member("section_id", &questionnaire.section(key.section).id);
        json.key("list_item_id");
        match key.item {
            Some(item) => json.text(item.as_str()),
            None => json.json(&Json::Null),
        }
        json.key("routing_path");
        json.open_array();
        trace.path(key)?.blocks().for_each(|block| json.text(&questionnaire.block(block).id));
        json.close_array();
        json.close_object();
    }
    json.close_array();
    Ok(json.finish())
}

fn submission(questionnaire: &Questionnaire, response: &Response, asked: &Asked) -> Result<String, Fault> {
    let leaving = Leaving::Submitted { language: asked.ui().code() };
    let moment = asked.moment;
    let made = submission::submission(questionnaire, response, leaving, moment.now, moment.today())?;
    Ok(format!("{{\"submission\": {}}}", made.payload))
}
