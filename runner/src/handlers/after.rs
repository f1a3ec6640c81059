//! Around the end of a survey: feedback on the service, and a confirmation by e-mail.
//!
//! Each is for a response that was submitted, and bounded a session; what is asked for is decided in a write and
//! leaves as a submission does.
//!
//! Source: spec/03 §7.

use aws_lc_rs::digest;
use engine::form;
use engine::page::{Body, Page, Tongue};
use engine::submission;
use http::{Method, StatusCode};
use jiff::{SignedDuration, Timestamp};
use templates::{
    EmailConfirmPage, EmailSendPage, EmailSentPage, FEEDBACK_KINDS, FeedbackPage, Limit, OwnError, OwnPage,
};
use uuid::Uuid;

use super::asked::Asked;
use super::languages;
use super::proof;
use super::reply::{self, Around, Reply};
use super::respond;
use crate::app::{App, Change, Opened};
use crate::config::Receiver;
use crate::effects::{Effect, Letter};
use crate::failure::Failure;
use crate::page_token;
use crate::record::{EffectKind, SessionEntry};
use crate::typed_token::Kind;

const THANK_YOU: &str = "/submitted/thank-you/";
const CONFIRM: &str = "/submitted/confirmation-email/confirm?email=";
const SEND: &str = "/submitted/confirmation-email/send?email=";
const SENT: &str = "/submitted/confirmation-email/sent?email=";
/// Longest feedback, in characters (spec/03 §7.3).
const MAX_FEEDBACK: usize = 1000;

/// Somebody whose response was submitted.
struct After {
    opened: Opened,
    tongue: Tongue,
    session: SessionEntry,
}

/// Opens the session; only after submission is there anything here.
async fn enter(app: &App, asked: &mut Asked) -> Result<After, Failure> {
    let opened = respond::signed_in(app, asked).await?;
    let response = respond::look(&opened)?;
    let id = asked.session.as_ref().map(|session| session.id).ok_or(Failure::SignedOut)?;
    let session = *opened.record.session(id).ok_or(Failure::SignedOut)?;
    if response.submitted.is_none() {
        return Err(Failure::NotFound);
    }
    let ui = asked.ui();
    let tongue = Tongue { definition: opened.questionnaire.language(ui), ui };
    Ok(After { opened, tongue, session })
}

impl After {
    fn has_feedback(&self, app: &App) -> bool {
        self.opened.questionnaire.post_submission.feedback
            && app.config.receivers.of(EffectKind::Feedback).is_some()
    }

    fn may_give_feedback(&self, app: &App) -> bool {
        self.has_feedback(app) && self.session.feedbacks < app.config.limits.feedbacks
    }

    fn may_mail(&self, app: &App) -> bool {
        may_mail(app, &self.opened, &self.session)
    }

    fn show(
        &self,
        app: &App,
        asked: &Asked,
        status: StatusCode,
        page: &OwnPage<'_>,
    ) -> Result<Reply, Failure> {
        let questionnaire = &*self.opened.questionnaire;
        let place = asked.path.trim_end_matches('/');
        let token = app.page_tokens.issue(self.session.id, place.as_bytes(), &[], asked.moment.now);
        let takes_post = !matches!(page, OwnPage::FeedbackSent | OwnPage::EmailSent(_));
        let around = Around {
            title: questionnaire.title.in_language(self.tongue.definition),
            definition: questionnaire.locale(self.tongue.definition),
            languages: &languages::offered(app, asked, &self.opened),
            csrf_token: takes_post.then_some(token.as_str()),
        };
        reply::own_of(app, asked, &around, status, page)
    }
}

fn may_mail(app: &App, opened: &Opened, session: &SessionEntry) -> bool {
    opened.questionnaire.post_submission.confirmation_email
        && app.config.receivers.of(EffectKind::Mail).is_some()
        && session.mails < app.config.limits.mails
}

/// Takes from the thank-you page what this session may not ask for any more, or nobody receives.
pub fn bound(app: &App, asked: &Asked, opened: &Opened, page: &mut Page<'_>) {
    let Body::ThankYou(thanks) = &mut page.body else { return };
    let Some(session) = asked.session.as_ref().and_then(|session| opened.record.session(session.id)) else {
        return;
    };
    if !may_mail(app, opened, session) {
        thanks.email = None;
    }
    let is_received = app.config.receivers.of(EffectKind::Feedback).is_some();
    thanks.has_feedback &= is_received && session.feedbacks < app.config.limits.feedbacks;
}

