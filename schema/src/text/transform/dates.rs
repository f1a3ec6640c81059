//! Transforms that write dates, and what lies between them.

use super::{Call, wrong_kind};
use crate::format;
use crate::questionnaire::Locale;
use crate::rule::{Fault, FaultKind, Offset, Weeks, offset_date, read_date};
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
            spoken(years, YEARS, locale)
        } else if months != 0 {
            spoken(months, MONTHS, locale)
        } else {
            spoken(days, DAYS, locale)
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

/// Whole years, then months, then days, all of one sign: the months that fit, each stopping at its month's end, then
/// the days that are left.
fn difference(first: Date, second: Date) -> (i32, i32, i32) {
    let month_of = |date: Date| i32::from(date.year()) * 12 + i32::from(date.month());
    let after =
        |months| offset_date(first, Offset { months, ..Offset::default() }, Weeks::Nearest).unwrap_or(first);
    let mut months = month_of(second) - month_of(first);
    if second >= first {
        while months > 0 && after(months) > second {
            months -= 1;
        }
    } else {
        while months < 0 && after(months) < second {
            months += 1;
        }
    }
    let days = after(months).until(second).map_or(0, |span| span.get_days());
    (months / 12, months % 12, days)
}

/// One word for each form of [`spoken_form`], in en, cy, ga and eo.
type Unit = [&'static [&'static str]; 4];

/// The words of spec/07 §5.1; only those that a placeholder needs, since templates have their own.
const YEARS: Unit = [
    &["year", "years"],
    &["blwyddyn", "flwyddyn", "flynedd", "blynedd", "blynedd", "o flynyddoedd"],
    &["bliain", "blianta"],
    &["twalmond", "yeirs"],
];
const MONTHS: Unit = [
    &["month", "months"],
    &["mis", "mis", "fis", "mis", "mis", "mis"],
    &["mí", "míonna"],
    &["mond", "monds"],
];
const DAYS: Unit = [
    &["day", "days"],
    &["diwrnod", "diwrnod", "ddiwrnod", "diwrnod", "diwrnod", "diwrnod"],
    &["lá", "lá"],
    &["day", "days"],
];

fn spoken(count: i32, unit: Unit, locale: Locale) -> String {
    let words = unit[match locale {
        Locale::En => 0,
        Locale::Cy => 1,
        Locale::Ga => 2,
        Locale::Eo => 3,
    }];
    let form = match (locale, count) {
        (Locale::Cy, 0..=3) => usize::try_from(count).unwrap_or_default(),
        (Locale::Cy, 6) => 4,
        (Locale::Cy, _) => 5,
        (_, 1) => 0,
        _ => 1,
    };
    format!("{count} {}", words[form])
}
