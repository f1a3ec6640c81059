//! Summaries: what was answered, section by section, group by group (spec/02 §8).

use schema::questionnaire::{
    AnswerIx, BlockIx, BlockKind, GroupIx, ListIx, Question, QuestionRole, SummaryItem,
};
use schema::rule::Fault;
use schema::text::Html;
use schema::value::ListItemId;

use super::making::Making;
use super::{Body, SectionSummaryPage, Summary, SummaryGroup, SummaryRow, SummarySection};
use crate::open;
use crate::place::{Back, BackOrder, Place, SectionKey, Target};

/// Which summary a change link returns to; on pages only for reading there is none.
#[derive(Clone, Copy)]
pub(super) struct Returns<'r> {
    pub to: &'r str,
    /// Of calculated summaries: the block or blocks to return to, and a grand one's item.
    pub block: Option<&'r str>,
    /// What an outer summary adds behind a comma.
    pub outer_answer: Option<&'r str>,
    pub item: Option<&'r str>,
}

impl<'r> Returns<'r> {
    pub fn to(to: &'r str) -> Self {
        Self { to, block: None, outer_answer: None, item: None }
    }

    /// A change link to a block: it comes back to the answer's row.
    pub fn target(&self, place: Place, dom_id: &str, anchor: Option<&str>) -> Target {
        let answer = match self.outer_answer {
            Some(outer) => format!("{dom_id},{outer}"),
            None => dom_id.to_owned(),
        };
        let back = Back {
            to: Some(self.to.into()),
            block: self.block.map(Into::into),
            answer: Some(answer.into()),
            item: self.item.map(Into::into),
            order: BackOrder::FromSummary,
        };
        Target::block(place).with_back(back).with_anchor(anchor.map(Into::into))
    }

    /// A link that comes back to the summary and nowhere in it.
    pub fn plain(&self, place: Place) -> Target {
        let back = Back { to: Some(self.to.into()), order: BackOrder::FromSummary, ..Back::default() };
        Target::block(place).with_back(back)
    }
}

/// What is shown of a question, and for which item of a list it stands.
#[derive(Clone, Copy, Default)]
pub(super) struct Shows<'s> {
    pub returns: Option<Returns<'s>>,
    /// Only these answers, if there are any.
    pub only: &'s [AnswerIx],
    /// Shown once for each item: every id ends in it (spec/02 §8.3).
    pub item: Option<ListItemId>,
}

impl Shows<'_> {
    pub fn has(&self, answer: AnswerIx) -> bool {
        self.only.is_empty() || self.only.contains(&answer)
    }

    pub fn id(&self, id: &str) -> String {
        self.item.map_or_else(|| id.to_owned(), |item| format!("{id}-{item}"))
    }
}

/// A schema group's blocks, cut at its list collectors.
struct Part {
    number: usize,
    blocks: Vec<BlockIx>,
    /// Only the trailing part bears the group's title.
    is_trailing: bool,
}

