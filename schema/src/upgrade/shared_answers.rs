//! One answer id for two lists: today an answer belongs to one, so the others get ids of their own. Source: spec/09 §8.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Map, Value, json};

use super::{
    notes::Notes,
    walk::{Path, objects, text},
};

/// For each list, the new ids of its answers.
type Renamed = HashMap<String, HashMap<String, String>>;

pub(super) fn upgrade(definition: &mut Value, notes: &mut Notes) {
    let renamed = new_ids(definition, notes);
    if !renamed.is_empty() {
        rename(definition, None, &renamed);
    }
}

/// An answer of a list, where it is first asked.
struct Asked {
    list: String,
    answer: String,
    pointer: String,
}

fn new_ids(definition: &mut Value, notes: &mut Notes) -> Renamed {
    let favoured = definition["individual_response"]["for_list"].as_str().map(str::to_owned);
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut asked: Vec<Asked> = Vec::new();
    objects(definition, &mut |members, path| {
        taken.extend(text(members, "id").map(str::to_owned));
        if let (Some("ListCollector" | "PrimaryPersonListCollector"), Some(list)) =
            (text(members, "type"), text(members, "for_list"))
        {
            let list = list.to_owned();
            for key in ["add_block", "edit_block", "add_or_edit_block"] {
                let Some(block) = members.get_mut(key) else { continue };
                let at = path.pointer_to(key);
                objects(block, &mut |inner, inside| {
                    if !is_answer(inside) {
                        return;
                    }
                    let Some(answer) = text(inner, "id") else { return };
                    if !asked.iter().any(|other| other.list == list && other.answer == answer) {
                        let pointer = format!("{at}{}", inside.pointer_to("id"));
                        asked.push(Asked { list: list.clone(), answer: answer.to_owned(), pointer });
                    }
                });
            }
        }
    });
    let keeper = |answer: &str| {
        let lists: Vec<&str> =
            asked.iter().filter(|one| one.answer == answer).map(|one| one.list.as_str()).collect();
        favoured.as_deref().filter(|list| lists.contains(list)).or(lists.first().copied()).map(str::to_owned)
    };
    let mut renamed = Renamed::new();
    for Asked { list, answer, pointer } in &asked {
        if keeper(answer).as_deref() == Some(list) {
            continue;
        }
        let mut id = format!("{list}-{answer}");
        let mut count = 2;
        while taken.contains(&id) {
            id = format!("{list}-{answer}-{count}");
            count += 1;
        }
        taken.insert(id.clone());
        notes.changed(pointer, format!("the answer {answer} of the list {list} is sent as {id}"));
        renamed.entry(list.clone()).or_default().insert(answer.clone(), id);
    }
    renamed
}

/// Whether an object at such a place is an answer, or the detail answer of an option.
fn is_answer(path: &Path) -> bool {
    matches!(path.shape(), [.., answers, item] if answers == "answers" && item == "[]")
        || path.shape().last().is_some_and(|key| key == "detail_answer")
}

/// Renames below a place where the items of `list` are meant.
fn rename(value: &mut Value, list: Option<&str>, renamed: &Renamed) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| rename(item, list, renamed)),
        Value::Object(members) => {
            let own = text(members, "for_list")
                .or_else(|| members.get("repeat")?.get("for_list")?.as_str())
                .map(str::to_owned);
            let list = own.as_deref().or(list);
            rename_here(members, list, renamed);
            members.values_mut().for_each(|member| rename(member, list, renamed));
        }
        _ => {}
    }
}

fn rename_here(members: &mut Map<String, Value>, list: Option<&str>, renamed: &Renamed) {
    let chosen = members.get("list_item_selector").and_then(|selector| {
        (selector["source"] == "list").then(|| selector["identifier"].as_str().map(str::to_owned))?
    });
    let list = chosen.as_deref().or(list);
    let Some(ids) = list.and_then(|list| renamed.get(list)) else { return };
    let put = |id: &mut Value| {
        if let Some(new) = id.as_str().and_then(|id| ids.get(id)) {
            *id = json!(new);
        }
    };
    if text(members, "source") == Some("answers") {
        members.get_mut("identifier").into_iter().for_each(put);
    }
    for answer in members.get_mut("answers").and_then(Value::as_array_mut).into_iter().flatten() {
        answer.get_mut("id").into_iter().for_each(put);
    }
    if let Some(detail) = members.get_mut("detail_answer") {
        detail.get_mut("id").into_iter().for_each(put);
    }
    for id in members.get_mut("same_name_answer_ids").and_then(Value::as_array_mut).into_iter().flatten() {
        put(id);
    }
}
