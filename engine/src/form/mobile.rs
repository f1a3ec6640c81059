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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::ten_digits;
    use crate::form::testing::Desk;

    #[test]
    fn a_mobile_number_is_ten_digits_from_seven_once_its_prefix_is_off() {
        for (typed, is_mobile) in [
            ("07700 900345", true),
            ("+44 7700 900345", true),
            ("0044 7700 900345", true),
            ("00 44 7700 900345", true),
            ("0 44 7700 900345", true),
            ("7700900345", true),
            ("(07700) {900}-[345]", true),
            ("07700.900/345,", true),
            ("447700900345", false),
            ("+44 07700 900345", false),
            ("0770090034", false),
            ("077009003456", false),
            ("01632 960001", false),
            ("0770090034a", false),
            ("٧٧٠٠٩٠٠٣٤٥", false),
        ] {
            assert_eq!(ten_digits(typed).as_deref(), is_mobile.then_some("7700900345"), "{typed}");
        }
    }

    #[test]
    fn a_mobile_number_is_stored_as_typed() {
        let desk = Desk::answer(json!({"type": "MobileNumber"}));
        assert_eq!(desk.of("07700 900345"), r#""07700 900345""#);
        assert_eq!(desk.of(""), "nothing");
        assert_eq!(desk.of("447700900345"), "INVALID_MOBILE_NUMBER");
        let mandatory = Desk::answer(json!({"type": "MobileNumber", "mandatory": true}));
        assert_eq!(mandatory.of(" "), "MANDATORY_MOBILE_NUMBER");
    }
}
