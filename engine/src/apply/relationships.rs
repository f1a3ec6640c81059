//! How each person is related to each other, and what becomes of it when people come and go (spec/02 §14).

use schema::questionnaire::{Action, BlockKind, ListIx};
use schema::value::{ListItemId, Relationship, Value};

use super::question::{Taken, store};
use super::{Applied, Posted};
use crate::navigation;
use crate::place::{Place, SectionKey, Target};
use crate::relationships::{Related, UNRELATED, with};
use crate::response::{AnswerKey, Response};

impl Posted<'_> {
    /// One pair. The last page's answer completes the collector.
    pub(super) fn relationship(&self, response: Response, place: Place, key: SectionKey) -> Applied {
        let (mut response, values) = match self.take(response, place, key, place.item)? {
            Taken::Values(response, values) => (response, values),
            Taken::Done(outcome) => return Ok(outcome),
        };
        if let (Some(from), Some(to)) = (place.item, place.to) {
            let value = values.iter().find_map(|(_, value)| value.as_ref()?.as_text());
            self.relate(&mut response, place, |pairs| with(pairs, from, to, value));
        }
        self.wrote(&mut response, place);
        let related = Related::of(self.questionnaire, &response, place.block);
        let is_last = related.is_some_and(|related| related.pages().last() == Some(&place));
        if is_last {
            response.visits.confirm(key, place.block);
        }
        self.after_relationship(response, place)
    }

    /// Whether all who remain are unrelated to a person, asked once.
    pub(super) fn unrelated(&self, response: Response, place: Place, key: SectionKey) -> Applied {
        let (mut response, values) = match self.take(response, place, key, place.item)? {
            Taken::Values(response, values) => (response, values),
            Taken::Done(outcome) => return Ok(outcome),
        };
        let adds =
            self.chose(&response, place, key, &values, |it| *it == Action::AddUnrelatedRelationships)?;
        let removes =
            self.chose(&response, place, key, &values, |it| *it == Action::RemoveUnrelatedRelationships)?;
        if let Some(from) = place.item {
            let related = Related::of(self.questionnaire, &response, place.block);
            let remaining = related.map(|related| related.remaining(from).to_vec()).unwrap_or_default();
            self.relate(&mut response, place, |pairs| {
                let mut pairs = pairs.to_vec();
                if removes {
                    let goes = |pair: &Relationship| {
                        pair.from == from && remaining.contains(&pair.to) && &*pair.relationship == UNRELATED
                    };
                    pairs.retain(|pair| !goes(pair));
                }
                for &to in remaining.iter().filter(|_| adds) {
                    pairs = with(&pairs, from, to, Some(UNRELATED));
                }
                pairs
            });
        }
        store(&mut response, values);
        self.wrote(&mut response, place);
        self.after_relationship(response, place)
    }

    /// The next pair, or what follows the collector.
    fn after_relationship(&self, response: Response, place: Place) -> Applied {
        let related = Related::of(self.questionnaire, &response, place.block);
        let pages = related.map(|related| related.pages()).unwrap_or_default();
        let at = pages.iter().position(|&page| page == place);
        let next = match at.and_then(|at| pages.get(at + 1)) {
            Some(&next) => Target::block(next).with_back(self.passed_on()),
            None => {
                let (collector, _) = self.collector_key(place);
                navigation::next(&self.trace(&response), collector, &self.visitor.target.back)?
            }
        };
        Ok(self.step(response, next))
    }

    /// Keeps other pairs in place of those that were answered.
    fn relate(
        &self,
        response: &mut Response,
        place: Place,
        change: impl FnOnce(&[Relationship]) -> Vec<Relationship>,
    ) {
        let Some(related) = Related::of(self.questionnaire, response, place.block) else { return };
        let Some(answer) = related.answer() else { return };
        let pairs = change(related.pairs());
        keep(response, AnswerKey::new(answer, None), pairs);
    }

    /// A new person is related to somebody: all collectors of the list ask again.
    pub(super) fn reopen_relationships(&self, response: &mut Response, list: ListIx) {
        for &block in &self.questionnaire.list(list).collectors {
            let definition = self.questionnaire.block(block);
            if matches!(definition.kind, BlockKind::Relationships(_)) {
                response.visits.reopen(SectionKey { section: definition.section, item: None }, block);
            }
        }
    }

    /// Forgets how a person who left was related; if all others are answered for, nothing is left to ask.
    pub(super) fn forget_relationships(&self, response: &mut Response, list: ListIx, item: ListItemId) {
        for &block in &self.questionnaire.list(list).collectors {
            let Some(related) = Related::of(self.questionnaire, response, block) else { continue };
            let Some(answer) = related.answer() else { continue };
            if related.pairs().is_empty() {
                continue;
            }
            let pairs = related.pairs().iter().filter(|pair| pair.from != item && pair.to != item);
            let pairs = pairs.cloned().collect();
            keep(response, AnswerKey::new(answer, None), pairs);
            let key = SectionKey { section: self.questionnaire.block(block).section, item: None };
            let is_whole = Related::of(self.questionnaire, response, block).is_some_and(|it| it.is_whole());
            if is_whole {
                response.visits.confirm(key, block);
            } else {
                response.visits.reopen(key, block);
            }
        }
    }
}

fn keep(response: &mut Response, key: AnswerKey, pairs: Vec<Relationship>) {
    if pairs.is_empty() {
        response.answers.remove(key);
    } else {
        response.answers.set(key, Value::Relationships(pairs));
    }
}
