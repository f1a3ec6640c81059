//! `/suggestions` and `/address-lookup/…`: asked by the scripts of a page, for somebody who is signed in.

use bytes::Bytes;
use http::{HeaderValue, StatusCode, header};

use super::asked::Asked;
use super::reply::{self, Reply};
use crate::app::App;
use crate::failure::Failure;
use crate::upstream::NoAnswer;

/// A browser keeps a list for as long as we do.
const LIST: HeaderValue = HeaderValue::from_static("private, max-age=3600");
/// What somebody typed is kept nowhere.
const ADDRESS: HeaderValue = HeaderValue::from_static("no-store");

/// `/suggestions?url=…`: the list that the definition names.
///
/// # Errors
/// [`Failure::SignedOut`]: this is no door to elsewhere for everybody.
pub async fn suggestions(app: &App, asked: &Asked) -> Result<Reply, Failure> {
    asked.inside().ok_or(Failure::SignedOut)?;
    let address = asked.argument("url").unwrap_or_default();
    Ok(answer(app.lookups.suggestions(address).await, LIST))
}

/// `/address-lookup/…`: what lies behind is the look-up's own path.
///
/// # Errors
/// [`Failure::SignedOut`].
pub async fn addresses(app: &App, asked: &Asked, path: &[&str]) -> Result<Reply, Failure> {
    asked.inside().ok_or(Failure::SignedOut)?;
    Ok(answer(app.lookups.addresses(path, &asked.query, asked.moment.now).await, ADDRESS))
}

/// Without an answer only a status: the script leaves the field as it is.
fn answer(answer: Result<Bytes, NoAnswer>, cached: HeaderValue) -> Reply {
    let (status, bytes, cached) = match answer {
        Ok(bytes) => (StatusCode::OK, bytes, cached),
        Err(why) => (status(why), Bytes::from_static(b"{}"), ADDRESS),
    };
    let mut reply = reply::json_bytes(bytes);
    *reply.status_mut() = status;
    reply.headers_mut().insert(header::CACHE_CONTROL, cached);
    reply
}

fn status(why: NoAnswer) -> StatusCode {
    match why {
        NoAnswer::Forbidden => StatusCode::NOT_FOUND,
        NoAnswer::LeftAlone | NoAnswer::Busy => StatusCode::SERVICE_UNAVAILABLE,
        NoAnswer::TooSlow => StatusCode::GATEWAY_TIMEOUT,
        _ => StatusCode::BAD_GATEWAY,
    }
}
