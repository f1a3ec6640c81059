//! Other services that are asked over HTTP, each with a time-out, a bound on what it may send and on how many ask
//! at once, and a breaker. No redirect is followed: where to ask is the operator's to say, not the service's.

mod address;
mod breaker;
pub mod identity;
pub mod lookups;
mod origin;
pub mod published;
pub mod registry;
pub mod supplementary;

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::header::{ETAG, IF_NONE_MATCH};
use http::{HeaderMap, HeaderValue, StatusCode};
use reqwest::redirect::Policy;
use reqwest::{Client, Url};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use address::PublicOnly;
pub use address::is_public;
use breaker::Breaker;
pub use origin::{Origin, Origins};

/// How long making a connection may take.
const CONNECT_WITHIN: Duration = Duration::from_secs(2);
/// How long a connection is kept for the next who asks.
const IDLE: Duration = Duration::from_secs(30);

/// Why there is no answer. Holds no address: a query may be what somebody typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoAnswer {
    /// An address that is not asked: not allowed, or not public.
    #[error("an address that is not asked")]
    Forbidden,
    /// It failed so often that it is left alone for a while.
    #[error("left alone after failures")]
    LeftAlone,
    /// So many ask already.
    #[error("too many ask at once")]
    Busy,
    /// No connection, or one that broke.
    #[error("not reached")]
    Unreachable,
    /// Not within the time.
    #[error("no answer in time")]
    TooSlow,
    /// More bytes than are taken.
    #[error("an answer that is too large")]
    TooLarge,
    /// Another status than 200.
    #[error("status {0}")]
    Status(u16),
    /// Not what it should be.
    #[error("an answer of another kind")]
    Unreadable,
}

impl NoAnswer {
    /// Whether asking again at once may help (spec/03 §3.1).
    fn is_worth_another_try(self) -> bool {
        match self {
            NoAnswer::Unreachable | NoAnswer::TooSlow => true,
            NoAnswer::Status(status) => matches!(status, 408 | 429 | 500 | 502 | 503 | 504),
            _ => false,
        }
    }

    /// Whether it speaks against the service, rather than against what was asked.
    fn is_its_fault(self) -> bool {
        match self {
            NoAnswer::Status(status) => status >= 500 || status == 429 || status == 408,
            NoAnswer::Forbidden | NoAnswer::LeftAlone | NoAnswer::Busy => false,
            NoAnswer::Unreachable | NoAnswer::TooSlow | NoAnswer::TooLarge | NoAnswer::Unreadable => true,
        }
    }
}

/// What is allowed of one service.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// For the whole answer, each try.
    pub time: Duration,
    /// Longest answer.
    pub bytes: usize,
    /// Askers at a time; more are turned away.
    pub at_once: usize,
    /// How often one question is asked, failing.
    pub tries: u32,
}

/// Asks over HTTP. One is shared by all services; it keeps connections.
#[derive(Clone, Debug)]
pub struct Asker {
    /// Connects to public addresses only.
    public: Client,
    /// Connects to any: for origins that the operator named as being inside.
    any: Client,
}

