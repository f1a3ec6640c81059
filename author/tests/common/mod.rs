//! The service in a process of its own making, and browsers that talk to it without a network.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]
#![allow(dead_code, clippy::allow_attributes, reason = "each test uses some of it")]

use std::sync::atomic::{AtomicU32, Ordering};

use author::app::App;
use author::config::Config;
use author::store::postgres::Cap;
use author::store::{Database, Postgres};
use author::tenants::{Tenants, fleet};
use author::{api, start};
use axum::Router;
use axum::body::Body;
use http::{HeaderMap, Method, Request, StatusCode, header};
use serde_json::{Value, json};
use tower::ServiceExt as _;

/// A service over a folder of its own.
pub struct Service {
    pub app: App,
    router: Router,
    folder: tempfile::TempDir,
}

impl Service {
    /// With SQLite.
    pub async fn new() -> Service {
        Service::with(&[]).await
    }

    /// With these settings besides.
    pub async fn with(more: &[(&str, &str)]) -> Service {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).display().to_string();
        let questionnaires = concat!(env!("CARGO_MANIFEST_DIR"), "/../questionnaires");
        let mut vars = vec![
            ("STORE".to_owned(), format!("sqlite:{}", path("author.db"))),
            ("REGISTRY_TOKEN_FILE".to_owned(), path("registry.token")),
            ("AUDIT_KEY_FILE".to_owned(), path("audit.key")),
            ("QUESTIONNAIRES".to_owned(), questionnaires.to_owned()),
        ];
        vars.extend(more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let config = Config::read(vars).unwrap();
        let app = start::parts(config).await.unwrap();
        let router = api::service(app.clone());
        Service { app, router, folder }
    }

    /// With a catalogue of its own on the Postgres of `POSTGRES`, and the organisation `demo`; none without, but in CI.
    pub async fn on_postgres() -> Option<Service> {
        let Ok(url) = std::env::var("POSTGRES") else {
            assert!(std::env::var("CI").is_err(), "POSTGRES: no address");
            eprintln!(
                "skipped on Postgres: POSTGRES gives no address (author/tests/services/postgres.sh start)"
            );
            return None;
        };
        let name = format!("t{}", &uuid::Uuid::new_v4().simple().to_string()[..12]);
        let server = Postgres::new(&url, None, &Cap::new(2)).unwrap();
        server.outside(&format!("CREATE DATABASE {name}")).await.unwrap();
        let (before, _) = url.rsplit_once('/').unwrap();
        let store = format!("{before}/{name}");
        let domain = ("DOMAIN", "author.example.org");
        let service = Service::with(&[("STORE", &store), domain]).await;
        service.make_organisation("demo").await;
        Some(service)
    }

    /// Makes an organisation.
    pub async fn make_organisation(&self, slug: &str) {
        let Tenants::Many(catalogue) = &self.app.tenants else { panic!("one organisation") };
        fleet::create(catalogue, slug, slug, jiff::Timestamp::now()).await.unwrap();
    }

    /// Every store there is, by name.
    pub async fn all() -> Vec<(&'static str, Service)> {
        let mut all = vec![("SQLite", Service::new().await)];
        all.extend(Service::on_postgres().await.map(|service| ("Postgres", service)));
        all
    }

    /// The database of `demo`.
    pub async fn store(&self) -> Database {
        self.app.tenants.of_host("localhost").await.unwrap().unwrap().database.clone()
    }

    /// The token under which the registry gives out.
    pub fn registry_token(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("registry.token")).unwrap()
    }

    /// The database's file.
    pub fn database(&self) -> std::path::PathBuf {
        self.folder.path().join("author.db")
    }

    /// A browser that holds nothing yet.
    pub fn browser(&self) -> Browser {
        Browser {
            router: self.router.clone(),
            host: "localhost".to_owned(),
            cookie: None,
            csrf: String::new(),
        }
    }

    /// The browser of the first account, an administrator's.
    pub async fn administrator(&self) -> Browser {
        let mut browser = self.browser();
        browser.look().await;
        let account = json!({"name": "Ann", "email": "ann@example.org", "password": "correct horse"});
        let reply = browser.post("/api/v1/first-account", account).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{reply:?}");
        browser.csrf = reply.json["csrf"].as_str().unwrap().to_owned();
        browser
    }
}

/// A browser: its cookie, and what proves that a request is its page's.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    pub host: String,
    pub cookie: Option<String>,
    pub csrf: String,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
    /// Null for what is no JSON.
    pub json: Value,
}

impl Reply {
    /// Where it leads.
    pub fn location(&self) -> String {
        self.headers[header::LOCATION].to_str().unwrap().to_owned()
    }

    /// Its tag.
    pub fn tag(&self) -> String {
        self.headers[header::ETAG].to_str().unwrap().to_owned()
    }
}

/// A key that nobody used.
pub fn key() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("key-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

impl Browser {
    /// Loads the first page.
    pub async fn look(&mut self) -> Value {
        let reply = self.get("/api/v1/session").await;
        self.csrf = reply.json["csrf"].as_str().unwrap().to_owned();
        reply.json
    }

    pub async fn get(&mut self, path: &str) -> Reply {
        self.ask(Method::GET, path, None, &[]).await
    }

    pub async fn post(&mut self, path: &str, body: Value) -> Reply {
        self.ask(Method::POST, path, Some(body), &[]).await
    }

    /// Asks anything.
    pub async fn ask(
        &mut self,
        method: Method,
        path: &str,
        body: Option<Value>,
        headers: &[(&str, &str)],
    ) -> Reply {
        let mut request = Request::builder().method(&method).uri(path).header(header::HOST, &self.host);
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        if method != Method::GET {
            request = request.header("x-csrf-token", &self.csrf);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = match body {
            Some(body) => {
                request = request.header(header::CONTENT_TYPE, "application/json");
                Body::from(body.to_string())
            }
            None => Body::empty(),
        };
        self.send(request.body(body).unwrap()).await
    }

    /// Posts a form, as a page does.
    pub async fn submit(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header(header::HOST, &self.host)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    async fn send(&mut self, request: Request<Body>) -> Reply {
        let reply = self.router.clone().oneshot(request).await.unwrap();
        let (head, body) = reply.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        if let Some(cookie) = head.headers.get(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap().split(';').next().unwrap();
            self.cookie = (!cookie.ends_with('=')).then(|| cookie.to_owned());
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let json = serde_json::from_str(&text).unwrap_or(Value::Null);
        Reply { status: head.status, headers: head.headers, text, json }
    }

    /// Makes a questionnaire; its id.
    pub async fn questionnaire(&mut self, title: &str) -> String {
        let reply = self.post("/api/v1/questionnaires", json!({"title": title})).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{reply:?}");
        reply.json["id"].as_str().unwrap().to_owned()
    }

    /// Changes a draft.
    pub async fn change(&mut self, id: &str, revision: i64, key: &str, patch: Value) -> Reply {
        let path = format!("/api/v1/questionnaires/{id}/draft");
        let tag = format!("\"{revision}\"");
        let headers = [("if-match", tag.as_str()), ("idempotency-key", key)];
        let body = json!({"label": "Change", "patch": patch});
        self.ask(Method::PATCH, &path, Some(body), &headers).await
    }
}

/// The hidden field of a page.
pub fn token(page: &str) -> String {
    let after = page.split("name=\"csrf_token\" type=\"hidden\" value=\"").nth(1);
    after.and_then(|after| after.split('"').next()).unwrap_or_else(|| panic!("no token in {page}")).to_owned()
}
