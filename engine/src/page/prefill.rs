//! What the inputs of a question show: what is stored, or after a refusal what was typed.

use std::borrow::Cow;

use schema::questionnaire::AnswerKind;
use schema::value::{Number, Value};

use crate::form::{AskedAnswer, Form};
use crate::response::Answers;

/// Where inputs have their contents from. Defaults are never filled in (spec/01 §6.3).
#[derive(Clone, Copy)]
pub enum Filling<'a> {
    Stored(&'a Answers),
    /// As typed, right or wrong (spec/04 §1).
    Posted(&'a Form),
    Nothing,
}

impl<'a> Filling<'a> {
    /// The contents of an input that stands alone: of text, numbers, dropdowns.
    ///
    /// Source: spec/04 §10.
    pub fn text(self, asked: &AskedAnswer<'_>) -> Cow<'a, str> {
        match self {
            Self::Nothing => "".into(),
            Self::Posted(form) => form.get(&asked.field_id).unwrap_or("").into(),
            Self::Stored(answers) => match (answers.get(asked.key), &asked.answer.kind) {
                (Some(Value::Text(text)), _) => Cow::Borrowed(text),
                (Some(Value::Number(number)), AnswerKind::Number(answer)) => {
                    with_decimals(*number, answer.decimal_places).into()
                }
                (Some(Value::Number(number)), _) => number.to_string().into(),
                _ => "".into(),
            },
        }
    }

    /// Whether an option is chosen.
    pub fn is_chosen(self, asked: &AskedAnswer<'_>, value: &str) -> bool {
        match self {
            Self::Nothing => false,
            Self::Posted(form) => form.all(&asked.field_id).any(|posted| posted == value),
            Self::Stored(answers) => match answers.get(asked.key) {
                Some(Value::Text(text)) => text == value,
                Some(Value::List(chosen)) => chosen.iter().any(|chosen| chosen.as_text() == Some(value)),
                _ => false,
            },
        }
    }

    /// The contents of one input of several: `day`, `month`, `year` of a date; `years`, `months` of a duration;
    /// `line1`, `line2`, `town`, `postcode`, `uprn` of an address.
    ///
    /// Source: spec/04 §10.
    pub fn part(self, asked: &AskedAnswer<'_>, part: &str) -> Cow<'a, str> {
        match self {
            Self::Nothing => "".into(),
            Self::Posted(form) => form.part(&asked.field_id, part).into(),
            Self::Stored(answers) => match answers.get(asked.key) {
                Some(Value::Text(date)) => part_of_date(date, part).into(),
                Some(value) => match value.part(part) {
                    Some(Value::Text(text)) => Cow::Borrowed(text),
                    Some(Value::Number(number)) => number.to_string().into(),
                    _ => "".into(),
                },
                None => "".into(),
            },
        }
    }
}

/// With its zeros: `2016-01-02` shows `01`.
fn part_of_date<'a>(date: &'a str, part: &str) -> &'a str {
    let at = match part {
        "year" => 0,
        "month" => 1,
        "day" => 2,
        _ => return "",
    };
    date.split('-').nth(at).unwrap_or("")
}

/// As many decimals as the field takes: `10.5` shows `10.50`. A whole-number field shows what is stored.
fn with_decimals(number: Number, decimal_places: u32) -> String {
    let mut number = number;
    if decimal_places > 0 {
        number.rescale(decimal_places);
    }
    number.to_string()
}
