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
