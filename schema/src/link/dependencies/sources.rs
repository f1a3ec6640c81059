//! Every value source in a rule, or in what a block shows and checks.

use crate::questionnaire::{
    Answer, AnswerKind, Block, BlockKind, Content, ContentItem, DateReference, Definition, NumberReference,
    Options, Question, QuestionKind, TotalTarget,
};
use crate::rule::{Operand, Rule, Source};
use crate::text::{Argument, Fill, Forms, Text};

/// Each source of a rule, at any depth.
pub(super) fn of_rule(rule: &Rule, see: &mut dyn FnMut(&Source)) {
    for operand in &rule.operands {
        match operand {
            Operand::Source(source) => see(source),
            Operand::Rule(rule) => of_rule(rule, see),
            Operand::Literal(_) | Operand::Itself | Operand::Offset(_) => {}
        }
    }
}

/// Each source in a block's texts, limits and calculations; its rules and those of its variants are not looked at.
pub(super) fn of_block(block: &Block, see: &mut dyn FnMut(&Source)) {
    match &block.kind {
        BlockKind::Introduction(introduction) => {
            texts(introduction.title.iter(), see);
            for part in introduction.primary.iter().chain(&introduction.secondary) {
                texts(part.title.iter(), see);
                contents(part.contents.iter().flatten(), see);
            }
            if let Some(preview) = &introduction.preview {
                texts(preview.title.iter(), see);
                contents(preview.contents.iter().flatten(), see);
                for question in &preview.questions {
                    text(&question.question, see);
                    contents(question.contents.iter().flatten(), see);
                }
            }
        }
        BlockKind::CalculatedSummary(summary) => {
            texts([&summary.title, &summary.total_label], see);
        }
        BlockKind::GrandCalculatedSummary(summary) => {
            texts([&summary.title, &summary.total_label], see);
        }
        BlockKind::ListCollector(collector) => texts(collector.item_title.iter(), see),
        BlockKind::ListContent(collector) => texts(collector.item_title.iter(), see),
        BlockKind::Question(question) => {
            texts(question.list_summary.iter().map(|summary| &summary.item_title), see);
        }
        BlockKind::Nested(nested) => {
            texts(nested.list_summary.iter().map(|summary| &summary.item_title), see);
        }
        BlockKind::Interstitial { .. }
        | BlockKind::PrimaryPerson(_)
        | BlockKind::Relationships(_)
        | BlockKind::AnswerSummary => {}
    }
    for variant in block.questions() {
        question(&variant.of, see);
    }
    for variant in block.contents() {
        content(&variant.of, see);
    }
}

fn content(content: &Content, see: &mut dyn FnMut(&Source)) {
    text(&content.title, see);
    texts(&content.instruction, see);
    contents(content.contents.iter().flatten(), see);
}

fn question(question: &Question, see: &mut dyn FnMut(&Source)) {
    text(&question.title, see);
    texts(question.description.iter().chain(&question.instruction).chain(&question.warning), see);
    contents(question.guidance.iter().flatten(), see);
    definitions(question.definition.as_ref(), see);
    if let QuestionKind::Calculated { calculations, .. } = &question.kind {
        for calculation in calculations {
            if let TotalTarget::Source(source) = &calculation.target {
                see(source);
            }
        }
    }
    for each in question.answers.iter().chain(question.dynamic.iter().flat_map(|dynamic| &dynamic.answers)) {
        answer(each, see);
    }
}

fn answer(written: &Answer, see: &mut dyn FnMut(&Source)) {
    texts(written.label.iter().chain(&written.description), see);
    contents(written.guidance.iter().flat_map(|guidance| &guidance.contents), see);
    match &written.kind {
        AnswerKind::Number(number) => {
            for bound in number.minimum.iter().chain(&number.maximum) {
                if let NumberReference::Source(source) = &bound.value {
                    see(source);
                }
            }
        }
        AnswerKind::Date(date) => {
            for bound in date.minimum.iter().chain(&date.maximum) {
                if let DateReference::Source(source) = &bound.value {
                    see(source);
                }
            }
        }
        AnswerKind::Radio { options, .. }
        | AnswerKind::Checkbox { options, .. }
        | AnswerKind::Dropdown { options, .. } => choices(options, see),
        AnswerKind::Relationship { options, playback } => {
            text(playback, see);
            choices(options, see);
        }
        AnswerKind::TextField { .. }
        | AnswerKind::TextArea { .. }
        | AnswerKind::Duration { .. }
        | AnswerKind::Address { .. }
        | AnswerKind::MobileNumber => {}
    }
}

fn choices(options: &Options, see: &mut dyn FnMut(&Source)) {
    for option in &options.fixed {
        text(&option.label, see);
        texts(option.description.iter().chain(&option.title).chain(&option.playback), see);
        if let Some(detail) = &option.detail {
            answer(detail, see);
        }
    }
}

fn contents<'a>(items: impl IntoIterator<Item = &'a ContentItem>, see: &mut dyn FnMut(&Source)) {
    for item in items {
        texts(item.title.iter().chain(&item.description).chain(&item.list), see);
        definitions(item.definition.as_ref(), see);
        contents(item.guidance.iter().flatten(), see);
    }
}

fn definitions(definition: Option<&Definition>, see: &mut dyn FnMut(&Source)) {
    if let Some(definition) = definition {
        text(&definition.title, see);
        contents(&definition.contents, see);
    }
}

fn texts<'a>(all: impl IntoIterator<Item = &'a Text>, see: &mut dyn FnMut(&Source)) {
    for each in all {
        text(each, see);
    }
}

fn text(text: &Text, see: &mut dyn FnMut(&Source)) {
    for language in &text.languages {
        if let Forms::Plural { count, .. } = &language.forms {
            see(count);
        }
        for placeholder in &language.placeholders {
            match &placeholder.fill {
                Fill::Source(source) => see(source),
                Fill::Transforms(transforms) => {
                    for (_, each) in transforms.iter().flat_map(|transform| &transform.arguments) {
                        argument(each, see);
                    }
                }
            }
        }
    }
}

fn argument(written: &Argument, see: &mut dyn FnMut(&Source)) {
    match written {
        Argument::Source(source) => see(source),
        Argument::Many(all) => all.iter().for_each(|each| argument(each, see)),
        Argument::Literal(_) | Argument::Previous | Argument::Answer(_) => {}
    }
}
