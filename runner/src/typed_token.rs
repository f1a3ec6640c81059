//! What was typed, on its way from page to page in an address: an e-mail address or a telephone number, sealed, so
//! that no history or log of addresses shows it, and bound to the session that typed it.
//!
//! Source: spec/03 §7.2, §9.

use aws_lc_rs::aead::{AES_256_GCM_SIV, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::hkdf;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::seal::SealFailed;
use crate::secret::SecretString;

/// Longest token that is looked at, in bytes.
const MAX_TOKEN: usize = 1024;
/// What stands behind the dot, in characters: eQ's tokens have the form `payload.signature`.
const BEHIND: usize = 22;

/// What a token holds: one of one kind is none of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Of a confirmation by e-mail.
    Address,
    /// Of somebody who is to be sent an access code.
    Number,
}

/// Seals and opens what was typed.
pub struct TypedTokens {
    cipher: LessSafeKey,
}

impl TypedTokens {
    /// Under the service's secret key.
    ///
    /// # Errors
    /// [`SealFailed`] when the key cannot be made.
    pub fn new(secret: &SecretString) -> Result<TypedTokens, SealFailed> {
        let root = hkdf::Salt::new(hkdf::HKDF_SHA256, b"canvass mail 1").extract(secret.expose().as_bytes());
        let mut key = Zeroizing::new([0; 32]);
        let expanded = root.expand(&[b"address"], hkdf::HKDF_SHA256).map_err(|_| SealFailed)?;
        expanded.fill(key.as_mut()).map_err(|_| SealFailed)?;
        let cipher = UnboundKey::new(&AES_256_GCM_SIV, key.as_ref()).map_err(|_| SealFailed)?;
        Ok(TypedTokens { cipher: LessSafeKey::new(cipher) })
    }

    /// A token for what was typed, good in this session alone.
    ///
    /// # Errors
    /// [`SealFailed`] for what is longer than any.
    pub fn seal(&self, session: Uuid, kind: Kind, typed: &str) -> Result<String, SealFailed> {
        let mut text = typed.as_bytes().to_vec();
        let place = place(session, kind);
        self.cipher.seal_in_place_append_tag(nonce(session), place, &mut text).map_err(|_| SealFailed)?;
        let mut token = URL_SAFE_NO_PAD.encode(text);
        let dot = token.len().saturating_sub(BEHIND);
        token.insert(dot, '.');
        Ok(token)
    }

    /// What was typed, if the token is one of this session's.
    #[must_use]
    pub fn open(&self, session: Uuid, kind: Kind, token: &str) -> Option<String> {
        if token.len() > MAX_TOKEN {
            return None;
        }
        let mut sealed = URL_SAFE_NO_PAD.decode(token.replacen('.', "", 1)).ok()?;
        let place = place(session, kind);
        let text = self.cipher.open_in_place(nonce(session), place, &mut sealed).ok()?;
        String::from_utf8(text.to_vec()).ok()
    }
}

/// What a token is good for.
fn place(session: Uuid, kind: Kind) -> Aad<Vec<u8>> {
    let kind: &[u8] = match kind {
        Kind::Address => b"",
        Kind::Number => b"number",
    };
    Aad::from([session.as_bytes(), kind].concat())
}

/// One for each session, so that what is typed twice is one token: SIV shows nothing but that.
fn nonce(session: Uuid) -> Nonce {
    let [nonce @ .., _, _, _, _] = *session.as_bytes();
    Nonce::assume_unique_for_key(nonce)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn an_address_comes_back_in_its_own_session_only() {
        let tokens = TypedTokens::new(&SecretString::new("s".to_owned())).unwrap();
        let (ann, ben) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let token = tokens.seal(ann, Kind::Address, "ann@example.com").unwrap();
        assert_eq!(tokens.open(ann, Kind::Address, &token).as_deref(), Some("ann@example.com"));
        assert_eq!(tokens.seal(ann, Kind::Address, "ann@example.com").unwrap(), token, "typed twice is one");
        assert_ne!(tokens.seal(ben, Kind::Address, "ann@example.com").unwrap(), token);
        assert_eq!(tokens.open(ben, Kind::Address, &token), None);
        for wrong in ["", ".", "bad-signature", &token[1..], &token.replace('.', "..")] {
            assert_eq!(tokens.open(ann, Kind::Address, wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_address_is_no_number() {
        let tokens = TypedTokens::new(&SecretString::new("s".to_owned())).unwrap();
        let ann = Uuid::from_u128(1);
        let token = tokens.seal(ann, Kind::Number, "07700 900345").unwrap();
        assert_eq!(tokens.open(ann, Kind::Number, &token).as_deref(), Some("07700 900345"));
        assert_eq!(tokens.open(ann, Kind::Address, &token), None);
    }

    #[test]
    fn a_token_shows_nothing_of_its_address() {
        let tokens = TypedTokens::new(&SecretString::new("s".to_owned())).unwrap();
        let token = tokens.seal(Uuid::from_u128(1), Kind::Address, "ann@example.com").unwrap();
        let shown = URL_SAFE_NO_PAD.decode(token.replace('.', "")).unwrap();
        assert!(!String::from_utf8_lossy(&shown).contains("ann"));
    }
}
