//! Can list collectors add, edit and remove, and do they agree on what an item is? Source: spec/06 §4.4.

use std::collections::HashSet;

use super::{
    Found, ids,
    index::{Block, Index},
    node::Node,
};
use crate::diagnostic::Diagnostic;

const ADD: &str = "RedirectToListAddBlock";
const REMOVE: &str = "RemoveListItemAndAnswers";

pub(super) fn check(index: &Index<'_>, found: &mut Found) {
    let everywhere: HashSet<&str> = ids::ids(index).into_iter().map(|(id, _)| id).collect();
    for (place, block) in index.blocks.iter().enumerate() {
        if !block.is_step(place) {
            continue;
        }
        match block.node.kind() {
            "ListCollector" => collector(index, &block.node, &everywhere, found),
            "PrimaryPersonListCollector" => primary_person(index, &block.node, found),
            "ListCollectorContent" => filled(index, &block.node, &block.node, found),
            "ListCollectorDrivingQuestion" => driving_question(index, &block.node, found),
            _ => {}
        }
    }
}

/// A list that something shows or repeats over must be filled by something.
pub(super) fn filled(index: &Index<'_>, naming: &Node<'_>, element: &Node<'_>, found: &mut Found) {
    let Some(list) = naming.text("for_list").filter(|list| !index.lists.contains(list)) else { return };
    let seen = format!("list `{list}`, which no list collector and no supplementary data fill");
    let pointer = &element.pointer;
    found.push(
        Diagnostic::error("list-never-filled", pointer, seen, "name a list that is filled, or fill it")
            .about(list),
    );
}

/// The other blocks of groups of one type, but for one id.
fn others<'i, 'a>(
    index: &'i Index<'a>,
    kind: &'static str,
    id: &'i str,
) -> impl Iterator<Item = &'i Block<'a>> {
    index
        .blocks
        .iter()
        .enumerate()
        .filter(move |(place, other)| {
            other.is_step(*place) && other.node.kind() == kind && other.node.id() != id
        })
        .map(|(_, other)| other)
}

fn asked<'a>(block: &Node<'a>, page: &str) -> HashSet<&'a str> {
    block.get(page).map(|page| Index::answer_ids_of(&page)).unwrap_or_default()
}

fn collector(index: &Index<'_>, block: &Node<'_>, everywhere: &HashSet<&str>, found: &mut Found) {
    let id = block.id();
    choices(block, block, ADD, "collector-not-radio", found);
    let (add, edit) = (asked(block, "add_block"), asked(block, "edit_block"));
    same_names(block, &add.union(&edit).copied().collect(), found);
    if let Some(remove) = block.get("remove_block") {
        choices(&remove, block, REMOVE, "collector-remove-not-radio", found);
    }
    let mut say = |code, seen: String, remedy: &str| {
        found.push(Diagnostic::error(code, &block.pointer, seen, remedy).about(id));
    };
    if add != edit {
        let seen = format!(
            "only one of the add and edit blocks asks for {}",
            listed(add.symmetric_difference(&edit))
        );
        say("collector-add-edit-differ", seen, "let both ask for the same answers");
    }
    for page in ["add_block", "edit_block", "remove_block"] {
        let shared = asked(block, page);
        if !shared.is_disjoint(everywhere) {
            let seen = format!(
                "`{page}` asks for {}, an id used elsewhere",
                listed(shared.intersection(everywhere))
            );
            say("collector-answer-elsewhere", seen, "give it an id of its own");
        }
    }
    let list = block.text("for_list").unwrap_or_default();
    for other in others(index, "ListCollector", id) {
        let (other, other_list) = (&other.node, other.node.text("for_list").unwrap_or_default());
        if list == other_list {
            if asked(other, "add_block") != add {
                let seen = format!("`{}` fills list `{list}` with other answers", other.id());
                say("collector-same-list-differs", seen, "let both ask for the same answers");
            }
            continue;
        }
        for page in ["add_block", "edit_block", "remove_block"] {
            let (own, their) = (asked(block, page), asked(other, page));
            if !own.is_disjoint(&their) {
                let seen = format!(
                    "{}, which `{}` asks for list `{other_list}`",
                    listed(own.intersection(&their)),
                    other.id()
                );
                say("collector-other-list-shares", seen, "give each list answers of its own");
            }
        }
    }
    let is_alone = others(index, "ListCollector", id).all(|other| other.node.text("for_list") != Some(list));
    if block.has_something("repeating_blocks") && !is_alone {
        let seen = format!("repeating blocks, and another list collector for `{list}`");
        say("collector-repeating-not-alone", seen, "keep one collector for the list");
    }
    if index.supplementary_lists.contains(list) {
        let seen = format!("list `{list}` of the supplementary data, which nobody may add to");
        say("collector-supplementary-list", seen, "use a ListCollectorContent, or another list");
    }
}

