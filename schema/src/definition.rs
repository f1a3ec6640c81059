//! The JSON of a questionnaire as its author wrote it (spec/01): every part, in the order written, nothing worked out.
//!
//! Reading is tolerant: a key that running does not need is passed over. Whether the definition keeps every rule is
//! for `check`; what is here is only as strict as the linked form needs.

mod answer;
mod block;
mod list;
mod question;
mod rule;
mod text;

use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use crate::questionnaire::MetadataKind;

pub use answer::*;
pub use block::*;
pub use list::*;
pub use question::*;
pub use rule::*;
pub use text::*;

/// A whole questionnaire in one language (spec/01 §2).
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Definition {
    pub language: Box<str>,
    pub title: Box<str>,
    pub survey_id: Box<str>,
    pub theme: Box<str>,
    pub data_version: Box<str>,
    pub form_type: Option<Box<str>>,
    pub region_code: Option<Box<str>>,
    pub questionnaire_flow: Flow,
    #[serde(default)]
    pub metadata: Vec<MetadataField>,
    #[serde(default)]
    pub messages: Map<String, Value>,
    pub session_timeout_in_seconds: Option<u64>,
    pub legal_basis: Option<Box<str>>,
    #[serde(default)]
    pub answer_codes: Vec<AnswerCode>,
    pub supplementary_data: Option<SupplementaryData>,
    pub sds_schema_version: Option<Box<str>>,
    pub submission: Option<Submission>,
    pub post_submission: Option<PostSubmission>,
    pub individual_response: Option<IndividualResponse>,
    #[serde(default)]
    pub preview_questions: bool,
    pub sections: Vec<Section>,
}

/// How one moves between sections (spec/01 §2.2).
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Flow {
    #[serde(rename = "type")]
    pub kind: FlowKind,
    #[serde(default)]
    pub options: FlowOptions,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum FlowKind {
    Linear,
    Hub,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct FlowOptions {
    pub summary: Option<FinalSummary>,
    #[serde(default)]
    pub required_completed_sections: Vec<Box<str>>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct FinalSummary {
    #[serde(default)]
    pub collapsible: bool,
}

/// A claim of the launch token (spec/01 §2.1).
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct MetadataField {
    #[serde(deserialize_with = "loose")]
    pub name: Box<str>,
    #[serde(rename = "type")]
    pub kind: MetadataKind,
    #[serde(default)]
    pub optional: bool,
    pub min_length: Option<u64>,
    pub max_length: Option<u64>,
    pub length: Option<u64>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct AnswerCode {
    #[serde(deserialize_with = "loose")]
    pub code: Box<str>,
    pub answer_id: Box<str>,
    pub answer_value: Option<Box<str>>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct SupplementaryData {
    #[serde(default)]
    pub lists: Vec<Box<str>>,
}

/// Words on the page that submits.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Submission {
    pub button: Option<Box<str>>,
    pub guidance: Option<Box<str>>,
    pub title: Option<Box<str>>,
    pub warning: Option<Box<str>>,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct PostSubmission {
    pub guidance: Option<Guidance>,
    #[serde(default)]
    pub confirmation_email: bool,
    #[serde(default)]
    pub feedback: bool,
    #[serde(default)]
    pub view_response: bool,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct IndividualResponse {
    pub for_list: Box<str>,
    pub individual_section_id: Box<str>,
    #[serde(default = "yes")]
    pub show_on_hub: bool,
}

/// A section (spec/01 §3.1).
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Section {
    pub id: Box<str>,
    pub title: Option<Box<str>>,
    pub groups: Vec<Group>,
    pub enabled: Option<When>,
    pub repeat: Option<Repeat>,
    pub summary: Option<SectionSummary>,
    #[serde(default = "yes")]
    pub show_on_hub: bool,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Repeat {
    pub for_list: Box<str>,
    pub title: Text,
    pub page_title: Option<Box<str>>,
}

/// The summary page of a section (spec/01 §3.2).
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct SectionSummary {
    #[serde(default)]
    pub show_on_completion: bool,
    pub title: Option<Text>,
    pub page_title: Option<Box<str>>,
    #[serde(default)]
    pub collapsible: bool,
    #[serde(default)]
    pub items: Vec<SummaryItem>,
    #[serde(default)]
    pub show_non_item_answers: bool,
}

/// A group of blocks (spec/01 §3.3). Its own routing rules are read by nobody.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Group {
    pub id: Box<str>,
    pub title: Option<Box<str>>,
    pub blocks: Vec<Block>,
    pub skip_conditions: Option<When>,
}

/// A rule that must hold.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct When {
    pub when: Rule,
}

/// Error messages of an answer's or a question's own.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Validation {
    #[serde(default)]
    pub messages: Map<String, Value>,
}

fn yes() -> bool {
    true
}

/// Some names have only a pattern, and a pattern lets numbers pass (spec/01 §1).
fn loose<'de, D: Deserializer<'de>>(from: D) -> Result<Box<str>, D::Error> {
    match Value::deserialize(from)? {
        Value::String(text) => Ok(text.into()),
        other => Ok(other.to_string().into()),
    }
}

fn loose_option<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Box<str>>, D::Error> {
    loose(from).map(Some)
}
