//! The respondent service: sockets, cookies, sealing, storing, sending. See ARCHITECTURE.md.

pub mod app;
pub mod config;
pub mod definitions;
pub mod effects;
pub mod failure;
pub mod flush;
pub mod handlers;
pub mod information;
pub mod jobs;
pub mod jose;
pub mod keys;
pub mod launch;
pub mod library;
pub mod moment;
pub mod page_token;
pub mod pdf;
pub mod record;
pub mod seal;
pub mod secret;
pub mod send;
pub mod serving;
pub mod session;
pub mod start;
pub mod store;
pub mod telemetry;
pub mod typed_token;
pub mod upstream;

pub use templates::routes;

use app::App;
use axum::Router;
use tower_http::catch_panic::CatchPanicLayer;

/// What administrators ask on a port of their own.
pub fn administration(app: App) -> Router {
    Router::new().fallback(handlers::administer).with_state(app)
}

/// Everything that answers over HTTP. Who asked for what broke off is told so, instead of losing the connection.
pub fn service(app: App) -> Router {
    let broken = CatchPanicLayer::custom(handlers::broken(app.clone()));
    Router::new().fallback(handlers::answer).with_state(app).layer(broken)
}
