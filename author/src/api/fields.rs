//! What requests bring: bodies that are checked, conditions, tags.

use axum::extract::rejection::{BytesRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::request::Parts;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::Serialize;
use serde::de::DeserializeOwned;
use validator::Validate;

use crate::problem::Problem;

/// A JSON body that keeps its rules.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned + Validate, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let is_json = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let is_json = is_json.is_some_and(|kind| {
            let kind = kind.split(';').next().unwrap_or_default().trim();
            kind.eq_ignore_ascii_case("application/json")
                || kind.eq_ignore_ascii_case("application/json-patch+json")
        });
        if !is_json {
            return Err(Problem::malformed("Send JSON, with Content-Type: application/json."));
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|why| too_large(&why))?;
        // What stands wrongly is told by place, never by value: it may be a password.
        let body: T = serde_json::from_slice(&bytes).map_err(|error| {
            let why = error.to_string();
            let why = if error.is_data() { why.split(", expected").next().unwrap_or_default() } else { &why };
            let why = if why.contains("invalid type") || why.contains("invalid value") {
                format!("a value of the wrong kind at line {}, column {}", error.line(), error.column())
            } else {
                why.to_owned()
            };
            Problem::malformed(format!("The body is not what is asked for: {why}."))
        })?;
        body.validate().map_err(|errors| {
            let fields: Vec<String> = errors
                .field_errors()
                .iter()
                .map(|(field, errors)| match errors.first().and_then(|error| error.message.as_ref()) {
                    Some(message) => message.to_string(),
                    None => format!("{field} cannot be that."),
                })
                .collect();
            Problem::unsound(fields.join(" "))
                .with("fields", serde_json::json!(errors.field_errors().keys().collect::<Vec<_>>()))
        })?;
        Ok(Self(body))
    }
}

fn too_large(why: &BytesRejection) -> Problem {
    match why.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::too_large(),
        _ => Problem::malformed("The body did not arrive whole."),
    }
}

/// The parts of a path.
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path: Result<axum::extract::Path<T>, PathRejection> =
            axum::extract::Path::from_request_parts(parts, state).await;
        path.map(|path| Self(path.0)).map_err(|_| Problem::not_found())
    }
}

/// The names and values of a query.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let query: Result<axum::extract::Query<T>, QueryRejection> =
            axum::extract::Query::from_request_parts(parts, state).await;
        query.map(|query| Self(query.0)).map_err(|_| Problem::malformed("The query cannot be read."))
    }
}

/// The revision that a change expects.
///
/// # Errors
/// 428 without one, 412 for what is no revision.
pub fn if_match(headers: &HeaderMap) -> Result<i64, Problem> {
    let tag = headers.get(header::IF_MATCH).ok_or_else(|| Problem::needs("If-Match"))?;
    let tag = tag.to_str().unwrap_or_default().trim().trim_start_matches("W/");
    let revision =
        tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"')).and_then(|tag| tag.parse().ok());
    revision.ok_or_else(|| Problem::conflict("If-Match names no revision of the draft."))
}

/// JSON with a revision as its tag.
pub fn tagged(status: StatusCode, revision: i64, body: &impl Serialize) -> Response {
    let mut reply = (status, axum::Json(body)).into_response();
    if let Ok(tag) = HeaderValue::try_from(format!("\"{revision}\"")) {
        reply.headers_mut().insert(header::ETAG, tag);
    }
    reply
}

/// JSON with the digest of its text as its tag; nothing where whoever asks has it.
pub fn by_digest(headers: &HeaderMap, body: &impl Serialize) -> Result<Response, Problem> {
    let text = serde_json::to_string(body).map_err(Problem::internal)?;
    let tag = format!("\"{}\"", &crate::secret::sha256_hex(text.as_bytes())[..32]);
    let asked = headers.get(header::IF_NONE_MATCH).and_then(|asked| asked.to_str().ok()).unwrap_or_default();
    let has = asked.split(',').any(|asked| asked.trim().trim_start_matches("W/") == tag);
    let mut reply = if has {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, "application/json")], text).into_response()
    };
    let headers = reply.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if let Ok(tag) = HeaderValue::try_from(tag) {
        headers.insert(header::ETAG, tag);
    }
    Ok(reply)
}
