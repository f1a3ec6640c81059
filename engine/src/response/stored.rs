//! The form in which a response is kept: names, not indices, so that any version of the questionnaire can read it.
//!
//! A list of numbered fields, each in postcard. A field that this version does not know is kept through a rewrite.

use std::borrow::Cow;

use schema::Questionnaire;
use schema::value::{ListItemId, Timestamp, Value};
use serde::{Deserialize, Serialize};

use super::{Answers, Aside, ItemList, Launch, Lists, Mark, Response, Submitted, Visit, Visits};
use crate::place::{Place, SectionKey};
use crate::response::AnswerKey;
use crate::supplementary::{Supplementary, SuppliedList};

/// Why bytes are not a response. Names that this questionnaire lacks are no reason: they go aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoredError {
    Malformed,
    /// Written by a version that says an older one must not touch it.
    TooNew,
}

/// Raised when an older runner could no longer rewrite the form without harm.
const NEEDS: u8 = 1;

mod field {
    pub const CLAIMS: u8 = 1;
    pub const ANSWERS: u8 = 2;
    pub const LISTS: u8 = 3;
    pub const VISITS: u8 = 4;
    pub const WRITERS: u8 = 5;
    pub const STARTED_AT: u8 = 6;
    pub const SUBMITTED: u8 = 7;
    pub const SUPPLEMENTARY: u8 = 8;
    pub const INDIVIDUAL_REQUESTS: u8 = 9;
}

#[derive(Serialize, Deserialize)]
struct Stored<'a> {
    needs: u8,
    #[serde(borrow)]
    fields: Vec<(u8, Cow<'a, [u8]>)>,
}

#[derive(Serialize, Deserialize)]
struct StoredAnswer<'a> {
    #[serde(borrow)]
    answer: &'a str,
    item: Option<ListItemId>,
    value: Value<'a>,
}

#[derive(Serialize, Deserialize)]
struct StoredList<'a> {
    #[serde(borrow)]
    name: &'a str,
    items: Vec<ListItemId>,
    primary: Option<ListItemId>,
    same_names: Vec<ListItemId>,
}

#[derive(Serialize, Deserialize)]
struct StoredVisit<'a> {
    #[serde(borrow)]
    section: &'a str,
    item: Option<ListItemId>,
    #[serde(borrow)]
    confirmed: Vec<&'a str>,
    mark: u8,
}

#[derive(Serialize, Deserialize)]
struct StoredWriter<'a> {
    #[serde(borrow)]
    block: &'a str,
    item: Option<ListItemId>,
    to: Option<ListItemId>,
    page: u32,
}

#[derive(Serialize, Deserialize)]
struct StoredSubmitted<'a> {
    at_seconds: i64,
    #[serde(borrow)]
    id: &'a str,
    #[serde(borrow)]
    language: &'a str,
}

/// JSON texts, and per list each identifier, as JSON, with its item.
#[derive(Serialize, Deserialize)]
struct StoredSupplementary {
    data: String,
    lists: Vec<(String, Vec<(String, ListItemId)>)>,
}

impl StoredSupplementary {
    fn open(self) -> Result<Supplementary, StoredError> {
        let data = serde_json::from_str(&self.data).map_err(|_| StoredError::Malformed)?;
        let list = |(name, items): (String, Vec<(String, ListItemId)>)| {
            let items = items.into_iter().map(|(identifier, item)| {
                let identifier = serde_json::from_str(&identifier).map_err(|_| StoredError::Malformed)?;
                Ok((identifier, item))
            });
            Ok(SuppliedList { name: name.into(), items: items.collect::<Result<_, _>>()? })
        };
        Ok(Supplementary { data, lists: self.lists.into_iter().map(list).collect::<Result<_, _>>()? })
    }
}

