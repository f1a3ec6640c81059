//! Who asks, and whether they may: before any handler. What is allowed to whom stands at the route (`permissions`).

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts, MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{HeaderMap, Method, header};
use jiff::Timestamp;

use super::permissions::Permission;
use crate::accounts::{Account, Role, role_for, sessions};
use crate::app::App;
use crate::drafts::Person;
use crate::problem::Problem;
use crate::secret::{SecretString, csrf, same, sha256_hex};
use crate::store::{Acting, Tx};
use crate::tenants::Tenant;
use crate::values;

/// Proves that a page of ours sent a request.
pub const CSRF: &str = "x-csrf-token";
/// Names a changing request, so that it can be sent again.
pub const IDEMPOTENCY: &str = "idempotency-key";

/// Who asks.
#[derive(Clone)]
pub struct Caller {
    pub tenant: Arc<Tenant>,
    pub account: Option<Account>,
    /// What they may here: for the questionnaire that the route names, if it names one.
    pub role: Option<Role>,
    /// What their browser holds.
    pub session: Option<SecretString>,
    /// Names the request in the audit log.
    pub request: String,
    pub now: Timestamp,
    /// Where it comes from.
    pub source: String,
}

impl Caller {
    /// Who is signed in.
    ///
    /// # Errors
    /// [`Problem::signed_out`].
    pub fn account(&self) -> Result<&Account, Problem> {
        self.account.as_ref().ok_or_else(Problem::signed_out)
    }

    /// The same, as others see them.
    ///
    /// # Errors
    /// [`Problem::signed_out`].
    pub fn person(&self) -> Result<Person, Problem> {
        let account = self.account()?;
        Ok(Person { id: account.id.clone(), name: account.name.clone() })
    }

    /// Who writes; before anybody is signed in, the service itself.
    #[must_use]
    pub fn acting(&self) -> Acting {
        let actor = self.account.as_ref().map_or("system", |account| &account.id);
        Acting::new(actor, &self.request)
    }

    /// Begins to write as whoever asks.
    ///
    /// # Errors
    /// [`Problem`].
    pub async fn write(&self) -> Result<Tx, Problem> {
        Ok(self.tenant.database.write(&self.acting()).await?)
    }

    /// Begins to read.
    ///
    /// # Errors
    /// [`Problem`].
    pub async fn read(&self) -> Result<Tx, Problem> {
        Ok(self.tenant.database.read().await?)
    }

    /// The day on which definitions are checked.
    #[must_use]
    pub fn today(&self) -> schema::value::Date {
        crate::app::today(self.now)
    }
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        // Only a route behind the guard has one.
        parts.extensions.get::<Caller>().cloned().ok_or_else(|| Problem::internal("a route without a guard"))
    }
}

/// The key under which a changing request is sent.
pub struct Idempotency(pub String);

impl<S: Sync> FromRequestParts<S> for Idempotency {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        match parts.headers.get(IDEMPOTENCY) {
            None => Ok(Self(uuid::Uuid::new_v4().to_string())),
            Some(key) => {
                let key = key.to_str().ok().filter(|key| (1..=200).contains(&key.len()));
                let key =
                    key.ok_or_else(|| Problem::malformed("Idempotency-Key has 1 to 200 characters."))?;
                Ok(Self(key.to_owned()))
            }
        }
    }
}

/// The cookie's name: with the prefix that binds it to this host wherever https is.
#[must_use]
pub fn cookie_name(is_secure: bool) -> &'static str {
    if is_secure { "__Host-author" } else { "author" }
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<SecretString> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs =
        cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let (_, value) = pairs.find(|(has, _)| *has == name)?;
    (value.len() <= 100).then(|| SecretString::new(value.to_owned()))
}

/// Sets the cookie, or takes it away.
#[must_use]
pub fn set_cookie(app: &App, token: Option<&SecretString>) -> String {
    let is_secure = app.config.secure_cookie;
    let name = cookie_name(is_secure);
    let secure = if is_secure { "; Secure" } else { "" };
    match token {
        Some(token) => format!("{name}={}; Path=/; HttpOnly; SameSite=Lax{secure}", token.expose()),
        None => format!("{name}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{secure}"),
    }
}

/// The request's host, without a port.
fn host(request: &Parts) -> String {
    let named = request.headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let host = named.or_else(|| request.uri.host()).unwrap_or_default();
    let without_port = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    without_port.trim_matches(['[', ']']).to_ascii_lowercase()
}

