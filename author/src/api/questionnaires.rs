//! Questionnaires: listed, made, looked at.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use validator::Validate;

use super::fields::{Body, Path, Query};
use super::guard::{Caller, Idempotency};
use super::surveys::Made;
use crate::app::App;
use crate::diagnose::diagnose;
use crate::problem::{Problem, ProblemBody};
use crate::secret::id_of;
use crate::starters::Starter;
use crate::store::Tx;
use crate::surveys::document::{NO_NUMBER, around, skeleton};
use crate::surveys::listing::{self, Listed, Page, Wanted};
use crate::surveys::{self, New};
use crate::values;

#[derive(Deserialize, Validate, ToSchema)]
pub struct NewQuestionnaire {
    #[validate(length(min = 1, max = 300, message = "Enter a title."))]
    title: String,
    /// The survey it belongs to; one of its own when absent.
    survey: Option<String>,
    /// What it begins with; one section with an introduction when absent.
    starter: Option<String>,
}

/// A page of questionnaires.
#[utoipa::path(
    get, path = "/api/v1/questionnaires", tag = "questionnaires", operation_id = "listQuestionnaires", params(Wanted),
    responses((status = 200, body = Page), (status = "default", content_type = "application/problem+json", body = ProblemBody)),
    extensions(("x-permission" = json!("viewer"))),
)]
pub async fn list(caller: Caller, Query(wanted): Query<Wanted>) -> Result<Json<Page>, Problem> {
    let mut tx = caller.read().await?;
    let page = listing::list(&mut tx, &wanted, caller.account()?).await?;
    tx.commit().await?;
    Ok(Json(page))
}

/// One questionnaire, as the list shows it.
#[utoipa::path(
    get, path = "/api/v1/questionnaires/{id}", tag = "questionnaires", operation_id = "readQuestionnaire",
    params(("id" = String, Path)),
    responses((status = 200, body = Listed), (status = "default", content_type = "application/problem+json", body = ProblemBody)),
    extensions(("x-permission" = json!("viewer"))),
)]
pub async fn read(caller: Caller, Path(id): Path<String>) -> Result<Json<Listed>, Problem> {
    let mut tx = caller.read().await?;
    let listed = listing::one(&mut tx, &id, caller.account()?).await?;
    tx.commit().await?;
    listed.map(Json).ok_or_else(Problem::not_found)
}

/// What one can begin with.
#[utoipa::path(
    get, path = "/api/v1/starters", tag = "questionnaires", operation_id = "listStarters",
    responses((status = 200, body = Vec<Starter>), (status = "default", content_type = "application/problem+json", body = ProblemBody)),
    extensions(("x-permission" = json!("viewer"))),
)]
pub async fn starters(State(app): State<App>) -> Json<Vec<Starter>> {
    Json(app.starters.all().cloned().collect())
}

/// The survey that a questionnaire goes into: the one named, else one with its number, else one of its own.
pub async fn survey_for(
    tx: &mut Tx,
    caller: &Caller,
    named: Option<&str>,
    title: &str,
    number: &str,
    questionnaire: &str,
) -> Result<(String, String), Problem> {
    if let Some(id) = named {
        let row = tx.row("SELECT survey_id FROM survey WHERE id = $1", values![id]).await?;
        let row = row.ok_or_else(|| Problem::unsound("There is no such survey."))?;
        return Ok((id.to_owned(), row.text(0)));
    }
    if !number.is_empty()
        && number != NO_NUMBER
        && let Some(id) = surveys::survey_of_number(tx, number).await?
    {
        return Ok((id, number.to_owned()));
    }
    let id = id_of(&["survey of", questionnaire]).to_string();
    surveys::create_survey(tx, &id, title, number, caller.now).await?;
    Ok((id, number.to_owned()))
}

/// Makes a questionnaire.
#[utoipa::path(
    post, path = "/api/v1/questionnaires", tag = "questionnaires", operation_id = "makeQuestionnaire",
    request_body = NewQuestionnaire,
    responses((status = 201, body = Made), (status = "default", content_type = "application/problem+json", body = ProblemBody)),
    extensions(("x-permission" = json!("author"))),
)]
pub async fn create(
    State(app): State<App>,
    caller: Caller,
    Idempotency(key): Idempotency,
    Body(given): Body<NewQuestionnaire>,
) -> Result<Response, Problem> {
    let person = caller.person()?;
    let id = id_of(&["questionnaire", &person.id, &key]).to_string();
    let title = given.title.trim();
    let starter = match &given.starter {
        Some(name) => {
            let document = app.starters.document(name);
            let mut document = document.ok_or_else(|| Problem::unsound("There is no such starter."))?;
            document["definition"]["title"] = json!(title);
            Some(document)
        }
        None => None,
    };
    let number = starter.as_ref().and_then(|document| document["definition"]["survey_id"].as_str());
    let number = number.unwrap_or_default().to_owned();
    let mut tx = caller.write().await?;
    let (survey, number) = survey_for(&mut tx, &caller, given.survey.as_deref(), title, &number, &id).await?;
    let number = if number.is_empty() { NO_NUMBER } else { &number };
    let document = starter.unwrap_or_else(|| {
        let name = |kind: &str| format!("{kind}-{}", &short(&id_of(&[&id, kind]).simple().to_string()));
        around(skeleton(title, number, name), serde_json::Map::new())
    });
    let diagnostics = diagnose(&document["definition"], caller.today());
    let new = New {
        id: &id,
        survey: &survey,
        document: &document,
        diagnostics: &diagnostics,
        change: "New questionnaire",
    };
    surveys::create(&mut tx, &new, &person, caller.now).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(Made { id })).into_response())
}

/// Eight letters and digits of an id, as the browser makes them.
fn short(hex: &str) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let bits = u64::from_str_radix(&hex[..16], 16).unwrap_or_default();
    (0..8)
        .map(|at| char::from(LETTERS[usize::try_from((bits >> (at * 5)) & 31).unwrap_or_default()]))
        .collect()
}

/// Our samples, as questionnaires of the first account.
pub async fn add_samples(app: &App, caller: &Caller) -> Result<(), Problem> {
    let person = caller.person()?;
    let mut tx = caller.write().await?;
    // The list begins with what changed last: whole surveys come first in it, as they do among the starters.
    let starters: Vec<&Starter> = app.starters.all().collect();
    for (number, starter) in (0..).zip(starters.into_iter().rev()) {
        let now = caller.now + SignedDuration::from_millis(number);
        let Some(document) = app.starters.document(&starter.name) else { continue };
        let id = id_of(&["sample", &starter.name]).to_string();
        let diagnostics = diagnose(&document["definition"], caller.today());
        // The small ones show a feature each: one survey holds them all.
        let survey = if starter.family == "features" {
            let id = id_of(&["survey of features"]).to_string();
            surveys::create_survey(&mut tx, &id, "Examples of features", "", now).await?;
            id
        } else {
            let number = document["definition"]["survey_id"].as_str().unwrap_or_default().to_owned();
            let id = id_of(&["survey of", &id]).to_string();
            surveys::create_survey(&mut tx, &id, &starter.title, &number, now).await?;
            id
        };
        let new = New {
            id: &id,
            survey: &survey,
            document: &document,
            diagnostics: &diagnostics,
            change: "Added from the samples",
        };
        surveys::create(&mut tx, &new, &person, now).await?;
    }
    Ok(tx.commit().await?)
}
