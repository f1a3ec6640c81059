//! What holds for every block, and for those that ask how people are related. Source: spec/06 §4.4.

use super::{Found, collectors, index::Index, node::Node, placeholders};
use crate::diagnostic::Diagnostic;

pub(super) fn check(index: &Index<'_>, found: &mut Found) {
    for (place, block) in index.blocks.iter().enumerate() {
        let is_repeating = block.node.kind() == "ListRepeatingQuestion";
        if !block.is_step(place) && !is_repeating {
            continue;
        }
        every_block(index, &block.node, found);
        if block.node.kind() == "RelationshipCollector" {
            relationships(index, &block.node, found);
        }
    }
}

fn every_block(index: &Index<'_>, block: &Node<'_>, found: &mut Found) {
    if block.id() == "relationships" && block.kind() != "RelationshipCollector" {
        let seen = format!("the id `relationships` of a {}", block.kind());
        let remedy = "keep that id for a RelationshipCollector";
        found.push(
            Diagnostic::error("relationships-id-elsewhere", &block.pointer, seen, remedy).about(block.id()),
        );
    }
    add_actions(block, found);
    placeholders::own_block(index, block, found);
}

/// A list collector knows its own add block; from elsewhere the option must name it.
fn add_actions(block: &Node<'_>, found: &mut Found) {
    let knows_its_own = matches!(block.kind(), "ListCollector" | "PrimaryPersonListCollector");
    let options = Index::questions(block).into_iter().flat_map(|question| question.items("answers"));
    for option in options.flat_map(|answer| answer.items("options")) {
        let Some(action) = option.get("action").filter(|action| action.kind() == "RedirectToListAddBlock")
        else {
            continue;
        };
        let (code, seen, remedy) = match (knows_its_own, action.has_something("params")) {
            (true, true) => (
                "action-params-unexpected",
                "a collector told which block adds to its list",
                "remove `params`",
            ),
            (false, false) => (
                "action-params-missing",
                "an option that leads to an add block without saying which",
                "add `params` with `block_id` and `list_name`",
            ),
            _ => continue,
        };
        found.push(Diagnostic::error(code, &action.pointer, seen, remedy).about(block.id()));
    }
}

fn relationships(index: &Index<'_>, block: &Node<'_>, found: &mut Found) {
    collectors::filled(index, block, block, found);
    let answers = Index::answer_ids_of(block);
    if answers.len() > 1 {
        let seen = format!("{} answers", answers.len());
        let remedy = "ask for one, of type Relationship";
        found.push(
            Diagnostic::error("relationships-answers-several", &block.pointer, seen, remedy)
                .about(block.id()),
        );
    }
    let first =
        Index::questions(block).first().and_then(|question| Index::answers_of(question).into_iter().next());
    if let Some(answer) = first.filter(|answer| answer.kind() != "Relationship") {
        let seen = format!("`{}` of type {}", answer.id(), answer.kind());
        let remedy = "make it a Relationship";
        found.push(
            Diagnostic::error("relationships-answer-type", &answer.pointer, seen, remedy).about(block.id()),
        );
    }
    if let Some(unrelated) = block.get("unrelated_block") {
        every_block(index, &unrelated, found);
        unrelated_actions(&unrelated, found);
    }
}

fn unrelated_actions(block: &Node<'_>, found: &mut Found) {
    for question in Index::questions(block) {
        let mut actions: Vec<&str> = question
            .items("answers")
            .iter()
            .flat_map(|answer| answer.items("options"))
            .filter_map(|option| option.get("action").map(|action| action.kind()))
            .collect();
        actions.sort_unstable();
        if actions != ["AddUnrelatedRelationships", "RemoveUnrelatedRelationships"] {
            let seen = if actions.is_empty() {
                "no actions".to_owned()
            } else {
                format!("the actions {}", actions.join(", "))
            };
            let remedy = "give one option AddUnrelatedRelationships and another RemoveUnrelatedRelationships";
            let code = "unrelated-actions-missing";
            found.push(Diagnostic::error(code, &question.pointer, seen, remedy).about(block.id()));
        }
    }
}
