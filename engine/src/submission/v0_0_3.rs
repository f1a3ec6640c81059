//! Data version 0.0.3: answers as a list, with the lists of people and things (spec/05 §3.1).

use std::collections::HashSet;

use schema::Questionnaire;
use schema::questionnaire::{Answer, AnswerIx, AnswerKind, BlockIx, BlockKind, ListIx, Question};
use schema::rule::Fault;
use schema::value::ListItemId;
use serde_json::Value as Json;

use super::Writer;
use crate::relationships::Related;
use crate::response::{AnswerKey, Response};
use crate::supplementary::SuppliedList;
use crate::trace::Trace;

/// Writes `data`: `answers`, `lists`, `answer_codes`.
pub(super) fn data(json: &mut Writer, trace: &Trace) -> Result<(), Fault> {
    let keys = keys(trace)?;
    let response = trace.response;
    json.open_object();
    json.key("answers");
    json.open_array();
    for key in &keys {
        let Some(value) = response.answers.get(*key) else { continue };
        json.open_object();
        json.text_member("answer_id", &trace.questionnaire.answer(key.answer).id);
        json.key("value");
        json.value(value);
        if let Some(item) = key.item {
            json.text_member("list_item_id", item.as_str());
        }
        json.close_object();
    }
    json.close_array();
    json.key("lists");
    lists(json, trace.questionnaire, response, true);
    if let Some(supplementary) = &response.supplementary {
        json.key("supplementary_data");
        json.json(&Json::Object(supplementary.data.clone()));
    }
    codes(json, trace, &keys);
    json.close_object();
    Ok(())
}

/// The stored lists, in the order they were made; with what supplementary data call their items, where asked.
pub fn lists(json: &mut Writer, questionnaire: &Questionnaire, response: &Response, with_identifiers: bool) {
    let supplied = response.supplementary.iter().flat_map(|supplementary| &supplementary.lists);
    let identifiers = |json: &mut Writer, name: &str| {
        if with_identifiers && let Some(supplied) = supplied.clone().find(|supplied| *supplied.name == *name)
        {
            json.key("supplementary_data_mappings");
            mappings(json, supplied);
        }
    };
    json.open_array();
    for list in response.lists.iter() {
        let name = &questionnaire.list(list.list).name;
        json.open_object();
        items(json, "items", &list.items);
        json.text_member("name", name);
        if let Some(primary) = list.primary {
            json.text_member("primary_person", primary.as_str());
        }
        if !list.same_names.is_empty() {
            items(json, "same_name_items", &list.same_names);
        }
        identifiers(json, name);
        json.close_object();
    }
    // What the data hold of lists that the questionnaire never uses leaves all the same.
    let is_supplied = |name: &str| supplied.clone().any(|supplied| *supplied.name == *name);
    for (name, unused) in response.aside.lists.iter().filter(|(name, _)| is_supplied(name)) {
        json.open_object();
        items(json, "items", unused);
        json.text_member("name", name);
        identifiers(json, name);
        json.close_object();
    }
    json.close_array();
}

fn items(json: &mut Writer, name: &str, items: &[ListItemId]) {
    json.key(name);
    json.open_array();
    items.iter().for_each(|item| json.text(item.as_str()));
    json.close_array();
}

/// Which item stands for which identifier.
pub fn mappings(json: &mut Writer, supplied: &SuppliedList) {
    json.open_array();
    for (identifier, item) in &supplied.items {
        json.open_object();
        json.key("identifier");
        json.json(identifier);
        json.text_member("list_item_id", item.as_str());
        json.close_object();
    }
    json.close_array();
}

