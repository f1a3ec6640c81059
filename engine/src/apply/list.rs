//! List collectors: going to the add page, adding, editing, removing (spec/02 §7).

use schema::questionnaire::{
    Action, AnswerKind, BlockIx, BlockKind, ListCollector, ListIx, Nested, NestedRole, Question,
};
use schema::rule::Here;
use schema::value::{ListItemId, Timestamp, Value};

use super::question::{Taken, Values, store};
use super::{Applied, Outcome, Posted, Step};
use crate::navigation;
use crate::open;
use crate::page::list_of;
use crate::place::{Back, BackOrder, Location, Place, SectionKey, Target};
use crate::response::{AnswerKey, Response};
use crate::scope::Sight;
use crate::visitor::Moment;

impl Posted<'_> {
    /// "Yes" leads to the add page and is kept without confirming; anything else is an ordinary answer, once all
    /// items are complete.
    pub(super) fn list_collector(
        &self,
        response: Response,
        place: Place,
        key: SectionKey,
        collector: &ListCollector,
    ) -> Applied {
        let (mut response, values) = match self.take(response, place, key, place.item)? {
            Taken::Values(response, values) => (response, values),
            Taken::Done(outcome) => return Ok(outcome),
        };
        if self.chose_to_add(&response, place, key, &values)? {
            store(&mut response, values);
            self.wrote(&mut response, place);
            let target = Target::block(Place::of(collector.add, None)).with_back(self.passed_on());
            return Ok(self.step(response, target));
        }
        if let Some(target) = self.first_incomplete_item(&response, key, collector.list, &collector.repeating)
        {
            return Ok(self.step(response, target));
        }
        self.answered(response, place, key, values)
    }

    pub(super) fn passed_on(&self) -> Back {
        Back { order: BackOrder::PassedOn, ..self.visitor.target.back.clone() }
    }

    pub(super) fn chose_to_add(
        &self,
        response: &Response,
        place: Place,
        key: SectionKey,
        values: &Values,
    ) -> Result<bool, open::Denied> {
        let adds = |action: &Action| matches!(action, Action::RedirectToListAddBlock { .. });
        self.chose(response, place, key, values, adds)
    }

    /// Whether an option was chosen whose action is such a one.
    pub(super) fn chose(
        &self,
        response: &Response,
        place: Place,
        key: SectionKey,
        values: &Values,
        is_such: impl Fn(&Action) -> bool,
    ) -> Result<bool, open::Denied> {
        let trace = self.trace(response);
        let here = Here { item: place.item, to: place.to, list: list_of(self.questionnaire, place.block) };
        let language = self.visitor.tongue.definition;
        let sight = Sight::of_page(&trace, Some(key), Some(place.block), here, language);
        let question = open::question(self.questionnaire, &sight, place.block)?;
        Ok(chosen_actions(question, values).any(is_such))
    }

    /// The section instance of a collector's page; collectors do not repeat.
    pub(super) fn collector_key(&self, place: Place) -> (Place, SectionKey) {
        let block = self.questionnaire.block(place.block);
        let parent = block.parent.unwrap_or(place.block);
        (Place::of(parent, None), SectionKey { section: block.section, item: None })
    }

    /// Adds an item. Its id was made with the page, so that a double click adds once, and Back with another name
    /// adds a second one.
    pub(super) fn add_item(&self, response: Response, place: Place, nested: &Nested) -> Applied {
        let (parent, key) = self.collector_key(place);
        let shown = self.command.shown.and_then(|shown| shown.item);
        let offered = shown.unwrap_or_else(|| self.fresh_item(&response));
        let (mut response, values) = match self.take(response, place, key, Some(offered))? {
            Taken::Values(response, values) => (response, values),
            Taken::Done(outcome) => return Ok(outcome),
        };
        let of = |item| -> Values {
            values
                .iter()
                .map(|(key, value)| (AnswerKey { item: Some(item), ..*key }, value.clone()))
                .collect()
        };
        let mut item = offered;
        while response.lists.contains(nested.list, item) {
            if is_stored(&response, &of(item)) {
                return Ok(self.step(response, self.after_adding(parent, item)));
            }
            // Named after what the page offered, not after the moment: so this too adds once, however often it comes.
            item = item_after(item);
        }
        let values = of(item);

        response.lists.add(nested.list, item);
        self.reopen_relationships(&mut response, nested.list);
        self.reopen_collector(&mut response, parent, key);
        let changed = store(&mut response, values);
        self.reopen_for_list(&mut response, nested.list);
        self.name_alike(&mut response, nested.list);
        self.reopen_dependents(&mut response, key, &changed);
        let next = self.after_adding(parent, item);
        Ok(self.step(response, next))
    }

    /// The first page about the new item, or the collector again.
    fn after_adding(&self, parent: Place, item: ListItemId) -> Target {
        if let Some(&first) = self.repeating_blocks(parent.block).first() {
            return Target::block(Place::of(first, Some(item))).with_back(self.passed_on());
        }
        let back = Back { item: None, order: BackOrder::FromSummary, ..self.visitor.target.back.clone() };
        Target::block(parent).with_back(back)
    }

    /// The pages about each item of a collector.
    pub(super) fn repeating_blocks(&self, collector: BlockIx) -> &[BlockIx] {
        match &self.questionnaire.block(collector).kind {
            BlockKind::ListCollector(collector) => &collector.repeating,
            BlockKind::ListContent(collector) => &collector.repeating,
            _ => &[],
        }
    }

    /// A new item makes the collector ask again, and forget its own answer.
    fn reopen_collector(&self, response: &mut Response, parent: Place, key: SectionKey) {
        for variant in self.questionnaire.block(parent.block).questions() {
            for answer in &variant.of.answers {
                response.answers.remove(AnswerKey::new(answer.ix, None));
            }
        }
        response.visits.reopen(key, parent.block);
    }

    pub(super) fn fresh_item(&self, response: &Response) -> ListItemId {
        let taken = |item| response.lists.iter().any(|list| list.items.contains(&item));
        let ids = (0..=u8::MAX).map(|n| self.visitor.moment.item(n));
        ids.into_iter().find(|&item| !taken(item)).unwrap_or_else(|| self.visitor.moment.item(0))
    }

    pub(super) fn edit_item(&self, response: Response, place: Place, nested: &Nested) -> Applied {
        let (parent, key) = self.collector_key(place);
        let (mut response, values) = match self.take(response, place, key, place.item)? {
            Taken::Values(response, values) => (response, values),
            Taken::Done(outcome) => return Ok(outcome),
        };
        let changed = store(&mut response, values);
        self.wrote(&mut response, place);
        self.name_alike(&mut response, nested.list);
        self.reopen_dependents(&mut response, key, &changed);
        let next = self.after_item(&response, parent, key, place.item)?;
        Ok(self.step(response, next))
    }

    pub(super) fn remove_item(&self, response: Response, place: Place, nested: &Nested) -> Applied {
        let (parent, key) = self.collector_key(place);
        let (mut response, values) = match self.take(response, place, key, place.item)? {
            Taken::Values(response, values) => (response, values),
            Taken::Done(outcome) => return Ok(outcome),
        };
        let removes =
            self.chose(&response, place, key, &values, |action| *action == Action::RemoveListItemAndAnswers)?;
        if removes && let Some(item) = place.item {
            self.forget_item(&mut response, nested.list, item);
            self.name_alike(&mut response, nested.list);
            self.reopen_for_list(&mut response, nested.list);
        }
        let next = self.after_item(&response, parent, key, None)?;
        Ok(self.step(response, next))
    }

    /// Whether a page that removes an item is posted again, after the item is gone.
    pub(super) fn is_removed(&self, response: &Response, place: Place) -> bool {
        match (&self.questionnaire.block(place.block).kind, place.item) {
            (BlockKind::Nested(nested), Some(item)) if nested.role == NestedRole::Remove => {
                self.command.shown.is_some() && !response.lists.contains(nested.list, item)
            }
            _ => false,
        }
    }

    /// The second of a double click goes where the first one went.
    pub(super) fn removed_already(&self, response: Response, place: Place) -> Applied {
        let (parent, key) = self.collector_key(place);
        open::check(&self.trace(&response), parent)?;
        let next = self.after_item(&response, parent, key, None)?;
        Ok(Outcome::Accepted(Step { response, next, owed: vec![], is_changed: false }))
    }

    /// Takes an item out of its list, with all that was said of it (spec/02 §7.5).
    pub(super) fn forget_item(&self, response: &mut Response, list: ListIx, item: ListItemId) {
        response.lists.remove(list, item);
        response.answers.remove_item(item);
        response.visits.remove_item(item);
        response.writers.retain(|(place, _)| place.item != Some(item) && place.to != Some(item));
        self.forget_relationships(response, list, item);
    }

    /// After an item was edited, removed, or one of its own pages answered (spec/02 §7.6, §7.7); `item` if it still
    /// has pages to answer.
    pub(super) fn after_item(
        &self,
        response: &Response,
        parent: Place,
        key: SectionKey,
        item: Option<ListItemId>,
    ) -> Result<Target, open::Denied> {
        let trace = self.trace(response);
        let back = &self.visitor.target.back;
        match back.to.as_deref() {
            Some("section-summary") if trace.is_complete(key)? => {
                return Ok(Target::at(Location::Section(key)).with_anchor(back.answer.clone()));
            }
            Some("final-summary") if trace.is_questionnaire_complete()? => {
                return Ok(Target::at(Location::Submit).with_anchor(back.answer.clone()));
            }
            _ => {}
        }
        if let Some(item) = item
            && let Some(target) =
                self.incomplete_block(response, key, item, self.repeating_blocks(parent.block))
        {
            return Ok(target);
        }
        if response.visits.is_confirmed(key, parent.block) {
            return Ok(navigation::next(&trace, parent, back)?);
        }
        // With the last item, the way to the collector may be gone.
        match open::check(&trace, parent) {
            Ok(_) => Ok(Target::block(parent).with_back(self.passed_on())),
            Err(open::Denied::Fault(fault)) => Err(fault.into()),
            Err(_) => Ok(Target::at(Location::Entry)),
        }
    }

    /// Finds the items whose names, joined and without regard to case, are the same (spec/02 §7.8).
    pub(super) fn name_alike(&self, response: &mut Response, list: ListIx) {
        let answers = &self.questionnaire.list(list).same_name_answers;
        if answers.is_empty() {
            return;
        }
        let named: Vec<(ListItemId, String)> = response
            .lists
            .items(list)
            .iter()
            .map(|&item| {
                let parts = answers.iter().filter_map(|&answer| {
                    let value = response.answers.get(AnswerKey::new(answer, Some(item)))?;
                    value.as_text().map(str::to_lowercase)
                });
                (item, parts.collect::<Vec<_>>().join(" "))
            })
            .collect();
        let alike = |(item, name): &(ListItemId, String)| {
            named.iter().any(|(other, same)| other != item && same == name)
        };
        let same = named.iter().filter(|entry| alike(entry)).map(|(item, _)| *item).collect();
        response.lists.set_same_names(list, same);
    }
}

