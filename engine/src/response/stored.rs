//! The form in which a response is kept: names, not indices, so that any version of the questionnaire can read it.
//!
//! A list of numbered fields, each in postcard. A field that this version does not know is kept through a rewrite.

mod first;
mod packed;
mod table;
mod value;

use std::borrow::Cow;

use schema::Questionnaire;
use schema::value::{ListItemId, Timestamp};
use serde::{Deserialize, Serialize};
use table::{Numbers, named};
pub(super) use value::value;

use super::{Answers, Aside, ItemList, Launch, Lists, Response, Submitted, Visits};
use crate::supplementary::{Supplementary, SuppliedList};

/// Why bytes are not a response. Names that this questionnaire lacks are no reason: they go aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoredError {
    Malformed,
    /// Written by a version that says an older one must not touch it.
    TooNew,
}

/// Raised when an older runner could no longer rewrite the form without harm.
const NEEDS: u8 = 2;

mod field {
    pub const CLAIMS: u8 = 1;
    /// Of the first form, as are the other two that say so.
    pub const FIRST_ANSWERS: u8 = 2;
    pub const LISTS: u8 = 3;
    pub const FIRST_VISITS: u8 = 4;
    pub const FIRST_WRITERS: u8 = 5;
    pub const STARTED_AT: u8 = 6;
    pub const SUBMITTED: u8 = 7;
    pub const SUPPLEMENTARY: u8 = 8;
    pub const INDIVIDUAL_REQUESTS: u8 = 9;
    pub const ANSWERS: u8 = 10;
    pub const VISITS: u8 = 11;
    pub const WRITERS: u8 = 12;
}

#[derive(Serialize, Deserialize)]
struct Stored<'a> {
    needs: u8,
    #[serde(borrow)]
    fields: Vec<Field<'a>>,
}

#[derive(Serialize, Deserialize)]
struct Field<'a> {
    number: u8,
    #[serde(borrow, with = "serde_bytes")]
    bytes: Cow<'a, [u8]>,
}

impl Field<'_> {
    fn new(number: u8, bytes: Vec<u8>) -> Self {
        Self { number, bytes: Cow::Owned(bytes) }
    }
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
    let submitted = response.submitted.as_ref().map(|submitted| StoredSubmitted {
        at_seconds: submitted.at.as_second(),
        id: &submitted.id,
        language: &submitted.language,
    });
    let claims = serde_json::to_string(&response.launch.claims).expect("a JSON map always serialises");
    let mut fields = vec![
        Field::new(field::CLAIMS, bytes_of(&claims)),
        Field::new(field::ANSWERS, packed::write_answers(q, response)),
        Field::new(field::LISTS, bytes_of(&lists)),
        Field::new(field::VISITS, packed::write_visits(q, &response.visits)),
        Field::new(field::WRITERS, packed::write_writers(q, &response.writers)),
        Field::new(field::STARTED_AT, bytes_of(&response.started_at.map(Timestamp::as_microsecond))),
        Field::new(field::SUBMITTED, bytes_of(&submitted)),
    ];
    if let Some(supplementary) = &response.supplementary {
        let data = serde_json::to_string(&supplementary.data).expect("a JSON map always serialises");
        let lists = supplementary.lists.iter().map(|list| {
            let items = list.items.iter().map(|(identifier, item)| (identifier.to_string(), *item)).collect();
            (list.name.to_string(), items)
        });
        let stored = StoredSupplementary { data, lists: lists.collect() };
        fields.push(Field::new(field::SUPPLEMENTARY, bytes_of(&stored)));
    }
    if !response.individual_requests.is_empty() {
        let requests = bytes_of(&response.individual_requests);
        fields.push(Field::new(field::INDIVIDUAL_REQUESTS, requests));
    }
    let unknown = response.aside.fields.iter();
    fields.extend(unknown.map(|(number, bytes)| Field { number: *number, bytes: Cow::Borrowed(bytes) }));
    bytes_of(&Stored { needs: NEEDS, fields })
}

fn bytes_of<T: Serialize>(value: &T) -> Vec<u8> {
    postcard::to_allocvec(value).expect("every stored type serialises")
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
    for Field { number, bytes } in &stored.fields {
        match *number {
            field::CLAIMS => {
                let text: &str = unpacked(bytes)?;
                response.launch.claims = serde_json::from_str(text).map_err(|_| StoredError::Malformed)?;
            }
            field::FIRST_ANSWERS => first::read_answers(questionnaire, bytes, &mut response)?,
            field::FIRST_VISITS => first::read_visits(questionnaire, bytes, &mut response)?,
            field::FIRST_WRITERS => first::read_writers(questionnaire, bytes, &mut response)?,
            field::ANSWERS => packed::read_answers(questionnaire, bytes, &mut response)?,
            field::VISITS => packed::read_visits(questionnaire, bytes, &mut response.visits)?,
            field::WRITERS => packed::read_writers(questionnaire, bytes, &mut response.writers)?,
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
            _ => response.aside.fields.push((*number, bytes.to_vec())),
        }
    }
    Ok(response)
}

fn unpacked<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, StoredError> {
    postcard::from_bytes(bytes).map_err(|_| StoredError::Malformed)
}
