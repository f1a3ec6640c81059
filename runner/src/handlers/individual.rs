//! A telephone number on its way through the addresses of pages about a form of one's own: sealed as they are printed,
//! opened as they are read.
//!
//! Source: spec/03 §9.

use engine::individual::IndividualStep;
use engine::place::{Location, Target, TypedNumber};

use super::asked::Asked;
use crate::app::App;
use crate::failure::Failure;
use crate::typed_token::Kind;

/// The number as an address bears it. What cannot be sealed is left out: then it is asked for again.
pub fn seal(app: &App, asked: &Asked, number: &TypedNumber) -> Option<TypedNumber> {
    let session = asked.session.as_ref()?;
    let sealed = app.typed_tokens.seal(session.id, Kind::Number, &number.0).ok()?;
    Some(TypedNumber(sealed.into()))
}

/// The number of an address, where its page has a use for one.
///
/// # Errors
/// [`Failure::BadRequest`] where there must be one, and for one that this session did not type.
pub fn open(app: &App, asked: &Asked, target: &Target) -> Result<Option<TypedNumber>, Failure> {
    let Location::Individual(step) = target.location else { return Ok(None) };
    if !step.shows_number() && !matches!(step, IndividualStep::Number(_)) {
        return Ok(None);
    }
    match (&target.number, &asked.session) {
        (Some(TypedNumber(token)), Some(session)) => {
            let number = app.typed_tokens.open(session.id, Kind::Number, token);
            Ok(Some(TypedNumber(number.ok_or(Failure::BadRequest)?.into())))
        }
        _ if step.shows_number() => Err(Failure::BadRequest),
        _ => Ok(None),
    }
}
