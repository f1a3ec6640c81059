//! The linked form: what runs. Names have become indices, texts stand in every language, rules are typed.
//!
//! Indices are made only by linking and are good for one questionnaire.

mod answer;
mod block;
mod question;

use std::collections::HashMap;

use crate::rule::{Rule, Source};
use crate::text::Text;

pub use answer::*;
pub use block::*;
pub use question::*;

macro_rules! index {
    ($($(#[$doc:meta])* $name:ident($inner:ty)),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub(crate) $inner);

        impl $name {
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

index! {
    SectionIx(u32),
    GroupIx(u32),
    BlockIx(u32),
    ListIx(u32),
    LanguageIx(u8),
    /// An answer *id*; its definitions stand in the questions that ask it.
    AnswerIx(u32),
}

impl LanguageIx {
    /// The language that rules are read in.
    pub const BASE: Self = Self(0);
}

/// A name as the definition has it, and what it names if anything does.
#[derive(Clone, Debug, PartialEq)]
pub enum Link<T> {
    To(T),
    Dangling(Box<str>),
}

/// Where in the base definition something stands: a JSON Pointer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pointer(pub std::sync::Arc<str>);

/// Fixed words of the author in every language: plain text, not markup.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    pub languages: Box<[Box<str>]>,
}

impl Words {
    pub fn in_language(&self, language: LanguageIx) -> &str {
        &self.languages[language.index()]
    }
}

/// A language of the interface, and how it writes numbers and dates. `Eo` is Ulster Scots (spec/07 §5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Locale {
    En,
    Cy,
    Ga,
    Eo,
}

impl Locale {
    pub const ALL: [Self; 4] = [Self::En, Self::Cy, Self::Ga, Self::Eo];

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|locale| locale.code() == code)
    }

    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Cy => "cy",
            Self::Ga => "ga",
            Self::Eo => "eo",
        }
    }
}

/// A questionnaire ready to run.
#[derive(Clone, Debug, PartialEq)]
pub struct Questionnaire {
    /// By [`LanguageIx`]; the first is the base.
    pub languages: Vec<Locale>,
    pub title: Words,
    pub survey_id: Box<str>,
    pub form_type: Option<Box<str>>,
    pub region_code: Option<Box<str>>,
    pub theme: Box<str>,
    pub data_version: DataVersion,
    pub flow: Flow,
    pub metadata: Vec<MetadataField>,
    /// Error messages that replace the built-in ones everywhere.
    pub messages: Messages,
    pub session_timeout_seconds: Option<u64>,
    pub legal_basis: Option<Words>,
    pub answer_codes: Vec<AnswerCode>,
    /// Lists that supplementary data fill.
    pub supplementary_lists: Vec<ListIx>,
    pub sds_schema_version: Option<Box<str>>,
    pub submission: SubmissionTexts,
    pub post_submission: PostSubmission,
    pub individual_response: Option<IndividualResponse>,
    pub preview_questions: bool,
    pub sections: Vec<Section>,
    pub groups: Vec<Group>,
    /// Nested blocks (add, edit, remove, repeating, unrelated) are here too, after their parents.
    pub blocks: Vec<Block>,
    pub answers: Vec<AnswerInfo>,
    pub lists: Vec<List>,
    pub names: Names,
    pub dependencies: Dependencies,
}

impl Questionnaire {
    pub fn section(&self, section: SectionIx) -> &Section {
        &self.sections[section.index()]
    }

    pub fn group(&self, group: GroupIx) -> &Group {
        &self.groups[group.index()]
    }

    pub fn block(&self, block: BlockIx) -> &Block {
        &self.blocks[block.index()]
    }

    pub fn answer(&self, answer: AnswerIx) -> &AnswerInfo {
        &self.answers[answer.index()]
    }

    pub fn list(&self, list: ListIx) -> &List {
        &self.lists[list.index()]
    }

    pub fn section_indices(&self) -> impl DoubleEndedIterator<Item = SectionIx> + use<> {
        (0..self.sections.len() as u32).map(SectionIx)
    }

    /// The language of the definition for a locale, or the base one.
    pub fn language(&self, locale: Locale) -> LanguageIx {
        self.languages
            .iter()
            .position(|&has| has == locale)
            .map_or(LanguageIx::BASE, |at| LanguageIx(at as u8))
    }

    pub fn locale(&self, language: LanguageIx) -> Locale {
        self.languages[language.index()]
    }

