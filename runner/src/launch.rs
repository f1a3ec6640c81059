//! A launch token becomes claims, each checked once and each fault a name with its status.
//!
//! Order of checks: the token's two layers, `exp`, `jti`, the runner's claims ([`Token::launch`]), and when the
//! definition is known its own metadata ([`Launch::with_metadata`]). Nothing here is stored: whether a `jti`
//! was used, only the response's row can say.
//!
//! Source: spec/03 §3, spec/05 §8.

#[cfg(test)]
mod bad_tokens;
mod claims;
mod forms;
mod metadata;

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::jose::{self, JoseError};
use crate::keys::{Keys, Purpose};

pub use claims::{Fault, Source};
pub use metadata::{MetadataKind, MetadataRule};

/// How far clocks may differ.
const LEEWAY: SignedDuration = SignedDuration::from_secs(120);
/// How long beyond its expiry a used token is remembered.
const REMEMBERED: SignedDuration = SignedDuration::from_secs(60);

/// Why a launch was refused. Holds names of claims, never their values.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LaunchRefused {
    /// No token, or an empty one.
    #[error("no token")]
    Missing,
    /// The token does not open.
    #[error("token: {0}")]
    Token(#[from] JoseError),
    /// What was signed is no JSON object.
    #[error("claims are no JSON object")]
    NotClaims,
    /// `exp`, `iat` or `nbf` is missing or no number.
    #[error("`{0}` is missing or no number")]
    NoTime(&'static str),
    /// `iat` or `nbf` lies in the future, beyond the leeway.
    #[error("`{0}` is in the future")]
    NotYet(&'static str),
    /// `exp` has passed by more than the leeway.
    #[error("expired beyond the leeway")]
    Expired,
    /// `exp` has passed within the leeway.
    #[error("expired")]
    JustExpired,
    /// `jti` is missing or not a UUID.
    #[error("`jti` is missing or not a UUID")]
    NoTokenId,
    /// This token launched this response before. Found by the caller, in the response's row.
    #[error("used before")]
    Used,
    /// A claim is missing or not what it must be.
    #[error("claim `{name}`: {fault}")]
    Claim {
        /// The claim's name.
        name: &'static str,
        /// What is wrong with it.
        fault: Fault,
    },
    /// A metadata value is missing or not what the definition declares.
    #[error("metadata `{name}`: {fault}")]
    Metadata {
        /// The declared name.
        name: String,
        /// What is wrong with it.
        fault: Fault,
    },
}

impl LaunchRefused {
    /// The HTTP status: 401 where signing in again mends it, else 403.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            LaunchRefused::Missing | LaunchRefused::JustExpired | LaunchRefused::Used => 401,
            _ => 403,
        }
    }
}

/// A token that opened: signed by a launcher we know, and within its time.
pub struct Token {
    claims: Map<String, Value>,
    expires_at: Timestamp,
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// Opens a token. Dear (0.4–2 ms) unless a cheap check fails first: call it in the launch lane, after
/// [`jose::inspect`].
///
/// # Errors
/// [`LaunchRefused`] up to [`LaunchRefused::Expired`].
pub fn open(token: &str, keys: &Keys, now: Timestamp) -> Result<Token, LaunchRefused> {
    if token.is_empty() {
        return Err(LaunchRefused::Missing);
    }
    let payload = jose::open(token, Purpose::Authentication, keys)?;
    let Ok(Value::Object(claims)) = serde_json::from_slice(&payload) else {
        return Err(LaunchRefused::NotClaims);
    };
    let expires_at = time(&claims, "exp")?.ok_or(LaunchRefused::NoTime("exp"))?;
    let issued_at = time(&claims, "iat")?.ok_or(LaunchRefused::NoTime("iat"))?;
    let not_before = time(&claims, "nbf")?;
    if later(issued_at, now) {
        return Err(LaunchRefused::NotYet("iat"));
    }
    if not_before.is_some_and(|at| later(at, now)) {
        return Err(LaunchRefused::NotYet("nbf"));
    }
    if later(now, expires_at) {
        return Err(LaunchRefused::Expired);
    }
    Ok(Token { claims, expires_at })
}

/// Whether `at` is later than `now` by more than the leeway.
fn later(at: Timestamp, now: Timestamp) -> bool {
    at.duration_since(now) > LEEWAY
}

/// Seconds since the epoch, whole or not.
fn time(claims: &Map<String, Value>, name: &'static str) -> Result<Option<Timestamp>, LaunchRefused> {
    let Some(value) = claims.get(name) else { return Ok(None) };
    let seconds = value.as_f64().ok_or(LaunchRefused::NoTime(name))?;
    // A time beyond what a calendar holds is as good as none.
    let whole = SignedDuration::try_from_secs_f64(seconds).map_err(|_| LaunchRefused::NoTime(name))?;
    Timestamp::from_duration(whole).map(Some).map_err(|_| LaunchRefused::NoTime(name))
}

impl Token {
    /// Whether the token grants this role: `dumper`, `flusher`.
    #[must_use]
    pub fn has_role(&self, role: &str) -> bool {
        has_role(&self.claims, role)
    }

    /// Which response it speaks of, unchecked by the other rules: a flush needs no more.
    #[must_use]
    pub fn response_id(&self) -> Option<&str> {
        self.claims.get("response_id").and_then(Value::as_str).map(str::trim)
    }

