//! A draft's past and present: its changes, what happens at this moment, who is there.

use std::convert::Infallible;

use axum::Json;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{Stream, unfold};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::broadcast::error::RecvError;
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::fields::{Body, Path, Query};
use super::guard::Caller;
use crate::app::App;
use crate::drafts::{self, Change};
use crate::problem::{Problem, ProblemBody};
use crate::tenants::{Present, What};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ChangesWanted {
    /// Only later than this revision.
    #[serde(default)]
    after: i64,
    /// At most so many; 500 is the most.
    limit: Option<i64>,
}

/// The changes of a draft, oldest first.
#[utoipa::path(
    get, path = "/api/v1/questionnaires/{id}/changes", tag = "drafts", operation_id = "listChanges",
    params(("id" = String, Path), ChangesWanted),
    responses((status = 200, body = Vec<Change>), (status = "default", content_type = "application/problem+json", body = ProblemBody)),
    extensions(("x-permission" = json!("viewer"))),
)]
pub async fn changes(
    caller: Caller,
    Path(id): Path<String>,
    Query(wanted): Query<ChangesWanted>,
) -> Result<Json<Vec<Change>>, Problem> {
    let mut tx = caller.read().await?;
    let limit = wanted.limit.unwrap_or(drafts::MOST);
    let changes = drafts::changes(&mut tx, &id, wanted.after, limit).await?;
    tx.commit().await?;
    Ok(Json(changes))
}

/// What happens, as it happens: `change` (with its diagnostics), `presence`, `published`, and `behind` for who listened
/// too slowly and must read the draft again. Ends when the service stops or the session is over.
#[utoipa::path(
    get, path = "/api/v1/questionnaires/{id}/draft/events", tag = "drafts", operation_id = "listen",
    params(("id" = String, Path)),
    responses((status = 200, content_type = "text/event-stream", body = String), (status = "default", content_type = "application/problem+json", body = ProblemBody)),
    extensions(("x-permission" = json!("viewer"))),
)]
pub async fn events(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let place = app.listeners.clone().try_acquire_owned().map_err(|_| Problem::unavailable())?;
    let receiver = caller.tenant.listen();
    let closing = app.closing.clone();
    let stream = unfold((receiver, place), move |(mut receiver, place)| {
        let (id, closing) = (id.clone(), closing.clone());
        async move {
            loop {
                let told = tokio::select! {
                    () = closing.cancelled() => return None,
                    told = receiver.recv() => told,
                };
                let event = match told {
                    Ok(event) if event.questionnaire == id => told_as(&event.what),
                    Ok(_) => continue,
                    Err(RecvError::Lagged(_)) => Event::default().event("behind").data("{}"),
                    Err(RecvError::Closed) => return None,
                };
                return Some((Ok(event), (receiver, place)));
            }
        }
    });
    Ok(Sse::new(stream).keep_alive(KeepAlive::default()))
}

fn told_as(what: &What) -> Event {
    let (name, data): (&str, Value) = match what {
        What::Change(told) => {
            let (change, diagnostics) = &**told;
            ("change", json!({"change": change, "diagnostics": diagnostics}))
        }
        What::Presence(present) => ("presence", json!(present)),
        What::Published(number) => ("published", json!({"number": number})),
    };
    Event::default().event(name).data(data.to_string())
}

#[derive(Deserialize, Validate, ToSchema)]
pub struct Selection {
    /// The id of the element that is selected.
    #[validate(length(max = 300))]
    selection: Option<String>,
}

/// Says that one is there, for half a minute; who else is.
#[utoipa::path(
    put, path = "/api/v1/questionnaires/{id}/presence", tag = "drafts", operation_id = "sayPresence",
    params(("id" = String, Path)), request_body = Selection,
    responses((status = 200, body = Vec<Present>), (status = "default", content_type = "application/problem+json", body = ProblemBody)),
    extensions(("x-permission" = json!("viewer"))),
)]
pub async fn presence(
    caller: Caller,
    Path(id): Path<String>,
    Body(given): Body<Selection>,
) -> Result<Json<Vec<Present>>, Problem> {
    let present = caller.tenant.here(&id, &caller.person()?, given.selection);
    caller.tenant.tell(&id, What::Presence(present.clone()));
    Ok(Json(present))
}
