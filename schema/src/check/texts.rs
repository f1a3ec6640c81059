//! Are the texts a respondent reads fit to print? Quotes, spaces, tags, entities. Source: spec/06 §3.4–3.7;
//! conformance/validator/codes.md, "Which texts are looked at".

mod markup;

use serde_json::Value;

use super::{Found, index::Index, node::Node};
use crate::diagnostic::Diagnostic;

/// Where texts stand: `…` is any depth, `*` any key, `[]` the items of a list.
const PLACES: [&str; 69] = [
    "title",
    "legal_basis",
    "messages.*",
    "submission.button",
    "submission.guidance",
    "submission.title",
    "submission.warning",
    "post_submission.guidance.contents[].title",
    "post_submission.guidance.contents[].description",
    "post_submission.guidance.contents[].list[]",
    "sections[].title",
    "sections[].repeat.title",
    "sections[].repeat.page_title",
    "sections[].summary.items[].title",
    "sections[].summary.items[].add_link_text",
    "sections[].summary.items[].empty_list_text",
    "sections[].summary.items[].item_label",
    "….page_title",
    "….groups[].title",
    "….blocks[].title",
    "….summary.title",
    "….summary.item_title",
    "….summary.empty_list_text",
    "….summary.add_link_text",
    "….summary.item_label",
    "….add_block.cancel_text",
    "….content.title",
    "….content.instruction[]",
    "….content.contents[].title",
    "….content.contents[].description",
    "….content.contents[].list[]",
    "….content.contents[].definition.title",
    "….content.contents[].definition.contents[].description",
    "….question.title",
    "….question.description[]",
    "….question.instruction[]",
    "….question.warning",
    "….question.definitions[].title",
    "….question.definitions[].contents[].title",
    "….question.definitions[].contents[].description",
    "….question.definitions[].contents[].list[]",
    "….question.definition.title",
    "….question.definition.contents[].title",
    "….question.definition.contents[].description",
    "….question.definition.contents[].list[]",
    "….question.guidance.contents[].title",
    "….question.guidance.contents[].description",
    "….question.guidance.contents[].list[]",
    "….answers[].validation.messages.*",
    "….answers[].label",
    "….answers[].instruction",
    "….answers[].placeholder",
    "….answers[].description",
    "….answers[].playback",
    "….answers[].options[].label",
    "….answers[].options[].description",
    "….answers[].options[].title",
    "….answers[].options[].playback",
    "….answers[].options[].detail_answer.label",
    "….answers[].options[].detail_answer.description",
    "….answers[].guidance.show_guidance",
    "….answers[].guidance.hide_guidance",
    "….answers[].guidance.contents[].title",
    "….answers[].guidance.contents[].description",
    "….answers[].guidance.contents[].list[]",
    "….primary_content[].title",
    "….primary_content[].contents[].list[]",
    "….primary_content[].contents[].description",
    "….secondary_content[].contents[].title",
];

/// The rest of [`PLACES`], all in introductions.
const PLACES_IN_INTRODUCTIONS: [&str; 10] = [
    "….secondary_content[].contents[].list[]",
    "….secondary_content[].contents[].description",
    "….primary_content[].contents[].guidance.contents[].title",
    "….primary_content[].contents[].guidance.contents[].description",
    "….primary_content[].contents[].guidance.contents[].list[]",
    "….preview_content.title",
    "….preview_content.contents[].description",
    "….preview_content.questions[].question",
    "….preview_content.questions[].contents[].description",
    "….preview_content.questions[].contents[].list[]",
];

pub(super) fn check(index: &Index<'_>, found: &mut Found) {
    let places: Vec<Vec<&str>> =
        PLACES.iter().chain(&PLACES_IN_INTRODUCTIONS).map(|place| steps(place)).collect();
    visit(&index.root, &mut Vec::new(), &places, found);
}

/// `a[].b` as `a`, `[]`, `b`.
fn steps(place: &str) -> Vec<&str> {
    place
        .split('.')
        .flat_map(|step| match step.strip_suffix("[]") {
            Some(list) => [Some(list), Some("[]")],
            None => [Some(step), None],
        })
        .flatten()
        .collect()
}

fn visit<'a>(node: &Node<'a>, path: &mut Vec<&'a str>, places: &[Vec<&str>], found: &mut Found) {
    let is_text = matches!(node.value, Value::String(_)) || node.has("text") || node.has("text_plural");
    if is_text && places.iter().any(|place| stands_at(path, place)) {
        for form in forms(node) {
            if let Value::String(text) = form.value {
                look_at(text, &form.pointer, found);
            }
        }
    }
    match node.value {
        Value::Object(members) => {
            for key in members.keys() {
                if let Some(member) = node.get(key) {
                    path.push(key);
                    visit(&member, path, places, found);
                    path.pop();
                }
            }
        }
        Value::Array(_) => {
            for item in node.elements() {
                path.push("[]");
                visit(&item, path, places, found);
                path.pop();
            }
        }
        _ => {}
    }
}

fn stands_at(path: &[&str], place: &[&str]) -> bool {
    let (tail, place) = match place.split_first() {
        Some((&"…", rest)) => (path.len().checked_sub(rest.len()).map(|from| &path[from..]), rest),
        _ => ((path.len() == place.len()).then_some(path), place),
    };
    tail.is_some_and(|tail| tail.iter().zip(place).all(|(step, wanted)| *wanted == "*" || step == wanted))
}

/// The text itself, or what an object with placeholders says.
fn forms<'a>(node: &Node<'a>) -> Vec<Node<'a>> {
    if node.value.is_string() {
        return vec![node.clone()];
    }
    match node.at(&["text_plural", "forms"]) {
        Some(forms) => forms.children(),
        None => node.get("text").into_iter().collect(),
    }
}

fn look_at(text: &str, pointer: &str, found: &mut Found) {
    if has_straight_quote(text) {
        let seen = format!("a straight quote or a pipe in {}", shortened(text));
        found.push(Diagnostic::error("text-straight-quote", pointer, seen, "use ’ or “ ”"));
    }
    if text.starts_with(' ') || text.ends_with(' ') || text.contains("  ") {
        let seen = format!("a space too many in {}", shortened(text));
        found.push(Diagnostic::error("text-stray-space", pointer, seen, "take it out"));
    }
    for (code, seen, remedy) in markup::faults(text) {
        found.push(Diagnostic::error(code, pointer, seen, remedy));
    }
}

/// A quote counts unless a `}` comes later with no `{` between, or a `>` with no `<` between.
fn has_straight_quote(text: &str) -> bool {
    text.char_indices().filter(|(_, character)| matches!(character, '\'' | '"' | '|')).any(|(at, _)| {
        let rest = &text[at + 1..];
        let closes_first = |open: char, close: char| {
            rest.find([open, close]).is_some_and(|next| rest[next..].starts_with(close))
        };
        !closes_first('{', '}') && !closes_first('<', '>')
    })
}

fn shortened(text: &str) -> String {
    const SHOWN: usize = 60;
    let short: String = text.chars().take(SHOWN).collect();
    if short.len() < text.len() { format!("“{short}…”") } else { format!("“{short}”") }
}
