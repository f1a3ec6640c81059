//! What stands against an answer. Data only: the sentence is chosen where the language is known.

mod texts;

use std::fmt;

use schema::value::Number;
use serde::Serialize;

pub use texts::{ErrorTexts, texts};

/// A respondent's mistake (spec/04 §2). `key` names the message in a definition's overrides.
#[derive(Clone, PartialEq)]
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

impl AnswerError {
    /// Names the message, in overrides and in ours (spec/04 §2).
    pub fn key(&self) -> &'static str {
        match self {
            Self::Mandatory(key) | Self::Total { key, .. } => key,
            Self::NotAChoice => "NOT_A_CHOICE",
            Self::NotChoices(_) => "NOT_CHOICES",
            Self::TooLong { .. } => "MAX_LENGTH_EXCEEDED",
            Self::NotANumber => "INVALID_NUMBER",
            Self::NotWhole => "INVALID_INTEGER",
            Self::TooManyDecimals { .. } => "INVALID_DECIMAL",
            Self::TooSmall { exclusive: false, .. } => "NUMBER_TOO_SMALL",
            Self::TooSmall { exclusive: true, .. } => "NUMBER_TOO_SMALL_EXCLUSIVE",
            Self::TooLarge { exclusive: false, .. } => "NUMBER_TOO_LARGE",
            Self::TooLarge { exclusive: true, .. } => "NUMBER_TOO_LARGE_EXCLUSIVE",
            Self::InvalidDate => "INVALID_DATE",
            Self::InvalidYear => "INVALID_YEAR_FORMAT",
            Self::TooEarly { .. } => "SINGLE_DATE_PERIOD_TOO_EARLY",
            Self::TooLate { .. } => "SINGLE_DATE_PERIOD_TOO_LATE",
            Self::InvalidDuration => "INVALID_DURATION",
            Self::InvalidMobileNumber => "INVALID_MOBILE_NUMBER",
            Self::InvalidDateRange => "INVALID_DATE_RANGE",
            Self::PeriodTooSmall { .. } => "DATE_PERIOD_TOO_SMALL",
            Self::PeriodTooLarge { .. } => "DATE_PERIOD_TOO_LARGE",
            Self::MutuallyExclusive => "MUTUALLY_EXCLUSIVE",
            Self::MandatoryQuestion => "MANDATORY_QUESTION",
        }
    }
}

/// The kind alone: bounds may come from answers, and wrong choices were typed.
impl fmt::Debug for AnswerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

/// An error as a page shows it: one of our messages with its arguments, or the author's own words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ErrorText {
    /// Of [`AnswerError`], as in spec/04 §2, or `NOT_A_CHOICE`, `NOT_CHOICES`.
    pub key: &'static str,
    /// By name, formatted as the interface's locale has it (spec/04 §7).
    pub args: Vec<(&'static str, String)>,
    /// The author's sentence, with its tokens filled in.
    pub author: Option<String>,
}
