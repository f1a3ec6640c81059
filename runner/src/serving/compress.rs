//! Pages compressed here, when `COMPRESS` says so: for a service without an edge that does it.
//!
//! With compressors kept per thread, at the least effort: setting one up anew for every page, as a general layer
//! does, costs more than all else that a page needs. Built files are not touched: they were compressed when built.
//! The token in each page differs every time, so that lengths betray no secret that stays.

use std::cell::RefCell;

use axum::body::Body;
use bytes::Bytes;
use flate2::{Compress, Compression, FlushCompress, Status};
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Response};
use http_body::Body as _;
use http_body_util::BodyExt as _;

/// Shorter ones fit into a packet as they are.
const SMALLEST: u64 = 1024;
const ZSTD_LEVEL: i32 = 1;
/// 2^15 bytes: the most that gzip has.
const GZIP_WINDOW_BITS: u8 = 15;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Coding {
    Zstd,
    Gzip,
}

impl Coding {
    fn name(self) -> &'static str {
        match self {
            Self::Zstd => "zstd",
            Self::Gzip => "gzip",
        }
    }
}

/// The reply, compressed if it is text, worth it, and whoever asked takes a coding of ours.
pub async fn reply(asked: &HeaderMap, reply: Response<Body>) -> Response<Body> {
    let Some(coding) = coding(asked).filter(|_| is_worth_it(&reply)) else { return reply };
    let (mut head, body) = reply.into_parts();
    // Replies lie in memory whole: there is nothing to wait for.
    let Ok(plain) = body.collect().await.map(http_body_util::Collected::to_bytes) else {
        return Response::from_parts(head, Body::empty());
    };
    let Some(packed) = pack(coding, &plain) else { return Response::from_parts(head, Body::from(plain)) };
    head.headers.remove(CONTENT_LENGTH);
    head.headers.insert(CONTENT_ENCODING, HeaderValue::from_static(coding.name()));
    Response::from_parts(head, Body::from(Bytes::from(packed)))
}

fn is_worth_it(reply: &Response<Body>) -> bool {
    let kind = reply.headers().get(CONTENT_TYPE).map_or(&b""[..], HeaderValue::as_bytes);
    let is_text = kind.starts_with(b"text/html") || kind.starts_with(b"application/json");
    let is_long = reply.body().size_hint().exact().is_some_and(|length| length >= SMALLEST);
    is_text && is_long && !reply.headers().contains_key(CONTENT_ENCODING)
}

/// The best coding that is taken; `q=0` refuses one.
fn coding(asked: &HeaderMap) -> Option<Coding> {
    let accepted = asked.get(ACCEPT_ENCODING)?.to_str().ok()?;
    let takes = |coding: &Coding| {
        accepted.split(',').any(|part| {
            let (name, more) = part.split_once(';').unwrap_or((part, ""));
            let weight = more.trim().strip_prefix("q=").and_then(|weight| weight.parse::<f32>().ok());
            name.trim() == coding.name() && weight.is_none_or(|weight| weight > 0.0)
        })
    };
    [Coding::Zstd, Coding::Gzip].into_iter().find(takes)
}

struct Packers {
    zstd: Option<zstd::bulk::Compressor<'static>>,
    gzip: Compress,
}

thread_local! {
    static PACKERS: RefCell<Packers> = RefCell::new(Packers {
        zstd: zstd::bulk::Compressor::new(ZSTD_LEVEL).ok(),
        gzip: Compress::new_gzip(Compression::fast(), GZIP_WINDOW_BITS),
    });
}

/// None when a compressor failed: then the page goes as it is.
fn pack(coding: Coding, plain: &[u8]) -> Option<Vec<u8>> {
    PACKERS.with_borrow_mut(|packers| match coding {
        Coding::Zstd => packers.zstd.as_mut()?.compress(plain).ok(),
        Coding::Gzip => {
            packers.gzip.reset();
            // Text shrinks; what does not find room is sent as it is.
            let mut packed = Vec::with_capacity(plain.len());
            let status = packers.gzip.compress_vec(plain, &mut packed, FlushCompress::Finish);
            (status.ok()? == Status::StreamEnd).then_some(packed)
        }
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use std::io::Read as _;

    use super::*;

    async fn replied(accepts: &str, kind: &'static str, text: &str) -> (Option<String>, Vec<u8>) {
        let mut asked = HeaderMap::new();
        asked.insert(ACCEPT_ENCODING, accepts.parse().unwrap());
        let mut plain = Response::new(Body::from(text.to_owned()));
        plain.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        let reply = reply(&asked, plain).await;
        let coding = reply.headers().get(CONTENT_ENCODING).map(|coding| coding.to_str().unwrap().to_owned());
        (coding, reply.into_body().collect().await.unwrap().to_bytes().to_vec())
    }

    const HTML: &str = "text/html; charset=utf-8";

    fn page() -> String {
        (0..500).map(|number| format!("<p>Question {number}</p>")).collect()
    }

    #[tokio::test]
    async fn a_page_comes_as_the_browser_takes_it_and_unpacks_to_itself() {
        for _ in 0..2 {
            let (coding, bytes) = replied("gzip, deflate, br, zstd", HTML, &page()).await;
            assert_eq!(coding.as_deref(), Some("zstd"));
            assert_eq!(zstd::bulk::decompress(&bytes, 1 << 20).unwrap(), page().as_bytes());
            let (coding, bytes) = replied("gzip;q=0.8, br", HTML, &page()).await;
            assert_eq!(coding.as_deref(), Some("gzip"));
            assert!(bytes.len() < page().len() / 3);
            let mut text = String::new();
            flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut text).unwrap();
            assert_eq!(text, page());
        }
    }

    #[tokio::test]
    async fn what_is_short_refused_or_no_text_goes_as_it_is() {
        for (accepts, kind, text) in [
            ("gzip", HTML, page()[..1023].to_owned()),
            ("br", HTML, page()),
            ("gzip;q=0, zstd;q=0", HTML, page()),
            ("gzip", "font/woff2", page()),
        ] {
            let (coding, bytes) = replied(accepts, kind, &text).await;
            assert_eq!((coding, bytes), (None, text.into_bytes()), "{accepts} {kind}");
        }
    }
}
