//! What eQ's validator lets pass and its runner stumbles over, or never reaches: warnings of our own.
//!
//! Source: conformance/validator/codes.md, "What it lets pass"; spec/01 §6.4, §7.1, §9.2, §9.3.

use std::collections::HashSet;

use serde_json::Value;

use super::{Found, index::Index, node::Node};
use crate::diagnostic::Diagnostic;

/// Units that the structure admits and CLDR 44 has no words for. Source: spec/01 §6.4.
const UNITS_WITHOUT_WORDS: &str = " angle-steradian concentr-portion concentr-ofglucose concentr-katal duration-fortnight \
    electric-coulomb electric-farad electric-henry electric-siemens energy-calorie-it energy-british-thermal-unit-it \
    energy-becquerel energy-sievert energy-gray force-kilogram-force length-100-kilometer length-rod length-chain \
    magnetic-tesla magnetic-weber mass-slug pressure-ofhg temperature-rankine volume-pint-imperial \
    pressure-gasoline-equivalent length-rin length-sun length-shaku-length length-shaku-cloth length-ken length-jo-jp \
    length-ri-jp area-bu-jp area-se-jp area-cho volume-kosaji volume-osaji volume-cup-jp volume-shaku volume-sai \
    volume-to-jp volume-koku mass-fun ";

pub(super) fn check(index: &Index<'_>, found: &mut Found) {
    individual_response(index, found);
    list_collectors_far_off(index, found);
    let language = index.root.text("language").unwrap_or_default();
    index.root.walk(&mut |node| {
        action(index, node, found);
        lists(index, node, found);
        not_run(node, found);
        routes(node, found);
        sums(node, found);
        text(language, node, found);
        answers_twice(node, found);
    });
}

fn list_is_filled(index: &Index<'_>, list: &str) -> bool {
    index.lists.contains(list)
        || index.blocks.iter().any(|block| {
            block.node.kind() == "PrimaryPersonListCollector" && block.node.text("for_list") == Some(list)
        })
}

fn unknown_list(index: &Index<'_>, node: &Node<'_>, key: &str, found: &mut Found) {
    if let Some(list) = node.text(key).filter(|list| !list_is_filled(index, list)) {
        let seen = format!("list `{list}`, which nothing fills");
        let pointer = format!("{}/{key}", node.pointer);
        found.push(
            Diagnostic::warning("list-unknown", pointer, seen, "name a list that is filled").about(list),
        );
    }
}

fn individual_response(index: &Index<'_>, found: &mut Found) {
    let Some(individual) = index.root.get("individual_response") else { return };
    unknown_list(index, &individual, "for_list", found);
    let section = individual.text("individual_section_id");
    if let Some(id) = section.filter(|id| index.section_place(id).is_none()) {
        let seen = format!("`{id}`, which is no section");
        let pointer = format!("{}/individual_section_id", individual.pointer);
        found.push(Diagnostic::warning("section-unknown", pointer, seen, "name a section").about(id));
    }
}

fn action(index: &Index<'_>, node: &Node<'_>, found: &mut Found) {
    if node.kind() != "RedirectToListAddBlock" {
        return;
    }
    let Some(params) = node.get("params") else { return };
    unknown_list(index, &params, "list_name", found);
    if let Some(id) = params.text("block_id").filter(|id| index.place_of_block(id).is_none()) {
        let seen = format!("`{id}`, which is no block");
        let pointer = format!("{}/block_id", params.pointer);
        found.push(
            Diagnostic::warning("block-unknown", pointer, seen, "name the add block of the list").about(id),
        );
    }
}

/// Whoever adds somebody from a question is led to the list collector (spec/02 §7.10): what lies between is passed over,
/// and only asked when the rest of the section is done.
fn list_collectors_far_off(index: &Index<'_>, found: &mut Found) {
    for (place, block) in index.blocks.iter().enumerate() {
        if !block.is_step(place) || is_collector(&block.node) {
            continue;
        }
        let mut after = index.blocks.iter().enumerate().skip(place + 1);
        let next = after.find(|(other, next)| next.is_step(*other) && next.section == block.section);
        let next = next.map(|(other, _)| other);
        block.node.walk(&mut |node| {
            let params = node.at(&["action", "params"]);
            let Some(id) = params.and_then(|params| params.text("block_id")) else { return };
            let Some(collector) = index.place_of_block(id).map(|add| index.blocks[add].step) else { return };
            let collects = &index.blocks[collector].node;
            let mut routes = block.node.items("routing_rules").into_iter();
            let is_next =
                next == Some(collector) || routes.any(|route| route.text("block") == Some(collects.id()));
            if is_next || !is_collector(collects) {
                return;
            }
            let seen = format!(
                "the list collector `{}`, which does not come right after this question",
                collects.id()
            );
            let remedy = "put it there: whoever adds an item from here is led past the pages between";
            let pointer = format!("{}/action", node.pointer);
            found.push(
                Diagnostic::warning("list-collector-far-off", pointer, seen, remedy).about(collects.id()),
            );
        });
    }
}

