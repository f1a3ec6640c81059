//! Can one choose among the options? Source: spec/06 §4.6.

use std::collections::HashSet;

use super::{Found, index::Index, node::Node, rules};
use crate::diagnostic::Diagnostic;

pub(super) fn check(index: &Index<'_>, answer: &Node<'_>, found: &mut Found) {
    let options = answer.items("options");
    enough(answer, options.len(), found);
    duplicates(answer, &options, found);
    if let Some(default) = answer.get("default").filter(|_| answer.has_something("default")) {
        let is_option = options
            .iter()
            .any(|option| option.get("value").is_some_and(|value| value.value == default.value));
        if !is_option {
            let seen = format!("{}, which is no option", default.value);
            let remedy = "put the value of an option";
            found.push(
                Diagnostic::error("option-default-unknown", &default.pointer, seen, remedy)
                    .about(answer.id()),
            );
        }
    }
    if let Some(dynamic) = answer.get("dynamic_options") {
        source(index, answer, &dynamic, found);
        for (key, allows_self) in [("values", false), ("transform", true)] {
            if let Some(rule) = dynamic.get(key) {
                rules::check(index, &rule, allows_self, found);
            }
        }
    }
}

fn enough(answer: &Node<'_>, count: usize, found: &mut Found) {
    let least = if answer.kind() == "Checkbox" { 1 } else { 2 };
    let (code, seen, remedy) = if answer.has_something("dynamic_options") {
        if !answer.has("options") || count > 0 {
            return;
        }
        (
            "option-list-empty",
            "an empty list of options".to_owned(),
            "remove it: the dynamic ones are enough".to_owned(),
        )
    } else if count < least {
        ("option-too-few", format!("{count} options"), format!("offer at least {least}"))
    } else {
        return;
    };
    found.push(Diagnostic::error(code, &answer.pointer, seen, remedy).about(answer.id()));
}

/// Options whose labels have placeholders are not compared: they may differ once filled.
fn duplicates(answer: &Node<'_>, options: &[Node<'_>], found: &mut Found) {
    let (mut labels, mut values) = (HashSet::new(), HashSet::new());
    for option in options.iter().filter(|option| option.text("label").is_some()) {
        for (key, code, known) in [
            ("label", "option-label-duplicate", &mut labels),
            ("value", "option-value-duplicate", &mut values),
        ] {
            let Some(text) = option.text(key) else { continue };
            if !known.insert(text) {
                let seen = format!("another option with the {key} “{text}”");
                found.push(
                    Diagnostic::error(code, &option.pointer, seen, "let them differ").about(answer.id()),
                );
            }
        }
    }
}

fn source(index: &Index<'_>, answer: &Node<'_>, dynamic: &Node<'_>, found: &mut Found) {
    let Some(values) = dynamic.get("values").filter(|values| values.text("source") == Some("answers")) else {
        return;
    };
    let Some(from) = values.text("identifier") else { return };
    // Where it names nothing, that is told.
    let Some(other) = index.answer(from) else { return };
    if other.node.kind() != "Checkbox" {
        let seen = format!("options from `{from}` of type {}", other.node.kind());
        let remedy = "take them from a Checkbox";
        found.push(
            Diagnostic::error("option-dynamic-not-checkbox", &values.pointer, seen, remedy)
                .about(answer.id()),
        );
    }
    let operands = dynamic.at(&["transform", "option-label-from-value"]).map(|operands| operands.elements());
    let labels_of = operands.and_then(|operands| operands.get(1).and_then(|id| id.value.as_str()));
    if let Some(other) = labels_of.filter(|other| *other != from) {
        let seen = format!("options from `{from}` with labels from `{other}`");
        let remedy = "name the same answer twice";
        let code = "option-dynamic-label-differs";
        found.push(Diagnostic::error(code, &dynamic.pointer, seen, remedy).about(answer.id()));
    }
}
