//! Clock and chance: the only place that asks for the time or for random bytes on a request's behalf.

use aws_lc_rs::rand;
use engine::visitor::Moment;
use jiff::Timestamp;

/// The moment of one request: all tries of a change use the same, so that they make the same ids.
///
/// # Errors
/// When the system gives no random bytes.
pub fn moment() -> Result<Moment, aws_lc_rs::error::Unspecified> {
    let mut seed = [0; 16];
    rand::fill(&mut seed)?;
    Ok(Moment { now: Timestamp::now(), seed })
}
