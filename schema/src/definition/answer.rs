//! Answers as written (spec/01 §6): one type with every key that some answer may have.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::questionnaire::UnitLength;

use super::{Guidance, Offset, Reference, Rule, RuleOrSource, Text, Validation, loose_option};

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Answer {
    pub id: Box<str>,
    #[serde(rename = "type")]
    pub kind: AnswerKind,
    #[serde(default)]
    pub mandatory: bool,
    pub label: Option<Text>,
    pub description: Option<Text>,
    pub guidance: Option<Guidance>,
    #[serde(default, deserialize_with = "loose_option")]
    pub q_code: Option<Box<str>>,
    pub default: Option<Value>,
    #[serde(default)]
    pub visible: bool,
    pub max_length: Option<i64>,
    pub rows: Option<u32>,
    pub suggestions: Option<Suggestions>,
    pub minimum: Option<Bound>,
    pub maximum: Option<Bound>,
    pub decimal_places: Option<u32>,
    pub currency: Option<Box<str>>,
    pub unit: Option<Box<str>>,
    pub unit_length: Option<UnitLength>,
    #[serde(default)]
    pub options: Vec<Choice>,
    pub dynamic_options: Option<DynamicOptions>,
    #[serde(default)]
    pub voluntary: bool,
    /// Outer none: not given. Inner none: given as `null`, which means no instruction.
    #[serde(default, deserialize_with = "given")]
    pub instruction: Option<Option<Box<str>>>,
    pub placeholder: Option<Box<str>>,
    pub playback: Option<Text>,
    #[serde(default)]
    pub units: Vec<Box<str>>,
    pub lookup_options: Option<LookupOptions>,
    #[serde(default)]
    pub validation: Validation,
}

impl Answer {
    /// The detail answers of its options, if it is of a type that has options.
    pub fn details(&self) -> impl Iterator<Item = &Answer> {
        let chooses = matches!(
            self.kind,
            AnswerKind::Radio | AnswerKind::Checkbox | AnswerKind::Dropdown | AnswerKind::Relationship
        );
        let options = if chooses { &*self.options } else { &[] };
        options.iter().filter_map(|option| option.detail_answer.as_deref())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum AnswerKind {
    TextField,
    TextArea,
    Number,
    Currency,
    Percentage,
    Unit,
    Radio,
    Checkbox,
    Dropdown,
    Relationship,
    Date,
    MonthYearDate,
    YearDate,
    Duration,
    Address,
    MobileNumber,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Suggestions {
    pub url: Box<str>,
    #[serde(default)]
    pub allow_multiple: bool,
}

/// A smallest or largest number or date.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Bound {
    pub value: Option<Reference>,
    #[serde(default)]
    pub exclusive: bool,
    pub offset_by: Option<Offset>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Choice {
    pub label: Text,
    pub value: Box<str>,
    #[serde(default, deserialize_with = "loose_option")]
    pub q_code: Option<Box<str>>,
    pub description: Option<Text>,
    pub detail_answer: Option<Box<Answer>>,
    pub action: Option<Action>,
    pub title: Option<Text>,
    pub playback: Option<Text>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Action {
    #[serde(rename = "type")]
    pub kind: ActionKind,
    pub params: Option<ActionParams>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum ActionKind {
    RedirectToListAddBlock,
    RemoveListItemAndAnswers,
    AddUnrelatedRelationships,
    RemoveUnrelatedRelationships,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct ActionParams {
    pub block_id: Option<Box<str>>,
    pub list_name: Option<Box<str>>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct DynamicOptions {
    pub values: RuleOrSource,
    pub transform: Rule,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct LookupOptions {
    pub address_type: Box<str>,
    pub region_code: Box<str>,
    #[serde(default)]
    pub one_year_ago: bool,
}

#[expect(clippy::option_option, reason = "a key absent and a key that is null say different things")]
fn given<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Option<Box<str>>>, D::Error> {
    Option::deserialize(from).map(Some)
}
