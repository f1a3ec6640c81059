//! `/session`: a launch token becomes a session of a response, new or resumed.
//!
//! Source: spec/03 §3.

use std::sync::Arc;

use engine::open;
use engine::response::{self, Launch as Claims};
use http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use schema::Questionnaire;
use schema::questionnaire::{Locale, MetadataKind as Declared};
use uuid::Uuid;

use super::asked::Asked;
use super::known::{self, Known, dataset};
use super::reply::{self, Reply};
use crate::app::App;
use crate::failure::Failure;
use crate::jose;
use crate::keys::Purpose;
use crate::launch::{self, Launch, LaunchRefused, MetadataKind, MetadataRule, Token};
use crate::library::Ready;
use crate::record::{Pinned, Record};
use crate::session::{Inside, Session, Survey};
use crate::store::{Expect, Leases as _, Version, Written};

/// Longest launch token that is looked at, in bytes.
const MAX_TOKEN: usize = 16 * 1024;
/// How often a launch is tried that loses to others each time.
const TRIES: u8 = 20;

/// `HEAD /session`: nothing, and no launch.
#[must_use]
pub fn head() -> Reply {
    let mut reply = Reply::default();
    *reply.status_mut() = StatusCode::NO_CONTENT;
    reply
}

/// Launches: the browser's former session ends, and a new one begins.
///
/// # Errors
/// [`Failure`]: each kind of bad token has its status.
pub async fn launch(app: &App, asked: &mut Asked) -> Result<Reply, Failure> {
    asked.session = None;
    match begin(app, asked).await {
        Ok(session) => {
            app.metrics.launches.add(1);
            asked.session = Some(session);
            Ok(reply::redirect("/questionnaire/"))
        }
        Err(failure) => {
            app.metrics.launches_refused.add(1);
            Err(failure)
        }
    }
}

async fn begin(app: &App, asked: &Asked) -> Result<Session, Failure> {
    let now = asked.moment.now;
    let token = asked.argument("token").unwrap_or_default().to_owned();
    if token.is_empty() {
        return Err(LaunchRefused::Missing.into());
    }
    if token.len() > MAX_TOKEN {
        return Err(LaunchRefused::NotClaims.into());
    }
    // What costs nothing comes before the lane in which RSA is done.
    jose::inspect(&token, Purpose::Authentication, &app.keys).map_err(LaunchRefused::from)?;
    let parts = app.clone();
    let opened = app.lane.run(move || launch::open(&token, &parts.keys, now)).await??;
    let (id, until) = (opened.id(), opened.remember_until(now));
    let (launch, ready) = match (check(app, opened, now).await, id) {
        (Ok(checked), _) => checked,
        (Err(Failure::Launch(refused)), Some(id)) => {
            return Err(spend(app, id, until, now, refused).await.into());
        }
        (Err(failure), _) => return Err(failure),
    };
    save(app, asked, &launch, ready).await
}

/// All that is checked of a token that opened, in order.
async fn check(app: &App, token: Token, now: Timestamp) -> Result<(Launch, Ready), Failure> {
    let launch = token.launch(now)?;
    let ready = app.library.find(launch.source()).await?;
    let launch = launch.with_metadata(&rules(&ready.questionnaire))?;
    Ok((launch, ready))
}

/// A token whose claims were refused is spent (spec/03 §3.1), for every runner: refused again, it was used before.
/// One that launched is kept in its response's row; this one has none, so a lease of its name stands for it. Only
/// who fails pays for it, and when what was missing is there after all, the link still works (design
/// "Differences").
async fn spend(
    app: &App,
    id: Uuid,
    until: Timestamp,
    now: Timestamp,
    refused: LaunchRefused,
) -> LaunchRefused {
    let name = format!("refused/{id}");
    match app.store.take(&name, Uuid::new_v4(), now, until).await {
        Ok(Written::Lost) if refused != LaunchRefused::JustExpired => LaunchRefused::Used,
        Ok(_) => refused,
        Err(error) => {
            tracing::warn!(%error, "a refused token could not be remembered");
            refused
        }
    }
}

/// Claims the token, opens or relaunches the response, and begins a session: all in one write.
async fn save(app: &App, asked: &Asked, launch: &Launch, ready: Ready) -> Result<Session, Failure> {
    let key = app.sealer.row_key(launch.response_id());
    let id = Uuid::new_v4();
    let mut known = Known::new(asked.moment);
    for _ in 0..TRIES {
        let (mut record, expect, version) = match app.open(key, Version(0)).await? {
            Some(opened) => (opened.record, Expect::At(opened.version), opened.version.next()),
            None => (Record::new(pinned(launch, &ready))?, Expect::Absent, Version::FIRST),
        };
        if !record.claim_token(launch.token_id(), launch.remember_until(), asked.moment.now) {
            return Err(LaunchRefused::Used.into());
        }
        let questionnaire = place(app, &mut record, launch, &ready, &mut known).await?;
        record.begin_session(id);
        if app.commit(key, record, version, expect).await? == Written::Done {
            let inside = Inside::new(key, version, timeout(app, &questionnaire), asked.moment.now);
            return Ok(session(launch, &questionnaire, id, inside));
        }
        app.metrics.lost_writes.add(1);
    }
    Err(Failure::Unavailable)
}