fn is_collector(block: &Node<'_>) -> bool {
    matches!(block.kind(), "ListCollector" | "PrimaryPersonListCollector")
}

fn lists(index: &Index<'_>, node: &Node<'_>, found: &mut Found) {
    if node.kind() == "ListCollectorDrivingQuestion" {
        unknown_list(index, node, "for_list", found);
    }
    if let Some(summary) = node.get("list_summary") {
        unknown_list(index, &summary, "for_list", found);
    }
}

/// What the structure admits and no runner carries out.
fn not_run(node: &Node<'_>, found: &mut Found) {
    let mut say = |pointer: &str, seen: String, remedy: &str| {
        found.push(Diagnostic::warning("never-run", pointer, seen, remedy));
    };
    if node.kind() == "AnswerSummary" {
        say(&node.pointer, "an AnswerSummary, which no runner shows".to_owned(), "use a section summary");
    }
    if let Some(name @ ("number_to_words" | "remove_empty")) = node.text("transform") {
        say(&node.pointer, format!("the transform {name}, which no runner carries out"), "use another");
    }
    if node.get("concatenate").is_some_and(|operands| operands.value.is_array()) {
        say(&node.pointer, "the operator concatenate, which no runner carries out".to_owned(), "use another");
    }
    if let Some(unit) = node.text("unit").filter(|unit| UNITS_WITHOUT_WORDS.contains(&format!(" {unit} "))) {
        say(&format!("{}/unit", node.pointer), format!("{unit}, which has no words"), "use another unit");
    }
    if let Some(values) = node.at(&["dynamic_options", "values"])
        && let Some(source) = values.text("source").filter(|source| *source != "answers")
    {
        say(
            &values.pointer,
            format!("options from {source}, which no runner offers"),
            "take them from an answer",
        );
    }
}

fn routes(node: &Node<'_>, found: &mut Found) {
    let rules = node.items("routing_rules");
    let Some(default) = rules.iter().position(|rule| !rule.has("when")) else { return };
    if let Some(late) = rules.get(default + 1).filter(|late| late.has("when")) {
        let seen = "a rule after the one without a condition, which is never reached";
        let remedy = "put the rule without a condition last";
        found.push(Diagnostic::warning("route-never-reached", &late.pointer, seen, remedy).about(node.id()));
    }
}

/// The structure looks at the first term of a sum alone.
fn sums(node: &Node<'_>, found: &mut Found) {
    let wanted = match node.kind() {
        "CalculatedSummary" => "answers",
        "GrandCalculatedSummary" => "calculated_summary",
        _ => return,
    };
    let Some(operation) = node.at(&["calculation", "operation"]) else { return };
    for term in operation.items("+") {
        if term.text("source") != Some(wanted) || term.text("identifier").is_none() {
            let seen = "a term of another kind than the first";
            let remedy = format!("name a source `{wanted}` and an identifier");
            found.push(
                Diagnostic::warning("term-of-other-kind", &term.pointer, seen, remedy).about(node.id()),
            );
        }
    }
}

fn text(language: &str, node: &Node<'_>, found: &mut Found) {
    if !node.has("placeholders") {
        return;
    }
    if let Some(forms) = node.at(&["text_plural", "forms"]) {
        // Each language has forms of its own; `other` the structure asks for. Source: spec/01 §9.2.
        let wanted: &[&str] = match language {
            "cy" => &["zero", "one", "two", "few", "many"],
            "ga" => &["one", "two", "few", "many"],
            _ => &["one"],
        };
        for form in wanted.iter().filter(|form| !forms.has(form)) {
            let seen = format!("no form `{form}`, which the language has");
            let remedy = format!("add `{form}`");
            found.push(Diagnostic::warning("plural-form-missing", &forms.pointer, seen, remedy));
        }
    }
    let forms = node.at(&["text_plural", "forms"]).map(|forms| forms.children()).unwrap_or_default();
    for form in node.get("text").into_iter().chain(forms) {
        if let Value::String(text) = form.value {
            let is_in_tag =
                text.match_indices('{').any(|(at, _)| text[..at].rfind('<') > text[..at].rfind('>'));
            if is_in_tag {
                let seen = "a placeholder inside a tag, where it cannot be made safe";
                let remedy = "put it between tags, or use a transform that makes a link";
                found.push(Diagnostic::warning("placeholder-in-tag", &form.pointer, seen, remedy));
            }
        }
    }
}

fn answers_twice(node: &Node<'_>, found: &mut Found) {
    let mut ids = HashSet::new();
    for answer in node.items("answers") {
        if !answer.id().is_empty() && !ids.insert(answer.id()) {
            let seen = format!("`{}` twice in one question", answer.id());
            let remedy = "give each an id of its own";
            found.push(Diagnostic::warning("answer-twice", &answer.pointer, seen, remedy).about(answer.id()));
        }
    }
}
