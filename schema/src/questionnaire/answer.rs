//! Answers: what a respondent may enter, and within which bounds (spec/01 §6).

use super::{AnswerIx, BlockIx, Contents, Link, ListIx, Messages, Pointer, Words};
use crate::rule::{Offset, Rule, Source};
use crate::text::Text;
use crate::value::{Number, Value};

/// One definition of an answer. The same id may be defined again, in a variant or an edit block.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub ix: AnswerIx,
    pub id: Box<str>,
    pub mandatory: bool,
    pub label: Option<Text>,
    pub description: Option<Text>,
    pub guidance: Option<AnswerGuidance>,
    pub q_code: Option<Box<str>>,
    /// Used where nothing is stored; never filled in, stored or submitted (spec/01 §6.3).
    pub default: Option<Value<'static>>,
    /// A detail answer that shows although its option is not chosen.
    pub visible: bool,
    pub kind: AnswerKind,
    pub messages: Messages,
    pub pointer: Pointer,
}

#[derive(Clone, Debug, PartialEq)]
pub struct AnswerGuidance {
    pub title: Option<Words>,
    pub contents: Contents,
}

#[derive(Clone, Debug, PartialEq)]
pub enum AnswerKind {
    TextField { max_length: i64, shows_limit: bool, suggestions: Option<Suggestions> },
    TextArea { max_length: i64, shows_limit: bool, rows: u32 },
    Number(NumberAnswer),
    Radio { options: Options, voluntary: bool },
    Checkbox { options: Options, instruction: CheckboxInstruction },
    Dropdown { options: Options, placeholder: Option<Words> },
    Relationship { options: Options, playback: Text },
    Date(DateAnswer),
    Duration { years: bool, months: bool },
    Address { lookup: Option<AddressLookup> },
    MobileNumber,
}

impl AnswerKind {
    /// Of choices.
    pub fn options(&self) -> Option<&Options> {
        match self {
            Self::Radio { options, .. }
            | Self::Checkbox { options, .. }
            | Self::Dropdown { options, .. }
            | Self::Relationship { options, .. } => Some(options),
            _ => None,
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Suggestions {
    pub url: Box<str>,
    pub allow_multiple: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct NumberAnswer {
    pub numeric: Numeric,
    pub decimal_places: u32,
    pub minimum: Option<NumberBound>,
    pub maximum: Option<NumberBound>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Numeric {
    Number,
    Currency { code: Box<str> },
    Percentage,
    Unit { unit: Box<str>, length: UnitLength },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UnitLength {
    Short,
    Narrow,
    Long,
}

#[derive(Clone, Debug, PartialEq)]
pub struct NumberBound {
    pub value: NumberReference,
    pub exclusive: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub enum NumberReference {
    Literal(Number),
    Source(Source),
}

#[derive(Clone, Debug, PartialEq)]
pub struct DateAnswer {
    pub precision: Precision,
    pub minimum: Option<DateBound>,
    pub maximum: Option<DateBound>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    Day,
    Month,
    Year,
}

#[derive(Clone, Debug, PartialEq)]
pub struct DateBound {
    pub value: DateReference,
    pub offset: Offset,
}

#[derive(Clone, Debug, PartialEq)]
pub enum DateReference {
    /// `2016-03-01`, `2016-03`, `2016` or `now`.
    Literal(Box<str>),
    Source(Source),
}

#[derive(Clone, Debug, PartialEq)]
pub enum CheckboxInstruction {
    /// "Select all that apply", if there is more than one option.
    Usual,
    None,
    Own(Words),
}

#[derive(Clone, Debug, PartialEq)]
pub struct AddressLookup {
    pub address_type: Box<str>,
    pub region_code: Box<str>,
    pub one_year_ago: bool,
}

/// The options of a choice: the dynamic ones come before the fixed ones (spec/01 §6.2).
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    pub fixed: Vec<Choice>,
    pub dynamic: Option<DynamicOptions>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct DynamicOptions {
    pub values: DynamicValues,
    /// Makes a label of each value, which it sees as itself.
    pub transform: Rule,
}

#[derive(Clone, Debug, PartialEq)]
pub enum DynamicValues {
    Rule(Rule),
    Source(Source),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    pub label: Text,
    pub value: Box<str>,
    pub q_code: Option<Box<str>>,
    pub description: Option<Text>,
    pub detail: Option<Box<Answer>>,
    pub action: Option<Action>,
    /// Of relationship options: the question's words once chosen, and the sentence below.
    pub title: Option<Text>,
    pub playback: Option<Text>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    RedirectToListAddBlock { block: Link<BlockIx>, list: Link<ListIx> },
    RemoveListItemAndAnswers,
    AddUnrelatedRelationships,
    RemoveUnrelatedRelationships,
}
