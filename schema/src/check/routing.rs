//! Do routing rules always lead somewhere that is there? Source: spec/06 §4.2.

use super::{Found, index::Index, node::Node, rules};
use crate::diagnostic::Diagnostic;

pub(super) fn check(index: &Index<'_>, found: &mut Found) {
    for group in &index.groups {
        let blocks: Vec<&str> = group.node.items("blocks").iter().map(Node::id).collect();
        routes(index, &group.node, &blocks, found);
        for &block in &group.blocks {
            routes(index, &index.blocks[block].node, &blocks, found);
        }
    }
    for section in &index.sections {
        if let Some(when) = section.node.at(&["enabled", "when"]) {
            rules::check(index, &when, false, found);
        }
    }
}

/// The routing rules and skip conditions of a group or block.
fn routes(index: &Index<'_>, origin: &Node<'_>, blocks: &[&str], found: &mut Found) {
    if let Some(routes) = origin.get("routing_rules").filter(|routes| routes.value.is_array()) {
        let rules = routes.elements();
        let defaults: Vec<&Node<'_>> = rules.iter().filter(|rule| !rule.has("when")).collect();
        if defaults.is_empty() {
            let seen = "every rule has a condition";
            let remedy = "add a rule without `when`, for when none holds";
            found.push(
                Diagnostic::error("route-default-missing", &routes.pointer, seen, remedy).about(origin.id()),
            );
        }
        if let Some(second) = defaults.get(1) {
            let seen = format!("{} rules without a condition", defaults.len());
            let remedy = "give all but one a `when`";
            found.push(
                Diagnostic::error("route-default-repeated", &second.pointer, seen, remedy).about(origin.id()),
            );
        }
        for rule in &rules {
            target(index, rule, blocks, found);
            if let Some(when) = rule.get("when") {
                rules::check(index, &when, false, found);
            }
        }
    }
    if let Some(when) = origin.at(&["skip_conditions", "when"]) {
        rules::check(index, &when, false, found);
    }
}

fn target(index: &Index<'_>, rule: &Node<'_>, blocks: &[&str], found: &mut Found) {
    if let Some(block) = rule.text("block") {
        if !blocks.contains(&block) {
            let seen = match index.place_of_block(block) {
                Some(_) => format!("`{block}`, a block of another group"),
                None => format!("`{block}`, which is no block"),
            };
            let pointer = format!("{}/block", rule.pointer);
            let remedy = "name a block of the same group";
            found.push(Diagnostic::error("route-block-unknown", pointer, seen, remedy).about(block));
        }
    } else if let Some(group) = rule.text("group")
        && !index.groups.iter().any(|other| other.node.id() == group)
    {
        let seen = format!("`{group}`, which is no group");
        let pointer = format!("{}/group", rule.pointer);
        found.push(Diagnostic::error("route-group-unknown", pointer, seen, "name a group").about(group));
    }
}
