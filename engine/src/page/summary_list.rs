//! Lists on summaries: their items, what was answered about each, and the ways to change them (spec/02 §8.4).

use schema::questionnaire::{AnswerIx, BlockIx, BlockKind, Link, NestedRole, QuestionRole, SummaryItem};
use schema::rule::{Fault, Source};
use schema::text::Text;
use schema::value::ListItemId;

use super::making::Making;
use super::summary::{Returns, Shows};
use super::{ListRow, SummaryAnswer, SummaryList, SummaryListRow};
use crate::open;
use crate::place::{Place, SectionKey};

/// The blocks through which a list is collected, as far as its section's path leads through them.
struct Collected<'a> {
    block: BlockIx,
    item_title: Option<&'a Text>,
    repeating: &'a [BlockIx],
    is_editable: bool,
    add: Option<BlockIx>,
    edit: Option<BlockIx>,
    remove: Option<BlockIx>,
}

impl<'a> Making<'a, '_> {
    /// The lists of a summary that shows nothing else.
    pub fn custom_lists(
        &self,
        key: SectionKey,
        items: &'a [SummaryItem],
        returns: Option<Returns>,
    ) -> Result<Vec<SummaryList<'a>>, Fault> {
        items.iter().map(|item| self.summary_list(key, item, returns)).collect()
    }

    /// A list in place of its collector. Without `returns` it is only for reading.
    pub fn summary_list(
        &self,
        key: SectionKey,
        shown: &'a SummaryItem,
        returns: Option<Returns>,
    ) -> Result<SummaryList<'a>, Fault> {
        let collected = self.collected(key, shown)?;
        let is_editable = collected.as_ref().is_some_and(|collected| collected.is_editable);
        let sight = self.sight(Some(key), None, key.item, self.list_of(key));
        let items = self.response().lists.items(shown.list);
        let mut rows = Vec::with_capacity(items.len());
        for (number, &item) in (1..).zip(items) {
            if let Some(collected) = &collected {
                rows.push(self.summary_row(key, shown, collected, number, item, returns)?);
            }
        }
        let words = |words: &'a Option<schema::questionnaire::Words>| {
            words.as_ref().filter(|_| is_editable).map(|words| words.in_language(self.language()))
        };
        let add = match (returns, words(&shown.add_link_text)) {
            (Some(returns), Some(text)) => {
                let block = collected.as_ref().and_then(|collected| collected.add);
                let block = match block {
                    None => self.driving_question(key, shown)?,
                    Some(add) => Some(add),
                };
                block.map(|block| (self.href(&returns.plain(Place::of(block, None))), text))
            }
            _ => None,
        };
        Ok(SummaryList {
            name: &self.q().list(shown.list).name,
            title: self.say_some(&shown.title, &sight)?,
            rows,
            add,
            empty_text: words(&shown.empty_list_text),
            is_editable,
        })
    }

    /// By the collector on the path, or else by the section's first, which then leads nowhere (spec/02 §7.10, §8.1).
    fn collected(&self, key: SectionKey, shown: &SummaryItem) -> Result<Option<Collected<'a>>, Fault> {
        let path = self.trace.path(key)?;
        let in_section = |block: &&BlockIx| {
            let block = self.q().block(**block);
            let collects = matches!(block.kind, BlockKind::ListCollector(_) | BlockKind::ListContent(_));
            collects && block.section == key.section
        };
        let collectors = || self.q().list(shown.list).collectors.iter().filter(in_section);
        let on_path = collectors().find(|&&block| path.contains(block));
        let Some(&block) = on_path.or_else(|| collectors().next()) else { return Ok(None) };
        let is_on_path = on_path.is_some();
        let mut collected = match &self.q().block(block).kind {
            BlockKind::ListCollector(collector) => Collected {
                block,
                item_title: collector.item_title.as_ref(),
                repeating: &collector.repeating,
                is_editable: true,
                add: is_on_path.then_some(collector.add),
                edit: is_on_path.then_some(collector.edit),
                remove: is_on_path.then_some(collector.remove),
            },
            BlockKind::ListContent(collector) => Collected {
                block,
                item_title: collector.item_title.as_ref(),
                repeating: &collector.repeating,
                is_editable: false,
                add: None,
                edit: None,
                remove: None,
            },
            _ => return Ok(None),
        };
        // Where only the primary person is listed, it is their own page that changes them (spec/02 §7.11).
        let view = self.response().lists.view(shown.list);
        if collected.is_editable && view.items.len() == 1 && view.primary.is_some() {
            let mut asked =
                self.q().list(shown.list).collectors.iter().filter(|&&block| path.contains(block));
            let own = asked.find_map(|&block| match &self.q().block(block).kind {
                BlockKind::PrimaryPerson(own) => Some(own.add_or_edit),
                _ => None,
            });
            collected.edit = own.or(collected.edit);
        }
        Ok(Some(collected))
    }

    /// Where its answer decides whether there is a list, and it is asked at all.
    fn driving_question(&self, key: SectionKey, shown: &SummaryItem) -> Result<Option<BlockIx>, Fault> {
        let path = self.trace.path(key)?;
        Ok(path.blocks().find(|&block| match &self.q().block(block).kind {
            BlockKind::Question(question) => question.role == QuestionRole::Driving(shown.list),
            _ => false,
        }))
    }

    fn summary_row(
        &self,
        key: SectionKey,
        shown: &'a SummaryItem,
        collected: &Collected<'a>,
        number: usize,
        item: ListItemId,
        returns: Option<Returns>,
    ) -> Result<SummaryListRow<'a>, Fault> {
        let is_primary = self.response().lists.view(shown.list).primary == Some(item);
        let at = Place::of(collected.block, Some(item));
        let title = self.item_title(collected.item_title, key, at, shown.list, item)?;
        let anchor = shown.item_anchor_answer_id.as_deref();
        let change = returns.zip(collected.edit).map(|(returns, edit)| {
            self.href(&returns.target(Place::of(edit, Some(item)), item.as_str(), anchor))
        });
        let remove = returns.zip(collected.remove).filter(|_| !is_primary);
        let remove = remove.map(|(returns, remove)| self.href(&returns.plain(Place::of(remove, Some(item)))));
        let label = match &shown.item_label {
            Some(label) => {
                let sight = self.sight(Some(key), Some(collected.block), Some(item), Some(shown.list));
                Some(self.say(label, &sight)?)
            }
            None => None,
        };
        let mut answers = self.item_answers(key, shown, collected, item, returns)?;
        for answer in &mut answers {
            answer.item_title = Some(title.clone());
        }
        let is_complete = self.is_item_complete(collected.repeating, key, item);
        let row = ListRow { number, item: item.to_string(), title, is_primary, is_complete, change, remove };
        Ok(SummaryListRow { row, label, answers })
    }

    /// What was answered about an item: the answers the summary names, then those of the item's own pages.
    fn item_answers(
        &self,
        key: SectionKey,
        shown: &'a SummaryItem,
        collected: &Collected<'a>,
        item: ListItemId,
        returns: Option<Returns>,
    ) -> Result<Vec<SummaryAnswer<'a>>, Fault> {
        let mut blocks: Vec<(BlockIx, Vec<AnswerIx>)> = Vec::new();
        for source in &shown.related_answers {
            let Source::Answer(source) = source else { continue };
            let Link::To(answer) = source.answer else { continue };
            let block = self.changed_in(self.q().answer(answer).asked_in);
            match blocks.iter_mut().find(|(has, _)| *has == block) {
                Some((_, answers)) => answers.push(answer),
                None => blocks.push((block, vec![answer])),
            }
        }
        blocks.extend(collected.repeating.iter().map(|&block| (block, vec![])));
        let mut answers = Vec::new();
        for (block, only) in blocks {
            let place = Place::of(block, Some(item));
            let sight = self.sight(Some(key), Some(block), Some(item), Some(shown.list));
            let question = open::question(self.q(), &sight, block)?;
            let shows = Shows { returns, only: &only, item: Some(item) };
            answers.extend(self.row_answers(question, place, &sight, shows)?);
        }
        Ok(answers)
    }

    /// What an add page asked is changed on the edit page.
    fn changed_in(&self, block: BlockIx) -> BlockIx {
        let definition = self.q().block(block);
        let parent = definition.parent.map(|parent| &self.q().block(parent).kind);
        match (&definition.kind, parent) {
            (BlockKind::Nested(nested), Some(BlockKind::ListCollector(collector)))
                if nested.role == NestedRole::Add =>
            {
                collector.edit
            }
            _ => block,
        }
    }
}
