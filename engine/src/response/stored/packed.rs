//! Answers, visits and writers as they are stored: each with a table of the names it uses, and numbers in place of
//! names from there on. A name is looked up once, however many people it is used for.

use std::borrow::Cow;

use schema::Questionnaire;
use schema::questionnaire::{AnswerIx, BlockIx, SectionIx};
use schema::value::ListItemId;
use serde::{Deserialize, Serialize};

use super::value::{value as value_of, value_bytes};
use super::{Numbers, StoredError, bytes_of, named, unpacked};
use crate::place::{Place, SectionKey};
use crate::response::answers::{Packed, Read, Unwritten, UnwrittenValue};
use crate::response::{AnswerKey, Answers, Mark, Response, Visit, Visits};

#[derive(Serialize, Deserialize)]
struct StoredAnswers<'a> {
    #[serde(borrow)]
    table: Vec<&'a str>,
    next: u32,
    #[serde(borrow)]
    groups: Vec<StoredGroup<'a>>,
}

/// One [`Packed`] after another.
#[derive(Serialize, Deserialize)]
struct StoredGroup<'a> {
    item: Option<ListItemId>,
    #[serde(borrow, with = "serde_bytes")]
    entries: Cow<'a, [u8]>,
}

pub(super) fn write_answers(questionnaire: &Questionnaire, response: &Response) -> Vec<u8> {
    let answers = &response.answers;
    let mut numbers = Numbers::new(answers.read.table.to_vec());
    let mut groups: Vec<StoredGroup> = answers
        .unwritten()
        .map(|(item, unwritten)| StoredGroup {
            item,
            entries: match unwritten {
                Unwritten::Packed(bytes) => Cow::Borrowed(bytes),
                Unwritten::Entries(entries) => {
                    let mut bytes = Vec::new();
                    for (order, answer, value) in entries {
                        let value = match value {
                            UnwrittenValue::Packed(bytes) => Cow::Borrowed(bytes),
                            UnwrittenValue::Changed(value) => Cow::Owned(value_bytes(value)),
                        };
                        append(&mut bytes, order, numbers.of(answer), &value);
                    }
                    Cow::Owned(bytes)
                }
            },
        })
        .collect();
    let mut table: Vec<&str> =
        numbers.table.iter().map(|&answer| &*questionnaire.answer(answer).id).collect();
    let mut next = answers.next();
    for (name, item, value) in &response.aside.answers {
        let mut bytes = Vec::new();
        append(&mut bytes, next, table.len() as u32, &value_bytes(value));
        groups.push(StoredGroup { item: *item, entries: Cow::Owned(bytes) });
        table.push(name);
        next += 1;
    }
    bytes_of(&StoredAnswers { table, next, groups })
}

fn append(bytes: &mut Vec<u8>, order: u32, number: u32, value: &[u8]) {
    bytes.extend_from_slice(&bytes_of(&(order, number, serde_bytes::Bytes::new(value))));
}

pub(super) fn read_answers(
    questionnaire: &Questionnaire,
    bytes: &[u8],
    response: &mut Response,
) -> Result<(), StoredError> {
    let stored: StoredAnswers = unpacked(bytes)?;
    let names = &questionnaire.names.answers;
    let table: Vec<Option<AnswerIx>> = stored.table.iter().map(|&name| names.get(name).copied()).collect();
    let whole: Option<Vec<AnswerIx>> = table.iter().copied().collect();
    match whole {
        Some(whole) => response.answers = left_packed(&stored, whole),
        // Another questionnaire's: what it has no name for is to be told apart.
        None => unpack_all(&stored, &table, response)?,
    }
    Ok(())
}

fn entries<'a>(group: &'a StoredGroup<'_>) -> impl Iterator<Item = Result<Packed<'a>, StoredError>> {
    let mut rest = &*group.entries;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        match postcard::take_from_bytes::<Packed>(rest) {
            Ok((entry, after)) => {
                rest = after;
                Some(Ok(entry))
            }
            Err(_) => {
                rest = &[];
                Some(Err(StoredError::Malformed))
            }
        }
    })
}

/// Nobody goes through the entries: what was sealed is what [`write_answers`] wrote.
fn left_packed(stored: &StoredAnswers<'_>, table: Vec<AnswerIx>) -> Answers {
    let mut bytes = Vec::with_capacity(stored.groups.iter().map(|group| group.entries.len()).sum());
    let mut groups = Vec::with_capacity(stored.groups.len());
    for group in &stored.groups {
        let from = bytes.len();
        bytes.extend_from_slice(&group.entries);
        groups.push((group.item, from..bytes.len()));
    }
    Answers::packed(groups, stored.next, Read { bytes: bytes.into(), table: table.into() })
}

