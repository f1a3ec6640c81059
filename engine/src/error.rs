//! What stands against an answer. Data only: the sentence is chosen where the language is known.

use schema::value::Number;
use serde::Serialize;

/// A respondent's mistake (spec/04 §2). `key` names the message in a definition's overrides.
#[derive(Clone, Debug, PartialEq)]
pub enum AnswerError {
    /// `MANDATORY_…` of the answer's type.
    Mandatory(&'static str),
    /// Framework: a radio or dropdown value that is no option.
    NotAChoice,
    /// Framework: checkbox values that are no options, as typed.
    NotChoices(Vec<String>),
    TooLong {
        max: i64,
    },
    NotANumber,
    NotWhole,
    TooManyDecimals {
        max: u32,
    },
    TooSmall {
        min: Number,
        exclusive: bool,
    },
    TooLarge {
        max: Number,
        exclusive: bool,
    },
    InvalidDate,
    InvalidYear,
    /// The day before the first allowed one, formatted.
    TooEarly {
        min: String,
    },
    TooLate {
        max: String,
    },
    InvalidDuration,
    InvalidMobileNumber,
    InvalidDateRange,
    PeriodTooSmall {
        min: String,
    },
    PeriodTooLarge {
        max: String,
    },
    /// `TOTAL_SUM_…`, and the total, formatted.
    Total {
        key: &'static str,
        total: String,
    },
    MutuallyExclusive,
    MandatoryQuestion,
}

/// An error as a page shows it: one of our messages with its arguments, or the author's own words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ErrorText {
    /// Of [`AnswerError`], as in spec/04 §2, or `NOT_A_CHOICE`, `NOT_CHOICES`.
    pub key: &'static str,
    /// By name, formatted for the language of the definition.
    pub args: Vec<(&'static str, String)>,
    /// The author's sentence, with its tokens filled in.
    pub author: Option<String>,
}
