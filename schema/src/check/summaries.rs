//! Do section summaries show lists that are there, and answers that belong to them? Source: spec/06 §4.

use std::collections::HashSet;

use super::{
    Found, collectors,
    index::{Index, Section},
    node::Node,
};
use crate::diagnostic::Diagnostic;

pub(super) fn check(index: &Index<'_>, found: &mut Found) {
    for section in &index.sections {
        if let Some(repeat) = section.node.get("repeat") {
            collectors::filled(index, &repeat, &repeat, found);
        }
        let Some(summary) = section.node.get("summary") else { continue };
        let items = summary.items("items");
        if items.is_empty() {
            continue;
        }
        collected_twice(index, section, found);
        several_collectors(index, section, &summary, found);
        for item in &items {
            collectors::filled(index, item, item, found);
            item_answers(index, item, found);
        }
    }
}

fn steps<'i, 'a>(index: &'i Index<'a>, section: &'i Section<'a>) -> impl Iterator<Item = &'i Node<'a>> {
    section
        .groups
        .iter()
        .flat_map(|&group| &index.groups[group].blocks)
        .map(|&block| &index.blocks[block].node)
}

/// Walks up to the first collector that has a summary of its own.
fn collected_twice(index: &Index<'_>, section: &Section<'_>, found: &mut Found) {
    let mut lists = HashSet::new();
    for block in steps(index, section) {
        if !matches!(block.kind(), "ListCollector" | "ListCollectorContent") {
            continue;
        }
        if block.has_something("summary") {
            return;
        }
        let list = block.text("for_list").unwrap_or_default();
        if !lists.insert(list) {
            let seen = format!("list `{list}` collected a second time in a section that sums it up");
            let remedy = "keep one collector, or give the first a `summary`";
            found.push(
                Diagnostic::error("section-list-collected-twice", &block.pointer, seen, remedy).about(list),
            );
        }
    }
}

fn several_collectors(index: &Index<'_>, section: &Section<'_>, summary: &Node<'_>, found: &mut Found) {
    let count = steps(index, section).filter(|block| block.kind() == "ListCollector").count();
    if summary.has_something("show_non_item_answers") && count > 1 {
        let seen = format!("{count} list collectors, and other answers beside the lists");
        let remedy = "turn `show_non_item_answers` off, or keep one collector in the section";
        let pointer = &section.node.pointer;
        found.push(
            Diagnostic::error("section-collectors-several", pointer, seen, remedy).about(section.node.id()),
        );
    }
}

fn item_answers(index: &Index<'_>, item: &Node<'_>, found: &mut Found) {
    let list = item.text("for_list");
    let asked: HashSet<&str> = index
        .blocks
        .iter()
        .map(|block| &block.node)
        .filter(|block| block.kind() == "ListCollector" && block.text("for_list") == list)
        .flat_map(|block| ["add_block", "edit_block"].into_iter().filter_map(|page| block.get(page)))
        .flat_map(|page| Index::answer_ids_of(&page))
        .collect();
    if let Some(anchor) = item.text("item_anchor_answer_id").filter(|anchor| !asked.contains(anchor)) {
        let seen = format!("`{anchor}`, which is not asked of an item of the list");
        let pointer = format!("{}/item_anchor_answer_id", item.pointer);
        let remedy = "name an answer of the list collector's add block";
        found.push(Diagnostic::error("summary-anchor-foreign", pointer, seen, remedy).about(anchor));
    }
    for related in item.items("related_answers") {
        let Some(id) = related.text("identifier") else { continue };
        let Some(answer) = index.answer(id) else { continue };
        if !asked.contains(id) {
            let seen = format!("`{id}`, which is not asked of an item of the list");
            let remedy = "name an answer of the list collector's add block";
            found
                .push(Diagnostic::error("summary-related-foreign", &related.pointer, seen, remedy).about(id));
        }
        if !answer.node.has_something("label") {
            let seen = format!("`{id}`, which has no label to stand beside it");
            let remedy = "give it a label, or name another answer";
            found.push(
                Diagnostic::error("summary-related-unlabelled", &related.pointer, seen, remedy).about(id),
            );
        }
    }
}
