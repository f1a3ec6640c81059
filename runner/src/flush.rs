//! A response that nobody will finish leaves as far as it got, and is no longer kept.
//!
//! Decided in one write like any submission: the answers go at once, the row when all is sent and it has ended.
//!
//! Source: spec/05 §8.

use engine::submission::{self, Leaving};
use schema::value::Timestamp;

use crate::app::{App, Change};
use crate::effects::Effect;
use crate::failure::Failure;
use crate::handlers::read_response;
use crate::store::Version;

/// What became of a response that was to be flushed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flushed {
    /// It leaves.
    Leaves,
    /// There is none of this id, or nothing was answered in it.
    Nothing,
}

/// Flushes the response of this id.
///
/// # Errors
/// [`Failure`].
pub async fn flush(app: &App, response_id: &str, now: Timestamp) -> Result<Flushed, Failure> {
    let key = app.sealer.row_key(response_id);
    let Some(opened) = app.open(key, Version(0)).await? else { return Ok(Flushed::Nothing) };
    let changed = app.change(opened, |record, questionnaire| {
        let Some(bytes) = record.body.response.as_deref() else {
            return Ok(Change::Nothing(Flushed::Nothing));
        };
        let response = read_response(questionnaire, bytes)?;
        if response.answers.is_empty() {
            return Ok(Change::Nothing(Flushed::Nothing));
        }
        let today = jiff::tz::TimeZone::UTC.to_datetime(now).date();
        let leaving = submission::submission(questionnaire, &response, Leaving::Flushed, now, today);
        let leaving = leaving.map_err(|fault| Failure::fault(questionnaire, &fault))?;
        record.body.response = None;
        // Whoever still had a page open finds out with the next one.
        record.body.sessions.clear();
        Ok(Change::Keep(Flushed::Leaves, vec![Effect::submission(leaving)?]))
    });
    Ok(changed.await?.0)
}
