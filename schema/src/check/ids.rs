//! Is every id given once? Source: spec/06 §3.3.

use std::collections::{HashMap, HashSet};

use super::{Found, index::Index, node::Node};
use crate::diagnostic::Diagnostic;

/// Where an id counts: one block's questions may share ids among its variants, so within a block it counts once.
#[derive(PartialEq, Eq, Hash, Clone)]
enum Realm {
    WithinBlock(String),
    Alone(String),
}

pub(super) fn check(index: &Index<'_>, found: &mut Found) {
    let mut realms: HashMap<&str, HashSet<Realm>> = HashMap::new();
    let mut places: Vec<(&str, Node<'_>)> = Vec::new();
    for (id, node) in ids(index) {
        realms.entry(id).or_default().insert(realm(&node.pointer));
        places.push((id, node));
    }
    let mut told = HashSet::new();
    for (id, node) in places {
        let others = realms.get(id).map_or(0, HashSet::len);
        // Within one block it is said once.
        if others > 1 && told.insert((id, realm(&node.pointer))) {
            let seen = format!("`{id}`, an id given {others} times");
            found.push(
                Diagnostic::error("id-duplicate", &node.pointer, seen, "give each an id of its own")
                    .about(id),
            );
        }
    }
}

/// The ids that count everywhere, with the element that bears each: those of answers of a list collector's own pages
/// do not, since its pages must share them.
pub(super) fn ids<'a>(index: &Index<'a>) -> Vec<(&'a str, Node<'a>)> {
    let mut ids = Vec::new();
    index.root.walk(&mut |node| {
        let Some(id) = node.text("id") else { return };
        let is_in_rule =
            ["routing_rules", "skip_conditions", "when"].iter().any(|key| node.pointer.contains(key));
        if !is_in_rule && !is_answer_of_list_page(&node.pointer) {
            ids.push((id, node.clone()));
        }
    });
    ids
}

fn is_answer_of_list_page(pointer: &str) -> bool {
    let is_on_list_page = ["add_block", "edit_block", "remove_block"].iter().any(|key| pointer.contains(key));
    is_on_list_page && pointer.rsplit('/').nth(1) == Some("answers")
}

fn realm(pointer: &str) -> Realm {
    let keys: Vec<&str> = pointer.split('/').collect();
    match keys.iter().position(|key| *key == "blocks") {
        Some(at) if keys.len() > at + 2 => Realm::WithinBlock(keys[..at + 2].join("/")),
        _ => Realm::Alone(pointer.to_owned()),
    }
}
