//! Which pages may be visited, and how a response begins and begins again.
//!
//! Source: spec/02 §3, §6.5; design "Relaunch and adoption".

use schema::Questionnaire;
use schema::questionnaire::{BlockIx, BlockKind, Flow, Nested, NestedRole, Question, Variant};
use schema::rule::{Fault, FaultKind, Scope, holds};
use schema::value::Date;

use crate::navigation;
use crate::place::{Back, Location, Place, SectionKey, Target};
use crate::relationships::Related;
use crate::response::{Answers, Aside, Launch, Lists, Response, Visits};
use crate::trace::Trace;

/// Why a page is not shown, or a command not carried out.
#[derive(Clone, Debug, PartialEq)]
pub enum Denied {
    /// Not open, or not there at all.
    NotHere,
    /// As often as is allowed already.
    TooMany,
    /// Open elsewhere.
    Elsewhere(Box<Target>),
    Fault(Fault),
}

impl From<Fault> for Denied {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// A new response, nothing done yet.
pub fn open(launch: Launch) -> Response {
    Response {
        launch,
        answers: Answers::default(),
        lists: Lists::default(),
        visits: Visits::default(),
        writers: vec![],
        started_at: None,
        individual_requests: vec![],
        supplementary: None,
        submitted: None,
        aside: Aside::default(),
    }
}

/// Launched again, with the questionnaire the response began with: new claims, all else as it was.
pub fn relaunch(mut response: Response, launch: Launch) -> Response {
    response.launch = launch;
    response
}

/// Launched again with another questionnaire: `response` was read by it, so that what it has no name for lies
/// aside. Every page is asked again, prefilled.
pub fn adopt(mut response: Response, launch: Launch) -> Response {
    response.launch = launch;
    response.visits.clear();
    response.writers.clear();
    response
}

/// Where a respondent who comes back is to go on.
pub fn resume(questionnaire: &Questionnaire, response: &Response, today: Date) -> Result<Target, Fault> {
    let trace = Trace::new(questionnaire, response, today);
    Ok(navigation::entry(&trace)?.unwrap_or_else(|| Target::at(Location::Entry)))
}

/// The section instance that a page belongs to, if the page is open (spec/02 §3).
pub fn check(trace: &Trace, place: Place) -> Result<SectionKey, Denied> {
    let q = trace.questionnaire;
    let block = q.block(place.block);
    if let BlockKind::Nested(nested) = &block.kind {
        return check_nested(trace, place, nested, block.parent);
    }
    if matches!(block.kind, BlockKind::Relationships(_)) {
        if place.item.is_none() {
            let first = relationships(trace, false, &Back::default())?;
            return Err(Denied::Elsewhere(Box::new(first)));
        }
        let key = check_on_path(trace, Place::of(place.block, None))?;
        return check_related(trace, place).map(|()| key);
    }
    if place.to.is_some() {
        return Err(Denied::NotHere);
    }
    check_on_path(trace, place)
}

/// The pair, or the page about the unrelated, is one of those that are asked.
fn check_related(trace: &Trace, place: Place) -> Result<(), Denied> {
    let related = Related::of(trace.questionnaire, trace.response, place.block);
    let is_asked = related.is_some_and(|related| related.pages().contains(&place));
    if is_asked { Ok(()) } else { Err(Denied::NotHere) }
}

fn check_on_path(trace: &Trace, place: Place) -> Result<SectionKey, Denied> {
    let q = trace.questionnaire;
    let block = q.block(place.block);
    let key = SectionKey { section: block.section, item: place.item };
    if let Some(repeat) = &q.section(block.section).repeat {
        let listed = place.item.is_some_and(|item| trace.response.lists.contains(repeat.list, item));
        if !listed {
            return Err(Denied::NotHere);
        }
    }
    if !trace.is_enabled(block.section)? || !trace.is_open(key, place.block)? {
        return Err(Denied::NotHere);
    }
    Ok(key)
}

/// A page of a collector: open if the collector is, for an item of its list.
fn check_nested(
    trace: &Trace,
    place: Place,
    nested: &Nested,
    parent: Option<BlockIx>,
) -> Result<SectionKey, Denied> {
    let parent = parent.ok_or(Denied::NotHere)?;
    let key = check_on_path(trace, Place::of(parent, None))?;
    if nested.role == NestedRole::Unrelated {
        return check_related(trace, place).map(|()| key);
    }
    let view = trace.response.lists.view(nested.list);
    let listed = place.item.is_some_and(|item| view.items.contains(&item));
    let is_primary = place.item.is_some() && place.item == view.primary;
    let is_open = match nested.role {
        NestedRole::Add => place.item.is_none(),
        NestedRole::Remove => listed && !is_primary,
        NestedRole::PrimaryAddOrEdit => is_primary,
        NestedRole::Edit | NestedRole::Repeating | NestedRole::Unrelated => listed,
    };
    if is_open { Ok(key) } else { Err(Denied::NotHere) }
}

/// Where the relationship collector's own address leads: to its first pair, or its last (spec/02 §14).
pub fn relationships(trace: &Trace, last: bool, back: &Back) -> Result<Target, Denied> {
    let blocks = trace.questionnaire.names.blocks.values();
    let is_collector =
        |block: &BlockIx| matches!(trace.questionnaire.block(*block).kind, BlockKind::Relationships(_));
    let collector = blocks.copied().find(is_collector).ok_or(Denied::NotHere)?;
    check_on_path(trace, Place::of(collector, None))?;
    let related = Related::of(trace.questionnaire, trace.response, collector).ok_or(Denied::NotHere)?;
    let pages = related.pages();
    let page = if last { pages.last() } else { pages.first() };
    match page {
        Some(&page) => Ok(Target::block(page).with_back(back.clone())),
        None => Err(Denied::Fault(Fault {
            block: Some(collector),
            pointer: trace.questionnaire.block(collector).pointer.clone(),
            why: FaultKind::NoPlace,
        })),
    }
}

/// Whether the submit page may be seen (spec/02 §3).
pub fn check_submit(trace: &Trace) -> Result<(), Denied> {
    if !matches!(trace.questionnaire.flow, Flow::Linear { .. }) {
        return Err(Denied::NotHere);
    }
    match trace.first_incomplete_section()? {
        Some(key) => Err(Denied::Elsewhere(Box::new(navigation::resume_section(trace, key)?))),
        None => Ok(()),
    }
}

/// The first of the variants whose rule holds (spec/01 §4.3).
pub fn pick<'a, T>(variants: &'a [Variant<T>], scope: &dyn Scope, block: BlockIx) -> Result<&'a T, Fault> {
    for variant in variants {
        let holds = match &variant.when {
            Some(rule) => holds(rule, scope)?,
            None => true,
        };
        if holds {
            return Ok(&variant.of);
        }
    }
    let pointer = scope.questionnaire().block(block).pointer.clone();
    Err(Fault { block: Some(block), pointer, why: FaultKind::NoVariant })
}

/// The question a block asks here.
pub fn question<'a>(
    questionnaire: &'a Questionnaire,
    scope: &dyn Scope,
    block: BlockIx,
) -> Result<&'a Question, Fault> {
    pick(questionnaire.block(block).questions(), scope, block)
}

/// Whether a section's own address leads anywhere: it is there, enabled, and the item is in its list.
pub fn check_section(trace: &Trace, key: SectionKey) -> Result<(), Denied> {
    let is_instance = trace.instances(key.section).any(|has| has == key);
    // A repeating section without an item is an address too: it has no instance and so no page.
    if is_instance && trace.is_enabled(key.section)? { Ok(()) } else { Err(Denied::NotHere) }
}
