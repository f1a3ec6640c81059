//! The service in this process, over a store of choice, and a bare route beside it.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use axum::Router;
use axum::routing::{get, post};
use bytes::Bytes;
use http::{StatusCode, header};
use runner::app::App;
use runner::config::{Config, StoreConfig};
use runner::serving::drain::Drain;
use runner::serving::listener::{self, ListenerBounds};
use runner::{start, store};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

use crate::surveys::{MONTHLY_BUSINESS, Survey, TEST_CHECKBOX};

/// A service that runs until it is dropped.
pub struct Scene {
    pub runtime: Runtime,
    pub app: App,
    pub surveys: Vec<&'static Survey>,
    _folder: tempfile::TempDir,
}

/// The recorded material, under `SHARED` or beside the project.
pub fn shared() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    Some(std::env::var_os("SHARED").map_or(beside, PathBuf::from)).filter(|folder| folder.is_dir())
}

/// The recorded questionnaires.
pub fn recorded() -> Option<PathBuf> {
    Some(shared()?.join("conformance/schemas")).filter(|folder| folder.is_dir())
}

/// What is measured; says so in a line when something is missing.
pub fn surveys() -> Vec<&'static Survey> {
    if recorded().is_some() {
        return vec![&MONTHLY_BUSINESS, &TEST_CHECKBOX];
    }
    println!("test_checkbox is left out: no conformance/schemas in SHARED");
    vec![&MONTHLY_BUSINESS]
}

/// The roots of all questionnaires there are.
pub fn questionnaires() -> String {
    let own = format!("{}/../questionnaires", env!("CARGO_MANIFEST_DIR"));
    recorded().map_or(own.clone(), |recorded| format!("{own}:{}", recorded.display()))
}

impl Scene {
    /// `store` is `sqlite`, `memory`, or as in STORE; `more` are further settings.
    pub fn new(store: &str, more: &[(&str, &str)]) -> Scene {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        Scene::on(runtime, store, more)
    }

    pub fn on(runtime: Runtime, store: &str, more: &[(&str, &str)]) -> Scene {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name).display().to_string();
        let location = match store {
            "sqlite" | "memory" => format!("sqlite:{}", at("responses.db")),
            other => other.to_owned(),
        };
        let settings = [
            ("DEMO", "true"),
            ("STORE", &location),
            ("STORE_TIMEOUT_MILLISECONDS", "10000"),
            ("DEVELOPMENT_KEYS", &at("keys")),
            ("QUESTIONNAIRES", &questionnaires()),
            ("EQ_SUBMISSION_BACKEND", "log"),
        ];
        let settings =
            settings.iter().chain(more).map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let mut config = Config::read(settings).unwrap();
        if store == "memory" {
            config.store = StoreConfig::Memory;
        }
        let app = runtime.block_on(async {
            if let StoreConfig::Cassandra(cluster) = &config.store {
                store::cql::init(cluster, None).await.unwrap();
            }
            start::parts(config).await.unwrap()
        });
        Scene { runtime, app, surveys: surveys(), _folder: folder }
    }

    /// Begins to listen behind our own listener.
    pub fn listen(&self) -> SocketAddr {
        let (listener, address) = self.bind();
        let time = Duration::from_secs(600);
        let bounds = ListenerBounds { connections: 1000, patience: time, drain: time };
        self.runtime.spawn(listener::serve(
            listener,
            runner::service(self.app.clone()),
            bounds,
            Drain::new(),
        ));
        address
    }

    /// The anchor: axum with nothing of ours, giving back a page of the same bytes, and a redirect to a POST.
    pub fn listen_bare(&self, page: Vec<u8>) -> SocketAddr {
        let (listener, address) = self.bind();
        let page = Bytes::from(page);
        let shown = get(async move || ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page));
        let posted = post(async |_: Bytes| (StatusCode::FOUND, [(header::LOCATION, "/")]));
        let router = Router::new().route("/", shown.merge(posted));
        self.runtime.spawn(async move { axum::serve(listener, router).await });
        address
    }

    fn bind(&self) -> (TcpListener, SocketAddr) {
        let listener = self.runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        (listener, address)
    }
}