/// Who asks, as far as host and cookie tell.
async fn caller(app: &App, request: &Parts) -> Result<Caller, Problem> {
    let tenant = app.tenants.of_host(&host(request)).await?.ok_or_else(Problem::not_found)?;
    let source = request.extensions.get::<ConnectInfo<SocketAddr>>();
    let source = source.map_or_else(String::new, |source| source.0.ip().to_string());
    let session = cookie(&request.headers, cookie_name(app.config.secure_cookie));
    let now = Timestamp::now();
    let mut caller = Caller {
        tenant,
        account: None,
        role: None,
        session,
        request: uuid::Uuid::new_v4().to_string(),
        now,
        source,
    };
    if let Some(token) = &caller.session {
        let mut tx = caller.tenant.database.read().await?;
        let found = sessions::of(&mut tx, token, now).await?;
        tx.commit().await?;
        if let Some((account, is_due)) = found {
            if is_due {
                let acting = Acting::new(&account.id, &caller.request);
                let mut tx = caller.tenant.database.write(&acting).await?;
                sessions::seen(&mut tx, token, now).await?;
                tx.commit().await?;
            }
            caller.role = Some(account.role);
            caller.account = Some(account);
        }
    }
    Ok(caller)
}

/// Lets a request through to its handler, or says why not.
pub async fn guard(State(app): State<App>, path: MatchedPath, request: Request, next: Next) -> Response {
    let (mut head, body) = request.into_parts();
    match admit(&app, path.as_str(), &head).await {
        Ok(caller) => {
            head.extensions.insert(caller);
            next.run(Request::from_parts(head, body)).await
        }
        Err(problem) => problem.into_response(),
    }
}

async fn admit(app: &App, path: &str, request: &Parts) -> Result<Caller, Problem> {
    let mut caller = caller(app, request).await?;
    let asked = app.permissions.find(&request.method, path).ok_or_else(Problem::not_found)?;
    if asked == Permission::Registry {
        return by_token(caller, request).await;
    }
    let is_changing = ![Method::GET, Method::HEAD].contains(&request.method);
    if let Permission::Role(wanted) = asked {
        let account = caller.account()?.clone();
        if let Some(id) = questionnaire(path, request.uri.path()) {
            let mut tx = caller.read().await?;
            let is_there = tx.row("SELECT 1 FROM questionnaire WHERE id = $1", values![&id]).await?;
            is_there.ok_or_else(Problem::not_found)?;
            caller.role = Some(role_for(&mut tx, &account, &id).await?);
            tx.commit().await?;
        }
        if caller.role.is_none_or(|role| role < wanted) {
            return Err(Problem::not_allowed(wanted.name()));
        }
    }
    if is_changing {
        let sent = request.headers.get(CSRF).and_then(|sent| sent.to_str().ok()).unwrap_or_default();
        let is_ours = caller.session.as_ref().is_some_and(|session| same(sent, &csrf(session)));
        if !is_ours {
            return Err(Problem::forged());
        }
    }
    Ok(caller)
}

/// The questionnaire that an address names.
fn questionnaire(path: &str, asked: &str) -> Option<String> {
    path.strip_prefix("/api/v1/questionnaires/{id}")?;
    let id = asked.strip_prefix("/api/v1/questionnaires/")?.split('/').next()?;
    Some(percent_encoding::percent_decode_str(id).decode_utf8_lossy().into_owned())
}

async fn by_token(caller: Caller, request: &Parts) -> Result<Caller, Problem> {
    let given = request.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let given = given.and_then(|value| value.strip_prefix("Bearer ")).ok_or_else(Problem::signed_out)?;
    let mut tx = caller.read().await?;
    let sql = "SELECT 1 FROM registry_token WHERE hash = $1 AND revoked_at IS NULL";
    let known = tx.row(sql, values![sha256_hex(given.trim().as_bytes())]).await?;
    tx.commit().await?;
    known.ok_or_else(Problem::signed_out).map(|_| caller)
}

/// For a preview's pages: who looks must be signed in; what is posted there is sent by the page itself.
pub async fn preview(State(app): State<App>, request: Request, next: Next) -> Response {
    let (mut head, body) = request.into_parts();
    match caller(&app, &head).await {
        Ok(caller) => {
            head.extensions.insert(caller);
            next.run(Request::from_parts(head, body)).await
        }
        Err(problem) => problem.into_response(),
    }
}

/// Carries a changing request out in a task of its own: who hangs up does not cut it off.
pub async fn whole(State(app): State<App>, request: Request, next: Next) -> Response {
    let Ok(place) = Arc::clone(&app.places).try_acquire_owned() else {
        return Problem::unavailable().into_response();
    };
    if [Method::GET, Method::HEAD].contains(request.method()) {
        let reply = next.run(request).await;
        drop(place);
        return reply;
    }
    let work = async move {
        let reply = next.run(request).await;
        drop(place);
        reply
    };
    match app.work.spawn(work).await {
        Ok(reply) => reply,
        Err(lost) => Problem::internal(lost).into_response(),
    }
}
