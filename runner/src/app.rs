//! The parts a handler may ask for, and the one way to change a response: read, open, change, commit, again from
//! the read when another version won.

use std::sync::Arc;
use std::time::Duration;

use schema::Questionnaire;
use templates::{Assets, LinkSettings, Templates};
use tokio::time::Instant;
use uuid::Uuid;

use crate::config::{Config, Receiver};
use crate::effects::Effect;
use crate::failure::Failure;
use crate::information::Information;
use crate::jobs::relay::Relay;
use crate::jose;
use crate::keys::{Keys, Purpose};
use crate::library::Library;
use crate::page_token::PageTokens;
use crate::pdf::PdfWriter;
use crate::record::{Owed, Record};
use crate::seal::Sealer;
use crate::serving::admission::Admission;
use crate::serving::drain::Drain;
use crate::serving::failpoint;
use crate::serving::lane::Lane;
use crate::session::Cookies;
use crate::store::{Expect, Freshness, Key, Responses as _, Row, Store, Version, Written};
use crate::telemetry::Metrics;
use crate::typed_token::TypedTokens;
use crate::upstream::lookups::Lookups;
use crate::upstream::published::Published;
use crate::upstream::supplementary::SupplementaryService;

/// How long a change may be tried again, losing to others each time.
const CHANGE_WITHIN: Duration = Duration::from_secs(5);

/// The service's parts, shared by all requests.
pub struct Parts {
    /// All settings.
    pub config: Config,
    /// For launch tokens in and submissions out.
    pub keys: Keys,
    /// The demonstration's launcher.
    pub launcher: Option<Keys>,
    /// Seals and opens rows.
    pub sealer: Arc<Sealer>,
    /// Seals and opens cookies.
    pub cookies: Cookies,
    /// Makes and checks what forms prove.
    pub page_tokens: PageTokens,
    /// Seals and opens e-mail addresses and telephone numbers on their way from page to page.
    pub typed_tokens: TypedTokens,
    /// Where rows are.
    pub store: Store,
    /// Sends what is owed.
    pub relay: Arc<Relay<Store>>,
    /// Where questionnaires come from.
    pub library: Library,
    /// What the author that is our registry gives out.
    pub published: Arc<Published>,
    /// Suggestions and addresses for those who type.
    pub lookups: Lookups,
    /// What is known of units already; none: launches that name such data fail.
    pub supplementary: Option<SupplementaryService>,
    /// Pages as PDF.
    pub pdf: PdfWriter,
    /// Pages as HTML.
    pub templates: Templates,
    /// Names of the files that pages load.
    pub assets: Assets,
    /// What the operator says about the service.
    pub information: Information,
    /// Addresses around a page.
    pub links: LinkSettings,
    /// What the engine allows.
    pub limits: engine::visitor::Limits,
    /// For work that blocks: opening tokens, sealing submissions.
    pub lane: Lane,
    /// Who is let in when not all can be.
    pub admission: Admission,
    /// Counts what may not be cut off.
    pub drain: Drain,
    /// What happened, in numbers.
    pub metrics: Metrics,
}

/// A handle on the parts.
#[derive(Clone)]
pub struct App(Arc<Parts>);

impl std::ops::Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

/// A response's row, opened, with its questionnaire.
pub struct Opened {
    /// The row's name.
    pub key: Key,
    /// Which writing of it this is.
    pub version: Version,
    /// All that is in it.
    pub record: Record,
    /// The questionnaire it is of.
    pub questionnaire: Arc<Questionnaire>,
}

/// What a change comes to.
pub enum Change<T> {
    /// The record is to be kept as it now is, and these are owed.
    Keep(T, Vec<Effect>),
    /// Nothing is to be kept.
    Nothing(T),
}

impl App {
    /// Over these parts.
    #[must_use]
    pub fn new(parts: Parts) -> App {
        App(Arc::new(parts))
    }

    /// Reads and opens a row, at least as new as `seen`.
    ///
    /// # Errors
    /// [`Failure`]; when the store has only an older version than was seen, that too.
    pub async fn open(&self, key: Key, seen: Version) -> Result<Option<Opened>, Failure> {
        let Some(row) = self.read(key, seen).await? else { return Ok(None) };
        let record = self.sealer.open(&row, &key)?;
        let questionnaire = self.library.pinned(record.pinned.hash).await?;
        Ok(Some(Opened { key, version: row.version, record, questionnaire }))
    }

