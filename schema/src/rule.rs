//! A rule of a questionnaire and what it may look at. Evaluated in [`evaluate`].

mod date;
mod operator;
mod source;

use crate::questionnaire::{AnswerIx, BlockIx, LanguageIx, Link, ListIx, Pointer, Questionnaire, SectionIx};
use crate::value::{Date, ListItemId, Timestamp, Value};

pub use date::{Weeks, difference, offset_date, read_date};
pub use operator::{evaluate, evaluate_with, holds, option_label};
pub use source::{part_of, resolve};

/// An operator and what it works on (spec/01 §7).
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    pub operator: Operator,
    pub operands: Vec<Operand>,
    pub pointer: Pointer,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    Equal,
    NotEqual,
    Greater,
    Less,
    GreaterOrEqual,
    LessOrEqual,
    In,
    AllIn,
    AnyIn,
    And,
    Or,
    Not,
    Count,
    Sum,
    Date,
    DateRange,
    FormatDate,
    Map,
    OptionLabelFromValue,
    /// Known to the format, carried out by nobody: reaching it is a fault.
    Concatenate,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    Literal(Value<'static>),
    Source(Source),
    Rule(Box<Rule>),
    /// `"self"` inside the function of a `map` or the transform of dynamic options.
    Itself,
    /// The second operand of `date`.
    Offset(Offset),
}

/// Days, months and years to add to a date, and the weekday to go back to first (spec/01 §7.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Offset {
    pub days: i32,
    pub months: i32,
    pub years: i32,
    /// Monday is 0.
    pub day_of_week: Option<i8>,
}

/// Where a value comes from (spec/01 §8).
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    Answer(AnswerSource),
    Metadata(Box<str>),
    ResponseMetadata(Box<str>),
    List(Link<ListIx>, ListPart),
    Location(LocationPart),
    CalculatedSummary(Link<BlockIx>),
    GrandCalculatedSummary(Link<BlockIx>),
    Progress(Part),
    Supplementary(SupplementarySource),
}

#[derive(Clone, Debug, PartialEq)]
pub struct AnswerSource {
    pub answer: Link<AnswerIx>,
    /// The part of an address or a duration.
    pub part: Option<Box<str>>,
    pub item: ItemSelector,
}

#[derive(Clone, Debug, PartialEq)]
pub enum ItemSelector {
    /// As spec/01 §8.1 step 1 says for a source without `list_item_selector`.
    Implied,
    Location(LocationPart),
    List(Link<ListIx>, ListPart),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListPart {
    Items,
    Count,
    First,
    PrimaryPerson,
    SameNameItems,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LocationPart {
    Item,
    To,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    Section(Link<SectionIx>),
    Block(Link<BlockIx>),
}

#[derive(Clone, Debug, PartialEq)]
pub struct SupplementarySource {
    pub identifier: Box<str>,
    pub list: Option<ListIx>,
    pub selectors: Vec<Box<str>>,
}

/// Where the one who asks stands: the item, the "to" item of a relationship, and the list its address names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Here {
    pub item: Option<ListItemId>,
    pub to: Option<ListItemId>,
    pub list: Option<ListIx>,
}

/// A list as a rule sees it.
#[derive(Clone, Copy, Debug, Default)]
pub struct ListView<'a> {
    pub items: &'a [ListItemId],
    pub primary: Option<ListItemId>,
    pub same_names: &'a [ListItemId],
}

/// A definition that cannot be carried out here. Never the respondent's mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub block: Option<BlockIx>,
    pub pointer: Pointer,
    pub why: FaultKind,
}

impl Fault {
    /// A fault whose place is not known yet.
    pub fn of(why: FaultKind) -> Self {
        Self { block: None, pointer: Pointer::default(), why }
    }

    /// Says where it stands, unless something nearer to it has.
    pub fn at(self, pointer: &Pointer) -> Self {
        if self.pointer.0.is_empty() { Self { pointer: pointer.clone(), ..self } } else { self }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// A name that nothing in the questionnaire bears.
    Dangling(Box<str>),
    /// None of the variants' rules holds.
    NoVariant,
    /// A choice without any option.
    NoOptions,
    FirstOfEmptyList,
    /// Values of kinds that cannot be ordered, added, joined or read as a date.
    WrongKind(&'static str),
    UnknownUnit(Box<str>),
    UnknownPlaceholder(Box<str>),
    NoPluralForm(&'static str),
    NoSuchOption,
    /// A placeholder inside a tag, where no escaping is right.
    PlaceholderInTag,
    /// Known to the format, but nobody carries it out (spec/00, quirks).
    NotCarriedOut(Box<str>),
    /// What the one who asks may not use, such as the place when there is none.
    NoPlace,
    /// Rules that lead in a circle.
    Circle,
    NothingToCompareWith,
}

/// What a rule may look at; made for the one who asks, so what it may not see is not there.
///
/// Absent things are [`Value::Null`].
pub trait Scope {
    fn questionnaire(&self) -> &Questionnaire;
    fn answer(&self, source: &AnswerSource) -> Result<Value<'_>, Fault>;
    fn list(&self, list: ListIx) -> ListView<'_>;
    fn metadata(&self, name: &str) -> Value<'_>;
    fn started_at(&self) -> Option<Timestamp>;
    fn supplementary(&self, source: &SupplementarySource) -> Result<Value<'_>, Fault>;
    /// The total of a calculated or grand calculated summary.
    fn total(&self, summary: BlockIx) -> Result<Value<'_>, Fault>;
    fn progress(&self, part: &Part) -> Result<Value<'_>, Fault>;
    fn here(&self) -> Here;
    /// In UTC.
    fn today(&self) -> Date;
    /// The language of texts that a rule makes: the base one, but in placeholders that of the page.
    fn language(&self) -> LanguageIx;
    /// What `first_non_empty_item` may see of an answer: spec/02 §2.6. `Null` when it is off its path.
    fn answer_on_path(&self, source: &AnswerSource, items: &[&AnswerSource]) -> Result<Value<'_>, Fault>;
}
