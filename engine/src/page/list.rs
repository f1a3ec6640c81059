//! Rows of lists: on a collector's page, above a question, and the way out of an item's page (spec/02 §7.11).

use schema::questionnaire::{BlockIx, BlockKind, ListIx, NestedRole};
use schema::rule::Fault;
use schema::text::Text;
use schema::value::ListItemId;

use super::making::Making;
use super::{Cancel, ListRow, ListTable, ReadOnlyItem};
use crate::navigation;
use crate::place::{Back, BackOrder, Place, SectionKey, Target};
use crate::relationships::Related;
use crate::scope::Sight;

impl<'a> Making<'a, '_> {
    /// The rows of a list collector's own page.
    pub fn collector_rows(&self, place: Place, key: SectionKey) -> Result<Option<ListTable<'a>>, Fault> {
        let BlockKind::ListCollector(collector) = &self.q().block(place.block).kind else { return Ok(None) };
        let view = self.response().lists.view(collector.list);
        let mut rows = Vec::with_capacity(view.items.len());
        for (number, &item) in (1..).zip(view.items) {
            let is_primary = view.primary == Some(item);
            let back = self.visitor.target.back.clone();
            let answer = back.to.is_some().then(|| item.as_str().into());
            let back = Back { answer: answer.or(back.answer.clone()), order: BackOrder::PassedOn, ..back };
            let to = |block| self.href(&Target::block(Place::of(block, Some(item))).with_back(back.clone()));
            rows.push(ListRow {
                number,
                item: item.to_string(),
                title: self.item_title(collector.item_title.as_ref(), key, place, collector.list, item)?,
                is_primary,
                is_complete: self.is_item_complete(&collector.repeating, key, item),
                change: Some(to(collector.edit)),
                remove: (!is_primary).then(|| {
                    let back = Back { to: back.to.clone(), ..Back::default() };
                    self.href(&Target::block(Place::of(collector.remove, Some(item))).with_back(back))
                }),
            });
        }
        Ok(Some(ListTable { rows }))
    }

    pub fn is_item_complete(&self, repeating: &[BlockIx], key: SectionKey, item: ListItemId) -> bool {
        !repeating.is_empty() && self.trace.is_item_complete(key.section, item, repeating)
    }

    pub fn item_title(
        &self,
        title: Option<&'a Text>,
        key: SectionKey,
        place: Place,
        list: ListIx,
        item: ListItemId,
    ) -> Result<schema::text::Html<'a>, Fault> {
        let Some(title) = title else { return Ok(schema::text::Html::default()) };
        let sight = self.sight(Some(key), Some(place.block), Some(item), Some(list));
        self.say(title, &sight)
    }

    /// A list that stands above a question, for reading only.
    pub fn list_above(&self, place: Place, sight: &Sight) -> Result<Option<ListTable<'a>>, Fault> {
        let summary = match &self.q().block(place.block).kind {
            BlockKind::Question(block) => block.list_summary.as_ref(),
            BlockKind::Nested(nested) => nested.list_summary.as_ref(),
            _ => None,
        };
        let Some(summary) = summary else { return Ok(None) };
        let view = self.response().lists.view(summary.list);
        // The page about the unrelated shows those whom it asks about.
        let related = Related::of(self.q(), self.response(), place.block).zip(place.item);
        let items = related.map_or(view.items, |(related, from)| related.remaining(from));
        let rows = (1..).zip(items).map(|(number, &item)| {
            Ok(ListRow {
                number,
                item: item.to_string(),
                title: self.say(&summary.item_title, &sight.for_item(item, Some(summary.list)))?,
                is_primary: view.primary == Some(item),
                is_complete: false,
                change: None,
                remove: None,
            })
        });
        Ok(Some(ListTable { rows: rows.collect::<Result<_, Fault>>()? }))
    }

    /// The items of a list that is only shown.
    pub fn content_items(
        &self,
        place: Place,
        key: SectionKey,
    ) -> Result<Option<Vec<ReadOnlyItem<'a>>>, Fault> {
        let BlockKind::ListContent(collector) = &self.q().block(place.block).kind else { return Ok(None) };
        let view = self.response().lists.view(collector.list);
        let items = view.items.iter().map(|&item| {
            Ok(ReadOnlyItem {
                title: self.item_title(collector.item_title.as_ref(), key, place, collector.list, item)?,
                is_primary: view.primary == Some(item),
                is_complete: self.is_item_complete(&collector.repeating, key, item),
            })
        });
        items.collect::<Result<_, Fault>>().map(Some)
    }

    /// "Cancel and return to the previous page", of pages about one item.
    pub fn cancel(&self, place: Place) -> Result<Option<Cancel<'a>>, Fault> {
        let BlockKind::Nested(nested) = &self.q().block(place.block).kind else { return Ok(None) };
        if !matches!(nested.role, NestedRole::Add | NestedRole::Edit | NestedRole::Repeating) {
            return Ok(None);
        }
        let text = nested.cancel_text.as_ref().map(|text| text.in_language(self.language()));
        let href = self.previous_of(place)?.map(|target| self.href(&target));
        Ok(Some(Cancel { text, href }))
    }

    /// Where "Previous" leads from any block's page.
    pub fn previous_of(&self, place: Place) -> Result<Option<Target>, Fault> {
        let block = self.q().block(place.block);
        if let Some(related) = Related::of(self.q(), self.response(), place.block) {
            let pages = related.pages();
            let before = pages.iter().position(|&page| page == place).and_then(|at| at.checked_sub(1));
            let back = &self.visitor.target.back;
            let collector = Place::of(block.parent.unwrap_or(place.block), None);
            return match before {
                Some(before) => Ok(Some(Target::block(pages[before]).with_back(back.clone()))),
                None => navigation::previous(self.trace, collector, back),
            };
        }
        match block.parent {
            Some(parent) => navigation::previous_of_nested(self.trace, place, parent, self.visitor.target),
            None => navigation::previous(self.trace, place, &self.visitor.target.back),
        }
    }
}
