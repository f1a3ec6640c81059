//! Durations: whole years, whole months, or both.

use std::borrow::Cow;

use schema::questionnaire::Locale;
use schema::value::{Number, Value};

use super::reading::Reading;
use super::{AskedAnswer, Form, clean, typed_number};
use crate::error::AnswerError;

/// Reads a duration's fields. A field that was not sent is as good as empty.
///
/// Source: spec/04 §4.7.
pub fn read(asked: &AskedAnswer<'_>, years: bool, months: bool, form: &Form, ui: Locale) -> Reading {
    let units = [("years", years), ("months", months)].into_iter().filter(|(_, asks)| *asks);
    let typed: Vec<_> = units.map(|(unit, _)| (unit, form.part(&asked.field_id, unit))).collect();
    if typed.iter().all(|(_, typed)| typed.is_empty()) {
        return if asked.answer.mandatory {
            Err(vec![AnswerError::Mandatory("MANDATORY_DURATION")])
        } else {
            Ok(None)
        };
    }
    let mut parts = Vec::with_capacity(typed.len());
    for (unit, typed) in typed {
        let count = whole(typed, ui).filter(|count| !count.is_sign_negative() || count.is_zero());
        match count {
            Some(count) if !(years && unit == "months" && count > Number::from(11)) => {
                parts.push((Cow::Borrowed(unit), Value::Number(count)));
            }
            _ => return Err(vec![AnswerError::InvalidDuration]),
        }
    }
    Ok(Some(Value::Parts(parts)))
}

fn whole(typed: &str, ui: Locale) -> Option<Number> {
    let clean = clean(typed, ui);
    if clean.contains('.') { None } else { typed_number(&clean)?.held() }
}
