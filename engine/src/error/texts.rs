//! Makes errors into what a page shows: which words, the author's own where there are any, and what to put into them.

use schema::format;
use schema::questionnaire::{Answer, AnswerKind, Locale, Messages, Numeric};
use schema::rule::{Fault, Scope};
use schema::text::{plain, words};
use schema::value::Number;

use super::{AnswerError, ErrorText};
use crate::form::{Asked, Errors};
use crate::page::{ErrorLink, Tongue};

/// The errors of a form, ready to be shown.
#[derive(Default)]
pub struct ErrorTexts {
    pub question: Vec<ErrorText>,
    /// By field id, in display order; an answer's own before its details'.
    pub answers: Vec<(String, Vec<ErrorText>)>,
}

impl ErrorTexts {
    /// What stands against an answer; the first is shown in its panel.
    pub fn of(&self, field_id: &str) -> &[ErrorText] {
        self.answers.iter().find(|(has, _)| has == field_id).map_or(&[], |(_, texts)| texts)
    }

    /// The list at the top of the page, with the id that each link points to.
    ///
    /// Source: spec/04 §9.
    pub fn links(&self, question_id: &str) -> Vec<ErrorLink> {
        let link = |id: &str, text: &ErrorText| ErrorLink { id: format!("{id}-error"), text: text.clone() };
        let question = self.question.iter().map(|text| link(question_id, text));
        let answers = self.answers.iter().flat_map(|(id, texts)| texts.iter().map(|text| link(id, text)));
        question.chain(answers).collect()
    }
}

/// Words for the errors of a question.
///
/// # Errors
/// The question's title cannot be put together.
///
/// Source: spec/04 §2.
pub fn texts(
    asked: &Asked<'_>,
    errors: &Errors,
    scope: &dyn Scope,
    tongue: Tongue,
) -> Result<ErrorTexts, Fault> {
    let needs_title =
        |error: &AnswerError| matches!(error, AnswerError::Mandatory(_) | AnswerError::MandatoryQuestion);
    let title = if errors.iter().any(|(_, error)| needs_title(error)) {
        let title = words(&asked.question.title, tongue.definition, scope)?;
        without_braces(&plain(title.html))
    } else {
        String::new()
    };
    let teller = Teller { scope, tongue, title };
    let mut answers = Vec::with_capacity(errors.answers.len());
    for field in &errors.answers {
        let Some(answer) = asked.answers.iter().find(|answer| answer.field_id == field.field_id) else {
            continue;
        };
        let mut texts: Vec<_> =
            field.own.iter().map(|error| teller.of_answer(error, answer.answer)).collect();
        for (id, errors) in &field.details {
            if let Some((_, detail)) = answer.details().find(|(_, detail)| detail.field_id == **id) {
                texts.extend(errors.iter().map(|error| teller.of_answer(error, detail.answer)));
            }
        }
        answers.push((field.field_id.clone(), texts));
    }
    let question = errors.question.iter().map(|error| teller.of_question(error, &asked.question.messages));
    Ok(ErrorTexts { question: question.collect(), answers })
}

struct Teller<'a> {
    scope: &'a dyn Scope,
    tongue: Tongue,
    /// Of the question, as plain text.
    title: String,
}

impl Teller<'_> {
    /// The question's own words, or ours: those of the whole questionnaire do not count here.
    fn of_question(&self, error: &AnswerError, messages: &Messages) -> ErrorText {
        self.text(error, None, &[messages])
    }

    fn of_answer(&self, error: &AnswerError, answer: &Answer) -> ErrorText {
        let everywhere = &self.scope.questionnaire().messages;
        let messages: &[&Messages] = match error {
            AnswerError::NotAChoice | AnswerError::NotChoices(_) | AnswerError::InvalidYear => &[],
            AnswerError::TooEarly { .. } | AnswerError::TooLate { .. } => &[&answer.messages],
            _ => &[&answer.messages, everywhere],
        };
        self.text(error, Some(&answer.kind), messages)
    }

    fn text(&self, error: &AnswerError, kind: Option<&AnswerKind>, messages: &[&Messages]) -> ErrorText {
        let key = error.key();
        let args = self.args(error, kind);
        let own = messages.iter().find_map(|messages| messages.get(key));
        let author = own.map(|own| filled(own.in_language(self.tongue.definition), &args));
        ErrorText { key, args, author }
    }

    fn args(&self, error: &AnswerError, kind: Option<&AnswerKind>) -> Vec<(&'static str, String)> {
        let ui = self.tongue.ui;
        match error {
            AnswerError::Mandatory(_) | AnswerError::MandatoryQuestion => {
                vec![("question_title", self.title.clone())]
            }
            AnswerError::NotChoices(values) => {
                let quoted: Vec<_> = values.iter().map(|value| format!("'{value}'")).collect();
                vec![("count", values.len().to_string()), ("values", quoted.join(", "))]
            }
            AnswerError::TooLong { max } => vec![("max", max.to_string())],
            AnswerError::TooManyDecimals { max } => vec![("max", max.to_string())],
            AnswerError::TooSmall { min, .. } => vec![("min", bound(*min, kind, ui))],
            AnswerError::TooLarge { max, .. } => vec![("max", bound(*max, kind, ui))],
            AnswerError::TooEarly { min } | AnswerError::PeriodTooSmall { min } => vec![("min", min.clone())],
            AnswerError::TooLate { max } | AnswerError::PeriodTooLarge { max } => vec![("max", max.clone())],
            AnswerError::Total { total, .. } => vec![("total", total.clone())],
            AnswerError::NotAChoice
            | AnswerError::NotANumber
            | AnswerError::NotWhole
            | AnswerError::InvalidDate
            | AnswerError::InvalidYear
            | AnswerError::InvalidDuration
            | AnswerError::InvalidMobileNumber
            | AnswerError::InvalidDateRange
            | AnswerError::MutuallyExclusive => vec![],
        }
    }
}

