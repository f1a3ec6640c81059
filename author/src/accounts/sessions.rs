//! Sessions, in the database: a browser holds a secret, a row its digest. Ended there, it is over everywhere.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Account, find};
use crate::secret::{SecretString, sha256_hex};
use crate::store::{StoreError, Tx};
use crate::values;

/// How long a session lasts without a request.
pub const IDLE: SignedDuration = SignedDuration::from_hours(12);
/// And at most.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(24 * 14);
/// How often it is written down that somebody is still there.
const SEEN_EVERY: SignedDuration = SignedDuration::from_mins(10);

/// A session, as its owner and administrators see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Session {
    /// Its digest: names it, opens nothing.
    pub id: String,
    pub created_at: String,
    pub seen_at: String,
    pub expires_at: String,
    /// What the browser said of itself.
    pub agent: String,
    /// Whether it is the one that asks.
    pub is_current: bool,
}

/// The name of a session.
#[must_use]
pub fn name(token: &SecretString) -> String {
    sha256_hex(token.expose().as_bytes())
}

/// Begins one.
///
/// # Errors
/// [`StoreError`].
pub async fn begin(
    tx: &mut Tx,
    token: &SecretString,
    account: &str,
    agent: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let agent: String = agent.chars().take(200).collect();
    let at = now.to_string();
    tx.execute("DELETE FROM session WHERE expires_at < $1", values![&at]).await?;
    let sql = "INSERT INTO session (hash, account, created_at, seen_at, expires_at, agent) \
        VALUES ($1, $2, $3, $4, $5, $6)";
    let expires_at = (now + IDLE).to_string();
    tx.execute(sql, values![name(token), account, &at, &at, expires_at, agent]).await.map(|_| ())
}

/// Who a session is of, and whether it is time to write down that it was seen.
///
/// # Errors
/// [`StoreError`].
pub async fn of(
    tx: &mut Tx,
    token: &SecretString,
    now: Timestamp,
) -> Result<Option<(Account, bool)>, StoreError> {
    let sql = "SELECT account, seen_at FROM session WHERE hash = $1 AND expires_at > $2";
    let Some(row) = tx.row(sql, values![name(token), now.to_string()]).await? else { return Ok(None) };
    let account = find(tx, &row.text(0)).await?.filter(|account| !account.disabled);
    let seen_at: Option<Timestamp> = row.text(1).parse().ok();
    let is_due = seen_at.is_none_or(|seen_at| now.duration_since(seen_at) > SEEN_EVERY);
    Ok(account.map(|account| (account, is_due)))
}

/// Writes down that a session was seen, and lets it last on.
///
/// # Errors
/// [`StoreError`].
pub async fn seen(tx: &mut Tx, token: &SecretString, now: Timestamp) -> Result<(), StoreError> {
    let hash = name(token);
    let Some(row) = tx.row("SELECT created_at FROM session WHERE hash = $1", values![&hash]).await? else {
        return Ok(());
    };
    let created_at: Timestamp = row.text(0).parse().unwrap_or(now);
    let until = (now + IDLE).min(created_at + LONGEST);
    let sql = "UPDATE session SET seen_at = $1, expires_at = $2 WHERE hash = $3";
    tx.execute(sql, values![now.to_string(), until.to_string(), hash]).await.map(|_| ())
}

/// Ends one; whether it was there.
///
/// # Errors
/// [`StoreError`].
pub async fn end(tx: &mut Tx, id: &str, account: &str) -> Result<bool, StoreError> {
    let sql = "DELETE FROM session WHERE hash = $1 AND account = $2";
    Ok(tx.execute(sql, values![id, account]).await? > 0)
}

/// Ends all of an account's.
///
/// # Errors
/// [`StoreError`].
pub async fn end_all(tx: &mut Tx, account: &str) -> Result<(), StoreError> {
    tx.execute("DELETE FROM session WHERE account = $1", values![account]).await.map(|_| ())
}

/// All of an account's, the latest first.
///
/// # Errors
/// [`StoreError`].
pub async fn all(
    tx: &mut Tx,
    account: &str,
    current: &str,
    now: Timestamp,
) -> Result<Vec<Session>, StoreError> {
    let sql = "SELECT hash, created_at, seen_at, expires_at, agent FROM session \
        WHERE account = $1 AND expires_at > $2 ORDER BY seen_at DESC LIMIT 200";
    let rows = tx.rows(sql, values![account, now.to_string()]).await?;
    let session = |row: &crate::store::Row| Session {
        id: row.text(0),
        created_at: row.text(1),
        seen_at: row.text(2),
        expires_at: row.text(3),
        agent: row.text(4),
        is_current: row.text(0) == current,
    };
    Ok(rows.iter().map(session).collect())
}
