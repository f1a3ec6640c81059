//! Is this definition sound? First its shape, then every rule that shape cannot say.
//!
//! The verdict equals that of eQ's own validator. What it lets pass although it is likely to be a mistake is a warning.
//! A rule says nothing of what another has already told: a name that leads nowhere is one fault, not five.
//! Source: spec/06; design.md, "Check and link".

mod shape;

mod index;
mod node;

// What concerns the whole.
mod ids;
mod metadata;
mod placeholders;
mod sources;
pub(crate) mod texts;

// Sections and blocks, outermost first.
mod blocks;
mod collectors;
mod routing;
mod rules;
mod summaries;
mod totals;
mod variants;

// Questions and their answers.
mod answers;
mod dates;
mod numbers;
mod options;
mod questions;

// What is submitted; what no verdict depends on.
mod answer_codes;
mod languages;
mod loose_ends;

use serde_json::Value;

use crate::{
    diagnostic::{Diagnostic, Report},
    value::Date,
};

pub use languages::difference;
pub use shape::Shape;

/// The code of every fault of shape: a key missing, unknown or of the wrong kind, a value outside its list.
pub const STRUCTURE: &str = "structure";

type Found = Vec<Diagnostic>;

/// Reports everything that is wrong with a definition, in one language. Never panics, whatever the document.
///
/// `today` is what `now` means where the limits of a date are compared.
#[must_use]
pub fn check(definition: &Value, today: Date) -> Report {
    let mut found = Shape::compiled().faults(definition);
    let index = index::Index::new(definition, today);
    metadata::check(&index, &mut found);
    placeholders::check(&index, &mut found);
    ids::check(&index, &mut found);
    texts::check(&index, &mut found);
    sources::check(&index, &mut found);
    routing::check(&index, &mut found);
    variants::check(&index, &mut found);
    blocks::check(&index, &mut found);
    collectors::check(&index, &mut found);
    summaries::check(&index, &mut found);
    totals::check(&index, &mut found);
    questions::check(&index, &mut found);
    answer_codes::check(&index, &mut found);
    loose_ends::check(&index, &mut found);
    found.sort_by_cached_key(|diagnostic| place(definition, &diagnostic.pointer));
    Report { diagnostics: found }
}

/// Where a pointer leads, as positions from the root, so that findings come in the order of the document.
pub(crate) fn place(definition: &Value, pointer: &str) -> Vec<usize> {
    let mut here = Some(definition);
    let mut place = Vec::new();
    for step in pointer.split('/').skip(1) {
        let key = step.replace("~1", "/").replace("~0", "~");
        let (position, next) = match here {
            Some(Value::Object(members)) => {
                (members.keys().position(|other| *other == key), members.get(&key))
            }
            Some(Value::Array(items)) => {
                let position = key.parse().ok();
                (position, position.and_then(|position: usize| items.get(position)))
            }
            _ => (None, None),
        };
        place.push(position.unwrap_or(usize::MAX));
        here = next;
    }
    place
}
