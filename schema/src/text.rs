//! An author's words in each language, with placeholders and the transforms that fill them (spec/01 §9).
//!
//! Put together for a page by [`words()`].

mod plural;
mod transform;
mod typed;
mod words;

use crate::questionnaire::{AnswerIx, LanguageIx, Link};
use crate::rule::Source;
use crate::value::Value;

pub use plural::plural_form;
pub use typed::{address, lines};
pub use words::{escape, plain, preview, safe_title, value_as_html, words};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PluralForm {
    Zero,
    One,
    Two,
    Few,
    Many,
    Other,
}

/// Markup that is safe to put into a page: cleaned author's words, with everything that people typed escaped.
///
/// Serialised as `{"html": …}`, which is how templates tell it from plain text.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Html<'a> {
    pub html: std::borrow::Cow<'a, str>,
}

impl<'a> Html<'a> {
    pub fn new(html: impl Into<std::borrow::Cow<'a, str>>) -> Self {
        Self { html: html.into() }
    }

    pub fn as_str(&self) -> &str {
        &self.html
    }

    pub fn is_empty(&self) -> bool {
        self.html.is_empty()
    }
}

/// Words of an author in every language of the questionnaire; markup in them was cleaned while linking.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// By [`LanguageIx`]; one for each language.
    pub languages: Box<[TextIn]>,
}

impl Text {
    pub fn in_language(&self, language: LanguageIx) -> &TextIn {
        &self.languages[language.0 as usize]
    }
}

/// A text in one language.
#[derive(Clone, Debug, PartialEq)]
pub struct TextIn {
    /// One form, or the forms of a plural, of which [`PluralForm::Other`] should be there.
    pub forms: Forms,
    pub placeholders: Vec<Placeholder>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Forms {
    One(Pieces),
    Plural { count: Source, forms: Vec<(PluralForm, Pieces)> },
}

/// A text cut at its placeholders. Literal pieces are HTML, cleaned.
pub type Pieces = Vec<Piece>;

#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    Html(Box<str>),
    /// Index into the text's placeholders.
    Slot(u16),
    /// A `{name}` that no placeholder bears.
    Undeclared(Box<str>),
    /// A placeholder inside a tag.
    InTag(Box<str>),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Placeholder {
    pub name: Box<str>,
    pub fill: Fill,
    /// Whether every source in it is metadata: only then a preview can fill it (spec/01 §9.3).
    pub only_metadata: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Fill {
    Source(Source),
    Transforms(Vec<Transform>),
}

/// A transform and its arguments, in the order written.
#[derive(Clone, Debug, PartialEq)]
pub struct Transform {
    pub kind: TransformKind,
    pub arguments: Vec<(Box<str>, Argument)>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Argument {
    Literal(Value<'static>),
    Source(Source),
    /// Each resolved, lists among them flattened into one.
    Many(Vec<Argument>),
    Previous,
    /// An answer named in `option_label_from_value`.
    Answer(Link<AnswerIx>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransformKind {
    FormatCurrency,
    FormatNumber,
    FormatPercentage,
    FormatUnit,
    FormatDate,
    FormatDateRange,
    DateRangeBounds,
    CalculateDateDifference,
    ConcatenateList,
    FormatList,
    ListItemCount,
    ListHasItems,
    Contains,
    FirstNonEmptyItem,
    FormatName,
    FormatPossessive,
    FormatOrdinal,
    Add,
    TelephoneNumberLink,
    EmailLink,
    OptionLabelFromValue,
    ConditionalTradAs,
    /// Known to the format, carried out by nobody.
    NumberToWords,
    RemoveEmpty,
}
