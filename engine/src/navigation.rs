//! Where to go next, where "Previous" leads, and how a page returns to the summary it was opened from.
//!
//! Source: spec/02 §6.

use schema::questionnaire::{BlockIx, BlockKind, Flow, SectionIx};
use schema::rule::Fault;
use schema::value::ListItemId;

use crate::place::{Back, BackOrder, Location, Place, SectionKey, Target};
use crate::trace::Trace;

/// Which way a page is left.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    On,
    Previous,
}

/// The section instance an ordinary block's page belongs to.
pub fn key_of(trace: &Trace, place: Place) -> SectionKey {
    SectionKey { section: trace.questionnaire.block(place.block).section, item: place.item }
}

/// After a page of a section was answered (spec/02 §6.1).
pub fn next(trace: &Trace, place: Place, back: &Back) -> Result<Target, Fault> {
    let key = key_of(trace, place);
    if let Some(target) = returning(trace, key, back, Way::On)? {
        return Ok(target);
    }
    if trace.is_complete(key)? {
        let summary = trace.questionnaire.section(key.section).summary.as_ref();
        return if summary.is_some_and(|summary| summary.show_on_completion) {
            Ok(Target::at(Location::Section(key)))
        } else {
            end_of_section(trace)
        };
    }
    let path = trace.path(key)?;
    let following = path.position(place.block).and_then(|at| path.steps.get(at + 1));
    match following {
        Some(step) => Ok(page(trace, place.item, step.block).with_back(passed_on(back))),
        None => match trace.first_incomplete_block(key)? {
            Some(first) => Ok(page(trace, place.item, first)),
            None => end_of_section(trace),
        },
    }
}

/// The page of a block; relationships begin with their first pair.
fn page(trace: &Trace, item: Option<ListItemId>, block: BlockIx) -> Target {
    match trace.questionnaire.block(block).kind {
        BlockKind::Relationships(_) => Target::at(Location::Relationships { last: false }),
        _ => Target::block(Place::of(block, item)),
    }
}

fn passed_on(back: &Back) -> Back {
    Back { order: BackOrder::PassedOn, ..back.clone() }
}

/// Where a finished section leads (spec/02 §6.2).
pub fn end_of_section(trace: &Trace) -> Result<Target, Fault> {
    match trace.questionnaire.flow {
        Flow::Hub { .. } if trace.is_hub_open()? => Ok(Target::at(Location::Entry)),
        _ => match trace.first_incomplete_section()? {
            Some(key) => resume_section(trace, key),
            None => Ok(Target::at(match trace.questionnaire.flow {
                Flow::Linear { .. } => Location::Submit,
                Flow::Hub { .. } => Location::Entry,
            })),
        },
    }
}

/// The way into a section: where it was left, or its first page (spec/02 §6.2, §6.6). One in which all is skipped is
/// complete, and leads on.
pub fn resume_section(trace: &Trace, key: SectionKey) -> Result<Target, Fault> {
    if trace.response.visits.get(key).is_some()
        && let Some(first) = trace.first_incomplete_block(key)?
    {
        return Ok(Target { resume: true, ..page(trace, key.item, first) });
    }
    let first = trace.path(key)?.first();
    Ok(first.map_or_else(|| Target::at(Location::Entry), |first| page(trace, key.item, first)))
}

/// Where `/questionnaire/` leads; none when it is the hub itself (spec/02 §6.5).
pub fn entry(trace: &Trace) -> Result<Option<Target>, Fault> {
    if trace.is_hub_open()? {
        return Ok(None);
    }
    match trace.first_incomplete_section()? {
        Some(key) => resume_section(trace, key).map(Some),
        None => end_of_section(trace).map(Some),
    }
}

/// Where "Previous" leads from a page of a section (spec/02 §6.4).
pub fn previous(trace: &Trace, place: Place, back: &Back) -> Result<Option<Target>, Fault> {
    let key = key_of(trace, place);
    if let Some(target) = returning(trace, key, back, Way::Previous)? {
        return Ok(Some(target));
    }
    let path = trace.path(key)?;
    if let Some(before) = path.position(place.block).and_then(|at| at.checked_sub(1)) {
        let before = path.steps[before].block;
        let is_relationships = matches!(trace.questionnaire.block(before).kind, BlockKind::Relationships(_));
        let mut target = if is_relationships {
            Target::at(Location::Relationships { last: true })
        } else {
            page(trace, place.item, before)
        };
        target.anchor = back.answer.clone();
        target.back = Back { answer: None, ..passed_on(back) };
        return Ok(Some(target));
    }
    Ok(trace.is_hub_open()?.then(|| Target::at(Location::Entry)))
}

/// From a section's summary: the last page of its path.
pub fn previous_of_section(trace: &Trace, key: SectionKey) -> Result<Option<Target>, Fault> {
    Ok(trace.path(key)?.last().map(|last| page(trace, key.item, last)))
}

/// From the submit page: the last complete section's summary, or its last page.
pub fn previous_of_submit(trace: &Trace) -> Result<Option<Target>, Fault> {
    for key in trace.enabled_instances()?.into_iter().rev() {
        if trace.is_complete(key)? {
            let section = trace.questionnaire.section(key.section);
            if section.summary.is_some() {
                // Even of a repeating section the item is left out (spec/02 §6.4).
                let key = SectionKey { item: None, ..key };
                return Ok(Some(Target::at(Location::Section(key))));
            }
            return previous_of_section(trace, key);
        }
    }
    Ok(None)
}

