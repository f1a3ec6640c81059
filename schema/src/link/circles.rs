//! Whether sections refer to each other's paths in a circle, so that none of them could ever be traced.

use crate::questionnaire::{Questionnaire, SectionIx};

/// The sections of a circle, in the order they refer to each other; none if there is no circle.
///
/// A repeating section closes none: only sections without an item are looked at from outside (spec/02 §2.2).
pub(super) fn circle(questionnaire: &Questionnaire) -> Option<Vec<SectionIx>> {
    let mut done = vec![false; questionnaire.sections.len()];
    let mut way = Vec::new();
    questionnaire.section_indices().find_map(|section| follow(questionnaire, section, &mut way, &mut done))
}

/// One step deeper for each section on the way: the number of sections bounds it.
fn follow(
    questionnaire: &Questionnaire,
    section: SectionIx,
    way: &mut Vec<SectionIx>,
    done: &mut [bool],
) -> Option<Vec<SectionIx>> {
    if let Some(at) = way.iter().position(|&on_way| on_way == section) {
        return Some(way[at..].to_vec());
    }
    if done[section.index()] || questionnaire.section(section).repeat.is_some() {
        return None;
    }
    way.push(section);
    for &seen in &questionnaire.dependencies.seen_by_section[section.index()] {
        if let Some(circle) = follow(questionnaire, seen, way, done) {
            return Some(circle);
        }
    }
    way.pop();
    done[section.index()] = true;
    None
}
