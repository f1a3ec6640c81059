//! What follows when something changes: blocks to confirm again, and sections whose paths count for others.

mod sources;

use std::collections::BTreeSet;

use crate::questionnaire::{
    Answer, AnswerIx, AnswerKind, Block, BlockIx, BlockKind, Calculation, DateReference, Dependencies,
    Dependent, DynamicValues, Link, ListIx, NumberReference, Question, QuestionKind, Questionnaire, Repeats,
    SectionIx, TotalTarget,
};
use crate::rule::{Part, Source};

/// Works out every dependency of a questionnaire whose names are linked.
pub(super) fn dependencies(questionnaire: &Questionnaire) -> Dependencies {
    let summed_answers: Vec<Vec<AnswerIx>> =
        blocks(questionnaire).map(|(_, block)| summed_answers(questionnaire, block)).collect();
    let mut found = Found {
        questionnaire,
        of_answer: vec![Vec::new(); questionnaire.answers.len()],
        of_list: vec![Vec::new(); questionnaire.lists.len()],
        summed_answers: &summed_answers,
    };
    for (ix, block) in blocks(questionnaire) {
        found.block(ix, block);
    }
    let Found { mut of_answer, mut of_list, .. } = found;
    for dependents in of_answer.iter_mut().chain(&mut of_list) {
        dependents.sort_by_key(|dependent| dependent.block);
    }
    let seen_by_section = questionnaire
        .section_indices()
        .map(|section| seen_by(questionnaire, section, &summed_answers))
        .collect();
    let summed_by_block =
        questionnaire.blocks.iter().map(|block| summed_by(questionnaire, block, &summed_answers)).collect();
    Dependencies { of_answer, of_list, seen_by_section, summed_by_block, summed_answers }
}

fn blocks(questionnaire: &Questionnaire) -> impl Iterator<Item = (BlockIx, &Block)> {
    questionnaire.blocks.iter().enumerate().map(|(nth, block)| (BlockIx(nth as u32), block))
}

/// The answers that a summary adds up, each once, in the order of its calculation.
fn summed_answers(questionnaire: &Questionnaire, block: &Block) -> Vec<AnswerIx> {
    let mut answers = Vec::new();
    match &block.kind {
        BlockKind::CalculatedSummary(summary) => match &summary.calculation {
            Calculation::Answers(links) => {
                answers.extend(links.iter().filter_map(linked));
            }
            Calculation::Rule(rule) => sources::of_rule(rule, &mut |source| {
                if let Source::Answer(source) = source {
                    answers.extend(linked(&source.answer));
                }
            }),
        },
        BlockKind::GrandCalculatedSummary(summary) => {
            for part in summary.parts.iter().filter_map(linked) {
                let part = questionnaire.block(part);
                // A grand summary adds calculated ones only: no deeper.
                if matches!(part.kind, BlockKind::CalculatedSummary(_)) {
                    answers.extend(summed_answers(questionnaire, part));
                }
            }
        }
        _ => {}
    }
    let mut seen = BTreeSet::new();
    answers.retain(|&answer| seen.insert(answer));
    answers
}

fn linked<T: Copy>(link: &Link<T>) -> Option<T> {
    match link {
        Link::To(to) => Some(*to),
        Link::Dangling(_) => None,
    }
}

struct Found<'a> {
    questionnaire: &'a Questionnaire,
    of_answer: Vec<Vec<Dependent>>,
    of_list: Vec<Vec<Dependent>>,
    summed_answers: &'a [Vec<AnswerIx>],
}

