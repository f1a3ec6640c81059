//! Do the definitions of one questionnaire differ in nothing but their words?

use serde_json::Value;

use super::node::Node;
use crate::diagnostic::Diagnostic;

/// Says where another language's definition first departs from the base's structure; the runner leaves such a language
/// out. Pointers are into the other.
#[must_use]
pub fn difference(base: &Value, other: &Value) -> Option<Diagnostic> {
    // What may differ follows from the language, or is words.
    differs(&Node::root(base), &Node::root(other)).map(|(node, seen)| {
        let remedy = "give all languages the same sections, groups, blocks, questions, answers and options";
        let warning = Diagnostic::warning("languages-differ", &node.pointer, seen, remedy);
        match node.text("id") {
            Some(id) => warning.about(id),
            None => warning,
        }
    })
}

/// Keys below which a definition's structure lies.
const STRUCTURE: [&str; 18] = [
    "sections",
    "groups",
    "blocks",
    "question",
    "question_variants",
    "content_variants",
    "answers",
    "dynamic_answers",
    "options",
    "dynamic_options",
    "detail_answer",
    "add_block",
    "edit_block",
    "remove_block",
    "add_or_edit_block",
    "unrelated_block",
    "repeating_blocks",
    "content",
];

fn differs<'a>(base: &Node<'_>, other: &Node<'a>) -> Option<(Node<'a>, String)> {
    for key in ["id", "type", "for_list"] {
        let (one, another) = (base.text(key), other.text(key));
        if one != another {
            let name = |value: Option<&str>| value.map_or("none".to_owned(), |value| format!("`{value}`"));
            return Some((
                other.clone(),
                format!("{key} {}, where the base has {}", name(another), name(one)),
            ));
        }
    }
    for key in STRUCTURE {
        match (base.get(key), other.get(key)) {
            (Some(one), Some(another)) if one.value.is_array() && another.value.is_array() => {
                let (ones, anothers) = (one.elements(), another.elements());
                if ones.len() != anothers.len() {
                    return Some((
                        another,
                        format!("{} {key}, where the base has {}", anothers.len(), ones.len()),
                    ));
                }
                if let Some(found) =
                    ones.iter().zip(&anothers).find_map(|(one, another)| differs(one, another))
                {
                    return Some(found);
                }
            }
            (Some(one), Some(another)) => {
                if let Some(found) = differs(&one, &another) {
                    return Some(found);
                }
            }
            (None, None) => {}
            (one, _) => {
                let (here, there) = if one.is_some() { ("no", "one") } else { ("a", "none") };
                return Some((other.clone(), format!("{here} `{key}`, where the base has {there}")));
            }
        }
    }
    None
}
