//! Stored answers, in the order they were first given.

use std::collections::HashMap;

use schema::questionnaire::AnswerIx;
use schema::value::{ListItemId, Value};

/// An answer, for one item of a list or for none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AnswerKey {
    pub answer: AnswerIx,
    pub item: Option<ListItemId>,
}

impl AnswerKey {
    pub fn new(answer: AnswerIx, item: Option<ListItemId>) -> Self {
        Self { answer, item }
    }
}

/// Updating an answer keeps its place; one that was removed comes back last.
#[derive(Clone, Default, PartialEq)]
pub struct Answers {
    entries: Vec<(AnswerKey, Value<'static>)>,
    /// Found by key only past [`SCANNED`] entries: looking through a few is faster than hashing.
    index: HashMap<AnswerKey, u32>,
}

const SCANNED: usize = 24;

impl std::fmt::Debug for Answers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Answers({} …)", self.entries.len())
    }
}

impl Answers {
    pub fn get(&self, key: AnswerKey) -> Option<&Value<'static>> {
        self.position(key).map(|at| &self.entries[at].1)
    }

    fn position(&self, key: AnswerKey) -> Option<usize> {
        if self.entries.len() <= SCANNED {
            self.entries.iter().position(|(has, _)| *has == key)
        } else {
            self.index.get(&key).map(|&at| at as usize)
        }
    }

    /// Stores a value; says whether that changed anything. Numbers are equal by worth: `1` is `1.0`.
    pub fn set(&mut self, key: AnswerKey, value: Value<'static>) -> bool {
        if let Some(at) = self.position(key) {
            let changed = self.entries[at].1 != value;
            self.entries[at].1 = value;
            return changed;
        }
        self.push(key, value);
        true
    }

    /// Adds an entry that is known to be new.
    pub(super) fn push(&mut self, key: AnswerKey, value: Value<'static>) {
        self.entries.push((key, value));
        if self.entries.len() == SCANNED + 1 {
            self.reindex();
        } else if self.entries.len() > SCANNED {
            self.index.insert(key, (self.entries.len() - 1) as u32);
        }
    }

    /// Forgets an answer; says whether there was one.
    pub fn remove(&mut self, key: AnswerKey) -> bool {
        let Some(at) = self.position(key) else { return false };
        self.entries.remove(at);
        self.reindex();
        true
    }

    pub fn remove_item(&mut self, item: ListItemId) {
        self.entries.retain(|(key, _)| key.item != Some(item));
        self.reindex();
    }

    fn reindex(&mut self) {
        self.index.clear();
        if self.entries.len() > SCANNED {
            self.index.extend(self.entries.iter().zip(0u32..).map(|((key, _), at)| (*key, at)));
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = (AnswerKey, &Value<'static>)> {
        self.entries.iter().map(|(key, value)| (*key, value))
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}