fn unpack_all(
    stored: &StoredAnswers<'_>,
    table: &[Option<AnswerIx>],
    response: &mut Response,
) -> Result<(), StoredError> {
    let mut all = Vec::new();
    for group in &stored.groups {
        for entry in entries(group) {
            let (order, number, value) = entry?;
            all.push((order, group.item, number, value_of(value)?));
        }
    }
    all.sort_by_key(|(order, ..)| *order);
    for (_, item, number, value) in all {
        match named(table, number)? {
            Some(answer) => drop(response.answers.set(AnswerKey::new(answer, item), value)),
            None => {
                let name = named(&stored.table, number)?;
                response.aside.answers.push((name.into(), item, value));
            }
        }
    }
    Ok(())
}

#[derive(Serialize, Deserialize)]
struct StoredVisits<'a> {
    #[serde(borrow)]
    sections: Vec<&'a str>,
    #[serde(borrow)]
    blocks: Vec<&'a str>,
    visits: Vec<StoredVisit>,
}

#[derive(Serialize, Deserialize)]
struct StoredVisit {
    section: u32,
    item: Option<ListItemId>,
    mark: u8,
    confirmed: Vec<u32>,
}

pub(super) fn write_visits(questionnaire: &Questionnaire, visits: &Visits) -> Vec<u8> {
    let (mut sections, mut blocks) = (Numbers::new(vec![]), Numbers::new(vec![]));
    let visits = visits
        .iter()
        .map(|(key, visit)| StoredVisit {
            section: sections.of(key.section),
            item: key.item,
            mark: mark_number(visit.mark),
            confirmed: visit.confirmed().iter().map(|&block| blocks.of(block)).collect(),
        })
        .collect();
    bytes_of(&StoredVisits {
        sections: sections.table.iter().map(|&section| &*questionnaire.section(section).id).collect(),
        blocks: block_names(questionnaire, &blocks.table),
        visits,
    })
}

fn block_names<'a>(questionnaire: &'a Questionnaire, blocks: &[BlockIx]) -> Vec<&'a str> {
    blocks.iter().map(|&block| &*questionnaire.block(block).id).collect()
}

fn mark_number(mark: Mark) -> u8 {
    match mark {
        Mark::Entered => 0,
        Mark::Reset => 1,
        Mark::Requested => 2,
    }
}

pub(super) fn mark_of(number: u8) -> Mark {
    match number {
        1 => Mark::Reset,
        2 => Mark::Requested,
        _ => Mark::Entered,
    }
}

pub(super) fn read_visits(
    questionnaire: &Questionnaire,
    bytes: &[u8],
    visits: &mut Visits,
) -> Result<(), StoredError> {
    let stored: StoredVisits = unpacked(bytes)?;
    let names = &questionnaire.names;
    let sections: Vec<Option<SectionIx>> =
        stored.sections.iter().map(|&name| names.sections.get(name).copied()).collect();
    let blocks = blocks_of(questionnaire, &stored.blocks);
    for visit in stored.visits {
        let mut confirmed = Vec::with_capacity(visit.confirmed.len());
        for number in visit.confirmed {
            confirmed.extend(named(&blocks, number)?);
        }
        let Some(section) = named(&sections, visit.section)? else { continue };
        let key = SectionKey { section, item: visit.item };
        visits.push(key, Visit::new(confirmed, mark_of(visit.mark)));
    }
    Ok(())
}

fn blocks_of(questionnaire: &Questionnaire, names: &[&str]) -> Vec<Option<BlockIx>> {
    names.iter().map(|&name| questionnaire.names.blocks.get(name).copied()).collect()
}

#[derive(Serialize, Deserialize)]
struct StoredWriters<'a> {
    #[serde(borrow)]
    blocks: Vec<&'a str>,
    items: Vec<ListItemId>,
    /// Block, item and other item by number, the items' one more than it is and zero for none; the page.
    writers: Vec<(u32, u32, u32, u32)>,
}

pub(super) fn write_writers(questionnaire: &Questionnaire, writers: &[(Place, u32)]) -> Vec<u8> {
    let (mut blocks, mut items) = (Numbers::new(vec![]), Numbers::new(vec![]));
    let mut item_number = |item: Option<ListItemId>| item.map_or(0, |item| items.of(item) + 1);
    let writers = writers
        .iter()
        .map(|(place, page)| (blocks.of(place.block), item_number(place.item), item_number(place.to), *page))
        .collect();
    let blocks = block_names(questionnaire, &blocks.table);
    bytes_of(&StoredWriters { blocks, items: items.table, writers })
}

pub(super) fn read_writers(
    questionnaire: &Questionnaire,
    bytes: &[u8],
    writers: &mut Vec<(Place, u32)>,
) -> Result<(), StoredError> {
    let stored: StoredWriters = unpacked(bytes)?;
    let blocks = blocks_of(questionnaire, &stored.blocks);
    let item = |number: u32| number.checked_sub(1).map(|number| named(&stored.items, number)).transpose();
    writers.reserve(stored.writers.len());
    for (block, from, to, page) in stored.writers {
        let (item, to) = (item(from)?, item(to)?);
        if let Some(block) = named(&blocks, block)? {
            writers.push((Place { block, item, to }, page));
        }
    }
    Ok(())
}
