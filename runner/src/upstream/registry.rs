//! Definitions from elsewhere: at an address that the launch names, among allowed origins, or in the registry of
//! collection instruments, by id.
//!
//! What was launched is kept by its hash like any other: a response stays on the definition it began with, and
//! needs nobody from elsewhere to go on.
//!
//! Source: spec/03 §3.1, §3.8.

use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;
use moka::future::Cache;
use reqwest::Url;
use uuid::Uuid;

use super::identity::Identity;
use super::published::Published;
use super::{Asker, Bounds, NoAnswer, Origin, Origins, Upstream};
use crate::definitions::Texts;

/// eQ's: three tries of three seconds. The largest real definition has two million bytes.
const BOUNDS: Bounds = Bounds { time: Duration::from_secs(3), bytes: 8 * 1024 * 1024, at_once: 16, tries: 3 };
/// Many who launch at once are one question; an edited definition is seen after this.
const KEPT_FOR: Duration = Duration::from_secs(60);
const KEPT_BYTES: u64 = 64 * 1024 * 1024;

/// Where definitions from elsewhere come from.
pub struct Registry {
    addresses: Upstream,
    registry: Option<(Upstream, String)>,
    identity: Identity,
    published: Arc<Published>,
    held: Cache<String, Arc<Texts>>,
}

impl Registry {
    /// Addresses at these origins, and the registry below this address.
    #[must_use]
    pub fn new(
        asker: &Asker,
        origins: Origins,
        registry: Option<&(String, Origin)>,
        identity: Identity,
        published: Arc<Published>,
    ) -> Registry {
        let at = |(base, origin): &(String, Origin)| {
            (Upstream::new("registry", asker.clone(), BOUNDS, vec![origin.clone()]), base.clone())
        };
        let weight = |address: &String, texts: &Arc<Texts>| {
            u32::try_from(address.len() + texts.texts().iter().map(|text| text.len()).sum::<usize>())
                .unwrap_or(u32::MAX)
        };
        Registry {
            addresses: Upstream::new("definitions", asker.clone(), BOUNDS, origins),
            registry: registry.map(at),
            identity,
            published,
            held: Cache::builder().max_capacity(KEPT_BYTES).weigher(weight).time_to_live(KEPT_FOR).build(),
        }
    }

    /// The definition at an address.
    ///
    /// # Errors
    /// [`NoAnswer`].
    pub async fn at(&self, address: &str) -> Result<Arc<Texts>, NoAnswer> {
        let url = Url::parse(address).map_err(|_| NoAnswer::Forbidden)?;
        self.held(&self.addresses, url, None).await
    }

    /// The definition of this id in the registry.
    ///
    /// # Errors
    /// [`NoAnswer`], also when there is no registry.
    pub async fn of(&self, id: Uuid) -> Result<Arc<Texts>, NoAnswer> {
        let (registry, base) = self.registry.as_ref().ok_or(NoAnswer::Forbidden)?;
        let address = format!("{base}/collection-instruments/schema?guid={id}");
        let url = |address: &str| Url::parse(address).map_err(|_| NoAnswer::Forbidden);
        let of_base = self.held(registry, url(&address)?, Some(&self.identity)).await?;
        let others = self.published.languages(id);
        if others.is_empty() {
            return Ok(of_base);
        }
        let mut languages: Vec<(String, String)> =
            of_base.languages().map(|(code, text)| (code.to_owned(), text.to_owned())).collect();
        for code in others.iter().filter(|code| code.bytes().all(|byte| byte.is_ascii_lowercase())) {
            let address = url(&format!("{address}&language={code}"))?;
            let texts = self.held(registry, address, Some(&self.identity)).await?;
            languages.extend(texts.languages().map(|(code, text)| (code.to_owned(), text.to_owned())));
        }
        Texts::new(languages).map(Arc::new).ok_or(NoAnswer::Unreadable)
    }

    async fn held(
        &self,
        from: &Upstream,
        url: Url,
        as_whom: Option<&Identity>,
    ) -> Result<Arc<Texts>, NoAnswer> {
        let key = url.to_string();
        let ask = async move {
            let mut headers = HeaderMap::new();
            if let Some(identity) = as_whom {
                identity.sign(&mut headers).await?;
            }
            let bytes = from.get(&url, &headers).await?;
            let text = String::from_utf8(bytes.to_vec()).map_err(|_| NoAnswer::Unreadable)?;
            let language = language(&text).ok_or(NoAnswer::Unreadable)?;
            Texts::new(vec![(language, text)]).map(Arc::new).ok_or(NoAnswer::Unreadable)
        };
        self.held.try_get_with(key, ask).await.map_err(|why| *why)
    }
}

/// The language that a definition says it is in; English where it says nothing.
fn language(text: &str) -> Option<String> {
    #[derive(serde::Deserialize)]
    struct Head {
        language: Option<String>,
    }
    let head: Head = serde_json::from_str(text).ok()?;
    Some(head.language.filter(|code| code.len() == 2).unwrap_or_else(|| "en".to_owned()))
}
