//! Signing in and out, and who one is.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode, header};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use validator::Validate;

use super::fields::Body;
use super::guard::{Caller, set_cookie};
use crate::accounts::{self, NewAccount, Role, attempts, sessions};
use crate::app::App;
use crate::problem::{Problem, ProblemBody};
use crate::secret::{SecretString, csrf, id_of, is_password, token};
use crate::tenants::DEMO;
use crate::values;

/// Who one is, and what a page needs to know at first.
#[derive(Serialize, ToSchema)]
pub struct SessionView {
    user: Option<User>,
    /// For the header X-CSRF-Token.
    csrf: String,
    organisation: Organisation,
    /// Whether nobody has an account yet.
    first_run: bool,
    /// Where respondents come in.
    runner: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub struct User {
    id: String,
    name: String,
    email: String,
    role: Role,
    language: String,
}

#[derive(Serialize, ToSchema)]
pub struct Organisation {
    name: String,
}

/// How one signs in.
#[derive(Deserialize, Validate, ToSchema)]
pub struct Credentials {
    #[validate(length(max = 320))]
    email: String,
    #[schema(value_type = String, format = "password")]
    password: SecretString,
}

/// The first account of an installation, an administrator's.
#[derive(Deserialize, Validate, ToSchema)]
pub struct FirstAccount {
    #[validate(length(min = 1, max = 200, message = "Enter a name."))]
    name: String,
    #[validate(email(message = "Enter an e-mail address."), length(max = 320))]
    email: String,
    #[schema(value_type = String, format = "password", min_length = 10, max_length = 200)]
    password: SecretString,
    #[validate(length(min = 1, max = 200))]
    organisation: Option<String>,
    /// Of the interface: `en` or `cy`.
    language: Option<String>,
}

/// Who one is.
#[utoipa::path(
    get, path = "/api/v1/session", tag = "session", operation_id = "readSession",
    responses((status = 200, body = SessionView), (status = "default", content_type = "application/problem+json", body = ProblemBody)),
    extensions(("x-permission" = json!("anyone"))),
)]
pub async fn read(State(app): State<App>, caller: Caller) -> Result<Response, Problem> {
    // Who is nobody yet gets a secret of their own as well: what they send next must come from a page of ours.
    match &caller.session {
        Some(session) => {
            let view = view(&app, &caller, session).await?;
            Ok(Json(view).into_response())
        }
        None => {
            let session = token()?;
            let view = view(&app, &caller, &session).await?;
            Ok(([(header::SET_COOKIE, set_cookie(&app, Some(&session)))], Json(view)).into_response())
        }
    }
}

async fn view(app: &App, caller: &Caller, session: &SecretString) -> Result<SessionView, Problem> {
    let mut tx = caller.read().await?;
    let first_run = accounts::is_first(&mut tx).await?;
    let name = tx.row("SELECT name FROM organisation LIMIT 1", &[]).await?;
    tx.commit().await?;
    let name = name.map_or_else(|| caller.tenant.slug.clone(), |row| row.text(0));
    Ok(SessionView {
        user: caller.account.as_ref().map(|account| User {
            id: account.id.clone(),
            name: account.name.clone(),
            email: account.email.clone(),
            role: account.role,
            language: account.language.clone(),
        }),
        csrf: csrf(session),
        organisation: Organisation { name },
        first_run,
        runner: app.config.runner.clone(),
    })
}

/// Begins a session for somebody: under a new secret, so that none can be put into their browser beforehand.
async fn enter(
    app: &App,
    caller: Caller,
    account: accounts::Account,
    headers: &HeaderMap,
    status: StatusCode,
) -> Result<Response, Problem> {
    let session = token()?;
    let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    let caller = Caller { account: Some(account), session: None, ..caller };
    let mut tx = caller.write().await?;
    sessions::begin(&mut tx, &session, &caller.account()?.id, agent, caller.now).await?;
    tx.commit().await?;
    let view = view(app, &caller, &session).await?;
    Ok((status, [(header::SET_COOKIE, set_cookie(app, Some(&session)))], Json(view)).into_response())
}

