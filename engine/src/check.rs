//! What holds between the answers of one question: totals, the span of two dates, either one or the other.

mod period;
mod total;

use schema::questionnaire::{AnswerKind, Locale, QuestionKind};
use schema::rule::{Fault, Scope};

use crate::error::AnswerError;
use crate::form::{AnswerReading, Asked};
use crate::response::Response;

/// What stands against the question as a whole.
///
/// # Errors
/// Nothing to compare a total with, or a limit past the calendar's end.
///
/// Source: spec/04 §4.10.
pub fn check(
    asked: &Asked<'_>,
    readings: &[AnswerReading],
    response: &Response,
    scope: &dyn Scope,
    ui: Locale,
) -> Result<Vec<AnswerError>, Fault> {
    let are_valid = readings.iter().all(AnswerReading::is_valid);
    let error = match &asked.question.kind {
        QuestionKind::Calculated { calculations, currency } => {
            let sums = total::Sums { asked, readings, response, scope, ui };
            sums.check(calculations, currency.as_deref())?
        }
        QuestionKind::DateRange { minimum, maximum } if are_valid => {
            period::check(readings, *minimum, *maximum, ui)
                .map_err(|fault| fault.at(&asked.question.pointer))?
        }
        QuestionKind::MutuallyExclusive { mandatory } if are_valid => {
            mutually_exclusive(asked, readings, *mandatory)
        }
        _ => None,
    };
    Ok(error.into_iter().collect())
}

fn mutually_exclusive(asked: &Asked<'_>, readings: &[AnswerReading], mandatory: bool) -> Option<AnswerError> {
    let answered = readings.iter().filter(|reading| matches!(&reading.own, Ok(Some(_)))).count();
    let is_choice =
        |kind: &AnswerKind| matches!(kind, AnswerKind::Checkbox { .. } | AnswerKind::Radio { .. });
    match answered {
        0 if mandatory && asked.answers.iter().all(|answer| is_choice(&answer.answer.kind)) => {
            Some(AnswerError::Mandatory("MANDATORY_CHECKBOX"))
        }
        0 if mandatory => Some(AnswerError::MandatoryQuestion),
        0 | 1 => None,
        _ => Some(AnswerError::MutuallyExclusive),
    }
}
