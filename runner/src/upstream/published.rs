//! What the author that is our registry gives out: its list, asked for every other second, by tag, so that nearly
//! always a few bytes say that nothing changed. Away, what was known stays known.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use http::header::IF_NONE_MATCH;
use http::{HeaderMap, HeaderValue};
use reqwest::Url;
use serde::Deserialize;
use uuid::Uuid;

use super::identity::Identity;
use super::{Asker, Bounds, NoAnswer, Origin, Upstream};
use crate::serving::drain::Drain;

const BOUNDS: Bounds = Bounds { time: Duration::from_secs(3), bytes: 4 * 1024 * 1024, at_once: 1, tries: 1 };
/// From one question to the next.
const EVERY: Duration = Duration::from_secs(2);

/// A version of a questionnaire.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Instrument {
    pub guid: Uuid,
    pub ci_version: i64,
    pub title: String,
    /// All it has, the base first.
    pub languages: Vec<String>,
}

/// What is known of it, shared.
#[derive(Debug, Default)]
pub struct Published(RwLock<Arc<Vec<Instrument>>>);

impl Published {
    /// The list as it was last told.
    #[must_use]
    pub fn list(&self) -> Arc<Vec<Instrument>> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The languages of one, besides its base.
    #[must_use]
    pub fn languages(&self, guid: Uuid) -> Vec<String> {
        let list = self.list();
        let found = list.iter().find(|instrument| instrument.guid == guid);
        found.map(|found| found.languages.iter().skip(1).cloned().collect()).unwrap_or_default()
    }

    fn keep(&self, list: Vec<Instrument>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(list);
    }
}

/// Asks for the list, again and again.
pub struct Poll {
    from: Upstream,
    url: Option<Url>,
    identity: Identity,
    published: Arc<Published>,
}

impl Poll {
    /// Of the registry below this address.
    #[must_use]
    pub fn new(
        asker: &Asker,
        base: &str,
        origin: &Origin,
        identity: Identity,
        published: Arc<Published>,
    ) -> Poll {
        Poll {
            from: Upstream::new("registry list", asker.clone(), BOUNDS, vec![origin.clone()]),
            url: Url::parse(&format!("{base}/collection-instruments")).ok(),
            identity,
            published,
        }
    }

    /// Until the service stops.
    pub async fn run(self, drain: Drain) {
        let mut tag = None;
        loop {
            tokio::select! {
                () = drain.stopping() => return,
                asked = self.ask(tag.as_ref()) => {
                    // What is wrong with the service is logged where it is asked.
                    if let Ok(Some(new)) = asked {
                        tag = new;
                    }
                }
            }
            tokio::select! {
                () = drain.stopping() => return,
                () = tokio::time::sleep(EVERY) => {}
            }
        }
    }

    /// Once. The new tag, where the list changed.
    async fn ask(&self, tag: Option<&HeaderValue>) -> Result<Option<Option<HeaderValue>>, NoAnswer> {
        let url = self.url.as_ref().ok_or(NoAnswer::Forbidden)?;
        let mut headers = HeaderMap::new();
        self.identity.sign(&mut headers).await?;
        if let Some(tag) = tag {
            headers.insert(IF_NONE_MATCH, tag.clone());
        }
        let Some((bytes, tag)) = self.from.get_tagged(url, &headers).await? else { return Ok(None) };
        let list = serde_json::from_slice(&bytes).map_err(|_| NoAnswer::Unreadable)?;
        self.published.keep(list);
        Ok(Some(tag))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    use super::*;

    /// Answers each question with the next of these, and keeps what it was asked.
    async fn registry(replies: Vec<String>) -> (String, tokio::task::JoinHandle<Vec<String>>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let task = tokio::spawn(async move {
            let mut asked = Vec::new();
            for reply in replies {
                let (mut stream, _) = listener.accept().await.unwrap();
                let mut head = vec![0; 4096];
                let read = stream.read(&mut head).await.unwrap();
                asked.push(String::from_utf8_lossy(&head[..read]).to_lowercase());
                stream.write_all(reply.as_bytes()).await.unwrap();
            }
            asked
        });
        (address, task)
    }

    fn reply(status: &str, body: &str) -> String {
        let length = body.len();
        format!(
            "HTTP/1.1 {status}\r\nConnection: close\r\nETag: \"one\"\r\nContent-Length: {length}\r\n\r\n{body}"
        )
    }

    #[tokio::test]
    async fn a_list_is_known_stays_known_and_is_asked_for_by_its_tag() {
        let guid = Uuid::from_u128(7);
        let list = format!(
            r#"[{{"guid": "{guid}", "ci_version": 2, "title": "Shops", "languages": ["en", "cy"], "more": 1}}]"#
        );
        let replies = vec![reply("200 OK", &list), reply("304 Not Modified", ""), reply("500 Oh", "")];
        let (address, asked) = registry(replies).await;
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "secret\n").unwrap();
        let published = Arc::new(Published::default());
        let origin = Origin::parse(&address).unwrap().inside();
        let identity = Identity::holder(file.path().to_owned());
        let poll = Poll::new(&Asker::new().unwrap(), &address, &origin, identity, Arc::clone(&published));
        let tag = poll.ask(None).await.unwrap().unwrap();
        assert_eq!(published.languages(guid), ["cy"]);
        assert_eq!(poll.ask(tag.as_ref()).await, Ok(None));
        assert_eq!(poll.ask(tag.as_ref()).await, Err(NoAnswer::Status(500)));
        assert_eq!(published.list().len(), 1, "away, what was known stays known");
        let asked = asked.await.unwrap();
        assert!(asked[0].contains("authorization: bearer secret"));
        assert!(!asked[0].contains("if-none-match"));
        assert!(asked[1].contains("if-none-match: \"one\""));
    }

    #[tokio::test]
    async fn without_a_token_nobody_is_asked() {
        let origin = Origin::parse("http://127.0.0.1:9").unwrap().inside();
        let identity = Identity::holder("/no/such/file".into());
        let asker = Asker::new().unwrap();
        let poll = Poll::new(&asker, "http://127.0.0.1:9", &origin, identity, Arc::default());
        assert_eq!(poll.ask(None).await, Err(NoAnswer::Forbidden));
    }
}
