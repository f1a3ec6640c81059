//! A questionnaire's draft: read, changed, looked back at.

use axum::response::Response;
use http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::fields::{Body, Path, Query, if_match, tagged};
use super::guard::{Caller, Idempotency};
use crate::diagnose::{Diagnostic, diagnose};
use crate::drafts::{self, Edit, Operation, Patch, PatchError, Saved, Unsaved};
use crate::problem::{Problem, ProblemBody};
use crate::store::StoreError;
use crate::surveys;
use crate::surveys::document::{TextPlace, is_document, texts};
use crate::tenants::What;

/// Longest document that is saved, in bytes.
const MOST_BYTES: usize = 16 * 1024 * 1024;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Looked {
    /// As it was at this revision.
    at: Option<i64>,
    /// Whether to list the texts with the keys of their translations.
    #[serde(default)]
    texts: bool,
}

#[derive(Serialize, ToSchema)]
pub struct DraftView {
    revision: i64,
    /// `definition`, `translations` and `beside`.
    #[schema(value_type = Object)]
    document: Value,
    diagnostics: Vec<Diagnostic>,
    #[serde(skip_serializing_if = "Option::is_none")]
    texts: Option<Vec<TextPlace>>,
}

/// A change to a draft.
#[derive(Deserialize, Validate, ToSchema)]
pub struct EditBody {
    /// What it does, in words: "Move block Turnover".
    #[validate(length(min = 1, max = 300))]
    label: String,
    /// Of the document; each that touches an element begins with a test of its id.
    #[schema(value_type = Vec<Operation>)]
    patch: Patch,
    /// The revision that it takes back.
    undoes: Option<i64>,
}

#[derive(Serialize, ToSchema)]
pub struct SavedView {
    revision: i64,
    diagnostics: Vec<Diagnostic>,
    saved_at: String,
}

impl From<Unsaved> for Problem {
    fn from(unsaved: Unsaved) -> Self {
        match unsaved {
            Unsaved::Missing => Problem::not_found(),
            Unsaved::Overtaken(revision, changes) => {
                Problem::conflict("Apply what you missed, then send yours again for the new revision.")
                    .with("revision", json!(revision))
                    .with("changes", json!(changes))
            }
            Unsaved::Patch(PatchError::Test(_, path)) => {
                let detail =
                    format!("The draft has something else at {path}: the change was made for another place.");
                Problem::conflict(detail).with("changes", json!([]))
            }
            Unsaved::Patch(why) => Problem::unsound(format!("The change cannot be applied: {why}.")),
            Unsaved::Store(why) => why.into(),
            Unsaved::Unreadable => Problem::internal("a kept draft cannot be read"),
        }
    }
}

/// The draft, now or at an earlier moment.
#[utoipa::path(
    get, path = "/api/v1/questionnaires/{id}/draft", tag = "drafts", operation_id = "readDraft",
    params(("id" = String, Path), Looked),
    responses((status = 200, body = DraftView), (status = "default", content_type = "application/problem+json", body = ProblemBody)),
    extensions(("x-permission" = json!("viewer"))),
)]
pub async fn read(
    caller: Caller,
    Path(id): Path<String>,
    Query(looked): Query<Looked>,
) -> Result<Response, Problem> {
    let mut tx = caller.read().await?;
    let draft = match looked.at {
        Some(revision) => drafts::at_revision(&mut tx, &id, revision).await?,
        None => drafts::read(&mut tx, &id).await?,
    };
    tx.commit().await?;
    let today = caller.today();
    let view = checked(move || {
        let definition = &draft.document["definition"];
        DraftView {
            revision: draft.revision,
            diagnostics: diagnose(definition, today),
            texts: looked.texts.then(|| texts(definition)),
            document: draft.document,
        }
    });
    let view = view.await?;
    Ok(tagged(StatusCode::OK, view.revision, &view))
}

/// Work that takes a processor for a while, where that holds nobody up.
pub async fn checked<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await.map_err(Problem::internal)
}

/// Changes the draft.
#[utoipa::path(
    patch, path = "/api/v1/questionnaires/{id}/draft", tag = "drafts", operation_id = "changeDraft",
    params(
        ("id" = String, Path),
        ("If-Match" = String, Header, description = "The revision that the change was made for, in quotes"),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key again changes nothing twice"),
    ),
    request_body = EditBody,
    responses(
        (status = 200, body = SavedView),
        (status = 412, description = "The draft went on: `changes` says how", content_type = "application/problem+json", body = ProblemBody),
        (status = "default", content_type = "application/problem+json", body = ProblemBody),
    ),
    extensions(("x-permission" = json!("author"))),
)]
pub async fn change(
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    Idempotency(key): Idempotency,
    Body(given): Body<EditBody>,
) -> Result<Response, Problem> {
    let person = caller.person()?;
    let expected = if_match(&headers)?;
    let edit = Edit {
        expected,
        label: given.label,
        patch: given.patch,
        undoes: given.undoes,
        idempotency: format!("{} {key}", person.id),
    };
    // Who lost to another at the very same moment looks again, and is told what the other did.
    let mut tries = 0;
    let (saved, diagnostics) = loop {
        match save(&caller, &id, &edit).await {
            Err(Unsaved::Store(StoreError::Taken)) if tries < 3 => tries += 1,
            done => break done?,
        }
    };
    let (revision, saved_at) = match saved {
        Saved::Now(change, _) => {
            let (revision, at) = (change.revision, change.at.clone());
            caller.tenant.tell(&id, What::Change(std::sync::Arc::new((*change, diagnostics.clone()))));
            (revision, at)
        }
        Saved::Before(revision, at) => (revision, at),
    };
    Ok(tagged(StatusCode::OK, revision, &SavedView { revision, diagnostics, saved_at }))
}

/// Saves an edit with all that follows from it, in one transaction.
async fn save(caller: &Caller, id: &str, edit: &Edit) -> Result<(Saved, Vec<Diagnostic>), Unsaved> {
    let person = drafts::Person {
        id: caller.account.as_ref().map(|account| account.id.clone()).unwrap_or_default(),
        name: caller.account.as_ref().map(|account| account.name.clone()).unwrap_or_default(),
    };
    let mut tx = caller.tenant.database.write(&caller.acting()).await?;
    let saved = drafts::save(&mut tx, id, edit, &person, caller.now).await?;
    let document = match &saved {
        Saved::Now(_, document) => document.clone(),
        Saved::Before(..) => drafts::read(&mut tx, id).await?.document,
    };
    if !is_document(&document) || document.to_string().len() > MOST_BYTES {
        return Err(PatchError::Impossible(0, "/definition, /translations or /beside".to_owned()).into());
    }
    let today = caller.today();
    let work = move || {
        let diagnostics = diagnose(&document["definition"], today);
        (document, diagnostics)
    };
    let (document, diagnostics) = tokio::task::spawn_blocking(work).await.map_err(|_| Unsaved::Unreadable)?;
    if let Saved::Now(change, _) = &saved {
        surveys::changed(&mut tx, id, &document, &diagnostics, &change.label, &person, caller.now).await?;
    }
    tx.commit().await?;
    Ok((saved, diagnostics))
}
