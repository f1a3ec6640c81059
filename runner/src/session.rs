//! The session cookie: sealed, at most [`MAX_COOKIE`] bytes, and all that a browser keeps of us.
//!
//! It names the row, not the questionnaire: which one that is, only the row says. Its expiry slides by sealing
//! it anew, so that extending a session needs no write. What `/signed-out` must still show is in it too,
//! shortened until it fits.
//!
//! Source: spec/03 §4; design "Sessions".

use aws_lc_rs::aead::{AES_256_GCM_SIV, LessSafeKey, UnboundKey};
use aws_lc_rs::hkdf;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::{HeaderMap, HeaderValue, header};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::seal::{SealFailed, open_in_place, seal_in_place};
use crate::secret::SecretString;
use crate::store::{Key, Version};

/// Longest value of the cookie, in bytes.
pub const MAX_COOKIE: usize = 512;
/// Nonce, tag and the form's byte; the rest, in base64, must fit [`MAX_COOKIE`].
const MAX_PLAIN: usize = MAX_COOKIE / 4 * 3 - 12 - 16;
/// A session is only extended when that adds more than this: so that most replies set no cookie.
const WORTH_EXTENDING: SignedDuration = SignedDuration::from_secs(60);

/// What a browser holds of us.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Random, made at launch. The row's list has it while the session lasts; page tokens are bound to it.
    pub id: Uuid,
    /// Where the response is; gone after sign-out and expiry.
    pub inside: Option<Inside>,
    /// Whether the response was submitted in this session.
    pub submitted: bool,
    /// Language of the pages, as launched or switched to: `en`, `cy`, …
    pub language: String,
    /// What pages show of the survey when there is no row to ask.
    pub survey: Survey,
}

/// A session that is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inside {
    /// The response's row.
    pub key: Key,
    /// The last version of the row seen: an older one means that a read missed a write.
    pub version: Version,
    /// When the session ends, in seconds since the epoch.
    expires_at: i64,
    /// How long it lasts without a request, in seconds.
    timeout: u32,
}

/// What was launched, as far as pages without a response show it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Survey {
    /// The questionnaire's title in the session's language; cut short when long.
    pub title: String,
    /// The theme's name.
    pub theme: String,
    /// The survey's id.
    pub survey_id: String,
    /// The form type, if the definition has one.
    pub form_type: Option<String>,
    /// The reporting unit's reference, as far as the help page wants it: eleven characters.
    pub ru_ref: Option<String>,
    /// Where to go back to: the launch's `account_service_url`. Dropped when long.
    pub account_service: Option<String>,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Session(…)")
    }
}

impl Inside {
    /// Signed in from now, for as long as `timeout` after each request.
    #[must_use]
    pub fn new(key: Key, version: Version, timeout: SignedDuration, now: Timestamp) -> Inside {
        let timeout = u32::try_from(timeout.as_secs()).unwrap_or(u32::MAX);
        Inside { key, version, expires_at: now.as_second() + i64::from(timeout), timeout }
    }

    /// When the session ends.
    #[must_use]
    pub fn expires_at(&self) -> Timestamp {
        Timestamp::from_second(self.expires_at).unwrap_or(Timestamp::MAX)
    }

    /// Whether it has ended.
    #[must_use]
    pub fn has_expired(&self, now: Timestamp) -> bool {
        self.expires_at <= now.as_second()
    }

    /// Moves the end to `timeout` from now when that is a minute later or more. Says whether it moved.
    pub fn extend(&mut self, now: Timestamp) -> bool {
        let end = now.as_second() + i64::from(self.timeout);
        let worth = end - self.expires_at > WORTH_EXTENDING.as_secs();
        if worth {
            self.expires_at = end;
        }
        worth
    }
}

/// Seals, opens, sets and clears the cookie.
pub struct Cookies {
    name: &'static str,
    secure: bool,
    cipher: LessSafeKey,
}

