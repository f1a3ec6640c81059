//! Units of measurement, mutated as the number asks.

use super::{number, table};
use crate::questionnaire::{Locale, UnitLength};
use crate::text::PluralForm;
use crate::value::Number;

/// `unit length locale`, then a pattern for each plural form of the locale, or one for all of them.
const UNITS: &str = include_str!("../../data/units.tsv");

/// `2 centimetres`, `2cm`. None for a unit that CLDR does not have in the locale.
///
/// Source: spec/04 §7.4.
pub fn unit(value: Number, unit: &str, length: UnitLength, locale: Locale) -> Option<String> {
    let pattern = pattern(unit, length, locale, category(value, locale))?;
    Some(pattern.replacen("{}", &number(value, locale), 1))
}

/// What stands behind the field that a number of the unit is typed into: `cm`, `hours`.
pub fn unit_suffix(unit: &str, length: UnitLength, locale: Locale) -> Option<String> {
    Some(match length {
        UnitLength::Short | UnitLength::Narrow => {
            pattern(unit, length, locale, PluralForm::One)?.replacen("{}", "", 1).trim().to_owned()
        }
        UnitLength::Long => {
            let two = self::unit(Number::TWO, unit, length, locale)?;
            two.replace("2 ", "")
        }
    })
}

fn pattern(unit: &str, length: UnitLength, locale: Locale, category: PluralForm) -> Option<&'static str> {
    let length = match length {
        UnitLength::Short => "short",
        UnitLength::Narrow => "narrow",
        UnitLength::Long => "long",
    };
    let row = table::find(UNITS, &format!("{unit} {length} {}", locale.code()))?;
    let column = forms(locale).iter().position(|form| *form == category).unwrap_or_default();
    let mut patterns = row.split('\t');
    let first = patterns.next()?;
    Some(if column == 0 { first } else { patterns.nth(column - 1).unwrap_or(first) })
}

/// In the order of the table's columns.
fn forms(locale: Locale) -> &'static [PluralForm] {
    use PluralForm::*;
    match locale {
        Locale::En | Locale::Eo => &[One, Other],
        Locale::Cy => &[Zero, One, Two, Few, Many, Other],
        Locale::Ga => &[One, Two, Few, Many, Other],
    }
}

/// CLDR's category of a number: its sign does not count, in English its decimals do (`1.0 miles`).
fn category(value: Number, locale: Locale) -> PluralForm {
    if locale == Locale::En && value.scale() > 0 {
        return PluralForm::Other;
    }
    crate::text::plural_form(value.abs(), locale)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use UnitLength::{Long, Narrow, Short};

    use super::*;

    #[test]
    fn a_unit_is_written_in_its_length_and_locale() {
        for (typed, id, length, locale, shown) in [
            ("2", "duration-hour", Short, Locale::En, "2 hrs"),
            ("1", "duration-hour", Short, Locale::En, "1 hr"),
            ("1234.50", "length-centimeter", Short, Locale::En, "1,234.50 cm"),
            ("2", "length-mile", Short, Locale::En, "2 mi"),
            ("2", "length-centimeter", Narrow, Locale::En, "2cm"),
            ("2", "duration-hour", Narrow, Locale::En, "2h"),
            ("2", "length-centimeter", Long, Locale::En, "2 centimetres"),
            ("1", "duration-hour", Long, Locale::En, "1 hour"),
            ("1.0", "length-mile", Long, Locale::En, "1.0 miles"),
            ("2", "length-mile", Long, Locale::Cy, "2 filltir"),
            ("1234.50", "length-mile", Long, Locale::Cy, "1,234.50 milltir"),
            ("3", "length-mile", Long, Locale::Cy, "3 milltir"),
            ("7", "length-mile", Long, Locale::Ga, "7 míle"),
            ("2", "length-mile", Narrow, Locale::Eo, "2 length-mile"),
        ] {
            assert_eq!(
                unit(typed.parse().unwrap(), id, length, locale).as_deref(),
                Some(shown),
                "{typed} {id}"
            );
        }
    }

    #[test]
    fn a_unit_without_data_has_no_words() {
        assert_eq!(unit(Number::ONE, "mass-slug", Long, Locale::En), None);
        assert_eq!(unit_suffix("mass-slug", Long, Locale::En), None);
    }

    #[test]
    fn a_field_s_suffix_is_the_unit_alone() {
        for (id, length, locale, suffix) in [
            ("duration-hour", Short, Locale::En, "hr"),
            ("length-centimeter", Narrow, Locale::En, "cm"),
            ("duration-hour", Long, Locale::En, "hours"),
            ("length-centimeter", Long, Locale::En, "centimetres"),
            ("length-mile", Long, Locale::Cy, "filltir"),
        ] {
            assert_eq!(unit_suffix(id, length, locale).as_deref(), Some(suffix), "{id}");
        }
    }
}
