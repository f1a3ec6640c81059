//! Organisations: whose work a request is about, found from its host. Each has a database of its own, which `catalogue`
//! knows; `fleet` makes them and brings their tables up to date.

pub mod catalogue;
pub mod fleet;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde::Serialize;
use tokio::sync::broadcast;
use utoipa::ToSchema;

use catalogue::Catalogue;

use crate::diagnose::Diagnostic;
use crate::drafts::{Change, Person};
use crate::store::{Database, StoreError};

/// The organisation of this machine.
pub const DEMO: &str = "demo";
/// Events that a slow listener may be behind.
const BEHIND: usize = 256;
/// How long somebody counts as there after telling so.
const THERE: Duration = Duration::from_secs(30);
/// People at one questionnaire whose presence is told.
const MOST_PRESENT: usize = 100;

/// One organisation.
pub struct Tenant {
    /// Its name in addresses.
    pub slug: String,
    pub database: Database,
    events: broadcast::Sender<Event>,
    present: Mutex<HashMap<String, Vec<Seen>>>,
}

struct Seen {
    person: Person,
    selection: Option<String>,
    at: Instant,
}

/// Something that others at the same questionnaire are told at once.
#[derive(Clone, Debug)]
pub struct Event {
    pub questionnaire: String,
    pub what: What,
}

/// What happened.
#[derive(Clone, Debug)]
pub enum What {
    Change(Arc<(Change, Vec<Diagnostic>)>),
    Presence(Vec<Present>),
    Published(i64),
}

/// Somebody who is at a questionnaire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Present {
    pub person: Person,
    /// The id of the element that is selected there.
    pub selection: Option<String>,
}

impl Tenant {
    /// An organisation with this database.
    #[must_use]
    pub fn new(slug: &str, database: Database) -> Arc<Tenant> {
        let (events, _) = broadcast::channel(BEHIND);
        Arc::new(Tenant { slug: slug.to_owned(), database, events, present: Mutex::default() })
    }

    /// Tells all who listen.
    pub fn tell(&self, questionnaire: &str, what: What) {
        // Nobody may be listening.
        let _ = self.events.send(Event { questionnaire: questionnaire.to_owned(), what });
    }

    /// All that happens from now on.
    #[must_use]
    pub fn listen(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }

    /// Remembers that somebody is there, and who else is.
    pub fn here(&self, questionnaire: &str, person: &Person, selection: Option<String>) -> Vec<Present> {
        let mut present = self.present.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        present.retain(|_, seen| {
            seen.retain(|seen| now.duration_since(seen.at) < THERE);
            !seen.is_empty()
        });
        let seen = present.entry(questionnaire.to_owned()).or_default();
        seen.retain(|seen| seen.person.id != person.id);
        if seen.len() < MOST_PRESENT {
            seen.push(Seen { person: person.clone(), selection, at: now });
        }
        seen.iter()
            .map(|seen| Present { person: seen.person.clone(), selection: seen.selection.clone() })
            .collect()
    }
}

/// Where organisations are found.
pub enum Tenants {
    /// One, whatever the host is called: that of this machine.
    One(Arc<Tenant>),
    /// Each below a domain, by the catalogue.
    Many(Catalogue),
}

impl Tenants {
    /// The organisation whose name a host begins with; none for a host of nobody's.
    ///
    /// # Errors
    /// [`StoreError`] when the catalogue is away.
    pub async fn of_host(&self, host: &str) -> Result<Option<Arc<Tenant>>, StoreError> {
        match self {
            Self::One(tenant) => Ok(Some(Arc::clone(tenant))),
            Self::Many(catalogue) => match catalogue.slug_of(host) {
                Some(slug) => catalogue.find(&slug).await,
                None => Ok(None),
            },
        }
    }

    /// Those that were asked for since the start.
    #[must_use]
    pub fn open(&self) -> Vec<Arc<Tenant>> {
        match self {
            Self::One(tenant) => vec![Arc::clone(tenant)],
            Self::Many(catalogue) => catalogue.open(),
        }
    }
}
