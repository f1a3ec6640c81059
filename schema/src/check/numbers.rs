//! Can the limits of a number be kept? Source: spec/06 §4.6.

use std::collections::HashMap;

use serde_json::Value;

use super::{
    Found,
    index::Index,
    node::{Node, is_something},
    rules::{Kind, kind_of_source},
};
use crate::diagnostic::Diagnostic;

/// The greatest number there is; the least is its opposite. Source: spec/01 §6.1.
const LIMIT: f64 = 999_999_999_999_999.0;
const DECIMALS: f64 = 6.0;

/// What is known of an answer when those before it are known.
#[derive(Clone, Copy)]
pub(super) struct Range {
    /// None if it comes from an answer that is not there yet.
    minimum: Option<f64>,
    maximum: Option<f64>,
    decimals: f64,
}

/// The ranges of all answers, each from the ones before it; of several definitions the last.
pub(super) fn ranges(index: &Index<'_>) -> HashMap<String, Range> {
    let mut ranges = HashMap::new();
    index.root.walk(&mut |node| {
        for answer in node.items("answers") {
            let range = Range {
                minimum: limit(index, &answer, "minimum", 0.0, &ranges),
                maximum: limit(index, &answer, "maximum", LIMIT, &ranges),
                decimals: answer
                    .get("decimal_places")
                    .and_then(|places| places.value.as_f64())
                    .unwrap_or(0.0),
            };
            ranges.insert(answer.id().to_owned(), range);
        }
    });
    ranges
}

fn limit(
    index: &Index<'_>,
    answer: &Node<'_>,
    key: &str,
    default: f64,
    ranges: &HashMap<String, Range>,
) -> Option<f64> {
    let Some(value) = answer.at(&[key, "value"]) else { return Some(default) };
    match value.value {
        Value::Object(_) if value.has_something("source") => {
            // eQ takes a reference for the default, once what it refers to is there.
            referred(index, &value, ranges).map(|_| default)
        }
        Value::Number(number) => number.as_f64(),
        _ => Some(default),
    }
}

/// The range of the last of the answers behind a source, if all are there.
fn referred(index: &Index<'_>, source: &Node<'_>, ranges: &HashMap<String, Range>) -> Option<Range> {
    let ids = index.answers_behind(source.text("source")?, source.text("identifier")?);
    ids.iter().map(|id| ranges.get(*id).copied()).collect::<Option<Vec<_>>>()?.last().copied()
}

pub(super) fn check(index: &Index<'_>, answer: &Node<'_>, has_sound_codes: bool, found: &mut Found) {
    let mut say = |code, pointer: &str, seen: String, remedy: &str| {
        found.push(Diagnostic::error(code, pointer, seen, remedy).about(answer.id()));
    };
    let decimals = answer.get("decimal_places").and_then(|places| places.value.as_f64());
    if answer.has("calculated") && decimals != Some(2.0) {
        let seen = "a calculated answer without two decimal places".to_owned();
        say("number-calculated-decimals", &answer.pointer, seen, "set `decimal_places` to 2");
    }
    if answer.has_something("mandatory")
        && answer.get("default").is_some_and(|default| !default.value.is_null())
    {
        let seen = "a default, of an answer that must be given".to_owned();
        say("number-default-on-mandatory", &answer.pointer, seen, "remove one or the other");
    }
    if let Some(places) = decimals.filter(|places| *places > DECIMALS) {
        say(
            "number-decimals-above-limit",
            &answer.pointer,
            format!("{places} decimal places"),
            "put 6 or less",
        );
    }
    let mut are_numbers = true;
    for key in ["minimum", "maximum"] {
        let Some(value) = answer.at(&[key, "value"]).filter(|value| is_something(value.value)) else {
            continue;
        };
        let is_number = match value.value {
            Value::Object(_) => kind_of_source(index, &value).is_none_or(|kind| kind == Kind::Number),
            other => other.is_number() || other.is_boolean(),
        };
        if !is_number {
            are_numbers = false;
            let seen = match value.text("identifier") {
                Some(identifier) => format!("`{identifier}`, which is not a number"),
                None => value.value.to_string(),
            };
            say("number-limit-not-number", &value.pointer, seen, "put a number, or a source of one");
        }
    }
    // eQ looks no further where a code or a limit is wrong.
    if are_numbers && has_sound_codes {
        limits(index, answer, found);
    }
}

fn limits(index: &Index<'_>, answer: &Node<'_>, found: &mut Found) {
    let ranges = index.ranges();
    let Some(own) = ranges.get(answer.id()).copied() else { return };
    let mut say = |code, pointer: &str, seen: String, remedy: &str| {
        found.push(Diagnostic::error(code, pointer, seen, remedy).about(answer.id()));
    };
    let mut is_usable = true;
    for (key, limit, code) in [
        ("minimum", own.minimum, "number-minimum-source-unusable"),
        ("maximum", own.maximum, "number-maximum-source-unusable"),
    ] {
        let source = answer.at(&[key, "value"]).filter(|value| value.value.is_object());
        let is_unknown = source.as_ref().is_some_and(|source| kind_of_source(index, source).is_none());
        if limit.is_none() {
            is_usable = false;
            // A source that names nothing is told as such.
            if !is_unknown {
                let name =
                    source.as_ref().and_then(|source| source.text("identifier")).unwrap_or(answer.id());
                let seen = format!("the {key} comes from `{name}`, which is not asked for before it");
                let pointer = source.as_ref().map_or(&answer.pointer, |source| &source.pointer);
                say(code, pointer, seen, "name a numeric answer that comes earlier");
            }
        }
    }
    let (Some(minimum), Some(maximum), true) = (own.minimum, own.maximum, is_usable) else { return };
    if maximum < minimum {
        let seen = format!("nothing lies between {minimum} and {maximum}");
        say("number-range-empty", &answer.pointer, seen, "set `minimum` as well, below `maximum`");
    }
    for (key, greatest, code, is_beyond) in [
        ("minimum", -LIMIT, "number-minimum-below-limit", below as fn(f64, f64) -> bool),
        ("maximum", LIMIT, "number-maximum-above-limit", above),
    ] {
        let Some(value) = answer.at(&[key, "value"]) else { continue };
        let referred = value.text("source").and_then(|_| referred(index, &value, ranges));
        let effective = match referred {
            Some(range) if key == "minimum" => range.minimum,
            Some(range) => range.maximum,
            // Only whole numbers are looked at.
            None => {
                value.value.as_number().filter(|number| !number.is_f64()).and_then(serde_json::Number::as_f64)
            }
        };
        if effective.is_some_and(|effective| is_beyond(effective, greatest)) {
            let seen = format!("a {key} of {}", effective.unwrap_or_default());
            say(code, &answer.pointer, seen, &format!("stay within {greatest}"));
        }
        let named = value.text("identifier").and_then(|id| ranges.get(id).map(|range| (id, range.decimals)));
        if let Some((id, decimals)) = named.filter(|(_, decimals)| own.decimals < *decimals) {
            let seen = format!("{} decimal places, and `{id}` sets the {key} with {decimals}", own.decimals);
            say("number-source-more-decimals", &answer.pointer, seen, "allow as many as that");
        }
    }
}

fn below(value: f64, limit: f64) -> bool {
    value < limit
}

fn above(value: f64, limit: f64) -> bool {
    value > limit
}
