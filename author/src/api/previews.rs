//! Previews: begun, and their pages.

use axum::Json;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use engine::form::Form;
use http::{HeaderValue, Method, StatusCode, header};
use schema::questionnaire::Locale;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;
use validator::Validate;

use super::drafts::checked;
use super::fields::{Body, Path};
use super::guard::Caller;
use crate::app::{App, moment};
use crate::drafts;
use crate::preview::Beginning;
use crate::preview::pages::{self, Asked, Reply, Shared};
use crate::problem::{Problem, ProblemBody};
use crate::secret::token;
use crate::surveys::document::compiled;

/// Longest form, in bytes, and most fields.
const MOST_BYTES: usize = 256 * 1024;
const MOST_FIELDS: usize = 2000;

#[derive(Deserialize, Validate, ToSchema)]
pub struct NewPreview {
    /// Of its pages; the base when absent.
    language: Option<String>,
    /// Launch data by name, in place of sample values.
    #[serde(default)]
    #[schema(value_type = Object)]
    metadata: Map<String, Value>,
    /// As the draft was at this revision.
    revision: Option<i64>,
}

#[derive(Serialize, ToSchema)]
pub struct PreviewView {
    id: String,
    /// Where its pages begin.
    url: String,
    revision: i64,
}

/// Begins a preview.
#[utoipa::path(
    post, path = "/api/v1/questionnaires/{id}/previews", tag = "previews", operation_id = "beginPreview",
    params(("id" = String, Path)), request_body = NewPreview,
    responses((status = 201, body = PreviewView), (status = "default", content_type = "application/problem+json", body = ProblemBody)),
    extensions(("x-permission" = json!("viewer"))),
)]
pub async fn begin(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Body(given): Body<NewPreview>,
) -> Result<Response, Problem> {
    let mut tx = caller.read().await?;
    let draft = match given.revision {
        Some(revision) => drafts::at_revision(&mut tx, &id, revision).await?,
        None => drafts::read(&mut tx, &id).await?,
    };
    tx.commit().await?;
    let revision = draft.revision;
    let mut metadata = draft.document["beside"]["samples"].as_object().cloned().unwrap_or_default();
    metadata.extend(given.metadata);
    let linked = checked(move || {
        let texts: Vec<String> =
            compiled(&draft.document).iter().map(|(_, definition)| definition.to_string()).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        schema::link(&texts)
    });
    let questionnaire = linked.await?.map_err(|report| {
        let why = report.diagnostics.first().map(|found| format!("{}: {}", found.pointer, found.seen));
        Problem::unsound(format!("It cannot be run yet. {}.", why.unwrap_or_default()))
    })?;
    let wanted = given.language.as_deref().and_then(Locale::from_code);
    let language = wanted.filter(|language| questionnaire.languages.contains(language));
    let language = language.or(questionnaire.languages.first().copied()).unwrap_or(Locale::En);
    let name = token()?;
    let beginning = Beginning {
        tenant: &caller.tenant.slug,
        questionnaire_id: &id,
        revision,
        questionnaire,
        language,
        metadata: &metadata,
    };
    app.previews.begin(&name, beginning, &moment()?);
    let id = name.expose().to_owned();
    let url = format!("/preview/{id}/questionnaire/");
    Ok((StatusCode::CREATED, Json(PreviewView { id, url, revision })).into_response())
}

/// Pages of a preview. Its name cannot be guessed and is all that is asked: it opens nothing else.
pub async fn pages(State(app): State<App>, caller: Caller, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let path = head.uri.path().to_owned();
    let mut segments: Vec<String> = path
        .split('/')
        .skip(2)
        .map(|segment| percent_encoding::percent_decode_str(segment).decode_utf8_lossy().into_owned())
        .collect();
    if segments.last().is_some_and(String::is_empty) {
        segments.pop();
    }
    let (name, segments) = match segments.split_first() {
        Some((name, segments)) => (name.clone(), segments.to_vec()),
        None => return Problem::not_found().into_response(),
    };
    let Some(preview) = app.previews.find(&caller.tenant.slug, &name) else {
        return Problem::not_found().into_response();
    };
    let root = format!("/preview/{name}");
    if segments.is_empty() {
        return redirect(&format!("{root}/questionnaire/"));
    }
    let form = match head.method {
        Method::GET | Method::HEAD => None,
        Method::POST => {
            let body = axum::body::to_bytes(body, MOST_BYTES).await.unwrap_or_else(|_| Bytes::new());
            let fields = form_urlencoded::parse(&body).into_owned().take(MOST_FIELDS);
            Some(Form::new(fields.collect()))
        }
        _ => return Problem::wrong_method().into_response(),
    };
    let query: Vec<(String, String)> =
        form_urlencoded::parse(head.uri.query().unwrap_or_default().as_bytes()).into_owned().collect();
    let moment = match moment() {
        Ok(moment) => moment,
        Err(why) => return Problem::from(why).into_response(),
    };
    let app = app.clone();
    let work = move || {
        let shared = Shared { templates: &app.templates, assets: &app.assets };
        let asked = Asked { root: &root, segments: &segments, query: &query, form, moment };
        pages::answer(&preview, &shared, &asked)
    };
    match checked(work).await {
        Ok(Ok(Reply::Page(status, html))) => {
            let kind = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
            (status, kind, html).into_response()
        }
        Ok(Ok(Reply::On(to))) => redirect(&to),
        Ok(Err(why)) => Problem::internal(why).into_response(),
        Err(problem) => problem.into_response(),
    }
}

fn redirect(to: &str) -> Response {
    let to = HeaderValue::try_from(to).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::FOUND, [(header::LOCATION, to)]).into_response()
}
