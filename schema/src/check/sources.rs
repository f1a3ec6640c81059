//! Does every value source name something that is there, and early enough to be known? Source: spec/06 §3.8, §3.9, §4.1.

use super::{
    Found,
    index::{Index, Source},
};
use crate::diagnostic::Diagnostic;

pub(super) fn check(index: &Index<'_>, found: &mut Found) {
    for source in &index.sources {
        // Outside sections eQ looks at nothing but lists, and stops there.
        if source.section.is_none() && source.kind != "list" {
            continue;
        }
        match source.kind {
            "answers" => answer(index, source, found),
            "list" => list(index, source, found),
            "progress" => progress(index, source, found),
            "metadata" => {
                let is_declared = index
                    .root
                    .items("metadata")
                    .iter()
                    .any(|entry| entry.text("name") == Some(source.identifier));
                unknown_unless(
                    is_declared,
                    source,
                    "source-metadata-unknown",
                    "launch data declared in `metadata`",
                    found,
                );
            }
            "response_metadata" => unknown_unless(
                source.identifier == "started_at",
                source,
                "source-response-metadata-unknown",
                "`started_at`",
                found,
            ),
            "calculated_summary" => {
                let is_there = has_block(index, source.identifier, "CalculatedSummary");
                unknown_unless(
                    is_there,
                    source,
                    "source-calculated-summary-unknown",
                    "a calculated summary",
                    found,
                );
            }
            "grand_calculated_summary" => {
                let is_there = has_block(index, source.identifier, "GrandCalculatedSummary");
                let code = "source-grand-calculated-summary-unknown";
                unknown_unless(is_there, source, code, "a grand calculated summary", found);
            }
            _ => {}
        }
    }
}

fn has_block(index: &Index<'_>, id: &str, kind: &str) -> bool {
    index.blocks.iter().any(|block| block.node.id() == id && block.node.kind() == kind)
}

fn unknown_unless(is_there: bool, source: &Source<'_>, code: &'static str, wanted: &str, found: &mut Found) {
    if !is_there {
        let seen = format!("`{}` is not {wanted}", source.identifier);
        found.push(
            Diagnostic::error(code, &source.node.pointer, seen, format!("name {wanted}"))
                .about(source.identifier),
        );
    }
}

fn answer(index: &Index<'_>, source: &Source<'_>, found: &mut Found) {
    let id = source.identifier;
    let Some(answer) = index.answer(id) else {
        return unknown_unless(
            false,
            source,
            "source-answer-unknown",
            "an answer of this questionnaire",
            found,
        );
    };
    if let Some(selector) = source.node.text("selector").filter(|selector| !selector.is_empty()) {
        const PARTS: [&str; 4] = ["line1", "line2", "town", "postcode"];
        if answer.node.kind() != "Address" {
            let seen = format!("a part of `{id}`, which is of type {}", answer.node.kind());
            found.push(
                Diagnostic::error(
                    "selector-not-composite",
                    &source.node.pointer,
                    seen,
                    "remove `selector`, or name an Address",
                )
                .about(id),
            );
        } else if !PARTS.contains(&selector) {
            let seen = format!("`{selector}`, which no address has");
            let remedy = format!("put one of {}", PARTS.join(", "));
            found.push(
                Diagnostic::error("selector-field-unknown", &source.node.pointer, seen, remedy).about(id),
            );
        }
    }
    answer_too_early(index, source, found);
}

/// An answer counts as asked for in the block of a group: an item added, or a repeating block, in its list collector.
fn answer_too_early(index: &Index<'_>, source: &Source<'_>, found: &mut Found) {
    let Some(home) = index.home(source.identifier) else { return };
    let asked_in = match home.node.kind() {
        "ListAddQuestion" | "ListRepeatingQuestion" => &index.blocks[home.step],
        _ => home,
    };
    let Some(asked_at) = index.place_of_block(asked_in.node.id()) else { return };
    let (is_too_early, reader) = match (source.group, source.section) {
        (Some(group), _) => {
            let group = &index.groups[group];
            let (step, reader) = match source.step {
                Some(step) => (Some(step), index.blocks[step].node.id()),
                None => (group.blocks.first().copied(), group.node.id()),
            };
            let read_at = step.and_then(|step| index.place_of_block(index.blocks[step].node.id()));
            (read_at.is_some_and(|read_at| asked_at > read_at), reader)
        }
        (None, Some(section)) => {
            let section_node = &index.sections[section].node;
            let is_enabling = source.node.pointer.starts_with(&format!("{}/enabled/", section_node.pointer));
            let is_step = index.blocks[asked_in.step].node.pointer == asked_in.node.pointer;
            (is_enabling && is_step && section < asked_in.section, section_node.id())
        }
        (None, None) => return,
    };
    if is_too_early {
        let seen =
            format!("`{}`, which is asked for later, in block `{}`", source.identifier, asked_in.node.id());
        let remedy = "ask for it earlier, or read it later";
        found.push(
            Diagnostic::error("answer-read-too-early", &source.node.pointer, seen, remedy).about(reader),
        );
    }
}

