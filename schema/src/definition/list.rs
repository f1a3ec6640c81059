//! What a definition says of lists, beside the blocks that collect them (spec/01 §3.2, §4.5, §4.11).

use serde::Deserialize;

use super::{Text, ValueSource};

/// A list on the summary page of a section.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct SummaryItem {
    pub for_list: Box<str>,
    pub title: Option<Text>,
    pub add_link_text: Option<Box<str>>,
    pub empty_list_text: Option<Box<str>>,
    #[serde(default)]
    pub related_answers: Vec<ValueSource>,
    pub item_anchor_answer_id: Option<Box<str>>,
    pub item_label: Option<Text>,
}

/// How the items of a list are called.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct ItemTitle {
    pub item_title: Option<Text>,
}

/// A list shown above a question.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct ListSummary {
    pub for_list: Box<str>,
    pub summary: ItemTitle,
}
