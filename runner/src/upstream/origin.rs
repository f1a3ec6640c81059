//! Where other services are: scheme, host and port. What is not named is not asked.

use std::fmt;

use reqwest::Url;

/// One origin, and whether it may lie inside the network.
#[derive(Clone, PartialEq, Eq)]
pub struct Origin {
    scheme: String,
    host: String,
    port: u16,
    may_be_inside: bool,
}

/// Those that are allowed.
pub type Origins = Vec<Origin>;

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}:{}", self.scheme, self.host, self.port)
    }
}

impl Origin {
    /// The origin of an address over http or https that names neither user nor password.
    #[must_use]
    pub fn of(url: &Url) -> Option<Origin> {
        let is_plain =
            matches!(url.scheme(), "http" | "https") && url.username().is_empty() && url.password().is_none();
        let (host, port) = (url.host_str()?, url.port_or_known_default()?);
        let host = host.trim_end_matches('.').to_owned();
        is_plain.then(|| Origin { scheme: url.scheme().to_owned(), host, port, may_be_inside: false })
    }

    /// Reads one as an operator writes it; a path behind it is nothing to it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Origin> {
        Origin::of(&Url::parse(text.trim()).ok()?)
    }

    /// The same, allowed to lie at a private address: the operator named it.
    #[must_use]
    pub fn inside(self) -> Origin {
        Origin { may_be_inside: true, ..self }
    }

    /// Whether it may lie at a private address.
    #[must_use]
    pub fn may_be_inside(&self) -> bool {
        self.may_be_inside
    }

    /// Whether both are the same place.
    #[must_use]
    pub fn is(&self, other: &Origin) -> bool {
        (&self.scheme, &self.host, self.port) == (&other.scheme, &other.host, other.port)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn is_same(one: &str, other: &str) -> bool {
        Origin::parse(one).unwrap().is(&Origin::parse(other).unwrap())
    }

    #[test]
    fn an_origin_is_scheme_host_and_port() {
        assert!(is_same("https://a.org", "https://A.org:443/lists/x.json?y#z"));
        assert!(is_same("https://a.org.", "https://a.org"));
        assert!(!is_same("https://a.org", "http://a.org"));
        assert!(!is_same("https://a.org", "https://a.org:8443"));
        assert!(!is_same("https://a.org", "https://b.a.org"));
    }

    #[test]
    fn what_carries_a_password_or_another_scheme_has_no_origin() {
        for text in
            ["ftp://a.org", "file:///etc/passwd", "https://a.org@b.org", "//a.org", "a.org", "data:,x"]
        {
            assert!(Origin::parse(text).is_none(), "{text}");
        }
    }
}
