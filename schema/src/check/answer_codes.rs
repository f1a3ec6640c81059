//! Has every answer a code to be submitted under, and each code an answer? Source: spec/06 §3.12.

use std::collections::{BTreeMap, HashSet};

use super::{Found, index::Index, node::Node};
use crate::diagnostic::Diagnostic;

pub(super) fn check(index: &Index<'_>, found: &mut Found) {
    let codes = index.root.items("answer_codes");
    if codes.is_empty() {
        return;
    }
    if index.root.text("data_version") != Some("0.0.3") {
        let seen = "answer codes in a data version that has none";
        let remedy = "remove them, or set `data_version` to 0.0.3";
        found.push(Diagnostic::error("answer-code-wrong-version", "/answer_codes", seen, remedy));
    }
    repeated(&codes, found);
    let known: HashSet<&str> = index.answer_ids().into_iter().collect();
    for entry in &codes {
        if let Some(id) = entry.text("answer_id").filter(|id| !known.contains(id)) {
            let seen = format!("`{id}`, which is not an answer of this questionnaire");
            let remedy = "name one that is, or remove the code";
            found.push(
                Diagnostic::error("answer-code-answer-unknown", &entry.pointer, seen, remedy).about(id),
            );
        }
    }
    let mut of_answers: BTreeMap<&str, Vec<&Node<'_>>> = BTreeMap::new();
    for entry in &codes {
        of_answers.entry(entry.text("answer_id").unwrap_or_default()).or_default().push(entry);
    }
    for id in index.answer_ids() {
        answer(index, id, of_answers.get(id).map(Vec::as_slice).unwrap_or_default(), found);
    }
}

fn repeated(codes: &[Node<'_>], found: &mut Found) {
    let (mut seen_codes, mut seen_answers) = (HashSet::new(), HashSet::new());
    for entry in codes {
        if let Some(code) = entry.text("code").filter(|code| !seen_codes.insert(*code)) {
            let seen = format!("`{code}` once more");
            found.push(
                Diagnostic::error(
                    "answer-code-duplicate",
                    &entry.pointer,
                    seen,
                    "give each a code of its own",
                )
                .about(code),
            );
        }
        let id = entry.text("answer_id").filter(|_| !entry.has("answer_value"));
        if let Some(id) = id.filter(|id| !seen_answers.insert(*id)) {
            let seen = format!("another code for the whole of `{id}`");
            let remedy = "keep one, or give each an `answer_value`";
            found.push(
                Diagnostic::error("answer-code-answer-repeated", &entry.pointer, seen, remedy).about(id),
            );
        }
    }
}

fn answer(index: &Index<'_>, id: &str, own: &[&Node<'_>], found: &mut Found) {
    let (Some(answer), Some(home)) = (index.answer(id), index.home(id)) else { return };
    let node = &answer.node;
    let has_top = own.iter().any(|entry| !entry.has("answer_value"));
    let mut say = |code, pointer: &str, seen: String, remedy: &str| {
        found.push(Diagnostic::error(code, pointer, seen, remedy).about(id));
    };
    let first = own.first().map_or(&node.pointer, |entry| &entry.pointer);
    if matches!(home.node.kind(), "ListEditQuestion" | "ListRemoveQuestion") {
        if !own.is_empty() {
            let seen = format!("a code for `{id}`, which only edits or removes");
            say("answer-code-on-edit-or-remove", &node.pointer, seen, "remove the code");
        }
    } else {
        if own.is_empty() {
            say(
                "answer-code-missing",
                &node.pointer,
                format!("no code for `{id}`"),
                "add one to `answer_codes`",
            );
        }
        if node.has("options") {
            let options = node.items("options");
            let values: Vec<&str> = options.iter().filter_map(|option| option.text("value")).collect();
            values_of_options(node, own, &values, has_top, first, &mut say);
        } else {
            for entry in own.iter().filter(|entry| entry.has("answer_value")) {
                let seen = format!("a value of `{id}`, which has no options");
                say("answer-code-value-without-options", &entry.pointer, seen, "remove `answer_value`");
            }
        }
    }
    if node.has("dynamic_options") && !has_top {
        let seen = format!("no code for the whole of `{id}`, whose options are dynamic");
        say("answer-code-dynamic-needs-top", first, seen, "add one without `answer_value`");
    }
}

fn values_of_options(
    answer: &Node<'_>,
    own: &[&Node<'_>],
    values: &[&str],
    has_top: bool,
    first: &str,
    say: &mut impl FnMut(&'static str, &str, String, &str),
) {
    let id = answer.id();
    if !has_top && own.len() != values.len() {
        let seen = format!("{} codes for the {} options of `{id}`", own.len(), values.len());
        let pointer = if own.is_empty() { &answer.pointer } else { first };
        say("answer-code-option-count", pointer, seen, "give one to each option, or one to the answer");
    }
    if has_top && own.len() > 1 && !answer.has_something("dynamic_options") {
        let seen = format!("a code for the whole of `{id}` besides others");
        say("answer-code-top-and-options", first, seen, "keep the one, or those of the options");
    }
    let coded: HashSet<&str> =
        own.iter().filter_map(|entry| entry.text("answer_value")).filter(|value| !value.is_empty()).collect();
    for entry in own {
        if let Some(value) =
            entry.text("answer_value").filter(|value| !value.is_empty() && !values.contains(value))
        {
            let seen = format!("“{value}”, which is no option of `{id}`");
            say("answer-code-value-unknown", &entry.pointer, seen, "put the value of an option");
        }
    }
    if coded.len() != values.len() && own.iter().any(|entry| entry.has("answer_value")) {
        let seen = format!("{} of the {} options of `{id}` coded", coded.len(), values.len());
        say("answer-code-value-unknown", first, seen, "give one to each option");
    }
}
