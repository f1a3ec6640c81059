//! Where a respondent can be, and what an address says besides.

use std::fmt;

use schema::questionnaire::{BlockIx, SectionIx};
use schema::value::ListItemId;

use crate::individual::IndividualStep;

/// A section, or one instance of a repeating section; for repeating blocks, the collector's section and the item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SectionKey {
    pub section: SectionIx,
    pub item: Option<ListItemId>,
}

/// One page: a block, the item it is about, and for a relationship the other person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    pub block: BlockIx,
    pub item: Option<ListItemId>,
    pub to: Option<ListItemId>,
}

impl Place {
    pub fn of(block: BlockIx, item: Option<ListItemId>) -> Self {
        Self { block, item, to: None }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// `/questionnaire/`: the hub, or the way to the first incomplete page.
    Entry,
    Section(SectionKey),
    Block(Place),
    /// The first pair of the relationship collector, or the last.
    Relationships {
        last: bool,
    },
    Submit,
    Preview,
    ThankYou,
    Submitted,
    /// A page on the way to a form of their own for one of the household.
    Individual(IndividualStep),
}

/// A location and what the address says beside it: all that the runner's routes print and parse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub location: Location,
    pub back: Back,
    /// `?list_item_id=`: of a link to a page that asks of each item, the item it was followed for (spec/02 §6.3).
    pub list_item: Option<ListItemId>,
    /// `?previous=`: the block that led to an add page.
    pub previous: Option<Box<str>>,
    /// `?resume=True`: the page was reached by coming back (spec/02 §15).
    pub resume: bool,
    /// `?journey=`: from where somebody began to ask for a form of their own (spec/02 §11).
    pub journey: Option<Box<str>>,
    /// `?mobile_number=`: what was typed two pages before. Whoever prints addresses seals it.
    pub number: Option<TypedNumber>,
    pub anchor: Option<Box<str>>,
}

impl Target {
    pub fn at(location: Location) -> Self {
        Self {
            location,
            back: Back::default(),
            list_item: None,
            previous: None,
            resume: false,
            journey: None,
            number: None,
            anchor: None,
        }
    }

    pub fn block(place: Place) -> Self {
        Self::at(Location::Block(place))
    }

    pub fn with_back(mut self, back: Back) -> Self {
        self.back = back;
        self
    }

    pub fn with_anchor(mut self, anchor: Option<Box<str>>) -> Self {
        self.anchor = anchor;
        self
    }

    pub fn place(&self) -> Option<Place> {
        if let Location::Block(place) = self.location { Some(place) } else { None }
    }
}

/// A telephone number as it was typed. Prints nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct TypedNumber(pub Box<str>);

impl fmt::Debug for TypedNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TypedNumber(…)")
    }
}

/// The summary a page was opened from, to which it returns (spec/02 §6.3). Values are kept as they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Back {
    pub to: Option<Box<str>>,
    pub block: Option<Box<str>>,
    pub answer: Option<Box<str>>,
    pub item: Option<Box<str>>,
    pub order: BackOrder,
}

impl Back {
    pub fn is_empty(&self) -> bool {
        self.to.is_none() && self.block.is_none() && self.answer.is_none() && self.item.is_none()
    }
}

/// In which order an address names the parts of [`Back`] (spec/02 §6.3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BackOrder {
    /// `return_to`, `return_to_block_id`, `return_to_answer_id`, `return_to_list_item_id`.
    #[default]
    PassedOn,
    /// `return_to`, `return_to_answer_id`, `return_to_block_id`, `return_to_list_item_id`.
    FromSummary,
    /// `return_to`, `return_to_block_id`, `return_to_list_item_id`, `return_to_answer_id`.
    ToCalculatedSummary,
}
