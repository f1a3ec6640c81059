//! Style, scripts, fonts and marks: built once, under names that change with their content, so that a browser may
//! keep them for ever.

use axum::body::Body;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, header};

use super::reply::Reply;
use crate::failure::Failure;

/// Name and content of every built file, the compressed ones beside the plain ones.
const FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/static.rs"));

/// A year, unchanged.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// What was built under that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static [u8]> {
    FILES.iter().find(|(has, _)| *has == name).map(|(_, bytes)| *bytes)
}

/// `/static/NAME`, as compressed as the browser takes it.
///
/// # Errors
/// [`Failure::NotFound`].
pub fn asset(name: &str, headers: &HeaderMap) -> Result<Reply, Failure> {
    let plain = find(name).filter(|_| !name.ends_with(".br") && !name.ends_with(".gz"));
    let plain = plain.ok_or(Failure::NotFound)?;
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
    let takes =
        |coding: &str| accepted.split(',').any(|part| part.split(';').next().unwrap_or("").trim() == coding);
    let brotli = find(&format!("{name}.br")).filter(|_| takes("br")).map(|bytes| (bytes, "br"));
    let packed =
        brotli.or_else(|| find(&format!("{name}.gz")).filter(|_| takes("gzip")).map(|bytes| (bytes, "gzip")));
    let (bytes, coding) = packed.map_or((plain, None), |(bytes, coding)| (bytes, Some(coding)));
    let mut reply = Reply::new(Body::from(Bytes::from_static(bytes)));
    let headers = reply.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind(name)));
    headers.insert(header::CACHE_CONTROL, FOR_EVER);
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    if let Some(coding) = coding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    Ok(reply)
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        "json" => "application/json",
        "png" => "image/png",
        "ico" => "image/x-icon",
        _ => "text/plain; charset=utf-8",
    }
}
