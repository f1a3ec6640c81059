//! An ordinary question answered (spec/02 §4.1), with backward routing (§2.4).

use std::rc::Rc;

use schema::questionnaire::{Action, AnswerIx, AnswerKind, BlockKind, Link, Question};
use schema::rule::{Fault, Here, ItemSelector, Operand, Rule, Source};
use schema::value::{ListItemId, Value};

use super::list::chosen_actions;
use super::{Applied, Attempt, Outcome, Posted, Problem};
use crate::form::{self, Asked};
use crate::navigation;
use crate::open::{self, Denied};
use crate::page::list_of;
use crate::place::{Location, Place, SectionKey, Target};
use crate::response::{AnswerKey, Response};
use crate::scope::Sight;
use crate::trace::{Backward, Path, Trace};

/// What was read of a form: values by key, in form order. `None` empties the answer.
pub(super) type Values = Vec<(AnswerKey, Option<Value<'static>>)>;

/// A form that could be read, or what it comes to if nothing is to be read of it.
pub(super) enum Taken {
    Values(Response, Values),
    Done(Outcome),
}

impl Posted<'_> {
    /// Reads the posted form as the question that this block asks here; what it answers belongs to `item`.
    pub(super) fn take(
        &self,
        response: Response,
        place: Place,
        key: SectionKey,
        item: Option<ListItemId>,
    ) -> Result<Taken, Denied> {
        let (values, radios) = {
            let trace = self.trace(&response);
            let here =
                Here { item: place.item, to: place.to, list: list_of(self.questionnaire, place.block) };
            let language = self.visitor.tongue.definition;
            let sight = Sight::of_page(&trace, Some(key), Some(place.block), here, language);
            let question = open::question(self.questionnaire, &sight, place.block)?;
            if self.command.form.has("action[clear_radios]") {
                (Err(None), radios(question, item))
            } else {
                let in_list = question.dynamic.as_ref().map(|dynamic| dynamic.list);
                let asked =
                    form::ask(question, item, &response, &sight, |item| sight.for_item(item, in_list))?;
                let read = form::read(&asked, &self.command.form, &response, &sight, self.visitor.tongue.ui)?;
                let values = if !read.errors.is_empty() {
                    Err(Some(Problem::Wrong(read.errors)))
                } else if self.is_overtaken(&response, place, &asked, &read.values) {
                    Err(Some(Problem::Overtaken))
                } else {
                    Ok(read.values)
                };
                (values, vec![])
            }
        };
        Ok(match values {
            Ok(values) => Taken::Values(response, values),
            Err(Some(problem)) => {
                Taken::Done(Outcome::Refused(response, Attempt { form: self.command.form.clone(), problem }))
            }
            // "Clear selection".
            Err(None) => Taken::Done(self.clear(response, place, &radios)),
        })
    }

    pub(super) fn question(&self, response: Response, place: Place, key: SectionKey) -> Applied {
        match self.take(response, place, key, place.item)? {
            Taken::Values(response, values) => self.answered(response, place, key, values),
            Taken::Done(outcome) => Ok(outcome),
        }
    }

    fn clear(&self, mut response: Response, place: Place, radios: &[AnswerKey]) -> Outcome {
        for &key in radios {
            response.answers.remove(key);
        }
        self.wrote(&mut response, place);
        self.step(response, Target::at(Location::Block(place)))
    }

    /// Stores what was read of an ordinary page and goes on.
    pub(super) fn answered(
        &self,
        mut response: Response,
        place: Place,
        key: SectionKey,
        values: Values,
    ) -> Applied {
        let changed = store(&mut response, values.clone());
        response.started_at.get_or_insert(self.visitor.moment.now);
        self.wrote(&mut response, place);
        let led_back = self.confirm_block(&mut response, place, key)?;
        self.reopen_dependents(&mut response, key, &changed);
        let next = match self.to_add_block(&response, place, &values) {
            Some(target) => target,
            None => self.next(&response, place, led_back)?,
        };
        Ok(self.step(response, next))
    }

    /// A block was answered or seen. What stands before a block that leads back stays so: else nobody would get
    /// there. The path is told where it leads back, since it decides where to go even though what led along it
    /// is forgotten.
    pub(super) fn confirm_block(
        &self,
        response: &mut Response,
        place: Place,
        key: SectionKey,
    ) -> Result<Option<(SectionKey, Rc<Path>)>, Fault> {
        response.visits.confirm(key, place.block);
        let path = self.trace(response).path(key)?;
        let Some(backward) = path.backward else { return Ok(None) };
        self.lead_back(response, place, key, backward);
        Ok(Some((key, path)))
    }

    /// Where an ordinary page leads, on the path that is known, if one is.
    pub(super) fn next(
        &self,
        response: &Response,
        place: Place,
        known: Option<(SectionKey, Rc<Path>)>,
    ) -> Result<Target, Fault> {
        let today = self.visitor.moment.today();
        let trace = Trace::with_path(self.questionnaire, response, today, known);
        navigation::next(&trace, place, &self.visitor.target.back)
    }

    /// Goes on to the add page when the option chosen says so and the list has nobody but the primary person
    /// (spec/02 §6.1).
    fn to_add_block(&self, response: &Response, place: Place, chosen: &Values) -> Option<Target> {
        let block = self.questionnaire.block(place.block);
        if !matches!(block.kind, BlockKind::Question(_)) {
            return None;
        }
        let variants = block.questions().iter();
        let mut actions = variants.flat_map(|variant| chosen_actions(&variant.of, chosen));
        let (add, list) = actions.find_map(|action| match action {
            Action::RedirectToListAddBlock { block: Link::To(add), list: Link::To(list) } => {
                Some((*add, *list))
            }
            _ => None,
        })?;
        let view = response.lists.view(list);
        let is_first = view.items.iter().all(|&item| view.primary == Some(item));
        let previous = Some(block.id.clone());
        is_first.then(|| Target { previous, ..Target::block(Place::of(add, None)) })
    }

    /// A rule of `backward.from` leads back: the answers of that block which it looks at are forgotten, and the
    /// block is to be answered again (spec/02 §2.4).
    fn lead_back(&self, response: &mut Response, place: Place, key: SectionKey, backward: Backward) {
        let block = self.questionnaire.block(backward.from);
        let rule = block.routes.get(usize::from(backward.route)).and_then(|route| route.when.as_ref());
        let mut named = Vec::new();
        if let Some(rule) = rule {
            answers_of(rule, &mut named);
        }
        for answer in named {
            let info = self.questionnaire.answer(answer);
            if info.asked_in == backward.from {
                response.answers.remove(AnswerKey::new(answer, place.item));
            }
        }
        response.visits.reopen(key, backward.from);
    }
}

