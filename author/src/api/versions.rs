//! Versions: published, listed.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode};
use serde_json::json;

use super::drafts::checked;
use super::fields::{Path, if_match};
use super::guard::{Caller, Idempotency};
use crate::diagnose::{Diagnostic, Severity, diagnose};
use crate::drafts::{self, Unsaved};
use crate::problem::{Problem, ProblemBody};
use crate::store::StoreError;
use crate::tenants::What;
use crate::versions::{self, Publishing, Version};

/// All versions of a questionnaire, the newest first.
#[utoipa::path(
    get, path = "/api/v1/questionnaires/{id}/versions", tag = "versions", operation_id = "listVersions",
    params(("id" = String, Path)),
    responses((status = 200, body = Vec<Version>), (status = "default", content_type = "application/problem+json", body = ProblemBody)),
    extensions(("x-permission" = json!("viewer"))),
)]
pub async fn list(caller: Caller, Path(id): Path<String>) -> Result<Json<Vec<Version>>, Problem> {
    let mut tx = caller.read().await?;
    let all = versions::all(&mut tx, &id).await?;
    tx.commit().await?;
    Ok(Json(all))
}

/// Freezes the draft as a version and gives it out.
#[utoipa::path(
    post, path = "/api/v1/questionnaires/{id}/versions", tag = "versions", operation_id = "publish",
    params(
        ("id" = String, Path),
        ("If-Match" = String, Header, description = "The draft's revision, in quotes"),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key again publishes nothing twice"),
    ),
    responses(
        (status = 201, body = Version),
        (status = 422, description = "It has errors: `diagnostics` says which", content_type = "application/problem+json", body = ProblemBody),
        (status = "default", content_type = "application/problem+json", body = ProblemBody),
    ),
    extensions(("x-permission" = json!("publisher"))),
)]
pub async fn publish(
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    Idempotency(key): Idempotency,
) -> Result<Response, Problem> {
    let expected = if_match(&headers)?;
    let mut tries = 0;
    let version = loop {
        match freeze(&caller, &id, expected, &key).await {
            // Another was published at the same moment.
            Err(Refused::Store(StoreError::Taken)) if tries < 3 => tries += 1,
            Err(Refused::Store(why)) => return Err(why.into()),
            Err(Refused::Problem(problem)) => return Err(*problem),
            Ok(version) => break version,
        }
    };
    caller.tenant.tell(&id, What::Published(version.number));
    Ok((StatusCode::CREATED, Json(version)).into_response())
}

enum Refused {
    Store(StoreError),
    Problem(Box<Problem>),
}

impl From<StoreError> for Refused {
    fn from(why: StoreError) -> Self {
        Self::Store(why)
    }
}

impl From<Problem> for Refused {
    fn from(problem: Problem) -> Self {
        Self::Problem(Box::new(problem))
    }
}

async fn freeze(caller: &Caller, id: &str, expected: i64, key: &str) -> Result<Version, Refused> {
    let person = caller.person()?;
    let mut tx = caller.tenant.database.write(&caller.acting()).await?;
    let draft = drafts::read(&mut tx, id).await.map_err(Problem::from)?;
    if draft.revision != expected {
        let missed = drafts::changes(&mut tx, id, expected, drafts::MOST).await.map_err(Problem::from)?;
        return Err(Problem::from(Unsaved::Overtaken(draft.revision, missed)).into());
    }
    let today = caller.today();
    let document = draft.document;
    let (document, errors) = checked(move || {
        let found = diagnose(&document["definition"], today);
        let is_error = |found: &Diagnostic| found.severity == Severity::Error;
        let errors: Vec<Diagnostic> = found.into_iter().filter(is_error).collect();
        (document, errors)
    })
    .await?;
    if !errors.is_empty() {
        let detail = match errors.len() {
            1 => "One problem stands against publishing.".to_owned(),
            many => format!("{many} problems stand against publishing."),
        };
        return Err(Problem::unsound(detail).with("diagnostics", json!(errors)).into());
    }
    let publishing = Publishing {
        tenant: &caller.tenant.slug,
        questionnaire: id,
        document: &document,
        revision: draft.revision,
        idempotency: &format!("{} {key}", person.id),
    };
    let version = versions::publish(&mut tx, &publishing, &person, caller.now).await?;
    tx.commit().await?;
    Ok(version)
}