impl Cookies {
    /// Under the service's secret key. Named `__Host-session` when `secure`, so that no sister site can set
    /// one; browsers refuse that name over plain http, so there it is `session`.
    ///
    /// # Errors
    /// [`SealFailed`] when the key cannot be made.
    pub fn new(secret: &SecretString, secure: bool) -> Result<Cookies, SealFailed> {
        let root =
            hkdf::Salt::new(hkdf::HKDF_SHA256, b"canvass session 1").extract(secret.expose().as_bytes());
        let mut key = Zeroizing::new([0; 32]);
        let expanded = root.expand(&[b"cookie"], hkdf::HKDF_SHA256).map_err(|_| SealFailed)?;
        expanded.fill(key.as_mut()).map_err(|_| SealFailed)?;
        // SIV, because one key seals many millions of cookies and random nonces may meet.
        let cipher = UnboundKey::new(&AES_256_GCM_SIV, key.as_ref()).map_err(|_| SealFailed)?;
        let name = if secure { "__Host-session" } else { "session" };
        Ok(Cookies { name, secure, cipher: LessSafeKey::new(cipher) })
    }

    /// The session of a request, if it carries a cookie of ours. Whether it has expired is for the caller.
    #[must_use]
    pub fn read(&self, headers: &HeaderMap) -> Option<Session> {
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .filter(|(name, _)| *name == self.name)
            .find_map(|(_, value)| self.open(value))
    }

    fn open(&self, value: &str) -> Option<Session> {
        if value.len() > MAX_COOKIE {
            return None;
        }
        let mut sealed = URL_SAFE_NO_PAD.decode(value).ok()?;
        let plain = open_in_place(&self.cipher, self.name.as_bytes(), &mut sealed).ok()?;
        postcard::from_bytes(plain).ok()
    }

    /// The header that keeps this session in the browser until it is closed.
    ///
    /// # Errors
    /// [`SealFailed`] when there are no random bytes.
    pub fn set(&self, session: &Session) -> Result<HeaderValue, SealFailed> {
        let mut sealed = fitted(session)?;
        seal_in_place(&self.cipher, self.name.as_bytes(), &mut sealed)?;
        let value = URL_SAFE_NO_PAD.encode(&sealed);
        self.header(&value, "").ok_or(SealFailed)
    }

    /// The header that takes the cookie away.
    #[must_use]
    pub fn clear(&self) -> HeaderValue {
        self.header("", "; Max-Age=0").unwrap_or(HeaderValue::from_static(""))
    }

    fn header(&self, value: &str, more: &str) -> Option<HeaderValue> {
        let secure = if self.secure { "; Secure" } else { "" };
        let header = format!("{}={value}; HttpOnly; Path=/; SameSite=Lax{secure}{more}", self.name);
        HeaderValue::try_from(header).ok()
    }
}

/// The session's bytes, with what is only shown cut down until they fit.
fn fitted(session: &Session) -> Result<Vec<u8>, SealFailed> {
    let bytes = |session: &Session| postcard::to_stdvec(session).map_err(|_| SealFailed);
    let whole = bytes(session)?;
    if whole.len() <= MAX_PLAIN {
        return Ok(whole);
    }
    let mut less = session.clone();
    for text in [&mut less.language, &mut less.survey.theme, &mut less.survey.survey_id] {
        shorten(text, 24);
    }
    // Half an address leads nowhere: it goes whole, or stays.
    less.survey.account_service = less.survey.account_service.filter(|url| url.len() <= 128);
    less.survey.form_type = less.survey.form_type.filter(|form_type| form_type.len() <= 24);
    let over = bytes(&less)?.len().saturating_sub(MAX_PLAIN);
    let room = less.survey.title.len().saturating_sub(over);
    shorten(&mut less.survey.title, room);
    bytes(&less)
}

