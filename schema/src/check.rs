//! Is this definition sound? First its shape, then every rule that shape cannot say.
//!
//! The verdict equals that of eQ's own validator. What it lets pass although it is likely to be a mistake is a warning.
//! Source: spec/06; design.md, "Check and link".

mod shape;

use serde_json::Value;

use crate::diagnostic::Report;

/// The code of every fault of shape: a key missing, unknown or of the wrong kind, a value outside its list.
pub const STRUCTURE: &str = "structure";

pub use shape::Shape;

/// Reports everything that is wrong with a definition. Never panics, whatever the document.
#[must_use]
pub fn check(definition: &Value) -> Report {
    Report { diagnostics: Shape::compiled().faults(definition) }
}
