//! Stored answers, in the order they were first given.
//!
//! A large household gives thousands, and a page looks at a few. So they lie by list item, and those that were read
//! from a stored form stay packed until somebody looks: a page costs what it looks at.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

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
#[derive(Clone, Default)]
pub struct Answers {
    groups: Vec<Group>,
    /// The place of the next new answer.
    next: u32,
    pub(super) read: Read,
}

/// What packed groups are made of.
#[derive(Clone, Default)]
pub(super) struct Read {
    pub bytes: Arc<Vec<u8>>,
    /// The answers that the numbers in `bytes` stand for.
    pub table: Arc<[AnswerIx]>,
}

/// The answers for one item, or those for none.
#[derive(Clone)]
struct Group {
    item: Option<ListItemId>,
    /// Where they lie in what was read, until one is changed.
    packed: Option<Range<usize>>,
    /// By answer, so that one of thousands is found as fast as one of a few.
    entries: OnceLock<Vec<Entry>>,
}

#[derive(Clone)]
struct Entry {
    order: u32,
    answer: AnswerIx,
    packed: Option<Range<usize>>,
    value: OnceLock<Value<'static>>,
}

/// An answer as it is packed: its place, its number in the table, its value.
pub(super) type Packed<'a> = (u32, u32, &'a [u8]);

/// A group to be written: as it was read, or entry by entry.
pub(super) enum Unwritten<'a> {
    Packed(&'a [u8]),
    Entries(Vec<(u32, AnswerIx, UnwrittenValue<'a>)>),
}

/// A value to be written: as it was read, or changed since.
pub(super) enum UnwrittenValue<'a> {
    Packed(&'a [u8]),
    Changed(&'a Value<'static>),
}

impl std::fmt::Debug for Answers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Answers({} groups …)", self.groups.len())
    }
}

impl PartialEq for Answers {
    fn eq(&self, other: &Self) -> bool {
        self.in_order().eq(other.in_order())
    }
}

impl Read {
    /// The entries of a group, still packed.
    fn entries(&self, packed: Range<usize>) -> Vec<Entry> {
        let mut entries = Vec::new();
        let mut rest = &self.bytes[packed.clone()];
        while !rest.is_empty() {
            let ((order, number, value), after) = postcard::take_from_bytes::<Packed>(rest)
                .expect("a sealed response holds what `write` wrote");
            // A value is the end of its entry.
            let end = packed.end - after.len();
            let packed = Some(end - value.len()..end);
            let answer = self.table[number as usize];
            entries.push(Entry { order, answer, packed, value: OnceLock::new() });
            rest = after;
        }
        entries.sort_unstable_by_key(|entry| entry.answer);
        entries
    }

    fn value(&self, packed: Range<usize>) -> Value<'static> {
        super::stored::value(&self.bytes[packed]).expect("a sealed response holds what `write` wrote")
    }
}

impl Group {
    fn of(item: Option<ListItemId>) -> Self {
        Self { item, packed: None, entries: OnceLock::from(vec![]) }
    }

    fn entries(&self, read: &Read) -> &[Entry] {
        self.entries
            .get_or_init(|| self.packed.clone().map(|packed| read.entries(packed)).unwrap_or_default())
    }

    fn entry(&self, answer: AnswerIx, read: &Read) -> Option<&Entry> {
        let entries = self.entries(read);
        let at = entries.binary_search_by_key(&answer, |entry| entry.answer).ok()?;
        Some(&entries[at])
    }

    /// To be changed: then it is no longer what was read.
    fn entries_mut(&mut self, read: &Read) -> &mut Vec<Entry> {
        self.entries(read);
        self.packed = None;
        self.entries.get_mut().expect("the entries were just unpacked")
    }
}

impl Entry {
    fn value(&self, read: &Read) -> &Value<'static> {
        self.value.get_or_init(|| self.packed.clone().map_or(Value::Null, |packed| read.value(packed)))
    }

    fn unwritten<'a>(&'a self, read: &'a Read) -> UnwrittenValue<'a> {
        match &self.packed {
            Some(packed) => UnwrittenValue::Packed(&read.bytes[packed.clone()]),
            None => UnwrittenValue::Changed(self.value(read)),
        }
    }

    fn set(&mut self, value: Value<'static>) {
        self.packed = None;
        self.value = OnceLock::from(value);
    }
}

