//! Other services as they are when all is well, and when it is not.
#![expect(clippy::unwrap_used, reason = "tests")]
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::lookups::Lookups;
use super::*;
use crate::config::Lookups as Settings;
use crate::secret::SecretString;

/// A small service that says the same to everyone, and counts and keeps what it was asked.
struct Service {
    address: SocketAddr,
    asked: Arc<AtomicUsize>,
    last: Arc<std::sync::Mutex<String>>,
    task: tokio::task::JoinHandle<()>,
}

async fn service(reply: &'static str, pause: Duration) -> Service {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (asked, last) = (Arc::new(AtomicUsize::new(0)), Arc::new(std::sync::Mutex::new(String::new())));
    let (count, kept) = (Arc::clone(&asked), Arc::clone(&last));
    let task = tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let (count, kept) = (Arc::clone(&count), Arc::clone(&kept));
            tokio::spawn(async move {
                let mut head = vec![0; 8192];
                let read = stream.read(&mut head).await.unwrap();
                *kept.lock().unwrap() = String::from_utf8_lossy(&head[..read]).into_owned();
                count.fetch_add(1, Ordering::SeqCst);
                tokio::time::sleep(pause).await;
                let _ = stream.write_all(reply.as_bytes()).await;
            });
        }
    });
    Service { address, asked, last, task }
}

impl Service {
    fn url(&self) -> Url {
        Url::parse(&format!("http://{}/list.json", self.address)).unwrap()
    }

