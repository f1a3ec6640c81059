//! Durations: which parts of them are shown. The words are the templates'.

use crate::value::Value;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DurationPart {
    Years(i64),
    Months(i64),
}

/// The parts of an answered duration that are shown, of the units that its answer asks for. A part that is nothing is
/// left out, but for the only unit asked for, and for months where there are no years either.
///
/// Source: spec/04 §7.5.
pub fn duration_parts(value: &Value<'_>, asks_years: bool, asks_months: bool) -> Vec<DurationPart> {
    let part = |name| {
        let number = value.part(name).and_then(Value::as_number);
        number.and_then(|number| i64::try_from(number).ok()).unwrap_or(0)
    };
    let mut parts = Vec::with_capacity(2);
    let years = if asks_years { part("years") } else { 0 };
    if asks_years && (years != 0 || !asks_months) {
        parts.push(DurationPart::Years(years));
    }
    if asks_months {
        let months = part("months");
        if months != 0 || years == 0 {
            parts.push(DurationPart::Months(months));
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::DurationPart::{Months, Years};
    use super::*;

    fn duration(years: Option<i64>, months: Option<i64>) -> Value<'static> {
        let parts = [("years", years), ("months", months)];
        let given =
            parts.into_iter().filter_map(|(name, count)| Some((name.into(), Value::Number(count?.into()))));
        Value::Parts(given.collect())
    }

    #[test]
    fn parts_of_nothing_are_left_out_unless_nothing_else_is_left() {
        for (years, months, shown) in [
            (Some(2), Some(1), &[Years(2), Months(1)][..]),
            (Some(0), Some(0), &[Months(0)]),
            (Some(0), Some(5), &[Months(5)]),
            (Some(1), Some(0), &[Years(1)]),
            (Some(1), None, &[Years(1)]),
            (None, Some(5), &[Months(5)]),
        ] {
            assert_eq!(duration_parts(&duration(years, months), true, true), shown, "{years:?} {months:?}");
        }
        assert_eq!(duration_parts(&duration(Some(0), None), true, false), [Years(0)]);
        assert_eq!(duration_parts(&duration(None, Some(0)), false, true), [Months(0)]);
    }
}
