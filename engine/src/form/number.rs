//! Numbers, sums of money, percentages and measures, as people type them.

use std::cmp::Ordering;

use schema::format::symbols;
use schema::questionnaire::{Locale, NumberAnswer};
use schema::value::{Number, Value};

use super::asked::NumberLimit;
use super::reading::Reading;
use super::{AskedAnswer, Form, Limits, is_blank};
use crate::error::AnswerError;

/// Reads a numeric field. Keeps the decimals that were typed: `5.50` is not `5.5`.
///
/// Source: spec/04 §4.2.
pub fn read(asked: &AskedAnswer<'_>, number: &NumberAnswer, form: &Form, ui: Locale) -> Reading {
    let typed = form.get(&asked.field_id).filter(|typed| !is_blank(Some(typed)));
    let Some(typed) = typed else {
        return if asked.answer.mandatory {
            Err(vec![AnswerError::Mandatory("MANDATORY_NUMBER")])
        } else {
            Ok(None)
        };
    };
    let clean = clean(typed, ui);
    let parsed = if typed.contains(['e', 'E']) { None } else { typed_number(&clean) };
    let Some(parsed) = parsed else { return Err(vec![AnswerError::NotANumber]) };
    // A field for whole numbers has no value to compare when something else was typed: `1.0` is told apart below.
    let value = if number.decimal_places == 0 { parsed.whole(&clean) } else { Some(parsed) };

    let mut errors = vec![];
    errors.extend(value.and_then(|value| out_of_range(value, asked.limits)));
    errors.extend(too_precise(&clean, number.decimal_places, ui));
    if !errors.is_empty() {
        return Err(errors);
    }
    match value.map(Typed::held) {
        None => Ok(None),
        Some(Some(number)) => Ok(Some(Value::Number(number))),
        // Nothing bounds it, but it is more than anyone can hold.
        Some(None) => Err(vec![AnswerError::TooLarge { max: NumberLimit::most().value, exclusive: false }]),
    }
}

fn out_of_range(value: Typed, limits: Limits) -> Option<AnswerError> {
    let Limits::Number { minimum, maximum } = limits else { return None };
    let breaks = |limit: &NumberLimit, beyond: Ordering| {
        let compared = value.compare(limit.value);
        compared == beyond || limit.exclusive && compared == Ordering::Equal
    };
    if let Some(limit) = minimum.filter(|limit| breaks(limit, Ordering::Less)) {
        return Some(AnswerError::TooSmall { min: limit.value, exclusive: limit.exclusive });
    }
    let limit = maximum.filter(|limit| breaks(limit, Ordering::Greater))?;
    Some(AnswerError::TooLarge { max: limit.value, exclusive: limit.exclusive })
}

fn too_precise(clean: &str, decimal_places: u32, ui: Locale) -> Option<AnswerError> {
    let (_, decimals) = clean.split_once(symbols(ui).decimal)?;
    if decimal_places == 0 {
        return Some(AnswerError::NotWhole);
    }
    let count = decimals.trim_end().chars().count();
    (count > decimal_places as usize).then_some(AnswerError::TooManyDecimals { max: decimal_places })
}

/// What was typed without what only groups its digits.
pub fn clean(typed: &str, ui: Locale) -> String {
    let group = symbols(ui).group;
    typed.chars().filter(|&character| character != group && !matches!(character, '_' | ' ')).collect()
}

/// A number as typed, or one that is past what can be held.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Typed {
    Held(Number),
    Beyond { is_negative: bool, is_infinite: bool },
}

impl Typed {
    /// None if it is past what can be held.
    pub fn held(self) -> Option<Number> {
        if let Self::Held(number) = self { Some(number) } else { None }
    }

    /// The same, if it was typed as a whole number.
    fn whole(self, clean: &str) -> Option<Self> {
        let is_infinite = matches!(self, Self::Beyond { is_infinite: true, .. });
        (!is_infinite && !clean.contains('.')).then_some(self)
    }

    fn compare(self, limit: Number) -> Ordering {
        match self {
            Self::Held(number) => number.cmp(&limit),
            Self::Beyond { is_negative: true, .. } => Ordering::Less,
            Self::Beyond { is_negative: false, .. } => Ordering::Greater,
        }
    }
}

