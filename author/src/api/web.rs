//! The editor's own page and files, and those of the pages that a preview shows.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, header};
use templates::files::{self, Served};

use crate::app::App;
use crate::problem::Problem;

/// The OpenAPI document.
pub async fn document(State(app): State<App>) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], app.openapi.clone()).into_response()
}

/// Whether the service answers.
pub async fn live() -> &'static str {
    "OK"
}

/// `/static/NAME`: what a preview's pages load.
pub async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    match files::serve(&name, accepted(&headers)) {
        Some(served) => send(served),
        None => Problem::not_found().into_response(),
    }
}

fn accepted(headers: &HeaderMap) -> &str {
    headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("")
}

fn send(served: Served) -> Response {
    let mut reply = served.bytes.into_response();
    let headers = reply.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(served.kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(files::FOR_EVER));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    if let Some(coding) = served.coding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    reply
}

/// Path and content of every file of the built editor, the compressed ones beside the plain ones.
const WEB: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/web.rs"));

/// The editor: its files, and for every other address its one page.
pub async fn page(uri: http::Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    let find = |name: &str| WEB.iter().find(|(has, _)| *has == name).map(|(_, bytes)| *bytes);
    let is_file = find(path).is_some() && !path.ends_with(".br") && !path.ends_with(".gz");
    if path.starts_with("assets/") && !is_file {
        return Problem::not_found().into_response();
    }
    let name = if is_file { path } else { "index.html" };
    let Some(plain) = find(name) else {
        // Built without `make assets`.
        return Problem::not_found().into_response();
    };
    let accepted = accepted(&headers);
    let packed = [("br", "br"), ("gz", "gzip")].into_iter().find_map(|(end, coding)| {
        let takes = accepted.split(',').any(|part| part.split(';').next().unwrap_or("").trim() == coding);
        find(&format!("{name}.{end}")).filter(|_| takes).map(|bytes| (bytes, coding))
    });
    let (bytes, coding) = packed.map_or((plain, None), |(bytes, coding)| (bytes, Some(coding)));
    let mut reply = bytes.into_response();
    let headers = reply.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind(name)));
    // Names of what lies in `assets` change with their content.
    let kept = if name.starts_with("assets/") { files::FOR_EVER } else { "no-cache" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    if let Some(coding) = coding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    reply
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        "json" | "map" | "webmanifest" => "application/json",
        "png" => "image/png",
        "ico" => "image/x-icon",
        _ => "text/plain; charset=utf-8",
    }
}