/// The summary to return to, if the address names one that can be reached (spec/02 §6.3).
fn returning(trace: &Trace, key: SectionKey, back: &Back, way: Way) -> Result<Option<Target>, Fault> {
    let Some(to) = back.to.as_deref() else { return Ok(None) };
    if to == "grand-calculated-summary" {
        match to_grand_summary(trace, key, back)? {
            Reach::There(target) => return Ok(Some(target)),
            Reach::NotYet => return unfinished(trace, key, back, way),
            Reach::Unknown => {}
        }
    } else if to.starts_with("calculated-summary")
        && let Some(target) = to_calculated_summary(trace, key, back)?
    {
        return Ok(Some(target));
    }
    if !trace.is_complete(key)? {
        return unfinished(trace, key, back, way);
    }
    match to {
        "section-summary" => Ok(Some(Target::at(Location::Section(key)).with_anchor(back.answer.clone()))),
        "final-summary" if trace.is_questionnaire_complete()? => {
            Ok(Some(Target::at(Location::Submit).with_anchor(back.answer.clone())))
        }
        _ => Ok(None),
    }
}

/// The summary cannot be reached yet: on to what is missing, keeping the way back.
fn unfinished(trace: &Trace, key: SectionKey, back: &Back, way: Way) -> Result<Option<Target>, Fault> {
    if way == Way::Previous {
        return Ok(None);
    }
    let first = trace.first_incomplete_block(key)?;
    Ok(first.map(|first| page(trace, key.item, first).with_back(passed_on(back))))
}

enum Reach {
    There(Target),
    NotYet,
    /// Not a place one may return to from here: the general rules decide.
    Unknown,
}

fn to_grand_summary(trace: &Trace, key: SectionKey, back: &Back) -> Result<Reach, Fault> {
    let names = &trace.questionnaire.names;
    let Some(&grand) = back.block.as_deref().and_then(|id| names.blocks.get(id)) else {
        return Ok(Reach::Unknown);
    };
    let section = trace.questionnaire.block(grand).section;
    if section != key.section && !(trace.is_complete(key)? && trace.is_enabled(section)?) {
        return Ok(Reach::Unknown);
    }
    let item = key.item.or_else(|| back.item.as_deref().and_then(ListItemId::parse));
    let item = item.filter(|_| repeats(trace, section));
    // An address may name any block as the summary: one of somebody's section is nowhere without them.
    if !trace.instances(section).any(|instance| instance == (SectionKey { section, item })) {
        return Ok(Reach::Unknown);
    }
    let place = Place::of(grand, item);
    if trace.is_open(SectionKey { section, item }, grand)? {
        return Ok(Reach::There(Target::block(place).with_anchor(back.answer.clone())));
    }
    Ok(Reach::NotYet)
}

fn repeats(trace: &Trace, section: SectionIx) -> bool {
    trace.questionnaire.section(section).repeat.is_some()
}

fn to_calculated_summary(trace: &Trace, key: SectionKey, back: &Back) -> Result<Option<Target>, Fault> {
    let (first, rest) = split(back.block.as_deref());
    let Some(&summary) = first.and_then(|id| trace.questionnaire.names.blocks.get(id)) else {
        return Ok(None);
    };
    if trace.questionnaire.block(summary).section != key.section || !trace.is_open(key, summary)? {
        return Ok(None);
    }
    let (anchor, answers) = split(back.answer.as_deref());
    let (_, to) = split(back.to.as_deref());
    let back = Back {
        to: to.map(Into::into),
        block: rest.map(Into::into),
        answer: answers.map(Into::into),
        item: back.item.clone(),
        order: BackOrder::ToCalculatedSummary,
    };
    let target = page(trace, key.item, summary).with_back(back);
    Ok(Some(target.with_anchor(anchor.map(Into::into))))
}

/// The part before the first comma, and what follows it.
fn split(list: Option<&str>) -> (Option<&str>, Option<&str>) {
    match list.and_then(|list| list.split_once(',')) {
        Some((first, rest)) => (Some(first), Some(rest)),
        None => (list, None),
    }
}

/// From a page about one item: the summary it was opened from; of the pages about each item the one before, of the
/// first the edit page; else the block that led to it, or the collector (spec/02 §7.4, §7.9).
pub fn previous_of_nested(
    trace: &Trace,
    place: Place,
    parent: BlockIx,
    target: &Target,
) -> Result<Option<Target>, Fault> {
    let back = &target.back;
    let key = SectionKey { section: trace.questionnaire.block(parent).section, item: None };
    if matches!(trace.questionnaire.block(parent).kind, BlockKind::PrimaryPerson(_)) {
        return Ok(Some(page(trace, None, parent)));
    }
    match back.to.as_deref() {
        Some("section-summary") if trace.is_complete(key)? => {
            return Ok(Some(Target::at(Location::Section(key)).with_anchor(back.answer.clone())));
        }
        Some("final-summary") if trace.is_questionnaire_complete()? => {
            return Ok(Some(Target::at(Location::Submit).with_anchor(back.answer.clone())));
        }
        _ => {}
    }
    let (repeating, edit) = match &trace.questionnaire.block(parent).kind {
        BlockKind::ListCollector(collector) => (&collector.repeating[..], Some(collector.edit)),
        BlockKind::ListContent(collector) => (&collector.repeating[..], None),
        _ => (&[][..], None),
    };
    if let Some(at) = repeating.iter().position(|&block| block == place.block) {
        if let Some(target) = returning(trace, key, back, Way::Previous)? {
            return Ok(Some(target));
        }
        let before = at.checked_sub(1).map(|before| repeating[before]).or(edit);
        let before = before.map_or(Place::of(parent, None), |before| Place::of(before, place.item));
        return Ok(Some(Target::block(before).with_back(passed_on(back))));
    }
    let previous = target.previous.as_deref().and_then(|id| trace.questionnaire.names.blocks.get(id));
    Ok(Some(page(trace, None, *previous.unwrap_or(&parent)).with_back(passed_on(back))))
}
