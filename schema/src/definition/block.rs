//! Blocks as written (spec/01 §4): one type with every key that some block may have.

use serde::Deserialize;
use serde_json::Value;

use super::{Contents, ItemTitle, ListSummary, Question, Rule, Text, When};
use crate::questionnaire::NestedRole;

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Block {
    pub id: Box<str>,
    #[serde(rename = "type")]
    pub kind: BlockKind,
    pub page_title: Option<Box<str>>,
    pub title: Option<Text>,
    #[serde(default)]
    pub interviewer_only: bool,
    pub skip_conditions: Option<When>,
    #[serde(default)]
    pub routing_rules: Vec<RoutingRule>,
    pub question: Option<Question>,
    #[serde(default)]
    pub question_variants: Vec<QuestionVariant>,
    pub content: Option<Content>,
    #[serde(default)]
    pub content_variants: Vec<ContentVariant>,
    #[serde(default)]
    pub primary_content: Vec<IntroductionPart>,
    pub preview_content: Option<PreviewContent>,
    #[serde(default)]
    pub secondary_content: Vec<IntroductionPart>,
    pub for_list: Option<Box<str>>,
    pub add_block: Option<Box<Block>>,
    pub edit_block: Option<Box<Block>>,
    pub remove_block: Option<Box<Block>>,
    pub add_or_edit_block: Option<Box<Block>>,
    pub unrelated_block: Option<Box<Block>>,
    #[serde(default)]
    pub repeating_blocks: Vec<Block>,
    pub summary: Option<ItemTitle>,
    #[serde(default)]
    pub same_name_answer_ids: Vec<Box<str>>,
    pub calculation: Option<Calculation>,
    pub list_summary: Option<ListSummary>,
    pub cancel_text: Option<Box<str>>,
}

/// Where in its collector a nested block stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NestedKey {
    pub key: &'static str,
    pub index: Option<usize>,
}

impl Block {
    /// The blocks nested in this one: add, edit, remove, primary person's, unrelated, repeating.
    pub fn nested(&self) -> impl Iterator<Item = (NestedRole, NestedKey, &Block)> {
        let alone = [
            (NestedRole::Add, "add_block", &self.add_block),
            (NestedRole::Edit, "edit_block", &self.edit_block),
            (NestedRole::Remove, "remove_block", &self.remove_block),
            (NestedRole::PrimaryAddOrEdit, "add_or_edit_block", &self.add_or_edit_block),
            (NestedRole::Unrelated, "unrelated_block", &self.unrelated_block),
        ];
        let repeating = self.repeating_blocks.iter().enumerate().map(|(index, block)| {
            (NestedRole::Repeating, NestedKey { key: "repeating_blocks", index: Some(index) }, block)
        });
        alone
            .into_iter()
            .filter_map(|(role, key, block)| {
                block.as_deref().map(|block| (role, NestedKey { key, index: None }, block))
            })
            .chain(repeating)
    }

    /// Its question, or else the variants of it.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        let variants = if self.question.is_some() { &[] } else { &*self.question_variants };
        self.question.iter().chain(variants.iter().map(|variant| &variant.question))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum BlockKind {
    Introduction,
    Interstitial,
    Question,
    ConfirmationQuestion,
    ListCollectorDrivingQuestion,
    ListCollector,
    PrimaryPersonListCollector,
    ListCollectorContent,
    RelationshipCollector,
    CalculatedSummary,
    GrandCalculatedSummary,
    AnswerSummary,
    ListAddQuestion,
    ListEditQuestion,
    ListRemoveQuestion,
    PrimaryPersonListAddOrEditQuestion,
    UnrelatedQuestion,
    ListRepeatingQuestion,
}

impl BlockKind {
    /// Whether a block of this kind, in a group, asks a question.
    pub fn asks(self) -> bool {
        matches!(
            self,
            Self::Question
                | Self::ConfirmationQuestion
                | Self::ListCollectorDrivingQuestion
                | Self::ListCollector
                | Self::PrimaryPersonListCollector
                | Self::RelationshipCollector
        )
    }
}

/// Where to go on: exactly one of the three is given (spec/01 §3.4).
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct RoutingRule {
    pub block: Option<Box<str>>,
    pub group: Option<Box<str>>,
    pub section: Option<Box<str>>,
    pub when: Option<Rule>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct QuestionVariant {
    pub when: Rule,
    pub question: Question,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct ContentVariant {
    pub when: Rule,
    pub content: Content,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Content {
    pub title: Text,
    #[serde(default)]
    pub instruction: Vec<Text>,
    pub contents: Option<Contents>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct IntroductionPart {
    #[serde(default)]
    pub id: Box<str>,
    pub title: Option<Text>,
    pub contents: Option<Contents>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct PreviewContent {
    pub id: Option<Box<str>>,
    pub title: Option<Text>,
    pub contents: Option<Contents>,
    #[serde(default)]
    pub questions: Vec<PreviewQuestion>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct PreviewQuestion {
    pub id: Option<Box<str>>,
    pub question: Text,
    pub contents: Option<Contents>,
}

/// What a calculated or grand calculated summary sums: `operation`, or the older list of answers (spec/01 §4.9).
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Calculation {
    pub title: Text,
    #[serde(default)]
    pub answers_to_calculate: Vec<Box<str>>,
    pub operation: Option<Rule>,
    pub calculation_type: Option<Value>,
}