fn pinned(launch: &Launch, ready: &Ready) -> Pinned {
    let exercise = launch.collection_exercise().to_owned();
    Pinned::new(launch.source().clone(), ready.hash, exercise, launch.response_ends_at())
}

/// Puts the launch into the record's response: opened, relaunched on the definition it began with, or adopted
/// by another questionnaire.
async fn place(
    app: &App,
    record: &mut Record,
    launch: &Launch,
    ready: &Ready,
    known: &mut Known,
) -> Result<Arc<Questionnaire>, Failure> {
    let claims = Claims { claims: launch.claims().clone() };
    let is_same = record.pinned.source == *launch.source();
    let mut before = None;
    let (hash, questionnaire, mut response) = match &record.body.response {
        None => (ready.hash, Arc::clone(&ready.questionnaire), open::open(claims)),
        Some(bytes) if is_same => {
            let hash = record.pinned.hash;
            let questionnaire = app.library.pinned(hash).await?;
            let response = read(&questionnaire, bytes)?;
            before = dataset(&response.launch).map(str::to_owned);
            (hash, questionnaire, open::relaunch(response, claims))
        }
        Some(bytes) => {
            let response = read(&ready.questionnaire, bytes)?;
            before = dataset(&response.launch).map(str::to_owned);
            (ready.hash, Arc::clone(&ready.questionnaire), open::adopt(response, claims))
        }
    };
    known::supply(app, launch, &questionnaire, &mut response, before.as_deref(), known).await?;
    // The exercise is part of the key that the row is sealed under: it stays what it was.
    let exercise = record.pinned.exercise.clone();
    record.pinned = Pinned::new(launch.source().clone(), hash, exercise, launch.response_ends_at());
    record.body.response = Some(response::write(&questionnaire, &response));
    Ok(questionnaire)
}

/// A stored response, by this questionnaire's names.
///
/// # Errors
/// When no version of ours wrote it, or only a newer one may touch it.
pub fn read(questionnaire: &Questionnaire, bytes: &[u8]) -> Result<response::Response, Failure> {
    response::read(questionnaire, bytes)
        .map_err(|error| Failure::Internal(format!("a stored response cannot be read: {error:?}")))
}

fn session(launch: &Launch, questionnaire: &Questionnaire, id: Uuid, inside: Inside) -> Session {
    let language = launch.language().filter(|code| !code.is_empty()).unwrap_or("en").to_owned();
    let locale = Locale::from_code(&language).unwrap_or(Locale::En);
    Session {
        id,
        inside: Some(inside),
        submitted: false,
        survey: Survey {
            title: questionnaire.title.in_language(questionnaire.language(locale)).to_owned(),
            theme: questionnaire.theme.to_string(),
            survey_id: questionnaire.survey_id.to_string(),
            form_type: questionnaire.form_type.as_deref().map(str::to_owned),
            ru_ref: launch
                .survey_data()
                .and_then(|data| data.get("ru_ref")?.as_str())
                .map(|reference| reference.chars().take(11).collect()),
            account_service: launch.text("account_service_url").map(str::to_owned),
        },
        language,
    }
}

/// The service's, or the definition's where that is less (spec/03 §4.2).
fn timeout(app: &App, questionnaire: &Questionnaire) -> SignedDuration {
    let service = app.config.limits.session_timeout;
    let own = questionnaire.session_timeout_seconds.and_then(|seconds| i64::try_from(seconds).ok());
    own.map_or(service, |seconds| service.min(SignedDuration::from_secs(seconds)))
}

fn rules(questionnaire: &Questionnaire) -> Vec<MetadataRule> {
    let length = |length: Option<u64>| length.and_then(|length| usize::try_from(length).ok());
    questionnaire
        .metadata
        .iter()
        .map(|field| MetadataRule {
            name: field.name.to_string(),
            kind: match field.kind {
                Declared::String => MetadataKind::String,
                Declared::Boolean => MetadataKind::Boolean,
                Declared::Date => MetadataKind::Date,
                Declared::Uuid => MetadataKind::Uuid,
                Declared::Url => MetadataKind::Url,
            },
            optional: field.optional,
            min_length: length(field.min_length),
            max_length: length(field.max_length),
            length: length(field.length),
        })
        .collect()
}
