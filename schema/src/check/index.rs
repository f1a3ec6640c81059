//! What is where: sections, groups, blocks, questions, answers, lists and sources, each with its place and surroundings.
//!
//! The order and the choice among several of one id are eQ's (spec/06 §2), since verdicts depend on them.

use std::{
    cell::OnceCell,
    collections::{HashMap, HashSet},
};

use serde_json::Value;

use super::{
    node::Node,
    numbers::{self, Range},
};
use crate::value::Date;

/// The blocks within a block that have an id of their own, in the order in which eQ counts them.
const WITHIN: [&str; 4] = ["add_block", "edit_block", "add_or_edit_block", "remove_block"];

pub(super) struct Section<'a> {
    pub node: Node<'a>,
    /// Its groups, as places in [`Index::groups`].
    pub groups: Vec<usize>,
}

impl<'a> Section<'a> {
    /// The list over which the section repeats.
    pub fn repeats_over(&self) -> Option<&'a str> {
        self.node.get("repeat").map(|repeat| repeat.text("for_list").unwrap_or_default())
    }
}

pub(super) struct Group<'a> {
    pub node: Node<'a>,
    /// Its own blocks, not those within them, as places in [`Index::blocks`].
    pub blocks: Vec<usize>,
}

pub(super) struct Block<'a> {
    pub node: Node<'a>,
    pub section: usize,
    /// The block of a group that this is, or that this stands in.
    pub step: usize,
    /// The list of the list collector in whose repeating blocks this stands.
    pub repeats_over: Option<&'a str>,
}

impl Block<'_> {
    pub fn is_step(&self, own: usize) -> bool {
        self.step == own
    }
}

/// An answer, or the detail answer of an option, where it is defined.
#[derive(Clone)]
pub(super) struct Answer<'a> {
    pub node: Node<'a>,
    pub block: usize,
    /// Asked for each item of a list.
    pub is_dynamic: bool,
}

/// An object that says where a value comes from.
pub(super) struct Source<'a> {
    pub node: Node<'a>,
    pub kind: &'a str,
    pub identifier: &'a str,
    pub section: Option<usize>,
    pub group: Option<usize>,
    /// The block of a group in which it stands.
    pub step: Option<usize>,
}

pub(super) struct Index<'a> {
    pub root: Node<'a>,
    pub today: Date,
    pub sections: Vec<Section<'a>>,
    pub groups: Vec<Group<'a>>,
    /// All blocks that can be visited, each followed by those within it.
    pub blocks: Vec<Block<'a>>,
    /// Every answer as often as it is defined, in the order of the document.
    pub definitions: Vec<Answer<'a>>,
    pub sources: Vec<Source<'a>>,
    /// The names of lists that a list collector or supplementary data fill.
    pub lists: HashSet<&'a str>,
    pub supplementary_lists: HashSet<&'a str>,
    first_block: HashMap<&'a str, usize>,
    last_block: HashMap<&'a str, usize>,
    /// Where in [`Index::definitions`] each answer is defined.
    defined_at: HashMap<&'a str, Vec<usize>>,
    list_of_dynamic_answer: HashMap<&'a str, &'a str>,
    ranges: OnceCell<HashMap<String, Range>>,
}

impl<'a> Index<'a> {
    pub fn new(definition: &'a Value, today: Date) -> Self {
        let root = Node::root(definition);
        let supplementary_lists: HashSet<&str> = root
            .get("supplementary_data")
            .map(|data| data.items("lists").iter().filter_map(|list| list.value.as_str()).collect())
            .unwrap_or_default();
        let mut index = Self {
            root: root.clone(),
            today,
            sections: Vec::new(),
            groups: Vec::new(),
            blocks: Vec::new(),
            definitions: Vec::new(),
            sources: Vec::new(),
            lists: supplementary_lists.clone(),
            supplementary_lists,
            first_block: HashMap::new(),
            last_block: HashMap::new(),
            defined_at: HashMap::new(),
            list_of_dynamic_answer: HashMap::new(),
            ranges: OnceCell::new(),
        };
        for section in root.items("sections") {
            index.add_section(section);
        }
        root.children()
            .iter()
            .filter(|child| child.pointer != "/sections")
            .for_each(|child| index.add_sources(child, None, None, None));
        for (place, block) in index.blocks.iter().enumerate() {
            index.first_block.entry(block.node.id()).or_insert(place);
            index.last_block.insert(block.node.id(), place);
            if block.node.kind() == "ListCollector" && block.is_step(place) {
                index.lists.extend(block.node.text("for_list"));
            }
        }
        for (place, answer) in index.definitions.iter().enumerate() {
            index.defined_at.entry(answer.node.id()).or_default().push(place);
        }
        index
    }

