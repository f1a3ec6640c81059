//! Spans of calendar time in words: `3 years`, `1 mis`.

use crate::questionnaire::Locale;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpanUnit {
    Years,
    Months,
    Days,
}

/// A count of years, months or days.
///
/// Source: spec/07 §5.1.
pub fn span(count: i32, unit: SpanUnit, locale: Locale) -> String {
    let unit = match unit {
        SpanUnit::Years => YEARS,
        SpanUnit::Months => MONTHS,
        SpanUnit::Days => DAYS,
    };
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

/// One word for each form of a count, in en, cy, ga and eo.
type Words = [&'static [&'static str]; 4];

/// The words of spec/07 §5.1; only those that placeholders and limits need, since templates have their own.
const YEARS: Words = [
    &["year", "years"],
    &["blwyddyn", "flwyddyn", "flynedd", "blynedd", "blynedd", "o flynyddoedd"],
    &["bliain", "blianta"],
    &["twalmond", "yeirs"],
];
const MONTHS: Words = [
    &["month", "months"],
    &["mis", "mis", "fis", "mis", "mis", "mis"],
    &["mí", "míonna"],
    &["mond", "monds"],
];
const DAYS: Words = [
    &["day", "days"],
    &["diwrnod", "diwrnod", "ddiwrnod", "diwrnod", "diwrnod", "diwrnod"],
    &["lá", "lá"],
    &["day", "days"],
];
