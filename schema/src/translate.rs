//! A definition's texts in another language, from the files that translators return.
//!
//! The words of a text are looked up under the heading of its page, then alone, then under any heading. Straight quotes,
//! white space and `<em>` make no difference, so that files made for the format of 2021 serve the upgraded definition too.
//! Source: design.md, "legacy"; shared/census/README.md, "Translations".

mod catalogue;
mod forms;
mod headings;
mod keyed;
mod po;
mod quotes;

#[cfg(test)]
mod tests;

use serde_json::{Map, Value, json};

use crate::{
    check::texts::places::Places,
    questionnaire::Locale,
    upgrade::{MORE_PLACES, Path, objects},
};

pub use catalogue::Catalogue;
pub use keyed::{Keyed, keyed, put};
pub use po::{Broken, Entry, read_po};

use headings::Headings;

/// A definition in another language, and what is still in the first.
#[derive(Clone, Debug, PartialEq)]
pub struct Translated {
    /// The definition.
    pub definition: Value,
    /// How many texts have been translated.
    pub count: usize,
    /// What has not, in the order of the document.
    pub missing: Vec<Missing>,
}

/// A text that stays as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// JSON Pointer to it.
    pub pointer: String,
    /// Its words in the first language.
    pub words: String,
    /// Why.
    pub why: Why,
}

/// Why a text stays as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// No file has it, or only an empty translation.
    Untranslated,
    /// The translation's placeholders are not those of the text.
    OtherPlaceholders,
    /// A plural form of the language is missing.
    FormMissing,
    /// Another option of the question is translated by the same words.
    SameAsAnother,
}

impl Why {
    /// A few words for people.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Untranslated => "no translation",
            Self::OtherPlaceholders => "the translation has other placeholders",
            Self::FormMissing => "the translation lacks a plural form",
            Self::SameAsAnother => "another option has the same translation",
        }
    }
}

/// Puts the words of a catalogue into a definition.
#[must_use]
pub fn translate(definition: &Value, language: Locale, catalogue: &Catalogue) -> Translated {
    let mut translation = Translation {
        language,
        catalogue,
        places: Places::and(&MORE_PLACES),
        headings: Headings::of(definition),
        count: 0,
        missing: Vec::new(),
    };
    let mut translated = definition.clone();
    translation.visit(&mut translated, &mut Path::default());
    translation.tell_apart(&mut translated, definition);
    if let Some(top) = translated.as_object_mut() {
        top.insert("language".to_owned(), json!(language.code()));
    }
    Translated { definition: translated, count: translation.count, missing: translation.missing }
}

struct Translation<'a> {
    language: Locale,
    catalogue: &'a Catalogue,
    places: Places,
    headings: Headings,
    count: usize,
    missing: Vec<Missing>,
}

impl Translation<'_> {
    fn visit(&mut self, value: &mut Value, path: &mut Path) {
        if self.places.hold(path.shape()) {
            match value {
                Value::String(text) => return self.plain(text, path),
                Value::Object(members) if members.contains_key("text_plural") => {
                    return self.plural(members, path);
                }
                Value::Object(members) => {
                    if let Some(Value::String(text)) = members.get_mut("text") {
                        return self.plain(text, path);
                    }
                }
                _ => {}
            }
        }
        path.each(value, &mut |member, path| self.visit(member, path));
    }

    fn plain(&mut self, text: &mut String, path: &Path) {
        let found = self.catalogue.find(self.headings.at(path), text);
        match found.and_then(|entry| entry.forms.first()) {
            Some(words) => match forms::fitting(words, text) {
                Some(words) => {
                    *text = words;
                    self.count += 1;
                }
                None => self.miss(text, path, Why::OtherPlaceholders),
            },
            None => self.miss(text, path, Why::Untranslated),
        }
    }

    fn plural(&mut self, members: &mut Map<String, Value>, path: &Path) {
        let Some(forms) = members.get_mut("text_plural").and_then(|plural| plural.get_mut("forms")) else {
            return;
        };
        let one = forms["one"].as_str().or(forms["other"].as_str()).unwrap_or_default().to_owned();
        let found = self.catalogue.find(self.headings.at(path), &one);
        match found.map(|entry| forms::plural(&entry.forms, &one, self.language)) {
            Some(Ok(translated)) => {
                *forms = translated;
                self.count += 1;
            }
            Some(Err(why)) => self.miss(&one, path, why),
            None => self.miss(&one, path, Why::Untranslated),
        }
    }

    /// Two options of one question that translators gave the same words: the later keeps its own, or nobody could choose.
    fn tell_apart(&mut self, translated: &mut Value, definition: &Value) {
        objects(translated, &mut |members, path| {
            let Some(Value::Array(options)) = members.get_mut("options") else { return };
            let mut seen: Vec<String> = Vec::new();
            for (position, option) in options.iter_mut().enumerate() {
                let pointer = format!("{}/{position}/label", path.pointer_to("options"));
                let Some(Value::String(label)) = option.get_mut("label") else { continue };
                if seen.contains(label)
                    && let Some(Value::String(first)) = definition.pointer(&pointer)
                    && first != label
                {
                    first.clone_into(label);
                    let words = first.clone();
                    self.missing.push(Missing { pointer, words, why: Why::SameAsAnother });
                    self.count = self.count.saturating_sub(1);
                }
                seen.push(label.clone());
            }
        });
    }

    fn miss(&mut self, words: &str, path: &Path, why: Why) {
        if !words.is_empty() {
            self.missing.push(Missing { pointer: path.pointer(), words: words.to_owned(), why });
        }
    }
}
