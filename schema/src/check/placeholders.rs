//! Does every place in a text have something to fill it, made by sound steps? Source: spec/06 §3.2.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Found, index::Index, node::Node};
use crate::diagnostic::Diagnostic;

pub(super) fn check(index: &Index<'_>, found: &mut Found) {
    index.root.walk(&mut |node| {
        if node.has("placeholders") {
            names(node, found);
            for placeholder in node.items("placeholders") {
                let transforms = placeholder.items("transforms");
                chain(&transforms, found);
                for transform in &transforms {
                    option_label(index, transform, found);
                    formats(index, transform, found);
                }
            }
        }
    });
}

fn names(text: &Node<'_>, found: &mut Found) {
    let defined: BTreeSet<&str> =
        text.items("placeholders").iter().filter_map(|placeholder| placeholder.text("placeholder")).collect();
    let forms = match text.text("text") {
        Some(_) => text.get("text").into_iter().collect(),
        None => text.at(&["text_plural", "forms"]).map(|forms| forms.children()).unwrap_or_default(),
    };
    let used: BTreeSet<&str> = forms.iter().filter_map(|form| form.value.as_str()).flat_map(places).collect();
    for name in used.difference(&defined) {
        let seen = format!("{{{name}}}, which nothing fills");
        let remedy = format!("define the placeholder `{name}`, or take it out of the text");
        found.push(Diagnostic::error("placeholder-undefined", &text.pointer, seen, remedy).about(*name));
    }
}

/// What stands between braces; no line break may.
fn places(text: &str) -> Vec<&str> {
    let mut places = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        let after = &rest[start + 1..];
        match after.find(['}', '\n']) {
            Some(end) if after[end..].starts_with('}') => {
                places.push(&after[..end]);
                rest = &after[end + 1..];
            }
            _ => rest = after,
        }
    }
    places
}

fn uses_previous(transform: &Node<'_>) -> bool {
    transform.get("arguments").is_some_and(|arguments| {
        arguments.children().iter().any(|argument| argument.text("source") == Some("previous_transform"))
    })
}

fn chain(transforms: &[Node<'_>], found: &mut Found) {
    let Some((first, later)) = transforms.split_first() else { return };
    if uses_previous(first) {
        let seen = "the first transform asks for the result of the one before";
        let remedy = "give it a source, or put a transform before it";
        found.push(Diagnostic::error("transform-first-uses-previous", &first.pointer, seen, remedy));
    }
    for transform in later.iter().filter(|transform| !uses_previous(transform)) {
        let seen = "the result of the transform before is not used";
        let remedy = "take `previous_transform` as an argument, or remove the transform before";
        found.push(Diagnostic::error("transform-chain-broken", &transform.pointer, seen, remedy));
    }
}

fn option_label(index: &Index<'_>, transform: &Node<'_>, found: &mut Found) {
    if transform.text("transform") != Some("option_label_from_value") {
        return;
    }
    let Some(argument) = transform.at(&["arguments", "answer_id"]) else { return };
    let Some(id) = argument.value.as_str() else { return };
    label_of(index, id, &argument.pointer, found);
}

/// The labels of an answer's options can only be had where it has options.
pub(super) fn label_of(index: &Index<'_>, id: &str, pointer: &str, found: &mut Found) {
    match index.answer(id) {
        None => {
            let seen = format!("`{id}` is not an answer of this questionnaire");
            found.push(
                Diagnostic::error("source-answer-unknown", pointer, seen, "name one that is").about(id),
            );
        }
        Some(answer) if !matches!(answer.node.kind(), "Radio" | "Checkbox" | "Dropdown") => {
            let seen = format!("the label of an option of `{id}`, which is of type {}", answer.node.kind());
            let remedy = "name a Radio, Checkbox or Dropdown";
            found.push(Diagnostic::error("option-label-not-options", pointer, seen, remedy).about(id));
        }
        Some(_) => {}
    }
}

/// A percentage or a unit must be of an answer of that type, and of that unit.
fn formats(index: &Index<'_>, transform: &Node<'_>, found: &mut Found) {
    let name = transform.text("transform").unwrap_or_default();
    let wanted = match name {
        "format_unit" => "Unit",
        "format_percentage" => "Percentage",
        _ => return,
    };
    let Some(value) = transform.at(&["arguments", "value"]) else { return };
    let (Some(source), Some(identifier)) = (value.text("source"), value.text("identifier")) else { return };
    if source == "answers"
        && let Some(answer) = index.answer(identifier).filter(|answer| answer.node.kind() != wanted)
    {
        let seen = format!("`{identifier}` of type {}", answer.node.kind());
        let remedy = format!("give it a {wanted}, or take another transform");
        found
            .push(Diagnostic::error("transform-answer-type", &value.pointer, seen, remedy).about(identifier));
    }
    let Some(unit) = transform.at(&["arguments", "unit"]).filter(|_| name == "format_unit") else { return };
    let differing = index
        .answers_behind(source, identifier)
        .into_iter()
        .filter_map(|id| index.answer(id)?.node.get("unit"))
        .find(|own| own.value != unit.value);
    if let Some(own) = differing {
        let seen = format!("{} for a value in {}", unit.value, own.value);
        let remedy = format!("put {}", own.value);
        found
            .push(Diagnostic::error("transform-unit-differs", &unit.pointer, seen, remedy).about(identifier));
    }
}

/// A text may not show an answer that its own block asks for. Source: spec/06 §4.4.
pub(super) fn own_block(index: &Index<'_>, block: &Node<'_>, found: &mut Found) {
    block.walk(&mut |node| {
        let Some(Value::String(id)) = node.get("identifier").map(|identifier| identifier.value) else {
            return;
        };
        let is_shown = node.pointer[block.pointer.len()..].contains("placeholders");
        if node.text("source") != Some("answers") || !is_shown {
            return;
        }
        if index.answer(id).is_some_and(|answer| index.blocks[answer.block].node.id() == block.id()) {
            let seen = format!("`{id}`, which the same block asks for");
            let remedy = "show it in a later block";
            found.push(
                Diagnostic::error("placeholder-own-block", &node.pointer, seen, remedy).about(id.as_str()),
            );
        }
    });
}
