//! Sessions that last, end or have ended.
//!
//! Source: spec/03 §4.

use http::{Method, StatusCode};
use schema::questionnaire::Locale;
use templates::{Links, OwnPage, Theme, Visit};

use super::asked::Asked;
use super::reply::{self, Reply};
use super::respond;
use crate::app::{App, Change};
use crate::failure::Failure;

/// `/session-expiry`: when the session ends. GET leaves it as it is, PATCH extends it.
///
/// # Errors
/// [`Failure::SignedOut`].
pub async fn expiry(app: &App, asked: &mut Asked) -> Result<Reply, Failure> {
    let before = asked.session.clone();
    respond::signed_in(app, asked).await?;
    if asked.method != Method::PATCH {
        asked.session = before;
    }
    let (_, inside) = asked.inside().ok_or(Failure::SignedOut)?;
    Ok(reply::json(format!("{{\"expires_at\":\"{}\"}}", reply::iso_seconds(inside.expires_at()))))
}

/// `/session-expired`: signed out, with the page that says how to begin again.
///
/// # Errors
/// [`Failure`].
pub async fn expired(app: &App, asked: &mut Asked) -> Result<Reply, Failure> {
    end(app, asked).await?;
    reply::own(app, asked, StatusCode::OK, &OwnPage::SignIn)
}

/// `/sign-out`: ends the session, and leads to where one leaves to.
///
/// # Errors
/// [`Failure`].
pub async fn sign_out(app: &App, asked: &mut Asked) -> Result<Reply, Failure> {
    let survey = asked.session.as_ref().map(|session| &session.survey);
    let theme = survey.and_then(|survey| Theme::from_name(&survey.theme));
    let visit = Visit {
        theme: theme.or_else(|| Theme::from_name(&app.config.survey_type)),
        account_service: survey.and_then(|survey| survey.account_service.as_deref()),
        ..Visit::default()
    };
    let links = Links::new(&app.links, &visit, asked.ui());
    let to = if asked.argument("internal_redirect").is_some() {
        "/signed-out".to_owned()
    } else if asked.argument("todo").is_some() {
        links.todo.unwrap_or(links.log_out)
    } else {
        links.log_out
    };
    end(app, asked).await?;
    Ok(reply::redirect(&to))
}

/// `/signed-out`: what was saved stays. A browser that holds nothing of us is told how to begin.
///
/// # Errors
/// [`Failure`].
pub async fn signed_out(app: &App, asked: &mut Asked) -> Result<Reply, Failure> {
    if asked.session.is_none() {
        return Ok(reply::redirect("/session-expired"));
    }
    if let Some(wanted) = asked.argument("language_code").and_then(Locale::from_code)
        && matches!(wanted, Locale::En | Locale::Cy)
        && let Some(session) = &mut asked.session
    {
        wanted.code().clone_into(&mut session.language);
    }
    reply::own(app, asked, StatusCode::OK, &OwnPage::SignedOut)
}

/// Takes the session out of its row, and the way in out of the cookie. The rest stays, so that pages can still
/// say of which survey they are.
async fn end(app: &App, asked: &mut Asked) -> Result<(), Failure> {
    let Some((session, inside)) = asked.inside() else { return Ok(()) };
    let (id, key, seen) = (session.id, inside.key, inside.version);
    if let Some(opened) = app.open(key, seen).await? {
        let ended = app.change(opened, move |record, _| {
            let change =
                if record.end_session(id) { Change::Keep((), Vec::new()) } else { Change::Nothing(()) };
            Ok(change)
        });
        ended.await?;
    }
    if let Some(session) = &mut asked.session {
        session.inside = None;
    }
    Ok(())
}
