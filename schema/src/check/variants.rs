//! Do all variants of a question ask for the same? Source: spec/06 §4.3.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Found, index::Index, node::Node, rules};
use crate::diagnostic::Diagnostic;

pub(super) fn check(index: &Index<'_>, found: &mut Found) {
    for (place, block) in index.blocks.iter().enumerate() {
        if !block.is_step(place) {
            continue;
        }
        let variants = block.node.items("question_variants");
        for variant in variants.iter().chain(&block.node.items("content_variants")) {
            if let Some(when) = variant.get("when") {
                rules::check(index, &when, false, found);
            }
        }
        let questions: Vec<Node<'_>> =
            variants.iter().filter_map(|variant| variant.get("question")).collect();
        if !questions.is_empty() {
            agreement(&block.node, &questions, found);
        }
    }
}

fn agreement(block: &Node<'_>, questions: &[Node<'_>], found: &mut Found) {
    let mut say = |code, seen: String, remedy: &str| {
        found.push(Diagnostic::error(code, &block.pointer, seen, remedy).about(block.id()));
    };
    let kinds: BTreeSet<&str> = questions.iter().map(Node::kind).collect();
    // A variant may add an answer that excludes the others; then only its first answer is compared.
    let some_exclude = kinds.len() > 1 && kinds.contains("MutuallyExclusive");
    let mut ids: BTreeSet<&str> = BTreeSet::new();
    let mut counts: BTreeSet<usize> = BTreeSet::new();
    let mut kinds_of_answers: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut defaults: Vec<Option<&Value>> = Vec::new();
    for question in questions {
        let answers = question.items("answers");
        for answer in &answers {
            kinds_of_answers.entry(answer.id()).or_default().insert(answer.kind());
            let default = answer.get("default").map(|default| default.value);
            if !defaults.contains(&default) {
                defaults.push(default);
            }
        }
        let compared = if some_exclude && question.kind() == "MutuallyExclusive" { 1 } else { answers.len() };
        ids.extend(answers.iter().take(compared).map(Node::id));
        counts.insert(ids.len());
    }
    if counts.len() > 1 {
        let remedy = "let each variant ask for the same answers";
        say("variants-answer-count-differs", "variants with different numbers of answers".to_owned(), remedy);
        say(
            "variants-answer-ids-differ",
            format!("variants ask for {}, not each for all", listed(&ids)),
            remedy,
        );
    }
    let question_ids: BTreeSet<&str> = questions.iter().map(Node::id).collect();
    if question_ids.len() > 1 {
        let seen = format!("variants with the question ids {}", listed(&question_ids));
        say("variants-question-id-differs", seen, "give them one id");
    }
    let compared_kinds: BTreeSet<&str> =
        kinds.into_iter().filter(|kind| !(some_exclude && *kind == "MutuallyExclusive")).collect();
    if compared_kinds.len() > 1 {
        let seen = format!("variants of the types {}", listed(&compared_kinds));
        say("variants-question-type-differs", seen, "make them questions of one type");
    }
    if defaults.len() > 1 {
        let remedy = "give every answer of every variant the same default, or none";
        say("variants-default-differs", "answers with different defaults".to_owned(), remedy);
    }
    for (id, kinds) in kinds_of_answers.iter().filter(|(_, kinds)| kinds.len() > 1) {
        let seen = format!("`{id}` of the types {}", listed(kinds));
        found.push(
            Diagnostic::error(
                "variants-answer-type-differs",
                &block.pointer,
                seen,
                "give it one type, or two ids",
            )
            .about(*id),
        );
    }
}

fn listed(names: &BTreeSet<&str>) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
