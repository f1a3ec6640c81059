//! From settings to a service that answers, and to its end.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use engine::visitor::{IndividualLimits, Limits};
use jiff::{SignedDuration, Timestamp};
use templates::{Assets, LinkSettings, Templates};
use tokio::net::TcpListener;

use crate::app::{App, Parts};
use crate::config::{Config, Receiver};
use crate::definitions::Catalogue;
use crate::information::Information;
use crate::jobs::relay::Relay;
use crate::jobs::sweep;
use crate::keys::{self, Development, Keys, Secrets};
use crate::library::Library;
use crate::page_token::PageTokens;
use crate::pdf::PdfWriter;
use crate::record::EffectKind;
use crate::seal::Sealer;
use crate::send::{Senders, can_seal};
use crate::serving::admission::Admission;
use crate::serving::drain::{self, Drain};
use crate::serving::lane::Lane;
use crate::serving::listener::{self, ListenerBounds};
use crate::session::Cookies;
use crate::store::Store;
use crate::telemetry::Metrics;
use crate::typed_token::TypedTokens;
use crate::upstream::Asker;
use crate::upstream::identity::Identity;
use crate::upstream::lookups::Lookups;
use crate::upstream::published::{Poll, Published};
use crate::upstream::registry::Registry;
use crate::upstream::supplementary::SupplementaryService;

/// Why the service does not start: one line for the operator.
#[derive(Debug, thiserror::Error)]
#[error("{what}: {why}")]
pub struct NotStarted {
    what: String,
    why: String,
}

fn not<E: std::fmt::Display>(what: impl Into<String>) -> impl FnOnce(E) -> NotStarted {
    let what = what.into();
    move |why| NotStarted { what, why: why.to_string() }
}

/// Puts the parts together.
///
/// # Errors
/// [`NotStarted`]: what is missing, and where.
pub async fn parts(config: Config) -> Result<App, NotStarted> {
    let (keys, secrets, launcher) = keys_of(&config)?;
    let store = Store::open(&config.store, span(config.bounds.store_timeout)).await.map_err(not("STORE"))?;
    let drain = Drain::new();
    let sealer = Arc::new(Sealer::new(&config.tenant, &[&secrets.pepper]).map_err(not("sealing"))?);
    let is_sealed = |receiver: Option<&Receiver>| receiver.is_some_and(|receiver| *receiver != Receiver::Log);
    let leaves_sealed = [EffectKind::Submission, EffectKind::Feedback];
    let needs_keys = leaves_sealed.iter().any(|&kind| is_sealed(config.receivers.of(kind)));
    if needs_keys && !config.demo && !can_seal(&keys) {
        let why = "no submission keys to sign with and encrypt to".into();
        return Err(NotStarted { what: "EQ_KEYS_FILE".into(), why });
    }
    let senders = Arc::new(Senders::new(config.receivers.clone()));
    let (relay, nudged) = Relay::new(store.clone(), Arc::clone(&sealer), senders, Timestamp::now);
    // Awaited at the end, so that no effect is cut off between being sent and being cleared.
    drop(drain.run(Arc::clone(&relay).run(nudged, drain.clone())));
    let sweep =
        sweep::run(store.clone(), Arc::clone(&sealer), Arc::clone(&relay), Timestamp::now, drain.clone());
    drop(drain.run(sweep));
    let assets = match templates::files::find("manifest.json") {
        Some(manifest) => {
            Assets::from_manifest(&String::from_utf8_lossy(manifest)).map_err(not("style and scripts"))?
        }
        None => {
            tracing::warn!("built without style and scripts: run `make assets`, then build again");
            Assets::plain()
        }
    };
    let catalogue = Catalogue::open(config.questionnaires.clone()).map_err(not("QUESTIONNAIRES"))?;
    let asker = Asker::new().map_err(not("other services"))?;
    let identity = |client: &Option<String>| match client {
        Some(client) => Identity::cloud(&asker, client.clone()),
        None => Identity::none(),
    };
    let office = &config.office;
    let registry_identity = match &office.registry_token {
        Some(file) => Identity::holder(file.clone()),
        None => identity(&office.registry_client),
    };
    let published = Arc::new(Published::default());
    if let (Some((base, origin)), Some(_)) = (&office.registry, &office.registry_token) {
        let poll = Poll::new(&asker, base, origin, registry_identity.clone(), Arc::clone(&published));
        let drain_too = drain.clone();
        drop(drain.run(async move { poll.run(drain_too).await }));
    }
    let registry = Registry::new(
        &asker,
        office.definitions.clone(),
        office.registry.as_ref(),
        registry_identity,
        Arc::clone(&published),
    );
    let supplementary = office.supplementary_data.as_ref().map(|(base, origin)| {
        let identity = identity(&office.supplementary_data_client);
        SupplementaryService::new(&asker, base.clone(), origin.clone(), identity)
    });
    let library = Library::new(catalogue, registry, store.clone(), config.bounds.questionnaire_cache_bytes);
    let lookups = Lookups::new(&config.lookups, &asker, secrets.address_lookup.as_ref());
    let links = LinkSettings {
        account_service: config.links.account_service.clone(),
        account_service_social: config.links.account_service_social.clone(),
        ons: config.links.office.clone(),
        ons_cy: config.links.office_cy.clone(),
    };
    let information = match &config.information {
        Some(folder) => Information::read(folder).map_err(not("INFORMATION"))?,
        None => Information::default(),
    };
    let width = std::thread::available_parallelism().map_or(2, usize::from);
    Ok(App::new(Parts {
        sealer,
        relay,
        cookies: Cookies::new(&secrets.secret_key, config.secure_cookie).map_err(not("cookies"))?,
        page_tokens: PageTokens::new(&secrets.secret_key).map_err(not("page tokens"))?,
        typed_tokens: TypedTokens::new(&secrets.secret_key).map_err(not("sealed addresses"))?,
        limits: limits(&config),
        templates: Templates::new().map_err(not("templates"))?,
        assets,
        pdf: pdf_writer(&config),
        lane: Lane::new(width),
        admission: Admission::new(config.bounds.in_progress, config.bounds.launches),
        drain,
        metrics: Metrics::default(),
        keys,
        launcher,
        store,
        library,
        published,
        lookups,
        supplementary,
        information,
        links,
        config,
    }))
}

