//! Which form of a plural a count takes (spec/01 §9.2).

use super::PluralForm;
use crate::questionnaire::Locale;
use crate::value::Number;

/// The form for a count in an author's text. Not CLDR's categories: in English `1.0` is one here.
pub fn plural_form(count: Number, locale: Locale) -> PluralForm {
    use PluralForm::*;
    let Ok(whole) = (if count.is_integer() { u32::try_from(count) } else { return Other }) else {
        return Other;
    };
    match (locale, whole) {
        (Locale::Cy, 0) => Zero,
        (_, 1) => One,
        (Locale::Cy | Locale::Ga, 2) => Two,
        (Locale::Cy, 3) | (Locale::Ga, 3..=6) => Few,
        (Locale::Cy, 6) | (Locale::Ga, 7..=10) => Many,
        _ => Other,
    }
}

impl PluralForm {
    pub const ALL: [Self; 6] = [Self::Zero, Self::One, Self::Two, Self::Few, Self::Many, Self::Other];

    /// As a definition spells it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Zero => "zero",
            Self::One => "one",
            Self::Two => "two",
            Self::Few => "few",
            Self::Many => "many",
            Self::Other => "other",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_own_forms() {
        use PluralForm::*;
        for (locale, forms) in [
            (Locale::En, [Other, One, Other, Other, Other, Other, Other, Other, Other, Other, Other, Other]),
            (Locale::Eo, [Other, One, Other, Other, Other, Other, Other, Other, Other, Other, Other, Other]),
            (Locale::Cy, [Zero, One, Two, Few, Other, Other, Many, Other, Other, Other, Other, Other]),
            (Locale::Ga, [Other, One, Two, Few, Few, Few, Few, Many, Many, Many, Many, Other]),
        ] {
            for (count, form) in forms.into_iter().enumerate() {
                assert_eq!(plural_form(count.into(), locale), form, "{} {count}", locale.code());
            }
            assert_eq!(plural_form(Number::new(15, 1), locale), Other);
            assert_eq!(plural_form(Number::NEGATIVE_ONE, locale), Other);
        }
    }
}
