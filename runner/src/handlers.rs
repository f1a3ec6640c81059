//! The table of addresses, and what happens to every request before and after its handler.
//!
//! Source: spec/03 §2.

mod after;
mod asked;
mod assets;
mod demo;
mod dump;
mod flush;
mod individual;
mod known;
mod languages;
pub mod launch;
mod leave;
mod lookup;
mod pdf;
mod proof;
mod reply;
mod respond;
mod service;

use std::any::Any;
use std::time::Duration;

use axum::body::Body;
use axum::extract::State;
use http::{HeaderValue, Method, Request, StatusCode, Uri, header};
use templates::OwnPage;

use crate::app::App;
use crate::failure::Failure;
use crate::moment::moment;
use crate::serving::admission::{Busy, Class};
use crate::serving::{body, compress, failpoint, headers};
use asked::Asked;
use dump::Dump;
pub use launch::read as read_response;
use reply::Reply;

/// Answers any request.
pub async fn answer(State(app): State<App>, request: Request<Body>) -> Reply {
    let https = headers::is_https(request.headers());
    let (head, body) = request.into_parts();
    let mut reply = if head.method == Method::OPTIONS {
        options()
    } else {
        match moment() {
            Ok(moment) => {
                let session = asked::session_of(&app.cookies, &head.headers, &moment);
                let before = session.clone();
                let mut asked = Asked::new(&head.method, &head.uri, session, moment);
                let mut reply = handle(&app, &head, &mut asked, body).await;
                if asked.session != before {
                    keep(&app, &asked, &mut reply);
                }
                reply
            }
            Err(_) => reply::html(StatusCode::INTERNAL_SERVER_ERROR, String::new()),
        }
    };
    headers::complete(reply.headers_mut(), https);
    if app.config.compress {
        reply = compress::reply(&head.headers, reply).await;
    }
    app.metrics.replied(reply.status());
    reply
}

/// What is answered where a handler panicked: the page of a fault of ours. What it panicked with is not kept, since
/// it may hold an answer.
pub fn broken(app: App) -> impl Fn(Box<dyn Any + Send>) -> Reply + Clone {
    move |_| {
        let Ok(moment) = moment() else {
            return reply::html(StatusCode::INTERNAL_SERVER_ERROR, String::new());
        };
        let asked = Asked::new(&Method::GET, &Uri::from_static("/"), None, moment);
        let mut reply = failed(&app, &asked, &Failure::Internal("a handler panicked".to_owned()));
        headers::complete(reply.headers_mut(), false);
        app.metrics.replied(reply.status());
        reply
    }
}

/// Answers on the administrators' port.
pub async fn administer(State(app): State<App>, request: Request<Body>) -> Reply {
    match request.uri().path() {
        "/metrics" => service::metrics(&app),
        "/livez" => service::live(),
        "/readyz" => service::ready(&app),
        _ => reply::html(StatusCode::NOT_FOUND, String::new()),
    }
}

fn options() -> Reply {
    let mut reply = Reply::default();
    let allowed = HeaderValue::from_static("GET, HEAD, OPTIONS, PATCH, POST");
    reply.headers_mut().insert(header::ALLOW, allowed);
    reply
}

/// Sends the session back in its cookie, or takes the cookie away.
fn keep(app: &App, asked: &Asked, reply: &mut Reply) {
    let cookie = match &asked.session {
        Some(session) => app.cookies.set(session),
        None => Ok(app.cookies.clear()),
    };
    match cookie {
        Ok(cookie) => {
            reply.headers_mut().append(header::SET_COOKIE, cookie);
        }
        Err(error) => tracing::error!(%error, "a session cookie could not be made"),
    }
}

async fn handle(app: &App, head: &http::request::Parts, asked: &mut Asked, body: Body) -> Reply {
    let done = match take(app, head, asked, body).await {
        Ok(()) => admitted(app, head, asked).await,
        Err(failure) => Err(failure),
    };
    match done {
        Ok(reply) => reply,
        Err(failure) => failed(app, asked, &failure),
    }
}

