//! Questions as written (spec/01 §5).

use serde::Deserialize;

use super::rule::explanations;
use super::{Answer, Explanation, Guidance, Reference, Text, Validation, ValueSource};

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Question {
    pub id: Box<str>,
    #[serde(rename = "type")]
    pub kind: QuestionKind,
    pub title: Text,
    #[serde(default)]
    pub description: Vec<Text>,
    #[serde(default)]
    pub instruction: Vec<Text>,
    pub guidance: Option<Guidance>,
    #[serde(default, deserialize_with = "explanations")]
    pub definition: Vec<Explanation>,
    /// The older form, a list; `definition` comes first.
    #[serde(default, deserialize_with = "explanations")]
    pub definitions: Vec<Explanation>,
    pub warning: Option<Text>,
    #[serde(default)]
    pub answers: Vec<Answer>,
    pub dynamic_answers: Option<DynamicAnswers>,
    #[serde(default)]
    pub calculations: Vec<TotalCheck>,
    /// Of totals that are given outright.
    pub currency: Option<Box<str>>,
    pub period_limits: Option<PeriodLimits>,
    #[serde(default)]
    pub mandatory: bool,
    #[serde(default)]
    pub validation: Validation,
    pub summary: Option<QuestionSummary>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum QuestionKind {
    General,
    Calculated,
    DateRange,
    MutuallyExclusive,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct DynamicAnswers {
    pub values: ValueSource,
    pub answers: Vec<Answer>,
}

/// What the answers of a Calculated question must come to (spec/01 §5.1).
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct TotalCheck {
    #[serde(default)]
    pub answers_to_calculate: Vec<Box<str>>,
    pub answer_id: Option<Box<str>>,
    pub value: Option<Reference>,
    #[serde(default)]
    pub conditions: Vec<Box<str>>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct PeriodLimits {
    pub minimum: Option<Period>,
    pub maximum: Option<Period>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Period {
    pub days: Option<i32>,
    pub months: Option<i32>,
    pub years: Option<i32>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct QuestionSummary {
    pub concatenation_type: Option<Box<str>>,
}
