//! Sums of money: the symbol of the locale, and as many decimals as the currency and the answer allow.

use super::number::push_unsigned;
use super::table;
use crate::questionnaire::Locale;
use crate::value::Number;

/// Code, digits after the point, symbol in en, cy, ga, eo. What is not there has two digits and its code as symbol.
const CURRENCIES: &str = include_str!("../../data/currencies.tsv");

/// The symbol in front of a sum, and of the field it is typed into: `£`, `US$`, `CHF`.
pub fn currency_symbol(code: &str, locale: Locale) -> &str {
    let column = match locale {
        Locale::En => 1,
        Locale::Cy => 2,
        Locale::Ga => 3,
        Locale::Eo => 4,
    };
    table::find(CURRENCIES, code).and_then(|row| row.split('\t').nth(column)).unwrap_or(code)
}

/// The digits after the point of a full sum: two pence, no sen.
pub fn currency_digits(code: &str) -> u32 {
    table::find(CURRENCIES, code).and_then(|row| row.split('\t').next()?.parse().ok()).unwrap_or(2)
}

/// A sum of money. `limit` is the most decimals that its answer takes, where that is known.
///
/// Source: spec/04 §7.2.
pub fn currency(number: Number, code: &str, limit: Option<u32>, locale: Locale) -> String {
    let mut number = number;
    number.rescale(decimals(number.scale(), currency_digits(code), limit));
    let mut out = String::new();
    if number.is_sign_negative() && !number.is_zero() {
        out.push('-');
    }
    out.push_str(currency_symbol(code, locale));
    if locale == Locale::Eo {
        out.push('\u{a0}');
    }
    push_unsigned(&mut out, number, locale);
    out
}

/// Never fewer than were typed.
fn decimals(typed: u32, digits: u32, limit: Option<u32>) -> u32 {
    match limit {
        Some(limit) if digits > limit && limit >= typed => typed,
        None if typed == 0 => 0,
        _ => typed.max(digits),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn a_sum_has_the_decimals_of_the_currency_the_limit_and_what_was_typed() {
        for (typed, limit, shown) in [
            ("10", None, "£10"),
            ("0.1", None, "£0.10"),
            ("10", Some(2), "£10.00"),
            ("10.5", Some(2), "£10.50"),
            ("10.5", Some(1), "£10.5"),
            ("10", Some(1), "£10"),
            ("10", Some(0), "£10"),
            ("10.123", Some(3), "£10.123"),
            ("10.1234", None, "£10.1234"),
            ("10", Some(6), "£10.00"),
            ("-5", None, "-£5"),
            ("0", Some(2), "£0.00"),
            ("1234567.5", None, "£1,234,567.50"),
        ] {
            assert_eq!(
                currency(typed.parse().unwrap(), "GBP", limit, Locale::En),
                shown,
                "{typed} {limit:?}"
            );
        }
        assert_eq!(currency(1000.into(), "JPY", None, Locale::En), "JP¥1,000");
        assert_eq!(currency("10.5".parse().unwrap(), "JPY", Some(2), Locale::En), "JP¥10.5");
    }

    #[test]
    fn a_symbol_is_the_locale_s_own() {
        for (code, en, cy, ga) in [
            ("GBP", "£", "£", "£"),
            ("EUR", "€", "€", "€"),
            ("USD", "US$", "US$", "$"),
            ("JPY", "JP¥", "JP¥", "¥"),
            ("AUD", "A$", "A$", "A$"),
            ("INR", "₹", "₹", "₹"),
            ("CHF", "CHF", "CHF", "CHF"),
        ] {
            assert_eq!(currency_symbol(code, Locale::En), en);
            assert_eq!(currency_symbol(code, Locale::Cy), cy);
            assert_eq!(currency_symbol(code, Locale::Ga), ga);
        }
        assert_eq!(currency("-10".parse().unwrap(), "GBP", Some(2), Locale::Eo), "-£\u{a0}10,00");
    }
}