impl<'a> Making<'a, '_> {
    pub fn section_summary(&self, key: SectionKey) -> Result<(Option<String>, Body<'a>), Fault> {
        let section = self.q().section(key.section);
        let summary = section.summary.as_ref();
        let title = match summary.and_then(|summary| summary.title.as_ref()) {
            Some(title) if section.repeat.is_none() => {
                let sight = self.sight(Some(key), None, key.item, self.list_of(key));
                self.say(title, &sight)?
            }
            _ => self.section_name(key)?,
        };
        let returns = Some(Returns::to("section-summary"));
        let (groups, custom_lists) = match summary.filter(|_| self.is_custom(key)) {
            Some(summary) => (vec![], self.custom_lists(key, &summary.items, returns)?),
            None => (self.groups(key, returns)?, vec![]),
        };
        let is_collapsible = summary.is_some_and(|summary| summary.collapsible);
        let body = SectionSummaryPage {
            title: Some(title).filter(|title| !title.is_empty()),
            summary: Summary { sections: vec![SummarySection { title: None, groups }], is_collapsible },
            custom_lists,
        };
        Ok((self.section_title(key), Body::SectionSummary(Box::new(body))))
    }

    /// Everything that was answered, in every section; with change links if they `return_to` somewhere.
    pub fn final_summary(&self, is_collapsible: bool, return_to: Option<&str>) -> Result<Summary<'a>, Fault> {
        let mut sections: Vec<SummarySection<'a>> = Vec::new();
        for key in self.trace.enabled_instances()? {
            if self.is_custom(key) {
                continue;
            }
            let groups = self.groups(key, return_to.map(Returns::to))?;
            if groups.iter().any(|group| !group.rows.is_empty() || group.list.is_some()) {
                let title = Some(self.section_heading(key)?).filter(|title| !title.is_empty());
                sections.push(SummarySection { title, groups });
            }
        }
        number_again(&mut sections);
        Ok(Summary { sections, is_collapsible })
    }

    /// Only lists are shown, whatever else was answered (spec/02 §8.1).
    fn is_custom(&self, key: SectionKey) -> bool {
        let summary = self.q().section(key.section).summary.as_ref();
        summary.is_some_and(|summary| !summary.items.is_empty() && !summary.show_non_item_answers)
    }

    /// The heading of a section among others: its repeat's title, its summary's, or its own.
    fn section_heading(&self, key: SectionKey) -> Result<Html<'a>, Fault> {
        let section = self.q().section(key.section);
        let title = section.summary.as_ref().and_then(|summary| summary.title.as_ref());
        match title {
            Some(title) if section.repeat.is_none() => {
                let sight = self.sight(Some(key), None, key.item, None);
                self.say(title, &sight)
            }
            _ => self.section_name(key),
        }
    }

    fn groups(&self, key: SectionKey, returns: Option<Returns>) -> Result<Vec<SummaryGroup<'a>>, Fault> {
        let section = self.q().section(key.section);
        let path = self.trace.path(key)?;
        let mut number = 0;
        let mut groups = Vec::new();
        for &group in &section.groups {
            for part in self.parts_of(group, &mut number) {
                let definition = self.q().group(group);
                let mut rows = Vec::new();
                let mut list = None;
                for block in part.blocks.into_iter().filter(|&block| path.contains(block)) {
                    match self.item_of(block) {
                        Some(item) => list = Some(self.summary_list(key, item, returns)?),
                        None => rows.extend(self.block_row(block, key, returns)?),
                    }
                }
                if rows.is_empty() && list.is_none() {
                    continue;
                }
                let title = definition.title.as_ref().filter(|_| part.is_trailing);
                groups.push(SummaryGroup {
                    id: format!("{}-{}", definition.id, part.number),
                    title: title.map(|title| title.in_language(self.language())),
                    rows,
                    list,
                });
            }
        }
        Ok(groups)
    }

    /// spec/02 §8.2: the number rises after each part that precedes or holds a list collector, not between groups.
    fn parts_of(&self, group: GroupIx, number: &mut usize) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut run = Vec::new();
        for &block in &self.q().group(group).blocks {
            if self.collected_by(block).is_none() {
                run.push(block);
                continue;
            }
            if !run.is_empty() {
                let blocks = std::mem::take(&mut run);
                parts.push(Part { number: *number, blocks, is_trailing: false });
                *number += 1;
            }
            parts.push(Part { number: *number, blocks: vec![block], is_trailing: false });
            *number += 1;
        }
        parts.push(Part { number: *number, blocks: run, is_trailing: true });
        parts
    }

    /// How the section's summary shows a collector's list, if it does.
    fn item_of(&self, block: BlockIx) -> Option<&'a SummaryItem> {
        let list = self.collected_by(block)?;
        let summary = self.q().section(self.q().block(block).section).summary.as_ref()?;
        summary.items.iter().find(|item| item.list == list)
    }

    /// Such a block stands alone in its group, shown or not.
    fn collected_by(&self, block: BlockIx) -> Option<ListIx> {
        match &self.q().block(block).kind {
            BlockKind::ListCollector(collector) => Some(collector.list),
            BlockKind::ListContent(collector) => Some(collector.list),
            _ => None,
        }
    }

    fn block_row(
        &self,
        ix: BlockIx,
        key: SectionKey,
        returns: Option<Returns>,
    ) -> Result<Option<SummaryRow<'a>>, Fault> {
        let block = self.q().block(ix);
        let BlockKind::Question(asked) = &block.kind else { return Ok(None) };
        if asked.role == QuestionRole::Confirmation {
            return Ok(None);
        }
        let sight = self.sight(Some(key), Some(ix), key.item, self.list_of(key));
        let question = open::question(self.q(), &sight, ix)?;
        let place = Place::of(ix, key.item);
        self.question_row(question, place, &sight, Shows { returns, ..Shows::default() }).map(Some)
    }

    /// A question's row: one answer under the question's title, or several under their labels.
    pub fn question_row(
        &self,
        question: &'a Question,
        place: Place,
        sight: &crate::scope::Sight,
        shows: Shows,
    ) -> Result<SummaryRow<'a>, Fault> {
        let answers = self.row_answers(question, place, sight, shows)?;
        let title = self.say_stripped(&question.title, sight)?;
        let has_several = answers.len() > 1;
        Ok(SummaryRow {
            id: shows.id(&question.id),
            title: has_several.then(|| title.clone()),
            answers,
            is_total: false,
        })
    }
}

/// Group ids that come again get a number, counted over the whole summary.
fn number_again(sections: &mut [SummarySection]) {
    let mut seen: Vec<String> = Vec::new();
    let mut again = 0;
    for group in sections.iter_mut().flat_map(|section| &mut section.groups) {
        if seen.contains(&group.id) {
            again += 1;
            group.id = format!("{}-{again}", group.id);
        }
        seen.push(group.id.clone());
    }
}