/// Parses a cleaned number: a sign, digits of any script, a point, `Infinity`; white space around. None if it is
/// none.
pub fn typed_number(clean: &str) -> Option<Typed> {
    let bare = clean.trim();
    let (is_negative, unsigned) = match bare.strip_prefix(['+', '-']) {
        Some(rest) => (bare.starts_with('-'), rest),
        None => (false, bare),
    };
    if ["inf", "infinity"].iter().any(|word| unsigned.eq_ignore_ascii_case(word)) {
        return Some(Typed::Beyond { is_negative, is_infinite: true });
    }
    let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let whole: String = whole.chars().map(ascii_digit).collect::<Option<_>>()?;
    let decimals: String = decimals.chars().map(ascii_digit).collect::<Option<_>>()?;
    if whole.is_empty() && decimals.is_empty() {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    // 28 digits are sure to fit; of a longer tail only the fact matters, which the check of decimals has.
    let kept = decimals.len().min(28_usize.saturating_sub(whole.len()));
    let text = format!("{}0{whole}.{}", if is_negative { "-" } else { "" }, &decimals[..kept]);
    let text = text.trim_end_matches('.');
    Some(match text.parse::<Number>() {
        Ok(number) => Typed::Held(number),
        Err(_) => Typed::Beyond { is_negative, is_infinite: false },
    })
}

/// A decimal digit of any script, as `0` to `9`.
pub(super) fn ascii_digit(character: char) -> Option<char> {
    if character.is_ascii() {
        return character.is_ascii_digit().then_some(character);
    }
    let code = u32::from(character);
    let zero = ZEROS[..ZEROS.partition_point(|&zero| zero <= code)].last()?;
    char::from_digit(code - zero, 10)
}

/// The zeros of the scripts that have digits (Unicode 14, general category Nd); nine more follow each.
const ZEROS: [u32; 65] = [
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6,
    0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0,
    0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x104A0, 0x10D30,
    0x11066, 0x110F0, 0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x11730, 0x118E0,
    0x11950, 0x11C50, 0x11D50, 0x11DA0, 0x16A60, 0x16AC0, 0x16B50, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC,
    0x1D7F6, 0x1E140, 0x1E2F0, 0x1E950, 0x1FBF0,
];

#[cfg(test)]
mod tests {
    use schema::questionnaire::Locale;
    use schema::value::Value;
    use serde_json::json;

    use crate::form::testing::Desk;

    fn to_two_decimals() -> Desk {
        Desk::answer(json!({
            "type": "Number", "decimal_places": 2, "minimum": {"value": 0}, "maximum": {"value": 1000}
        }))
    }

    #[test]
    fn a_typed_number_keeps_its_decimals_and_loses_what_groups_its_digits() {
        let desk = to_two_decimals();
        for (typed, told) in [
            ("1,000", "1000"),
            ("1 0 0", "100"),
            ("1_0", "10"),
            (" 5 ", "5"),
            (".5", "0.5"),
            ("5.", "5"),
            ("+5", "5"),
            ("٣", "3"),
            ("10,00", "1000"),
            ("1,2,3", "123"),
            ("007", "7"),
            ("5.50", "5.50"),
            ("5", "5"),
            ("\r\n5\t", "5"),
            ("0", "0"),
        ] {
            assert_eq!(desk.of(typed), told, "{typed:?}");
        }
    }

    #[test]
    fn what_is_no_number_is_said_to_be_none() {
        let desk = to_two_decimals();
        for typed in [
            "1e2", "1E2", "NaN", "abc", "0x10", "£5", "1\t0", "--1", ",", "_", ".", "-", "1.2.3", "²",
            "1\u{a0}0",
        ] {
            assert_eq!(desk.of(typed), "INVALID_NUMBER", "{typed:?}");
        }
    }

    #[test]
    fn bounds_and_decimals_are_checked_and_both_may_report() {
        let desk = to_two_decimals();
        assert_eq!(desk.of("Infinity"), "NUMBER_TOO_LARGE max=1,000");
        assert_eq!(desk.of("-Infinity"), "NUMBER_TOO_SMALL min=0");
        assert_eq!(desk.of("1000.01"), "NUMBER_TOO_LARGE max=1,000");
        assert_eq!(desk.of("1.234"), "INVALID_DECIMAL max=2");
        assert_eq!(desk.of("-0.001"), "NUMBER_TOO_SMALL min=0; INVALID_DECIMAL max=2");
        assert_eq!(desk.of(&"9".repeat(200)), "NUMBER_TOO_LARGE max=1,000");
        assert_eq!(desk.of(&format!("1.{}", "0".repeat(200))), "INVALID_DECIMAL max=2");
        let above = Desk::answer(json!({
            "type": "Number", "decimal_places": 2, "minimum": {"value": 123, "exclusive": true}
        }));
        assert_eq!(above.of("1.001"), "NUMBER_TOO_SMALL_EXCLUSIVE min=123; INVALID_DECIMAL max=2");
        assert_eq!(above.of("123"), "NUMBER_TOO_SMALL_EXCLUSIVE min=123");
        assert_eq!(above.of("123.01"), "123.01");
    }

    #[test]
    fn a_whole_number_is_between_nothing_and_fifteen_nines_unless_said_otherwise() {
        let desk = Desk::answer(json!({"type": "Number"}));
        for (typed, told) in [
            ("1.0", "INVALID_INTEGER"),
            ("-1.5", "INVALID_INTEGER"),
            ("-1", "NUMBER_TOO_SMALL min=0"),
            ("999999999999999", "999999999999999"),
            ("1000000000000000", "NUMBER_TOO_LARGE max=999,999,999,999,999"),
            // What has no whole number's value is not compared, and leaves nothing to store.
            ("Infinity", "nothing"),
            ("", "nothing"),
            ("  ", "nothing"),
        ] {
            assert_eq!(desk.of(typed), told, "{typed:?}");
        }
        let mandatory = Desk::answer(json!({"type": "Percentage", "mandatory": true}));
        assert_eq!(mandatory.of(" "), "MANDATORY_NUMBER");
        assert_eq!(mandatory.of("0"), "0");
    }

    #[test]
    fn bounds_of_money_are_written_as_money() {
        let pounds = |places: u32| {
            Desk::answer(json!({
                "type": "Currency", "currency": "GBP", "decimal_places": places,
                "minimum": {"value": 5.5}, "maximum": {"value": 10000}
            }))
        };
        assert_eq!(pounds(0).of("10001"), "NUMBER_TOO_LARGE max=£10,000");
        assert_eq!(pounds(2).of("10001"), "NUMBER_TOO_LARGE max=£10,000.00");
        assert_eq!(pounds(0).of("5"), "NUMBER_TOO_SMALL min=£5.50");
    }

    #[test]
    fn digits_are_grouped_as_the_interface_groups_them() {
        let desk = to_two_decimals().in_locale(Locale::Eo);
        assert_eq!(desk.of("1\u{a0}000"), "1000");
        assert_eq!(desk.of("1,5"), "INVALID_NUMBER");
        assert_eq!(desk.of("1\u{a0}001"), "NUMBER_TOO_LARGE max=1\u{a0}000");
        assert_eq!(to_two_decimals().in_locale(Locale::Cy).of("1,000"), "1000");
    }

    #[test]
    fn nothing_below_nothing_is_nothing() {
        let desk = Desk::answer(json!({"type": "Number"}));
        for typed in ["-0", "+0", "- 0", "000"] {
            assert_eq!(desk.of(typed), "0", "{typed:?}");
        }
    }

    /// A number bounded by `limit`, which has a default.
    fn bounded_by_an_answer() -> Desk {
        Desk::asking(
            json!({"answers": [{
                "id": "a", "type": "Number", "mandatory": false, "label": "A",
                "maximum": {"value": {"source": "answers", "identifier": "limit"}, "exclusive": true}
            }]}),
            &[json!({"answers": [
                {"id": "limit", "type": "Number", "mandatory": false, "label": "L", "default": 3}
            ]})],
        )
    }

    #[test]
    fn a_bound_may_come_from_another_answer() {
        let desk = bounded_by_an_answer().storing("limit", Value::Number(10.into()));
        assert_eq!(desk.of("10"), "NUMBER_TOO_LARGE_EXCLUSIVE max=10");
        assert_eq!(desk.of("9"), "9");
    }

    #[test]
    fn a_bound_that_comes_to_nothing_does_not_bound_and_a_default_is_nothing() {
        let desk = bounded_by_an_answer();
        assert_eq!(desk.of("1000000000000000"), "1000000000000000");
        assert_eq!(desk.of("-1"), "NUMBER_TOO_SMALL min=0");
        assert_eq!(desk.of(&"9".repeat(99)), "NUMBER_TOO_LARGE max=999,999,999,999,999");
    }
}