/// The answers a rule looks at: its own operands', and those of the first rule among them (spec/02 §2.4).
fn answers_of(rule: &Rule, found: &mut Vec<AnswerIx>) {
    let mut nested = None;
    for operand in &rule.operands {
        match operand {
            Operand::Source(Source::Answer(source)) => {
                if let (Link::To(answer), ItemSelector::Implied) = (&source.answer, &source.item) {
                    found.push(*answer);
                }
            }
            Operand::Rule(rule) => nested = nested.or(Some(rule)),
            _ => {}
        }
    }
    if let Some(rule) = nested {
        answers_of(rule, found);
    }
}

/// Stores values; says which changed (spec/02 §5.1).
pub(super) fn store(response: &mut Response, values: Values) -> Vec<AnswerKey> {
    let mut changed = Vec::new();
    for (key, value) in values {
        let is_changed = match value {
            Some(value) if !value.is_empty() => response.answers.set(key, value),
            _ => response.answers.remove(key),
        };
        if is_changed {
            changed.push(key);
        }
    }
    changed
}

fn radios(question: &Question, item: Option<ListItemId>) -> Vec<AnswerKey> {
    let radios = question.answers.iter().filter(|answer| matches!(answer.kind, AnswerKind::Radio { .. }));
    radios.map(|answer| AnswerKey::new(answer.ix, item)).collect()
}

/// Where the answers of a question are stored, its details' among them.
pub fn keys<'a>(asked: &'a Asked<'_>) -> impl Iterator<Item = AnswerKey> + 'a {
    asked.answers.iter().flat_map(|answer| answer.details().map(|(_, detail)| detail.key).chain([answer.key]))
}
