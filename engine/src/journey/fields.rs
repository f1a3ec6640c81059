//! What a journey gives, as the fields of a form: by the type of each answer.

use schema::Questionnaire;
use schema::questionnaire::{AnswerKind, Precision, Repeats};

use super::line::parts;
use super::{AnswerName, Post};
use crate::individual::IndividualStep;

/// The fields of a post, with its button's. `item` finds the id of a list's n-th item, `offered` the value of the n-th
/// option of the page one is at.
///
/// # Errors
/// An answer that is not there, or a value that is none of its type, in words.
pub fn fields(
    questionnaire: &Questionnaire,
    post: &Post,
    item: &dyn Fn(&str, usize) -> Option<String>,
    offered: &dyn Fn(usize) -> Option<String>,
) -> Result<Vec<(String, String)>, String> {
    let mut fields = Vec::new();
    for (name, value) in &post.given {
        if name.id == IndividualStep::Who.field().unwrap_or_default() {
            let number = value.parse().map_err(|_| format!("{value} is no number of a person"))?;
            let person = offered(number).ok_or_else(|| format!("{number} people are not offered"))?;
            fields.push((name.id.clone(), person));
            continue;
        }
        if name.id.starts_with("individual-response-") {
            fields.push((name.id.clone(), value.clone()));
            continue;
        }
        answer_fields(questionnaire, name, value, item, &mut fields)?;
    }
    fields.push((post.button.name().to_owned(), String::new()));
    Ok(fields)
}

fn answer_fields(
    questionnaire: &Questionnaire,
    name: &AnswerName,
    value: &str,
    item: &dyn Fn(&str, usize) -> Option<String>,
    fields: &mut Vec<(String, String)>,
) -> Result<(), String> {
    let kind = kind_of(questionnaire, &name.id).ok_or_else(|| format!("there is no answer {}", name.id))?;
    let mut id = name.id.clone();
    let info = questionnaire.names.answers.get(&*name.id).map(|&ix| questionnaire.answer(ix));
    if let (Some(number), Some(Repeats::Dynamic(list))) = (name.item, info.map(|info| info.repeats)) {
        let list = &questionnaire.list(list).name;
        let item = item(list, number).ok_or_else(|| format!("{list} has no item {number}"))?;
        id = format!("{id}-{item}");
    }
    match kind {
        AnswerKind::Checkbox { .. } => {
            let values = value.split('|').map(str::trim).filter(|value| !value.is_empty());
            fields.extend(values.map(|value| (id.clone(), value.to_owned())));
        }
        AnswerKind::Date(date) => {
            for (part, typed) in date_parts(value, date.precision)? {
                fields.push((format!("{id}-{part}"), typed));
            }
        }
        AnswerKind::Duration { .. } | AnswerKind::Address { .. } => {
            for (part, typed) in parts(value)? {
                fields.push((format!("{id}-{part}"), typed));
            }
        }
        _ => fields.push((id, value.to_owned())),
    }
    Ok(())
}

/// `2021-05-03` types day `3`, month `5`, year `2021`; what is not a date is told part by part.
fn date_parts(value: &str, precision: Precision) -> Result<Vec<(String, String)>, String> {
    if value.contains('=') || value.is_empty() {
        return parts(value);
    }
    let names: &[&str] = match precision {
        Precision::Day => &["year", "month", "day"],
        Precision::Month => &["year", "month"],
        Precision::Year => &["year"],
    };
    let typed: Vec<&str> = value.split('-').collect();
    if typed.len() != names.len() {
        return Err(format!("{value} is no date of this answer"));
    }
    let short = |text: &str| match text.trim_start_matches('0') {
        "" => text.to_owned(),
        short => short.to_owned(),
    };
    Ok(names.iter().zip(typed).rev().map(|(name, typed)| ((*name).to_owned(), short(typed))).collect())
}

/// How the first question that asks an answer, or has it as a detail, defines it.
pub(super) fn kind_of<'a>(questionnaire: &'a Questionnaire, id: &str) -> Option<&'a AnswerKind> {
    let questions =
        questionnaire.blocks.iter().flat_map(|block| block.questions()).map(|variant| &variant.of);
    let answers = questions.flat_map(|question| {
        question.dynamic.iter().flat_map(|dynamic| &dynamic.answers).chain(&question.answers)
    });
    for answer in answers {
        if &*answer.id == id {
            return Some(&answer.kind);
        }
        if let AnswerKind::Radio { options, .. }
        | AnswerKind::Checkbox { options, .. }
        | AnswerKind::Dropdown { options, .. } = &answer.kind
        {
            let mut details = options.fixed.iter().filter_map(|option| option.detail.as_deref());
            if let Some(detail) = details.find(|detail| &*detail.id == id) {
                return Some(&detail.kind);
            }
        }
    }
    None
}
