//! The pairs of people that a relationship collector asks about, one page each, in order (spec/02 §14).

use schema::Questionnaire;
use schema::questionnaire::{Action, AnswerIx, BlockIx, BlockKind, RelationshipCollector};
use schema::value::{ListItemId, Relationship, Value};

use crate::place::Place;
use crate::response::{AnswerKey, Response};

/// What people who are not related answer, as the definition's options have it.
pub const UNRELATED: &str = "Unrelated";

/// A collector of relationships, and what was answered on its pages.
#[derive(Clone, Copy)]
pub struct Related<'a> {
    questionnaire: &'a Questionnaire,
    response: &'a Response,
    block: BlockIx,
    collector: &'a RelationshipCollector,
}

impl<'a> Related<'a> {
    /// Of a relationship collector, or of the page on which people are said to be unrelated.
    pub fn of(questionnaire: &'a Questionnaire, response: &'a Response, block: BlockIx) -> Option<Self> {
        let block = questionnaire.block(block).parent.unwrap_or(block);
        match &questionnaire.block(block).kind {
            BlockKind::Relationships(collector) => Some(Self { questionnaire, response, block, collector }),
            _ => None,
        }
    }

    /// Under which answer the pairs are kept, for no item: the collector's first.
    pub fn answer(&self) -> Option<AnswerIx> {
        Some(self.collector.questions.first()?.of.answers.first()?.ix)
    }

    /// All pairs that were answered, in the order they were.
    pub fn pairs(&self) -> &'a [Relationship] {
        let stored = self.answer().and_then(|answer| self.response.answers.get(AnswerKey::new(answer, None)));
        match stored {
            Some(Value::Relationships(pairs)) => pairs,
            _ => &[],
        }
    }

    /// How one is related to the other, if that was answered.
    pub fn between(&self, from: ListItemId, to: ListItemId) -> Option<&'a str> {
        self.pairs().iter().find(|pair| pair.from == from && pair.to == to).map(|pair| &*pair.relationship)
    }

    /// The pages, in order: each person with all who come after. Once two of a person's are unrelated and at least
    /// two remain, one page asks of all who remain.
    pub fn pages(&self) -> Vec<Place> {
        let items = self.response.lists.items(self.collector.list);
        let mut pages = Vec::new();
        for (at, &from) in items.iter().enumerate() {
            let others = &items[at + 1..];
            let remaining = self.remaining(from);
            for &to in others {
                if remaining.first() == Some(&to)
                    && let Some(unrelated) = self.collector.unrelated
                {
                    pages.push(Place::of(unrelated, Some(from)));
                    if self.are_all_unrelated(unrelated, from) {
                        break;
                    }
                }
                pages.push(Place { block: self.block, item: Some(from), to: Some(to) });
            }
        }
        pages
    }

    /// Those who come after the second that a person is not related to, where they are at least two.
    pub fn remaining(&self, from: ListItemId) -> &'a [ListItemId] {
        let items = self.response.lists.items(self.collector.list);
        let Some(at) = items.iter().position(|&item| item == from) else { return &[] };
        let others = &items[at + 1..];
        // One look through the pairs, since there is one for each two people.
        let pairs = self.pairs().iter().filter(|pair| pair.from == from && *pair.relationship == *UNRELATED);
        let unrelated: Vec<ListItemId> = pairs.map(|pair| pair.to).collect();
        let mut ends =
            others.iter().enumerate().filter(|(_, to)| unrelated.contains(to)).map(|(at, _)| at + 1);
        match ends.nth(1) {
            Some(end) if others.len() - end >= 2 => &others[end..],
            _ => &[],
        }
    }

    fn are_all_unrelated(&self, unrelated: BlockIx, from: ListItemId) -> bool {
        let answers = self.questionnaire.block(unrelated).questions().iter().flat_map(|it| &it.of.answers);
        answers.into_iter().any(|answer| {
            let stored = self.response.answers.get(AnswerKey::new(answer.ix, Some(from)));
            let options = answer.kind.options().into_iter().flat_map(|options| &options.fixed);
            let mut adds = options.filter(|it| it.action == Some(Action::AddUnrelatedRelationships));
            stored.and_then(Value::as_text).is_some_and(|value| adds.any(|option| *option.value == *value))
        })
    }

    /// Whether every pair of the list was answered, and no other.
    pub fn is_whole(&self) -> bool {
        let items = self.response.lists.items(self.collector.list);
        let pairs = self.pairs();
        let at = |item: ListItemId| items.iter().position(|&has| has == item);
        // No pair is kept twice, so that as many as there can be are all of them.
        let are_asked = pairs.iter().all(|pair| at(pair.from) < at(pair.to) && at(pair.from).is_some());
        are_asked && pairs.len() == items.len() * items.len().saturating_sub(1) / 2
    }
}

/// The pairs with one of them changed, added last, or taken out.
pub fn with(
    pairs: &[Relationship],
    from: ListItemId,
    to: ListItemId,
    value: Option<&str>,
) -> Vec<Relationship> {
    let mut pairs = pairs.to_vec();
    let at = pairs.iter().position(|pair| pair.from == from && pair.to == to);
    match (at, value) {
        (Some(at), Some(value)) => pairs[at].relationship = value.into(),
        (None, Some(value)) => pairs.push(Relationship { from, to, relationship: value.into() }),
        (Some(at), None) => {
            pairs.remove(at);
        }
        (None, None) => {}
    }
    pairs
}