/// Writes a response in its stored form.
pub fn write(questionnaire: &Questionnaire, response: &Response) -> Vec<u8> {
    let q = questionnaire;
    let answers: Vec<_> = response
        .answers
        .iter()
        .map(|(key, value)| StoredAnswer {
            answer: &q.answer(key.answer).id,
            item: key.item,
            value: value.borrowed(),
        })
        .chain(response.aside.answers.iter().map(|(answer, item, value)| StoredAnswer {
            answer,
            item: *item,
            value: value.borrowed(),
        }))
        .collect();
    let lists: Vec<_> = response
        .lists
        .iter()
        .map(|list| StoredList {
            name: &q.list(list.list).name,
            items: list.items.clone(),
            primary: list.primary,
            same_names: list.same_names.clone(),
        })
        .chain(response.aside.lists.iter().map(|(name, list)| StoredList {
            name,
            items: list.clone(),
            primary: None,
            same_names: vec![],
        }))
        .collect();
    let visits: Vec<_> = response
        .visits
        .iter()
        .map(|(key, visit)| StoredVisit {
            section: &q.section(key.section).id,
            item: key.item,
            confirmed: visit.confirmed().iter().map(|&block| &*q.block(block).id).collect(),
            mark: match visit.mark {
                Mark::Entered => 0,
                Mark::Reset => 1,
                Mark::Requested => 2,
            },
        })
        .collect();
    let writers: Vec<_> = response
        .writers
        .iter()
        .map(|(place, page)| StoredWriter {
            block: &q.block(place.block).id,
            item: place.item,
            to: place.to,
            page: *page,
        })
        .collect();
    let submitted = response.submitted.as_ref().map(|submitted| StoredSubmitted {
        at_seconds: submitted.at.as_second(),
        id: &submitted.id,
        language: &submitted.language,
    });
    let claims = serde_json::to_string(&response.launch.claims).expect("a JSON map always serialises");
    let mut fields = vec![
        (field::CLAIMS, packed(&claims)),
        (field::ANSWERS, packed(&answers)),
        (field::LISTS, packed(&lists)),
        (field::VISITS, packed(&visits)),
        (field::WRITERS, packed(&writers)),
        (field::STARTED_AT, packed(&response.started_at.map(Timestamp::as_microsecond))),
        (field::SUBMITTED, packed(&submitted)),
    ];
    if let Some(supplementary) = &response.supplementary {
        let data = serde_json::to_string(&supplementary.data).expect("a JSON map always serialises");
        let lists = supplementary.lists.iter().map(|list| {
            let items = list.items.iter().map(|(identifier, item)| (identifier.to_string(), *item)).collect();
            (list.name.to_string(), items)
        });
        let stored = StoredSupplementary { data, lists: lists.collect() };
        fields.push((field::SUPPLEMENTARY, packed(&stored)));
    }
    if !response.individual_requests.is_empty() {
        fields.push((field::INDIVIDUAL_REQUESTS, packed(&response.individual_requests)));
    }
    fields.extend(response.aside.fields.iter().map(|(number, bytes)| (*number, Cow::Borrowed(&**bytes))));
    packed(&Stored { needs: NEEDS, fields }).into_owned()
}

fn packed<T: Serialize>(value: &T) -> Cow<'static, [u8]> {
    Cow::Owned(postcard::to_allocvec(value).expect("every stored type serialises"))
}

