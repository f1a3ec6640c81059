//! What a form proves: that this session was shown one of our pages within the hour, and what that page showed.
//!
//! Source: spec/03 §6.

use engine::visitor::Shown;

use super::asked::Asked;
use crate::app::App;
use crate::failure::Failure;

/// What the page showed, if the form is of the page at this place.
///
/// # Errors
/// [`Failure::SignedOut`] when it proves nothing.
pub fn check(app: &App, asked: &Asked, place: &str) -> Result<Option<Shown>, Failure> {
    let session = asked.session.as_ref().ok_or(Failure::SignedOut)?;
    let token = asked.form.get("csrf_token").ok_or(Failure::SignedOut)?;
    let proof = app.page_tokens.check(token, session.id, place.as_bytes(), asked.moment.now);
    let proof = proof.map_err(|_| Failure::SignedOut)?;
    Ok(proof.shown.as_deref().and_then(Shown::unpack))
}