fn list(index: &Index<'_>, source: &Source<'_>, found: &mut Found) {
    let name = source.identifier;
    if !index.lists.contains(name) {
        let wanted = "a list that a list collector or supplementary data fill";
        return unknown_unless(false, source, "source-list-unknown", wanted, found);
    }
    let Some(section) = source.section else { return };
    if index.supplementary_lists.contains(name) {
        return;
    }
    // The first list collector counts, or a primary person collector before it.
    let filled_at = index
        .blocks
        .iter()
        .enumerate()
        .filter(|(place, block)| {
            block.is_step(*place)
                && matches!(block.node.kind(), "ListCollector" | "PrimaryPersonListCollector")
                && block.node.text("for_list") == Some(name)
        })
        .filter_map(|(_, block)| Some((index.place_of_block(block.node.id())?, block.section)))
        .min();
    let Some((filled_at, filled_in)) = filled_at else { return };
    let is_too_early = match (source.step, source.group) {
        (Some(step), _) => {
            index.place_of_block(index.blocks[step].node.id()).is_some_and(|read_at| read_at < filled_at)
        }
        (None, Some(group)) => index.groups[group].blocks.first().is_some_and(|&first| first < filled_at),
        (None, None) => section < filled_in,
    };
    if is_too_early {
        let seen =
            format!("list `{name}`, which is filled later, in block `{}`", index.blocks[filled_at].node.id());
        let remedy = "fill it earlier, or read it later";
        found.push(Diagnostic::error("list-read-too-early", &source.node.pointer, seen, remedy).about(name));
    }
}

/// Progress may be asked only of what comes before, and not of what is repeated elsewhere.
fn progress(index: &Index<'_>, source: &Source<'_>, found: &mut Found) {
    let Some(section) = source.section else { return };
    let id = source.identifier;
    let fault = if source.node.text("selector") == Some("block") {
        progress_of_block(index, source, section)
    } else {
        progress_of_section(index, id, section)
    };
    if let Some((code, seen)) = fault {
        let remedy = "ask for the progress of something before, that is not repeated";
        found
            .push(Diagnostic::error(code, &source.node.pointer, format!("`{id}`, {seen}"), remedy).about(id));
    }
}

fn progress_of_block(
    index: &Index<'_>,
    source: &Source<'_>,
    section: usize,
) -> Option<(&'static str, &'static str)> {
    let id = source.identifier;
    // Of a group's own conditions eQ takes no notice of the blocks; the group's first stands for it.
    let step = source.step.or_else(|| index.groups[source.group?].blocks.first().copied());
    if let (Some(step), true) = (step, source.step.is_some())
        && index.blocks[step].node.id() == id
    {
        return Some(("progress-current-block", "the block that asks"));
    }
    let Some(place) = index.place_of_block(id) else {
        return Some(("source-progress-unknown", "which is not a block"));
    };
    let block = &index.blocks[place];
    let is_past = match step {
        Some(step) => index.place_of_block(index.blocks[step].node.id()).is_some_and(|now| place < now),
        None => block.section < section && block.is_step(place),
    };
    if !is_past {
        return Some(("progress-later-block", "a block that comes later"));
    }
    let is_repeated = index.sections[block.section].repeats_over().is_some() && block.section < section;
    (is_repeated && block.is_step(place))
        .then_some(("progress-repeating-block", "a block of a repeating section"))
}

fn progress_of_section(index: &Index<'_>, id: &str, section: usize) -> Option<(&'static str, &'static str)> {
    if index.sections[section].node.id() == id {
        return Some(("progress-current-section", "the section that asks"));
    }
    let Some(place) = index.section_place(id) else {
        return Some(("source-progress-unknown", "which is not a section"));
    };
    if place > section {
        return Some(("progress-later-section", "a section that comes later"));
    }
    let is_repeated = index.sections[place].repeats_over().is_some();
    is_repeated.then_some(("progress-repeating-section", "a section that is repeated"))
}
