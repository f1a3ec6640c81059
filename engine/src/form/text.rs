//! Text, on one line or several: stored exactly as typed.

use schema::value::Value;

use super::reading::Reading;
use super::{AskedAnswer, Form, is_blank};
use crate::error::AnswerError;

/// The most characters of an area whose definition says nothing sensible.
pub(crate) const AREA_LENGTH: i64 = 2000;

/// Reads a text field.
///
/// Source: spec/04 §4.1.
pub fn field(asked: &AskedAnswer<'_>, form: &Form, max: i64) -> Reading {
    read(asked, form, max, "MANDATORY_TEXTFIELD")
}

/// Reads a text area. A limit of nothing or less is the usual one, as it is not for fields.
///
/// Source: spec/04 §4.1.
pub fn area(asked: &AskedAnswer<'_>, form: &Form, max: i64) -> Reading {
    read(asked, form, if max > 0 { max } else { AREA_LENGTH }, "MANDATORY_TEXTAREA")
}

fn read(asked: &AskedAnswer<'_>, form: &Form, max: i64, mandatory: &'static str) -> Reading {
    let typed = form.get(&asked.field_id);
    if is_blank(typed) {
        if asked.answer.mandatory {
            return Err(vec![AnswerError::Mandatory(mandatory)]);
        }
    } else if let Some(typed) = typed
        && typed.chars().count() as i64 > max
    {
        return Err(vec![AnswerError::TooLong { max }]);
    }
    Ok(typed.filter(|typed| !typed.is_empty()).map(|typed| Value::text(typed.to_owned())))
}