/// `/submitted/feedback/send`.
///
/// # Errors
/// [`Failure::NotFound`] where it is not offered.
pub async fn feedback(app: &App, asked: &mut Asked) -> Result<Reply, Failure> {
    let after = enter(app, asked).await?;
    if !after.has_feedback(app) {
        return Err(Failure::NotFound);
    }
    let is_post = asked.method == Method::POST;
    if is_post {
        proof::check(app, asked, asked.path.trim_end_matches('/'))?;
    }
    if !after.may_give_feedback(app) {
        let page = OwnPage::TooMany { limit: Limit::Feedback };
        return after.show(app, asked, StatusCode::TOO_MANY_REQUESTS, &page);
    }
    if !is_post {
        let page = FeedbackPage { chosen: None, text: "", errors: vec![] };
        return after.show(app, asked, StatusCode::OK, &OwnPage::Feedback(page));
    }
    let kind = asked.form.get("feedback-type").unwrap_or_default().to_owned();
    let text = asked.form.get("feedback-text").unwrap_or_default().to_owned();
    let words = app.templates.words();
    let chosen =
        FEEDBACK_KINDS.iter().position(|id| words.say(after.tongue.ui, id).as_deref() == Some(&kind));
    let mut errors = Vec::new();
    if chosen.is_none() {
        errors.push(OwnError::FEEDBACK_KIND);
    }
    // A line break counts once, as it does in the browser.
    let length = text.replace("\r\n", "\n").chars().count();
    if text.trim().is_empty() {
        errors.push(OwnError::FEEDBACK_MISSING);
    } else if length > MAX_FEEDBACK {
        errors.push(OwnError::FEEDBACK_TOO_LONG);
    }
    if !errors.is_empty() {
        app.metrics.refused_forms.add(1);
        let page = OwnPage::Feedback(FeedbackPage { chosen, text: &text, errors });
        return after.show(app, asked, StatusCode::OK, &page);
    }
    let language = after.tongue.ui.code();
    let After { opened, session, .. } = after;
    let (id, now, most) = (id_of(asked), asked.moment.now, app.config.limits.feedbacks);
    let text = text.trim();
    let changed = app.change(opened, |record, questionnaire| {
        let response = respond::response_in(questionnaire, record)?;
        if !record.claim_token(id, page_ends_at(now), now) {
            return Ok(Change::Nothing(()));
        }
        let entry = record.session_mut(session.id).ok_or(Failure::SignedOut)?;
        if entry.feedbacks >= most {
            return Ok(Change::Nothing(()));
        }
        entry.feedbacks += 1;
        let given = submission::Feedback { kind: &kind, text, count: entry.feedbacks };
        let leaving = submission::feedback(questionnaire, &response, given, language, now);
        Ok(Change::Keep((), vec![Effect::feedback(id, leaving)]))
    });
    let ((), opened) = changed.await?;
    asked.saw(opened.version);
    Ok(reply::redirect("/submitted/feedback/sent"))
}

/// `/submitted/feedback/sent`.
///
/// # Errors
/// [`Failure::NotFound`] when none was.
pub async fn feedback_sent(app: &App, asked: &mut Asked) -> Result<Reply, Failure> {
    let after = enter(app, asked).await?;
    if after.session.feedbacks == 0 {
        return Err(Failure::NotFound);
    }
    after.show(app, asked, StatusCode::OK, &OwnPage::FeedbackSent)
}

/// The e-mail form of the thank-you page: on to the question whether the address is right, or what stands against
/// it. `None` where the form is not offered.
///
/// # Errors
/// [`Failure`].
pub fn typed(app: &App, asked: &Asked) -> Result<Result<Reply, &'static str>, Failure> {
    let session = asked.session.as_ref().ok_or(Failure::SignedOut)?;
    Ok(match form::email(asked.form.get("email").unwrap_or_default()) {
        Ok(address) => Ok(reply::redirect(&format!(
            "{CONFIRM}{}",
            app.typed_tokens.seal(session.id, Kind::Address, address)?
        ))),
        Err(form::EmailError::Missing) => Err("MANDATORY_EMAIL"),
        Err(form::EmailError::Invalid) => Err("INVALID_EMAIL_FORMAT"),
    })
}

/// `/submitted/confirmation-email/send`.
///
/// # Errors
/// [`Failure::BadRequest`] for an address that this session did not type.
pub async fn email_send(app: &App, asked: &mut Asked) -> Result<Reply, Failure> {
    let after = enter(app, asked).await?;
    let is_post = asked.method == Method::POST;
    if is_post {
        proof::check(app, asked, asked.path.trim_end_matches('/'))?;
    }
    if !after.may_mail(app) {
        return Ok(reply::redirect(THANK_YOU));
    }
    let show = |value: &str, errors| {
        let page = OwnPage::EmailSend(EmailSendPage { value, errors });
        after.show(app, asked, StatusCode::OK, &page)
    };
    if is_post {
        return match typed(app, asked)? {
            Ok(reply) => Ok(reply),
            Err(key) => {
                app.metrics.refused_forms.add(1);
                let error =
                    if key == "MANDATORY_EMAIL" { OwnError::EMAIL_MISSING } else { OwnError::EMAIL_INVALID };
                let typed = asked.form.get("email").unwrap_or_default();
                show(typed, vec![error])
            }
        };
    }
    match asked.argument("email") {
        None => show("", vec![]),
        Some(token) => show(&address(app, after.session.id, token)?, vec![]),
    }
}

