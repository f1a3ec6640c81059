//! Reads the form of a question: each field by its kind, then what holds between the answers.

use schema::questionnaire::{AnswerKind, Locale};
use schema::rule::{Fault, Scope};
use schema::value::Value;

use super::{Asked, AskedAnswer, Form, address, choice, date, duration, mobile, number, text};
use crate::check;
use crate::error::AnswerError;
use crate::response::{AnswerKey, Response};

/// What a field comes to: a value, nothing (which takes a stored one away), or what stands against it.
pub type Reading = Result<Option<Value<'static>>, Vec<AnswerError>>;

/// An answer's field and those of its options' details, in the order of the options.
pub struct AnswerReading {
    pub own: Reading,
    pub details: Vec<Reading>,
}

impl AnswerReading {
    pub fn is_valid(&self) -> bool {
        self.own.is_ok() && self.details.iter().all(Result::is_ok)
    }
}

/// A form, read.
pub struct Read {
    /// In form order: details before the answer they belong to (spec/04 §3.2). Only to be stored if there are no
    /// errors.
    pub values: Vec<(AnswerKey, Option<Value<'static>>)>,
    pub errors: Errors,
}

/// What stands against a form, in the order of spec/04 §9. Outlives the request that made it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Errors {
    /// Against the question as a whole; shown first.
    pub question: Vec<AnswerError>,
    /// In display order, only answers that have any.
    pub answers: Vec<FieldErrors>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct FieldErrors {
    /// Of the answer whose panel shows them all.
    pub field_id: String,
    pub own: Vec<AnswerError>,
    /// By the id of the detail answer.
    pub details: Vec<(String, Vec<AnswerError>)>,
}

impl Errors {
    pub fn is_empty(&self) -> bool {
        self.question.is_empty() && self.answers.is_empty()
    }

    pub fn of(&self, field_id: &str) -> Option<&FieldErrors> {
        self.answers.iter().find(|errors| errors.field_id == field_id)
    }

    /// All of them, in order, with the field each is shown at; none for the question's own.
    pub fn iter(&self) -> impl Iterator<Item = (Option<&str>, &AnswerError)> {
        let fields = self.answers.iter().flat_map(|field| {
            let details = field.details.iter().flat_map(|(_, errors)| errors);
            field.own.iter().chain(details).map(|error| (Some(&*field.field_id), error))
        });
        self.question.iter().map(|error| (None, error)).chain(fields)
    }
}

/// Reads what was posted for a question.
///
/// `ui` is the interface's locale: numbers are typed and bounds are written as it has them.
///
/// # Errors
/// What a calculation adds up to cannot be found.
///
/// Source: spec/04 §3, §4.
pub fn read(
    asked: &Asked<'_>,
    form: &Form,
    response: &Response,
    scope: &dyn Scope,
    ui: Locale,
) -> Result<Read, Fault> {
    let readings: Vec<_> = asked.answers.iter().map(|answer| read_answer(answer, form, ui)).collect();
    let question = check::check(asked, &readings, response, scope, ui)?;
    let mut read = Read { values: vec![], errors: Errors { question, answers: vec![] } };
    for (answer, reading) in asked.answers.iter().zip(readings) {
        let mut errors = FieldErrors { field_id: answer.field_id.to_string(), own: vec![], details: vec![] };
        for ((_, detail), reading) in answer.details().zip(reading.details) {
            match reading {
                Ok(value) => read.values.push((detail.key, value)),
                Err(found) => errors.details.push((detail.field_id.to_string(), found)),
            }
        }
        match reading.own {
            Ok(value) => read.values.push((answer.key, value)),
            Err(found) => errors.own = found,
        }
        if !errors.own.is_empty() || !errors.details.is_empty() {
            read.errors.answers.push(errors);
        }
    }
    Ok(read)
}

fn read_answer(asked: &AskedAnswer<'_>, form: &Form, ui: Locale) -> AnswerReading {
    let details = asked.details().map(|(option, detail)| {
        let is_chosen = form.all(&asked.field_id).any(|value| value == option.value);
        // A detail whose option is not chosen was not asked for: whatever was typed there, or stored, goes.
        if is_chosen { read_field(detail, form, ui) } else { Ok(None) }
    });
    AnswerReading { details: details.collect(), own: read_field(asked, form, ui) }
}

fn read_field(asked: &AskedAnswer<'_>, form: &Form, ui: Locale) -> Reading {
    match &asked.answer.kind {
        AnswerKind::TextField { max_length, .. } => text::field(asked, form, *max_length),
        AnswerKind::TextArea { max_length, .. } => text::area(asked, form, *max_length),
        AnswerKind::Number(number) => number::read(asked, number, form, ui),
        AnswerKind::Radio { .. } | AnswerKind::Relationship { .. } => {
            choice::one(asked, form, "MANDATORY_RADIO")
        }
        AnswerKind::Dropdown { .. } => choice::one(asked, form, "MANDATORY_DROPDOWN"),
        AnswerKind::Checkbox { .. } => choice::several(asked, form),
        AnswerKind::Date(date) => date::read(asked, date.precision, form, ui),
        AnswerKind::Duration { years, months } => duration::read(asked, *years, *months, form, ui),
        AnswerKind::Address { .. } => address::read(asked, form),
        AnswerKind::MobileNumber => mobile::read(asked, form),
    }
}
