//! Do calculated summaries add up what can be added up, once it is known? Source: spec/06 §4.4.

use super::{
    Found,
    index::{Answer, Index, terms},
    node::Node,
};
use crate::diagnostic::Diagnostic;

pub(super) fn check(index: &Index<'_>, found: &mut Found) {
    for (place, block) in index.blocks.iter().enumerate() {
        if block.is_step(place) {
            match block.node.kind() {
                "CalculatedSummary" => summary(index, &block.node, found),
                "GrandCalculatedSummary" => grand(index, &block.node, block.section, found),
                _ => {}
            }
        }
    }
}

fn error(block: &Node<'_>, code: &'static str, seen: String, remedy: &str) -> Diagnostic {
    Diagnostic::error(code, &block.pointer, seen, remedy).about(block.id())
}

fn summary(index: &Index<'_>, block: &Node<'_>, found: &mut Found) {
    let ids = terms(block, "answers");
    let unknown: Vec<&str> = ids.iter().copied().filter(|id| index.answer(id).is_none()).collect();
    if !unknown.is_empty() {
        // Named by a value source it is told as such already.
        if block.at(&["calculation", "answers_to_calculate"]).is_some() {
            for id in unknown {
                let seen = format!("`{id}`, which is not an answer of this questionnaire");
                let remedy = "name one that is";
                found.push(
                    Diagnostic::error("calculation-answer-unknown", &block.pointer, seen, remedy).about(id),
                );
            }
        }
        return;
    }
    if let [id] = ids.as_slice()
        && !repeats(index, id)
    {
        let seen = format!("`{id}` alone, which does not repeat");
        found.push(error(block, "calculated-summary-single", seen, "add up two answers or more"));
    }
    let own = index.place_of_block(block.id());
    for id in &ids {
        let home = index.home(id).and_then(|home| index.place_of_block(home.node.id()));
        if home > own {
            let seen = format!("`{id}`, which is asked for later");
            found.push(error(block, "calculated-summary-too-early", seen, "put the summary after it"));
        }
    }
    let mut sections: Vec<usize> = ids
        .iter()
        .filter_map(|id| index.answer(id))
        .map(|answer| index.blocks[answer.block].section)
        .collect();
    sections.sort_unstable();
    sections.dedup();
    if sections.len() > 1 {
        let seen = "answers of different sections added up".to_owned();
        let remedy = "add them up in one summary each, and those in a grand calculated summary";
        found.push(error(block, "calculated-summary-sections-differ", seen, remedy));
    }
    alike(index, block, &ids, found);
}

/// Whether an answer is given several times: for each item of a list.
fn repeats(index: &Index<'_>, id: &str) -> bool {
    index.is_dynamic_at_home(id)
        || index.home(id).is_some_and(|home| home.node.kind() == "ListRepeatingQuestion")
}

fn alike(index: &Index<'_>, block: &Node<'_>, ids: &[&str], found: &mut Found) {
    let answers: Vec<&Answer<'_>> = ids.iter().filter_map(|id| index.answer(id)).collect();
    let Some((first, rest)) = answers.split_first() else { return };
    let differs = |key: &str| rest.iter().find(|other| other.node.text(key) != first.node.text(key));
    let told = |key: &str, other: &Answer<'_>| {
        let own = first.node.text(key).unwrap_or("none");
        let their = other.node.text(key).unwrap_or("none");
        format!("{own} of `{}` and {their} of `{}` added up", first.node.id(), other.node.id())
    };
    if let Some(other) = differs("type") {
        found.push(error(
            block,
            "calculation-types-differ",
            told("type", other),
            "add up answers of one type",
        ));
    } else if let Some(other) = differs("unit").filter(|_| first.node.kind() == "Unit") {
        found.push(error(
            block,
            "calculation-units-differ",
            told("unit", other),
            "add up answers in one unit",
        ));
    } else if let Some(other) = differs("currency").filter(|_| first.node.kind() == "Currency") {
        let code = "calculation-currencies-differ";
        found.push(error(block, code, told("currency", other), "add up answers in one currency"));
    }
}

fn grand(index: &Index<'_>, block: &Node<'_>, section: usize, found: &mut Found) {
    let parts = terms(block, "calculated_summary");
    let mut sums: Vec<(&str, Vec<&str>)> = Vec::new();
    for part in &parts {
        // An unknown part is told as an unknown source.
        let Some(summary) = index.block(part).filter(|summary| summary.node.kind() == "CalculatedSummary")
        else {
            return;
        };
        let ids = terms(&summary.node, "answers");
        if let Some(id) = ids.iter().find(|id| index.answer(id).is_none()) {
            // It is told where it stands; eQ tells it once more at a grand summary of another section.
            if summary.section != section {
                let seen = format!("`{part}`, which adds up `{id}`, an answer that does not exist");
                found.push(
                    error(block, "calculation-answer-unknown", seen, "mend the calculated summary")
                        .about(*id),
                );
            }
            return;
        }
        sums.push((part, ids));
    }
    let own = index.place_of_block(block.id());
    for part in &parts {
        if index.place_of_block(part) > own {
            let seen = format!("`{part}`, which comes later");
            found.push(error(block, "grand-summary-too-early", seen, "put the grand summary after it"));
        }
    }
    for (position, (part, ids)) in sums.iter().enumerate() {
        if let Some((other, _)) =
            sums[..position].iter().find(|(other, theirs)| theirs == ids && other != part)
        {
            let seen = format!("`{other}` and `{part}`, which add up the same answers");
            found.push(error(block, "grand-summary-parts-same", seen, "keep one of them").about(*part));
        }
    }
    let all: Vec<&str> = sums.iter().flat_map(|(_, ids)| ids.iter().copied()).collect();
    alike(index, block, &all, found);
    let over = index.sections[section].repeats_over();
    for (part, ids) in &sums {
        let Some(at) = step_of(index, part) else { continue };
        if index.sections[at].repeats_over().is_some() {
            if over.is_none() {
                let seen = format!("`{part}`, which repeats though the grand summary does not");
                let remedy = "put the grand summary into the part's section, or leave the part out";
                found.push(error(block, "grand-summary-part-repeats", seen, remedy).about(*part));
            } else if at != section {
                let seen = format!("`{part}`, which repeats in another section");
                let remedy = "add up parts of the same section";
                found.push(error(block, "grand-summary-part-other-repeat", seen, remedy).about(*part));
            }
        } else if over.is_some() && ids.iter().any(|id| index.list_of_answer(id) == over) {
            let list = over.unwrap_or_default();
            let seen =
                format!("`{part}`, which adds up answers of every item of `{list}`, for each item of it");
            let remedy = "leave the part out";
            found.push(error(block, "grand-summary-part-same-list", seen, remedy).about(*part));
        }
    }
}

/// The section of the block of a group with this id.
fn step_of(index: &Index<'_>, id: &str) -> Option<usize> {
    index
        .blocks
        .iter()
        .enumerate()
        .find(|(place, block)| block.is_step(*place) && block.node.id() == id)
        .map(|(_, block)| block.section)
}
