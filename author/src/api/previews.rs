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
use crate::graph::Graph;
use crate::preview::pages::{self, Asked, Reply, Shared};
use crate::preview::reach::{self, Reached, WhySection};
use crate::preview::{Beginning, numbers};
use crate::problem::{Problem, ProblemBody};
use crate::secret::{sha256_hex, token};
use crate::surveys::document::compiled;
use crate::values;

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
    let view = begun(&app, &caller, &id, given).await?;
    Ok((StatusCode::CREATED, Json(view)).into_response())
}

async fn begun(app: &App, caller: &Caller, id: &str, given: NewPreview) -> Result<PreviewView, Problem> {
    let mut tx = caller.read().await?;
    let draft = match given.revision {
        Some(revision) => drafts::at_revision(&mut tx, id, revision).await?,
        None => drafts::read(&mut tx, id).await?,
    };
    tx.commit().await?;
    let revision = draft.revision;
    let mut metadata = draft.document["beside"]["samples"].as_object().cloned().unwrap_or_default();
    metadata.extend(given.metadata);
    let linked = checked(move || {
        let texts: Vec<String> =
            compiled(&draft.document).iter().map(|(_, definition)| definition.to_string()).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        (schema::link(&texts), numbers(&draft.document["definition"]))
    });
    let (linked, numbers) = linked.await?;
    let questionnaire = linked.map_err(|report| {
        let why = report.diagnostics.first().map(|found| format!("{}: {}", found.pointer, found.seen));
        Problem::unsound(format!("It cannot be run yet. {}.", why.unwrap_or_default()))
    })?;
    let wanted = given.language.as_deref().and_then(Locale::from_code);
    let language = wanted.filter(|language| questionnaire.languages.contains(language));
    let language = language.or(questionnaire.languages.first().copied()).unwrap_or(Locale::En);
    let name = token()?;
    let beginning = Beginning {
        tenant: &caller.tenant.slug,
        questionnaire_id: id,
        revision,
        questionnaire,
        language,
        numbers,
        metadata: &metadata,
    };
    app.previews.begin(&name, beginning, &moment()?);
    let id = name.expose().to_owned();
    let url = format!("/preview/{id}/questionnaire/");
    Ok(PreviewView { id, url, revision })
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

#[derive(Deserialize, Validate, ToSchema)]
pub struct Goto {
    /// A block's id.
    #[validate(length(max = 300))]
    block: String,
    /// Of a block about a list's item, its number, from 1; the first that is open when absent.
    list_item: Option<usize>,
}

/// Opens a block of a preview, with answers filled in where the way there needs them.
#[utoipa::path(
    post, path = "/api/v1/previews/{preview}/goto", tag = "previews", operation_id = "gotoBlock",
    params(("preview" = String, Path)), request_body = Goto,
    responses((status = 200, body = Reached), (status = "default", content_type = "application/problem+json", body = ProblemBody)),
    extensions(("x-permission" = json!("viewer"))),
)]
pub async fn goto(
    State(app): State<App>,
    caller: Caller,
    Path(name): Path<String>,
    Body(given): Body<Goto>,
) -> Result<Json<Reached>, Problem> {
    let preview = app.previews.find(&caller.tenant.slug, &name).ok_or_else(Problem::not_found)?;
    let moment = moment()?;
    let work = move || {
        let root = format!("/preview/{name}");
        reach::goto(&preview, &root, &given.block, given.list_item, moment)
    };
    checked(work).await?.map(Json).ok_or_else(Problem::not_found)
}

/// The path of a preview, section by section: why each block is on it, and which are not.
#[utoipa::path(
    get, path = "/api/v1/previews/{preview}/why", tag = "previews", operation_id = "explainPath",
    params(("preview" = String, Path)),
    responses((status = 200, body = Vec<WhySection>), (status = "default", content_type = "application/problem+json", body = ProblemBody)),
    extensions(("x-permission" = json!("viewer"))),
)]
pub async fn why(
    State(app): State<App>,
    caller: Caller,
    Path(name): Path<String>,
) -> Result<Json<Vec<WhySection>>, Problem> {
    let preview = app.previews.find(&caller.tenant.slug, &name).ok_or_else(Problem::not_found)?;
    let moment = moment()?;
    checked(move || reach::why(&preview, moment)).await?.map(Json).ok_or_else(Problem::not_found)
}

/// What leads where in a draft.
#[utoipa::path(
    get, path = "/api/v1/questionnaires/{id}/graph", tag = "drafts", operation_id = "readGraph",
    params(("id" = String, Path)),
    responses((status = 200, body = Graph), (status = "default", content_type = "application/problem+json", body = ProblemBody)),
    extensions(("x-permission" = json!("viewer"))),
)]
pub async fn graph(caller: Caller, Path(id): Path<String>) -> Result<Json<Graph>, Problem> {
    let mut tx = caller.read().await?;
    let draft = drafts::read(&mut tx, &id).await?;
    tx.commit().await?;
    checked(move || crate::graph::graph(&draft.document["definition"])).await.map(Json)
}

/// How long a link to a preview works.
const LINK_FOR: jiff::SignedDuration = jiff::SignedDuration::from_hours(24 * 7);

#[derive(Serialize, ToSchema)]
pub struct PreviewLink {
    /// The page to open.
    url: String,
    expires_at: String,
}

/// Makes a link by which somebody without an account looks at the draft as it is now, for a week.
#[utoipa::path(
    post, path = "/api/v1/questionnaires/{id}/preview-links", tag = "previews", operation_id = "makePreviewLink",
    params(("id" = String, Path)),
    responses((status = 201, body = PreviewLink), (status = "default", content_type = "application/problem+json", body = ProblemBody)),
    extensions(("x-permission" = json!("author"))),
)]
pub async fn link(caller: Caller, Path(id): Path<String>) -> Result<Response, Problem> {
    let name = token()?;
    let mut tx = caller.write().await?;
    let draft = drafts::read(&mut tx, &id).await?;
    let now = caller.now.to_string();
    tx.execute("DELETE FROM preview_link WHERE expires_at < $1", values![&now]).await?;
    let expires_at = (caller.now + LINK_FOR).to_string();
    let sql = "INSERT INTO preview_link (hash, questionnaire, revision, created_at, created_by, expires_at) \
        VALUES ($1, $2, $3, $4, $5, $6)";
    let hash = sha256_hex(name.expose().as_bytes());
    let by = &caller.account()?.id;
    tx.execute(sql, values![hash, &id, draft.revision, &now, by, &expires_at]).await?;
    tx.commit().await?;
    let url = format!("/preview-link/{}", name.expose());
    Ok((StatusCode::CREATED, Json(PreviewLink { url, expires_at })).into_response())
}

/// Opens a link: begins a preview of its own for whoever follows it.
pub async fn follow(State(app): State<App>, caller: Caller, Path(name): Path<String>) -> Response {
    match followed(&app, &caller, &name).await {
        Ok(url) => redirect(&url),
        Err(problem) => problem.into_response(),
    }
}

async fn followed(app: &App, caller: &Caller, name: &str) -> Result<String, Problem> {
    let mut tx = caller.read().await?;
    let sql = "SELECT questionnaire, revision FROM preview_link WHERE hash = $1 AND expires_at > $2";
    let row = tx.row(sql, values![sha256_hex(name.as_bytes()), caller.now.to_string()]).await?;
    tx.commit().await?;
    let row = row.ok_or_else(Problem::not_found)?;
    let given = NewPreview { language: None, metadata: Map::new(), revision: Some(row.number(1)) };
    begun(app, caller, &row.text(0), given).await.map(|view| view.url)
}
