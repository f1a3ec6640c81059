//! A journey, walked: each doing done, each claim compared.

use std::fmt;

use schema::Questionnaire;
use schema::questionnaire::AnswerKind;
use schema::value::Number;
use serde_json::Value as Json;

use super::fields::kind_of;
use super::line::parts;
use super::{AnswerName, Journey, Post, Spot, What};

/// One who can walk a journey. What goes wrong on the way is told in words.
pub trait Walker {
    /// Goes to an address and follows where it leads.
    fn open(&mut self, spot: &Spot) -> Result<(), String>;
    /// Posts the form of the page one is at and follows where that leads.
    fn post(&mut self, post: &Post) -> Result<(), String>;
    /// The page one is at, as [`Spot`] prints it.
    fn at(&self) -> String;
    /// The errors shown: id of the answer or question, and code.
    fn errors(&self) -> Vec<(String, String)>;
    /// Whether a text is on the page; none if this walker cannot know.
    fn sees(&self, text: &str) -> Option<bool>;
    /// What a section's row on the hub says; none without a row.
    fn status(&self, section: &str) -> Option<String>;
    /// The payload that left.
    fn submitted(&self) -> Result<Json, String>;
}

/// Where a journey and its walker part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stray {
    /// From 1.
    pub line: usize,
    pub why: String,
}

impl fmt::Display for Stray {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.why)
    }
}

/// What a walk through a whole journey could not tell.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Walked {
    /// Texts of which the walker does not know whether they are shown, by line.
    pub untold: Vec<(usize, String)>,
}

/// Walks a journey from its launch on. `reads` says whether the walker speaks the journey's own language, so that what
/// is seen can be compared.
///
/// # Errors
/// The first line where the walker is elsewhere, or sees something else.
pub fn walk(
    questionnaire: &Questionnaire,
    journey: &Journey,
    reads: bool,
    walker: &mut impl Walker,
) -> Result<Walked, Stray> {
    let mut walked = Walked::default();
    // Where a form was posted from last: an error leaves one there.
    let mut from = walker.at();
    for doing in &journey.doings {
        let stray = |why: String| Stray { line: doing.line, why };
        match &doing.what {
            What::Open(spot) => walker.open(spot).map_err(stray)?,
            What::Post(post) => {
                from = walker.at();
                walker.post(post).map_err(stray)?;
            }
            What::At(spot) => same("at", &walker.at(), &spot.to_string()).map_err(stray)?,
            What::Invalid { id, code } => {
                same("at", &walker.at(), &from).map_err(stray)?;
                let errors = walker.errors();
                if !errors.iter().any(|(on, is)| on == id && is == code) {
                    return Err(stray(format!("no error {code} on {id}, but {errors:?}")));
                }
            }
            What::See(text) if reads => match walker.sees(text) {
                Some(true) => {}
                Some(false) => return Err(stray(format!("{text:?} is not seen"))),
                None => walked.untold.push((doing.line, text.clone())),
            },
            What::See(_) => {}
            What::Status { section, status } => {
                let row = walker.status(section);
                let show = |status: &Option<String>| status.clone().unwrap_or_else(|| "hidden".to_owned());
                same(section, &show(&row), &show(status)).map_err(stray)?;
            }
            What::Submitted { answer, value } => {
                let payload = walker.submitted().map_err(stray)?;
                compare(questionnaire, &payload, answer, value.as_deref()).map_err(stray)?;
            }
        }
    }
    Ok(walked)
}

fn same(what: &str, is: &str, should: &str) -> Result<(), String> {
    if is == should { Ok(()) } else { Err(format!("{what} is {is}, not {should}")) }
}

/// Compares an answer of a payload (data version 0.0.3) with what a journey says of it.
fn compare(
    questionnaire: &Questionnaire,
    payload: &Json,
    answer: &AnswerName,
    should: Option<&str>,
) -> Result<(), String> {
    let is = found(questionnaire, payload, answer);
    let (is, should) = match (is, should) {
        (None, None) => return Ok(()),
        (Some(is), Some(should)) => (is, should),
        (None, Some(_)) => return Err(format!("{} was not submitted", answer.id)),
        (Some(is), None) => return Err(format!("{} was submitted: {is}", answer.id)),
    };
    let kind =
        kind_of(questionnaire, &answer.id).ok_or_else(|| format!("there is no answer {}", answer.id))?;
    let is_equal = match kind {
        AnswerKind::Number(_) => {
            let number = |text: &str| text.parse::<Number>().ok();
            number(&is.to_string()).is_some_and(|is| Some(is) == number(should))
        }
        AnswerKind::Checkbox { .. } => {
            let values = should.split('|').map(str::trim);
            is.as_array().is_some_and(|has| values.eq(has.iter().map(|has| has.as_str().unwrap_or("?"))))
        }
        AnswerKind::Duration { .. } | AnswerKind::Address { .. } => {
            let should = parts(should)?;
            is.as_object().is_some_and(|has| {
                has.len() == should.len()
                    && should.iter().all(|(part, value)| has.get(part).is_some_and(|is| text(is) == *value))
            })
        }
        _ => text(is) == should,
    };
    if is_equal { Ok(()) } else { Err(format!("{} was submitted as {is}", answer.id)) }
}

fn text(json: &Json) -> String {
    json.as_str().map_or_else(|| json.to_string(), str::to_owned)
}

fn found<'a>(questionnaire: &Questionnaire, payload: &'a Json, name: &AnswerName) -> Option<&'a Json> {
    let data = payload.get("data")?;
    let item = match name.item {
        None => None,
        Some(number) => {
            let &answer = questionnaire.names.answers.get(&*name.id)?;
            let list = questionnaire.list(questionnaire.answer(answer).repeats.list()?);
            let lists = data.get("lists")?.as_array()?;
            let list = lists.iter().find(|has| has["name"] == *list.name)?;
            Some(list["items"].get(number - 1)?.as_str()?)
        }
    };
    let mut answers = data.get("answers")?.as_array()?.iter();
    let is_it = |entry: &&Json| {
        entry["answer_id"] == *name.id && entry.get("list_item_id").and_then(Json::as_str) == item
    };
    answers.find(is_it)?.get("value")
}