fn address(app: &App, session: Uuid, token: &str) -> Result<String, Failure> {
    app.typed_tokens.open(session, Kind::Address, token).ok_or(Failure::BadRequest)
}

/// `/submitted/confirmation-email/confirm`.
///
/// # Errors
/// [`Failure::BadRequest`] without an address, or with one that this session did not type.
pub async fn email_confirm(app: &App, asked: &mut Asked) -> Result<Reply, Failure> {
    let after = enter(app, asked).await?;
    let is_post = asked.method == Method::POST;
    if is_post {
        proof::check(app, asked, asked.path.trim_end_matches('/'))?;
    }
    let token = asked.argument("email").ok_or(Failure::BadRequest)?.to_owned();
    if !after.may_mail(app) {
        return Ok(reply::redirect(THANK_YOU));
    }
    let address = address(app, after.session.id, &token)?;
    let show = |errors| {
        let page = OwnPage::EmailConfirm(EmailConfirmPage { address: &address, errors });
        after.show(app, asked, StatusCode::OK, &page)
    };
    if !is_post {
        return show(vec![]);
    }
    let words = app.templates.words();
    let chosen = asked.form.get("confirm-email").unwrap_or_default().to_owned();
    let is = |id: &str| words.say(after.tongue.ui, id).as_deref() == Some(&chosen);
    if is("email-confirm-no") {
        return Ok(reply::redirect(&format!("{SEND}{token}")));
    }
    if !is("email-confirm-yes") {
        app.metrics.refused_forms.add(1);
        return show(vec![OwnError::EMAIL_UNCONFIRMED]);
    }
    let ui = after.tongue.ui;
    let After { opened, session, tongue, .. } = after;
    let (id, now, most) = (id_of(asked), asked.moment.now, app.config.limits.mails);
    let changed = app.change(opened, |record, questionnaire| {
        let response = respond::response_in(questionnaire, record)?;
        if !record.claim_token(id, page_ends_at(now), now) {
            return Ok(Change::Nothing(()));
        }
        let entry = record.session_mut(session.id).ok_or(Failure::SignedOut)?;
        if entry.mails >= most {
            return Ok(Change::Nothing(()));
        }
        entry.mails += 1;
        let payload = match app.config.receivers.of(EffectKind::Mail) {
            Some(Receiver::Smtp(_)) => {
                let letter = Letter {
                    id,
                    sender: &app.config.mail_from,
                    to: &address,
                    title: questionnaire.title.in_language(tongue.definition),
                    language: ui,
                    at: now,
                };
                letter.write(words)?
            }
            _ => {
                submission::confirmation(questionnaire, &response, &address, ui.code(), &id.to_string(), now)
                    .into_bytes()
            }
        };
        let tx_id = response.launch.claim("tx_id").unwrap_or_default();
        Ok(Change::Keep((), vec![Effect::mail(id, tx_id, &address, payload)]))
    });
    let ((), opened) = changed.await?;
    asked.saw(opened.version);
    Ok(reply::redirect(&format!("{SENT}{token}")))
}

/// `/submitted/confirmation-email/sent`.
///
/// # Errors
/// [`Failure::NotFound`] when none was, [`Failure::BadRequest`] as for the others.
pub async fn email_sent(app: &App, asked: &mut Asked) -> Result<Reply, Failure> {
    let after = enter(app, asked).await?;
    if after.session.mails == 0 {
        return Err(Failure::NotFound);
    }
    let token = asked.argument("email").ok_or(Failure::BadRequest)?;
    let address = address(app, after.session.id, token)?;
    let page = EmailSentPage {
        address: &address,
        sender: &app.config.mail_from,
        can_send_another: after.may_mail(app),
        has_feedback: after.may_give_feedback(app),
    };
    after.show(app, asked, StatusCode::OK, &OwnPage::EmailSent(page))
}

/// Until when a page that is sent now could be sent again.
fn page_ends_at(now: Timestamp) -> Timestamp {
    now.saturating_add(SignedDuration::from_secs(page_token::LIFETIME_SECONDS)).unwrap_or(Timestamp::MAX)
}

/// An id that one form makes however often it is sent: from the page's token, which no other page has.
fn id_of(asked: &Asked) -> Uuid {
    let token = asked.form.get("csrf_token").unwrap_or_default();
    let hash = digest::digest(&digest::SHA256, token.as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.as_ref()[..16]);
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}
