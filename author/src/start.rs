//! From settings to a service that answers, and to its end.

use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use templates::{Assets, Templates, files};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::accounts::attempts::Attempts;
use crate::api;
use crate::api::permissions::Permissions;
use crate::app::{App, Parts};
use crate::audit;
use crate::config::{Config, StoreConfig};
use crate::preview::Previews;
use crate::secret::{sha256_hex, token};
use crate::starters::Starters;
use crate::store::{Acting, Database, Sqlite, StoreError, migrate};
use crate::tenants::catalogue::Catalogue;
use crate::tenants::{DEMO, Tenant, Tenants};
use crate::values;

/// Streams of events at a time.
const LISTENERS: usize = 4096;

/// Why the service does not start: one line for the operator.
#[derive(Debug, thiserror::Error)]
#[error("{what}: {why}")]
pub struct NotStarted {
    what: String,
    why: String,
}

/// Names what did not work.
pub fn not<E: std::fmt::Display>(what: impl Into<String>) -> impl FnOnce(E) -> NotStarted {
    let what = what.into();
    move |why| NotStarted { what, why: why.to_string() }
}

/// Puts the parts together.
///
/// # Errors
/// [`NotStarted`]: what is missing, and where.
pub async fn parts(config: Config) -> Result<App, NotStarted> {
    let now = Timestamp::now();
    let audit_key = audit::Key::of(&config.audit_key).map_err(not("AUDIT_KEY_FILE"))?;
    let tenants = tenants(&config, now).await.map_err(not("STORE"))?;
    let demo = tenants.of_host("localhost").await.map_err(not("STORE"))?;
    if let (Some(demo), Some(path)) = (demo, &config.registry_token) {
        let token = token_of(path).map_err(not("REGISTRY_TOKEN_FILE"))?;
        allow_token(&demo.database, &token, now).await.map_err(not("REGISTRY_TOKEN_FILE"))?;
    }
    let assets = match files::find("manifest.json") {
        Some(manifest) => {
            Assets::from_manifest(&String::from_utf8_lossy(manifest)).map_err(not("style and scripts"))?
        }
        None => {
            tracing::warn!("built without style and scripts: run `make assets`, then build again");
            Assets::plain()
        }
    };
    let document = api::openapi();
    Ok(App::new(Parts {
        tenants,
        audit_key,
        templates: Templates::new().map_err(not("templates"))?,
        assets,
        previews: Previews::default(),
        attempts: Attempts::default(),
        starters: Starters::read(&config.questionnaires),
        openapi: api::openapi_text(),
        permissions: Permissions::of(&document),
        places: Arc::new(Semaphore::new(config.requests)),
        listeners: Arc::new(Semaphore::new(LISTENERS)),
        work: TaskTracker::new(),
        closing: CancellationToken::new(),
        config,
    }))
}

/// The organisations of these settings; that of a single file is made ready.
///
/// # Errors
/// [`StoreError`].
pub async fn tenants(config: &Config, now: Timestamp) -> Result<Tenants, StoreError> {
    let domain = || config.domain.clone();
    Ok(match &config.store {
        StoreConfig::Sqlite(path) => {
            let database = Database::Sqlite(Sqlite::new(path));
            prepare(&database, DEMO, "Demo", now).await?;
            Tenants::One(Tenant::new(DEMO, database))
        }
        StoreConfig::Folder(path) => Tenants::Many(Catalogue::in_folder(path, domain()).await?),
        StoreConfig::Postgres(url) => {
            Tenants::Many(Catalogue::on_server(url, config.connections, domain()).await?)
        }
    })
}

/// Makes an organisation's tables as they should be, and the organisation in them.
///
/// # Errors
/// [`StoreError`].
pub async fn prepare(database: &Database, slug: &str, name: &str, now: Timestamp) -> Result<(), StoreError> {
    migrate(database, now).await?;
    let mut tx = database.write(&Acting::new("system", "prepare")).await?;
    let sql =
        "INSERT INTO organisation (id, name, created_at) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING";
    tx.execute(sql, values![slug, name, now.to_string()]).await?;
    tx.commit().await
}

