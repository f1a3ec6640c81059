//! Dates in words.

use std::fmt::Write as _;

use crate::questionnaire::Locale;
use crate::rule::read_date;
use crate::value::Date;

/// A date by a CLDR pattern of years, months, days and weekdays: `EEEE d MMMM yyyy`. What stands in `'…'` is kept.
///
/// Source: spec/01 §7.1, §9.3.
pub fn date(date: Date, pattern: &str, locale: Locale) -> String {
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern;
    while let Some(first) = rest.chars().next() {
        let run = rest.len() - rest.trim_start_matches(first).len();
        let length = run / first.len_utf8();
        // Writing to a string cannot fail.
        match first {
            'y' if length == 2 => drop(write!(out, "{:02}", date.year() % 100)),
            'y' => drop(write!(out, "{:0length$}", date.year())),
            'M' | 'L' if length >= 4 => out.push_str(month_name(date.month(), locale)),
            'M' | 'L' if length == 3 => out.push_str(SHORT_MONTHS[index(locale)][month_index(date.month())]),
            'M' | 'L' => drop(write!(out, "{:0length$}", date.month())),
            'd' => drop(write!(out, "{:0length$}", date.day())),
            'E' => {
                let names = if length >= 4 { WEEKDAYS } else { SHORT_WEEKDAYS };
                out.push_str(
                    names[index(locale)][usize::from(date.weekday().to_monday_zero_offset().unsigned_abs())],
                );
            }
            '\'' => {
                let (quoted, after) = rest[1..].split_once('\'').unwrap_or((&rest[1..], ""));
                out.push_str(if quoted.is_empty() { "'" } else { quoted });
                rest = after;
                continue;
            }
            _ => out.push_str(&rest[..run]),
        }
        rest = &rest[run..];
    }
    out
}

/// An answered date, as far as it goes: `2 January 2016`, `January 2016`, `2016`. None if it is no date.
///
/// Source: spec/04 §7.5.
pub fn answered_date(text: &str, locale: Locale) -> Option<String> {
    let pattern = match text.len() {
        4 => "yyyy",
        7 => "MMMM yyyy",
        10 => "d MMMM yyyy",
        _ => return None,
    };
    read_date(text).map(|answered| date(answered, pattern, locale))
}

/// The name of a month, counted from one.
pub fn month_name(month: i8, locale: Locale) -> &'static str {
    MONTHS[index(locale)][month_index(month)]
}

fn month_index(month: i8) -> usize {
    usize::from((month - 1).rem_euclid(12).unsigned_abs())
}

fn index(locale: Locale) -> usize {
    match locale {
        Locale::En => 0,
        Locale::Cy => 1,
        Locale::Ga => 2,
        Locale::Eo => 3,
    }
}

type Names<const N: usize> = [[&'static str; N]; 4];

const MONTHS: Names<12> = [
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    [
        "Ionawr",
        "Chwefror",
        "Mawrth",
        "Ebrill",
        "Mai",
        "Mehefin",
        "Gorffennaf",
        "Awst",
        "Medi",
        "Hydref",
        "Tachwedd",
        "Rhagfyr",
    ],
    [
        "Eanáir",
        "Feabhra",
        "Márta",
        "Aibreán",
        "Bealtaine",
        "Meitheamh",
        "Iúil",
        "Lúnasa",
        "Meán Fómhair",
        "Deireadh Fómhair",
        "Samhain",
        "Nollaig",
    ],
    [
        "januaro",
        "februaro",
        "marto",
        "aprilo",
        "majo",
        "junio",
        "julio",
        "aŭgusto",
        "septembro",
        "oktobro",
        "novembro",
        "decembro",
    ],
];

const SHORT_MONTHS: Names<12> = [
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"],
    ["Ion", "Chwef", "Maw", "Ebr", "Mai", "Meh", "Gorff", "Awst", "Medi", "Hyd", "Tach", "Rhag"],
    ["Ean", "Feabh", "Márta", "Aib", "Beal", "Meith", "Iúil", "Lún", "MFómh", "DFómh", "Samh", "Noll"],
    ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aŭg", "sep", "okt", "nov", "dec"],
];

const WEEKDAYS: Names<7> = [
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    ["Dydd Llun", "Dydd Mawrth", "Dydd Mercher", "Dydd Iau", "Dydd Gwener", "Dydd Sadwrn", "Dydd Sul"],
    ["Dé Luain", "Dé Máirt", "Dé Céadaoin", "Déardaoin", "Dé hAoine", "Dé Sathairn", "Dé Domhnaigh"],
    ["lundo", "mardo", "merkredo", "ĵaŭdo", "vendredo", "sabato", "dimanĉo"],
];

const SHORT_WEEKDAYS: Names<7> = [
    ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    ["Llun", "Maw", "Mer", "Iau", "Gwen", "Sad", "Sul"],
    ["Luan", "Máirt", "Céad", "Déar", "Aoine", "Sath", "Domh"],
    ["lu", "ma", "me", "ĵa", "ve", "sa", "di"],
];

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn an_answered_date_is_written_as_far_as_it_goes() {
        for (text, locale, shown) in [
            ("2016-01-02", Locale::En, Some("2 January 2016")),
            ("2016-01", Locale::En, Some("January 2016")),
            ("2016", Locale::En, Some("2016")),
            ("2016-01-02", Locale::Cy, Some("2 Ionawr 2016")),
            ("2016-01-02", Locale::Ga, Some("2 Eanáir 2016")),
            ("2016-01-02", Locale::Eo, Some("2 januaro 2016")),
            ("2016-13", Locale::En, None),
            ("never", Locale::En, None),
        ] {
            assert_eq!(answered_date(text, locale).as_deref(), shown, "{text}");
        }
    }

    #[test]
    fn a_pattern_says_which_parts_are_written() {
        let day = read_date("2021-09-05").unwrap();
        for (pattern, shown) in [
            ("EEEE d MMMM", "Sunday 5 September"),
            ("EEEE d MMMM yyyy", "Sunday 5 September 2021"),
            ("d MMMM yyyy", "5 September 2021"),
            ("yyyy-MM-dd", "2021-09-05"),
            ("yyyy-MM", "2021-09"),
            ("yyyy", "2021"),
            ("E d MMM yy", "Sun 5 Sept 21"),
            ("d 'of' MMMM", "5 of September"),
            ("d/M/y", "5/9/2021"),
        ] {
            assert_eq!(date(day, pattern, Locale::En), shown, "{pattern}");
        }
    }
}
