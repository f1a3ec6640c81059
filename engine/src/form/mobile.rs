//! Numbers of mobile telephones in the United Kingdom: checked, but stored as typed.

use schema::value::Value;

use super::reading::Reading;
use super::{AskedAnswer, Form, is_blank};
use crate::error::AnswerError;

/// Reads a mobile number's field.
///
/// Source: spec/04 §4.9.
pub fn read(asked: &AskedAnswer<'_>, form: &Form) -> Reading {
    let typed = form.get(&asked.field_id);
    if is_blank(typed) {
        if asked.answer.mandatory {
            return Err(vec![AnswerError::Mandatory("MANDATORY_MOBILE_NUMBER")]);
        }
    } else if typed.is_some_and(|typed| ten_digits(typed).is_none()) {
        return Err(vec![AnswerError::InvalidMobileNumber]);
    }
    Ok(typed.filter(|typed| !typed.is_empty()).map(|typed| Value::text(typed.to_owned())))
}

/// `7700900345`, however it was typed: the form in which it is sent on. None if it is no such number.
pub fn ten_digits(typed: &str) -> Option<String> {
    const PUNCTUATION: &str = ".,-{}[]()/";
    let bare: String = typed
        .chars()
        .filter(|&character| !character.is_whitespace() && !PUNCTUATION.contains(character))
        .collect();
    let local =
        ["0044", "044", "+44", "0"].iter().find_map(|prefix| bare.strip_prefix(prefix)).unwrap_or(&bare);
    let is_mobile =
        local.len() == 10 && local.starts_with('7') && local.bytes().all(|byte| byte.is_ascii_digit());
    is_mobile.then(|| local.to_owned())
}
