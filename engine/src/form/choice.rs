//! Radios, dropdowns, relationships and checkboxes: what was chosen must be on offer.

use schema::value::Value;

use super::reading::Reading;
use super::{AskedAnswer, Form, is_blank};
use crate::error::AnswerError;

/// Reads a choice of one. Choosing nothing takes the stored answer away.
///
/// Source: spec/04 §4.3, §4.5, §5.
pub fn one(asked: &AskedAnswer<'_>, form: &Form, mandatory: &'static str) -> Reading {
    let chosen = form.get(&asked.field_id);
    if is_blank(chosen) {
        return if asked.answer.mandatory { Err(vec![AnswerError::Mandatory(mandatory)]) } else { Ok(None) };
    }
    match chosen.filter(|chosen| is_offered(asked, chosen)) {
        Some(chosen) => Ok(Some(Value::text(chosen.to_owned()))),
        None => Err(vec![AnswerError::NotAChoice]),
    }
}

/// Reads a choice of any, kept in the order posted.
///
/// Source: spec/04 §3.1, §4.4.
pub fn several(asked: &AskedAnswer<'_>, form: &Form) -> Reading {
    let chosen: Vec<_> = form.all(&asked.field_id).collect();
    // Only the first value says whether anything was chosen.
    if is_blank(chosen.first().copied()) {
        return if asked.answer.mandatory {
            Err(vec![AnswerError::Mandatory("MANDATORY_CHECKBOX")])
        } else {
            Ok(None)
        };
    }
    let unknown: Vec<_> =
        chosen.iter().filter(|value| !is_offered(asked, value)).map(|&value| value.to_owned()).collect();
    if unknown.is_empty() {
        Ok(Some(Value::List(chosen.into_iter().map(|value| Value::text(value.to_owned())).collect())))
    } else {
        Err(vec![AnswerError::NotChoices(unknown)])
    }
}

fn is_offered(asked: &AskedAnswer<'_>, value: &str) -> bool {
    asked.options.iter().any(|option| option.value == value)
}
