//! Pages about each item of a list: those of a collector, and of one that only shows its items (spec/02 §7.9).

use schema::questionnaire::{BlockIx, ListContent, ListIx, Nested};
use schema::value::ListItemId;

use super::question::{Taken, store};
use super::{Applied, Outcome, Posted, Step};
use crate::place::{Place, SectionKey, Target};
use crate::response::Response;

impl Posted<'_> {
    /// A page about one item. That it was answered is kept under the collector's section and the item.
    pub(super) fn repeating(&self, response: Response, place: Place, nested: &Nested) -> Applied {
        let (parent, key) = self.collector_key(place);
        let (mut response, values) = match self.take(response, place, key, place.item)? {
            Taken::Values(response, values) => (response, values),
            Taken::Done(outcome) => return Ok(outcome),
        };
        let changed = store(&mut response, values);
        self.wrote(&mut response, place);
        response.visits.confirm(SectionKey { item: place.item, ..key }, place.block);
        self.name_alike(&mut response, nested.list);
        self.reopen_dependents(&mut response, SectionKey { item: place.item, ..key }, &changed);
        let next = self.after_item(&response, parent, key, place.item)?;
        Ok(self.step(response, next))
    }

    /// A list that is only shown: confirmed once all that is asked of its items was answered.
    pub(super) fn list_content(
        &self,
        response: Response,
        place: Place,
        key: SectionKey,
        collector: &ListContent,
    ) -> Applied {
        match self.first_incomplete_item(&response, key, collector.list, &collector.repeating) {
            Some(next) => Ok(Outcome::Accepted(Step { response, next, owed: vec![], is_changed: false })),
            None => self.confirm(response, place, key),
        }
    }

    /// The first page about the first item that has one to answer.
    pub(super) fn first_incomplete_item(
        &self,
        response: &Response,
        key: SectionKey,
        list: ListIx,
        repeating: &[BlockIx],
    ) -> Option<Target> {
        let items = response.lists.items(list);
        items.iter().find_map(|&item| self.incomplete_block(response, key, item, repeating))
    }

    /// The first page about an item that is not answered yet.
    pub(super) fn incomplete_block(
        &self,
        response: &Response,
        key: SectionKey,
        item: ListItemId,
        repeating: &[BlockIx],
    ) -> Option<Target> {
        let key = SectionKey { item: Some(item), ..key };
        let first = repeating.iter().find(|&&block| !response.visits.is_confirmed(key, block))?;
        Some(Target::block(Place::of(*first, Some(item))).with_back(self.passed_on()))
    }
}
