//! `/static/NAME`: what pages load.

use axum::body::Body;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, header};
use templates::files;

use super::reply::Reply;
use crate::failure::Failure;

/// `/static/NAME`, as compressed as the browser takes it.
///
/// # Errors
/// [`Failure::NotFound`].
pub fn asset(name: &str, headers: &HeaderMap) -> Result<Reply, Failure> {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
    let served = files::serve(name, accepted).ok_or(Failure::NotFound)?;
    let mut reply = Reply::new(Body::from(Bytes::from_static(served.bytes)));
    let headers = reply.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(served.kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(files::FOR_EVER));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    if let Some(coding) = served.coding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    Ok(reply)
}