fn codes(json: &mut Writer, trace: &Trace, keys: &[AnswerKey]) {
    let q = trace.questionnaire;
    let is_submitted = |id: &str| keys.iter().any(|key| *q.answer(key.answer).id == *id);
    let mut codes = q.answer_codes.iter().filter(|code| is_submitted(&code.answer_id)).peekable();
    if codes.peek().is_none() {
        return;
    }
    json.key("answer_codes");
    json.open_array();
    for code in codes {
        json.open_object();
        json.text_member("answer_id", &code.answer_id);
        json.text_member("code", &code.code);
        if let Some(value) = &code.answer_value {
            json.text_member("answer_value", value);
        }
        json.close_object();
    }
    json.close_array();
}

/// Which stored answers leave, in order, each once: those of the blocks on the paths of the enabled sections, by
/// the ids of each question's first variant.
fn keys(trace: &Trace) -> Result<Vec<AnswerKey>, Fault> {
    let q = trace.questionnaire;
    let mut collected = Collected { trace, keys: vec![], seen: HashSet::new() };
    for section in trace.enabled_instances()? {
        for block in trace.path(section)?.blocks() {
            match &q.block(block).kind {
                BlockKind::ListCollector(collector) => {
                    let nested = [collector.add].into_iter().chain(collector.repeating.iter().copied());
                    collected.items(collector.list, nested);
                }
                BlockKind::PrimaryPerson(collector) => {
                    collected.items(collector.list, [collector.add_or_edit].into_iter());
                }
                BlockKind::Relationships(_) => collected.unrelated(block),
                _ => {}
            }
            let Some(first) = q.block(block).questions().first() else { continue };
            collected.dynamic(&first.of);
            for answer in answers_of(&first.of) {
                collected.add(AnswerKey::new(answer, section.item));
            }
        }
    }
    Ok(collected.keys)
}

struct Collected<'a> {
    trace: &'a Trace<'a>,
    keys: Vec<AnswerKey>,
    seen: HashSet<AnswerKey>,
}

impl Collected<'_> {
    fn add(&mut self, key: AnswerKey) {
        if self.trace.response.answers.get(key).is_some() && self.seen.insert(key) {
            self.keys.push(key);
        }
    }

    fn items(&mut self, list: ListIx, nested: impl Iterator<Item = BlockIx> + Clone) {
        for &item in self.trace.response.lists.items(list) {
            for block in nested.clone() {
                let Some(first) = self.trace.questionnaire.block(block).questions().first() else { continue };
                for answer in answers_of(&first.of) {
                    self.add(AnswerKey::new(answer, Some(item)));
                }
            }
        }
    }

    /// Whether all who remain are unrelated, of those of whom it was asked.
    fn unrelated(&mut self, collector: BlockIx) {
        let q = self.trace.questionnaire;
        let Some(related) = Related::of(q, self.trace.response, collector) else { return };
        for page in related.pages().into_iter().filter(|page| page.block != collector) {
            let Some(first) = q.block(page.block).questions().first() else { continue };
            for answer in answers_of(&first.of) {
                self.add(AnswerKey::new(answer, page.item));
            }
        }
    }

    fn dynamic(&mut self, question: &Question) {
        let Some(dynamic) = &question.dynamic else { return };
        for answer in &dynamic.answers {
            for &item in self.trace.response.lists.items(dynamic.list) {
                self.add(AnswerKey::new(answer.ix, Some(item)));
            }
        }
    }
}

/// A question's own answers, each followed by the detail answers of its options.
pub(super) fn answers_of(question: &Question) -> Vec<AnswerIx> {
    let mut found = Vec::new();
    for answer in &question.answers {
        found.push(answer.ix);
        found.extend(details(answer).map(|detail| detail.ix));
    }
    found
}

/// The detail answers of an answer's options, in order.
pub(super) fn details(answer: &Answer) -> impl Iterator<Item = &Answer> {
    let options = match &answer.kind {
        AnswerKind::Radio { options, .. }
        | AnswerKind::Checkbox { options, .. }
        | AnswerKind::Dropdown { options, .. } => options.fixed.as_slice(),
        _ => &[],
    };
    options.iter().filter_map(|option| option.detail.as_deref())
}
