//! Dates to the day, the month or the year, from a field for each part.

use schema::format;
use schema::questionnaire::{Locale, Precision};
use schema::value::{Date, Value};

use super::number::ascii_digit;
use super::reading::Reading;
use super::{AskedAnswer, Form, Limits};
use crate::error::AnswerError;

/// Reads a date's fields into `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
///
/// Source: spec/04 §4.6.
pub fn read(asked: &AskedAnswer<'_>, precision: Precision, form: &Form, ui: Locale) -> Reading {
    let typed = |part| form.part(&asked.field_id, part);
    let (day, month) = (
        (precision == Precision::Day).then(|| typed("day")),
        (precision != Precision::Year).then(|| typed("month")),
    );
    let year = typed("year");
    // A space was entered, and is no part of a date.
    if [day, month, Some(year)].into_iter().flatten().all(str::is_empty) {
        return if asked.answer.mandatory {
            Err(vec![AnswerError::Mandatory("MANDATORY_DATE")])
        } else {
            Ok(None)
        };
    }
    let part = |typed: Option<&str>| typed.map_or(Some(1), integer);
    let (Some(day), Some(month), Some(year_number)) = (part(day), part(month), integer(year)) else {
        return Err(vec![AnswerError::InvalidDate]);
    };
    if year.chars().count() < 4 {
        return Err(vec![AnswerError::InvalidYear]);
    }
    let Some(date) = real_date(year_number, month, day) else { return Err(vec![AnswerError::InvalidDate]) };
    if let Some(error) = out_of_range(date, asked.limits, precision, ui) {
        return Err(vec![error]);
    }
    let text = date.to_string();
    Ok(Some(Value::text(match precision {
        Precision::Day => text,
        Precision::Month => text[..7].to_owned(),
        Precision::Year => text[..4].to_owned(),
    })))
}

fn real_date(year: i64, month: i64, day: i64) -> Option<Date> {
    if !(1..=9999).contains(&year) {
        return None;
    }
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A whole number with white space around it, a sign, zeros before it, `_` between its digits.
fn integer(typed: &str) -> Option<i64> {
    let bare = typed.trim();
    let digits = bare.strip_prefix(['+', '-']).unwrap_or(bare);
    let groups: Vec<&str> = digits.split('_').collect();
    if groups.iter().any(|group| group.is_empty()) {
        return None;
    }
    let digits: String = groups.concat().chars().map(ascii_digit).collect::<Option<_>>()?;
    // What is too long for any part of a date is wrong as a date, not as a number.
    let number = digits.parse().unwrap_or(i64::MAX);
    Some(if bare.starts_with('-') { -number } else { number })
}

fn out_of_range(date: Date, limits: Limits, precision: Precision, ui: Locale) -> Option<AnswerError> {
    let Limits::Date { minimum, maximum } = limits else { return None };
    let pattern = match precision {
        Precision::Day => "d MMMM yyyy",
        Precision::Month => "MMMM yyyy",
        Precision::Year => "yyyy",
    };
    if let Some(minimum) = minimum.filter(|minimum| date < *minimum) {
        let before = minimum.yesterday().unwrap_or(minimum);
        return Some(AnswerError::TooEarly { min: format::date(before, pattern, ui) });
    }
    let maximum = maximum.filter(|maximum| date > *maximum)?;
    let after = maximum.tomorrow().unwrap_or(maximum);
    Some(AnswerError::TooLate { max: format::date(after, pattern, ui) })
}
