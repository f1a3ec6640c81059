//! What was posted, and what it comes to: typed text into a value, or into what stands against it.
//!
//! Read on in: [`ask`] (a question as it is asked here), [`read`] (its form, field by field), and a file for each
//! kind of answer.

mod address;
mod asked;
mod choice;
mod date;
mod duration;
mod email;
mod mobile;
mod number;
mod reading;
#[cfg(test)]
pub(crate) mod testing;
mod text;
#[cfg(test)]
mod trash;

use std::fmt;

pub use asked::{Asked, AskedAnswer, Label, Limits, NumberLimit, ResolvedOption, ask};
pub use email::{EmailError, email};
pub use mobile::ten_digits;
pub use number::{clean, typed_number};
pub use reading::{AnswerReading, Errors, FieldErrors, Read, read};

/// Names and values of an `application/x-www-form-urlencoded` body. Prints nothing of itself.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Form {
    fields: Vec<(String, String)>,
}

impl Form {
    pub fn new(fields: Vec<(String, String)>) -> Self {
        Self { fields }
    }

    /// The first value of that name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(has, _)| has == name).map(|(_, value)| value.as_str())
    }

    /// Every value of that name, in the order sent.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(has, _)| has == name).map(|(_, value)| value.as_str())
    }

    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The first value of a part of a field: `NAME-PART`. Empty when it was not sent.
    pub fn part(&self, name: &str, part: &str) -> &str {
        let is_part = |has: &str| {
            has.strip_prefix(name).and_then(|rest| rest.strip_prefix('-')).is_some_and(|rest| rest == part)
        };
        self.fields.iter().find(|(has, _)| is_part(has)).map_or("", |(_, value)| value.as_str())
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Form({} fields …)", self.fields.len())
    }
}

/// Whether anything was entered: white space alone is nothing (spec/04 §3.1).
pub(crate) fn is_blank(typed: Option<&str>) -> bool {
    typed.is_none_or(|typed| typed.chars().all(char::is_whitespace))
}
