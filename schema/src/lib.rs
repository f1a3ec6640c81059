//! What a questionnaire is, and whether this one is sound.
//!
//! Read on in: [`definition`] (the JSON as written), [`link`](mod@link) (into a [`Questionnaire`]), [`rule`], [`text`], and
//! [`check`] (everything that is wrong with a definition).

pub mod check;
pub mod definition;
pub mod diagnostic;
pub mod format;
pub mod link;
pub mod questionnaire;
pub mod rule;
#[cfg(test)]
mod testing;
pub mod text;
pub mod translate;
pub mod upgrade;
pub mod value;

pub use link::link;
pub use questionnaire::Questionnaire;
