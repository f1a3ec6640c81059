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

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use crate::form::testing::Desk;

    fn either(mandatory: bool, first: Json) -> Desk {
        let never = json!({
            "id": "never", "type": "Checkbox", "mandatory": false, "options": [{"label": "Never", "value": "Never"}]
        });
        Desk::asking(
            json!({"type": "MutuallyExclusive", "mandatory": mandatory, "answers": [first, never]}),
            &[],
        )
    }

    #[test]
    fn only_one_of_mutually_exclusive_answers_may_be_given() {
        let date = json!({"id": "a", "type": "YearDate", "mandatory": false, "label": "A"});
        let desk = either(false, date.clone());
        assert_eq!(desk.told(&[]), "nothing; nothing");
        assert_eq!(desk.told(&[("a-year", "2016")]), r#""2016"; nothing"#);
        assert_eq!(desk.told(&[("never", "Never")]), r#"nothing; "Never""#);
        assert_eq!(desk.told(&[("a-year", "2016"), ("never", "Never")]), "MUTUALLY_EXCLUSIVE");
        assert_eq!(desk.told(&[("a-year", "x"), ("never", "Never")]), "INVALID_DATE", "fields come first");
        assert_eq!(either(true, date).told(&[]), "MANDATORY_QUESTION");
    }

    #[test]
    fn where_all_are_choices_the_mandatory_message_is_that_of_choices() {
        let radio = json!({
            "id": "a", "type": "Radio", "mandatory": false, "options": [{"label": "Often", "value": "Often"}]
        });
        assert_eq!(either(true, radio).told(&[]), "MANDATORY_CHECKBOX");
    }
}