/// The token in a file; made, for its owner alone, where there is none.
fn token_of(path: &Path) -> io::Result<String> {
    match std::fs::read_to_string(path) {
        Ok(text) if !text.trim().is_empty() => Ok(text.trim().to_owned()),
        Err(why) if why.kind() != io::ErrorKind::NotFound => Err(why),
        _ => {
            let token = token().map_err(io::Error::other)?;
            write_secret(path, token.expose())?;
            Ok(token.expose().to_owned())
        }
    }
}

/// Writes a file that its owner alone can read, whole or not at all.
///
/// # Errors
/// The system's.
pub fn write_secret(path: &Path, text: &str) -> io::Result<()> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let beside = path.with_extension("new");
    let mut options = std::fs::OpenOptions::new();
    let mut file = options.write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(beside, path)
}

/// Lets who has this token fetch what was published.
async fn allow_token(database: &Database, token: &str, now: Timestamp) -> Result<(), StoreError> {
    let mut tx = database.write(&Acting::new("system", "start")).await?;
    let sql = "INSERT INTO registry_token (hash, name, created_at, revoked_at) \
        VALUES ($1, 'REGISTRY_TOKEN_FILE', $2, NULL) ON CONFLICT (hash) DO NOTHING";
    tx.execute(sql, values![sha256_hex(token.as_bytes()), now.to_string()]).await?;
    tx.commit().await
}

/// Serves until the system says stop, then lets what is under way end. Says where it listens, once.
///
/// # Errors
/// [`NotStarted`] when the address cannot be listened on.
pub async fn serve(app: App) -> Result<(), NotStarted> {
    let address = SocketAddr::new(app.config.host, app.config.port);
    let listener = TcpListener::bind(address).await.map_err(not(format!("listening on {address}")))?;
    let address = listener.local_addr().map_err(not("listening"))?;
    tracing::info!("listening on http://{address}/");
    println!("Canvass author is at http://{address}/");
    let service = api::service(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let sealing = tokio::spawn(seal(app.clone()));
    let stop = stopped().map_err(not("signals"))?;
    let (told, mut tell) = tokio::sync::watch::channel(false);
    let served = axum::serve(listener, service).with_graceful_shutdown(async move {
        stop.await;
        let _ = told.send(true);
    });
    // Streams of events never end by themselves: they are cut off when their time is over.
    let patience = Duration::from_secs(app.config.drain_seconds);
    tokio::select! {
        ended = served => ended.map_err(not("serving"))?,
        () = async {
            let _ = tell.changed().await;
            app.closing.cancel();
            tokio::time::sleep(patience).await;
        } => {}
    }
    app.closing.cancel();
    app.work.close();
    if tokio::time::timeout(patience, app.work.wait()).await.is_err() {
        tracing::error!("stopped while something was still under way");
    }
    // The last seal is taken after the last write.
    if tokio::time::timeout(patience, sealing).await.is_err() {
        tracing::error!("stopped before the audit log was sealed");
    }
    Ok(())
}

/// How often the audit log is sealed.
const SEAL_EVERY: Duration = Duration::from_secs(30);

/// Seals the audit logs of the organisations at work, again and again, and once more at the end.
async fn seal(app: App) {
    loop {
        let is_over = tokio::select! {
            () = app.closing.cancelled() => true,
            () = tokio::time::sleep(SEAL_EVERY) => false,
        };
        if is_over {
            app.work.wait().await;
        }
        for tenant in app.tenants.open() {
            if let Err(why) = audit::seal(&tenant.database, &app.audit_key, Timestamp::now()).await {
                tracing::warn!(organisation = tenant.slug, %why, "the audit log was not sealed");
            }
        }
        if is_over {
            return;
        }
    }
}

/// Ends when the system says stop.
fn stopped() -> io::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