fn primary_person(index: &Index<'_>, block: &Node<'_>, found: &mut Found) {
    choices(block, block, ADD, "primary-person-not-radio", found);
    let asked_here = asked(block, "add_or_edit_block");
    same_names(block, &asked_here, found);
    let list = block.text("for_list");
    for other in others(index, "PrimaryPersonListCollector", block.id()) {
        if other.node.text("for_list") == list && asked(&other.node, "add_or_edit_block") != asked_here {
            let seen = format!("`{}` asks for other answers", other.node.id());
            let remedy = "let both ask for the same answers";
            let code = "primary-person-answers-differ";
            found.push(Diagnostic::error(code, &block.pointer, seen, remedy).about(block.id()));
        }
    }
}

/// Each answer must be a radio with an option that sets off the action.
fn choices(page: &Node<'_>, block: &Node<'_>, action: &str, not_radio: &'static str, found: &mut Found) {
    for answer in Index::questions(page).iter().flat_map(|question| question.items("answers")) {
        if answer.kind() != "Radio" {
            let seen = format!("`{}` of type {}", answer.id(), answer.kind());
            found.push(
                Diagnostic::error(not_radio, &answer.pointer, seen, "make it a Radio").about(block.id()),
            );
        }
        if !answer.has("options") {
            // Without options a primary person's question is told to be a radio; that is enough.
            if block.kind() == "ListCollector" {
                let seen = format!("`{}` without options of its own", answer.id());
                let remedy = format!("give it options, one of them with the action {action}");
                let code = "collector-options-missing";
                found.push(Diagnostic::error(code, &answer.pointer, seen, remedy).about(block.id()));
            }
            continue;
        }
        let has_action = answer
            .items("options")
            .iter()
            .any(|option| option.get("action").is_some_and(|own| own.kind() == action));
        if !has_action {
            let seen = format!("no option of `{}` has the action {action}", answer.id());
            let remedy = "give it to the option that means yes";
            let code = "collector-action-missing";
            found.push(Diagnostic::error(code, &answer.pointer, seen, remedy).about(block.id()));
        }
    }
}

fn same_names(block: &Node<'_>, asked: &HashSet<&str>, found: &mut Found) {
    for name in block.items("same_name_answer_ids") {
        if let Some(id) = name.value.as_str().filter(|id| !asked.contains(id)) {
            let seen = format!("`{id}`, which the collector does not ask for");
            let remedy = "name answers of its add and edit blocks";
            found.push(
                Diagnostic::error("collector-same-name-unknown", &name.pointer, seen, remedy).about(id),
            );
        }
    }
}

fn driving_question(index: &Index<'_>, block: &Node<'_>, found: &mut Found) {
    let list = block.text("for_list");
    let count = index
        .blocks
        .iter()
        .filter(|other| {
            other.node.kind() == "ListCollectorDrivingQuestion" && other.node.text("for_list") == list
        })
        .count();
    if count > 1 {
        let seen = format!("{count} driving questions for list `{}`", list.unwrap_or_default());
        let remedy = "keep one";
        found.push(
            Diagnostic::error("driving-question-repeated", &block.pointer, seen, remedy).about(block.id()),
        );
    }
}

fn listed<'a>(ids: impl Iterator<Item = &'a &'a str>) -> String {
    let mut ids: Vec<String> = ids.map(|id| format!("`{id}`")).collect();
    ids.sort();
    ids.join(", ")
}