/// Signs in.
#[utoipa::path(
    post, path = "/api/v1/session", tag = "session", operation_id = "signIn", request_body = Credentials,
    responses((status = 200, body = SessionView), (status = "default", content_type = "application/problem+json", body = ProblemBody)),
    extensions(("x-permission" = json!("anyone"))),
)]
pub async fn sign_in(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    Body(given): Body<Credentials>,
) -> Result<Response, Problem> {
    let address = accounts::address(&given.email);
    let tenant = caller.tenant.slug.clone();
    if !app.attempts.may_try(&tenant, &address, &caller.source) {
        return Err(Problem::too_many(attempts::FOR.as_secs()));
    }
    let mut tx = caller.read().await?;
    let found = accounts::by_email(&mut tx, &address).await?;
    tx.commit().await?;
    let (account, kept) = found.map_or((None, None), |(account, kept)| (Some(account), Some(kept)));
    let password = given.password;
    let is_it = tokio::task::spawn_blocking(move || is_password(&password, kept.as_deref()));
    let is_it = is_it.await.map_err(Problem::internal)?;
    let account = account.filter(|account| is_it && !account.disabled).ok_or_else(Problem::wrong_password)?;
    app.attempts.succeeded(&tenant, &address, &caller.source);
    enter(&app, caller, account, &headers, StatusCode::OK).await
}

/// Signs out.
#[utoipa::path(
    delete, path = "/api/v1/session", tag = "session", operation_id = "signOut",
    responses((status = 204), (status = "default", content_type = "application/problem+json", body = ProblemBody)),
    extensions(("x-permission" = json!("anyone"))),
)]
pub async fn sign_out(State(app): State<App>, caller: Caller) -> Result<Response, Problem> {
    if let (Some(account), Some(session)) = (&caller.account, &caller.session) {
        let mut tx = caller.write().await?;
        sessions::end(&mut tx, &sessions::name(session), &account.id).await?;
        tx.commit().await?;
    }
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, set_cookie(&app, None))]).into_response())
}

/// Makes the first account; only while there is none.
#[utoipa::path(
    post, path = "/api/v1/first-account", tag = "session", operation_id = "makeFirstAccount",
    request_body = FirstAccount,
    responses((status = 201, body = SessionView), (status = "default", content_type = "application/problem+json", body = ProblemBody)),
    extensions(("x-permission" = json!("anyone"))),
)]
pub async fn first_account(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    Body(given): Body<FirstAccount>,
) -> Result<Response, Problem> {
    check_password(&given.password)?;
    let kept = accounts::kept(given.password).await?;
    let id = id_of(&["first-account", &caller.tenant.slug]).to_string();
    let mut tx = caller.write().await?;
    if !accounts::is_first(&mut tx).await? {
        return Err(Problem::clash("There is an account already: sign in."));
    }
    let language = if given.language.as_deref() == Some("cy") { "cy" } else { "en" };
    let new = NewAccount {
        id: &id,
        email: &given.email,
        name: &given.name,
        role: Role::Administrator,
        language,
        password: Some(kept),
    };
    accounts::create(&mut tx, &new, caller.now).await?;
    if let Some(name) = &given.organisation {
        let sql = "UPDATE organisation SET name = $1";
        tx.execute(sql, values![name.trim()]).await?;
    }
    let account = accounts::find(&mut tx, &id).await?;
    tx.commit().await?;
    let account = account.ok_or_else(|| Problem::internal("a new account is not there"))?;
    if app.config.samples && caller.tenant.slug == DEMO {
        let caller = Caller { account: Some(account.clone()), ..caller.clone() };
        super::questionnaires::add_samples(&app, &caller).await?;
    }
    enter(&app, caller, account, &headers, StatusCode::CREATED).await
}

/// Whether a password can be one.
///
/// # Errors
/// [`Problem::unsound`].
pub fn check_password(password: &SecretString) -> Result<(), Problem> {
    let length = password.expose().chars().count();
    if accounts::PASSWORD.contains(&length) {
        Ok(())
    } else {
        let (least, most) = (accounts::PASSWORD.start(), accounts::PASSWORD.end());
        let detail = format!("A password has {least} to {most} characters.");
        Err(Problem::unsound(detail).with("fields", json!(["password"])))
    }
}
