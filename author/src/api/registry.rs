//! The protocol of eQ's collection instrument registry, by which runners fetch what was published.
//!
//! Source: spec/03 §3.8.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, header};
use serde::Deserialize;
use utoipa::IntoParams;

use super::fields::{Query, by_digest};
use super::guard::Caller;
use crate::problem::{Problem, ProblemBody};
use crate::versions::{self, Instrument};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// The version's id: `cir_instrument_id` of a launch.
    guid: String,
    /// One of its languages; the base when absent.
    language: Option<String>,
}

/// What is live; with a tag, so that who asks again is told in a few bytes that nothing changed.
#[utoipa::path(
    get, path = "/collection-instruments", tag = "registry", operation_id = "listInstruments",
    responses((status = 200, body = Vec<Instrument>), (status = 304), (status = "default", content_type = "application/problem+json", body = ProblemBody)),
    extensions(("x-permission" = json!("registry"))),
    security(("registry" = [])),
)]
pub async fn list(caller: Caller, headers: HeaderMap) -> Result<Response, Problem> {
    let mut tx = caller.read().await?;
    let live = versions::live(&mut tx).await?;
    tx.commit().await?;
    by_digest(&headers, &live)
}

/// A version's definition. It never changes.
#[utoipa::path(
    get, path = "/collection-instruments/schema", tag = "registry", operation_id = "readInstrument", params(Wanted),
    responses((status = 200, body = Object), (status = "default", content_type = "application/problem+json", body = ProblemBody)),
    extensions(("x-permission" = json!("registry"))),
    security(("registry" = [])),
)]
pub async fn schema(caller: Caller, Query(wanted): Query<Wanted>) -> Result<Response, Problem> {
    let mut tx = caller.read().await?;
    let definition = versions::definition(&mut tx, &wanted.guid, wanted.language.as_deref()).await?;
    tx.commit().await?;
    let definition = definition.ok_or_else(Problem::not_found)?;
    let mut reply = Json(definition).into_response();
    let kept = HeaderValue::from_static("private, max-age=31536000, immutable");
    reply.headers_mut().insert(header::CACHE_CONTROL, kept);
    Ok(reply)
}
