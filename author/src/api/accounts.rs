//! Accounts: made, changed, their sessions; and one's own password.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use super::fields::{Body, Path};
use super::guard::{Caller, Idempotency};
use super::session::check_password;
use crate::accounts::{self, Account, NewAccount, Role, attempts, sessions};
use crate::app::App;
use crate::problem::{Problem, ProblemBody};
use crate::secret::{SecretString, id_of, is_password, sha256_hex, token};
use crate::store::Tx;
use crate::values;

/// How long a link to choose a password may be used.
const LINK_FOR: SignedDuration = SignedDuration::from_hours(24 * 3);

#[derive(Deserialize, Validate, ToSchema)]
pub struct NewAccountBody {
    #[validate(length(min = 1, max = 200, message = "Enter a name."))]
    name: String,
    #[validate(email(message = "Enter an e-mail address."), length(max = 320))]
    email: String,
    role: Role,
    /// Of the interface: `en` or `cy`.
    language: Option<String>,
}

/// An account that was made, with the link by which its password is chosen, once.
#[derive(Serialize, ToSchema)]
pub struct MadeAccount {
    account: Account,
    link: ResetLink,
}

#[derive(Serialize, ToSchema)]
pub struct ResetLink {
    /// The page to open, with its secret.
    url: String,
    expires_at: String,
}

#[derive(Deserialize, Validate, ToSchema)]
pub struct AccountChange {
    role: Option<Role>,
    disabled: Option<bool>,
    #[validate(length(min = 1, max = 200, message = "Enter a name."))]
    name: Option<String>,
}

#[derive(Deserialize, Validate, ToSchema)]
pub struct NewPassword {
    #[schema(value_type = String, format = "password")]
    current: SecretString,
    #[schema(value_type = String, format = "password", min_length = 10, max_length = 200)]
    new: SecretString,
}

#[derive(Deserialize, Validate, ToSchema)]
pub struct ResetPassword {
    /// From the link.
    #[schema(value_type = String)]
    secret: SecretString,
    #[schema(value_type = String, format = "password", min_length = 10, max_length = 200)]
    password: SecretString,
}

/// All accounts.
#[utoipa::path(
    get, path = "/api/v1/accounts", tag = "accounts", operation_id = "listAccounts",
    responses((status = 200, body = Vec<Account>), (status = "default", content_type = "application/problem+json", body = ProblemBody)),
    extensions(("x-permission" = json!("administrator"))),
)]
pub async fn list(caller: Caller) -> Result<Json<Vec<Account>>, Problem> {
    let mut tx = caller.read().await?;
    let all = accounts::all(&mut tx).await?;
    tx.commit().await?;
    Ok(Json(all))
}

/// Makes an account.
#[utoipa::path(
    post, path = "/api/v1/accounts", tag = "accounts", operation_id = "makeAccount", request_body = NewAccountBody,
    responses((status = 201, body = MadeAccount), (status = "default", content_type = "application/problem+json", body = ProblemBody)),
    extensions(("x-permission" = json!("administrator"))),
)]
pub async fn create(
    caller: Caller,
    Idempotency(key): Idempotency,
    Body(given): Body<NewAccountBody>,
) -> Result<Response, Problem> {
    let id = id_of(&["account", &caller.account()?.id, &key]).to_string();
    let language = if given.language.as_deref() == Some("cy") { "cy" } else { "en" };
    let mut tx = caller.write().await?;
    if accounts::find(&mut tx, &id).await?.is_none() {
        let new = NewAccount {
            id: &id,
            email: &given.email,
            name: &given.name,
            role: given.role,
            language,
            password: None,
        };
        accounts::create(&mut tx, &new, caller.now).await.map_err(|why| match why {
            crate::store::StoreError::Taken => Problem::clash("Somebody has this e-mail address."),
            why => why.into(),
        })?;
    }
    let account = accounts::find(&mut tx, &id).await?.ok_or_else(Problem::not_found)?;
    let link = make_link(&mut tx, &caller, &id).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(MadeAccount { account, link })).into_response())
}

