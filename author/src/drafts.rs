//! A draft: one document, changed by JSON Patch, every change kept with its inverse. It may be broken; it is saved all
//! the same, with what stands against it.
//!
//! `pointer` finds places, `patch` is pure, `log` reads and writes.

mod log;
mod patch;
mod pointer;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use log::{Begun, Draft, Edit, MOST, Saved, Unsaved, at_revision, begin, changes, read, save};
pub use patch::{Operation, Patch, PatchError, apply};
pub use pointer::{parent, step, steps};

/// One saved change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Change {
    /// The revision that it made.
    pub revision: i64,
    /// What it did, in the author's words: "Move block Turnover".
    pub label: String,
    #[schema(value_type = Vec<Operation>)]
    pub patch: Patch,
    /// Takes it back.
    #[schema(value_type = Vec<Operation>)]
    pub inverse: Patch,
    pub actor: Person,
    /// When, in UTC.
    pub at: String,
    /// The revision that it took back, if it did.
    pub undoes: Option<i64>,
}

/// Somebody, as others see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Person {
    pub id: String,
    pub name: String,
}
