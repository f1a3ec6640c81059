//! Do a question's answers go together? Source: spec/06 §4.5.
//!
//! As in eQ, questions of blocks within a list collector are not looked at, but for its repeating blocks.

use std::collections::BTreeSet;

use super::{
    Found, answers, dates,
    index::Index,
    node::Node,
    rules::{Kind, kind_of_answer},
};
use crate::diagnostic::Diagnostic;

pub(super) fn check(index: &Index<'_>, found: &mut Found) {
    for (place, block) in index.blocks.iter().enumerate() {
        if block.is_step(place) || block.node.kind() == "ListRepeatingQuestion" {
            for question in Index::questions(&block.node) {
                one(index, &question, found);
            }
        }
    }
}

fn one(index: &Index<'_>, question: &Node<'_>, found: &mut Found) {
    let all = Index::answers_of(question);
    let before = found.len();
    if question.kind() != "MutuallyExclusive" {
        labels(question, &all, found);
    }
    match question.kind() {
        "MutuallyExclusive" => exclusive(question, &all, found),
        "DateRange" => range(question, &all, found),
        "Calculated" => calculated(index, question, &all, found.len() == before, found),
        _ => {}
    }
    for answer in &all {
        let is_joined = matches!(answer.kind(), "TextField" | "Checkbox" | "Number");
        if question.has_something("summary") && !is_joined {
            let seen = format!(
                "`{}` of type {}, in a question whose answers are joined",
                answer.id(),
                answer.kind()
            );
            let remedy = "ask for TextField, Checkbox and Number only, or remove `summary`";
            found.push(
                Diagnostic::error("question-summary-answer-type", &answer.pointer, seen, remedy)
                    .about(answer.id()),
            );
        }
        answers::check(index, answer, found);
    }
}

fn labels(question: &Node<'_>, all: &[Node<'_>], found: &mut Found) {
    let is_with_lone_box = all.len() == 2
        && all.last().is_some_and(|last| last.kind() == "Checkbox" && last.items("options").len() == 1);
    if all.len() < 2 || is_with_lone_box {
        return;
    }
    for answer in all.iter().filter(|answer| !answer.has_something("label")) {
        let seen =
            format!("`{}` without a label, one of {} answers of `{}`", answer.id(), all.len(), question.id());
        found.push(
            Diagnostic::error("question-label-missing", &answer.pointer, seen, "give it a label")
                .about(answer.id()),
        );
    }
}

fn exclusive(question: &Node<'_>, all: &[Node<'_>], found: &mut Found) {
    let Some((last, others)) = all.split_last() else { return };
    let mut say = |code, at: &Node<'_>, seen: String, remedy: &str| {
        found.push(Diagnostic::error(code, &at.pointer, seen, remedy).about(question.id()));
    };
    if let Some(answer) = all.iter().find(|answer| answer.has_something("mandatory")) {
        let remedy = "set its `mandatory` to false, and the question's to true";
        say("exclusive-answer-mandatory", answer, format!("`{}` is mandatory", answer.id()), remedy);
    }
    if !matches!(last.kind(), "Checkbox" | "Radio") {
        let seen = format!("`{}` of type {} as the answer that excludes the other", last.id(), last.kind());
        say("exclusive-answer-type", last, seen, "make it a Checkbox or Radio");
    }
    if let Some(radio) = others.iter().find(|answer| answer.kind() == "Radio") {
        let seen = format!("`{}`, a radio that cannot be left", radio.id());
        say("exclusive-first-radio", radio, seen, "make it a Checkbox, or take it out");
    }
}