async fn make_link(tx: &mut Tx, caller: &Caller, account: &str) -> Result<ResetLink, Problem> {
    let secret = token()?;
    let expires_at = (caller.now + LINK_FOR).to_string();
    let sql = "INSERT INTO reset_link (hash, account, created_at, expires_at, used_at) VALUES ($1, $2, $3, $4, NULL)";
    let hash = sha256_hex(secret.expose().as_bytes());
    tx.execute(sql, values![hash, account, caller.now.to_string(), &expires_at]).await?;
    Ok(ResetLink { url: format!("/reset-password#{}", secret.expose()), expires_at })
}

/// Whether somebody else administers, so that the last one cannot lock everybody out.
async fn another_administrator(tx: &mut Tx, id: &str) -> Result<bool, Problem> {
    let sql = "SELECT 1 FROM account WHERE role = 'administrator' AND disabled = 0 AND id <> $1 LIMIT 1";
    Ok(tx.row(sql, values![id]).await?.is_some())
}

/// Changes an account. Who is disabled is signed out everywhere.
#[utoipa::path(
    patch, path = "/api/v1/accounts/{account}", tag = "accounts", operation_id = "changeAccount",
    params(("account" = String, Path)), request_body = AccountChange,
    responses((status = 200, body = Account), (status = "default", content_type = "application/problem+json", body = ProblemBody)),
    extensions(("x-permission" = json!("administrator"))),
)]
pub async fn change(
    caller: Caller,
    Path(id): Path<String>,
    Body(given): Body<AccountChange>,
) -> Result<Json<Account>, Problem> {
    let mut tx = caller.write().await?;
    let account = accounts::find(&mut tx, &id).await?.ok_or_else(Problem::not_found)?;
    let role = given.role.unwrap_or(account.role);
    let disabled = given.disabled.unwrap_or(account.disabled);
    let steps_down = account.role == Role::Administrator && (role != Role::Administrator || disabled);
    if steps_down && !another_administrator(&mut tx, &id).await? {
        return Err(Problem::clash("Nobody else administers: make somebody an administrator first."));
    }
    let name = given.name.unwrap_or(account.name);
    let sql = "UPDATE account SET role = $1, disabled = $2, name = $3 WHERE id = $4";
    tx.execute(sql, values![role.name(), disabled, name.trim(), &id]).await?;
    if disabled {
        sessions::end_all(&mut tx, &id).await?;
    }
    let account = accounts::find(&mut tx, &id).await?.ok_or_else(Problem::not_found)?;
    tx.commit().await?;
    Ok(Json(account))
}

/// Makes a link by which somebody chooses a new password, once.
#[utoipa::path(
    post, path = "/api/v1/accounts/{account}/reset-link", tag = "accounts", operation_id = "makeResetLink",
    params(("account" = String, Path)),
    responses((status = 201, body = ResetLink), (status = "default", content_type = "application/problem+json", body = ProblemBody)),
    extensions(("x-permission" = json!("administrator"))),
)]
pub async fn reset_link(caller: Caller, Path(id): Path<String>) -> Result<Response, Problem> {
    let mut tx = caller.write().await?;
    accounts::find(&mut tx, &id).await?.ok_or_else(Problem::not_found)?;
    let link = make_link(&mut tx, &caller, &id).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(link)).into_response())
}

