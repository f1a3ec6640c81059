//! Replies: pages with what stands around them, redirects, JSON.

use axum::body::Body;
use bytes::Bytes;
use engine::page::Page;
use http::{HeaderValue, Response, StatusCode, header};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use schema::questionnaire::Locale;
use templates::{Chrome, LanguageLink, Links, OwnPage, Shown, Theme, Timeout, View, Visit};

use super::asked::Asked;
use crate::app::App;
use crate::failure::Failure;

/// What is sent back, before the headers that all replies carry.
pub type Reply = Response<Body>;

const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");

/// Text as a page: also of JSON where eQ sends it so.
#[must_use]
pub fn html(status: StatusCode, text: String) -> Reply {
    let mut reply = Reply::new(Body::from(text));
    *reply.status_mut() = status;
    reply.headers_mut().insert(header::CONTENT_TYPE, HTML);
    reply
}

/// A redirect to an address of ours, or of a service that the launch named.
#[must_use]
pub fn redirect(to: &str) -> Reply {
    let mut reply = html(StatusCode::FOUND, String::new());
    // An address that no header can hold leads to where every respondent may go.
    let to = HeaderValue::try_from(to).unwrap_or(HeaderValue::from_static("/questionnaire/"));
    reply.headers_mut().insert(header::LOCATION, to);
    reply
}

/// JSON.
#[must_use]
pub fn json(text: String) -> Reply {
    json_bytes(text.into())
}

/// JSON that came from elsewhere.
#[must_use]
pub fn json_bytes(bytes: Bytes) -> Reply {
    let mut reply = Reply::new(Body::from(bytes));
    reply.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    reply
}

/// `2026-11-24T17:00:00+00:00`.
#[must_use]
pub fn iso_seconds(at: Timestamp) -> String {
    TimeZone::UTC.to_datetime(at).strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string()
}

/// Of a survey whose response is open: what its pages show around them.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// The survey's title.
    pub title: &'a str,
    /// The definition's language.
    pub definition: Locale,
    /// Those one may switch to.
    pub languages: &'a [Locale],
    /// The page's token, where it takes a POST.
    pub csrf_token: Option<&'a str>,
}

/// A page of the questionnaire.
///
/// # Errors
/// [`Failure`] when it cannot be rendered.
pub fn page(
    app: &App,
    asked: &Asked,
    around: &Around<'_>,
    status: StatusCode,
    page: &Page<'_>,
) -> Result<Reply, Failure> {
    render(app, asked, Some(around), status, Shown::Engine(page), false)
}

/// A page of ours about a response that is open.
///
/// # Errors
/// [`Failure`] when it cannot be rendered.
pub fn own_of(
    app: &App,
    asked: &Asked,
    around: &Around<'_>,
    status: StatusCode,
    page: &OwnPage<'_>,
) -> Result<Reply, Failure> {
    render(app, asked, Some(around), status, Shown::Own(page), false)
}

/// A page of ours, as far as the session's cookie tells what to show around it.
///
/// # Errors
/// [`Failure`] when it cannot be rendered.
pub fn own(app: &App, asked: &Asked, status: StatusCode, page: &OwnPage<'_>) -> Result<Reply, Failure> {
    render(app, asked, None, status, Shown::Own(page), false)
}

/// A page that belongs to no survey, whatever the browser holds: the demonstration's.
///
/// # Errors
/// [`Failure`] when it cannot be rendered.
pub fn demo(app: &App, asked: &Asked, status: StatusCode, page: &OwnPage<'_>) -> Result<Reply, Failure> {
    render(app, asked, None, status, Shown::Own(page), true)
}

fn render(
    app: &App,
    asked: &Asked,
    around: Option<&Around<'_>>,
    status: StatusCode,
    shown: Shown<'_>,
    is_own: bool,
) -> Result<Reply, Failure> {
    let session = asked.session.as_ref().filter(|_| !is_own);
    let survey = session.map(|session| &session.survey);
    let theme = survey.and_then(|survey| Theme::from_name(&survey.theme));
    let inside = session.and_then(|session| session.inside.as_ref());
    let ui = if is_own { Locale::En } else { asked.ui() };
    let visit = Visit {
        theme,
        account_service: survey.and_then(|survey| survey.account_service.as_deref()),
        is_signed_in: inside.is_some(),
        survey_id: survey.map(|survey| survey.survey_id.as_str()),
        ru_ref: survey.and_then(|survey| survey.ru_ref.as_deref()),
    };
    let links = Links::new(&app.links, &visit, ui);
    let languages = around.map_or(&[][..], |around| around.languages);
    let languages: Vec<LanguageLink> = languages
        .iter()
        .map(|&locale| LanguageLink { locale, href: language_href(asked, locale), is_current: locale == ui })
        .collect();
    let expires_at = inside.map(|inside| iso_seconds(inside.expires_at()));
    let timeout = expires_at.as_deref().map(|expires_at| Timeout {
        expires_at,
        endpoint: "/session-expiry",
        redirect: "/session-expired",
    });
    let chrome = Chrome {
        survey_title: match around {
            Some(around) => Some(around.title),
            None if is_own => Some("Canvass"),
            None => survey.map(|survey| survey.title.as_str()),
        },
        theme,
        is_own,
        is_preview: false,
        ui,
        definition: around.map_or(ui, |around| around.definition),
        csrf_token: around.and_then(|around| around.csrf_token),
        links: &links,
        languages: &languages,
        timeout,
        cookie_banner: None,
        is_signed_in: inside.is_some(),
        assets: &app.assets,
    };
    Ok(html(status, app.templates.render(&View { shown, chrome: &chrome })?))
}

/// The page's own arguments, then the language.
fn language_href(asked: &Asked, locale: Locale) -> String {
    let mut query = form_urlencoded::Serializer::new(String::from("?"));
    for (name, value) in asked.query.iter().filter(|(name, _)| name != "language_code") {
        query.append_pair(name, value);
    }
    query.append_pair("language_code", locale.code());
    query.finish()
}
