//! `/flush`: a signed token sends a response as far as it got.
//!
//! Source: spec/05 §8.

use http::StatusCode;

use super::asked::Asked;
use super::reply::{self, Reply};
use crate::app::App;
use crate::failure::Failure;
use crate::flush::{self, Flushed};
use crate::jose;
use crate::keys::Purpose;
use crate::launch::{self, LaunchRefused};

/// Flushes. The token's id is not looked at: flushed twice is flushed once.
///
/// # Errors
/// [`Failure`]: a bad token, one without the role, nothing to flush.
pub async fn flush(app: &App, asked: &mut Asked) -> Result<Reply, Failure> {
    asked.session = None;
    let now = asked.moment.now;
    let token = asked.argument("token").unwrap_or_default().to_owned();
    if token.is_empty() {
        return Ok(reply::html(StatusCode::FORBIDDEN, String::new()));
    }
    // A page that says to sign in again would help nobody here.
    let forbidden = |refused: LaunchRefused| match refused.status() {
        401 => Failure::Forbidden,
        _ => Failure::Launch(refused),
    };
    jose::inspect(&token, Purpose::Authentication, &app.keys).map_err(|error| forbidden(error.into()))?;
    let parts = app.clone();
    let opened = app.lane.run(move || launch::open(&token, &parts.keys, now)).await?.map_err(forbidden)?;
    if !opened.has_role("flusher") {
        return Err(Failure::Forbidden);
    }
    let response_id =
        opened.response_id().ok_or(Failure::Internal("a flush without a `response_id`".into()))?;
    match flush::flush(app, response_id, now).await? {
        Flushed::Leaves => Ok(reply::html(StatusCode::OK, String::new())),
        Flushed::Nothing => Err(Failure::NotFound),
    }
}
