//! What others ask of the service: which questionnaires it has, whether it stands, what happened.
//!
//! Source: spec/03 §2.2.

use http::{HeaderValue, StatusCode, header};

use super::reply::{self, Reply};
use crate::app::App;
use crate::failure::Failure;
use crate::library::NoQuestionnaire;

/// A month, for anyone: definitions are no secret.
const CACHED: HeaderValue = HeaderValue::from_static("max-age=2628000, public");

/// `/schemas`: names by the folder they lie in.
///
/// # Errors
/// [`Failure`].
pub fn schemas(app: &App) -> Result<Reply, Failure> {
    let families = app.library.catalogue().families();
    let text = serde_json::to_string(&families).map_err(|error| Failure::Internal(error.to_string()))?;
    Ok(cached(text))
}

/// `/schemas/NAME`: the definition in its base language.
///
/// # Errors
/// [`Failure`].
pub async fn schema(app: &App, name: &str) -> Result<Reply, Failure> {
    match app.library.texts(name).await {
        Ok(texts) => Ok(cached(texts.texts().first().copied().unwrap_or_default().to_owned())),
        Err(NoQuestionnaire::Unknown) => {
            Ok(reply::html(StatusCode::NOT_FOUND, "Schema Not Found".to_owned()))
        }
        Err(why) => Err(why.into()),
    }
}

fn cached(text: String) -> Reply {
    let mut reply = reply::json(text);
    reply.headers_mut().insert(header::CACHE_CONTROL, CACHED);
    reply
}

/// `/status`.
#[must_use]
pub fn status() -> Reply {
    let text = concat!("{\"status\": \"OK\", \"version\": \"", env!("CARGO_PKG_VERSION"), "\"}");
    reply::html(StatusCode::OK, text.to_owned())
}

/// `/livez`: the process answers.
#[must_use]
pub fn live() -> Reply {
    plain(StatusCode::OK, "ok\n".to_owned())
}

/// `/readyz`: requests may come.
#[must_use]
pub fn ready(app: &App) -> Reply {
    if app.drain.is_ready() {
        plain(StatusCode::OK, "ready\n".to_owned())
    } else {
        plain(StatusCode::SERVICE_UNAVAILABLE, "not ready\n".to_owned())
    }
}

/// `/metrics`.
#[must_use]
pub fn metrics(app: &App) -> Reply {
    plain(StatusCode::OK, app.metrics.text())
}

fn plain(status: StatusCode, text: String) -> Reply {
    let mut reply = reply::html(status, text);
    let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    reply.headers_mut().insert(header::CONTENT_TYPE, kind);
    reply
}
