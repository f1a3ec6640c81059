//! The parts a handler may ask for.

use std::sync::Arc;

use aws_lc_rs::rand;
use engine::visitor::Moment;
use jiff::Timestamp;
use schema::value::Date;
use templates::{Assets, Templates};

use crate::accounts::attempts::Attempts;
use crate::config::Config;
use crate::preview::Previews;
use crate::secret::TooLittle;
use crate::starters::Starters;
use crate::tenants::Tenants;

/// The service's parts, shared by all requests.
pub struct Parts {
    pub config: Config,
    pub tenants: Tenants,
    /// Seals audit logs.
    pub audit_key: crate::audit::Key,
    pub templates: Templates,
    pub assets: Assets,
    pub previews: Previews,
    pub attempts: Attempts,
    pub starters: Starters,
    /// The OpenAPI document, as text, and what each of its routes asks of whoever calls.
    pub openapi: String,
    pub permissions: crate::api::permissions::Permissions,
    /// Requests at work at a time.
    pub places: Arc<tokio::sync::Semaphore>,
    /// Streams of events at a time.
    pub listeners: Arc<tokio::sync::Semaphore>,
    /// Changes under way, which a shutdown waits for.
    pub work: tokio_util::task::TaskTracker,
    /// Cancelled when the service stops: streams end.
    pub closing: tokio_util::sync::CancellationToken,
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

impl App {
    /// Over these parts.
    #[must_use]
    pub fn new(parts: Parts) -> App {
        App(Arc::new(parts))
    }
}

/// Clock and chance: the only place that asks for them on a request's behalf.
///
/// # Errors
/// When the system gives no random bytes.
pub fn moment() -> Result<Moment, TooLittle> {
    let mut seed = [0; 16];
    rand::fill(&mut seed).map_err(|_| TooLittle)?;
    Ok(Moment { now: Timestamp::now(), seed })
}

/// The day on which a definition is checked.
#[must_use]
pub fn today(now: Timestamp) -> Date {
    jiff::tz::TimeZone::UTC.to_datetime(now).date()
}
