//! A request as handlers see it: who asks for what, at which moment.

use engine::form::Form;
use engine::visitor::Moment;
use http::{HeaderMap, Method, Uri, header};
use schema::questionnaire::Locale;

use crate::session::{Cookies, Inside, Session};

/// Most fields of a form that are taken: the longest real page has some two hundred.
const MAX_FIELDS: usize = 2000;

/// A request.
pub struct Asked {
    /// HEAD is GET here.
    pub method: Method,
    /// The path as it came.
    pub path: String,
    /// Its parts, percent-decoded, without an empty one at the end.
    pub segments: Vec<String>,
    /// Names and values, in order.
    pub query: Vec<(String, String)>,
    /// What was posted.
    pub form: Form,
    /// What the browser holds of us; handlers change it, and the reply carries the change.
    pub session: Option<Session>,
    /// The language of the interface for who has no session.
    pub stranger: Locale,
    /// One for all tries.
    pub moment: Moment,
}

impl Asked {
    /// Reads the head.
    #[must_use]
    pub fn new(method: &Method, uri: &Uri, session: Option<Session>, moment: Moment) -> Asked {
        let mut segments: Vec<String> = uri.path().split('/').skip(1).map(decode).collect();
        if segments.last().is_some_and(String::is_empty) {
            segments.pop();
        }
        let query = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).into_owned().collect();
        let method = if method == Method::HEAD { Method::GET } else { method.clone() };
        let path = uri.path().to_owned();
        Asked { method, path, segments, query, form: Form::default(), session, stranger: Locale::En, moment }
    }

    /// Takes the body's fields, as far as there may be.
    pub fn post(&mut self, body: &[u8]) {
        self.form = Form::new(form_urlencoded::parse(body).into_owned().take(MAX_FIELDS).collect());
    }

    /// The first value of that name in the query.
    #[must_use]
    pub fn argument(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(has, _)| has == name).map(|(_, value)| value.as_str())
    }

    /// The session, if it is signed in and has not expired.
    #[must_use]
    pub fn inside(&self) -> Option<(&Session, &Inside)> {
        let session = self.session.as_ref()?;
        Some((session, session.inside.as_ref()?))
    }

    /// The language of the interface: the session's, or English.
    #[must_use]
    pub fn ui(&self) -> Locale {
        let session = self.session.as_ref();
        session.map_or(self.stranger, |session| Locale::from_code(&session.language).unwrap_or(Locale::En))
    }
}

/// Takes `%41` for `A`. What is no UTF-8 is no name of anything, and stays unlike every name.
fn decode(segment: &str) -> String {
    percent_encoding::percent_decode_str(segment).decode_utf8_lossy().into_owned()
}

/// What a browser asks for before any launch was looked at: English, or Welsh where that is named first.
#[must_use]
pub fn preferred(headers: &HeaderMap) -> Locale {
    let wanted =
        headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let first = wanted.split([',', ';', '-']).next().unwrap_or_default().trim();
    if first.eq_ignore_ascii_case("cy") { Locale::Cy } else { Locale::En }
}

/// The cookie of a request; of a session that is over, only what pages may still show.
#[must_use]
pub fn session_of(cookies: &Cookies, headers: &HeaderMap, moment: &Moment) -> Option<Session> {
    let mut session = cookies.read(headers)?;
    if session.inside.as_ref().is_some_and(|inside| inside.has_expired(moment.now)) {
        session.inside = None;
    }
    Some(session)
}
