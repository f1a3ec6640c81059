//! A browser that holds a cookie and little else: it follows nothing by itself.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

/// A header whole, its body as far as it came.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: u16,
    pub head: String,
    pub location: String,
    pub body: String,
}

impl Reply {
    /// The first header of that name.
    pub fn header(&self, wanted: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value)
    }

    /// Reads what is left to come from a connection; none where it closes without a word.
    pub fn read(stream: &mut TcpStream) -> Option<Reply> {
        let mut bytes = Vec::new();
        // A connection reset after the reply came still brought the reply.
        let _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8(bytes).expect("pages are UTF-8");
        let (head, body) = text.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        let mut reply =
            Reply { status, head: head.to_owned(), location: String::new(), body: body.to_owned() };
        reply.location = reply.header("location").unwrap_or_default().to_owned();
        Some(reply)
    }
}

/// Holds a cookie.
#[derive(Clone, Default)]
pub struct Browser {
    pub cookie: String,
}

pub const FORM: &str = "application/x-www-form-urlencoded";

impl Browser {
    pub fn get(&mut self, address: &str, path: &str) -> Reply {
        self.ask(address, "GET", path, "")
    }

    pub fn post(&mut self, address: &str, path: &str, csrf: &str, fields: &[(&str, &str)]) -> Reply {
        self.ask(address, "POST", path, &form(csrf, fields))
    }

    pub fn ask(&mut self, address: &str, method: &str, path: &str, body: &str) -> Reply {
        let mut stream = self.send(address, method, path, body);
        let reply = Reply::read(&mut stream).unwrap_or_else(|| panic!("no reply to {method} {path}"));
        self.keep(&reply);
        reply
    }

    /// Takes the cookie of a reply.
    pub fn keep(&mut self, reply: &Reply) {
        if let Some(cookie) = reply.header("set-cookie") {
            cookie.split(';').next().unwrap_or_default().clone_into(&mut self.cookie);
        }
    }

    /// Sends a form whole; what becomes of the socket is the caller's.
    pub fn send(&self, address: &str, method: &str, path: &str, body: &str) -> TcpStream {
        let more = if method == "POST" { format!("Content-Type: {FORM}\r\n") } else { String::new() };
        self.send_raw(address, method, path, &more, body.as_bytes())
    }

    /// Sends a request with these further header lines.
    pub fn send_raw(&self, address: &str, method: &str, path: &str, more: &str, body: &[u8]) -> TcpStream {
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nCookie: {}\r\n{more}\
             Content-Length: {}\r\n\r\n",
            self.cookie,
            body.len()
        );
        let mut stream = connect(address);
        // Who refuses a body may close before it has come whole.
        let _ = stream.write_all(&[head.as_bytes(), body].concat());
        stream
    }
}

/// A connection that is read from for a minute at most.
pub fn connect(address: &str) -> TcpStream {
    let stream = TcpStream::connect(address).expect("the runner listens");
    stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a time-out may be set");
    stream.set_nodelay(true).expect("it may be set");
    stream
}

/// A form's body.
pub fn form(csrf: &str, fields: &[(&str, &str)]) -> String {
    let mut pairs = form_urlencoded::Serializer::new(String::new());
    pairs.append_pair("csrf_token", csrf).extend_pairs(fields);
    pairs.finish()
}

/// What a page's form proves.
pub fn csrf(page: &str) -> String {
    let at = page.find("name=\"csrf_token\"").unwrap_or_else(|| panic!("no form on {page}"));
    let start = page[..at].rfind('<').unwrap_or_default();
    let tag = page[start..].split('>').next().unwrap_or_default();
    tag.split("value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
}

/// The path of an address, as a redirect gives it.
pub fn path(location: &str) -> String {
    location.split(['?', '#']).next().unwrap_or_default().to_owned()
}
