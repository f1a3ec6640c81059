//! Pages of the questionnaire: shown, and answered. One shape for all of them, because the engine decides.
//!
//! Source: spec/03 §2.1, §5, §6; design "One POST".

use std::ops::ControlFlow;
use std::sync::Arc;

use engine::apply::{self, Attempt, Command, Outcome, Problem, Step};
use engine::error::ErrorText;
use engine::open::Denied;
use engine::page::{self, Body, Page, Tongue};
use engine::place::{Location, Target};
use engine::response::{self, Response};
use engine::visitor::Visitor;
use http::{Method, StatusCode};
use schema::Questionnaire;
use schema::questionnaire::ListIx;
use schema::value::ListItemId;
use templates::Limit;

use super::after;
use super::asked::Asked;
use super::individual;
use super::languages;
use super::launch;
use super::proof;
use super::reply::{self, Around, Reply};
use crate::app::{App, Change, Opened};
use crate::effects::Effect;
use crate::failure::Failure;
use crate::record::Record;
use crate::routes;

/// Answers for everything below `/questionnaire` and `/individual-response`, and for most below `/submitted`.
///
/// # Errors
/// [`Failure`].
pub async fn respond(app: &App, asked: &mut Asked) -> Result<Reply, Failure> {
    let opened = signed_in(app, asked).await?;
    if asked.method == Method::POST { post(app, asked, opened).await } else { get(app, asked, &opened) }
}

/// Opens the session's response, in the guards' order (spec/03 §2.1), but for the last.
///
/// # Errors
/// [`Failure::SignedOut`], [`Failure::Submitted`].
pub async fn signed_in(app: &App, asked: &mut Asked) -> Result<Opened, Failure> {
    let Some((session, inside)) = asked.inside() else { return Err(Failure::SignedOut) };
    let (id, key, seen) = (session.id, inside.key, inside.version);
    if session.submitted && asked.segments.first().is_some_and(|first| first == "questionnaire") {
        return Err(Failure::Submitted);
    }
    let opened = app.open(key, seen).await?;
    let Some(opened) = opened.filter(|opened| opened.record.session(id).is_some()) else {
        if let Some(session) = &mut asked.session {
            session.inside = None;
        }
        return Err(Failure::SignedOut);
    };
    if let Some(inside) = asked.session.as_mut().and_then(|session| session.inside.as_mut()) {
        inside.extend(asked.moment.now);
    }
    languages::switch(app, asked, &opened);
    Ok(opened)
}

/// The response in a record; a flushed one has none.
///
/// # Errors
/// [`Failure::SignedOut`] where there is none.
pub fn response_in(questionnaire: &Questionnaire, record: &Record) -> Result<Response, Failure> {
    let bytes = record.body.response.as_deref().ok_or(Failure::SignedOut)?;
    launch::read(questionnaire, bytes)
}

/// Where a request leads, once its address is understood.
pub struct Way {
    target: Target,
    through: Option<(ListIx, ListItemId)>,
    /// Which languages the page speaks.
    pub tongue: Tongue,
}

impl Way {
    /// What the engine is told of the one who asks.
    fn visitor<'a>(&'a self, app: &'a App, asked: &Asked, href: &'a page::Href<'a>) -> Visitor<'a> {
        Visitor { target: &self.target, tongue: self.tongue, moment: asked.moment, limits: &app.limits, href }
    }

    fn list(&self) -> Option<ListIx> {
        self.through.map(|(list, _)| list)
    }

    /// Whether the list item that the address goes through is there.
    fn is_through_an_item(&self, response: &Response) -> bool {
        self.through.is_none_or(|(list, item)| response.lists.contains(list, item))
    }
}

/// Whether the address is one of those after submission.
fn is_after(asked: &Asked) -> bool {
    asked.segments.first().is_some_and(|first| first == "submitted")
}

/// Makes addresses; a number in one is sealed.
fn href<'a>(
    app: &'a App,
    asked: &'a Asked,
    questionnaire: &'a Questionnaire,
    way: &'a Way,
) -> impl Fn(&Target) -> String + 'a {
    move |target| match &target.number {
        None => routes::print(questionnaire, target, way.list()),
        Some(number) => {
            let number = individual::seal(app, asked, number);
            routes::print(questionnaire, &Target { number, ..target.clone() }, way.list())
        }
    }
}

