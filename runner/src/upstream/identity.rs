//! Who we are to other services of the office: an OIDC token for their client id, from the cloud we run in; or a token
//! in a file.
//!
//! Source: spec/03 §3.8, §11 (`OIDC_TOKEN_BACKEND`).

use std::path::PathBuf;
use std::time::Duration;

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, HeaderValue};
use moka::future::Cache;
use reqwest::Url;

use super::{Asker, Bounds, NoAnswer, Origin, Upstream};
use crate::secret::SecretString;

const METADATA: &str = "http://metadata.google.internal";
const PATH: &str = "/computeMetadata/v1/instance/service-accounts/default/identity";
const BOUNDS: Bounds = Bounds { time: Duration::from_secs(2), bytes: 16 * 1024, at_once: 8, tries: 2 };
/// Tokens last an hour.
const KEPT_FOR: Duration = Duration::from_secs(45 * 60);

/// Longest token in a file, in bytes.
const LONGEST_TOKEN: usize = 8192;

/// Signs questions to one service, or leaves them as they are.
#[derive(Clone)]
pub struct Identity(Who);

#[derive(Clone)]
enum Who {
    Nobody,
    Cloud(Cloud),
    /// Whoever holds what this file holds.
    Holder(PathBuf),
}

#[derive(Clone)]
struct Cloud {
    client_id: String,
    /// Where the metadata service is.
    base: String,
    metadata: std::sync::Arc<Upstream>,
    tokens: Cache<(), SecretString>,
}

impl Identity {
    /// Nobody in particular: on a developer's machine.
    #[must_use]
    pub fn none() -> Identity {
        Identity(Who::Nobody)
    }

    /// As the cloud's metadata service says, for this client id.
    #[must_use]
    pub fn cloud(asker: &Asker, client_id: String) -> Identity {
        Identity::told_by(METADATA.to_owned(), asker, client_id)
    }

    /// As a metadata service at this address says.
    pub(super) fn told_by(base: String, asker: &Asker, client_id: String) -> Identity {
        let origins = Origin::parse(&base).map(Origin::inside).into_iter().collect();
        let metadata = Upstream::new("identity", asker.clone(), BOUNDS, origins).into();
        let tokens = Cache::builder().max_capacity(1).time_to_live(KEPT_FOR).build();
        Identity(Who::Cloud(Cloud { client_id, base, metadata, tokens }))
    }

    /// Whoever holds the token in this file. It is read for each question, so that it may be there later, and changed.
    #[must_use]
    pub fn holder(file: PathBuf) -> Identity {
        Identity(Who::Holder(file))
    }

    /// Adds the bearer token.
    ///
    /// # Errors
    /// [`NoAnswer`] when the cloud gives none, or the file has none.
    pub async fn sign(&self, headers: &mut HeaderMap) -> Result<(), NoAnswer> {
        let token = match &self.0 {
            Who::Nobody => return Ok(()),
            Who::Cloud(cloud) => cloud.tokens.try_get_with((), cloud.fetch()).await.map_err(|why| *why)?,
            Who::Holder(file) => {
                let text = tokio::fs::read_to_string(file).await.map_err(|_| NoAnswer::Forbidden)?;
                let token = text.trim();
                if token.is_empty() || token.len() > LONGEST_TOKEN {
                    return Err(NoAnswer::Forbidden);
                }
                SecretString::new(token.to_owned())
            }
        };
        let value = HeaderValue::try_from(format!("Bearer {}", token.expose()));
        let mut value = value.map_err(|_| NoAnswer::Unreadable)?;
        value.set_sensitive(true);
        headers.insert(AUTHORIZATION, value);
        Ok(())
    }
}

impl Cloud {
    async fn fetch(&self) -> Result<SecretString, NoAnswer> {
        // In full: with the address of the account, by which a proxy in front of the service knows it.
        let arguments = [("audience", &*self.client_id), ("format", "full")];
        let url = Url::parse_with_params(&format!("{}{PATH}", self.base), arguments);
        let url = url.map_err(|_| NoAnswer::Forbidden)?;
        let mut headers = HeaderMap::new();
        headers.insert(HeaderName::from_static("metadata-flavor"), HeaderValue::from_static("Google"));
        let token = self.metadata.get(&url, &headers).await?;
        let token = std::str::from_utf8(&token).map_err(|_| NoAnswer::Unreadable)?.trim();
        let is_token = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
        if is_token { Ok(SecretString::new(token.to_owned())) } else { Err(NoAnswer::Unreadable) }
    }
}
