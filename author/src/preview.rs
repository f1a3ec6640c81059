//! A draft as respondents will see it: the same `engine`, the same `templates`, a response that is held in memory and
//! sent nowhere. Bounded in number, and forgotten when nobody looks.
//!
//! `pages` answers a preview's addresses, `reach` fills answers in to get to a place and tells why one is there.

pub mod pages;
pub mod reach;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use engine::open;
use engine::response::{self, Launch, Response};
use engine::visitor::Moment;
use jiff::{SignedDuration, Timestamp};
use moka::sync::Cache;
use schema::Questionnaire;
use schema::questionnaire::{Locale, MetadataKind};
use serde_json::{Map, Value, json};

use crate::secret::SecretString;

/// Previews at a time, over all organisations.
const MOST: u64 = 2000;
/// How long one is kept without a request.
const IDLE: Duration = Duration::from_secs(2 * 60 * 60);

/// One preview.
pub struct Preview {
    pub tenant: String,
    pub questionnaire_id: String,
    pub revision: i64,
    pub questionnaire: Questionnaire,
    /// Whole numbers that its rules compare with.
    numbers: Vec<i64>,
    state: Mutex<State>,
}

/// What changes while somebody clicks through.
#[derive(Clone)]
struct State {
    /// As the runner keeps it.
    response: Vec<u8>,
    language: Locale,
}

/// All previews.
pub struct Previews(Cache<String, Arc<Preview>>);

impl Default for Previews {
    fn default() -> Self {
        Self(Cache::builder().max_capacity(MOST).time_to_idle(IDLE).build())
    }
}

/// What a preview begins with.
pub struct Beginning<'a> {
    pub tenant: &'a str,
    pub questionnaire_id: &'a str,
    pub revision: i64,
    pub questionnaire: Questionnaire,
    pub language: Locale,
    /// Whole numbers that its rules compare with.
    pub numbers: Vec<i64>,
    /// In place of the sample values.
    pub metadata: &'a Map<String, Value>,
}

impl Previews {
    /// Begins one, under a name that cannot be guessed.
    pub fn begin(&self, name: &SecretString, beginning: Beginning<'_>, moment: &Moment) -> Arc<Preview> {
        let Beginning { tenant, questionnaire_id, revision, questionnaire, language, numbers, metadata } =
            beginning;
        let launch = Launch { claims: claims(&questionnaire, language, metadata, moment) };
        let response = response::write(&questionnaire, &open::open(launch));
        let preview = Arc::new(Preview {
            tenant: tenant.to_owned(),
            questionnaire_id: questionnaire_id.to_owned(),
            revision,
            questionnaire,
            numbers,
            state: Mutex::new(State { response, language }),
        });
        self.0.insert(name.expose().to_owned(), Arc::clone(&preview));
        preview
    }

    /// One of an organisation's.
    #[must_use]
    pub fn find(&self, tenant: &str, name: &str) -> Option<Arc<Preview>> {
        self.0.get(name).filter(|preview| preview.tenant == tenant)
    }
}

impl Preview {
    fn state(&self) -> State {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn keep(&self, response: &Response) {
        let response = response::write(&self.questionnaire, response);
        self.state.lock().unwrap_or_else(PoisonError::into_inner).response = response;
    }

    fn speak(&self, language: Locale) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).language = language;
    }

    /// The response as it stands.
    fn response(&self, state: &State) -> Option<Response> {
        response::read(&self.questionnaire, &state.response).ok()
    }
}

/// The whole numbers that rules compare with: those that stand in lists. Each once, at most a few hundred.
#[must_use]
pub fn numbers(definition: &Value) -> Vec<i64> {
    fn gather(value: &Value, found: &mut std::collections::BTreeSet<i64>) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| match item {
                Value::Number(number) if found.len() < 300 => found.extend(number.as_i64()),
                item => gather(item, found),
            }),
            Value::Object(members) => members.values().for_each(|member| gather(member, found)),
            _ => {}
        }
    }
    let mut found = std::collections::BTreeSet::new();
    gather(definition, &mut found);
    found.into_iter().collect()
}

/// Launch data as a launch would bring them: what the author gave, else a value that the declaration takes.
fn claims(
    questionnaire: &Questionnaire,
    language: Locale,
    given: &Map<String, Value>,
    moment: &Moment,
) -> Map<String, Value> {
    let mut data = Map::new();
    data.insert("user_id".to_owned(), json!("preview"));
    for field in &questionnaire.metadata {
        let name = field.name.to_string();
        let given = given.get(&name).filter(|value| !value.is_null() && value.as_str() != Some(""));
        match (given, field.optional) {
            (Some(value), _) => {
                data.insert(name, value.clone());
            }
            (None, false) => {
                data.insert(name, sample(&field.name, field.kind));
            }
            (None, true) => {}
        }
    }
    let expires_at: Timestamp = moment.now + SignedDuration::from_hours(24 * 7);
    let claims = json!({
        "version": "v2",
        "jti": moment.uuid(250),
        "tx_id": moment.uuid(251),
        "case_id": moment.uuid(252),
        "collection_exercise_sid": "preview",
        "response_id": moment.uuid(253),
        "response_expires_at": expires_at.strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string(),
        "schema_name": "preview",
        "account_service_url": "https://example.org",
        "language_code": language.code(),
        "survey_metadata": {"data": data},
    });
    match claims {
        Value::Object(claims) => claims,
        _ => Map::new(),
    }
}

/// A value that reads well on a page.
fn sample(name: &str, kind: MetadataKind) -> Value {
    match (name, kind) {
        ("ru_name", _) => json!("Glanrhyd Bakery Ltd"),
        ("trad_as", _) => json!("Glanrhyd Bread"),
        ("ru_ref", _) => json!("49900000123A"),
        ("period_id", _) => json!("202105"),
        ("period_str", _) => json!("May 2021"),
        ("ref_p_start_date", _) => json!("2021-05-01"),
        ("ref_p_end_date", _) => json!("2021-05-31"),
        ("display_address", _) => json!("1 Harbour Row, Aberaeron"),
        ("employment_date", _) => json!("2016-06-10"),
        ("census_date", _) => json!("2026-10-11"),
        (_, MetadataKind::Boolean) => json!(false),
        (_, MetadataKind::Date) => json!("2021-05-01"),
        (_, MetadataKind::Uuid) => json!("00000000-0000-4000-8000-000000000000"),
        (_, MetadataKind::Url) => json!("https://example.org"),
        (_, MetadataKind::String) => json!("example"),
    }
}
