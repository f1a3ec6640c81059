//! What pages fetch while somebody types: lists of suggestions, and addresses.
//!
//! Both go through our own origin, so that a page's policy names no other host and no service learns who types.
//! When the service is away the field is the plain input that it is without script.

use std::sync::Arc;
use std::time::Duration;

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue};
use jiff::{SignedDuration, Timestamp};
use moka::future::Cache;
use reqwest::Url;
use serde::de::IgnoredAny;

use super::{Asker, Bounds, NoAnswer, Origins, Upstream};
use crate::config::Lookups as Settings;
use crate::secret::SecretString;

/// The address root that definitions of the 2021 census leave to the operator.
const ROOT: &str = "{suggestions_url_root}";
/// Longest address that is asked, in bytes.
const MAX_URL: usize = 2048;
/// Memory for lists, and for addresses.
const CACHE_BYTES: u64 = 32 * 1024 * 1024;
const LISTS_FOR: Duration = Duration::from_secs(3600);
const ADDRESSES_FOR: Duration = Duration::from_secs(300);

/// Lists change seldom and may be long; all respondents share one.
const LISTS: Bounds = Bounds { time: Duration::from_secs(5), bytes: 4 * 1024 * 1024, at_once: 16, tries: 1 };
/// Somebody waits for these between two key strokes.
const ADDRESSES: Bounds = Bounds { time: Duration::from_secs(3), bytes: 512 * 1024, at_once: 128, tries: 1 };

/// What an address look-up may be asked beside its path: the names that the page's script uses.
const ARGUMENTS: &[&str] = &[
    "input",
    "limit",
    "groupfullpostcodes",
    "postcode",
    "streetname",
    "townname",
    "classificationfilter",
    "addresstype",
    "favourwelsh",
    "eboost",
    "nboost",
    "sboost",
    "wboost",
    "epoch",
];

/// The services that help with typing.
pub struct Lookups {
    lists: Upstream,
    root: Option<String>,
    addresses: Option<Addresses>,
    held_lists: Cache<String, Bytes>,
    held_addresses: Cache<String, Bytes>,
}

struct Addresses {
    upstream: Upstream,
    base: String,
    /// The key that tokens are signed with, and how long each is good for.
    auth: Option<(hmac::Key, SignedDuration)>,
}

impl Lookups {
    /// As configured. `secret` signs tokens for the address look-up, where it wants them.
    #[must_use]
    pub fn new(settings: &Settings, asker: &Asker, secret: Option<&SecretString>) -> Lookups {
        let addresses = settings.addresses.as_ref().map(|(base, origin)| Addresses {
            upstream: Upstream::new("address look-up", asker.clone(), ADDRESSES, vec![origin.clone()]),
            base: base.clone(),
            auth: settings.addresses_auth.zip(secret).map(|(leeway, secret)| {
                (hmac::Key::new(hmac::HMAC_SHA256, secret.expose().as_bytes()), leeway)
            }),
        });
        let origins: Origins = settings.suggestions.clone();
        Lookups {
            lists: Upstream::new("suggestions", asker.clone(), LISTS, origins),
            root: settings.suggestions_root.clone(),
            addresses,
            held_lists: held(LISTS_FOR),
            held_addresses: held(ADDRESSES_FOR),
        }
    }

    /// The list that a definition names by this address: a JSON array, as it came.
    ///
    /// # Errors
    /// [`NoAnswer`].
    pub async fn suggestions(&self, address: &str) -> Result<Bytes, NoAnswer> {
        let address = match (&self.root, address.strip_prefix(ROOT)) {
            (Some(root), Some(rest)) => format!("{root}{rest}"),
            _ => address.to_owned(),
        };
        let url = url(&address)?;
        let ask = async {
            let bytes = self.lists.get(&url, &HeaderMap::new()).await?;
            serde_json::from_slice::<Vec<IgnoredAny>>(&bytes).map_err(|_| NoAnswer::Unreadable)?;
            Ok(bytes)
        };
        // Those who ask for one list at once wait for one answer.
        self.held_lists.try_get_with(url.to_string(), ask).await.map_err(|why: Arc<NoAnswer>| *why)
    }

    /// What the address look-up answers: a JSON object, as it came. `path` are the segments behind its own
    /// address, `query` what the page's script asks.
    ///
    /// # Errors
    /// [`NoAnswer`].
    pub async fn addresses(
        &self,
        path: &[&str],
        query: &[(String, String)],
        now: Timestamp,
    ) -> Result<Bytes, NoAnswer> {
        let addresses = self.addresses.as_ref().ok_or(NoAnswer::Forbidden)?;
        let path = match path {
            ["addresses", "eq"] => "/addresses/eq".to_owned(),
            ["addresses", "eq", "bucket"] => "/addresses/eq/bucket".to_owned(),
            ["addresses", "eq", "uprn", number] if is_number(number) => {
                format!("/addresses/eq/uprn/{number}")
            }
            _ => return Err(NoAnswer::Forbidden),
        };
        let url = url(&format!("{}{path}?{}", addresses.base, known(query)))?;
        let ask = async {
            let bytes = addresses.upstream.get(&url, &addresses.headers(now)).await?;
            let object = serde_json::from_slice::<std::collections::HashMap<String, IgnoredAny>>(&bytes);
            object.map_err(|_| NoAnswer::Unreadable)?;
            Ok(bytes)
        };
        self.held_addresses.try_get_with(url.to_string(), ask).await.map_err(|why: Arc<NoAnswer>| *why)
    }
}

impl Addresses {
    /// `Authorization: Bearer`, a JWT signed with HS256, where the service wants one.
    fn headers(&self, now: Timestamp) -> HeaderMap {
        let mut headers = HeaderMap::new();
        if let Some((key, leeway)) = &self.auth {
            let (from, until) = (now.as_second() - leeway.as_secs(), now.as_second() + leeway.as_secs());
            let head = URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256","typ":"JWT"}"#);
            let claims = URL_SAFE_NO_PAD.encode(format!(r#"{{"iss":"eq","iat":{from},"exp":{until}}}"#));
            let signed = format!("{head}.{claims}");
            let signature = URL_SAFE_NO_PAD.encode(hmac::sign(key, signed.as_bytes()));
            if let Ok(mut value) = HeaderValue::try_from(format!("Bearer {signed}.{signature}")) {
                value.set_sensitive(true);
                headers.insert(AUTHORIZATION, value);
            }
        }
        headers
    }
}

/// Of a query, what the look-up may be asked.
fn known(query: &[(String, String)]) -> String {
    let known = query.iter().filter(|(name, _)| ARGUMENTS.contains(&name.as_str()));
    form_urlencoded::Serializer::new(String::new()).extend_pairs(known).finish()
}

fn is_number(text: &str) -> bool {
    (1..=18).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn url(text: &str) -> Result<Url, NoAnswer> {
    if text.len() > MAX_URL {
        return Err(NoAnswer::Forbidden);
    }
    let mut url = Url::parse(text).map_err(|_| NoAnswer::Forbidden)?;
    url.set_fragment(None);
    Ok(url)
}

/// A cache bounded by bytes and by time.
fn held(time: Duration) -> Cache<String, Bytes> {
    let weight =
        |key: &String, bytes: &Bytes| u32::try_from(key.len() + bytes.len() + 128).unwrap_or(u32::MAX);
    Cache::builder().max_capacity(CACHE_BYTES).weigher(weight).time_to_live(time).build()
}