    fn add_section(&mut self, node: Node<'a>) {
        let own = self.sections.len();
        let mut groups = Vec::new();
        for group in node.items("groups") {
            groups.push(self.groups.len());
            self.add_group(group, own);
        }
        for child in node.children().iter().filter(|child| !child.pointer.ends_with("/groups")) {
            self.add_sources(child, Some(own), None, None);
        }
        self.sections.push(Section { node, groups });
    }

    fn add_group(&mut self, node: Node<'a>, section: usize) {
        let own = self.groups.len();
        // Its place must be taken before its blocks ask for it.
        self.groups.push(Group { node: node.clone(), blocks: Vec::new() });
        let mut blocks = Vec::new();
        for block in node.items("blocks") {
            let step = self.blocks.len();
            blocks.push(step);
            self.add_block(&block, section, step);
            self.add_sources(&block, Some(section), Some(own), Some(step));
            self.add_answers(&block, step);
        }
        for child in node.children().iter().filter(|child| !child.pointer.ends_with("/blocks")) {
            self.add_sources(child, Some(section), Some(own), None);
        }
        if let Some(group) = self.groups.get_mut(own) {
            group.blocks = blocks;
        }
    }

    fn add_block(&mut self, node: &Node<'a>, section: usize, step: usize) {
        self.blocks.push(Block { node: node.clone(), section, step, repeats_over: None });
        for key in WITHIN {
            if let Some(within) = node.get(key) {
                self.blocks.push(Block { node: within, section, step, repeats_over: None });
            }
        }
        let repeats_over = if node.kind() == "ListCollector" { node.text("for_list") } else { None };
        for within in node.items("repeating_blocks") {
            self.blocks.push(Block { node: within, section, step, repeats_over });
        }
    }

    /// The answers of a block's questions and of the blocks within it.
    fn add_answers(&mut self, node: &Node<'a>, block: usize) {
        if let Some(question) = node.get("question").filter(|question| question.value.is_object()) {
            self.add_question(&question, block);
        }
        for child in node.children() {
            // A block within a block answers for itself, an unrelated block for its collector.
            let within = self.blocks[block..].iter().position(|other| other.node.pointer == child.pointer);
            self.add_answers(&child, within.map_or(block, |ahead| block + ahead));
        }
    }

    fn add_question(&mut self, question: &Node<'a>, block: usize) {
        let dynamic = question.get("dynamic_answers");
        if let Some(dynamic) = &dynamic {
            let list = dynamic.get("values").filter(|values| values.text("source") == Some("list"));
            for answer in dynamic.items("answers") {
                if let Some(list) = list.as_ref().and_then(|list| list.text("identifier")) {
                    self.list_of_dynamic_answer.insert(answer.id(), list);
                }
                self.add_answer(answer, block, true);
            }
        }
        for answer in question.items("answers") {
            self.add_answer(answer, block, false);
        }
    }

    fn add_answer(&mut self, node: Node<'a>, block: usize, is_dynamic: bool) {
        let details: Vec<Node<'a>> =
            node.items("options").iter().filter_map(|option| option.get("detail_answer")).collect();
        self.definitions.push(Answer { node, block, is_dynamic });
        for node in details {
            self.definitions.push(Answer { node, block, is_dynamic: false });
        }
    }

    fn add_sources(
        &mut self,
        node: &Node<'a>,
        section: Option<usize>,
        group: Option<usize>,
        step: Option<usize>,
    ) {
        node.walk(&mut |node| {
            if let (Some(kind), Some(identifier)) = (node.text("source"), node.text("identifier")) {
                self.sources.push(Source { node: node.clone(), kind, identifier, section, group, step });
            }
        });
    }