/// Another item that the page which offered this one may add.
fn item_after(offered: ListItemId) -> ListItemId {
    let mut seed = [0; 16];
    seed[..6].copy_from_slice(&offered.0);
    Moment { now: Timestamp::UNIX_EPOCH, seed }.item(0)
}

fn is_stored(response: &Response, values: &Values) -> bool {
    values
        .iter()
        .all(|(key, value)| response.answers.get(*key) == value.as_ref().filter(|value| !value.is_empty()))
}

/// The actions of the options chosen.
pub(super) fn chosen_actions<'a>(
    question: &'a Question,
    values: &'a Values,
) -> impl Iterator<Item = &'a Action> {
    question.answers.iter().flat_map(move |answer| {
        let options = match &answer.kind {
            AnswerKind::Radio { options, .. }
            | AnswerKind::Checkbox { options, .. }
            | AnswerKind::Dropdown { options, .. }
            | AnswerKind::Relationship { options, .. } => options.fixed.as_slice(),
            _ => &[],
        };
        let chosen =
            values.iter().find(|(key, _)| key.answer == answer.ix).and_then(|(_, value)| value.as_ref());
        options
            .iter()
            .filter(move |option| is_chosen(chosen, &option.value))
            .filter_map(|option| option.action.as_ref())
    })
}

fn is_chosen(chosen: Option<&Value>, option: &str) -> bool {
    match chosen {
        Some(Value::Text(text)) => text == option,
        Some(Value::List(values)) => values.iter().any(|value| value.as_text() == Some(option)),
        _ => false,
    }
}
