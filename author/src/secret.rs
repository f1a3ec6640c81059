//! Chance, digests and passwords.

use std::fmt;
use std::fmt::Write as _;

use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use aws_lc_rs::{digest, rand};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Deserializer};
use uuid::Uuid;
use zeroize::Zeroizing;

/// Text that must not be seen: prints `…`, and is wiped from memory when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretString(Zeroizing<String>);

impl SecretString {
    /// Takes the text over.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text itself. Whoever asks must not print it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecretString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

impl<'de> Deserialize<'de> for SecretString {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

/// The system gives no random bytes, or not the memory that a password takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the system gives too little")]
pub struct TooLittle;

/// 256 random bits, as text for cookies, links and headers.
///
/// # Errors
/// [`TooLittle`].
pub fn token() -> Result<SecretString, TooLittle> {
    let mut bits = [0; 32];
    rand::fill(&mut bits).map_err(|_| TooLittle)?;
    Ok(SecretString::new(URL_SAFE_NO_PAD.encode(bits)))
}

/// SHA-256, in hexadecimal.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(digest::digest(&digest::SHA256, bytes).as_ref())
}

/// Bytes in hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// An id that the same parts always give: what a repeated request makes is made once.
#[must_use]
pub fn id_of(parts: &[&str]) -> Uuid {
    let mut context = digest::Context::new(&digest::SHA256);
    for part in parts {
        context.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        context.update(part.as_bytes());
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&context.finish().as_ref()[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// What proves that a page of ours sent a request: only such a page could read it, and it says nothing of the session.
#[must_use]
pub fn csrf(session: &SecretString) -> String {
    sha256_hex(format!("csrf {}", session.expose()).as_bytes())
}

/// Whether two texts are the same, without telling by time where they differ.
#[must_use]
pub fn same(one: &str, other: &str) -> bool {
    aws_lc_rs::constant_time::verify_slices_are_equal(one.as_bytes(), other.as_bytes()).is_ok()
}

/// As OWASP asks for: 19 MiB, two passes.
fn argon() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(19 * 1024, 2, 1, None).unwrap_or_default())
}

/// What is kept of a password. Takes some 30 ms of a core.
///
/// # Errors
/// [`TooLittle`].
pub fn hash_password(password: &SecretString) -> Result<String, TooLittle> {
    let mut salt = [0; 16];
    rand::fill(&mut salt).map_err(|_| TooLittle)?;
    let hash = argon().hash_password_with_salt(password.expose().as_bytes(), &salt).map_err(|_| TooLittle)?;
    Ok(hash.to_string())
}

/// Whether a password is the one that this was kept of. `None` takes as long as any: that an account is not there
/// must not be told by time.
#[must_use]
pub fn is_password(password: &SecretString, kept: Option<&str>) -> bool {
    /// Of a password that nobody has.
    const NOBODY: &str =
        "$argon2id$v=19$m=19456,t=2,p=1$c29tZSBzYWx0IG9mIG91cnM$QJ8nY8c3iM1Qm7zgPSuoBZFuo3bWU7fNY8kIlnKyP5A";
    let Ok(hash) = PasswordHash::new(kept.unwrap_or(NOBODY)) else { return false };
    let is_it = argon().verify_password(password.expose().as_bytes(), &hash).is_ok();
    is_it && kept.is_some()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn secret(text: &str) -> SecretString {
        SecretString::new(text.to_owned())
    }

    #[test]
    fn a_password_is_known_again_and_no_other() {
        let kept = hash_password(&secret("correct horse")).unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert!(is_password(&secret("correct horse"), Some(&kept)));
        assert!(!is_password(&secret("correct horsf"), Some(&kept)));
        assert!(!is_password(&secret("correct horse"), None));
        assert!(!is_password(&secret(""), Some("")));
    }

    #[test]
    fn a_secret_prints_as_dots() {
        assert_eq!(format!("{:?}", secret("open sesame")), "…");
    }

    #[test]
    fn an_id_follows_from_its_parts_and_from_where_they_end() {
        assert_eq!(id_of(&["a", "bc"]), id_of(&["a", "bc"]));
        assert_ne!(id_of(&["a", "bc"]), id_of(&["ab", "c"]));
    }
}