impl Answers {
    pub fn get(&self, key: AnswerKey) -> Option<&Value<'static>> {
        let group = self.groups.iter().find(|group| group.item == key.item)?;
        Some(group.entry(key.answer, &self.read)?.value(&self.read))
    }

    /// Stores a value; says whether that changed anything. Numbers are equal by worth: `1` is `1.0`.
    pub fn set(&mut self, key: AnswerKey, value: Value<'static>) -> bool {
        let at = self.groups.iter().position(|group| group.item == key.item);
        let at = at.unwrap_or_else(|| {
            self.groups.push(Group::of(key.item));
            self.groups.len() - 1
        });
        let entries = self.groups[at].entries_mut(&self.read);
        match entries.binary_search_by_key(&key.answer, |entry| entry.answer) {
            Ok(at) => {
                let is_new = *entries[at].value(&self.read) != value;
                entries[at].set(value);
                is_new
            }
            Err(at) => {
                let entry = Entry { order: self.next, answer: key.answer, packed: None, value: value.into() };
                entries.insert(at, entry);
                self.next += 1;
                true
            }
        }
    }

    /// Forgets an answer; says whether there was one.
    pub fn remove(&mut self, key: AnswerKey) -> bool {
        let Some(at) = self.groups.iter().position(|group| group.item == key.item) else { return false };
        let group = &mut self.groups[at];
        let entries = group.entries(&self.read);
        let Ok(entry) = entries.binary_search_by_key(&key.answer, |entry| entry.answer) else { return false };
        let entries = group.entries_mut(&self.read);
        entries.remove(entry);
        if entries.is_empty() {
            self.groups.remove(at);
        }
        true
    }

    pub fn remove_item(&mut self, item: ListItemId) {
        self.groups.retain(|group| group.item != Some(item));
    }

    /// All, in order.
    pub fn iter(&self) -> impl Iterator<Item = (AnswerKey, &Value<'static>)> {
        self.in_order().map(|(_, key, value)| (key, value))
    }

    fn in_order(&self) -> impl Iterator<Item = (u32, AnswerKey, &Value<'static>)> {
        let mut all: Vec<_> = self
            .groups
            .iter()
            .flat_map(|group| group.entries(&self.read).iter().map(|entry| (group.item, entry)))
            .collect();
        all.sort_unstable_by_key(|(_, entry)| entry.order);
        all.into_iter()
            .map(|(item, entry)| (entry.order, AnswerKey::new(entry.answer, item), entry.value(&self.read)))
    }

    /// Whether anything is stored under this answer, for any item or none.
    pub fn has_any(&self, answer: AnswerIx) -> bool {
        self.groups.iter().any(|group| group.entry(answer, &self.read).is_some())
    }

    pub fn len(&self) -> usize {
        self.groups.iter().map(|group| group.entries(&self.read).len()).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// Of groups that were read, each with where it lies.
    pub(super) fn packed(
        groups: impl IntoIterator<Item = (Option<ListItemId>, Range<usize>)>,
        next: u32,
        read: Read,
    ) -> Self {
        let group = |(item, packed)| Group { item, packed: Some(packed), entries: OnceLock::new() };
        Self { groups: groups.into_iter().map(group).collect(), next, read }
    }

    pub(super) fn next(&self) -> u32 {
        self.next
    }

    /// Group by group, what is to be written.
    pub(super) fn unwritten<'a>(&'a self) -> impl Iterator<Item = (Option<ListItemId>, Unwritten<'a>)> {
        self.groups.iter().map(|group| {
            let unwritten = match &group.packed {
                Some(packed) => Unwritten::Packed(&self.read.bytes[packed.clone()]),
                None => {
                    let entries = group.entries(&self.read).iter();
                    let unwritten =
                        |entry: &'a Entry| (entry.order, entry.answer, entry.unwritten(&self.read));
                    let mut entries: Vec<_> = entries.map(unwritten).collect();
                    entries.sort_unstable_by_key(|(order, ..)| *order);
                    Unwritten::Entries(entries)
                }
            };
            (group.item, unwritten)
        })
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::response::{Response, read, write};

    const ONE: Option<ListItemId> = Some(ListItemId(*b"aaaaaa"));
    const TWO: Option<ListItemId> = Some(ListItemId(*b"bbbbbb"));

    fn questionnaire() -> schema::Questionnaire {
        schema::link(&[include_str!("../../tests/stored/questionnaire.json")]).unwrap()
    }

    fn key(questionnaire: &schema::Questionnaire, id: &str, item: Option<ListItemId>) -> AnswerKey {
        AnswerKey::new(questionnaire.names.answers[id], item)
    }

    /// Given by turns to two people, and read back.
    fn stored(questionnaire: &schema::Questionnaire) -> Response {
        let launch = crate::response::Launch { claims: serde_json::Map::new() };
        let mut response = crate::open::open(launch);
        for (id, item, value) in [
            ("boat-name", ONE, "first"),
            ("boat-name", TWO, "second"),
            ("boat-length", ONE, "third"),
            ("mooring-answer", None, "fourth"),
            ("boat-length", TWO, "fifth"),
        ] {
            response.answers.set(key(questionnaire, id, item), Value::text(value));
        }
        read(questionnaire, &write(questionnaire, &response)).unwrap()
    }

    fn texts(answers: &Answers) -> Vec<String> {
        answers.iter().map(|(_, value)| value.as_text().unwrap().to_owned()).collect()
    }

    #[test]
    fn answers_come_in_the_order_they_were_first_given_whoever_they_are_of() {
        let q = questionnaire();
        let mut answers = stored(&q).answers;
        assert_eq!(texts(&answers), ["first", "second", "third", "fourth", "fifth"]);
        assert!(answers.set(key(&q, "boat-name", TWO), Value::text("2")));
        assert!(!answers.set(key(&q, "boat-name", TWO), Value::text("2")));
        assert!(answers.remove(key(&q, "boat-name", ONE)));
        assert!(!answers.remove(key(&q, "boat-name", ONE)));
        answers.set(key(&q, "boat-name", ONE), Value::text("last"));
        assert_eq!(texts(&answers), ["2", "third", "fourth", "fifth", "last"]);
        answers.remove_item(TWO.unwrap());
        assert_eq!(texts(&answers), ["third", "fourth", "last"]);
        assert_eq!(answers.len(), 3);
    }

    #[test]
    fn what_nobody_looks_at_stays_packed() {
        let q = questionnaire();
        let mut response = stored(&q);
        assert!(response.answers.get(key(&q, "boat-name", ONE)).is_some());
        let looked_at = |answers: &Answers| -> Vec<(bool, usize)> {
            let values = |entries: &Vec<Entry>| entries.iter().filter(|e| e.value.get().is_some()).count();
            let of = |group: &Group| (group.packed.is_some(), group.entries.get().map_or(0, values));
            answers.groups.iter().map(of).collect()
        };
        assert_eq!(looked_at(&response.answers), [(true, 1), (true, 0), (true, 0)]);
        response.answers.set(key(&q, "boat-name", TWO), Value::text("2"));
        assert_eq!(looked_at(&response.answers), [(true, 1), (false, 1), (true, 0)]);
        let again = read(&q, &write(&q, &response)).unwrap();
        assert_eq!(texts(&again.answers), ["first", "2", "third", "fourth", "fifth"]);
    }

    #[test]
    fn an_answer_that_is_new_to_what_was_read_has_a_number_of_its_own() {
        let q = questionnaire();
        let mut response = stored(&q);
        response.answers.set(key(&q, "boats-answer", None), Value::text("sixth"));
        let again = read(&q, &write(&q, &response)).unwrap();
        assert!(again.answers == response.answers);
        assert!(again.answers.has_any(q.names.answers["boats-answer"]));
        assert!(!again.answers.has_any(q.names.answers["remove-boat-answer"]));
    }
}
