//! The first walk: what bears which name, in document order, so that everything later can point to it.

use crate::definition::{self, AnswerKind, BlockKind, Definition};
use crate::questionnaire::{
    AnswerInfo, AnswerIx, BlockIx, GroupIx, List, ListIx, Names, NestedRole, Numeric, Repeats, SectionIx,
};

use super::rules::literal;
use super::{answers, lists};

/// Everything that has a name.
pub(super) struct Index {
    pub names: Names,
    pub answers: Vec<AnswerInfo>,
    pub lists: Vec<List>,
    /// Lists that supplementary data fill.
    pub supplementary: Vec<ListIx>,
}

/// Where a block stands.
#[derive(Clone, Copy)]
pub(super) struct Spot {
    pub section: SectionIx,
    pub group: GroupIx,
    pub block: BlockIx,
    /// The block on whose path it lies: itself, or its collector.
    pub home: BlockIx,
    pub list: Option<ListIx>,
}

impl Index {
    pub fn list(&mut self, name: &str) -> ListIx {
        if let Some(&list) = self.names.lists.get(name) {
            return list;
        }
        let list = ListIx(self.lists.len() as u32);
        self.names.lists.insert(name.into(), list);
        self.lists.push(List { name: name.into(), collectors: Vec::new(), same_name_answers: Vec::new() });
        list
    }

    pub fn list_named(&self, name: &str) -> Option<ListIx> {
        self.names.lists.get(name).copied()
    }
}

/// Names a definition's parts. Of two with the same name, the first bears it.
pub(super) fn names(definition: &Definition) -> Index {
    let mut index =
        Index { names: Names::default(), answers: Vec::new(), lists: Vec::new(), supplementary: Vec::new() };
    for list in definition.supplementary_data.iter().flat_map(|data| &data.lists) {
        let list = index.list(list);
        index.supplementary.push(list);
    }
    let mut groups = 0;
    let mut blocks = 0;
    for (section_at, section) in definition.sections.iter().enumerate() {
        let section_ix = SectionIx(section_at as u32);
        index.names.sections.entry(section.id.clone()).or_insert(section_ix);
        let repeats = section.repeat.as_ref().map(|repeat| index.list(&repeat.for_list));
        for item in section.summary.iter().flat_map(|summary| &summary.items) {
            index.list(&item.for_list);
        }
        for group in &section.groups {
            let group_ix = GroupIx(groups);
            groups += 1;
            index.names.groups.entry(group.id.clone()).or_insert(group_ix);
            for block in &group.blocks {
                let home = BlockIx(blocks);
                let list = block.for_list.as_deref().map(|name| index.list(name));
                let spot = Spot { section: section_ix, group: group_ix, block: home, home, list };
                name_block(&mut index, block, None, spot, repeats);
                blocks += 1;
                for (role, _, nested) in block.nested() {
                    let spot = Spot { block: BlockIx(blocks), ..spot };
                    name_block(&mut index, nested, Some(role), spot, repeats);
                    blocks += 1;
                }
            }
        }
    }
    if let Some(individual) = &definition.individual_response {
        index.list(&individual.for_list);
    }
    lists::same_names(&mut index, definition);
    index
}

fn name_block(
    index: &mut Index,
    block: &definition::Block,
    role: Option<NestedRole>,
    spot: Spot,
    section_repeats: Option<ListIx>,
) {
    index.names.blocks.entry(block.id.clone()).or_insert(spot.block);
    if let Some(summary) = &block.list_summary {
        index.list(&summary.for_list);
    }
    let is_collector = match block.kind {
        BlockKind::ListCollector
        | BlockKind::PrimaryPersonListCollector
        | BlockKind::ListCollectorContent
        | BlockKind::RelationshipCollector => role.is_none(),
        _ => false,
    };
    if let (true, Some(list)) = (is_collector, spot.list) {
        index.lists[list.index()].collectors.push(spot.block);
    }
    let in_section = section_repeats.map_or(Repeats::No, Repeats::Section);
    let repeats = match (role, spot.list) {
        (Some(NestedRole::Repeating), Some(list)) => Repeats::RepeatingBlock(list),
        (Some(_), Some(list)) => Repeats::Collector(list),
        // eQ counts the collector's own answer as one of its list (spec/01 §8.1).
        (None, Some(list)) if block.kind == BlockKind::ListCollector => Repeats::Collector(list),
        _ => in_section,
    };
    // A question where none is asked has no place in the linked form, and neither have its answers.
    let asked = role.is_some() || block.kind.asks();
    for (variant, question) in block.questions().enumerate().filter(|_| asked) {
        if let Some(dynamic) = &question.dynamic_answers {
            let list = index.list(&dynamic.values.identifier);
            for answer in &dynamic.answers {
                name_answer(index, answer, spot, variant as u16, Repeats::Dynamic(list), None);
            }
        }
        for answer in &question.answers {
            name_answer(index, answer, spot, variant as u16, repeats, None);
        }
    }
}

fn name_answer(
    index: &mut Index,
    answer: &definition::Answer,
    spot: Spot,
    variant: u16,
    repeats: Repeats,
    detail_of: Option<AnswerIx>,
) {
    let ix = match index.names.answers.get(&answer.id) {
        Some(&ix) => ix,
        None => {
            let ix = AnswerIx(index.answers.len() as u32);
            index.names.answers.insert(answer.id.clone(), ix);
            index.answers.push(AnswerInfo {
                id: answer.id.clone(),
                home: spot.home,
                asked_in: spot.block,
                section: spot.section,
                repeats,
                default: default_of(answer),
                decimal_places: answer.decimal_places.unwrap_or(0),
                numeric: numeric(answer),
                defined_in: Vec::new(),
                detail_of,
            });
            ix
        }
    };
    let defined_in = &mut index.answers[ix.index()].defined_in;
    if defined_in.last() != Some(&(spot.block, variant)) {
        defined_in.push((spot.block, variant));
    }
    for detail in answer.details() {
        name_answer(index, detail, spot, variant, repeats, Some(ix));
    }
}

fn default_of(answer: &definition::Answer) -> Option<crate::value::Value<'static>> {
    answers::has_default(answer.kind).then(|| answer.default.as_ref().map(literal)).flatten()
}

fn numeric(answer: &definition::Answer) -> Option<Numeric> {
    match answer.kind {
        AnswerKind::Number | AnswerKind::Currency | AnswerKind::Percentage | AnswerKind::Unit => {
            Some(answers::numeric(answer))
        }
        _ => None,
    }
}