    pub fn has_introduction(&self) -> bool {
        self.blocks.iter().any(|block| matches!(block.kind, BlockKind::Introduction(_)))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataVersion {
    V0_0_1,
    V0_0_3,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Flow {
    /// With a summary of everything on the submit page, or without.
    Linear {
        summary: Option<FinalSummary>,
    },
    Hub {
        required: Vec<SectionIx>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FinalSummary {
    pub collapsible: bool,
}

/// A claim that the launch must or may bring (spec/01 §2.1).
#[derive(Clone, Debug, PartialEq)]
pub struct MetadataField {
    pub name: Box<str>,
    pub kind: MetadataKind,
    pub optional: bool,
    pub min_length: Option<u64>,
    pub max_length: Option<u64>,
    pub length: Option<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MetadataKind {
    Boolean,
    Date,
    String,
    Uuid,
    Url,
}

/// Error messages of the author's own, by message key (spec/04 §2), with printf tokens.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Messages(pub Vec<(Box<str>, Words)>);

impl Messages {
    pub fn get(&self, key: &str) -> Option<&Words> {
        self.0.iter().find(|(has, _)| &**has == key).map(|(_, words)| words)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct AnswerCode {
    pub code: Box<str>,
    pub answer_id: Box<str>,
    pub answer_value: Option<Box<str>>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SubmissionTexts {
    pub button: Option<Words>,
    pub guidance: Option<Words>,
    pub title: Option<Words>,
    pub warning: Option<Words>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PostSubmission {
    pub guidance: Option<Contents>,
    pub confirmation_email: bool,
    pub feedback: bool,
    pub view_response: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct IndividualResponse {
    pub list: ListIx,
    pub section: SectionIx,
    pub show_on_hub: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    pub id: Box<str>,
    pub title: Option<Words>,
    pub groups: Vec<GroupIx>,
    pub enabled: Option<Rule>,
    pub repeat: Option<Repeat>,
    pub summary: Option<SectionSummary>,
    pub show_on_hub: bool,
    pub pointer: Pointer,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Repeat {
    pub list: ListIx,
    pub title: Text,
    pub page_title: Option<Words>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct SectionSummary {
    pub show_on_completion: bool,
    pub title: Option<Text>,
    pub page_title: Option<Words>,
    pub collapsible: bool,
    pub items: Vec<SummaryItem>,
    pub show_non_item_answers: bool,
}

/// A list shown on a section's summary (spec/01 §3.2).
#[derive(Clone, Debug, PartialEq)]
pub struct SummaryItem {
    pub list: ListIx,
    pub title: Option<Text>,
    pub add_link_text: Option<Words>,
    pub empty_list_text: Option<Words>,
    pub related_answers: Vec<Source>,
    pub item_anchor_answer_id: Option<Box<str>>,
    pub item_label: Option<Text>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    pub id: Box<str>,
    pub title: Option<Words>,
    pub section: SectionIx,
    pub blocks: Vec<BlockIx>,
    pub skip: Option<Rule>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct List {
    pub name: Box<str>,
    /// Blocks of every kind that collect or show its items, in document order.
    pub collectors: Vec<BlockIx>,
    /// Answers whose values, joined, tell people of the same name.
    pub same_name_answers: Vec<AnswerIx>,
}

/// What the definition says of an answer id, by its first definition (spec/01 §6.3, §8.1).
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerInfo {
    pub id: Box<str>,
    /// The block on whose path it lies: its own, or the collector of its nested block.
    pub home: BlockIx,
    /// The block whose question holds it, maybe a nested one.
    pub asked_in: BlockIx,
    pub section: SectionIx,
    pub repeats: Repeats,
    pub default: Option<crate::value::Value<'static>>,
    /// Of numeric answers; zero where the definition says nothing.
    pub decimal_places: u32,
    /// Whether an answer's value is a number, and of which kind.
    pub numeric: Option<Numeric>,
    /// Every question that defines it, in document order: block, variant.
    pub defined_in: Vec<(BlockIx, u16)>,
    /// The answer whose option it is the detail of.
    pub detail_of: Option<AnswerIx>,
}

/// Over which list an answer has a value for each item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeats {
    No,
    /// A dynamic answer: `ID-ITEM` on the page.
    Dynamic(ListIx),
    /// Asked in an add, edit or primary person block, or on the collector's own page.
    Collector(ListIx),
    /// Asked in a repeating block.
    RepeatingBlock(ListIx),
    /// In a repeating section.
    Section(ListIx),
}

impl Repeats {
    pub fn list(self) -> Option<ListIx> {
        match self {
            Self::No => None,
            Self::Dynamic(list)
            | Self::Collector(list)
            | Self::RepeatingBlock(list)
            | Self::Section(list) => Some(list),
        }
    }

    /// Whether a source without an item sees a list of its values (spec/01 §8.1 step 2).
    pub fn lists_values(self) -> bool {
        matches!(self, Self::Dynamic(_) | Self::RepeatingBlock(_))
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Names {
    pub sections: HashMap<Box<str>, SectionIx>,
    pub groups: HashMap<Box<str>, GroupIx>,
    pub blocks: HashMap<Box<str>, BlockIx>,
    pub answers: HashMap<Box<str>, AnswerIx>,
    pub lists: HashMap<Box<str>, ListIx>,
}

/// What must be answered again, and what must be looked at, when something changes (spec/02 §2.2, §5.2).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dependencies {
    /// By answer: blocks to confirm again when it changes.
    pub of_answer: Vec<Vec<Dependent>>,
    /// By list: blocks to confirm again when its items change.
    pub of_list: Vec<Vec<Dependent>>,
    /// By section: the other sections whose paths its `when`s may look at, D(S), in document order.
    pub seen_by_section: Vec<Vec<SectionIx>>,
    /// By block: the sections whose answers a calculated or grand calculated summary used in its texts, limits or
    /// calculations sums; only their paths count there (spec/02 §2.6, §9.3).
    pub summed_by_block: Vec<Vec<SectionIx>>,
    /// By summary block: the answers it sums, a grand one's through its parts, in order.
    pub summed_answers: Vec<Vec<AnswerIx>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dependent {
    pub block: BlockIx,
    /// An answer to forget as well: its options came from what changed.
    pub forget: Option<AnswerIx>,
}
