//! Definitions in their languages → one [`Questionnaire`], ready to run: names become indices, texts are joined.
//!
//! Structure, ids and rules are the base language's. What running needs, nothing more: whether a definition keeps
//! every rule is for `check`. A name that leads nowhere links to [`Link::Dangling`](crate::questionnaire::Link).

mod answers;
mod at;
mod blocks;
mod circles;
mod contents;
mod dependencies;
mod html;
mod languages;
mod lists;
mod names;
mod questions;
mod rules;
mod sections;
mod texts;

use std::cell::RefCell;

use serde::Deserialize;
use serde_json::Value;

pub use html::clean;

use crate::check::STRUCTURE;
use crate::definition::Definition;
use crate::diagnostic::{Diagnostic, Report};
use crate::questionnaire::{Dependencies, Locale, Questionnaire};

/// Sections that refer to each other's paths in a circle. eQ's validator lets them pass, hence a warning.
pub const CIRCLE: &str = "sections_in_a_circle";

/// Links the JSON texts of one questionnaire, one for each language, the first of them the base.
///
/// A further language whose structure differs from the base, or that cannot be read, is left out. Where a language
/// lacks a text, it has that of the base.
///
/// # Errors
/// A [`Report`] when the base has a wrong shape, or sections refer to each other in a circle (design, "Circles").
pub fn link(languages: &[&str]) -> Result<Questionnaire, Report> {
    let Some((base, others)) = languages.split_first() else {
        return Err(misshapen("", "no definition", "Give one for each language."));
    };
    let base: Value = serde_json::from_str(base)
        .map_err(|error| misshapen("", &error.to_string(), "A definition is a JSON object."))?;
    let definition = read(&base)?;
    let locale = Locale::from_code(&definition.language)
        .ok_or_else(|| misshapen("/language", &definition.language, "Give one of `en`, `cy`, `ga`, `eo`."))?;
    let (locales, others) = languages::alike(&base, locale, others);

    let names = names::names(&definition);
    let shared = at::Shared { names: &names, others: &others, problems: RefCell::default() };
    let mut questionnaire = sections::questionnaire(&at::At::root(&shared), &definition, locales);
    let diagnostics = shared.problems.into_inner();
    if !diagnostics.is_empty() {
        return Err(Report { diagnostics });
    }

    let names::Index { names, answers, lists, .. } = names;
    questionnaire.names = names;
    questionnaire.answers = answers;
    questionnaire.lists = lists;
    questionnaire.dependencies = dependencies::dependencies(&questionnaire);
    match circles::circle(&questionnaire) {
        None => Ok(questionnaire),
        Some(circle) => {
            let ids: Vec<&str> = circle.iter().map(|&section| &*questionnaire.section(section).id).collect();
            let first = &questionnaire.section(circle[0]).pointer.0;
            let seen = format!("sections that depend on each other: {}", ids.join(", "));
            let diagnostic =
                Diagnostic::warning(CIRCLE, &**first, seen, "Let one of them not refer to the others.");
            Err(Report { diagnostics: vec![diagnostic.about(ids[0])] })
        }
    }
}

fn misshapen(pointer: &str, seen: &str, remedy: &str) -> Report {
    Report { diagnostics: vec![Diagnostic::error(STRUCTURE, pointer, seen, remedy)] }
}

/// What is seen names what is missing or wrong; how each part should look is told by `check`.
const REMEDY: &str = "Give it the shape that the format describes.";

fn read(base: &Value) -> Result<Definition, Report> {
    let mut track = serde_path_to_error::Track::new();
    let from = serde_path_to_error::Deserializer::new(base, &mut track);
    Definition::deserialize(from)
        .map_err(|error| misshapen(&pointer(&track.path()), &error.to_string(), REMEDY))
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;

    let mut pointer = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => at::push_index(&mut pointer, *index),
            Segment::Map { key } => at::push_key(&mut pointer, key),
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    pointer
}

/// Before names are resolved, a questionnaire depends on nothing.
fn no_dependencies() -> Dependencies {
    Dependencies::default()
}

#[cfg(test)]
mod tests;