impl Found<'_> {
    /// The rows of spec/02 §5.2 that have this block as dependent.
    fn block(&mut self, ix: BlockIx, block: &Block) {
        let dependent = Dependent { block: ix, forget: None };
        match &block.kind {
            BlockKind::CalculatedSummary(_) | BlockKind::GrandCalculatedSummary(_) => {
                self.total(ix, dependent);
            }
            BlockKind::ListContent(content) if !content.repeating.is_empty() => {
                self.list(content.list, dependent);
            }
            _ => {}
        }
        for variant in block.questions() {
            self.question(&variant.of, dependent);
        }
    }

    fn question(&mut self, question: &Question, dependent: Dependent) {
        if let Some(dynamic) = &question.dynamic {
            self.list(dynamic.list, dependent);
            for answer in &dynamic.answers {
                self.answer(answer, dependent);
            }
        }
        // The limits of a calculated question's own answers reopen nothing: only what it is compared with does.
        if let QuestionKind::Calculated { calculations, .. } = &question.kind {
            for calculation in calculations {
                match &calculation.target {
                    TotalTarget::Answer(answer) => {
                        for block in self.asked_in(&calculation.answers) {
                            self.answered(linked(answer), Dependent { block, forget: None });
                        }
                    }
                    TotalTarget::Source(source) => self.source(source, dependent),
                    TotalTarget::Literal(_) | TotalTarget::Missing => {}
                }
            }
            return;
        }
        for answer in &question.answers {
            self.answer(answer, dependent);
        }
    }

    fn answer(&mut self, answer: &Answer, dependent: Dependent) {
        let options = match &answer.kind {
            AnswerKind::Number(number) => {
                for bound in number.minimum.iter().chain(&number.maximum) {
                    if let NumberReference::Source(source) = &bound.value {
                        self.source(source, dependent);
                    }
                }
                return;
            }
            AnswerKind::Date(date) => {
                for bound in date.minimum.iter().chain(&date.maximum) {
                    if let DateReference::Source(source) = &bound.value {
                        self.source(source, dependent);
                    }
                }
                return;
            }
            AnswerKind::Radio { options, .. }
            | AnswerKind::Checkbox { options, .. }
            | AnswerKind::Dropdown { options, .. }
            | AnswerKind::Relationship { options, .. } => options,
            _ => return,
        };
        if let Some(dynamic) = &options.dynamic {
            let dependent = Dependent { forget: Some(answer.ix), ..dependent };
            match &dynamic.values {
                DynamicValues::Source(source) => self.source(source, dependent),
                DynamicValues::Rule(rule) => {
                    sources::of_rule(rule, &mut |source| self.source(source, dependent));
                }
            }
        }
        for detail in options.fixed.iter().filter_map(|option| option.detail.as_deref()) {
            self.answer(detail, dependent);
        }
    }

    /// Metadata, lists, progress and supplementary data reopen nothing.
    fn source(&mut self, source: &Source, dependent: Dependent) {
        match source {
            Source::Answer(source) => self.answered(linked(&source.answer), dependent),
            Source::CalculatedSummary(summary) | Source::GrandCalculatedSummary(summary) => {
                if let Some(summary) = linked(summary) {
                    self.total(summary, dependent);
                }
            }
            _ => {}
        }
    }

    /// Everything that a total comes from: its answers, and the lists over which some of them have many values.
    fn total(&mut self, summary: BlockIx, dependent: Dependent) {
        for &answer in &self.summed_answers[summary.index()] {
            add(&mut self.of_answer[answer.index()], dependent);
            if let Repeats::Dynamic(list) | Repeats::RepeatingBlock(list) =
                self.questionnaire.answer(answer).repeats
            {
                add(&mut self.of_list[list.index()], dependent);
            }
        }
    }

    fn answered(&mut self, answer: Option<AnswerIx>, dependent: Dependent) {
        if let Some(answer) = answer {
            add(&mut self.of_answer[answer.index()], dependent);
        }
    }

    fn list(&mut self, list: ListIx, dependent: Dependent) {
        add(&mut self.of_list[list.index()], dependent);
    }

    fn asked_in(&self, answers: &[Link<AnswerIx>]) -> BTreeSet<BlockIx> {
        answers.iter().filter_map(linked).map(|answer| self.questionnaire.answer(answer).asked_in).collect()
    }
}

fn add(dependents: &mut Vec<Dependent>, dependent: Dependent) {
    if !dependents.contains(&dependent) {
        dependents.push(dependent);
    }
}

/// D(S): the other sections that the `when`s of a section refer to, those of variants aside (spec/02 §2.2).
fn seen_by(questionnaire: &Questionnaire, section: SectionIx, summed: &[Vec<AnswerIx>]) -> Vec<SectionIx> {
    let mut seen = BTreeSet::new();
    let mut see = |source: &Source| match source {
        Source::Answer(source) => {
            seen.extend(linked(&source.answer).map(|answer| questionnaire.answer(answer).section));
        }
        Source::CalculatedSummary(summary) => {
            seen.extend(linked(summary).iter().flat_map(|&it| answered_in(questionnaire, it, summed)));
        }
        Source::GrandCalculatedSummary(summary) => {
            if let Some(summary) = linked(summary) {
                seen.insert(questionnaire.block(summary).section);
                seen.extend(answered_in(questionnaire, summary, summed));
            }
        }
        Source::Progress(Part::Section(section)) => seen.extend(linked(section)),
        Source::Progress(Part::Block(block)) => {
            seen.extend(linked(block).map(|block| questionnaire.block(block).section));
        }
        _ => {}
    };
    let this = questionnaire.section(section);
    let groups = this.groups.iter().map(|&group| questionnaire.group(group));
    for rule in this.enabled.iter().chain(groups.filter_map(|group| group.skip.as_ref())) {
        sources::of_rule(rule, &mut see);
    }
    for block in questionnaire.blocks.iter().filter(|block| block.section == section) {
        for rule in block.skip.iter().chain(block.routes.iter().filter_map(|route| route.when.as_ref())) {
            sources::of_rule(rule, &mut see);
        }
    }
    seen.remove(&section);
    seen.into_iter().collect()
}

fn answered_in<'a>(
    questionnaire: &'a Questionnaire,
    summary: BlockIx,
    summed: &'a [Vec<AnswerIx>],
) -> impl Iterator<Item = SectionIx> + 'a {
    summed[summary.index()].iter().map(|&answer| questionnaire.answer(answer).section)
}

/// The sections in which the totals that a block uses, and what those are made of, live (spec/02 §2.6, §9.3).
fn summed_by(questionnaire: &Questionnaire, block: &Block, summed: &[Vec<AnswerIx>]) -> Vec<SectionIx> {
    let mut sections = BTreeSet::new();
    sources::of_block(block, &mut |source| {
        let (Source::CalculatedSummary(summary) | Source::GrandCalculatedSummary(summary)) = source else {
            return;
        };
        let Some(summary) = linked(summary) else { return };
        let total = questionnaire.block(summary);
        sections.insert(total.section);
        if let BlockKind::GrandCalculatedSummary(grand) = &total.kind {
            let parts = grand.parts.iter().filter_map(linked);
            sections.extend(parts.map(|part| questionnaire.block(part).section));
        }
        sections.extend(answered_in(questionnaire, summary, summed));
    });
    sections.into_iter().collect()
}