/// What the engine allows. Where nobody receives requests for forms of their own, there are none.
fn limits(config: &Config) -> Limits {
    let individual = IndividualLimits {
        requests: config.limits.individual_requests,
        post_until: config.limits.post_until,
    };
    let is_received = config.receivers.of(EffectKind::Fulfilment).is_some();
    Limits { view_for: span(config.limits.view_for), individual: is_received.then_some(individual) }
}

fn keys_of(config: &Config) -> Result<(Keys, Secrets, Option<Keys>), NotStarted> {
    let read = |path: &Path| Keys::read(path).map_err(not(format!("the key file {}", path.display())));
    let secrets =
        |path: &Path| Secrets::read(path).map_err(not(format!("the secrets file {}", path.display())));
    match (&config.keys_file, &config.secrets_file) {
        (Some(keys), Some(file)) => Ok((read(keys)?, secrets(file)?, None)),
        _ => {
            let folder = &config.development_folder;
            let made = keys::development(folder).map_err(not(format!("the folder {}", folder.display())))?;
            let Development { keys, launcher, secrets } = made;
            Ok((keys, secrets, Some(launcher)))
        }
    }
}

/// The program that writes PDFs need not be there: then a page says so.
fn pdf_writer(config: &Config) -> PdfWriter {
    let program = config.pdf_worker.clone().unwrap_or_else(PdfWriter::beside);
    if !program.is_file() {
        tracing::warn!("no PDFs will be made: there is no {}", program.display());
    }
    PdfWriter::new(program, config.bounds.pdf_workers, span(config.bounds.pdf_timeout))
}

/// A span of time as the standard library has it; negative ones are none.
fn span(span: SignedDuration) -> Duration {
    Duration::try_from(span).unwrap_or_default()
}

/// Serves until the system says stop, then lets what is under way end. Says where it listens, once.
///
/// # Errors
/// [`NotStarted`] when the address cannot be listened on.
pub async fn serve(app: App) -> Result<(), NotStarted> {
    let config = &app.config;
    for notice in &config.notices {
        tracing::info!("{notice}");
    }
    let address = SocketAddr::new(config.host, config.port);
    let listener = TcpListener::bind(address).await.map_err(not(format!("listening on {address}")))?;
    let address = listener.local_addr().map_err(not("listening"))?;
    let bounds = ListenerBounds {
        connections: config.bounds.connections,
        patience: span(config.bounds.read_timeout),
        drain: span(config.bounds.drain),
    };
    if let Some(port) = config.admin_port {
        let address = SocketAddr::new(config.host, port);
        let listener = TcpListener::bind(address).await.map_err(not(format!("listening on {address}")))?;
        let service = crate::administration(app.clone());
        tokio::spawn(listener::serve(listener, service, bounds, app.drain.clone()));
    }
    tracing::info!("listening on http://{address}/");
    if config.demo {
        println!("Canvass is at http://{address}/");
    }
    let draining = app.drain.clone();
    tokio::spawn(async move { listener::stop_when(drain::signalled(), &draining).await });
    app.drain.set_ready();
    listener::serve(listener, crate::service(app.clone()), bounds, app.drain.clone()).await;
    if !app.drain.finish(span(app.config.bounds.drain)).await {
        tracing::error!("stopped while something was still under way");
    }
    Ok(())
}
