//! The person who answers for a household: whether they live there, and their name (spec/02 §7.3).

use schema::questionnaire::{Nested, PrimaryPerson};

use super::question::{Taken, store};
use super::{Applied, Posted};
use crate::navigation;
use crate::place::{Place, SectionKey, Target};
use crate::response::Response;

impl Posted<'_> {
    /// "Yes" puts the person first in the list and asks for their name; "No" takes them out.
    pub(super) fn primary_person(
        &self,
        response: Response,
        place: Place,
        key: SectionKey,
        collector: &PrimaryPerson,
    ) -> Applied {
        let (mut response, values) = match self.take(response, place, key, place.item)? {
            Taken::Values(response, values) => (response, values),
            Taken::Done(outcome) => return Ok(outcome),
        };
        let list = collector.list;
        let primary = response.lists.view(list).primary;
        if self.chose_to_add(&response, place, key, &values)? {
            store(&mut response, values);
            self.wrote(&mut response, place);
            self.reopen_relationships(&mut response, list);
            let item = match primary {
                Some(item) => item,
                None => {
                    let item = self.fresh_item(&response);
                    response.visits.reopen(key, place.block);
                    response.lists.add_primary(list, item);
                    item
                }
            };
            self.reopen_for_list(&mut response, list);
            return Ok(self.step(response, Target::block(Place::of(collector.add_or_edit, Some(item)))));
        }
        if let Some(item) = primary {
            self.forget_item(&mut response, list, item);
        }
        self.name_alike(&mut response, list);
        self.reopen_for_list(&mut response, list);
        self.answered(response, place, key, values)
    }

    /// The person's own page: with it the question that led there is answered.
    pub(super) fn primary_item(&self, response: Response, place: Place, nested: &Nested) -> Applied {
        let (parent, key) = self.collector_key(place);
        let (mut response, values) = match self.take(response, place, key, place.item)? {
            Taken::Values(response, values) => (response, values),
            Taken::Done(outcome) => return Ok(outcome),
        };
        let changed = store(&mut response, values);
        self.wrote(&mut response, place);
        self.name_alike(&mut response, nested.list);
        response.visits.confirm(key, parent.block);
        self.reopen_dependents(&mut response, key, &changed);
        let next = navigation::next(&self.trace(&response), parent, &self.visitor.target.back)?;
        Ok(self.step(response, next))
    }
}
