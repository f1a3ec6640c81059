//! Blocks: one page each, or one page for each list item.

use super::{AnswerIx, BlockIx, GroupIx, Link, ListIx, Pointer, Question, SectionIx, Words};
use crate::rule::Rule;
use crate::text::Text;

#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    pub id: Box<str>,
    pub section: SectionIx,
    pub group: GroupIx,
    /// The collector that a nested block belongs to; a nested block is never on a path.
    pub parent: Option<BlockIx>,
    pub kind: BlockKind,
    pub page_title: Option<Words>,
    pub interviewer_only: bool,
    pub skip: Option<Rule>,
    /// Empty when the next block simply follows.
    pub routes: Vec<Route>,
    pub pointer: Pointer,
}

impl Block {
    /// The question's variants, of blocks that ask one.
    pub fn questions(&self) -> &[Variant<Question>] {
        match &self.kind {
            BlockKind::Question(block) => &block.questions,
            BlockKind::ListCollector(block) => &block.questions,
            BlockKind::PrimaryPerson(block) => &block.questions,
            BlockKind::Relationships(block) => &block.questions,
            BlockKind::Nested(block) => &block.questions,
            _ => &[],
        }
    }

    pub fn contents(&self) -> &[Variant<Content>] {
        match &self.kind {
            BlockKind::Interstitial { content } => content,
            BlockKind::ListContent(block) => &block.content,
            _ => &[],
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum BlockKind {
    Introduction(Introduction),
    Interstitial {
        content: Vec<Variant<Content>>,
    },
    Question(QuestionBlock),
    ListCollector(Box<ListCollector>),
    PrimaryPerson(Box<PrimaryPerson>),
    ListContent(Box<ListContent>),
    Relationships(Box<RelationshipCollector>),
    CalculatedSummary(CalculatedSummary),
    GrandCalculatedSummary(GrandCalculatedSummary),
    /// Known to the format; nobody shows it (spec/01 §4).
    AnswerSummary,
    Nested(Nested),
}

/// One of several, the first whose rule holds. A plain `question` is one without a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant<T> {
    pub when: Option<Rule>,
    pub of: T,
}

/// Where to go on, if the rule holds (spec/01 §3.4).
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    pub when: Option<Rule>,
    pub to: RouteTo,
}

#[derive(Clone, Debug, PartialEq)]
pub enum RouteTo {
    Block(Link<BlockIx>),
    Group(Link<GroupIx>),
    EndOfSection,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Introduction {
    pub title: Option<Text>,
    pub primary: Vec<IntroductionPart>,
    pub preview: Option<IntroductionPreview>,
    pub secondary: Vec<IntroductionPart>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct IntroductionPart {
    pub id: Box<str>,
    pub title: Option<Text>,
    pub contents: Option<Contents>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct IntroductionPreview {
    pub id: Option<Box<str>>,
    pub title: Option<Text>,
    pub contents: Option<Contents>,
    pub questions: Vec<PreviewQuestion>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct PreviewQuestion {
    pub id: Option<Box<str>>,
    pub question: Text,
    pub contents: Option<Contents>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Content {
    pub title: Text,
    pub instruction: Vec<Text>,
    pub contents: Option<Contents>,
}

/// Headings, paragraphs, bullets, definitions and guidance, as they come (spec/01 §4.2).
pub type Contents = Vec<ContentItem>;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ContentItem {
    pub title: Option<Text>,
    pub description: Option<Text>,
    pub list: Vec<Text>,
    pub definition: Option<Definition>,
    pub guidance: Option<Contents>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Definition {
    pub title: Text,
    pub contents: Contents,
}

#[derive(Clone, Debug, PartialEq)]
pub struct QuestionBlock {
    pub role: QuestionRole,
    pub questions: Vec<Variant<Question>>,
    pub list_summary: Option<ListSummary>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuestionRole {
    Ordinary,
    /// Not shown on summaries.
    Confirmation,
    /// Decides whether items of the list are added at all.
    Driving(ListIx),
}

/// A list shown above a question, for reading only (spec/01 §4.11).
#[derive(Clone, Debug, PartialEq)]
pub struct ListSummary {
    pub list: ListIx,
    pub item_title: Text,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ListCollector {
    pub list: ListIx,
    pub questions: Vec<Variant<Question>>,
    pub add: BlockIx,
    pub edit: BlockIx,
    pub remove: BlockIx,
    pub repeating: Vec<BlockIx>,
    pub item_title: Option<Text>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct PrimaryPerson {
    pub list: ListIx,
    pub questions: Vec<Variant<Question>>,
    pub add_or_edit: BlockIx,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ListContent {
    pub list: ListIx,
    pub content: Vec<Variant<Content>>,
    pub repeating: Vec<BlockIx>,
    pub item_title: Option<Text>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct RelationshipCollector {
    pub list: ListIx,
    pub questions: Vec<Variant<Question>>,
    pub unrelated: Option<BlockIx>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct CalculatedSummary {
    pub title: Text,
    pub total_label: Text,
    pub calculation: Calculation,
}

/// What a calculated summary sums (spec/01 §4.9).
#[derive(Clone, Debug, PartialEq)]
pub enum Calculation {
    /// `answers_to_calculate`.
    Answers(Vec<Link<AnswerIx>>),
    /// `operation`, a `+`.
    Rule(Rule),
}

#[derive(Clone, Debug, PartialEq)]
pub struct GrandCalculatedSummary {
    pub title: Text,
    pub total_label: Text,
    pub operation: Rule,
    /// The calculated summaries it adds, in order.
    pub parts: Vec<Link<BlockIx>>,
}

/// A page of a collector for one item: its questions' answers belong to that item.
#[derive(Clone, Debug, PartialEq)]
pub struct Nested {
    pub role: NestedRole,
    pub list: ListIx,
    pub questions: Vec<Variant<Question>>,
    pub cancel_text: Option<Words>,
    pub list_summary: Option<ListSummary>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NestedRole {
    Add,
    Edit,
    Remove,
    PrimaryAddOrEdit,
    Repeating,
    Unrelated,
}
