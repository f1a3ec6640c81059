//! List collectors: going to the add page, adding, editing, removing (spec/02 §7).

use schema::questionnaire::{Action, AnswerKind, ListCollector, ListIx, Nested, Question};
use schema::rule::Here;
use schema::value::{ListItemId, Value};

use super::question::{Reading, Values, store};
use super::{Applied, Posted};
use crate::navigation;
use crate::open;
use crate::place::{Back, BackOrder, Location, Place, SectionKey, Target};
use crate::response::{AnswerKey, Response};
use crate::scope::Sight;

impl Posted<'_> {
    /// "Yes" leads to the add page and is kept without confirming; anything else is an ordinary answer.
    pub(super) fn list_collector(
        &self,
        mut response: Response,
        place: Place,
        key: SectionKey,
        collector: &ListCollector,
    ) -> Applied {
        let values = match self.read(&response, place, key, self.list_of(key))? {
            Reading::Problem(problem) => return self.refused(response, problem),
            Reading::Clear(_) => return Err(open::Denied::NotHere),
            Reading::Values(values) => values,
        };
        let adds = self.chose(&response, place, key, &values, |action| {
            matches!(action, Action::RedirectToListAddBlock { .. })
        })?;
        if !adds {
            return self.answered(response, place, key, values);
        }
        store(&mut response, values);
        self.wrote(&mut response, place);
        let target = Target::block(Place::of(collector.add, None)).with_back(self.passed_on());
        Ok(self.step(response, target))
    }

    fn passed_on(&self) -> Back {
        Back { order: BackOrder::PassedOn, ..self.visitor.target.back.clone() }
    }

    /// Whether an option was chosen whose action is such a one.
    fn chose(
        &self,
        response: &Response,
        place: Place,
        key: SectionKey,
        values: &Values,
        is_such: impl Fn(&Action) -> bool,
    ) -> Result<bool, open::Denied> {
        let trace = self.trace(response);
        let here = Here { item: place.item, ..Here::default() };
        let language = self.visitor.tongue.definition;
        let sight = Sight::of_page(&trace, Some(key), Some(place.block), here, language);
        let question = open::question(self.questionnaire, &sight, place.block)?;
        Ok(chosen_actions(question, values).any(is_such))
    }

    /// The section instance of a collector's page; collectors do not repeat.
    fn collector_key(&self, place: Place) -> (Place, SectionKey) {
        let block = self.questionnaire.block(place.block);
        let parent = block.parent.unwrap_or(place.block);
        (Place::of(parent, None), SectionKey { section: block.section, item: None })
    }

    /// Adds an item. Its id was made with the page, so that a double click adds once, and Back with another name
    /// adds a second one.
    pub(super) fn add_item(&self, mut response: Response, place: Place, nested: &Nested) -> Applied {
        let (parent, key) = self.collector_key(place);
        let shown = self.command.shown.and_then(|shown| shown.item);
        let offered = shown.unwrap_or_else(|| self.fresh_item(&response));
        let at = |item| Place { item: Some(item), ..place };
        let values = match self.read(&response, at(offered), key, None)? {
            Reading::Problem(problem) => return self.refused(response, problem),
            Reading::Clear(_) => return Err(open::Denied::NotHere),
            Reading::Values(values) => values,
        };
        let is_there = response.lists.contains(nested.list, offered);
        if is_there && is_stored(&response, &values) {
            return Ok(self.step(response, self.to_collector(parent)));
        }
        let item = if is_there { self.fresh_item(&response) } else { offered };
        let values: Values =
            values.into_iter().map(|(key, value)| (AnswerKey { item: Some(item), ..key }, value)).collect();

        response.lists.add(nested.list, item);
        self.reopen_collector(&mut response, parent, key);
        let changed = store(&mut response, values);
        self.reopen_for_list(&mut response, nested.list);
        self.name_alike(&mut response, nested.list);
        self.reopen_dependents(&mut response, key, &changed);
        let next = self.to_collector(parent);
        Ok(self.step(response, next))
    }

    fn to_collector(&self, parent: Place) -> Target {
        let back = Back { item: None, order: BackOrder::FromSummary, ..self.visitor.target.back.clone() };
        Target::block(parent).with_back(back)
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

    fn fresh_item(&self, response: &Response) -> ListItemId {
        let taken = |item| response.lists.iter().any(|list| list.items.contains(&item));
        let ids = (0..=u8::MAX).map(|n| self.visitor.moment.item(n));
        ids.into_iter().find(|&item| !taken(item)).unwrap_or_else(|| self.visitor.moment.item(0))
    }

    pub(super) fn edit_item(&self, mut response: Response, place: Place, nested: &Nested) -> Applied {
        let (parent, key) = self.collector_key(place);
        let values = match self.read(&response, place, key, None)? {
            Reading::Problem(problem) => return self.refused(response, problem),
            Reading::Clear(_) => return Err(open::Denied::NotHere),
            Reading::Values(values) => values,
        };
        let changed = store(&mut response, values);
        self.wrote(&mut response, place);
        self.name_alike(&mut response, nested.list);
        self.reopen_dependents(&mut response, key, &changed);
        let next = self.after_item(&response, parent, key)?;
        Ok(self.step(response, next))
    }

    pub(super) fn remove_item(&self, mut response: Response, place: Place, nested: &Nested) -> Applied {
        let (parent, key) = self.collector_key(place);
        let values = match self.read(&response, place, key, None)? {
            Reading::Problem(problem) => return self.refused(response, problem),
            Reading::Clear(_) => return Err(open::Denied::NotHere),
            Reading::Values(values) => values,
        };
        let removes =
            self.chose(&response, place, key, &values, |action| *action == Action::RemoveListItemAndAnswers)?;
        if removes && let Some(item) = place.item {
            response.lists.remove(nested.list, item);
            response.answers.remove_item(item);
            response.visits.remove_item(item);
            self.name_alike(&mut response, nested.list);
            self.reopen_for_list(&mut response, nested.list);
        }
        let next = self.after_item(&response, parent, key)?;
        Ok(self.step(response, next))
    }

    /// After an item was edited or removed (spec/02 §7.7).
    fn after_item(
        &self,
        response: &Response,
        parent: Place,
        key: SectionKey,
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
        if response.visits.is_confirmed(key, parent.block) {
            return Ok(navigation::next(&trace, parent, back)?);
        }
        Ok(Target::block(parent).with_back(self.passed_on()))
    }

    /// Finds the items whose names, joined and without regard to case, are the same (spec/02 §7.8).
    fn name_alike(&self, response: &mut Response, list: ListIx) {
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
