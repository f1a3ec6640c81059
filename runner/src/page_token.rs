//! What a form proves when it comes back: that we made it, for this session, within the hour, and what it
//! showed. It travels in the field `csrf_token`.
//!
//! Source: spec/03 §6; design "Shown".

use aws_lc_rs::{digest, hkdf, hmac};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::seal::SealFailed;
use crate::secret::SecretString;

/// How long a page may be filled in.
pub const LIFETIME_SECONDS: i64 = 3600;
/// How far ahead another runner's clock may be.
const AHEAD_SECONDS: i64 = 120;
/// Longest token that is looked at, in bytes.
const MAX_TOKEN: usize = 1024;
const MAC: usize = 16;
const PLACE: usize = 8;
const ISSUED: usize = 8;

/// Makes and checks page tokens.
pub struct PageTokens {
    key: hmac::Key,
}

/// Why a form is not believed. All are shown as the page for 401.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PageTokenRefused {
    /// None, or not one of ours.
    #[error("no page token")]
    Malformed,
    /// Made for another session, or changed.
    #[error("a page token of another session")]
    Foreign,
    /// Made more than an hour ago.
    #[error("an old page token")]
    Expired,
}

/// What a believed form proves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// What the page showed, when it was a page of the place asked about.
    pub shown: Option<Vec<u8>>,
    /// When it was made.
    pub issued_at: Timestamp,
}

impl PageTokens {
    /// Under the service's secret key.
    ///
    /// # Errors
    /// [`SealFailed`] when the key cannot be made.
    pub fn new(secret: &SecretString) -> Result<PageTokens, SealFailed> {
        let root = hkdf::Salt::new(hkdf::HKDF_SHA256, b"canvass page 1").extract(secret.expose().as_bytes());
        let mut key = Zeroizing::new([0; 32]);
        let expanded = root.expand(&[b"token"], hkdf::HKDF_SHA256).map_err(|_| SealFailed)?;
        expanded.fill(key.as_mut()).map_err(|_| SealFailed)?;
        Ok(PageTokens { key: hmac::Key::new(hmac::HMAC_SHA256, key.as_ref()) })
    }

    /// A token for a page of this place (any bytes that name it) showing this (any bytes, at most some 500).
    #[must_use]
    pub fn issue(&self, session: Uuid, place: &[u8], shown: &[u8], now: Timestamp) -> String {
        let mut token = Vec::with_capacity(ISSUED + PLACE + shown.len() + MAC);
        token.extend_from_slice(&now.as_microsecond().to_be_bytes());
        token.extend_from_slice(&place_digest(place));
        token.extend_from_slice(shown);
        let mac = self.mac(session, &token);
        token.extend_from_slice(&mac.as_ref()[..MAC]);
        URL_SAFE_NO_PAD.encode(&token)
    }

    /// Believes a form, or not. One from another page of the same session is believed, but shows nothing of
    /// this place: that is enough against forgery, and tells a page that was left from one that stands.
    ///
    /// # Errors
    /// [`PageTokenRefused`].
    pub fn check(
        &self,
        token: &str,
        session: Uuid,
        place: &[u8],
        now: Timestamp,
    ) -> Result<Proof, PageTokenRefused> {
        if token.len() > MAX_TOKEN {
            return Err(PageTokenRefused::Malformed);
        }
        let token = URL_SAFE_NO_PAD.decode(token).map_err(|_| PageTokenRefused::Malformed)?;
        let (text, mac) = token.split_last_chunk::<MAC>().ok_or(PageTokenRefused::Malformed)?;
        let (issued, rest) = text.split_first_chunk::<ISSUED>().ok_or(PageTokenRefused::Malformed)?;
        let (made_for, shown) = rest.split_first_chunk::<PLACE>().ok_or(PageTokenRefused::Malformed)?;
        let expected = self.mac(session, text);
        aws_lc_rs::constant_time::verify_slices_are_equal(&expected.as_ref()[..MAC], mac)
            .map_err(|_| PageTokenRefused::Foreign)?;
        let issued_at = Timestamp::from_microsecond(i64::from_be_bytes(*issued))
            .map_err(|_| PageTokenRefused::Malformed)?;
        let age = now.duration_since(issued_at).as_secs();
        if !(-AHEAD_SECONDS..=LIFETIME_SECONDS).contains(&age) {
            return Err(PageTokenRefused::Expired);
        }
        let here = *made_for == place_digest(place);
        Ok(Proof { shown: here.then(|| shown.to_vec()), issued_at })
    }

    fn mac(&self, session: Uuid, text: &[u8]) -> hmac::Tag {
        let mut context = hmac::Context::with_key(&self.key);
        context.update(session.as_bytes());
        context.update(text);
        context.sign()
    }
}

fn place_digest(place: &[u8]) -> [u8; PLACE] {
    let mut short = [0; PLACE];
    short.copy_from_slice(&digest::digest(&digest::SHA256, place).as_ref()[..PLACE]);
    short
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    const SESSION: Uuid = Uuid::from_u128(1);

    fn tokens() -> PageTokens {
        PageTokens::new(&SecretString::new("open sesame".into())).unwrap()
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_form_brings_back_what_its_page_showed() {
        let token = tokens().issue(SESSION, b"name-block", &[1, 2, 3], at(100));
        let proof = tokens().check(&token, SESSION, b"name-block", at(3700)).unwrap();
        assert_eq!(proof, Proof { shown: Some(vec![1, 2, 3]), issued_at: at(100) });
    }

    #[test]
    fn a_form_of_another_page_is_believed_but_shows_nothing_of_this_one() {
        let token = tokens().issue(SESSION, b"name-block", &[1], at(100));
        assert_eq!(tokens().check(&token, SESSION, b"age-block", at(100)).unwrap().shown, None);
    }

    #[test]
    fn an_hour_old_form_is_not_believed() {
        let token = tokens().issue(SESSION, b"", b"", at(100));
        assert!(tokens().check(&token, SESSION, b"", at(3700)).is_ok());
        assert_eq!(tokens().check(&token, SESSION, b"", at(3701)), Err(PageTokenRefused::Expired));
        assert!(
            tokens().check(&token, SESSION, b"", at(0)).is_ok(),
            "a clock behind by less than two minutes"
        );
        assert_eq!(tokens().check(&token, SESSION, b"", at(-100)), Err(PageTokenRefused::Expired));
    }

    #[test]
    fn a_form_of_another_session_is_not_believed() {
        let token = tokens().issue(SESSION, b"", b"", at(0));
        let other = Uuid::from_u128(2);
        assert_eq!(tokens().check(&token, other, b"", at(0)), Err(PageTokenRefused::Foreign));
    }

    #[test]
    fn a_changed_or_made_up_token_is_not_believed() {
        let token = tokens().issue(SESSION, b"p", b"shown", at(0));
        for at_byte in 0..token.len() {
            let mut changed = token.clone().into_bytes();
            changed[at_byte] = if changed[at_byte] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).unwrap();
            assert!(tokens().check(&changed, SESSION, b"p", at(0)).is_err(), "{at_byte}");
        }
        for made_up in ["", "x", "invalid", "AAAA", &"A".repeat(5000)] {
            let refused = tokens().check(made_up, SESSION, b"p", at(0));
            assert_eq!(refused, Err(PageTokenRefused::Malformed), "{made_up:.9}");
        }
    }

    #[test]
    fn two_pages_never_carry_the_same_token() {
        let first = tokens().issue(SESSION, b"p", b"s", at(0));
        let second = tokens().issue(SESSION, b"p", b"s", Timestamp::from_microsecond(1).unwrap());
        assert_ne!(first, second);
    }
}