/// Reads a response back. What the questionnaire has no name for goes aside.
///
/// # Errors
/// Only what no version could have written, or what a newer one forbids older ones to touch.
pub fn read(questionnaire: &Questionnaire, bytes: &[u8]) -> Result<Response, StoredError> {
    let stored: Stored = unpacked(bytes)?;
    if stored.needs > NEEDS {
        return Err(StoredError::TooNew);
    }
    let names = &questionnaire.names;
    let mut response = Response {
        launch: Launch { claims: serde_json::Map::new() },
        answers: Answers::default(),
        lists: Lists::default(),
        visits: Visits::default(),
        writers: vec![],
        started_at: None,
        individual_requests: vec![],
        supplementary: None,
        submitted: None,
        aside: Aside::default(),
    };
    for (number, bytes) in &stored.fields {
        match *number {
            field::CLAIMS => {
                let text: &str = unpacked(bytes)?;
                response.launch.claims = serde_json::from_str(text).map_err(|_| StoredError::Malformed)?;
            }
            field::ANSWERS => {
                for StoredAnswer { answer, item, value } in unpacked::<Vec<StoredAnswer>>(bytes)? {
                    match names.answers.get(answer) {
                        Some(&ix) => response.answers.push(AnswerKey::new(ix, item), value.into_owned()),
                        None => response.aside.answers.push((answer.into(), item, value.into_owned())),
                    }
                }
            }
            field::LISTS => {
                for list in unpacked::<Vec<StoredList>>(bytes)? {
                    match names.lists.get(list.name) {
                        Some(&ix) => response.lists.push(ItemList {
                            list: ix,
                            items: list.items,
                            primary: list.primary,
                            same_names: list.same_names,
                        }),
                        None => response.aside.lists.push((list.name.into(), list.items)),
                    }
                }
            }
            field::VISITS => {
                for visit in unpacked::<Vec<StoredVisit>>(bytes)? {
                    let Some(&section) = names.sections.get(visit.section) else { continue };
                    let confirmed = visit.confirmed.iter().filter_map(|&id| names.blocks.get(id).copied());
                    let mark = match visit.mark {
                        1 => Mark::Reset,
                        2 => Mark::Requested,
                        _ => Mark::Entered,
                    };
                    let key = SectionKey { section, item: visit.item };
                    response.visits.push(key, Visit::new(confirmed, mark));
                }
            }
            field::WRITERS => {
                for writer in unpacked::<Vec<StoredWriter>>(bytes)? {
                    if let Some(&block) = names.blocks.get(writer.block) {
                        let place = Place { block, item: writer.item, to: writer.to };
                        response.writers.push((place, writer.page));
                    }
                }
            }
            field::STARTED_AT => {
                let at: Option<i64> = unpacked(bytes)?;
                response.started_at = at
                    .map(|at| Timestamp::from_microsecond(at).map_err(|_| StoredError::Malformed))
                    .transpose()?;
            }
            field::SUPPLEMENTARY => {
                response.supplementary = Some(unpacked::<StoredSupplementary>(bytes)?.open()?);
            }
            field::INDIVIDUAL_REQUESTS => response.individual_requests = unpacked(bytes)?,
            field::SUBMITTED => {
                let submitted: Option<StoredSubmitted> = unpacked(bytes)?;
                response.submitted = submitted
                    .map(|submitted| {
                        Ok(Submitted {
                            at: Timestamp::from_second(submitted.at_seconds)
                                .map_err(|_| StoredError::Malformed)?,
                            id: submitted.id.into(),
                            language: submitted.language.into(),
                        })
                    })
                    .transpose()?;
            }
            _ => response.aside.fields.push((*number, bytes.clone().into_owned())),
        }
    }
    Ok(response)
}

fn unpacked<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, StoredError> {
    postcard::from_bytes(bytes).map_err(|_| StoredError::Malformed)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn every_kind_of_value_reads_back_as_it_was_written() {
        let values = [
            Value::Null,
            Value::Bool(true),
            Value::Number("-1.50".parse().unwrap()),
            Value::text("Ŵyn & \u{0}"),
            Value::List(vec![Value::text("a"), Value::Number("0".parse().unwrap())]),
            Value::Parts(vec![("years".into(), Value::Number("1".parse().unwrap()))]),
        ];
        for value in values {
            let bytes = postcard::to_allocvec(&value).unwrap();
            let read: Value = postcard::from_bytes(&bytes).unwrap();
            assert!(read == value);
            if let (Value::Number(one), Value::Number(two)) = (&read, &value) {
                assert_eq!(one.to_string(), two.to_string());
            }
        }
    }
}
