//! Questions: their words, their answers, and what holds between the answers.

use super::{Answer, AnswerIx, Contents, Definition, Link, ListIx, Messages, Pointer};
use crate::rule::Source;
use crate::text::Text;
use crate::value::Number;

#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    pub id: Box<str>,
    pub title: Text,
    pub description: Vec<Text>,
    pub instruction: Vec<Text>,
    pub guidance: Option<Contents>,
    pub definition: Option<Definition>,
    pub warning: Option<Text>,
    pub kind: QuestionKind,
    pub answers: Vec<Answer>,
    pub dynamic: Option<DynamicAnswers>,
    /// Text answers joined into one row on summaries.
    pub concatenation: Option<Concatenation>,
    pub messages: Messages,
    pub pointer: Pointer,
}

impl Question {
    /// Its answers, those asked for each item of a list, and the details of their options.
    pub fn all_answers(&self) -> impl Iterator<Item = &Answer> {
        let dynamic = self.dynamic.iter().flat_map(|dynamic| &dynamic.answers);
        self.answers.iter().chain(dynamic).flat_map(|answer| {
            let options = answer.kind.options().into_iter().flat_map(|options| &options.fixed);
            std::iter::once(answer).chain(options.filter_map(|option| option.detail.as_deref()))
        })
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum QuestionKind {
    General,
    Calculated { calculations: Vec<TotalCheck>, currency: Option<Box<str>> },
    DateRange { minimum: Option<Period>, maximum: Option<Period> },
    MutuallyExclusive { mandatory: bool },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Concatenation {
    Newline,
    Space,
}

/// Answers asked once for each item of a list (spec/01 §5.2).
#[derive(Clone, Debug, PartialEq)]
pub struct DynamicAnswers {
    pub list: ListIx,
    pub answers: Vec<Answer>,
}

/// What the answers of a Calculated question must come to (spec/01 §5.1).
#[derive(Clone, Debug, PartialEq)]
pub struct TotalCheck {
    pub answers: Vec<Link<AnswerIx>>,
    pub target: TotalTarget,
    pub condition: Comparison,
}

#[derive(Clone, Debug, PartialEq)]
pub enum TotalTarget {
    /// The stored value of another answer.
    Answer(Link<AnswerIx>),
    Literal(Number),
    Source(Source),
    /// Neither is given: a fault when reached.
    Missing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// A span of calendar time, at least one part of it given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    pub years: Option<i32>,
    pub months: Option<i32>,
    pub days: Option<i32>,
}
