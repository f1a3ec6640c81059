//! Are the texts a respondent reads fit to print? Quotes, spaces, tags, entities. Source: spec/06 §3.4–3.7;
//! conformance/validator/codes.md, "Which texts are looked at".

mod markup;
pub(crate) mod places;

use serde_json::Value;

use self::places::Places;
use super::{Found, index::Index, node::Node};
use crate::diagnostic::Diagnostic;

pub(super) fn check(index: &Index<'_>, found: &mut Found) {
    visit(&index.root, &mut Vec::new(), &Places::read(), found);
}

fn visit<'a>(node: &Node<'a>, path: &mut Vec<&'a str>, places: &Places, found: &mut Found) {
    let is_text = matches!(node.value, Value::String(_)) || node.has("text") || node.has("text_plural");
    if is_text && places.hold(path) {
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

/// Whether the tags and entities of a text are as they may be.
pub(crate) fn is_sound(text: &str) -> bool {
    markup::faults(text).is_empty()
}

fn shortened(text: &str) -> String {
    const SHOWN: usize = 60;
    let short: String = text.chars().take(SHOWN).collect();
    if short.len() < text.len() { format!("“{short}…”") } else { format!("“{short}”") }
}
