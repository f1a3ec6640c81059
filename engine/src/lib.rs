//! Given a questionnaire and a response: what is open, what is shown, what changes. No clock, no chance, no files.

pub mod apply;
mod check;
mod digest;
pub mod error;
pub mod form;
pub mod individual;
pub mod journey;
pub mod navigation;
pub mod open;
pub mod page;
pub mod place;
pub mod relationships;
pub mod response;
pub mod scope;
pub mod submission;
pub mod supplementary;
pub mod trace;
pub mod visitor;
pub mod wander;
