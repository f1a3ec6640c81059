//! Given a questionnaire and a response: what is open, what is shown, what changes. No clock, no chance, no files.

pub mod error;
pub mod form;
pub mod page;
pub mod place;
pub mod response;
