//! What went wrong, as problem details (RFC 9457): a type that programs know, a title and a sentence for people.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use crate::secret::TooLittle;
use crate::store::StoreError;

/// A request that was not carried out.
#[derive(Debug)]
pub struct Problem {
    pub status: StatusCode,
    /// What programs know it by: `/problems/NAME`.
    pub name: &'static str,
    pub title: &'static str,
    pub detail: String,
    /// What else there is to say.
    pub more: Box<Map<String, Value>>,
}

/// The body of every reply that is an error.
#[derive(ToSchema)]
#[schema(as = Problem)]
#[expect(dead_code, reason = "describes the body for the OpenAPI document")]
pub struct ProblemBody {
    /// What programs know it by.
    #[schema(rename = "type", example = "/problems/not-found")]
    r#type: String,
    title: String,
    status: u16,
    detail: String,
    /// Of `/problems/conflict`: what was missed.
    changes: Option<Vec<crate::drafts::Change>>,
    /// Of `/problems/unsound`: what stands against publishing.
    diagnostics: Option<Vec<crate::diagnose::Diagnostic>>,
    /// To quote when asking for help.
    reference: Option<String>,
}

impl Problem {
    fn new(
        status: StatusCode,
        name: &'static str,
        title: &'static str,
        detail: impl Into<String>,
    ) -> Problem {
        Problem { status, name, title, detail: detail.into(), more: Box::default() }
    }

    /// With one thing more.
    #[must_use]
    pub fn with(mut self, name: &str, value: Value) -> Problem {
        self.more.insert(name.to_owned(), value);
        self
    }

    /// 400: not of the form asked for.
    pub fn malformed(detail: impl Into<String>) -> Problem {
        Self::new(StatusCode::BAD_REQUEST, "malformed", "The request cannot be read", detail)
    }

    /// 401
    pub fn signed_out() -> Problem {
        let detail = "Sign in, then try again.";
        Self::new(StatusCode::UNAUTHORIZED, "signed-out", "Nobody is signed in", detail)
    }

    /// 401 of a sign-in: never which of the two is wrong.
    pub fn wrong_password() -> Problem {
        let detail = "The e-mail address or the password is not right.";
        Self::new(StatusCode::UNAUTHORIZED, "wrong-password", "Not signed in", detail)
    }

    /// 403: the header that proves where a request comes from is missing or old.
    pub fn forged() -> Problem {
        let detail = "Load the page again, then try again.";
        Self::new(StatusCode::FORBIDDEN, "forged", "The request does not come from a page of ours", detail)
    }

    /// 403
    pub fn not_allowed(role: &str) -> Problem {
        let detail = format!("This takes the role of {role}. An administrator can give it to you.");
        Self::new(StatusCode::FORBIDDEN, "not-allowed", "Your role does not allow this", detail)
    }

    /// 404: not there, or not for whom asks.
    pub fn not_found() -> Problem {
        Self::new(StatusCode::NOT_FOUND, "not-found", "There is no such thing", "Nothing is at this address.")
    }

    /// 405
    pub fn wrong_method() -> Problem {
        let detail = "This address takes other methods.";
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "wrong-method",
            "The address does not take this method",
            detail,
        )
    }

    /// 409: it cannot be as things stand.
    pub fn clash(detail: impl Into<String>) -> Problem {
        Self::new(StatusCode::CONFLICT, "clash", "This cannot be done as things stand", detail)
    }

    /// 412: the draft went on meanwhile.
    pub fn conflict(detail: impl Into<String>) -> Problem {
        Self::new(StatusCode::PRECONDITION_FAILED, "conflict", "Somebody else changed the draft", detail)
    }

    /// 413
    pub fn too_large() -> Problem {
        let detail = "The request has more bytes than are taken.";
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "Too large", detail)
    }

    /// 422: read, but it cannot be.
    pub fn unsound(detail: impl Into<String>) -> Problem {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "unsound", "This cannot be done", detail)
    }

    /// 428
    pub fn needs(header: &str) -> Problem {
        let detail = format!("Send the header {header}.");
        Self::new(StatusCode::PRECONDITION_REQUIRED, "needs-header", "A header is missing", detail)
    }

    /// 429
    pub fn too_many(seconds: u64) -> Problem {
        let detail = "Wait a while, then try again.";
        Self::new(StatusCode::TOO_MANY_REQUESTS, "too-many", "Too many tries", detail)
            .with("retry_after", json!(seconds))
    }

    /// 500: a fault of ours. The log has what; the person has a reference.
    pub fn internal(why: impl std::fmt::Display) -> Problem {
        let reference = uuid::Uuid::new_v4().simple().to_string()[..8].to_owned();
        tracing::error!(reference, %why, "a request failed");
        let detail = "This is a fault of ours. Nothing you sent before is lost.";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "Something went wrong", detail)
            .with("reference", json!(reference))
    }

    /// 503
    pub fn unavailable() -> Problem {
        let detail = "The store is away. Try again in a moment; nothing saved is lost.";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", "Not available at the moment", detail)
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Away(why) => {
                tracing::warn!(%why, "the store is away");
                Self::unavailable()
            }
            StoreError::Taken => Self::clash("There is one already."),
            StoreError::Refused(why) => Self::internal(why),
        }
    }
}

impl From<TooLittle> for Problem {
    fn from(error: TooLittle) -> Self {
        Self::internal(error)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut body = Map::new();
        body.insert("type".to_owned(), json!(format!("/problems/{}", self.name)));
        body.insert("title".to_owned(), json!(self.title));
        body.insert("status".to_owned(), json!(self.status.as_u16()));
        body.insert("detail".to_owned(), json!(self.detail));
        let retry = self.more.get("retry_after").and_then(Value::as_u64);
        body.extend(*self.more);
        let mut reply = (self.status, Json(body)).into_response();
        let headers = reply.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = retry {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        reply
    }
}