    async fn read(&self, key: Key, seen: Version) -> Result<Option<Row>, Failure> {
        let is_stale = |row: &Option<Row>| row.as_ref().is_some_and(|row| row.version < seen);
        let row = self.store.read(&key, Freshness::Quorum).await?;
        if !is_stale(&row) {
            return Ok(row);
        }
        // A majority may miss a write that is still under way; ordered with the writes, none is missed.
        let row = self.store.read(&key, Freshness::Serial).await?;
        if is_stale(&row) {
            return Err(Failure::Internal("a row is older than one that was acknowledged".into()));
        }
        Ok(row)
    }

    /// Changes an opened response, from the read again whenever another version won. `change` is given the
    /// same moment's command each time. Gives the response as it stands now.
    ///
    /// # Errors
    /// [`Failure`], the change's own or the store's.
    pub async fn change<T>(
        &self,
        opened: Opened,
        mut change: impl FnMut(&mut Record, &Arc<Questionnaire>) -> Result<Change<T>, Failure>,
    ) -> Result<(T, Opened), Failure> {
        let until = Instant::now() + CHANGE_WITHIN;
        let key = opened.key;
        let mut opened = opened;
        loop {
            let (done, effects) = match change(&mut opened.record, &opened.questionnaire)? {
                Change::Keep(done, effects) => (done, effects),
                Change::Nothing(done) => return Ok((done, opened)),
            };
            for effect in effects {
                let owed = self.owed(effect).await?;
                opened.record.owe(owed);
            }
            let version = opened.version.next();
            match self.commit(key, opened.record.clone(), version, Expect::At(opened.version)).await? {
                Written::Done => return Ok((done, Opened { version, ..opened })),
                Written::Lost => self.metrics.lost_writes.add(1),
            }
            if Instant::now() >= until {
                return Err(Failure::Unavailable);
            }
            let seen = opened.version.next();
            opened = self.open(key, seen).await?.ok_or(Failure::SignedOut)?;
        }
    }

    /// Writes a record as this version. From the first write to the last effect nothing can be cut off: it runs
    /// in a task of its own, which goes on when the browser goes away.
    ///
    /// # Errors
    /// [`Failure`] when the record cannot be sealed or the store is away.
    pub async fn commit(
        &self,
        key: Key,
        record: Record,
        version: Version,
        expect: Expect,
    ) -> Result<Written, Failure> {
        let app = self.clone();
        let work = async move {
            let row = app.sealer.seal(&record, &key, version)?;
            let effects: Vec<Uuid> = record.body.owed.iter().map(|owed| owed.id).collect();
            failpoint::reached("sealed").await;
            let hints = app.relay.announce(key, &effects).await?;
            failpoint::reached("announced").await;
            let written = app.store.write(&key, &row, expect).await?;
            failpoint::reached("written").await;
            if written == Written::Done && !hints.is_empty() {
                app.relay.decided(&hints).await;
                failpoint::reached("decided").await;
            }
            Ok(written)
        };
        self.drain.run(work).await.map_err(|_| Failure::Internal("a commit was lost".into()))?
    }

    /// An effect as it leaves: signed and encrypted for its receiver, or in clear in the demonstration.
    async fn owed(&self, effect: Effect) -> Result<Owed, Failure> {
        let Effect { id, kind, headers, payload, is_sealed } = effect;
        // A receiver that drops everything needs no envelope either way; the demonstration shows what left.
        let is_dropped = self.config.receivers.of(kind) == Some(&Receiver::Log);
        let bytes = if !is_sealed || is_dropped || self.config.demo {
            payload
        } else {
            let app = self.clone();
            let seal = move || {
                let signing = app.keys.first_private(Purpose::Submission);
                let receiving = app.keys.first_public(Purpose::Submission);
                let (Some(signing), Some(receiving)) = (signing, receiving) else {
                    return Err(Failure::Internal("no keys for submissions".into()));
                };
                Ok(jose::seal(&payload, signing, receiving)?.into_bytes())
            };
            self.lane.run(seal).await??
        };
        Ok(Owed { id, kind, headers, bytes })
    }
}
