//! Dates as rules and answers write them, and how they are moved.

use jiff::ToSpan as _;

use super::{FaultKind, Offset};
use crate::value::Date;

/// Reads `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or a date-time, whose time and zone are dropped. A missing month or day is
/// the first.
///
/// Source: spec/01 §7.1 (`date`).
pub fn read_date(text: &str) -> Option<Date> {
    let day = match text.split_once(['T', ' ']) {
        Some((day, _)) if day.len() == 10 => day,
        Some(_) => return None,
        None => text,
    };
    let mut parts = day.split('-');
    let year = digits(parts.next()?, 4)?;
    let month = parts.next().map_or(Some(1), |part| digits(part, 2))?;
    let day = parts.next().map_or(Some(1), |part| digits(part, 2))?;
    if parts.next().is_some() {
        return None;
    }
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn digits(text: &str, length: usize) -> Option<i16> {
    (text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

/// Whether a move back of less than the days since the weekday reaches the week before as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weeks {
    /// As rules do.
    Nearest,
    /// As `date_range_bounds` does: whole weeks from the weekday.
    Full,
}

/// Moves a date: back to the weekday if there is one, then by years and months, then by days.
///
/// # Errors
/// One to six days back beside a weekday, which says two things at once; or a date past the calendar's end.
///
/// Source: spec/01 §7.1.
pub fn offset_date(date: Date, offset: Offset, weeks: Weeks) -> Result<Date, FaultKind> {
    let mut days = i64::from(offset.days);
    if let Some(target) = offset.day_of_week {
        if -7 < days && days < 0 {
            return Err(FaultKind::WrongKind("fewer than seven days back beside a day of the week"));
        }
        let ahead = i64::from(date.weekday().to_monday_zero_offset() - target);
        let mut back = ahead.rem_euclid(7);
        if days < 0 && ahead < 0 && weeks == Weeks::Nearest {
            back -= 7;
        }
        days -= back;
    }
    let past = |_| FaultKind::WrongKind("a date past the calendar's end");
    let months = offset.years.checked_mul(12).and_then(|months| months.checked_add(offset.months));
    let months = months
        .ok_or(())
        .and_then(|months| jiff::Span::new().try_months(months).map_err(drop))
        .map_err(past)?;
    date.checked_add(months)
        .and_then(|moved| moved.checked_add(jiff::Span::new().try_days(days)?))
        .map_err(|_| past(()))
}

/// Whole years, then months, then days, all of one sign: the months that fit, each stopping at its month's end, then
/// the days that are left.
pub fn difference(first: Date, second: Date) -> (i32, i32, i32) {
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

/// Every date from the first on, as many as asked for.
pub(super) fn consecutive(first: Date, count: usize) -> impl Iterator<Item = Date> {
    (0..count as i64).map_while(move |after| first.checked_add(after.days()).ok())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    fn date(text: &str) -> Date {
        read_date(text).unwrap()
    }

    #[test]
    fn a_date_is_read_from_each_precision_and_a_time_is_dropped() {
        for (text, read) in [
            ("2016", Some("2016-01-01")),
            ("2016-03", Some("2016-03-01")),
            ("2016-03-31", Some("2016-03-31")),
            ("2016-03-31T23:59:59+00:00", Some("2016-03-31")),
            ("2016-03-31T23:59:59.123456-11:00", Some("2016-03-31")),
            ("2016-03-31 23:59", Some("2016-03-31")),
            ("2016-02-30", None),
            ("2016-3-1", None),
            ("tomorrow", None),
            ("", None),
        ] {
            assert_eq!(read_date(text).map(|date| date.to_string()).as_deref(), read, "{text}");
        }
    }

    #[test]
    fn a_date_goes_back_to_the_weekday_and_then_by_days() {
        const THURSDAY: i8 = 3;
        const SATURDAY: i8 = 5;
        for (day_of_week, days, moved) in [
            (THURSDAY, 0, "2020-12-31"),
            (SATURDAY, 0, "2020-12-26"),
            (THURSDAY, -7, "2020-12-24"),
            (SATURDAY, -7, "2020-12-26"),
            (THURSDAY, 7, "2021-01-07"),
            (SATURDAY, 7, "2021-01-02"),
            (SATURDAY, 14, "2021-01-09"),
            (THURSDAY, 14, "2021-01-14"),
        ] {
            let offset = Offset { days, day_of_week: Some(day_of_week), ..Offset::default() };
            assert_eq!(
                offset_date(date("2021-01-01"), offset, Weeks::Nearest),
                Ok(date(moved)),
                "{day_of_week} {days}"
            );
        }
        for days in -6..=-1 {
            let offset = Offset { days, day_of_week: Some(THURSDAY), ..Offset::default() };
            assert!(offset_date(date("2021-01-01"), offset, Weeks::Nearest).is_err(), "{days}");
        }
    }

    #[test]
    fn years_and_months_are_added_before_days_and_stop_at_the_month_s_end() {
        for (from, years, months, days, moved) in [
            ("2016-02-29", 1, 0, 0, "2017-02-28"),
            ("2016-02-29", 1, 1, 0, "2017-03-29"),
            ("2016-01-31", 0, 1, 1, "2016-03-01"),
            ("2016-03-31", 0, -1, 0, "2016-02-29"),
            ("2016-03-31", 0, 0, -31, "2016-02-29"),
        ] {
            let offset = Offset { days, months, years, day_of_week: None };
            assert_eq!(offset_date(date(from), offset, Weeks::Nearest), Ok(date(moved)), "{from}");
        }
    }
}
