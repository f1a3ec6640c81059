//! Who may come in, and what they may do: accounts, roles, sessions.

pub mod attempts;
pub mod sessions;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::secret::{SecretString, TooLittle, hash_password};
use crate::store::{Row, StoreError, Tx};
use crate::values;

/// What somebody may do; each may all that the ones before may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Look at everything.
    Viewer,
    /// Change drafts.
    Author,
    /// Publish and withdraw.
    Publisher,
    /// Make accounts and read the audit log.
    Administrator,
}

impl Role {
    /// As it is kept, and as programs send it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Author => "author",
            Self::Publisher => "publisher",
            Self::Administrator => "administrator",
        }
    }

    /// From its name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Role> {
        [Self::Viewer, Self::Author, Self::Publisher, Self::Administrator]
            .into_iter()
            .find(|role| role.name() == name)
    }
}

/// Somebody who may come in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Account {
    pub id: String,
    pub name: String,
    pub email: String,
    pub role: Role,
    /// Of the interface: `en` or `cy`.
    pub language: String,
    pub disabled: bool,
    pub created_at: String,
}

/// What an account begins with.
pub struct NewAccount<'a> {
    pub id: &'a str,
    pub email: &'a str,
    pub name: &'a str,
    pub role: Role,
    pub language: &'a str,
    /// What is kept of the password; none: one must be chosen by a link first.
    pub password: Option<String>,
}

/// Shortest and longest password, in characters.
pub const PASSWORD: std::ops::RangeInclusive<usize> = 10..=200;

const COLUMNS: &str = "id, name, email, role, language, disabled, created_at";

fn account(row: &Row) -> Account {
    Account {
        id: row.text(0),
        name: row.text(1),
        email: row.text(2),
        role: Role::from_name(&row.text(3)).unwrap_or(Role::Viewer),
        language: row.text(4),
        disabled: row.is(5),
        created_at: row.text(6),
    }
}

/// An e-mail address as it is compared: nobody has two that differ in case.
#[must_use]
pub fn address(typed: &str) -> String {
    typed.trim().to_lowercase()
}

/// Whether nobody has an account yet.
///
/// # Errors
/// [`StoreError`].
pub async fn is_first(tx: &mut Tx) -> Result<bool, StoreError> {
    Ok(tx.row("SELECT 1 FROM account LIMIT 1", &[]).await?.is_none())
}

/// All accounts, by name.
///
/// # Errors
/// [`StoreError`].
pub async fn all(tx: &mut Tx) -> Result<Vec<Account>, StoreError> {
    let rows = tx.rows(&format!("SELECT {COLUMNS} FROM account ORDER BY name, id LIMIT 2000"), &[]).await?;
    Ok(rows.iter().map(account).collect())
}

/// One account.
///
/// # Errors
/// [`StoreError`].
pub async fn find(tx: &mut Tx, id: &str) -> Result<Option<Account>, StoreError> {
    let row = tx.row(&format!("SELECT {COLUMNS} FROM account WHERE id = $1"), values![id]).await?;
    Ok(row.as_ref().map(account))
}

/// The account with this address, and what is kept of its password.
///
/// # Errors
/// [`StoreError`].
pub async fn by_email(tx: &mut Tx, email: &str) -> Result<Option<(Account, String)>, StoreError> {
    let sql = format!("SELECT {COLUMNS}, password FROM account WHERE email = $1");
    let row = tx.row(&sql, values![address(email)]).await?;
    Ok(row.map(|row| (account(&row), row.text(7))))
}

/// Makes an account.
///
/// # Errors
/// [`StoreError::Taken`] when somebody has the address.
pub async fn create(tx: &mut Tx, new: &NewAccount<'_>, now: Timestamp) -> Result<(), StoreError> {
    let sql = "INSERT INTO account (id, email, name, role, language, disabled, password, created_at) \
        VALUES ($1, $2, $3, $4, $5, 0, $6, $7)";
    let password = new.password.clone().unwrap_or_default();
    let values = values![
        new.id,
        address(new.email),
        new.name.trim(),
        new.role.name(),
        new.language,
        password,
        now.to_string()
    ];
    tx.execute(sql, values).await.map(|_| ())
}

/// Keeps another password, and ends every session but one.
///
/// # Errors
/// [`StoreError`].
pub async fn set_password(
    tx: &mut Tx,
    account: &str,
    kept: &str,
    but_session: Option<&str>,
) -> Result<(), StoreError> {
    tx.execute("UPDATE account SET password = $1 WHERE id = $2", values![kept, account]).await?;
    let sql = "DELETE FROM session WHERE account = $1 AND hash <> $2";
    tx.execute(sql, values![account, but_session.unwrap_or_default()]).await.map(|_| ())
}

/// What is kept of a password, worked out where blocking is allowed.
///
/// # Errors
/// [`TooLittle`].
pub async fn kept(password: SecretString) -> Result<String, TooLittle> {
    tokio::task::spawn_blocking(move || hash_password(&password)).await.map_err(|_| TooLittle)?
}

/// Somebody's role for a questionnaire: the better of the organisation's and its own.
///
/// # Errors
/// [`StoreError`].
pub async fn role_for(tx: &mut Tx, account: &Account, questionnaire: &str) -> Result<Role, StoreError> {
    let sql = "SELECT role FROM permission WHERE questionnaire = $1 AND account = $2";
    let row = tx.row(sql, values![questionnaire, &account.id]).await?;
    let own = row.and_then(|row| Role::from_name(&row.text(0)));
    Ok(own.map_or(account.role, |own| own.max(account.role)))
}
