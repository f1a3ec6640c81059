//! Transforms that write dates, and what lies between them.

use super::{Call, wrong_kind};
use crate::format::{self, SpanUnit};
use crate::rule::{Fault, FaultKind, Offset, Weeks, difference, offset_date, read_date};
use crate::value::{Date, Value};

impl<'a> Call<'a, '_> {
    pub(super) fn format_date(&self) -> Result<Value<'a>, Fault> {
        let date = full_date(&self.value("date_to_format")?)?;
        Ok(Value::text(format::date(date, &self.text("date_format")?, self.locale())))
    }

    /// `Wednesday 1 to Wednesday 15 September 2021`: the month and the year of the start only where they differ.
    pub(super) fn format_date_range(&self) -> Result<Value<'a>, Fault> {
        let Value::List(range) = self.value("date_range")? else {
            return wrong_kind("a date range of no dates");
        };
        let [start, end] = &range[..] else { return wrong_kind("a date range of other than two dates") };
        let (start, end) = (full_date(start)?, full_date(end)?);
        let pattern = if start.year() != end.year() {
            "EEEE d MMMM yyyy"
        } else if start.month() != end.month() {
            "EEEE d MMMM"
        } else {
            "EEEE d"
        };
        let (start, end) = (
            format::date(start, pattern, self.locale()),
            format::date(end, "EEEE d MMMM yyyy", self.locale()),
        );
        Ok(Value::text(format!("{start} to {end}")))
    }

    /// The first and the last day of a range of whole weeks from a date.
    pub(super) fn date_range_bounds(&self) -> Result<Value<'a>, Fault> {
        let reference = match self.value("reference_date")? {
            Value::Date(date) => date,
            Value::Text(text) => read_date(&text).ok_or_else(not_a_date)?,
            _ => return Err(not_a_date()),
        };
        let weeks = self.whole("offset_full_weeks")?.unwrap_or(0);
        let Some(length) = self.whole("days_in_range")? else { return wrong_kind("a range without days") };
        let first_day = self.text("first_day_of_week")?;
        let first_day = if first_day.is_empty() { Some(0) } else { weekday(&first_day) };
        let Some(first_day) = first_day else { return wrong_kind("a day of the week that is none") };
        let offset =
            Offset { days: weeks.saturating_mul(7), day_of_week: Some(first_day), ..Offset::default() };
        let start = offset_date(reference, offset, Weeks::Full).map_err(Fault::of)?;
        let rest = Offset { days: length - 1, ..Offset::default() };
        let end = offset_date(start, rest, Weeks::Full).map_err(Fault::of)?;
        Ok(Value::List(vec![Value::text(start.to_string()), Value::text(end.to_string())]))
    }

    /// In whole years, or else whole months, or else days.
    pub(super) fn calculate_date_difference(&self) -> Result<Value<'a>, Fault> {
        let (first, second) = (self.any_date("first_date")?, self.any_date("second_date")?);
        let (years, months, days) = difference(first, second);
        let locale = self.page_locale();
        Ok(Value::text(if years != 0 {
            format::span(years, SpanUnit::Years, locale)
        } else if months != 0 {
            format::span(months, SpanUnit::Months, locale)
        } else {
            format::span(days, SpanUnit::Days, locale)
        }))
    }

    fn any_date(&self, name: &str) -> Result<Date, Fault> {
        match self.value(name)? {
            Value::Date(date) => Ok(date),
            Value::Text(text) if text == "now" => Ok(self.scope.today()),
            Value::Text(text) => read_date(&text).ok_or_else(not_a_date),
            _ => Err(not_a_date()),
        }
    }

    fn whole(&self, name: &str) -> Result<Option<i32>, Fault> {
        match self.value(name)? {
            Value::Null => Ok(None),
            Value::Number(number) if number.is_integer() => {
                i32::try_from(number).map(Some).or_else(|_| wrong_kind("a whole number too large to hold"))
            }
            _ => wrong_kind("a whole number that is none"),
        }
    }
}

fn not_a_date() -> Fault {
    Fault::of(FaultKind::WrongKind("a date that is none"))
}

/// Only a date to the day can be written with one.
fn full_date(value: &Value<'_>) -> Result<Date, Fault> {
    match value {
        Value::Date(date) => Ok(*date),
        Value::Text(text) if text.len() == 10 => read_date(text).ok_or_else(not_a_date),
        _ => Err(not_a_date()),
    }
}

fn weekday(name: &str) -> Option<i8> {
    let names = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"];
    names.iter().position(|has| *has == name).and_then(|at| i8::try_from(at).ok())
}