/// Reads what was posted.
async fn take(app: &App, head: &http::request::Parts, asked: &mut Asked, body: Body) -> Result<(), Failure> {
    if asked.method != Method::POST {
        return Ok(());
    }
    let bounds = &app.config.bounds;
    let time = Duration::try_from(bounds.read_timeout).unwrap_or(Duration::from_secs(10));
    let bytes = body::read(body, bounds.body_bytes, time).await?;
    Ok(asked.post(&head.headers, &bytes)?)
}

/// Goes by the table, once there is a place: launches are turned away before people inside.
async fn admitted(app: &App, head: &http::request::Parts, asked: &mut Asked) -> Result<Reply, Failure> {
    let class = match asked.segments.first().map(String::as_str) {
        Some("session") if head.method != Method::HEAD => Some(Class::Launch),
        Some("questionnaire" | "individual-response" | "submitted" | "dump" | "flush") => {
            Some(Class::InProgress)
        }
        _ => None,
    };
    let _place = match class {
        Some(class) => match app.admission.enter(class).await {
            Ok(place) => Some(place),
            Err(Busy) => {
                asked.stranger = asked::preferred(&head.headers);
                return Err(Failure::Busy);
            }
        },
        None => None,
    };
    failpoint::reached("admitted").await;
    let reply = route(app, head, asked).await;
    failpoint::reached("answered").await;
    reply
}

/// The table.
async fn route(app: &App, head: &http::request::Parts, asked: &mut Asked) -> Result<Reply, Failure> {
    let segments = asked.segments.clone();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let (get, post, patch) = (Method::GET, Method::POST, Method::PATCH);
    match segments.as_slice() {
        ["session"] if head.method == Method::HEAD => Ok(launch::head()),
        ["session"] => {
            only(asked, &[get, post])?;
            launch::launch(app, asked).await
        }
        ["session-expiry"] => {
            only(asked, &[get, patch])?;
            leave::expiry(app, asked).await
        }
        ["questionnaire", "preview"] | ["submitted", "view-response"] | ["individual-response"] => {
            only(asked, &[get])?;
            respond::respond(app, asked).await
        }
        ["questionnaire", "preview", "download-pdf"] | ["submitted", "download-pdf"] => {
            only(asked, &[get])?;
            pdf::pdf(app, asked).await
        }
        ["questionnaire" | "individual-response", ..] | ["submitted", "thank-you"] => {
            only(asked, &[get, post])?;
            respond::respond(app, asked).await
        }
        ["flush"] => {
            only(asked, &[post])?;
            flush::flush(app, asked).await
        }
        ["submitted", "feedback", "send"] => {
            only(asked, &[get, post])?;
            after::feedback(app, asked).await
        }
        ["submitted", "feedback", "sent"] => {
            only(asked, &[get])?;
            after::feedback_sent(app, asked).await
        }
        ["submitted", "confirmation-email", "send"] => {
            only(asked, &[get, post])?;
            after::email_send(app, asked).await
        }
        ["submitted", "confirmation-email", "confirm"] => {
            only(asked, &[get, post])?;
            after::email_confirm(app, asked).await
        }
        ["submitted", "confirmation-email", "sent"] => {
            only(asked, &[get])?;
            after::email_sent(app, asked).await
        }
        ["suggestions"] => {
            only(asked, &[get])?;
            lookup::suggestions(app, asked).await
        }
        ["address-lookup", path @ ..] => {
            only(asked, &[get])?;
            lookup::addresses(app, asked, path).await
        }
        ["static", name] => {
            only(asked, &[get])?;
            assets::asset(name, &head.headers)
        }
        [] | ["demo", ..] if app.config.demo => {
            only(asked, &[get, post])?;
            demo::demo(app, asked, &segments).await
        }
        _ => {
            only_known(asked, &segments)?;
            others(app, asked, &segments).await
        }
    }
}

