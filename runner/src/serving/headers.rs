//! The headers that every reply carries.
//!
//! As spec/03 §1.1, but for these differences on purpose: the policy allows our own origin and nothing else,
//! no inline script and only DOMPurify's Trusted Types; no referrer leaves; and what is not a page is cached
//! by nobody unless its handler says so, because the rest are a person's answers as JSON or PDF.

use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, PRAGMA, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    VARY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use http::{HeaderMap, HeaderName, HeaderValue};

const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
const X_FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// Everything from our own origin, nothing inline, nothing framed.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types default dompurify";

/// For pages: never kept, so that *back* after sign-out shows nothing.
const NO_CACHE: &str = "no-cache, no-store, must-revalidate";

/// Whether the request came over https, by the proxy's word. Used for nothing but a header.
#[must_use]
pub fn is_https(request: &HeaderMap) -> bool {
    request.get(X_FORWARDED_PROTO).is_some_and(|scheme| scheme.as_bytes().eq_ignore_ascii_case(b"https"))
}

/// Completes a reply's headers. `Cache-Control` is the handler's where it set one, except on pages; so is `Vary`.
pub fn complete(reply: &mut HeaderMap, https: bool) {
    let is_page = reply.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if is_page {
        reply.insert(CACHE_CONTROL, HeaderValue::from_static(NO_CACHE));
        reply.insert(PRAGMA, HeaderValue::from_static("no-cache"));
    } else if !reply.contains_key(CACHE_CONTROL) {
        reply.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    for (name, value) in [
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_FRAME_OPTIONS, "DENY"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (PERMISSIONS_POLICY, "browsing-topics=()"),
    ] {
        reply.insert(name, HeaderValue::from_static(value));
    }
    // What is the same for everybody says so itself: with each page's new cookie it would be fetched again.
    reply.entry(VARY).or_insert(HeaderValue::from_static("Accept-Encoding, Cookie"));
    if https {
        let year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        reply.insert(STRICT_TRANSPORT_SECURITY, year);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn completed(kind: &'static str, https: bool) -> HeaderMap {
        let mut reply = HeaderMap::new();
        reply.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        complete(&mut reply, https);
        reply
    }

    #[test]
    fn a_page_is_kept_by_nobody() {
        let reply = completed("text/html; charset=utf-8", false);
        assert_eq!(reply[CACHE_CONTROL], NO_CACHE);
        assert_eq!(reply[PRAGMA], "no-cache");
        assert!(!reply.contains_key(STRICT_TRANSPORT_SECURITY));
    }

    #[test]
    fn other_replies_are_kept_only_where_their_handler_says_so() {
        assert_eq!(completed("application/json", false)[CACHE_CONTROL], "no-store");
        let mut asset = HeaderMap::new();
        asset.insert(CACHE_CONTROL, HeaderValue::from_static("max-age=31536000, immutable"));
        asset.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
        complete(&mut asset, false);
        assert_eq!(asset[VARY], "Accept-Encoding");
        assert_eq!(asset[CACHE_CONTROL], "max-age=31536000, immutable");
    }

    #[test]
    fn the_policy_names_no_other_host_and_nothing_inline() {
        for forbidden in ["http", "unsafe", "nonce", "*"] {
            assert!(!POLICY.contains(forbidden), "{forbidden}");
        }
        assert!(POLICY.starts_with("default-src 'none'"));
        assert!(!POLICY.contains("  "));
    }

    #[test]
    fn https_is_insisted_on_where_it_is_used() {
        let mut request = HeaderMap::new();
        assert!(!is_https(&request));
        request.insert(X_FORWARDED_PROTO, HeaderValue::from_static("https"));
        assert!(is_https(&request));
        assert!(completed("text/html", true).contains_key(STRICT_TRANSPORT_SECURITY));
    }
}
