//! Paths: which blocks are to be answered, in order, and why; and how far one has come. Worked out when first asked for and remembered
//! while the request lives; looking never changes anything.
//!
//! Source: spec/02 §2, §3, §6.

mod block_set;
mod progress;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use schema::Questionnaire;
use schema::questionnaire::{BlockIx, Link, RouteTo, SectionIx};
use schema::rule::{Fault, FaultKind, Here, Rule, holds};
use schema::value::Date;

pub use block_set::BlockSet;
pub use progress::Progress;

use crate::place::SectionKey;
use crate::response::Response;
use crate::scope::{Sees, Sight};

/// Of a questionnaire, a response and a date.
pub struct Trace<'a> {
    pub questionnaire: &'a Questionnaire,
    pub response: &'a Response,
    pub today: Date,
    paths: RefCell<HashMap<SectionKey, Rc<Path>>>,
    enabled: RefCell<Vec<Option<bool>>>,
    depth: Cell<u32>,
}

/// The blocks of a section that are to be answered, in order.
#[derive(Clone, Debug, Default)]
pub struct Path {
    /// A backward route ends with its target *repeated*: a path is not a set.
    pub steps: Vec<Step>,
    pub set: BlockSet,
    /// The last block, if a rule of it leads backwards: what applying an answer there must undo.
    pub backward: Option<Backward>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub block: BlockIx,
    pub why: Why,
}

/// Why a block is on the path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It comes after the one before.
    Next,
    /// The n-th route of the block before leads here.
    Route(u16),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backward {
    pub from: BlockIx,
    pub route: u16,
}

impl Path {
    pub fn blocks(&self) -> impl DoubleEndedIterator<Item = BlockIx> + '_ {
        self.steps.iter().map(|step| step.block)
    }

    pub fn contains(&self, block: BlockIx) -> bool {
        self.set.contains(block)
    }

    pub fn first(&self) -> Option<BlockIx> {
        self.steps.first().map(|step| step.block)
    }

    pub fn last(&self) -> Option<BlockIx> {
        self.steps.last().map(|step| step.block)
    }

    pub fn position(&self, block: BlockIx) -> Option<usize> {
        self.steps.iter().position(|step| step.block == block)
    }
}

/// Deeper than any sound questionnaire's sections depend on one another.
const DEEPEST: u32 = 64;

impl<'a> Trace<'a> {
    pub fn new(questionnaire: &'a Questionnaire, response: &'a Response, today: Date) -> Self {
        Self {
            questionnaire,
            response,
            today,
            paths: RefCell::default(),
            enabled: RefCell::new(vec![None; questionnaire.sections.len()]),
            depth: Cell::new(0),
        }
    }

    /// The same, but for one path that is known: the one an answer led along before it was forgotten.
    pub fn with_path(
        questionnaire: &'a Questionnaire,
        response: &'a Response,
        today: Date,
        known: Option<(SectionKey, Rc<Path>)>,
    ) -> Self {
        let trace = Self::new(questionnaire, response, today);
        trace.paths.borrow_mut().extend(known);
        trace
    }

    /// Whether the section is to be answered at all (spec/02 §2.3).
    pub fn is_enabled(&self, section: SectionIx) -> Result<bool, Fault> {
        if let Some(known) = self.enabled.borrow()[section.index()] {
            return Ok(known);
        }
        let enabled = match &self.questionnaire.section(section).enabled {
            None => true,
            Some(rule) => {
                let seen = self.seen(section)?;
                self.holds(rule, SectionKey { section, item: None }, &seen, Here::default())?
            }
        };
        self.enabled.borrow_mut()[section.index()] = Some(enabled);
        Ok(enabled)
    }

    /// The paths of the started sections that the section's rules look at (spec/02 §2.2).
    fn seen(&self, section: SectionIx) -> Result<BlockSet, Fault> {
        self.union(&self.questionnaire.dependencies.seen_by_section[section.index()], None)
    }

    /// The blocks on the paths of those of the sections that are started; `current` with its own item.
    pub fn union(&self, sections: &[SectionIx], current: Option<SectionKey>) -> Result<BlockSet, Fault> {
        let mut set = BlockSet::default();
        for &section in sections {
            let key = match current {
                Some(key) if key.section == section => key,
                _ => SectionKey { section, item: None },
            };
            if self.is_started(key) {
                set.insert_all(&self.path(key)?.set);
            }
        }
        Ok(set)
    }

    fn holds(&self, rule: &Rule, key: SectionKey, seen: &BlockSet, here: Here) -> Result<bool, Fault> {
        holds(rule, &Sight::of_rule(self, key, Sees::Paths(seen), here))
    }

