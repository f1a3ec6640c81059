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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::form::testing::Desk;

    #[test]
    fn each_unit_of_a_duration_must_be_a_whole_number_from_nothing() {
        let desk = Desk::answer(json!({"type": "Duration", "units": ["years", "months"]}));
        for (years, months, told) in [
            ("1", "2", "years:1 months:2"),
            ("0", "0", "years:0 months:0"),
            ("1,000", "11", "years:1000 months:11"),
            ("", "", "nothing"),
            ("1", "12", "INVALID_DURATION"),
            ("1", "", "INVALID_DURATION"),
            ("", "1", "INVALID_DURATION"),
            (" ", " ", "INVALID_DURATION"),
            ("1.5", "1", "INVALID_DURATION"),
            ("-1", "1", "INVALID_DURATION"),
            ("a", "1", "INVALID_DURATION"),
        ] {
            assert_eq!(desk.told(&[("a-years", years), ("a-months", months)]), told, "{years:?} {months:?}");
        }
        assert_eq!(desk.told(&[("a-years", "1")]), "INVALID_DURATION", "a field that was not sent is empty");
    }

    #[test]
    fn months_alone_may_be_many() {
        let desk = Desk::answer(json!({"type": "Duration", "units": ["months"], "mandatory": true}));
        assert_eq!(desk.told(&[("a-months", "120")]), "months:120");
        assert_eq!(desk.told(&[("a-months", "")]), "MANDATORY_DURATION");
        assert_eq!(desk.told(&[]), "MANDATORY_DURATION");
    }
}
