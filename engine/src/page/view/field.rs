//! One answer's field: its label, what stands around it, what may be entered.

use std::borrow::Cow;

use schema::text::Html;
use serde::Serialize;

use super::ContentView;
use crate::error::ErrorText;

#[derive(Clone, Debug, Serialize)]
pub struct AnswerField<'a> {
    /// The id on the page: with `-ITEM` for a dynamic answer.
    pub id: String,
    pub label: Option<Html<'a>>,
    pub description: Option<Html<'a>>,
    pub guidance: Option<AnswerGuidanceView<'a>>,
    pub is_mandatory: bool,
    /// The exclusive one of a mutually exclusive question.
    pub is_exclusive: bool,
    /// In a fieldset of its own (spec/08 §4).
    pub has_fieldset: bool,
    /// Its own, then its detail answers'; the first is shown in its panel.
    pub errors: Vec<ErrorText>,
    pub input: Input<'a>,
}

#[derive(Clone, Debug, Serialize)]
pub struct AnswerGuidanceView<'a> {
    pub title: &'a str,
    pub contents: Vec<ContentView<'a>>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Input<'a> {
    Text {
        value: String,
        /// Shown as a character counter; none without a limit in the definition.
        limit: Option<i64>,
        suggestions: Option<SuggestionsView<'a>>,
    },
    Textarea {
        value: String,
        rows: u32,
        /// Shown as a character counter; none without a limit in the definition.
        limit: Option<i64>,
    },
    Number {
        value: String,
        /// Of spec/03 §8.3: 1–10, 15, 20, 30, 40, 50.
        width: u32,
        unit: Option<UnitView<'a>>,
    },
    MobileNumber {
        value: String,
    },
    Radio {
        options: Vec<OptionField<'a>>,
        can_clear: bool,
    },
    Checkbox {
        options: Vec<OptionField<'a>>,
        instruction: Option<Instruction<'a>>,
    },
    Relationship {
        options: Vec<OptionField<'a>>,
        playback: Html<'a>,
    },
    Dropdown {
        options: Vec<SelectOption<'a>>,
        placeholder: Option<&'a str>,
        value: String,
    },
    Date {
        day: Option<String>,
        month: Option<String>,
        year: String,
    },
    Duration {
        years: Option<String>,
        months: Option<String>,
    },
    Address {
        line1: String,
        line2: String,
        town: String,
        postcode: String,
        uprn: String,
        lookup: Option<LookupView<'a>>,
    },
}

#[derive(Clone, Debug, Serialize)]
pub struct SuggestionsView<'a> {
    pub url: &'a str,
    pub allow_multiple: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct LookupView<'a> {
    pub address_type: &'a str,
    pub region_code: &'a str,
    pub one_year_ago: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct UnitView<'a> {
    /// £, cm, %.
    pub text: Cow<'a, str>,
    /// GBP, centimetres, Percent.
    pub title: Cow<'a, str>,
    /// Before the field, as currencies are.
    pub is_prefix: bool,
    /// "percentage" has its title from a message.
    pub is_percentage: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct Instruction<'a> {
    /// The author's; none for the usual "Select all that apply".
    pub own: Option<&'a str>,
}

#[derive(Clone, Debug, Serialize)]
pub struct OptionField<'a> {
    /// `ANSWER-N`.
    pub id: String,
    pub value: Cow<'a, str>,
    pub label: Html<'a>,
    pub description: Option<Html<'a>>,
    pub is_checked: bool,
    pub detail: Option<Box<DetailField<'a>>>,
    pub title: Option<Html<'a>>,
    pub playback: Option<Html<'a>>,
}

#[derive(Clone, Debug, Serialize)]
pub struct DetailField<'a> {
    pub id: &'a str,
    pub label: Option<Html<'a>>,
    pub description: Option<Html<'a>>,
    pub is_visible: bool,
    pub is_mandatory: bool,
    pub has_error: bool,
    pub input: Input<'a>,
}

#[derive(Clone, Debug, Serialize)]
pub struct SelectOption<'a> {
    pub value: Cow<'a, str>,
    /// Plain text: a `select` knows no markup.
    pub label: String,
}
