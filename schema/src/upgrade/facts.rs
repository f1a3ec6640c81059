//! What the parts must know of the whole source: where an answer is asked, and which block ends the questionnaire.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::walk::text;

/// An answer, as far as conditions must know it.
pub(super) struct Answer {
    pub kind: String,
    pub is_mandatory: bool,
    /// The block that asks for it first.
    pub block: String,
}

/// A block of the type `Summary` or `Confirmation`: its place in the source.
pub(super) struct End {
    pub section: usize,
    pub group: usize,
    pub block: usize,
}

/// Both together.
#[derive(Default)]
pub(super) struct Facts {
    pub answers: HashMap<String, Answer>,
    pub ends: Vec<End>,
    /// Ids of the blocks that are taken out.
    pub end_blocks: HashSet<String>,
    /// Ids of the groups that begin with one.
    pub end_groups: HashSet<String>,
}

impl Facts {
    pub fn of(source: &Value) -> Self {
        let mut facts = Self::default();
        for (section_at, section) in items(source, "sections").iter().enumerate() {
            for (group_at, group) in items(section, "groups").iter().enumerate() {
                for (block_at, block) in items(group, "blocks").iter().enumerate() {
                    let id = block["id"].as_str().unwrap_or_default();
                    if is_end(block) {
                        facts.ends.push(End { section: section_at, group: group_at, block: block_at });
                        facts.end_blocks.insert(id.to_owned());
                        if block_at == 0 {
                            facts.end_groups.extend(group["id"].as_str().map(str::to_owned));
                        }
                    }
                    facts.add_answers(block, id);
                }
            }
        }
        facts
    }

    fn add_answers(&mut self, value: &Value, block: &str) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.add_answers(item, block)),
            Value::Object(members) => {
                let block = text(members, "id").filter(|_| is_block(members)).unwrap_or(block);
                for answer in items(value, "answers") {
                    let Some(id) = answer["id"].as_str() else { continue };
                    self.answers.entry(id.to_owned()).or_insert_with(|| Answer {
                        kind: answer["type"].as_str().unwrap_or_default().to_owned(),
                        is_mandatory: answer["mandatory"] == true,
                        block: block.to_owned(),
                    });
                }
                members.values().for_each(|member| self.add_answers(member, block));
            }
            _ => {}
        }
    }
}

/// Whether a block was the page before the end.
pub(super) fn is_end(block: &Value) -> bool {
    matches!(block["type"].as_str(), Some("Summary" | "Confirmation"))
}

fn is_block(members: &Map<String, Value>) -> bool {
    ["question", "question_variants", "content", "content_variants"]
        .iter()
        .any(|key| members.contains_key(*key))
}

fn items<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}
