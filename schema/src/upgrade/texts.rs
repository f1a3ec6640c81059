//! Texts, as today's validator wants them written. Option values are no texts: conditions compare with them.
//! Source: spec/09 §9.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{notes::Notes, walk::values};
use crate::check::texts::{is_sound, places::Places};

/// Texts that eQ's validator does not look at.
pub(crate) const UNCHECKED: [&str; 6] = [
    "….cancel_text",
    "….calculation.title",
    "….detail_answer.placeholder",
    "….detail_answer.validation.messages.*",
    "….validation.messages.*",
    "….messages.*",
];

pub(super) fn upgrade(definition: &mut Value, notes: &mut Notes) {
    let places = Places::and(&UNCHECKED);
    let mut first: BTreeMap<&'static str, (String, usize)> = BTreeMap::new();
    values(definition, &mut |value, path| {
        let shape = path.shape();
        let shape = match shape {
            [rest @ .., plural, forms, _] if plural == "text_plural" && forms == "forms" => rest,
            [rest @ .., last] if last == "text" => rest,
            _ => shape,
        };
        let Value::String(text) = value else { return };
        if !places.hold(shape) {
            return;
        }
        let (better, kinds) = mended(text);
        for kind in kinds {
            first.entry(kind).or_insert_with(|| (path.pointer(), 0)).1 += 1;
        }
        *text = better;
    });
    for (kind, (pointer, count)) in first {
        let times = if count == 1 { "once".to_owned() } else { format!("{count} times") };
        notes.changed(pointer, format!("{kind} ({times}, here first)"));
    }
}

/// A text as it may stand today, and what had to be done for it.
pub(crate) fn mended(text: &str) -> (String, Vec<&'static str>) {
    let mut kinds = Vec::new();
    let mut text = text.to_owned();
    for (kind, mend) in MENDS {
        let better = mend(&text);
        if better != text {
            kinds.push(kind);
            text = better;
        }
    }
    (text, kinds)
}

type Mend = (&'static str, fn(&str) -> String);

const MENDS: [Mend; 4] = [
    ("<em> is written <strong>", strengthened),
    ("white space is taken out of texts", spaced),
    ("white space before <br> is taken out", broken),
    ("every paragraph has its own <p>", parted),
];

fn strengthened(text: &str) -> String {
    text.replace("<em>", "<strong>").replace("</em>", "</strong>")
}

/// Runs of white space are one blank, none at either end; a no-break space stays.
fn spaced(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

fn broken(text: &str) -> String {
    text.replace(" <br", "<br")
}

/// Where paragraphs begin after other text, or are not closed, every run of text gets its own.
fn parted(text: &str) -> String {
    if !text.contains("<p>") || is_sound(text) {
        return text.to_owned();
    }
    let runs = text.split("<p>").flat_map(|part| part.split("</p>"));
    runs.map(str::trim).filter(|run| !run.is_empty()).map(|run| format!("<p>{run}</p>")).collect()
}