    /// The block of an id; of several the last.
    pub fn block(&self, id: &str) -> Option<&Block<'a>> {
        self.last_block.get(id).map(|&place| &self.blocks[place])
    }

    /// Where the first block of an id stands among all blocks.
    pub fn place_of_block(&self, id: &str) -> Option<usize> {
        self.first_block.get(id).copied()
    }

    /// All definitions of an answer, in the order of the document.
    fn defined(&self, id: &str) -> impl DoubleEndedIterator<Item = &Answer<'a>> {
        self.defined_at.get(id).into_iter().flatten().map(|&place| &self.definitions[place])
    }

    /// The answer of an id; of several definitions the last.
    pub fn answer(&self, id: &str) -> Option<&Answer<'a>> {
        self.defined(id).next_back()
    }

    /// The block in which an answer is first defined.
    pub fn home(&self, answer_id: &str) -> Option<&Block<'a>> {
        self.block(self.blocks[self.defined(answer_id).next()?.block].node.id())
    }

    /// Whether an answer is asked for each item of a list, where it is first defined.
    pub fn is_dynamic_at_home(&self, answer_id: &str) -> bool {
        let Some(home) = self.home(answer_id) else { return false };
        self.defined(answer_id)
            .any(|answer| answer.is_dynamic && self.blocks[answer.block].node.id() == home.node.id())
    }

    /// All ids of answers, in the order of the document.
    pub fn answer_ids(&self) -> Vec<&'a str> {
        let mut seen = HashSet::new();
        self.definitions.iter().map(|answer| answer.node.id()).filter(|id| seen.insert(*id)).collect()
    }

    /// The values of all options of an answer, over all its definitions; detail answers do not count.
    pub fn option_values(&self, answer_id: &str) -> Vec<&'a Value> {
        self.defined(answer_id)
            .filter(|answer| !answer.node.pointer.ends_with("/detail_answer"))
            .flat_map(|answer| answer.node.items("options"))
            .filter_map(|option| option.get("value").map(|value| value.value))
            .collect()
    }

    /// The list over whose items an answer is repeated, if it is.
    pub fn list_of_answer(&self, answer_id: &str) -> Option<&'a str> {
        if let Some(list) = self.list_of_dynamic_answer.get(answer_id) {
            return Some(list);
        }
        let home = self.home(answer_id)?;
        if home.repeats_over.is_some() {
            return home.repeats_over;
        }
        if home.node.kind() == "ListCollector" {
            return home.node.text("for_list");
        }
        // Only the blocks of a group count here, not those within them.
        let is_step = self.blocks[home.step].node.pointer == home.node.pointer;
        if is_step { self.sections[home.section].repeats_over() } else { None }
    }

    /// The answers behind a total or an answer.
    pub fn answers_behind(&self, kind: &str, identifier: &'a str) -> Vec<&'a str> {
        match (kind, self.block(identifier)) {
            ("calculated_summary", Some(block)) => terms(&block.node, "answers"),
            ("grand_calculated_summary", Some(block)) => terms(&block.node, "calculated_summary")
                .into_iter()
                .filter_map(|part| self.block(part))
                .flat_map(|part| terms(&part.node, "answers"))
                .collect(),
            _ => vec![identifier],
        }
    }

    /// What numbers each answer may be, worked out once.
    pub fn ranges(&self) -> &HashMap<String, Range> {
        self.ranges.get_or_init(|| numbers::ranges(self))
    }

    /// The section with an id; of several the last.
    pub fn section_place(&self, id: &str) -> Option<usize> {
        self.sections.iter().position(|section| section.node.id() == id)
    }

    /// The questions of a block, variants first, without those of the blocks within it.
    pub fn questions(block: &Node<'a>) -> Vec<Node<'a>> {
        block
            .items("question_variants")
            .iter()
            .filter_map(|variant| variant.get("question"))
            .chain(block.get("question"))
            .collect()
    }

    /// The answers of a question, dynamic ones first.
    pub fn answers_of(question: &Node<'a>) -> Vec<Node<'a>> {
        let dynamic =
            question.get("dynamic_answers").map(|dynamic| dynamic.items("answers")).unwrap_or_default();
        dynamic.into_iter().chain(question.items("answers")).collect()
    }

    /// The ids of all answers that a block asks for.
    pub fn answer_ids_of(block: &Node<'a>) -> HashSet<&'a str> {
        Self::questions(block).iter().flat_map(Self::answers_of).map(|answer| answer.id()).collect()
    }
}

/// What a summary adds up, in either form of its calculation: ids of answers or of calculated summaries.
pub(super) fn terms<'a>(block: &Node<'a>, kind: &str) -> Vec<&'a str> {
    let Some(calculation) = block.get("calculation") else { return Vec::new() };
    let listed = calculation.items("answers_to_calculate");
    if !listed.is_empty() {
        return listed.iter().filter_map(|id| id.value.as_str()).collect();
    }
    let mut found = Vec::new();
    if let Some(operation) = calculation.get("operation") {
        operation.walk(&mut |node| {
            if node.text("source") == Some(kind) {
                found.extend(node.text("identifier"));
            }
        });
    }
    found
}