/// Cuts between characters.
fn shorten(text: &mut String, most: usize) {
    if text.len() > most {
        text.truncate(text.floor_char_boundary(most));
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn cookies(secure: bool) -> Cookies {
        Cookies::new(&SecretString::new("open sesame".into()), secure).unwrap()
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn session() -> Session {
        let timeout = SignedDuration::from_secs(2700);
        Session {
            id: Uuid::from_u128(7),
            inside: Some(Inside::new(Key([3; 32]), Version(u64::MAX), timeout, at(1000))),
            submitted: false,
            language: "cy".into(),
            survey: Survey {
                title: "Arolwg o’r Gweithlu".into(),
                theme: "business".into(),
                survey_id: "009".into(),
                form_type: Some("0255".into()),
                ru_ref: Some("49900000123".into()),
                account_service: Some("https://surveys.ons.gov.uk".into()),
            },
        }
    }

    fn carried(set_cookie: &HeaderValue) -> HeaderMap {
        let pair = set_cookie.to_str().unwrap().split(';').next().unwrap();
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_str(&format!("a=b; {pair}; session=x")).unwrap());
        headers
    }

    #[test]
    fn a_session_comes_back_from_its_cookie() {
        for secure in [true, false] {
            let cookies = cookies(secure);
            let header = cookies.set(&session()).unwrap();
            assert_eq!(cookies.read(&carried(&header)), Some(session()));
            let text = header.to_str().unwrap();
            assert!(text.contains("; HttpOnly; Path=/; SameSite=Lax"), "{text}");
            assert_eq!(text.contains("; Secure"), secure);
            assert_eq!(text.starts_with("__Host-session="), secure);
            assert!(!text.contains("Arolwg"));
        }
    }

    #[test]
    fn a_cookie_never_exceeds_its_bound() {
        let mut long = session();
        long.survey.title = "é".repeat(4000);
        long.survey.theme = "t".repeat(300);
        long.survey.survey_id = "s".repeat(300);
        long.survey.form_type = Some("f".repeat(300));
        long.language = "l".repeat(300);
        long.survey.account_service = Some(format!("https://example.org/{}", "a".repeat(100)));
        let cookies = cookies(false);
        let header = cookies.set(&long).unwrap();
        let value = header.to_str().unwrap().split(['=', ';']).nth(1).unwrap();
        assert!(value.len() <= MAX_COOKIE, "{}", value.len());
        let back = cookies.read(&carried(&header)).unwrap();
        assert_eq!(back.inside, long.inside);
        assert_eq!(back.survey.account_service, long.survey.account_service);
        assert!(long.survey.title.starts_with(&back.survey.title) && back.survey.title.len() > 40);
    }

    #[test]
    fn a_changed_or_foreign_cookie_is_no_session() {
        let cookies = cookies(false);
        let header = cookies.set(&session()).unwrap();
        let value = header.to_str().unwrap().split(['=', ';']).nth(1).unwrap().to_owned();
        for at in 0..value.len() {
            let mut changed = value.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            assert_eq!(cookies.open(std::str::from_utf8(&changed).unwrap()), None, "{at}");
        }
        let other = Cookies::new(&SecretString::new("other".into()), false).unwrap();
        assert_eq!(other.open(&value), None);
        assert_eq!(super::tests::cookies(true).open(&value), None, "bound to its name");
        assert_eq!(cookies.read(&HeaderMap::new()), None);
    }

    #[test]
    fn a_session_slides_by_a_minute_or_more() {
        let mut inside = session().inside.unwrap();
        assert_eq!(inside.expires_at(), at(3700));
        assert!(!inside.extend(at(1060)));
        assert!(inside.extend(at(1061)));
        assert_eq!(inside.expires_at(), at(3761));
        assert!(!inside.has_expired(at(3760)));
        assert!(inside.has_expired(at(3761)));
    }

    #[test]
    fn clearing_expires_the_cookie_at_once() {
        assert_eq!(
            cookies(true).clear().to_str().unwrap(),
            "__Host-session=; HttpOnly; Path=/; SameSite=Lax; Secure; Max-Age=0"
        );
    }
}