/// Understands the address. Anything of a submitted response that is not after its submission leads to its thanks.
fn way(app: &App, asked: &Asked, questionnaire: &Questionnaire, response: &Response) -> Result<Way, Failure> {
    let is_after = is_after(asked);
    let found = routes::read(questionnaire, &asked.segments, &asked.query);
    let found = match (found, response.submitted.is_some(), is_after) {
        (_, true, false) => Some(routes::Asked { target: Target::at(Location::ThankYou), through: None }),
        (_, false, true) => None,
        (found, ..) => found,
    };
    let mut found = found.ok_or(Failure::NotFound)?;
    found.target.number = individual::open(app, asked, &found.target)?;
    let ui = asked.ui();
    Ok(Way {
        target: found.target,
        through: found.through,
        tongue: Tongue { definition: questionnaire.language(ui), ui },
    })
}

fn get(app: &App, asked: &Asked, opened: &Opened) -> Result<Reply, Failure> {
    let shown = look_at(app, asked, opened, |way, _, mut page| {
        after::bound(app, asked, opened, &mut page);
        show(app, asked, opened, way, StatusCode::OK, &page).map(ControlFlow::Continue)
    });
    Ok(match shown? {
        ControlFlow::Continue(reply) | ControlFlow::Break(reply) => reply,
    })
}