fn range(question: &Node<'_>, all: &[Node<'_>], found: &mut Found) {
    let Some(limits) = question.get("period_limits") else { return };
    let (minimum, maximum) = (limits.get("minimum"), limits.get("maximum"));
    if let (Some(minimum), Some(maximum)) = (&minimum, &maximum)
        && dates::after_example(minimum) > dates::after_example(maximum)
    {
        let seen = "the shortest period allowed is longer than the longest";
        let remedy = "make `maximum` longer, or `minimum` shorter";
        let code = "date-range-limits-cross";
        found.push(Diagnostic::error(code, &limits.pointer, seen, remedy).about(question.id()));
    }
    let uses = |unit: &str| [&minimum, &maximum].into_iter().flatten().any(|limit| limit.has(unit));
    let (code, seen, remedy) = match all.first().map(Node::kind) {
        Some("MonthYearDate") if uses("days") => {
            ("date-range-days-of-months", "days, for dates without a day", "use months and years")
        }
        Some("YearDate") if uses("days") || uses("months") => {
            ("date-range-part-of-years", "days or months, for dates of a year alone", "use years")
        }
        _ => return,
    };
    found.push(Diagnostic::error(code, &limits.pointer, seen, remedy).about(question.id()));
}

fn calculated(index: &Index<'_>, question: &Node<'_>, all: &[Node<'_>], is_sound: bool, found: &mut Found) {
    let own: Vec<&str> = all.iter().map(Node::id).collect();
    let calculations = question.items("calculations");
    let before = found.len();
    for calculation in &calculations {
        let listed = calculation.items("answers_to_calculate");
        let ids: Vec<&str> = listed.iter().filter_map(|id| id.value.as_str()).collect();
        if let [only] = ids.as_slice() {
            let is_known = index.answer(only).is_some();
            if is_known && !index.is_dynamic_at_home(only) {
                let seen = format!("`{only}` alone");
                let remedy = "add up two answers or more, or a dynamic one";
                let code = "calculated-too-few";
                found.push(Diagnostic::error(code, &calculation.pointer, seen, remedy).about(question.id()));
            }
        }
        for id in ids.iter().filter(|id| !own.contains(id)) {
            let seen = format!("`{id}`, which the question does not ask for");
            let remedy = "name answers of the same question";
            let code = "calculated-answer-elsewhere";
            found.push(Diagnostic::error(code, &calculation.pointer, seen, remedy).about(*id));
        }
    }
    if found.len() == before && is_sound {
        for calculation in &calculations {
            types(index, question, calculation, found);
        }
    }
}

/// All that is added up, and the answer it is measured against, must be numbers of one type.
fn types(index: &Index<'_>, question: &Node<'_>, calculation: &Node<'_>, found: &mut Found) {
    let value = calculation.get("value").filter(|value| value.text("source") == Some("answers"));
    let total = match calculation.text("answer_id") {
        Some(id) => Some((id, format!("{}/answer_id", calculation.pointer), true)),
        None => value.and_then(|value| Some((value.text("identifier")?, value.pointer.clone(), false))),
    };
    let listed = calculation.items("answers_to_calculate");
    let mut kinds = BTreeSet::new();
    let all = total
        .into_iter()
        .chain(listed.iter().filter_map(|id| Some((id.value.as_str()?, id.pointer.clone(), true))));
    for (id, pointer, is_by_name) in all {
        let Some(answer) = index.answer(id) else {
            // Named by a value source it is told as such already.
            if is_by_name {
                let seen = format!("`{id}` is not an answer of this questionnaire");
                found.push(
                    Diagnostic::error("source-answer-unknown", pointer, seen, "name one that is").about(id),
                );
            }
            continue;
        };
        kinds.insert(answer.node.kind());
        if kind_of_answer(answer.node.kind()) != Kind::Number {
            let seen = format!("`{id}` of type {}", answer.node.kind());
            let remedy = "name a Number, Currency, Percentage or Unit";
            found.push(Diagnostic::error("calculated-answer-not-number", pointer, seen, remedy).about(id));
        }
    }
    if kinds.len() > 1 {
        let seen = format!("answers of the types {}", kinds.into_iter().collect::<Vec<_>>().join(", "));
        let code = "calculated-answer-types-differ";
        let remedy = "make all of one type";
        found.push(Diagnostic::error(code, &calculation.pointer, seen, remedy).about(question.id()));
    }
}
