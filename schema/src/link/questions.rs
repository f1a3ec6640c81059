//! Questions, and what must hold between their answers.

use super::answers::{self, Around};
use super::at::At;
use super::rules::{self, literal};
use super::{contents, texts};
use crate::definition::{self, QuestionKind as Written, Reference};
use crate::questionnaire::{
    Comparison, Concatenation, DynamicAnswers, Period, Question, QuestionKind, TotalCheck, TotalTarget,
};
use crate::value::Value;

pub(super) fn question(at: &At, written: &definition::Question, around: Around) -> Question {
    let definition = match (written.definition.first(), written.definitions.first()) {
        (Some(written), _) => Some(contents::explanation(&at.key("definition"), written)),
        (None, Some(written)) => Some(contents::explanation(&at.key("definitions").index(0), written)),
        (None, None) => None,
    };
    Question {
        id: written.id.clone(),
        title: texts::text(&at.key("title"), &written.title),
        description: texts::each(&at.key("description"), &written.description),
        instruction: texts::each(&at.key("instruction"), &written.instruction),
        guidance: contents::guidance(&at.key("guidance"), written.guidance.as_ref()),
        definition,
        warning: texts::maybe(&at.key("warning"), written.warning.as_ref()),
        kind: kind(at, written),
        answers: answers::each(&at.key("answers"), &written.answers, around),
        dynamic: written.dynamic_answers.as_ref().and_then(|written| dynamic(at, written, around)),
        concatenation: written.summary.as_ref().and_then(|summary| {
            match summary.concatenation_type.as_deref()? {
                "Newline" => Some(Concatenation::Newline),
                "Space" => Some(Concatenation::Space),
                _ => None,
            }
        }),
        messages: texts::messages(&at.key("validation").key("messages"), &written.validation.messages),
        pointer: at.pointer(),
    }
}

fn dynamic(at: &At, written: &definition::DynamicAnswers, around: Around) -> Option<DynamicAnswers> {
    let at = at.key("dynamic_answers");
    let Some(list) = at.names().list_named(&written.values.identifier) else {
        at.wrong("dynamic answers without a list");
        return None;
    };
    Some(DynamicAnswers { list, answers: answers::each(&at.key("answers"), &written.answers, around) })
}

fn kind(at: &At, written: &definition::Question) -> QuestionKind {
    match written.kind {
        Written::General => QuestionKind::General,
        Written::MutuallyExclusive => QuestionKind::MutuallyExclusive { mandatory: written.mandatory },
        Written::DateRange => {
            let limits = written.period_limits.as_ref();
            QuestionKind::DateRange {
                minimum: limits.and_then(|limits| limits.minimum.as_ref()).map(period),
                maximum: limits.and_then(|limits| limits.maximum.as_ref()).map(period),
            }
        }
        Written::Calculated => {
            let at = at.key("calculations");
            QuestionKind::Calculated {
                calculations: written
                    .calculations
                    .iter()
                    .enumerate()
                    .map(|(nth, written)| total_check(&at.index(nth), written))
                    .collect(),
                currency: written.currency.clone(),
            }
        }
    }
}

fn period(written: &definition::Period) -> Period {
    Period { years: written.years, months: written.months, days: written.days }
}

fn total_check(at: &At, written: &definition::TotalCheck) -> TotalCheck {
    let target = match (&written.answer_id, &written.value) {
        (Some(id), _) => TotalTarget::Answer(rules::answer_link(at, id)),
        (None, Some(Reference::Source(written))) => {
            TotalTarget::Source(rules::source(&at.key("value"), written))
        }
        (None, Some(Reference::Literal(written))) => match literal(written) {
            Value::Number(number) => TotalTarget::Literal(number),
            _ => TotalTarget::Missing,
        },
        (None, None) => TotalTarget::Missing,
    };
    TotalCheck {
        answers: written.answers_to_calculate.iter().map(|id| rules::answer_link(at, id)).collect(),
        target,
        condition: comparison(at, &written.conditions),
    }
}

/// One condition, or `equals` with another (spec/01 §5.1).
fn comparison(at: &At, written: &[Box<str>]) -> Comparison {
    let has = |name: &str| written.iter().any(|condition| &**condition == name);
    match (has("equals"), has("less than"), has("greater than")) {
        (true, false, false) => Comparison::Equal,
        (false, true, false) => Comparison::Less,
        (true, true, false) => Comparison::LessOrEqual,
        (false, false, true) => Comparison::Greater,
        (true, false, true) => Comparison::GreaterOrEqual,
        _ => {
            at.key("conditions").wrong("conditions that say nothing, or against each other");
            Comparison::Equal
        }
    }
}
