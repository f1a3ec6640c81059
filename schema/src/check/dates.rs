//! Is there a date between the limits of a date? Source: spec/06 §4.6.

use jiff::{Span, civil};
use serde_json::Value;

use super::{Found, index::Index, node::Node};
use crate::{diagnostic::Diagnostic, value::Date};

/// Looks at the limits of a Date where both are literal; with a source, or of a month or year, eQ does not.
pub(super) fn check(index: &Index<'_>, answer: &Node<'_>, found: &mut Found) {
    let (Some(minimum), Some(maximum)) = (answer.get("minimum"), answer.get("maximum")) else { return };
    let is_literal = |limit: &Node<'_>| limit.get("value").is_some_and(|value| !value.value.is_object());
    if !is_literal(&minimum) || !is_literal(&maximum) {
        return;
    }
    let mut dates = Vec::new();
    for limit in [&minimum, &maximum] {
        match date(index, limit) {
            Some(date) => dates.push(date),
            None => {
                let value = limit.get("value").map(|value| value.value.to_string()).unwrap_or_default();
                let remedy = "put YYYY-MM-DD, YYYY-MM or `now`";
                found.push(
                    Diagnostic::error("date-limit-unreadable", &limit.pointer, value, remedy)
                        .about(answer.id()),
                );
            }
        }
    }
    if let [earliest, latest] = dates.as_slice()
        && earliest >= latest
    {
        let seen = format!("from {earliest} to {latest}");
        let remedy = "set `maximum` after `minimum`";
        found.push(Diagnostic::error("date-limits-cross", &answer.pointer, seen, remedy).about(answer.id()));
    }
}

fn date(index: &Index<'_>, limit: &Node<'_>) -> Option<Date> {
    let text = limit.text("value")?;
    let date = if text == "now" { index.today } else { read(text)? };
    match limit.get("offset_by") {
        Some(offset) => moved(date, &offset),
        None => Some(date),
    }
}

/// A day, or the first of a month; a year alone eQ cannot read here.
fn read(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let mut number = |digits: usize| {
        let part = parts.next()?;
        let is_number = (1..=digits).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        if is_number { part.parse::<i16>().ok() } else { None }
    };
    let (year, month) = (number(4).filter(|_| text.find('-') == Some(4))?, number(2)?);
    let day = if text.matches('-').count() == 2 { number(2)? } else { 1 };
    if text.matches('-').count() > 2 {
        return None;
    }
    civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Years and months first, to the month's last day at most, then days.
fn moved(date: Date, by: &Node<'_>) -> Option<Date> {
    let amount = |unit: &str| match by.get(unit).map(|amount| amount.value) {
        Some(Value::Number(number)) => number.as_i64().or_else(|| whole(number.as_f64()?)),
        _ => Some(0),
    };
    let span = Span::new()
        .try_years(amount("years")?)
        .and_then(|span| span.try_months(amount("months").unwrap_or_default()))
        .and_then(|span| span.try_days(amount("days").unwrap_or_default()))
        .ok()?;
    date.checked_add(span).ok()
}

#[expect(clippy::cast_possible_truncation, reason = "only whole numbers far within range are cast")]
fn whole(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() < 1e15).then_some(number as i64)
}

/// A period after a day on which no month's length matters.
pub(super) fn after_example(period: &Node<'_>) -> Option<Date> {
    moved(civil::date(2016, 5, 10), period)
}
