//! What the respondent did, in the order it was done. Nothing in it follows from anything else in it.

mod answers;
mod lists;
mod stored;
mod visits;

use schema::value::Timestamp;
use serde_json::{Map, Value as Json};

use crate::supplementary::Supplementary;

pub use answers::{AnswerKey, Answers};
pub use lists::{ItemList, Lists};
pub use stored::{StoredError, read, write};
pub use visits::{Mark, Visit, Visits};

/// All of one response. Names of the questionnaire have become indices; what it has no name for lies `aside`.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// The latest launch's claims.
    pub launch: Launch,
    pub answers: Answers,
    pub lists: Lists,
    pub visits: Visits,
    /// The page that wrote each place last, by its number, the latest last: spares one tab an "answered meanwhile".
    pub writers: Vec<(crate::place::Place, u32)>,
    /// Set by the first ordinary POST (spec/02 §1).
    pub started_at: Option<Timestamp>,
    /// The pages that asked for a form of their own for somebody, by number: how many is limited, and a page that
    /// is sent again asks no more.
    pub individual_requests: Vec<u32>,
    /// What was known of the unit before it answered.
    pub supplementary: Option<Supplementary>,
    pub submitted: Option<Submitted>,
    pub aside: Aside,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Submitted {
    pub at: Timestamp,
    /// Under which the submission leaves.
    pub id: Box<str>,
    /// The language it was submitted in.
    pub language: Box<str>,
}

/// Answers and lists whose names this questionnaire lacks: kept for the one that has them, never used.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Aside {
    pub answers: Vec<(Box<str>, Option<schema::value::ListItemId>, schema::value::Value<'static>)>,
    pub lists: Vec<(Box<str>, Vec<schema::value::ListItemId>)>,
    /// Fields of the stored form that a newer version wrote.
    pub fields: Vec<(u8, Vec<u8>)>,
}

/// The claims of a launch, whole and in order, as validated (spec/03 §3.4). Prints nothing.
#[derive(Clone, PartialEq)]
pub struct Launch {
    pub claims: Map<String, Json>,
}

impl std::fmt::Debug for Launch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Launch(…)")
    }
}

impl Launch {
    /// The survey metadata of that name, or the claim (spec/03 §3.5).
    pub fn metadata(&self, name: &str) -> Option<&Json> {
        self.survey_data().and_then(|data| data.get(name)).or_else(|| self.claims.get(name))
    }

    pub fn survey_data(&self) -> Option<&Map<String, Json>> {
        self.claims.get("survey_metadata")?.get("data")?.as_object()
    }

    pub fn claim(&self, name: &str) -> Option<&str> {
        self.claims.get(name)?.as_str()
    }
}
