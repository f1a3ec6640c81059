//! Has each answer the question codes that its data version wants, and what its type asks for? Source: spec/06 §4.6.

use super::{Found, dates, index::Index, node::Node, numbers, options};
use crate::diagnostic::Diagnostic;

pub(super) fn check(index: &Index<'_>, answer: &Node<'_>, found: &mut Found) {
    let before = found.len();
    question_codes(index, answer, found);
    match answer.kind() {
        "Number" | "Currency" | "Percentage" => numbers::check(index, answer, found.len() == before, found),
        "Date" => dates::check(index, answer, found),
        "Radio" | "Checkbox" | "Dropdown" => options::check(index, answer, found),
        _ => {}
    }
}

fn question_codes(index: &Index<'_>, answer: &Node<'_>, found: &mut Found) {
    let mut say = |code, at: &Node<'_>, seen: String, remedy: &str| {
        found.push(Diagnostic::error(code, &at.pointer, seen, remedy).about(answer.id()));
    };
    let id = answer.id();
    let confirms = index.home(id).is_some_and(|home| home.node.kind() == "ConfirmationQuestion");
    if confirms || index.root.text("data_version") != Some("0.0.1") {
        let mut has_code = false;
        answer.walk(&mut |node| has_code |= node.has("q_code"));
        if has_code && confirms {
            let seen = format!("a `q_code` of `{id}`, which only confirms");
            say("q-code-on-confirmation", answer, seen, "remove it");
        } else if has_code {
            let seen = format!("a `q_code` of `{id}`");
            say("q-code-wrong-version", answer, seen, "remove it, or set `data_version` to 0.0.1");
        }
        return;
    }
    let is_checkbox = answer.kind() == "Checkbox";
    let has_own = answer.has_something("q_code");
    let options = answer.items("options");
    for option in &options {
        if !is_checkbox && option.has_something("q_code") {
            say(
                "q-code-on-option",
                option,
                format!("a `q_code` of an option of `{id}`"),
                "remove it: the answer has one",
            );
        }
        let Some(detail) = option.get("detail_answer") else { continue };
        match (is_checkbox, detail.has_something("q_code")) {
            (true, true) => {
                let seen = format!("a `q_code` of the detail answer `{}`", detail.id());
                say(
                    "q-code-on-checkbox-detail",
                    option,
                    seen,
                    "remove it: it is submitted under the option's",
                );
            }
            (false, false) => {
                let seen = format!("no `q_code` of the detail answer `{}`", detail.id());
                say("q-code-detail-missing", option, seen, "give it one");
            }
            _ => {}
        }
    }
    if !is_checkbox {
        if !has_own {
            say("q-code-answer-missing", answer, format!("no `q_code` of `{id}`"), "give it one");
        }
        return;
    }
    if has_own && options.iter().any(|option| option.has("q_code")) {
        let seen = format!("`q_code`s of `{id}` and of its options");
        say("q-code-checkbox-both", answer, seen, "keep the one or the others");
    } else if !has_own && options.iter().any(|option| !option.has_something("q_code")) {
        let seen = format!("no `q_code` of `{id}`, nor of each of its options");
        say("q-code-checkbox-neither", answer, seen, "give one to each option, or to the answer");
    }
}
