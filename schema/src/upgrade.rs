//! The format of 2021 into today's: the same questionnaire, written as the runner of today reads it.
//!
//! Each file maps one part of it; they run in an order in which places of the source keep their positions for as long as
//! notes point at them. Source: spec/09.

mod walk;

mod notes;
mod signs;

// What may stand anywhere.
mod sources;
mod texts;

// Inside out: questions, the conditions on blocks, and what surrounds them.
mod conditions;
mod facts;
mod flow;
mod questions;
mod routes;
mod shared_answers;
mod units;

#[cfg(test)]
mod tests;

use serde_json::Value;

pub use notes::{Kind, Note};
pub use signs::is_of_2021;
pub(crate) use texts::{UNCHECKED as MORE_PLACES, mended};
pub(crate) use walk::{Path, objects};

use notes::Notes;

/// A definition of today, and what a person should know of how it came about.
#[derive(Clone, Debug, PartialEq)]
pub struct Upgraded {
    /// The definition.
    pub definition: Value,
    /// In the order of the source.
    pub notes: Vec<Note>,
}

/// Turns a definition of 2021 into one of today; one that shows no sign of 2021 comes back as it is.
///
/// `suggestions_root` is the address of the folder of suggestion lists, in place of `{suggestions_url_root}`; without it
/// the words stay, and the runner's setting says what they stand for. Never fails on what the validator of 2021 accepted,
/// and never panics, whatever the document.
#[must_use]
pub fn upgrade(source: &Value, suggestions_root: Option<&str>) -> Upgraded {
    let mut definition = source.clone();
    let mut notes = Notes::default();
    if is_of_2021(source) {
        let facts = facts::Facts::of(source);
        sources::upgrade(&mut definition, &mut notes);
        texts::upgrade(&mut definition, &mut notes);
        questions::upgrade(&mut definition, suggestions_root, &mut notes);
        routes::upgrade(&mut definition, &facts, &mut notes);
        shared_answers::upgrade(&mut definition, &mut notes);
        flow::upgrade(&mut definition, &facts, &mut notes);
    }
    Upgraded { definition, notes: notes.in_order_of(source) }
}