/// A bound as its answer is written: money as money (spec/04 §4.2).
fn bound(bound: Number, kind: Option<&AnswerKind>, ui: Locale) -> String {
    if let Some(AnswerKind::Number(number)) = kind
        && let Numeric::Currency { code } = &number.numeric
    {
        let limit = (number.decimal_places > 0).then_some(number.decimal_places);
        return format::currency(bound, code, limit, ui);
    }
    format::number(bound, ui)
}

/// A text with its printf tokens filled in: `%(max)s`, `%(max)d`, and `%%` for a percent sign. What is no token stays.
fn filled(text: &str, args: &[(&'static str, String)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (token, length) = token(rest, args).unwrap_or(("%", 1));
        out.push_str(token);
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

/// What the token at the beginning stands for, and how long it is.
fn token<'a>(text: &str, args: &'a [(&'static str, String)]) -> Option<(&'a str, usize)> {
    if text.starts_with("%%") {
        return Some(("%", 2));
    }
    let (name, after) = text.strip_prefix("%(")?.split_once(')')?;
    let kind = after.chars().next().filter(char::is_ascii_alphabetic)?;
    let (_, value) = args.iter().find(|(has, _)| *has == name)?;
    Some((value, "%()".len() + name.len() + kind.len_utf8()))
}

/// `{anything}` becomes `…`.
fn without_braces(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, from)) = rest.split_once('{') {
        let Some((_, after)) = from.split_once('}') else { break };
        out.push_str(before);
        out.push('…');
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::form::testing::Desk;

    fn desk(kind: &str, own: Json, everywhere: Json) -> Desk {
        let answer = json!({
            "id": "a", "type": kind, "mandatory": true, "label": "A", "validation": {"messages": own},
            "maximum": {"value": if kind == "YearDate" { json!("2016") } else { json!(1000) }}
        });
        Desk::with_messages(
            json!({"title": "How <em>many</em> & why?", "answers": [answer]}),
            &[],
            everywhere,
        )
    }

    #[test]
    fn an_answer_s_own_words_come_before_the_questionnaire_s_and_those_before_ours() {
        let everywhere =
            json!({"INVALID_NUMBER": "Figures, please", "NUMBER_TOO_LARGE": "Less than %(max)s"});
        let told = desk("Number", json!({"INVALID_NUMBER": "Count them"}), everywhere);
        assert_eq!(told.of("x"), "Count them");
        assert_eq!(told.of("1001"), "Less than 1,000");
        assert_eq!(told.of("1.5"), "INVALID_INTEGER");
    }

    #[test]
    fn the_questionnaire_s_words_do_not_count_for_years_and_limits_of_dates() {
        let words =
            json!({"INVALID_YEAR_FORMAT": "Year!", "SINGLE_DATE_PERIOD_TOO_LATE": "Before %(max)s, please"});
        let everywhere = desk("YearDate", json!({}), words.clone());
        assert_eq!(everywhere.told(&[("a-year", "16")]), "INVALID_YEAR_FORMAT");
        assert_eq!(everywhere.told(&[("a-year", "2020")]), "SINGLE_DATE_PERIOD_TOO_LATE max=2017");
        let own = desk("YearDate", words, json!({}));
        assert_eq!(own.told(&[("a-year", "16")]), "INVALID_YEAR_FORMAT");
        assert_eq!(own.told(&[("a-year", "2020")]), "Before 2017, please");
    }

    #[test]
    fn the_question_s_words_are_its_own_or_ours() {
        let year = |id| json!({"id": id, "type": "YearDate", "mandatory": false, "label": "Y"});
        let question = json!({
            "type": "DateRange", "answers": [year("from"), year("to")],
            "period_limits": {"maximum": {"years": 1}},
            "validation": {"messages": {"DATE_PERIOD_TOO_LARGE": "At most %(max)s"}},
        });
        let desk = Desk::with_messages(question, &[], json!({"INVALID_DATE_RANGE": "Never seen"}));
        assert_eq!(desk.told(&[("from-year", "2016"), ("to-year", "2018")]), "At most 1 year");
        assert_eq!(desk.told(&[("from-year", "2016"), ("to-year", "2016")]), "INVALID_DATE_RANGE");
    }

    #[test]
    fn a_mandatory_message_may_name_the_question_without_its_markup() {
        let told =
            desk("Number", json!({"MANDATORY_NUMBER": "‘%(question_title)s’: 100%% needed"}), json!({}));
        assert_eq!(told.of(""), "‘How many & why?’: 100% needed");
    }

    #[test]
    fn what_is_no_token_stays() {
        let args = [("max", "10".to_owned())];
        for (text, told) in [
            ("%(max)s and %(max)d", "10 and 10"),
            ("100% of %(max)s%%", "100% of 10%"),
            ("%(min)s %(max) %(max", "%(min)s %(max) %(max"),
            ("%", "%"),
            ("ŵ%(max)sŷ", "ŵ10ŷ"),
        ] {
            assert_eq!(filled(text, &args), told);
        }
        assert_eq!(without_braces("For {name} and {other}, {"), "For … and …, {");
    }
}