/// Makes the page asked for and hands it on, where it is open; else says where that leads.
///
/// # Errors
/// [`Failure`].
pub fn look_at<T>(
    app: &App,
    asked: &Asked,
    opened: &Opened,
    shown: impl FnOnce(&Way, &Response, Page<'_>) -> Result<ControlFlow<Reply, T>, Failure>,
) -> Result<ControlFlow<Reply, T>, Failure> {
    let questionnaire = &*opened.questionnaire;
    let response = response_in(questionnaire, &opened.record)?;
    let way = way(app, asked, questionnaire, &response)?;
    if response.submitted.is_some() && !is_after(asked) {
        return Ok(ControlFlow::Break(reply::redirect(&routes::print(questionnaire, &way.target, None))));
    }
    let href = href(app, asked, questionnaire, &way);
    if !way.is_through_an_item(&response) {
        return Err(Failure::NotFound);
    }
    match page::page(questionnaire, &response, &way.visitor(app, asked, &href)) {
        Ok(page) => shown(&way, &response, page),
        Err(denied) => refused(questionnaire, denied, &href).map(ControlFlow::Break),
    }
}

fn refused(
    questionnaire: &Questionnaire,
    denied: Denied,
    href: &dyn Fn(&Target) -> String,
) -> Result<Reply, Failure> {
    match denied {
        Denied::NotHere => Err(Failure::NotFound),
        Denied::TooMany => Err(Failure::TooMany(Limit::AccessCodes)),
        Denied::Elsewhere(target) => Ok(reply::redirect(&href(&target))),
        Denied::Fault(fault) => Err(Failure::fault(questionnaire, &fault)),
    }
}

/// Whether a page takes no form.
fn is_only_read(location: &Location) -> bool {
    match location {
        Location::Preview | Location::Submitted => true,
        Location::Individual(step) => !step.has_form(),
        _ => false,
    }
}

/// Renders a page of the engine's, with its token.
fn show(
    app: &App,
    asked: &Asked,
    opened: &Opened,
    way: &Way,
    status: StatusCode,
    page: &Page<'_>,
) -> Result<Reply, Failure> {
    let questionnaire = &*opened.questionnaire;
    let takes_post = !is_only_read(&way.target.location);
    let token = asked.session.as_ref().filter(|_| takes_post).map(|session| {
        let place = routes::path(questionnaire, &way.target.location, way.list());
        let shown = page.shown.map(|shown| shown.pack()).unwrap_or_default();
        app.page_tokens.issue(session.id, place.as_bytes(), &shown, asked.moment.now)
    });
    let around = Around {
        title: questionnaire.title.in_language(way.tongue.definition),
        definition: questionnaire.locale(way.tongue.definition),
        languages: &languages::offered(app, asked, opened),
        csrf_token: token.as_deref(),
    };
    reply::page(app, asked, &around, status, page)
}

/// What a POST comes to, once a version of the response stands or none was needed.
enum Done {
    /// On to there.
    Next(Target),
    /// The page again.
    Again(Box<Response>, Attempt),
    Denied(Denied),
    /// The address leads nowhere.
    NotFound,
}

async fn post(app: &App, asked: &mut Asked, opened: Opened) -> Result<Reply, Failure> {
    let response = response_in(&opened.questionnaire, &opened.record)?;
    let way = way(app, asked, &opened.questionnaire, &response)?;
    let place = routes::path(&opened.questionnaire, &way.target.location, way.list());
    let shown = proof::check(app, asked, &place)?;
    if is_only_read(&way.target.location) {
        return Err(Failure::WrongMethod);
    }
    if way.target.location == Location::ThankYou {
        if !is_after(asked) {
            return Ok(reply::redirect("/submitted/thank-you/"));
        }
        return thanked(app, asked, &opened, &response, &way);
    }
    let command = Command { form: std::mem::take(&mut asked.form), shown };
    let questionnaire = Arc::clone(&opened.questionnaire);
    let changed = {
        let (asked, way, command) = (&*asked, &way, &command);
        // What was read to understand the address is what the first try changes.
        let mut first = Some(response);
        let change = move |record: &mut Record, questionnaire: &Arc<Questionnaire>| {
            carry_out(app, asked, way, command, record, questionnaire, first.take())
        };
        app.change(opened, change).await
    };
    let (done, opened) = match changed {
        Ok(changed) => changed,
        Err(failure) => {
            // The page that says so offers it once more.
            asked.form = command.form;
            return Err(failure);
        }
    };
    if let Some(inside) = asked.session.as_mut().and_then(|session| session.inside.as_mut()) {
        inside.version = opened.version;
    }
    match done {
        Done::Next(next) => {
            if next.location == Location::ThankYou {
                app.metrics.submissions.add(1);
                if let Some(session) = &mut asked.session {
                    session.submitted = true;
                }
            }
            Ok(reply::redirect(&href(app, asked, &questionnaire, &way)(&next)))
        }
        Done::Again(response, attempt) => {
            let status = match attempt.problem {
                Problem::Wrong(_) => {
                    app.metrics.refused_forms.add(1);
                    StatusCode::OK
                }
                Problem::Overtaken => {
                    app.metrics.overtaken.add(1);
                    StatusCode::CONFLICT
                }
            };
            let href = href(app, asked, &questionnaire, &way);
            let again =
                page::page_again(&questionnaire, &response, &attempt, &way.visitor(app, asked, &href));
            match again {
                Ok(page) => show(app, asked, &opened, &way, status, &page),
                Err(denied) => refused(&questionnaire, denied, &href),
            }
        }
        Done::Denied(denied) => refused(&questionnaire, denied, &href(app, asked, &questionnaire, &way)),
        Done::NotFound => Err(Failure::NotFound),
    }
}

/// The form of the thank-you page: where to send a confirmation (spec/03 §7.1).
fn thanked(
    app: &App,
    asked: &Asked,
    opened: &Opened,
    response: &Response,
    way: &Way,
) -> Result<Reply, Failure> {
    let questionnaire = &*opened.questionnaire;
    let href = href(app, asked, questionnaire, way);
    let mut page = match page::page(questionnaire, response, &way.visitor(app, asked, &href)) {
        Ok(page) => page,
        Err(denied) => return refused(questionnaire, denied, &href),
    };
    after::bound(app, asked, opened, &mut page);
    let Body::ThankYou(thanks) = &mut page.body else { return Err(Failure::NotFound) };
    let Some(field) = &mut thanks.email else { return Ok(reply::redirect("/submitted/thank-you/")) };
    let typed = asked.form.get("email").unwrap_or_default();
    let key = match after::typed(app, asked)? {
        Ok(confirm) => return Ok(confirm),
        Err(key) => key,
    };
    field.value = typed.to_owned();
    field.error = Some(ErrorText { key, args: vec![], author: None });
    show(app, asked, opened, way, StatusCode::OK, &page)
}

/// Applies a command to what the record holds now: `known`, if it was read already.
fn carry_out(
    app: &App,
    asked: &Asked,
    way: &Way,
    command: &Command,
    record: &mut Record,
    questionnaire: &Arc<Questionnaire>,
    known: Option<Response>,
) -> Result<Change<Done>, Failure> {
    let response = match known {
        Some(response) => response,
        None => response_in(questionnaire, record)?,
    };
    if !way.is_through_an_item(&response) {
        return Ok(Change::Nothing(Done::NotFound));
    }
    let href = href(app, asked, questionnaire, way);
    Ok(match apply::apply(questionnaire, response, command, &way.visitor(app, asked, &href)) {
        Outcome::Accepted(Step { response, next, owed, is_changed }) => {
            if is_changed {
                record.body.response = Some(response::write(questionnaire, &response));
                let owed = owed.into_iter().map(Effect::decided).collect::<Result<_, _>>()?;
                Change::Keep(Done::Next(next), owed)
            } else {
                Change::Nothing(Done::Next(next))
            }
        }
        Outcome::Refused(response, attempt) => Change::Nothing(Done::Again(Box::new(response), attempt)),
        Outcome::Denied(denied) => Change::Nothing(Done::Denied(denied)),
    })
}

/// The response behind a session, for handlers that only look.
///
/// # Errors
/// [`Failure`].
pub fn look(opened: &Opened) -> Result<Response, Failure> {
    response_in(&opened.questionnaire, &opened.record)
}
