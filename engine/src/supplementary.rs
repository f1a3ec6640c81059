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
        let list = questionnaire.names.lists.get(name.as_str()).copied();
        let known = before.lists.iter().find(|list| *list.name == **name);
        let mut mapped = Vec::new();
        for identifier in items.as_array().into_iter().flatten().filter_map(|item| item.get("identifier")) {
            let kept = known.and_then(|known| known.items.iter().find(|(has, _)| has == identifier));
            let item = kept.map_or_else(
                || {
                    let item = fresh(response, moment, &mut made);
                    add(response, list, name, item);
                    item
                },
                |(_, item)| *item,
            );
            mapped.push((identifier.clone(), item));
        }
        lists.push(SuppliedList { name: name.as_str().into(), items: mapped });
    }
    for old in &before.lists {
        let stays = |item| lists.iter().any(|list| list.items.iter().any(|(_, has)| *has == item));
        for &(_, item) in old.items.iter().filter(|(_, item)| !stays(*item)) {
            forget(response, questionnaire.names.lists.get(&*old.name).copied(), &old.name, item);
        }
    }
    // Whatever depends on a list that was or is in the data is asked again.
    for name in before.lists.iter().chain(&lists).map(|list| &list.name) {
        if let Some(&list) = questionnaire.names.lists.get(&**name) {
            reopen_for_list(questionnaire, response, list);
        }
    }
    response.supplementary = Some(Supplementary { data, lists });
    Ok(())
}

/// Puts an item into its list; a list that the questionnaire has no name for lies aside.
fn add(response: &mut Response, list: Option<ListIx>, name: &str, item: ListItemId) {
    if let Some(list) = list {
        return response.lists.add(list, item);
    }
    match response.aside.lists.iter_mut().find(|(has, _)| **has == *name) {
        Some((_, items)) => items.push(item),
        None => response.aside.lists.push((name.into(), vec![item])),
    }
}

/// Takes an item out, with all that was said of it.
fn forget(response: &mut Response, list: Option<ListIx>, name: &str, item: ListItemId) {
    match list {
        Some(list) => response.lists.remove(list, item),
        None => {
            for (_, items) in response.aside.lists.iter_mut().filter(|(has, _)| **has == *name) {
                items.retain(|has| *has != item);
            }
            response.aside.lists.retain(|(_, items)| !items.is_empty());
        }
    }
    response.answers.remove_item(item);
    response.visits.remove_item(item);
    response.writers.retain(|(place, _)| place.item != Some(item) && place.to != Some(item));
}

/// An id that no item bears: the same for the same moment.
fn fresh(response: &Response, moment: &Moment, made: &mut u32) -> ListItemId {
    let taken = |item| {
        let mut aside = response.aside.lists.iter();
        response.lists.iter().any(|list| list.items.contains(&item))
            || aside.any(|(_, items)| items.contains(&item))
    };
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

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use serde_json::json;

    use super::*;
    use crate::response::{self, Launch};

    fn questionnaire() -> Questionnaire {
        let definition = json!({
            "mime_type": "application/json/ons/eq", "language": "en", "schema_version": "0.0.1",
            "data_version": "0.0.3", "survey_id": "1", "title": "T", "theme": "default", "metadata": [],
            "questionnaire_flow": {"type": "Linear", "options": {}},
            "supplementary_data": {"lists": ["products"]},
            "sections": [{"id": "s", "groups": [{"id": "g", "blocks": [{"id": "i", "type": "Interstitial",
                "content": {"title": "x"}}]}]}]
        });
        schema::link(&[&definition.to_string()]).unwrap()
    }

    fn moment(seed: u8) -> Moment {
        Moment { now: schema::value::Timestamp::UNIX_EPOCH, seed: [seed; 16] }
    }

    fn data(products: &[u32], employees: &[&str]) -> Map<String, Json> {
        let named = |identifier: Json| json!({ "identifier": identifier });
        let products: Vec<Json> = products.iter().map(|&id| named(id.into())).collect();
        let employees: Vec<Json> = employees.iter().map(|&id| named(id.into())).collect();
        let data = json!({"identifier": "u", "items": {"products": products, "employees": employees}});
        data.as_object().unwrap().clone()
    }

    fn supplied() -> (Questionnaire, Response) {
        let questionnaire = questionnaire();
        let mut response = crate::open::open(Launch { claims: Map::new() });
        supply(&questionnaire, &mut response, data(&[11, 22], &["a"]), &moment(1)).unwrap();
        (questionnaire, response)
    }

    fn items(questionnaire: &Questionnaire, response: &Response) -> Vec<ListItemId> {
        response.lists.items(questionnaire.names.lists["products"]).to_vec()
    }

    #[test]
    fn an_identifier_that_was_there_keeps_its_item_and_one_that_is_gone_takes_it_along() {
        let (questionnaire, mut response) = supplied();
        let before = items(&questionnaire, &response);
        supply(&questionnaire, &mut response, data(&[33, 22], &[]), &moment(2)).unwrap();
        let after = items(&questionnaire, &response);
        assert_eq!((after.len(), after[0]), (2, before[1]), "in the order they were made");
        let known = response.supplementary.as_ref().unwrap();
        assert_eq!(
            known.lists[0].items,
            [(json!(33), after[1]), (json!(22), before[1])],
            "in the data's order"
        );
        assert_eq!(known.of_item(after[1]), Some(&json!({"identifier": 33})));
        assert!(response.aside.lists.is_empty());
    }

    #[test]
    fn a_list_the_questionnaire_has_no_name_for_lies_aside() {
        let (_, response) = supplied();
        assert_eq!(response.aside.lists[0].0, "employees".into());
        assert_eq!(response.supplementary.unwrap().lists.len(), 2);
    }

    #[test]
    fn data_without_a_declared_list_change_nothing() {
        let (questionnaire, mut response) = supplied();
        let before = response.clone();
        let less = json!({"identifier": "u", "items": {"employees": []}}).as_object().unwrap().clone();
        assert_eq!(supply(&questionnaire, &mut response, less, &moment(3)), Err(NoList("products".into())));
        assert!(response == before);
    }

    #[test]
    fn what_is_known_reads_back_as_it_was_written() {
        let (questionnaire, response) = supplied();
        let bytes = response::write(&questionnaire, &response);
        assert!(response::read(&questionnaire, &bytes).unwrap() == response);
    }

    #[test]
    fn a_long_list_has_an_item_for_each() {
        let questionnaire = questionnaire();
        let mut response = crate::open::open(Launch { claims: Map::new() });
        let many: Vec<u32> = (0..1000).collect();
        supply(&questionnaire, &mut response, data(&many, &[]), &moment(9)).unwrap();
        let found: std::collections::HashSet<_> = items(&questionnaire, &response).into_iter().collect();
        assert_eq!(found.len(), 1000);
    }
}