    /// The path through a section, or through one instance of a repeating one.
    pub fn path(&self, key: SectionKey) -> Result<Rc<Path>, Fault> {
        if let Some(path) = self.paths.borrow().get(&key) {
            return Ok(path.clone());
        }
        if self.depth.get() > DEEPEST {
            let pointer = self.questionnaire.section(key.section).pointer.clone();
            return Err(Fault { block: None, pointer, why: FaultKind::Circle });
        }
        self.depth.set(self.depth.get() + 1);
        let path = self.walk(key).map(Rc::new);
        self.depth.set(self.depth.get() - 1);
        let path = path?;
        self.paths.borrow_mut().insert(key, path.clone());
        Ok(path)
    }

    fn walk(&self, key: SectionKey) -> Result<Path, Fault> {
        let q = self.questionnaire;
        let section = q.section(key.section);
        let mut seen = self.seen(key.section)?;
        // A block's skip condition knows the item but no list; a route knows both (spec/01 §8.1, quirks).
        let at = Here { item: key.item, to: None, list: None };
        let at_route = Here { list: section.repeat.as_ref().map(|repeat| repeat.list), ..at };

        let mut blocks = Vec::new();
        for &group in &section.groups {
            let group = q.group(group);
            let skipped = match &group.skip {
                Some(rule) => self.holds(rule, key, &seen, at)?,
                None => false,
            };
            if !skipped {
                blocks.extend_from_slice(&group.blocks);
            }
        }

        let mut path = Path::default();
        let mut why = Why::Next;
        let mut index = 0;
        while let Some(&block) = blocks.get(index) {
            let definition = q.block(block);
            if let Some(rule) = &definition.skip
                && self.holds(rule, key, &seen, at).map_err(|fault| fault_at(fault, block))?
            {
                index += 1;
                continue;
            }
            if path.set.insert(block) {
                path.steps.push(Step { block, why });
            }
            seen.insert(block);
            why = Why::Next;
            if definition.routes.is_empty() {
                index += 1;
                continue;
            }
            let mut chosen = None;
            for (number, route) in (0u16..).zip(&definition.routes) {
                let taken = match &route.when {
                    Some(rule) => {
                        self.holds(rule, key, &seen, at_route).map_err(|fault| fault_at(fault, block))?
                    }
                    None => true,
                };
                if taken {
                    chosen = Some((number, &route.to));
                    break;
                }
            }
            let Some((number, to)) = chosen else { break };
            let target = match to {
                RouteTo::EndOfSection => break,
                RouteTo::Block(Link::To(target)) => *target,
                RouteTo::Group(Link::To(group)) => match q.group(*group).blocks.first() {
                    Some(&first) => first,
                    None => break,
                },
                RouteTo::Block(Link::Dangling(name)) | RouteTo::Group(Link::Dangling(name)) => {
                    return Err(Fault {
                        block: Some(block),
                        pointer: definition.pointer.clone(),
                        why: FaultKind::Dangling(name.clone()),
                    });
                }
            };
            // Ahead first, where nearly every route leads, and not far.
            let (behind, ahead) = blocks.split_at(index + 1);
            if let Some(further) = ahead.iter().position(|&has| has == target) {
                index += 1 + further;
                why = Why::Route(number);
            } else {
                if behind.contains(&target) {
                    path.steps.push(Step { block: target, why: Why::Route(number) });
                    path.backward = Some(Backward { from: block, route: number });
                }
                break;
            }
        }
        Ok(path)
    }

    /// The instances of a section: one, or one for each item of its list.
    pub fn instances(&self, section: SectionIx) -> impl Iterator<Item = SectionKey> + use<'a> {
        let repeat = self.questionnaire.section(section).repeat.as_ref();
        let items = repeat.map(|repeat| self.response.lists.items(repeat.list));
        let once = items.is_none().then_some(SectionKey { section, item: None });
        once.into_iter().chain(
            items.unwrap_or_default().iter().map(move |&item| SectionKey { section, item: Some(item) }),
        )
    }

    /// Every instance of every enabled section, in order (spec/02 §2.5).
    pub fn enabled_instances(&self) -> Result<Vec<SectionKey>, Fault> {
        let mut keys = Vec::new();
        for section in self.questionnaire.section_indices() {
            if self.is_enabled(section)? {
                keys.extend(self.instances(section));
            }
        }
        Ok(keys)
    }
}

fn fault_at(mut fault: Fault, block: BlockIx) -> Fault {
    fault.block.get_or_insert(block);
    fault
}
