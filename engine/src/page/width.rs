//! How wide an input is, by the longest number that fits it.

use schema::Questionnaire;
use schema::questionnaire::{AnswerIx, AnswerKind, Link, NumberAnswer, NumberBound, NumberReference};
use schema::rule::Source;

/// Characters of a number field: 1 to 10, 15, 20, 30, 40 or 50.
///
/// Source: spec/03 §8.3.
pub fn width(answer: &NumberAnswer, questionnaire: &Questionnaire) -> u32 {
    let minimum = length(answer.minimum.as_ref(), questionnaire, |answer| answer.minimum.as_ref(), 1);
    let maximum = length(answer.maximum.as_ref(), questionnaire, |answer| answer.maximum.as_ref(), 15);
    let longest = minimum.max(maximum).saturating_add(answer.decimal_places);
    let mut widths = (1..=10).chain([15, 20, 30, 40, 50]);
    widths.find(|&width| width >= longest).unwrap_or(50)
}

/// Digits and sign of a bound. One from another answer is as long as that answer's own.
fn length(
    bound: Option<&NumberBound>,
    questionnaire: &Questionnaire,
    same_bound: impl Fn(&NumberAnswer) -> Option<&NumberBound>,
    usual: u32,
) -> u32 {
    match bound.map(|bound| &bound.value) {
        Some(NumberReference::Source(Source::Answer(source))) => match source.answer {
            Link::To(ix) => number_answer(ix, questionnaire)
                .and_then(same_bound)
                .and_then(|bound| literal_length(&bound.value))
                .unwrap_or(usual),
            Link::Dangling(_) => usual,
        },
        Some(reference) => literal_length(reference).unwrap_or(usual),
        None => usual,
    }
}

fn literal_length(reference: &NumberReference) -> Option<u32> {
    let NumberReference::Literal(number) = reference else { return None };
    let count = number.to_string().chars().filter(|&character| character != '.').count();
    u32::try_from(count).ok()
}

/// By its first definition.
fn number_answer(ix: AnswerIx, questionnaire: &Questionnaire) -> Option<&NumberAnswer> {
    let (block, variant) = *questionnaire.answer(ix).defined_in.first()?;
    let question = &questionnaire.block(block).questions().get(usize::from(variant))?.of;
    match &question.all_answers().find(|answer| answer.ix == ix)?.kind {
        AnswerKind::Number(number) => Some(number),
        _ => None,
    }
}