/// Chooses a password by a link; every session of the account ends.
#[utoipa::path(
    post, path = "/api/v1/reset-password", tag = "accounts", operation_id = "resetPassword",
    request_body = ResetPassword,
    responses((status = 204), (status = "default", content_type = "application/problem+json", body = ProblemBody)),
    extensions(("x-permission" = json!("anyone"))),
)]
pub async fn reset_password(
    State(app): State<App>,
    caller: Caller,
    Body(given): Body<ResetPassword>,
) -> Result<StatusCode, Problem> {
    if !app.attempts.may_try(&caller.tenant.slug, "reset link", &caller.source) {
        return Err(Problem::too_many(attempts::FOR.as_secs()));
    }
    check_password(&given.password)?;
    let hash = sha256_hex(given.secret.expose().as_bytes());
    let now = caller.now.to_string();
    let mut tx = caller.read().await?;
    let sql = "SELECT account FROM reset_link WHERE hash = $1 AND used_at IS NULL AND expires_at > $2";
    let account = tx.row(sql, values![&hash, &now]).await?.map(|row| row.text(0));
    tx.commit().await?;
    let over = || Problem::unsound("This link was used already, or its time is over. Ask for another.");
    let account = account.ok_or_else(over)?;
    app.attempts.succeeded(&caller.tenant.slug, "reset link", &caller.source);
    let kept = accounts::kept(given.password).await?;
    let acting = crate::store::Acting::new(&account, &caller.request);
    let mut tx = caller.tenant.database.write(&acting).await?;
    let sql = "UPDATE reset_link SET used_at = $1 WHERE hash = $2 AND used_at IS NULL";
    if tx.execute(sql, values![&now, &hash]).await? == 0 {
        return Err(over());
    }
    accounts::set_password(&mut tx, &account, &kept, None).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Changes one's own password; every other session of one's own ends.
#[utoipa::path(
    put, path = "/api/v1/account/password", tag = "accounts", operation_id = "changePassword",
    request_body = NewPassword,
    responses((status = 204), (status = "default", content_type = "application/problem+json", body = ProblemBody)),
    extensions(("x-permission" = json!("viewer"))),
)]
pub async fn change_password(
    State(app): State<App>,
    caller: Caller,
    Body(given): Body<NewPassword>,
) -> Result<StatusCode, Problem> {
    check_password(&given.new)?;
    let account = caller.account()?.clone();
    if !app.attempts.may_try(&caller.tenant.slug, &account.email, &caller.source) {
        return Err(Problem::too_many(attempts::FOR.as_secs()));
    }
    let mut tx = caller.read().await?;
    let kept = accounts::by_email(&mut tx, &account.email).await?.map(|(_, kept)| kept);
    tx.commit().await?;
    let current = given.current;
    let is_it = tokio::task::spawn_blocking(move || is_password(&current, kept.as_deref()));
    if !is_it.await.map_err(Problem::internal)? {
        return Err(Problem::unsound("The current password is not right."));
    }
    app.attempts.succeeded(&caller.tenant.slug, &account.email, &caller.source);
    let kept = accounts::kept(given.new).await?;
    let session = caller.session.as_ref().map(sessions::name);
    let mut tx = caller.write().await?;
    accounts::set_password(&mut tx, &account.id, &kept, session.as_deref()).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// An account's sessions: one's own, or an administrator's to see.
#[utoipa::path(
    get, path = "/api/v1/accounts/{account}/sessions", tag = "accounts", operation_id = "listSessions",
    params(("account" = String, Path)),
    responses((status = 200, body = Vec<sessions::Session>), (status = "default", content_type = "application/problem+json", body = ProblemBody)),
    extensions(("x-permission" = json!("viewer"))),
)]
pub async fn list_sessions(
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<Vec<sessions::Session>>, Problem> {
    own_or_administrator(&caller, &id)?;
    let current = caller.session.as_ref().map(sessions::name).unwrap_or_default();
    let mut tx = caller.read().await?;
    accounts::find(&mut tx, &id).await?.ok_or_else(Problem::not_found)?;
    let all = sessions::all(&mut tx, &id, &current, caller.now).await?;
    tx.commit().await?;
    Ok(Json(all))
}

/// Ends a session.
#[utoipa::path(
    delete, path = "/api/v1/accounts/{account}/sessions/{session}", tag = "accounts", operation_id = "endSession",
    params(("account" = String, Path), ("session" = String, Path)),
    responses((status = 204), (status = "default", content_type = "application/problem+json", body = ProblemBody)),
    extensions(("x-permission" = json!("viewer"))),
)]
pub async fn end_session(
    caller: Caller,
    Path((id, session)): Path<(String, String)>,
) -> Result<StatusCode, Problem> {
    own_or_administrator(&caller, &id)?;
    let mut tx = caller.write().await?;
    let was_there = sessions::end(&mut tx, &session, &id).await?;
    tx.commit().await?;
    if was_there { Ok(StatusCode::NO_CONTENT) } else { Err(Problem::not_found()) }
}

fn own_or_administrator(caller: &Caller, id: &str) -> Result<(), Problem> {
    let account = caller.account()?;
    if account.id == id || account.role == Role::Administrator { Ok(()) } else { Err(Problem::not_found()) }
}
