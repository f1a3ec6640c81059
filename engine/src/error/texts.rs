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
