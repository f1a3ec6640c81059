//! Answers, visits and writers as the first form had them, with each name spelled out: read, and no longer written.

use schema::Questionnaire;
use schema::value::{ListItemId, Value};
use serde::Deserialize;

use super::packed::mark_of;
use super::{StoredError, unpacked};
use crate::place::{Place, SectionKey};
use crate::response::{AnswerKey, Response, Visit};

#[derive(Deserialize)]
struct StoredAnswer<'a> {
    #[serde(borrow)]
    answer: &'a str,
    item: Option<ListItemId>,
    value: Value<'a>,
}

#[derive(Deserialize)]
struct StoredVisit<'a> {
    #[serde(borrow)]
    section: &'a str,
    item: Option<ListItemId>,
    #[serde(borrow)]
    confirmed: Vec<&'a str>,
    mark: u8,
}

#[derive(Deserialize)]
struct StoredWriter<'a> {
    #[serde(borrow)]
    block: &'a str,
    item: Option<ListItemId>,
    to: Option<ListItemId>,
    page: u32,
}

pub(super) fn read_answers(
    questionnaire: &Questionnaire,
    bytes: &[u8],
    response: &mut Response,
) -> Result<(), StoredError> {
    for StoredAnswer { answer, item, value } in unpacked::<Vec<StoredAnswer>>(bytes)? {
        match questionnaire.names.answers.get(answer) {
            Some(&ix) => drop(response.answers.set(AnswerKey::new(ix, item), value.into_owned())),
            None => response.aside.answers.push((answer.into(), item, value.into_owned())),
        }
    }
    Ok(())
}

pub(super) fn read_visits(
    questionnaire: &Questionnaire,
    bytes: &[u8],
    response: &mut Response,
) -> Result<(), StoredError> {
    let names = &questionnaire.names;
    for visit in unpacked::<Vec<StoredVisit>>(bytes)? {
        let Some(&section) = names.sections.get(visit.section) else { continue };
        let confirmed = visit.confirmed.iter().filter_map(|&id| names.blocks.get(id).copied()).collect();
        let key = SectionKey { section, item: visit.item };
        response.visits.push(key, Visit::new(confirmed, mark_of(visit.mark)));
    }
    Ok(())
}

pub(super) fn read_writers(
    questionnaire: &Questionnaire,
    bytes: &[u8],
    response: &mut Response,
) -> Result<(), StoredError> {
    for writer in unpacked::<Vec<StoredWriter>>(bytes)? {
        if let Some(&block) = questionnaire.names.blocks.get(writer.block) {
            let place = Place { block, item: writer.item, to: writer.to };
            response.writers.push((place, writer.page));
        }
    }
    Ok(())
}
