//! Numbers with the separators of a locale, and percentages.

use crate::questionnaire::Locale;
use crate::value::Number;

/// What stands between thousands and before decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Symbols {
    pub group: char,
    pub decimal: char,
}

/// Also what someone may type between digits.
pub fn symbols(locale: Locale) -> Symbols {
    match locale {
        Locale::En | Locale::Cy | Locale::Ga => Symbols { group: ',', decimal: '.' },
        Locale::Eo => Symbols { group: '\u{a0}', decimal: ',' },
    }
}

/// `1,234.50`: thousands apart, the decimals that were typed.
///
/// Source: spec/04 §7.1.
pub fn number(number: Number, locale: Locale) -> String {
    let mut out = String::new();
    if number.is_sign_negative() && !number.is_zero() {
        out.push('-');
    }
    push_unsigned(&mut out, number, locale);
    out
}

/// `1.50%`: the number as it was typed.
///
/// Source: spec/04 §7.3.
pub fn percentage(number: Number) -> String {
    format!("{number}%")
}

pub(super) fn push_unsigned(out: &mut String, number: Number, locale: Locale) {
    let Symbols { group, decimal } = symbols(locale);
    let digits = number.abs().to_string();
    let (whole, decimals) = digits.split_once('.').unwrap_or((&digits, ""));
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(group);
        }
        out.push(digit);
    }
    if !decimals.is_empty() {
        out.push(decimal);
        out.push_str(decimals);
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn a_number_keeps_its_decimals_and_is_grouped_as_the_locale_does() {
        for (typed, locale, shown) in [
            ("0", Locale::En, "0"),
            ("-0", Locale::En, "0"),
            ("123", Locale::En, "123"),
            ("1234.50", Locale::En, "1,234.50"),
            ("1234.50", Locale::Cy, "1,234.50"),
            ("1234.50", Locale::Ga, "1,234.50"),
            ("1234.50", Locale::Eo, "1\u{a0}234,50"),
            ("-1234", Locale::En, "-1,234"),
            ("123456789", Locale::En, "123,456,789"),
            ("0.10", Locale::En, "0.10"),
        ] {
            assert_eq!(number(typed.parse().unwrap(), locale), shown, "{typed}");
        }
    }

    #[test]
    fn a_percentage_is_not_grouped() {
        assert_eq!(percentage("1.50".parse().unwrap()), "1.50%");
        assert_eq!(percentage("1000".parse().unwrap()), "1000%");
    }
}
