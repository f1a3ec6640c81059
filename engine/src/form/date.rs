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

#[cfg(test)]
mod tests {
    use schema::questionnaire::Locale;
    use schema::value::Value;
    use serde_json::{Value as Json, json};

    use crate::form::testing::Desk;

    fn told(desk: &Desk, typed: &str) -> String {
        let parts: Vec<_> = typed.split('/').collect();
        let names = &["a-day", "a-month", "a-year"][3 - parts.len()..];
        desk.told(&names.iter().copied().zip(parts).collect::<Vec<_>>())
    }

    fn date(more: Json) -> Desk {
        let mut answer = json!({"type": "Date"});
        if let (Some(answer), Json::Object(more)) = (answer.as_object_mut(), more) {
            answer.extend(more);
        }
        Desk::answer(answer)
    }

    #[test]
    fn a_date_is_put_together_from_whole_numbers() {
        let desk = date(json!({}));
        for (typed, read) in [
            ("1/2/2016", r#""2016-02-01""#),
            (" 01 / 2/2016 ", r#""2016-02-01""#),
            ("5/3/02016", r#""2016-03-05""#),
            ("29/2/2016", r#""2016-02-29""#),
            ("٣/1/2016", r#""2016-01-03""#),
            ("1/1/0018", r#""0018-01-01""#),
            ("//", "nothing"),
            (" //", "INVALID_DATE"),
            ("1//2016", "INVALID_DATE"),
            ("1/2/", "INVALID_DATE"),
            ("a/2/2016", "INVALID_DATE"),
            ("1.0/2/2016", "INVALID_DATE"),
            ("1/2/16", "INVALID_YEAR_FORMAT"),
            ("a/2/16", "INVALID_DATE"),
            ("31/2/16", "INVALID_YEAR_FORMAT"),
            ("31/2/2020", "INVALID_DATE"),
            ("29/2/2015", "INVALID_DATE"),
            ("0/1/2016", "INVALID_DATE"),
            ("1/13/2016", "INVALID_DATE"),
            ("-1/1/2016", "INVALID_DATE"),
            ("1/1/0000", "INVALID_DATE"),
            ("1/1/20160", "INVALID_DATE"),
            ("99999999999999999999/1/2016", "INVALID_DATE"),
        ] {
            assert_eq!(told(&desk, typed), read, "{typed:?}");
        }
        assert_eq!(desk.told(&[]), "nothing");
        assert_eq!(date(json!({"mandatory": true})).told(&[("a-day", "")]), "MANDATORY_DATE");
    }

    #[test]
    fn a_date_may_stop_at_the_month_or_the_year() {
        let month = date(json!({"type": "MonthYearDate"}));
        assert_eq!(told(&month, "2/2016"), r#""2016-02""#);
        assert_eq!(told(&month, "13/2016"), "INVALID_DATE");
        let year = date(json!({"type": "YearDate"}));
        assert_eq!(told(&year, "2016"), r#""2016""#);
        assert_eq!(told(&year, "216"), "INVALID_YEAR_FORMAT");
    }

    #[test]
    fn a_date_out_of_bounds_is_told_the_day_the_month_or_the_year_next_to_the_bound() {
        let bounded = |kind: &str, minimum: &str, maximum: &str| {
            date(json!({"type": kind, "minimum": {"value": minimum}, "maximum": {"value": maximum}}))
        };
        for (kind, typed, read) in [
            ("Date", "29/2/2016", "SINGLE_DATE_PERIOD_TOO_EARLY min=29 February 2016"),
            ("Date", "1/3/2016", r#""2016-03-01""#),
            ("Date", "31/3/2016", r#""2016-03-31""#),
            ("Date", "1/4/2016", "SINGLE_DATE_PERIOD_TOO_LATE max=1 April 2016"),
        ] {
            assert_eq!(told(&bounded(kind, "2016-03-01", "2016-03-31"), typed), read, "{typed}");
        }
        for (kind, typed, read) in [
            ("MonthYearDate", "10/2017", "SINGLE_DATE_PERIOD_TOO_EARLY min=October 2017"),
            ("MonthYearDate", "11/2017", r#""2017-11""#),
            ("MonthYearDate", "6/2018", r#""2018-06""#),
            ("MonthYearDate", "7/2018", "SINGLE_DATE_PERIOD_TOO_LATE max=July 2018"),
            ("YearDate", "2016", "SINGLE_DATE_PERIOD_TOO_EARLY min=2016"),
            ("YearDate", "0018", "SINGLE_DATE_PERIOD_TOO_EARLY min=2016"),
            ("YearDate", "2017", r#""2017""#),
            ("YearDate", "2019", "SINGLE_DATE_PERIOD_TOO_LATE max=2019"),
        ] {
            assert_eq!(told(&bounded(kind, "2017-11-15", "2018-06-15"), typed), read, "{kind} {typed}");
        }
        let welsh = bounded("Date", "2016-03-01", "2016-03-31").in_locale(Locale::Cy);
        assert_eq!(told(&welsh, "1/4/2016"), "SINGLE_DATE_PERIOD_TOO_LATE max=1 Ebrill 2016");
    }

    #[test]
    fn a_bound_may_be_now_or_an_answer_and_is_moved_by_its_offset() {
        let desk = Desk::asking(
            json!({"answers": [{
                "id": "a", "type": "Date", "mandatory": false, "label": "A",
                "minimum": {
                    "value": {"source": "answers", "identifier": "from"},
                    "offset_by": {"years": 1, "months": 1, "days": -1}
                },
                "maximum": {"value": "now", "offset_by": {"days": 5}}
            }]}),
            &[json!({"answers": [{"id": "from", "type": "Date", "mandatory": false, "label": "F"}]})],
        );
        assert_eq!(told(&desk, "1/1/1900"), r#""1900-01-01""#, "what comes to nothing does not bound");
        assert_eq!(told(&desk, "20/3/2016"), r#""2016-03-20""#);
        assert_eq!(told(&desk, "21/3/2016"), "SINGLE_DATE_PERIOD_TOO_LATE max=21 March 2016");
        let desk = desk.storing("from", Value::text("2015-01-31"));
        assert_eq!(told(&desk, "27/2/2016"), "SINGLE_DATE_PERIOD_TOO_EARLY min=27 February 2016");
        assert_eq!(told(&desk, "28/2/2016"), r#""2016-02-28""#);
    }
}