/// What only GET reaches.
async fn others(app: &App, asked: &mut Asked, segments: &[&str]) -> Result<Reply, Failure> {
    let information = |name| app.information.page(name, asked.ui());
    match segments {
        ["session-expired"] => leave::expired(app, asked).await,
        ["sign-out"] => leave::sign_out(app, asked).await,
        ["signed-out"] => leave::signed_out(app, asked).await,
        ["dump", "debug"] => dump::dump(app, asked, Dump::Debug).await,
        ["dump", "routing-path"] => dump::dump(app, asked, Dump::RoutingPath).await,
        ["dump", "submission"] => dump::dump(app, asked, Dump::Submission).await,
        ["schemas"] => service::schemas(app),
        ["schemas", name] => service::schema(app, name).await,
        ["status"] => Ok(service::status()),
        ["livez"] => Ok(service::live()),
        ["readyz"] => Ok(service::ready(app)),
        ["metrics"] if app.config.admin_port.is_none() => Ok(service::metrics(app)),
        ["cookies"] => reply::own(app, asked, StatusCode::OK, &OwnPage::Cookies(information("cookies"))),
        ["privacy"] => reply::own(app, asked, StatusCode::OK, &OwnPage::Privacy(information("privacy"))),
        ["accessibility"] => {
            let page = OwnPage::Accessibility(information("accessibility"));
            reply::own(app, asked, StatusCode::OK, &page)
        }
        _ => Err(Failure::NotFound),
    }
}

fn only(asked: &Asked, methods: &[Method]) -> Result<(), Failure> {
    if methods.contains(&asked.method) { Ok(()) } else { Err(Failure::WrongMethod) }
}

/// Another method than GET is wrong only where there is something to get.
fn only_known(asked: &Asked, segments: &[&str]) -> Result<(), Failure> {
    let is_known = matches!(
        segments,
        ["session-expired"
            | "sign-out"
            | "signed-out"
            | "schemas"
            | "status"
            | "livez"
            | "readyz"
            | "metrics"]
            | ["cookies" | "privacy" | "accessibility"]
            | ["dump", "debug" | "routing-path" | "submission"]
            | ["schemas", _]
    );
    match asked.method == Method::GET {
        true => Ok(()),
        false if is_known => Err(Failure::WrongMethod),
        false => Err(Failure::NotFound),
    }
}

/// What may be asked of an address, where something else was.
fn allowed(segments: &[String]) -> &'static str {
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    match segments.as_slice() {
        ["session-expiry"] => "GET, HEAD, OPTIONS, PATCH",
        ["questionnaire", "preview"]
        | ["questionnaire", "preview", "download-pdf"]
        | ["submitted", "view-response"]
        | ["individual-response"] => "GET, HEAD, OPTIONS",
        []
        | ["session"]
        | ["demo" | "questionnaire" | "individual-response", ..]
        | ["submitted", "thank-you"] => "GET, HEAD, OPTIONS, POST",
        _ => "GET, HEAD, OPTIONS",
    }
}

/// The page of a failure, and its line in the log.
fn failed(app: &App, asked: &Asked, failure: &Failure) -> Reply {
    let reference = failure.log(&asked.method, &asked.path);
    // To be sent again as it is, with what it proves. A launch is not a form of ours.
    let is_ours = matches!(
        asked.segments.first().map(String::as_str),
        Some("questionnaire" | "individual-response" | "submitted")
    );
    let form = if is_ours { asked.form.iter().collect() } else { Vec::new() };
    let page = failure.page(reference.as_deref(), form);
    let status = failure.status();
    let mut reply = reply::own(app, asked, status, &page).unwrap_or_else(|error| {
        // The page of a failure must not fail on its own account: then the status says it alone.
        let _ = error.log(&asked.method, &asked.path);
        reply::html(status, String::new())
    });
    if status == StatusCode::METHOD_NOT_ALLOWED {
        reply.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allowed(&asked.segments)));
    }
    if status == StatusCode::SERVICE_UNAVAILABLE {
        reply.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("10"));
    }
    reply
}
