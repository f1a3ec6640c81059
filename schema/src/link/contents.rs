//! Contents: headings, paragraphs, bullets, definitions and guidance, at any depth.

use super::at::At;
use super::texts;
use crate::definition;
use crate::questionnaire::{ContentItem, Contents, Definition};

pub(super) fn contents(at: &At, written: &[definition::ContentItem]) -> Contents {
    written.iter().enumerate().map(|(nth, written)| item(&at.index(nth), written)).collect()
}

pub(super) fn maybe(at: &At, written: Option<&definition::Contents>) -> Option<Contents> {
    written.map(|written| contents(at, written))
}

pub(super) fn guidance(at: &At, written: Option<&definition::Guidance>) -> Option<Contents> {
    written.map(|written| contents(&at.key("contents"), &written.contents))
}

pub(super) fn explanation(at: &At, written: &definition::Explanation) -> Definition {
    Definition {
        title: texts::text(&at.key("title"), &written.title),
        contents: contents(&at.key("contents"), &written.contents),
    }
}

fn item(at: &At, written: &definition::ContentItem) -> ContentItem {
    ContentItem {
        title: texts::maybe(&at.key("title"), written.title.as_ref()),
        description: texts::maybe(&at.key("description"), written.description.as_ref()),
        list: texts::each(&at.key("list"), &written.list),
        definition: written.definition.as_ref().map(|written| explanation(&at.key("definition"), written)),
        guidance: guidance(&at.key("guidance"), written.guidance.as_ref()),
    }
}
