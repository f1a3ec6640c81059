//! What a form proves: that this session was shown one of our pages within the hour, and what that page showed.
//!
//! Source: spec/03 §6.

use engine::visitor::Shown;
use schema::value::ListItemId;

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
    Ok(proof.shown.as_deref().and_then(unpack))
}

/// What a page showed, for its token: a digest, a page number, and the item it would add.
pub fn pack(shown: &Shown) -> Vec<u8> {
    let mut packed = Vec::with_capacity(18);
    packed.extend_from_slice(&shown.seen.to_be_bytes());
    packed.extend_from_slice(&shown.page.to_be_bytes());
    if let Some(item) = shown.item {
        packed.extend_from_slice(&item.0);
    }
    packed
}

fn unpack(packed: &[u8]) -> Option<Shown> {
    let (seen, rest) = packed.split_first_chunk::<8>()?;
    let (page, item) = rest.split_first_chunk::<4>()?;
    let item = if item.is_empty() { None } else { Some(ListItemId(item.try_into().ok()?)) };
    Some(Shown { seen: u64::from_be_bytes(*seen), item, page: u32::from_be_bytes(*page) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_showed_comes_back_as_it_went() {
        for item in [None, Some(ListItemId(*b"abcDEF"))] {
            let shown = Shown { seen: u64::MAX - 1, item, page: 7 };
            assert_eq!(unpack(&pack(&shown)), Some(shown));
        }
        assert_eq!(unpack(&[0; 13]), None);
    }
}
