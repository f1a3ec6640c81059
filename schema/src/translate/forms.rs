//! A translation made to fit its place: placeholders, markup, plural forms.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{Why, quotes::curly};
use crate::{questionnaire::Locale, text::PluralForm, upgrade::mended};

/// The translation as a definition may hold it; none if its placeholders are not those of the text.
pub(super) fn fitting(translation: &str, text: &str) -> Option<String> {
    (placeholders(translation) == placeholders(text)).then(|| mended(&curly(translation)).0)
}

/// The forms of a plural, by name.
pub(super) fn plural(translations: &[String], text: &str, language: Locale) -> Result<Value, Why> {
    let names = names(language);
    let mut forms = Map::new();
    for (nth, name) in names.iter().enumerate() {
        let translation = translations.get(nth).filter(|form| !form.is_empty()).ok_or(Why::FormMissing)?;
        let form = fitting(translation, text).ok_or(Why::OtherPlaceholders)?;
        forms.insert(name.name().to_owned(), json!(form));
    }
    Ok(Value::Object(forms))
}

/// A language's plural forms, in the order in which its `.po` files number them.
pub(super) fn names(language: Locale) -> &'static [PluralForm] {
    use PluralForm::{Few, Many, One, Other, Two};
    match language {
        Locale::Cy => &PluralForm::ALL,
        Locale::Ga => &[One, Two, Few, Many, Other],
        Locale::En | Locale::Eo => &[One, Other],
    }
}

/// The names between braces.
fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect()
}