/// The clients could not be made: no certificates, as a rule.
#[derive(Debug, thiserror::Error)]
#[error("the client for other services: {0}")]
pub struct NoAsker(#[from] reqwest::Error);

impl Asker {
    /// Makes the clients.
    ///
    /// # Errors
    /// [`NoAsker`].
    pub fn new() -> Result<Asker, NoAsker> {
        let client = || {
            Client::builder()
                .redirect(Policy::none())
                // A proxy from the environment would resolve names in our stead.
                .no_proxy()
                .connect_timeout(CONNECT_WITHIN)
                .pool_idle_timeout(IDLE)
                .pool_max_idle_per_host(8)
                .user_agent(concat!("canvass/", env!("CARGO_PKG_VERSION")))
        };
        Ok(Asker { public: client().dns_resolver(Arc::new(PublicOnly)).build()?, any: client().build()? })
    }
}

/// One service, at one origin or several.
#[derive(Debug)]
pub struct Upstream {
    name: &'static str,
    asker: Asker,
    bounds: Bounds,
    places: Semaphore,
    /// Where it may be asked, each with its breaker.
    origins: Vec<(Origin, Breaker)>,
}

impl Upstream {
    /// At these origins, within these bounds. `name` is for the log.
    #[must_use]
    pub fn new(name: &'static str, asker: Asker, bounds: Bounds, origins: Origins) -> Upstream {
        let origins = origins.into_iter().map(|origin| (origin, Breaker::default())).collect();
        Upstream { name, asker, bounds, places: Semaphore::new(bounds.at_once), origins }
    }

    /// Gets what lies at this address, whole.
    ///
    /// # Errors
    /// [`NoAnswer`]; the failure of a service is logged here, once a question.
    pub async fn get(&self, url: &Url, headers: &HeaderMap) -> Result<Bytes, NoAnswer> {
        self.get_tagged(url, headers).await?.map(|(bytes, _)| bytes).ok_or(NoAnswer::Status(304))
    }

    /// The same with its tag; none where the headers name a tag that it still has.
    ///
    /// # Errors
    /// As [`Upstream::get`].
    pub async fn get_tagged(
        &self,
        url: &Url,
        headers: &HeaderMap,
    ) -> Result<Option<(Bytes, Option<HeaderValue>)>, NoAnswer> {
        let place = Origin::of(url);
        let found =
            self.origins.iter().find(|(origin, _)| place.as_ref().is_some_and(|place| origin.is(place)));
        let (origin, breaker) = found.ok_or(NoAnswer::Forbidden)?;
        let client = if origin.may_be_inside() { &self.asker.any } else { &self.asker.public };
        if !origin.may_be_inside() && is_inside(url) {
            return Err(NoAnswer::Forbidden);
        }
        let _place = self.places.try_acquire().map_err(|_| NoAnswer::Busy)?;
        if !breaker.lets_through() {
            return Err(NoAnswer::LeftAlone);
        }
        let mut tried = 0;
        loop {
            let asked = timeout(self.bounds.time, self.ask(client, url.clone(), headers.clone())).await;
            let why = match asked.unwrap_or(Err(NoAnswer::TooSlow)) {
                Ok(answer) => {
                    breaker.succeeded();
                    return Ok(answer);
                }
                Err(why) => why,
            };
            tried += 1;
            if tried >= self.bounds.tries || !why.is_worth_another_try() {
                if why.is_its_fault() {
                    breaker.failed();
                } else {
                    breaker.succeeded();
                }
                tracing::warn!(service = self.name, %why, "another service gave no answer");
                return Err(why);
            }
            tokio::time::sleep(Duration::from_millis(200) * tried).await;
        }
    }

    async fn ask(
        &self,
        client: &Client,
        url: Url,
        headers: HeaderMap,
    ) -> Result<Option<(Bytes, Option<HeaderValue>)>, NoAnswer> {
        let has_tag = headers.contains_key(IF_NONE_MATCH);
        let unreachable = |_: reqwest::Error| NoAnswer::Unreachable;
        let mut reply = client.get(url).headers(headers).send().await.map_err(unreachable)?;
        if has_tag && reply.status() == StatusCode::NOT_MODIFIED {
            return Ok(None);
        }
        if reply.status() != StatusCode::OK {
            return Err(NoAnswer::Status(reply.status().as_u16()));
        }
        let most = self.bounds.bytes;
        if reply
            .content_length()
            .is_some_and(|length| usize::try_from(length).is_ok_and(|length| length > most))
        {
            return Err(NoAnswer::TooLarge);
        }
        let tag = reply.headers().get(ETAG).cloned();
        let mut body = BytesMut::new();
        while let Some(chunk) = reply.chunk().await.map_err(unreachable)? {
            if body.len() + chunk.len() > most {
                return Err(NoAnswer::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Some((body.freeze(), tag)))
    }
}

/// Whether an address names a place inside by number; names are seen to when they are resolved.
fn is_inside(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host.parse::<IpAddr>().is_ok_and(|address| !is_public(address))
}

#[cfg(test)]
mod tests;
