//! What was known of a unit before it answered: kept as it came, with the list items made of it.
//!
//! Source: spec/02 §12.

use schema::Questionnaire;
use schema::questionnaire::ListIx;
use schema::value::ListItemId;
use serde_json::{Map, Value as Json};

use crate::apply::reopen_for_list;
use crate::response::Response;
use crate::visitor::Moment;

/// Data of one unit. Prints nothing.
#[derive(Clone, Default, PartialEq)]
pub struct Supplementary {
    /// Whole, as decrypted and checked: `items` holds the lists by name, each item with its `identifier`.
    pub data: Map<String, Json>,
    /// Which list item stands for which identifier, by list, both in the data's order.
    pub lists: Vec<SuppliedList>,
}

/// The items of one list.
#[derive(Clone, PartialEq)]
pub struct SuppliedList {
    pub name: Box<str>,
    /// An identifier is text or a whole number.
    pub items: Vec<(Json, ListItemId)>,
}

impl std::fmt::Debug for Supplementary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Supplementary(…)")
    }
}

/// A list that the questionnaire declares is not in the data (spec/02 §12.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoList(pub Box<str>);

impl Supplementary {
    /// The items of a list, as they came.
    fn items<'a>(data: &'a Map<String, Json>, name: &str) -> &'a [Json] {
        let items = data.get("items").and_then(|items| items.get(name)).and_then(Json::as_array);
        items.map(Vec::as_slice).unwrap_or_default()
    }

    /// What is known of a list item.
    pub fn of_item(&self, item: ListItemId) -> Option<&Json> {
        self.lists.iter().find_map(|list| {
            let at = list.items.iter().position(|(_, has)| *has == item)?;
            Self::items(&self.data, &list.name).get(at)
        })
    }
}

/// Whether the data have every list that the questionnaire declares.
///
/// # Errors
/// [`NoList`], the first that is missing.
pub fn check(questionnaire: &Questionnaire, data: &Map<String, Json>) -> Result<(), NoList> {
    let has = |name: &str| data.get("items").and_then(|items| items.get(name)).is_some_and(Json::is_array);
    let mut declared = questionnaire.supplementary_lists.iter().map(|&list| &questionnaire.list(list).name);
    declared.find(|name| !has(name)).map_or(Ok(()), |name| Err(NoList(name.clone())))
}

/// Puts new data in the place of those there were: an identifier that was there keeps its list item, a new one makes
/// one, and one that is gone takes with it all that was said of its item. Whatever depends on a list is asked again.
///
/// # Errors
/// [`NoList`]; then nothing was changed.
pub fn supply(
    questionnaire: &Questionnaire,
    response: &mut Response,
    data: Map<String, Json>,
    moment: &Moment,
) -> Result<(), NoList> {
    check(questionnaire, &data)?;
    let before = response.supplementary.take().unwrap_or_default();
    let mut made = 0;
    let mut lists = Vec::new();
    let named = data.get("items").and_then(Json::as_object);
    for (name, items) in named.into_iter().flatten() {
        let Some(&list) = questionnaire.names.lists.get(name.as_str()) else { continue };
        let known = before.lists.iter().find(|list| *list.name == **name);
        let mut mapped = Vec::new();
        for identifier in items.as_array().into_iter().flatten().filter_map(|item| item.get("identifier")) {
            let kept = known.and_then(|known| known.items.iter().find(|(has, _)| has == identifier));
            let item = kept.map_or_else(
                || {
                    let item = fresh(response, moment, &mut made);
                    response.lists.add(list, item);
                    item
                },
                |(_, item)| *item,
            );
            mapped.push((identifier.clone(), item));
        }
        lists.push(SuppliedList { name: name.as_str().into(), items: mapped });
        touched(questionnaire, response, list);
    }
    for old in &before.lists {
        let Some(&list) = questionnaire.names.lists.get(&*old.name) else { continue };
        let stays = |item| lists.iter().any(|list| list.items.iter().any(|(_, has)| *has == item));
        for &(_, item) in old.items.iter().filter(|(_, item)| !stays(*item)) {
            response.lists.remove(list, item);
            response.answers.remove_item(item);
            response.visits.remove_item(item);
            response.writers.retain(|(place, _)| place.item != Some(item) && place.to != Some(item));
        }
        touched(questionnaire, response, list);
    }
    response.supplementary = Some(Supplementary { data, lists });
    Ok(())
}

fn touched(questionnaire: &Questionnaire, response: &mut Response, list: ListIx) {
    reopen_for_list(questionnaire, response, list);
}

/// An id that no item bears: the same for the same moment.
fn fresh(response: &Response, moment: &Moment, made: &mut u32) -> ListItemId {
    let taken = |item| response.lists.iter().any(|list| list.items.contains(&item));
    loop {
        let [low, rest @ ..] = made.to_le_bytes();
        // One moment has 256 ids; a long list needs the moments beside it.
        let mut seed = moment.seed;
        seed.iter_mut().zip(rest).for_each(|(byte, more)| *byte ^= more);
        *made += 1;
        let item = Moment { seed, ..*moment }.item(low);
        if !taken(item) {
            return item;
        }
    }
}
