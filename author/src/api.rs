//! HTTP and nothing else, a file a resource. Every route says in its description what it asks of whoever calls; the
//! guard reads that, so that a route which says nothing lets nobody in.

mod accounts;
mod audit;
mod compare;
mod drafts;
mod exchange;
mod fields;
pub mod guard;
mod headers;
mod history;
pub mod permissions;
mod previews;
mod questionnaires;
mod registry;
mod session;
mod surveys;
mod versions;
mod web;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::openapi::OpenApi;
use utoipa::{Modify, OpenApi as _};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::problem::Problem;

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Canvass author",
        description = "Staff design, preview and publish questionnaires. Errors are problem details (RFC 9457). A call \
            that changes something needs the header X-CSRF-Token from GET /api/v1/session, and takes Idempotency-Key: \
            the same key again makes nothing twice.",
        license(name = "MIT", identifier = "MIT"),
    ),
    components(schemas(crate::problem::ProblemBody)),
    modifiers(&Security),
)]
struct Document;

struct Security;

impl Modify for Security {
    fn modify(&self, document: &mut OpenApi) {
        use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
        let components = document.components.get_or_insert_default();
        let cookie = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new("author")));
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        components.add_security_scheme("session", cookie);
        components.add_security_scheme("registry", SecurityScheme::Http(bearer));
    }
}

/// Every route of the interface, with the document that describes them.
fn described() -> (Router<App>, OpenApi) {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(session::read, session::sign_in, session::sign_out))
        .routes(routes!(session::first_account))
        .routes(routes!(accounts::reset_password))
        .routes(routes!(accounts::change_password))
        .routes(routes!(accounts::list, accounts::create))
        .routes(routes!(accounts::change))
        .routes(routes!(accounts::reset_link))
        .routes(routes!(accounts::list_sessions))
        .routes(routes!(accounts::end_session))
        .routes(routes!(audit::read))
        .routes(routes!(surveys::list, surveys::create))
        .routes(routes!(surveys::change))
        .routes(routes!(questionnaires::starters))
        .routes(routes!(questionnaires::list, questionnaires::create))
        .routes(routes!(exchange::import))
        .routes(routes!(questionnaires::read, exchange::change))
        .routes(routes!(exchange::copy))
        .routes(routes!(exchange::export))
        .routes(routes!(exchange::permissions))
        .routes(routes!(exchange::permit))
        .routes(routes!(drafts::read, drafts::change))
        .routes(routes!(history::changes))
        .routes(routes!(history::events))
        .routes(routes!(history::presence))
        .routes(routes!(previews::graph))
        .routes(routes!(previews::begin))
        .routes(routes!(previews::goto))
        .routes(routes!(previews::why))
        .routes(routes!(previews::link))
        .routes(routes!(versions::list, versions::publish))
        .routes(routes!(compare::read))
        .routes(routes!(compare::withdraw))
        .routes(routes!(compare::compare))
        .routes(routes!(registry::list))
        .routes(routes!(registry::schema))
        .split_for_parts()
}

/// The document that describes the interface.
#[must_use]
pub fn openapi() -> OpenApi {
    described().1
}

/// The document as it is committed.
#[must_use]
pub fn openapi_text() -> String {
    openapi().to_pretty_json().map(|text| text + "\n").unwrap_or_default()
}

/// Everything that answers over HTTP.
pub fn service(app: App) -> Router {
    let (routes, _) = described();
    let previews = Router::new()
        .route("/preview-link/{name}", axum::routing::get(previews::follow))
        .route("/preview/{preview}", axum::routing::any(previews::pages))
        .route("/preview/{preview}/{*path}", axum::routing::any(previews::pages));
    routes
        .route_layer(from_fn_with_state(app.clone(), guard::guard))
        .merge(previews.route_layer(from_fn_with_state(app.clone(), guard::preview)))
        .route("/api/openapi.json", axum::routing::get(web::document))
        .route("/static/{name}", axum::routing::get(web::asset))
        .route("/livez", axum::routing::get(web::live))
        .route("/api/{*path}", axum::routing::any(|| async { Problem::not_found() }))
        .fallback(web::page)
        .method_not_allowed_fallback(|| async { Problem::wrong_method() })
        .layer(DefaultBodyLimit::max(app.config.body_bytes))
        .layer(from_fn_with_state(app.clone(), guard::whole))
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| {
            axum::response::IntoResponse::into_response(Problem::internal("a handler panicked"))
        }))
        .layer(from_fn(headers::complete))
        .with_state(app)
}
