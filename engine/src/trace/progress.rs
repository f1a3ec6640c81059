//! How far one has come: the statuses of sections and items, what comes first, and what may be visited.
//!
//! Source: spec/02 §2, §3.

use schema::questionnaire::{BlockIx, BlockKind, Flow, SectionIx};
use schema::rule::Fault;
use schema::value::ListItemId;

use super::Trace;
use crate::place::SectionKey;
use crate::response::Mark;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    NotStarted,
    InProgress,
    Completed,
    /// A separate form was asked for.
    Requested,
}

impl Progress {
    /// As a rule compares it, and as `/dump/debug` shows it.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotStarted => "NOT_STARTED",
            Self::InProgress => "IN_PROGRESS",
            Self::Completed => "COMPLETED",
            Self::Requested => "INDIVIDUAL_RESPONSE_REQUESTED",
        }
    }

    /// Done, as far as navigation goes.
    pub fn is_complete(self) -> bool {
        matches!(self, Self::Completed | Self::Requested)
    }
}

impl Trace<'_> {
    /// Begun, as far as dependencies go.
    pub fn is_started(&self, key: SectionKey) -> bool {
        self.response.visits.get(key).is_some_and(|visit| match visit.mark {
            Mark::Requested => false,
            Mark::Entered => true,
            Mark::Reset => !visit.confirmed().is_empty(),
        })
    }

    pub fn status(&self, key: SectionKey) -> Result<Progress, Fault> {
        let visit = self.response.visits.get(key);
        if visit.is_some_and(|visit| visit.mark == Mark::Requested) {
            return Ok(Progress::Requested);
        }
        let Some(visit) = visit.filter(|visit| !visit.confirmed().is_empty()) else {
            return Ok(match visit {
                _ if self.asks_nothing(key)? => Progress::Completed,
                Some(visit) if visit.mark == Mark::Entered => Progress::InProgress,
                _ => Progress::NotStarted,
            });
        };
        let path = self.path(key)?;
        let all = path.blocks().all(|block| visit.is_confirmed(block));
        Ok(if all { Progress::Completed } else { Progress::InProgress })
    }

    /// Whether all that a section may ask is skipped: there is nothing to do in it, so it is done.
    fn asks_nothing(&self, key: SectionKey) -> Result<bool, Fault> {
        let q = self.questionnaire;
        // Cheap, and no for nearly every section.
        let may_be = q.section(key.section).groups.iter().map(|&group| q.group(group)).all(|group| {
            group.skip.is_some() || group.blocks.iter().all(|&block| q.block(block).skip.is_some())
        });
        Ok(may_be && self.path(key)?.first().is_none())
    }

    pub fn is_complete(&self, key: SectionKey) -> Result<bool, Fault> {
        Ok(self.status(key)?.is_complete())
    }

    /// Whether every page of its path is confirmed. That of somebody who has a form of their own is complete, and has
    /// no summary yet.
    pub fn is_answered(&self, key: SectionKey) -> Result<bool, Fault> {
        Ok(self.status(key)? == Progress::Completed)
    }

    /// Whether all repeating blocks of a list's item are confirmed; they are kept under the collector's section.
    pub fn is_item_complete(&self, section: SectionIx, item: ListItemId, repeating: &[BlockIx]) -> bool {
        let key = SectionKey { section, item: Some(item) };
        repeating.iter().all(|&block| self.response.visits.is_confirmed(key, block))
    }

    /// The status of a visit: of a section, or of a list's item whose repeating blocks are kept under the collector's
    /// section.
    pub fn visit_status(&self, key: SectionKey) -> Result<Progress, Fault> {
        let first = self.response.visits.get(key).and_then(|visit| visit.confirmed().first());
        let parent = first.and_then(|&first| self.questionnaire.block(first).parent);
        let (Some(item), Some(parent)) = (key.item, parent) else { return self.status(key) };
        let repeating = match &self.questionnaire.block(parent).kind {
            BlockKind::ListCollector(collector) => collector.repeating.as_slice(),
            BlockKind::ListContent(collector) => collector.repeating.as_slice(),
            _ => return self.status(key),
        };
        let is_complete = self.is_item_complete(key.section, item, repeating);
        Ok(if is_complete { Progress::Completed } else { Progress::InProgress })
    }

    pub fn first_incomplete_section(&self) -> Result<Option<SectionKey>, Fault> {
        for key in self.enabled_instances()? {
            if !self.is_complete(key)? {
                return Ok(Some(key));
            }
        }
        Ok(None)
    }

    pub fn is_questionnaire_complete(&self) -> Result<bool, Fault> {
        Ok(self.first_incomplete_section()?.is_none())
    }

    /// The first block of the path that is not confirmed.
    pub fn first_incomplete_block(&self, key: SectionKey) -> Result<Option<BlockIx>, Fault> {
        let path = self.path(key)?;
        Ok(path.blocks().find(|&block| !self.response.visits.is_confirmed(key, block)))
    }

    /// Whether the hub may be seen: all required sections that are enabled are complete (spec/02 §2.2, §3).
    pub fn is_hub_open(&self) -> Result<bool, Fault> {
        let Flow::Hub { required } = &self.questionnaire.flow else { return Ok(false) };
        for &section in required {
            if self.is_enabled(section)? {
                for key in self.instances(section) {
                    if !self.is_complete(key)? {
                        return Ok(false);
                    }
                }
            }
        }
        Ok(true)
    }

    /// Whether a block of that section may be visited: it is on the path, up to the first incomplete one
    /// (spec/02 §3).
    pub fn is_open(&self, key: SectionKey, block: BlockIx) -> Result<bool, Fault> {
        let path = self.path(key)?;
        for step in &path.steps {
            if step.block == block {
                return Ok(true);
            }
            if !self.response.visits.is_confirmed(key, step.block) {
                return Ok(false);
            }
        }
        Ok(false)
    }
}
