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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::form::testing::Desk;

    #[test]
    fn text_is_stored_exactly_as_typed() {
        for kind in ["TextField", "TextArea"] {
            let desk = Desk::answer(json!({"type": kind}));
            for (typed, told) in [
                ("Ada", r#""Ada""#),
                (" Ada ", r#"" Ada ""#),
                ("one\r\ntwo", r#""one\r\ntwo""#),
                ("   ", r#""   ""#),
                ("", "nothing"),
            ] {
                assert_eq!(desk.of(typed), told, "{kind} {typed:?}");
            }
            assert_eq!(desk.told(&[]), "nothing");
        }
    }

    #[test]
    fn white_space_alone_is_no_answer_to_a_mandatory_question() {
        for (kind, key) in [("TextField", "MANDATORY_TEXTFIELD"), ("TextArea", "MANDATORY_TEXTAREA")] {
            let desk = Desk::answer(json!({"type": kind, "mandatory": true}));
            for typed in ["", " ", "\r\n", "\u{a0}\u{2003}\t"] {
                assert_eq!(desk.of(typed), key, "{typed:?}");
            }
            assert_eq!(desk.told(&[]), key);
            assert_eq!(desk.told(&[("a", ""), ("a", "second")]), key, "only the first value counts");
        }
    }

    #[test]
    fn characters_are_counted_as_code_points_and_a_line_break_is_two() {
        for kind in ["TextField", "TextArea"] {
            let desk = Desk::answer(json!({"type": kind, "max_length": 5}));
            for (typed, is_told) in
                [("12345", true), ("123456", false), ("ŵŷâêî", true), ("123\r\n", true), ("1234\r\n", false)]
            {
                let told = desk.of(typed);
                assert_eq!(told == "MAX_LENGTH_EXCEEDED max=5", !is_told, "{kind} {typed:?} {told}");
            }
        }
    }

    #[test]
    fn a_limit_that_is_none_is_2000_for_areas_and_10000_for_fields() {
        for (answer, max) in [
            (json!({"type": "TextArea"}), 2_000),
            (json!({"type": "TextArea", "max_length": 0}), 2_000),
            (json!({"type": "TextField"}), 10_000),
            (json!({"type": "TextField", "max_length": 0}), 0),
        ] {
            let desk = Desk::answer(answer);
            assert_eq!(desk.of(&"x".repeat(max + 1)), format!("MAX_LENGTH_EXCEEDED max={max}"));
        }
    }
}
