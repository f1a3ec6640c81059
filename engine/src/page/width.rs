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

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use serde_json::{Value as Json, json};

    use super::*;
    use crate::form::testing::Desk;

    fn width_of(more: Json, other: Json) -> u32 {
        let question = |id: &str, more: Json| {
            let mut answer = json!({"id": id, "type": "Number", "mandatory": false, "label": "N"});
            answer.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            json!({"answers": [answer]})
        };
        let desk = Desk::asking(question("a", more), &[question("b", other)]);
        let width = desk.ask(|asked, _| match &asked.answers[0].answer.kind {
            AnswerKind::Number(number) => width(number, &desk.questionnaire),
            _ => 0,
        });
        width.unwrap()
    }

    #[test]
    fn a_field_is_as_wide_as_its_longest_bound_and_its_decimals() {
        let of_b = json!({"value": {"source": "answers", "identifier": "b"}});
        for (answer, other, width) in [
            (json!({}), json!({}), 15),
            (json!({"decimal_places": 2}), json!({}), 20),
            (json!({"maximum": {"value": 100}}), json!({}), 3),
            (json!({"maximum": {"value": 100}, "decimal_places": 2}), json!({}), 5),
            (json!({"minimum": {"value": -1000}, "maximum": {"value": 100}}), json!({}), 5),
            (json!({"maximum": {"value": 99_999_999_999_i64}}), json!({}), 15),
            (json!({"maximum": of_b.clone()}), json!({"maximum": {"value": 99}}), 2),
            (json!({"maximum": of_b.clone()}), json!({}), 15),
            (json!({"minimum": of_b, "maximum": {"value": 9}}), json!({}), 1),
            (json!({"maximum": {"value": {"source": "metadata", "identifier": "most"}}}), json!({}), 15),
        ] {
            assert_eq!(width_of(answer.clone(), other), width, "{answer}");
        }
    }
}