    fn origin(&self) -> Origin {
        Origin::of(&self.url()).unwrap().inside()
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

const LIST: &str =
    "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 18\r\n\r\n[{\"en\": \"France\"}]\n";
const FOUND: &str =
    "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 23\r\n\r\n{\"status\":{\"code\":200}}";
const LOST: &str = "HTTP/1.1 500 Oh\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
const ELSEWHERE: &str =
    "HTTP/1.1 302 Found\r\nConnection: close\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n";
const ENDLESS: &str = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n0123456789012345678901234567890123456789";

const BOUNDS: Bounds = Bounds { time: Duration::from_millis(500), bytes: 32, at_once: 4, tries: 1 };

fn upstream(origins: Origins, tries: u32) -> Upstream {
    Upstream::new("test", Asker::new().unwrap(), Bounds { tries, ..BOUNDS }, origins)
}

async fn get(from: &Upstream, url: &Url) -> Result<Bytes, NoAnswer> {
    from.get(url, &HeaderMap::new()).await
}

#[tokio::test]
async fn an_answer_comes_whole() {
    let service = service(LIST, Duration::ZERO).await;
    let from = upstream(vec![service.origin()], 1);
    assert!(get(&from, &service.url()).await.unwrap().starts_with(b"[{\"en\": \"France\"}]"));
}

#[tokio::test]
async fn a_private_address_is_refused_unless_its_origin_is_named_as_inside() {
    let service = service(LIST, Duration::ZERO).await;
    let named_only = upstream(vec![Origin::of(&service.url()).unwrap()], 1);
    assert_eq!(get(&named_only, &service.url()).await, Err(NoAnswer::Forbidden));
    let by_name = Url::parse(&format!("http://localhost:{}/", service.address.port())).unwrap();
    let resolved = upstream(vec![Origin::of(&by_name).unwrap()], 1);
    assert_eq!(get(&resolved, &by_name).await, Err(NoAnswer::Unreachable), "refused when it is resolved");
    assert_eq!(get(&upstream(vec![], 1), &service.url()).await, Err(NoAnswer::Forbidden));
    assert_eq!(service.asked(), 0);
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let service = service(ELSEWHERE, Duration::ZERO).await;
    assert_eq!(get(&upstream(vec![service.origin()], 1), &service.url()).await, Err(NoAnswer::Status(302)));
}

#[tokio::test]
async fn a_service_that_is_slow_or_sends_too_much_is_not_waited_for() {
    let slow = service(LIST, Duration::from_secs(60)).await;
    assert_eq!(get(&upstream(vec![slow.origin()], 1), &slow.url()).await, Err(NoAnswer::TooSlow));
    let endless = service(ENDLESS, Duration::ZERO).await;
    assert_eq!(get(&upstream(vec![endless.origin()], 1), &endless.url()).await, Err(NoAnswer::TooLarge));
}

#[tokio::test]
async fn a_question_is_asked_again_where_that_may_help() {
    let service = service(LOST, Duration::ZERO).await;
    assert_eq!(get(&upstream(vec![service.origin()], 3), &service.url()).await, Err(NoAnswer::Status(500)));
    assert_eq!(service.asked(), 3);
}

#[tokio::test]
async fn a_service_that_is_away_is_left_alone_after_a_while() {
    let service = service(LOST, Duration::ZERO).await;
    let from = upstream(vec![service.origin()], 1);
    for _ in 0..5 {
        assert_eq!(get(&from, &service.url()).await, Err(NoAnswer::Status(500)));
    }
    assert_eq!(get(&from, &service.url()).await, Err(NoAnswer::LeftAlone));
    assert_eq!(service.asked(), 5);
}

fn lookups(service: &Service, secret: Option<&SecretString>) -> Lookups {
    let base = format!("http://{}", service.address);
    let settings = Settings {
        suggestions: vec![service.origin()],
        suggestions_root: Some(format!("{base}/lists")),
        addresses: Some((base, service.origin())),
        addresses_auth: secret.map(|_| jiff::SignedDuration::from_secs(300)),
    };
    Lookups::new(&settings, &Asker::new().unwrap(), secret)
}

fn now() -> jiff::Timestamp {
    jiff::Timestamp::from_second(1_800_000_000).unwrap()
}

#[tokio::test]
async fn a_list_is_fetched_once_for_all_who_ask_and_kept_when_its_service_goes_away() {
    let service = service(LIST, Duration::from_millis(50)).await;
    let lookups = Arc::new(lookups(&service, None));
    let address = "{suggestions_url_root}/countries.json";
    let asking = (0..20).map(|_| {
        let lookups = Arc::clone(&lookups);
        tokio::spawn(async move { lookups.suggestions(address).await })
    });
    for asked in asking.collect::<Vec<_>>() {
        assert!(asked.await.unwrap().is_ok());
    }
    assert_eq!(service.asked(), 1);
    assert!(service.last.lock().unwrap().starts_with("GET /lists/countries.json HTTP/1.1"));
    service.task.abort();
    assert!(lookups.suggestions(address).await.is_ok());
    assert!(lookups.suggestions("{suggestions_url_root}/other.json").await.is_err());
}

#[tokio::test]
async fn what_is_no_list_or_lies_elsewhere_is_no_list() {
    let service = service(FOUND, Duration::ZERO).await;
    let lookups = lookups(&service, None);
    assert_eq!(lookups.suggestions(service.url().as_str()).await, Err(NoAnswer::Unreadable));
    for elsewhere in ["http://example.org/x.json", "file:///etc/passwd", "", "countries.json"] {
        assert_eq!(lookups.suggestions(elsewhere).await, Err(NoAnswer::Forbidden), "{elsewhere}");
    }
}

#[tokio::test]
async fn an_address_is_looked_up_by_the_names_the_page_uses_and_with_a_token_where_wanted() {
    let service = service(FOUND, Duration::ZERO).await;
    let secret = SecretString::new("hush".to_owned());
    let lookups = lookups(&service, Some(&secret));
    let query = [("input", "9 Bryn & co"), ("limit", "10"), ("secret", "x")];
    let query: Vec<_> = query.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    lookups.addresses(&["addresses", "eq"], &query, now()).await.unwrap();
    let asked = service.last.lock().unwrap().clone();
    assert!(asked.starts_with("GET /addresses/eq?input=9+Bryn+%26+co&limit=10 HTTP/1.1"), "{asked}");
    assert!(asked.contains("authorization: Bearer eyJ"), "{asked}");
    for path in [&["addresses", "eq", "uprn", "../x"][..], &["addresses"], &["admin"], &[]] {
        assert_eq!(lookups.addresses(path, &[], now()).await, Err(NoAnswer::Forbidden), "{path:?}");
    }
    assert!(lookups.addresses(&["addresses", "eq", "uprn", "100"], &[], now()).await.is_ok());
}

#[tokio::test]
async fn a_definition_is_fetched_by_its_address_and_by_its_id_once_for_many_launches() {
    use super::identity::Identity;
    use super::registry::Registry;
    const DEFINITION: &str =
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 18\r\n\r\n{\"language\": \"cy\"}";
    let service = service(DEFINITION, Duration::from_millis(20)).await;
    let base = (format!("http://{}", service.address), service.origin());
    let asker = Asker::new().unwrap();
    let registry = Arc::new(Registry::new(
        &asker,
        vec![service.origin()],
        Some(&base),
        Identity::none(),
        Arc::default(),
    ));
    let asking = (0..10).map(|_| {
        let (registry, url) = (Arc::clone(&registry), service.url());
        tokio::spawn(async move { registry.at(url.as_str()).await })
    });
    for asked in asking.collect::<Vec<_>>() {
        let texts = asked.await.unwrap().unwrap();
        assert_eq!(texts.languages().collect::<Vec<_>>(), [("cy", "{\"language\": \"cy\"}")]);
    }
    assert_eq!(service.asked(), 1);
    registry.of(uuid::Uuid::from_u128(7)).await.unwrap();
    let asked = service.last.lock().unwrap().clone();
    let path = "GET /collection-instruments/schema?guid=00000000-0000-0000-0000-000000000007 HTTP/1.1";
    assert!(asked.starts_with(path), "{asked}");
    assert_eq!(registry.at("http://127.0.0.1:1/x").await, Err(NoAnswer::Forbidden));
}

const TOKEN: &str = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 12\r\n\r\naaa.bbb.ccc\n";

/// Says who we are as the metadata service at `metadata` does, to the client `registry.apps`.
fn told_by(metadata: &Service) -> identity::Identity {
    let base = format!("http://{}", metadata.address);
    identity::Identity::told_by(base, &Asker::new().unwrap(), "registry.apps".to_owned())
}

#[tokio::test]
async fn the_registry_and_the_service_of_data_are_asked_with_a_token_of_the_cloud() {
    use super::registry::Registry;
    use super::supplementary::{NoData, SupplementaryService, Wanted};
    let metadata = service(TOKEN, Duration::from_millis(20)).await;
    let asker = Asker::new().unwrap();
    let office = service(LIST, Duration::ZERO).await;
    let base = format!("http://{}", office.address);
    let signed = || office.last.lock().unwrap().contains("authorization: Bearer aaa.bbb.ccc\r\n");

    let registry = Registry::new(
        &asker,
        vec![],
        Some(&(base.clone(), office.origin())),
        told_by(&metadata),
        Arc::default(),
    );
    let ids = (0..4).map(uuid::Uuid::from_u128);
    futures_util::future::join_all(ids.map(|id| registry.of(id))).await;
    assert_eq!(office.asked(), 4);
    assert!(signed());
    assert_eq!(metadata.asked(), 1, "one token serves many");
    let asked = metadata.last.lock().unwrap().clone();
    let path = "GET /computeMetadata/v1/instance/service-accounts/default/identity?audience=registry.apps&format=full ";
    assert!(asked.starts_with(path), "{asked}");
    assert!(asked.contains("metadata-flavor: Google\r\n"), "{asked}");

    let data = SupplementaryService::new(&asker, base, office.origin(), told_by(&metadata));
    *office.last.lock().unwrap() = String::new();
    let wanted = Wanted { dataset: "d", unit: "u", survey: "s" };
    assert_eq!(data.fetch(wanted).await.err(), Some(NoData::Wrong("its envelope")));
    assert!(signed());
    assert_eq!(metadata.asked(), 2);

    // Addresses are the author's to name: no token goes there.
    let addressed = Registry::new(&asker, vec![office.origin()], None, told_by(&metadata), Arc::default());
    let _ = addressed.at(office.url().as_str()).await;
    assert!(!signed());
    assert_eq!(metadata.asked(), 2);
}

#[tokio::test]
async fn without_a_token_the_service_is_not_asked() {
    use super::supplementary::{NoData, SupplementaryService, Wanted};
    let asker = Asker::new().unwrap();
    let office = service(LIST, Duration::ZERO).await;
    let base = format!("http://{}", office.address);
    let wanted = Wanted { dataset: "d", unit: "u", survey: "s" };
    for (reply, why) in [
        (LOST, NoAnswer::Status(500)),
        (ELSEWHERE, NoAnswer::Status(302)),
        ("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 3\r\n\r\na\nb", NoAnswer::Unreadable),
        ("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", NoAnswer::Unreadable),
    ] {
        let metadata = service(reply, Duration::ZERO).await;
        let data = SupplementaryService::new(&asker, base.clone(), office.origin(), told_by(&metadata));
        assert_eq!(data.fetch(wanted).await.err(), Some(NoData::NoAnswer(why)), "{reply}");
    }
    assert_eq!(office.asked(), 0);
}

#[tokio::test]
async fn a_token_that_could_not_be_had_is_asked_for_again() {
    let metadata = service(LOST, Duration::ZERO).await;
    let identity = told_by(&metadata);
    let mut headers = HeaderMap::new();
    assert_eq!(identity.sign(&mut headers).await, Err(NoAnswer::Status(500)));
    let asked = metadata.asked();
    assert_eq!(identity.sign(&mut headers).await, Err(NoAnswer::Status(500)));
    assert!(metadata.asked() > asked);
    assert!(headers.is_empty());
}

#[tokio::test]
async fn a_registry_that_is_away_fails_the_launch_after_three_tries() {
    use super::identity::Identity;
    use super::registry::Registry;
    let service = service(LOST, Duration::ZERO).await;
    let registry =
        Registry::new(&Asker::new().unwrap(), vec![service.origin()], None, Identity::none(), Arc::default());
    assert_eq!(registry.at(service.url().as_str()).await, Err(NoAnswer::Status(500)));
    assert_eq!(service.asked(), 3);
    assert_eq!(registry.of(uuid::Uuid::nil()).await, Err(NoAnswer::Forbidden), "there is none");
}
