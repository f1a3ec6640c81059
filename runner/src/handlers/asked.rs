//! A request as handlers see it: who asks for what, at which moment.

use engine::form::Form;
use engine::visitor::Moment;
use http::{HeaderMap, Method, Uri, header};
use percent_encoding::percent_decode;
use schema::questionnaire::Locale;

use crate::serving::body::BodyFault;
use crate::session::{Cookies, Inside, Session};
use crate::store::Version;

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

    /// Takes the body's fields.
    ///
    /// # Errors
    /// [`BodyFault::Malformed`] for what no browser sends as a form; [`BodyFault::TooLarge`] when there are more
    /// fields than any page has. Nothing of it is taken then: half a form would take answers away.
    pub fn post(&mut self, headers: &HeaderMap, body: &[u8]) -> Result<(), BodyFault> {
        if !body.is_empty() && !is_form(headers) {
            return Err(BodyFault::Malformed);
        }
        self.form = Form::new(fields(body)?);
        Ok(())
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

    /// Remembers in the cookie which version of the row was seen last.
    pub fn saw(&mut self, version: Version) {
        if let Some(inside) = self.session.as_mut().and_then(|session| session.inside.as_mut()) {
            inside.version = version;
        }
    }

    /// The language of the interface: the session's, or English.
    #[must_use]
    pub fn ui(&self) -> Locale {
        let session = self.session.as_ref();
        session.map_or(self.stranger, |session| Locale::from_code(&session.language).unwrap_or(Locale::En))
    }
}

/// Whether the body is a form as our pages send it, in the only encoding there is.
fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

/// Names and values, in order, byte for byte as they were typed.
fn fields(body: &[u8]) -> Result<Vec<(String, String)>, BodyFault> {
    let pairs = body.split(|&byte| byte == b'&').filter(|pair| !pair.is_empty());
    let mut fields = Vec::new();
    for pair in pairs {
        if fields.len() == MAX_FIELDS {
            return Err(BodyFault::TooLarge);
        }
        let mut sides = pair.splitn(2, |&byte| byte == b'=');
        let (name, value) = (sides.next().unwrap_or_default(), sides.next().unwrap_or_default());
        fields.push((typed(name)?, typed(value)?));
    }
    Ok(fields)
}

/// One side of a pair, decoded. What is no UTF-8 cannot be kept as it came; NUL is what nobody can type, no page can
/// show and not every receiver can keep.
fn typed(side: &[u8]) -> Result<String, BodyFault> {
    let spaced: Vec<u8> = side.iter().map(|&byte| if byte == b'+' { b' ' } else { byte }).collect();
    let is_hex = |at: usize| spaced.get(at).is_some_and(u8::is_ascii_hexdigit);
    let mut escapes = spaced.iter().enumerate().filter(|(_, byte)| **byte == b'%');
    if !escapes.all(|(at, _)| is_hex(at + 1) && is_hex(at + 2)) {
        return Err(BodyFault::Malformed);
    }
    let decoded = percent_decode(&spaced).decode_utf8().map_err(|_| BodyFault::Malformed)?;
    if decoded.contains('\0') { Err(BodyFault::Malformed) } else { Ok(decoded.into_owned()) }
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