    /// Until when a refused token is remembered: its expiry and a minute, but never more than a day.
    #[must_use]
    pub fn remember_until(&self, now: Timestamp) -> Timestamp {
        let most = now.saturating_add(SignedDuration::from_hours(24)).unwrap_or(Timestamp::MAX);
        self.expires_at.saturating_add(REMEMBERED).unwrap_or(Timestamp::MAX).min(most)
    }

    /// The token's own id, unchecked by the other rules.
    #[must_use]
    pub fn id(&self) -> Option<Uuid> {
        self.claims.get("jti").and_then(Value::as_str).and_then(forms::lenient_uuid)
    }

    /// Checks everything that can be checked without the definition.
    ///
    /// # Errors
    /// [`LaunchRefused`] from [`LaunchRefused::JustExpired`] on.
    pub fn launch(self, now: Timestamp) -> Result<Launch, LaunchRefused> {
        if self.expires_at <= now {
            return Err(LaunchRefused::JustExpired);
        }
        let id = self.id().ok_or(LaunchRefused::NoTokenId)?;
        let checked = claims::check(self.claims, now)?;
        Ok(Launch {
            claims: checked.claims,
            source: checked.source,
            response_ends_at: checked.response_ends_at,
            token_id: id,
            remember_until: self.expires_at.saturating_add(REMEMBERED).unwrap_or(Timestamp::MAX),
        })
    }
}

/// Checked claims: what a response keeps of its latest launch.
#[derive(Clone, PartialEq)]
pub struct Launch {
    claims: Map<String, Value>,
    source: Source,
    response_ends_at: Timestamp,
    token_id: Uuid,
    remember_until: Timestamp,
}

impl fmt::Debug for Launch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Launch(…)")
    }
}

impl Launch {
    /// The declared claims in their fixed order, normalised; unknown ones are gone. This is eQ's `METADATA`.
    #[must_use]
    pub fn claims(&self) -> &Map<String, Value> {
        &self.claims
    }

    /// The claims, taken over.
    #[must_use]
    pub fn into_claims(self) -> Map<String, Value> {
        self.claims
    }

    /// Where the definition is found.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Which response this launches. May be empty, as eQ's may.
    #[must_use]
    pub fn response_id(&self) -> &str {
        self.text("response_id").unwrap_or_default()
    }

    /// Language asked for, as written (`en`, `cy`, …).
    #[must_use]
    pub fn language(&self) -> Option<&str> {
        self.text("language_code")
    }

    /// The tenant key's name: which collection exercise this is.
    #[must_use]
    pub fn collection_exercise(&self) -> &str {
        self.text("collection_exercise_sid").unwrap_or_default()
    }

    /// When the response may be forgotten.
    #[must_use]
    pub fn response_ends_at(&self) -> Timestamp {
        self.response_ends_at
    }

    /// The token's own id, `jti`.
    #[must_use]
    pub fn token_id(&self) -> Uuid {
        self.token_id
    }

    /// Until when the token must be remembered as used: its expiry and a minute.
    #[must_use]
    pub fn remember_until(&self) -> Timestamp {
        self.remember_until
    }

    /// Whether the token grants this role: `dumper`, `flusher`.
    #[must_use]
    pub fn has_role(&self, role: &str) -> bool {
        has_role(&self.claims, role)
    }

    /// A claim that is text.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.claims.get(name).and_then(Value::as_str)
    }

    /// Checks the survey's metadata against the definition's declarations and normalises it; names that are
    /// not declared are kept as they are. A missing `survey_metadata` counts as empty.
    ///
    /// # Errors
    /// [`LaunchRefused::Metadata`], for the first rule that fails.
    pub fn with_metadata(mut self, rules: &[MetadataRule]) -> Result<Launch, LaunchRefused> {
        let nothing = Map::new();
        let data = self.survey_data().unwrap_or(&nothing);
        let checked = metadata::check(data, rules)?;
        if let Some(Value::Object(survey)) = self.claims.get_mut("survey_metadata") {
            survey.insert("data".to_owned(), Value::Object(checked));
        } else if !checked.is_empty() {
            let survey = Map::from_iter([("data".to_owned(), Value::Object(checked))]);
            self.claims.insert("survey_metadata".to_owned(), Value::Object(survey));
        }
        Ok(self)
    }

    /// `survey_metadata.data`.
    #[must_use]
    pub fn survey_data(&self) -> Option<&Map<String, Value>> {
        self.claims.get("survey_metadata")?.get("data")?.as_object()
    }

    /// The receipting keys with their values, in the token's order: what a receiver files a submission under.
    #[must_use]
    pub fn receipting(&self) -> Vec<(String, Value)> {
        let keys = self.claims.get("survey_metadata").and_then(|survey| survey.get("receipting_keys"));
        let keys = keys.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let value = |key: &str| self.survey_data()?.get(key).cloned();
        keys.iter().filter_map(Value::as_str).filter_map(|key| Some((key.to_owned(), value(key)?))).collect()
    }
}

fn has_role(claims: &Map<String, Value>, role: &str) -> bool {
    let roles = claims.get("roles").and_then(Value::as_array);
    roles.is_some_and(|roles| roles.iter().any(|held| held == role))
}
