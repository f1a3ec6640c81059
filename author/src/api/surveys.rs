//! Surveys: the folders of the home page.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use super::fields::{Body, Path};
use super::guard::{Caller, Idempotency};
use crate::problem::{Problem, ProblemBody};
use crate::secret::id_of;
use crate::surveys::{self, Survey};
use crate::values;

/// What was made, by its id.
#[derive(Serialize, ToSchema)]
pub struct Made {
    pub id: String,
}

#[derive(Deserialize, Validate, ToSchema)]
pub struct NewSurvey {
    #[validate(length(min = 1, max = 300, message = "Enter a title."))]
    title: String,
    /// The survey's number in definitions.
    #[validate(length(max = 20))]
    survey_id: Option<String>,
}

/// All surveys.
#[utoipa::path(
    get, path = "/api/v1/surveys", tag = "surveys", operation_id = "listSurveys",
    responses((status = 200, body = Vec<Survey>), (status = "default", content_type = "application/problem+json", body = ProblemBody)),
    extensions(("x-permission" = json!("viewer"))),
)]
pub async fn list(caller: Caller) -> Result<Json<Vec<Survey>>, Problem> {
    let mut tx = caller.read().await?;
    let all = surveys::all(&mut tx).await?;
    tx.commit().await?;
    Ok(Json(all))
}

/// Makes a survey.
#[utoipa::path(
    post, path = "/api/v1/surveys", tag = "surveys", operation_id = "makeSurvey", request_body = NewSurvey,
    responses((status = 201, body = Made), (status = "default", content_type = "application/problem+json", body = ProblemBody)),
    extensions(("x-permission" = json!("author"))),
)]
pub async fn create(
    caller: Caller,
    Idempotency(key): Idempotency,
    Body(given): Body<NewSurvey>,
) -> Result<Response, Problem> {
    let id = id_of(&["survey", &caller.account()?.id, &key]).to_string();
    let mut tx = caller.write().await?;
    let number = given.survey_id.unwrap_or_default();
    surveys::create_survey(&mut tx, &id, &given.title, &number, caller.now).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(Made { id })).into_response())
}

#[derive(Deserialize, Validate, ToSchema)]
pub struct SurveyChange {
    #[validate(length(min = 1, max = 300, message = "Enter a title."))]
    title: Option<String>,
    #[validate(length(max = 20))]
    survey_id: Option<String>,
    archived: Option<bool>,
}

/// Changes a survey.
#[utoipa::path(
    patch, path = "/api/v1/surveys/{survey}", tag = "surveys", operation_id = "changeSurvey",
    params(("survey" = String, Path)), request_body = SurveyChange,
    responses((status = 200, body = Survey), (status = "default", content_type = "application/problem+json", body = ProblemBody)),
    extensions(("x-permission" = json!("author"))),
)]
pub async fn change(
    caller: Caller,
    Path(id): Path<String>,
    Body(given): Body<SurveyChange>,
) -> Result<Json<Survey>, Problem> {
    let mut tx = caller.write().await?;
    let all = surveys::all(&mut tx).await?;
    let mut survey = all.into_iter().find(|survey| survey.id == id).ok_or_else(Problem::not_found)?;
    survey.title = given.title.unwrap_or(survey.title);
    survey.survey_id = given.survey_id.unwrap_or(survey.survey_id);
    survey.archived = given.archived.unwrap_or(survey.archived);
    let sql = "UPDATE survey SET title = $1, survey_id = $2, archived = $3 WHERE id = $4";
    let values = values![survey.title.trim(), survey.survey_id.trim(), survey.archived, &id];
    tx.execute(sql, values).await?;
    tx.commit().await?;
    Ok(Json(survey))
}
