//! The span between the two dates of a date range, and its limits.

use schema::format::{SpanUnit, span};
use schema::questionnaire::{Locale, Period};
use schema::rule::{Fault, Offset, Weeks, difference, offset_date, read_date};
use schema::value::{Date, Value};

use crate::error::AnswerError;
use crate::form::AnswerReading;

/// Months and days are of no one length, so periods are compared by where they lead from the calendar's first day.
const EPOCH: Date = Date::constant(1, 1, 1);

/// Checks a date range of which both dates were given.
///
/// Source: spec/04 §4.10.
pub fn check(
    readings: &[AnswerReading],
    minimum: Option<Period>,
    maximum: Option<Period>,
    ui: Locale,
) -> Result<Option<AnswerError>, Fault> {
    let [from, to, ..] = readings else { return Ok(None) };
    let (Some(from), Some(to)) = (date(from), date(to)) else { return Ok(None) };
    if from >= to {
        return Ok(Some(AnswerError::InvalidDateRange));
    }
    let (years, months, days) = difference(from, to);
    let length = past_epoch(Period { years: Some(years), months: Some(months), days: Some(days) })?;
    if let Some(minimum) = minimum
        && length < past_epoch(minimum)?
    {
        return Ok(Some(AnswerError::PeriodTooSmall { min: in_words(minimum, ui) }));
    }
    if let Some(maximum) = maximum
        && length > past_epoch(maximum)?
    {
        return Ok(Some(AnswerError::PeriodTooLarge { max: in_words(maximum, ui) }));
    }
    Ok(None)
}

fn date(reading: &AnswerReading) -> Option<Date> {
    reading.own.as_ref().ok()?.as_ref().and_then(Value::as_text).and_then(read_date)
}

fn past_epoch(period: Period) -> Result<Date, Fault> {
    let offset = Offset {
        years: period.years.unwrap_or(0),
        months: period.months.unwrap_or(0),
        days: period.days.unwrap_or(0),
        day_of_week: None,
    };
    offset_date(EPOCH, offset, Weeks::Nearest).map_err(Fault::of)
}

/// `1 month, 20 days`: the parts that are given.
fn in_words(period: Period, ui: Locale) -> String {
    let parts =
        [(period.years, SpanUnit::Years), (period.months, SpanUnit::Months), (period.days, SpanUnit::Days)];
    let words: Vec<_> = parts.into_iter().filter_map(|(count, unit)| Some(span(count?, unit, ui))).collect();
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use schema::questionnaire::Locale;
    use serde_json::{Value as Json, json};

    use crate::form::testing::Desk;

    fn range(limits: Json, kind: &str) -> Desk {
        let date = |id| json!({"id": id, "type": kind, "mandatory": false, "label": "D"});
        Desk::asking(
            json!({"type": "DateRange", "period_limits": limits, "answers": [date("from"), date("to")]}),
            &[],
        )
    }

    fn told(desk: &Desk, from: &str, to: &str) -> String {
        let mut fields = vec![];
        for (id, typed) in [("from", from), ("to", to)] {
            let parts: Vec<_> = typed.split('/').collect();
            for (name, part) in ["day", "month", "year"][3 - parts.len()..].iter().zip(parts) {
                fields.push((format!("{id}-{name}"), part.to_owned()));
            }
        }
        let fields: Vec<_> = fields.iter().map(|(name, part)| (&**name, &**part)).collect();
        desk.told(&fields)
    }

    #[test]
    fn a_range_ends_after_it_begins() {
        let desk = range(json!({}), "Date");
        assert_eq!(told(&desk, "1/1/2016", "2/1/2016"), r#""2016-01-01"; "2016-01-02""#);
        assert_eq!(told(&desk, "1/1/2016", "1/1/2016"), "INVALID_DATE_RANGE");
        assert_eq!(told(&desk, "2/1/2016", "1/1/2016"), "INVALID_DATE_RANGE");
        assert_eq!(told(&desk, "2/1/2016", "//"), r#""2016-01-02"; nothing"#, "both must be given");
        assert_eq!(told(&desk, "2/1/2016", "40/1/2016"), "INVALID_DATE", "both must be dates");
        assert_eq!(told(&range(json!({}), "MonthYearDate"), "2/2016", "1/2016"), "INVALID_DATE_RANGE");
        assert_eq!(told(&range(json!({}), "YearDate"), "2016", "2017"), r#""2016"; "2017""#);
    }

    #[test]
    fn the_span_of_a_range_is_limited_in_calendar_time() {
        let limits = json!({"minimum": {"days": 23}, "maximum": {"days": 20, "months": 1}});
        let desk = range(limits, "Date");
        for (from, to, read) in [
            ("1/1/2018", "23/1/2018", "DATE_PERIOD_TOO_SMALL min=23 days"),
            ("1/1/2018", "24/1/2018", r#""2018-01-01"; "2018-01-24""#),
            ("1/1/2018", "21/2/2018", r#""2018-01-01"; "2018-02-21""#),
            ("1/1/2018", "22/2/2018", "DATE_PERIOD_TOO_LARGE max=1 month, 20 days"),
            // A month and twenty days, whether the month is long or short.
            ("1/2/2018", "21/3/2018", r#""2018-02-01"; "2018-03-21""#),
            ("1/2/2018", "22/3/2018", "DATE_PERIOD_TOO_LARGE max=1 month, 20 days"),
        ] {
            assert_eq!(told(&desk, from, to), read, "{from} {to}");
        }
        let desk = range(json!({"maximum": {"years": 1}}), "YearDate");
        assert_eq!(told(&desk, "2016", "2017"), r#""2016"; "2017""#);
        assert_eq!(told(&desk, "2016", "2018"), "DATE_PERIOD_TOO_LARGE max=1 year");
        let desk = range(json!({"minimum": {"months": 2}}), "MonthYearDate").in_locale(Locale::Cy);
        assert_eq!(told(&desk, "1/2016", "2/2016"), "DATE_PERIOD_TOO_SMALL min=2 fis");
    }
}
