//! One respondent's browser: a connection that is kept, a cookie, and the way through a survey.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

use crate::surveys::Survey;

/// Asks and is answered: over a connection, or in this process.
pub trait Ask {
    fn ask(&mut self, method: &str, path: &str, form: &str) -> Reply;

    /// GET, and on along redirects. Gives the last path too.
    fn follow(&mut self, path: &str) -> (String, Reply) {
        let mut path = path.to_owned();
        loop {
            let reply = self.ask("GET", &path, "");
            if reply.status != 302 {
                return (path, reply);
            }
            path = reply.location;
        }
    }

    /// Launches a new response and answers it up to its last page.
    fn walk(&mut self, survey: &Survey) -> Vec<Page> {
        let mut pages = Vec::new();
        let launch = format!("/demo/launch?questionnaire={}&language=en", survey.name);
        let (mut path, mut reply) = self.follow(&launch);
        for _ in 0..60 {
            let text = String::from_utf8(reply.body).unwrap();
            assert_eq!(reply.status, 200, "{path}: {text}");
            let at = between(&text, "data-at=\"", "\"");
            if at == "submit" {
                return pages;
            }
            let known = survey.forms.iter().find(|(block, _)| *block == at);
            let fields = known.map(|(_, fields)| *fields).unwrap_or_default();
            let form = form(&text, fields);
            if let Some((block, _)) = known {
                pages.push(Page { block, path: path.clone(), form: form.clone(), bytes: text.len() });
            }
            let posted = self.ask("POST", &path, &form);
            assert_eq!(posted.status, 302, "{path}: {}", String::from_utf8_lossy(&posted.body));
            (path, reply) = self.follow(&posted.location);
        }
        panic!("{} does not end", survey.name)
    }
}

pub struct Reply {
    pub status: u16,
    pub location: String,
    pub body: Vec<u8>,
}

/// A question page that was answered on the way.
pub struct Page {
    pub block: &'static str,
    pub path: String,
    /// Its form, filled in.
    pub form: String,
    pub bytes: usize,
}

pub struct Browser {
    address: SocketAddr,
    stream: BufReader<TcpStream>,
    cookie: String,
    /// Sent with every request, each ending in a line break.
    pub headers: &'static str,
}

impl Browser {
    pub fn new(address: SocketAddr) -> Browser {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        Browser { address, stream: BufReader::new(stream), cookie: String::new(), headers: "" }
    }

    /// Goes on with the cookie of another.
    pub fn take_cookie(&mut self, cookie: &str) {
        cookie.clone_into(&mut self.cookie);
    }

    pub fn send(&mut self, method: &str, path: &str, form: &str) {
        let (host, cookie, headers) = (self.address, &self.cookie, self.headers);
        let kind = "application/x-www-form-urlencoded";
        let mut request =
            format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\n{headers}");
        if method == "POST" {
            request.push_str(&format!("Content-Type: {kind}\r\nContent-Length: {}\r\n", form.len()));
        }
        request.push_str("\r\n");
        request.push_str(form);
        self.stream.get_mut().write_all(request.as_bytes()).unwrap();
    }

    pub fn receive(&mut self) -> Reply {
        let mut reply = Reply { status: 0, location: String::new(), body: vec![] };
        let (mut line, mut length) = (String::new(), Some(0));
        loop {
            line.clear();
            assert!(self.stream.read_line(&mut line).unwrap() > 0, "the service hung up");
            let Some((name, value)) = line.trim_end().split_once(": ") else {
                match line.split(' ').nth(1) {
                    Some(status) => reply.status = status.parse().unwrap(),
                    None => break,
                }
                continue;
            };
            match name {
                "content-length" => length = Some(value.parse().unwrap()),
                "transfer-encoding" => length = None,
                "location" => value.clone_into(&mut reply.location),
                "set-cookie" => value.split(';').next().unwrap().clone_into(&mut self.cookie),
                _ => {}
            }
        }
        match length {
            Some(length) => {
                reply.body.resize(length, 0);
                self.stream.read_exact(&mut reply.body).unwrap();
            }
            None => reply.body = self.chunks(),
        }
        reply
    }

    fn chunks(&mut self) -> Vec<u8> {
        let (mut body, mut line) = (Vec::new(), String::new());
        loop {
            line.clear();
            self.stream.read_line(&mut line).unwrap();
            let length = usize::from_str_radix(line.trim_end(), 16).unwrap();
            let from = body.len();
            body.resize(from + length + 2, 0);
            self.stream.read_exact(&mut body[from..]).unwrap();
            body.truncate(from + length);
            if length == 0 {
                return body;
            }
        }
    }
}

impl Ask for Browser {
    fn ask(&mut self, method: &str, path: &str, form: &str) -> Reply {
        self.send(method, path, form);
        self.receive()
    }
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("no {before} in {text}"));
    rest.split_once(after).unwrap().0
}

/// A page's form with these fields.
fn form(page: &str, fields: &[(&str, &str)]) -> String {
    let token = between(page, "name=\"csrf_token\" type=\"hidden\" value=\"", "\"");
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("csrf_token", token).extend_pairs(fields);
    form.finish()
}
