//! The questionnaire itself: what stands at the top, its sections and their groups.

use super::at::At;
use super::names::Spot;
use super::{blocks, contents, rules, texts};
use crate::definition::{self, Definition, FlowKind};
use crate::questionnaire::{
    AnswerCode, Block, BlockIx, DataVersion, FinalSummary, Flow, Group, GroupIx, IndividualResponse, Locale,
    MetadataField, Names, PostSubmission, Questionnaire, Repeat, Section, SectionIx, SectionSummary,
    SubmissionTexts, SummaryItem,
};

/// All but names, answers, lists and what follows from the whole, which the caller puts in.
pub(super) fn questionnaire(at: &At, written: &Definition, languages: Vec<Locale>) -> Questionnaire {
    let mut sections = Vec::with_capacity(written.sections.len());
    let mut groups = Vec::new();
    let mut blocks = Vec::new();
    let at_sections = at.key("sections");
    for (nth, written) in written.sections.iter().enumerate() {
        let ix = SectionIx(nth as u32);
        sections.push(section(&at_sections.index(nth), written, ix, &mut groups, &mut blocks));
    }
    Questionnaire {
        languages,
        title: texts::words(&at.key("title"), &written.title),
        survey_id: written.survey_id.clone(),
        form_type: written.form_type.clone(),
        region_code: written.region_code.clone(),
        theme: written.theme.clone(),
        data_version: match &*written.data_version {
            "0.0.1" => DataVersion::V0_0_1,
            "0.0.3" => DataVersion::V0_0_3,
            _ => {
                at.key("data_version").wrong("not a version of submissions that is known");
                DataVersion::V0_0_3
            }
        },
        flow: flow(at, &written.questionnaire_flow),
        metadata: written.metadata.iter().map(metadata).collect(),
        messages: texts::messages(&at.key("messages"), &written.messages),
        session_timeout_seconds: written.session_timeout_in_seconds,
        legal_basis: texts::maybe_words(&at.key("legal_basis"), written.legal_basis.as_deref()),
        answer_codes: written
            .answer_codes
            .iter()
            .map(|written| AnswerCode {
                code: written.code.clone(),
                answer_id: written.answer_id.clone(),
                answer_value: written.answer_value.clone(),
            })
            .collect(),
        supplementary_lists: at.names().supplementary.clone(),
        sds_schema_version: written.sds_schema_version.clone(),
        submission: written.submission.as_ref().map_or_else(SubmissionTexts::default, |written| {
            let at = at.key("submission");
            SubmissionTexts {
                button: texts::maybe_words(&at.key("button"), written.button.as_deref()),
                guidance: texts::maybe_words(&at.key("guidance"), written.guidance.as_deref()),
                title: texts::maybe_words(&at.key("title"), written.title.as_deref()),
                warning: texts::maybe_words(&at.key("warning"), written.warning.as_deref()),
            }
        }),
        post_submission: written.post_submission.as_ref().map_or_else(PostSubmission::default, |written| {
            let at = at.key("post_submission");
            PostSubmission {
                guidance: contents::guidance(&at.key("guidance"), written.guidance.as_ref()),
                confirmation_email: written.confirmation_email,
                feedback: written.feedback,
                view_response: written.view_response,
            }
        }),
        individual_response: written.individual_response.as_ref().and_then(|written| {
            Some(IndividualResponse {
                list: at.names().list_named(&written.for_list)?,
                section: *at.names().names.sections.get(&written.individual_section_id)?,
                show_on_hub: written.show_on_hub,
            })
        }),
        preview_questions: written.preview_questions,
        sections,
        groups,
        blocks,
        answers: Vec::new(),
        lists: Vec::new(),
        names: Names::default(),
        dependencies: super::no_dependencies(),
    }
}

fn flow(at: &At, written: &definition::Flow) -> Flow {
    match written.kind {
        FlowKind::Linear => Flow::Linear {
            summary: written
                .options
                .summary
                .as_ref()
                .map(|written| FinalSummary { collapsible: written.collapsible }),
        },
        FlowKind::Hub => Flow::Hub {
            required: written
                .options
                .required_completed_sections
                .iter()
                .filter_map(|id| at.names().names.sections.get(id).copied())
                .collect(),
        },
    }
}

fn metadata(written: &definition::MetadataField) -> MetadataField {
    MetadataField {
        name: written.name.clone(),
        kind: written.kind,
        optional: written.optional,
        min_length: written.min_length,
        max_length: written.max_length,
        length: written.length,
    }
}

fn section(
    at: &At,
    written: &definition::Section,
    ix: SectionIx,
    groups: &mut Vec<Group>,
    blocks: &mut Vec<Block>,
) -> Section {
    let at_groups = at.key("groups");
    let first = groups.len();
    for (nth, written) in written.groups.iter().enumerate() {
        let group_ix = GroupIx(groups.len() as u32);
        let group = group(&at_groups.index(nth), written, ix, group_ix, blocks);
        groups.push(group);
    }
    Section {
        id: written.id.clone(),
        title: texts::maybe_words(&at.key("title"), written.title.as_deref()),
        groups: (first..groups.len()).map(|nth| GroupIx(nth as u32)).collect(),
        enabled: written
            .enabled
            .as_ref()
            .map(|written| rules::rule(&at.key("enabled").key("when"), &written.when)),
        repeat: written.repeat.as_ref().and_then(|written| {
            let at = at.key("repeat");
            Some(Repeat {
                list: at.names().list_named(&written.for_list)?,
                title: texts::text(&at.key("title"), &written.title),
                page_title: texts::maybe_words(&at.key("page_title"), written.page_title.as_deref()),
            })
        }),
        summary: written.summary.as_ref().map(|written| summary(&at.key("summary"), written)),
        show_on_hub: written.show_on_hub,
        pointer: at.pointer(),
    }
}

fn summary(at: &At, written: &definition::SectionSummary) -> SectionSummary {
    let at_items = at.key("items");
    SectionSummary {
        show_on_completion: written.show_on_completion,
        title: texts::maybe(&at.key("title"), written.title.as_ref()),
        page_title: texts::maybe_words(&at.key("page_title"), written.page_title.as_deref()),
        collapsible: written.collapsible,
        items: written
            .items
            .iter()
            .enumerate()
            .filter_map(|(nth, written)| summary_item(&at_items.index(nth), written))
            .collect(),
        show_non_item_answers: written.show_non_item_answers,
    }
}

fn summary_item(at: &At, written: &definition::SummaryItem) -> Option<SummaryItem> {
    let at_related = at.key("related_answers");
    let related = written.related_answers.iter().enumerate();
    Some(SummaryItem {
        list: at.names().list_named(&written.for_list)?,
        title: texts::maybe(&at.key("title"), written.title.as_ref()),
        add_link_text: texts::maybe_words(&at.key("add_link_text"), written.add_link_text.as_deref()),
        empty_list_text: texts::maybe_words(&at.key("empty_list_text"), written.empty_list_text.as_deref()),
        related_answers: related
            .map(|(nth, written)| rules::source(&at_related.index(nth), written))
            .collect(),
        item_anchor_answer_id: written.item_anchor_answer_id.clone(),
        item_label: texts::maybe(&at.key("item_label"), written.item_label.as_ref()),
    })
}

fn group(
    at: &At,
    written: &definition::Group,
    section: SectionIx,
    group: GroupIx,
    blocks: &mut Vec<Block>,
) -> Group {
    let at_blocks = at.key("blocks");
    let mut own = Vec::with_capacity(written.blocks.len());
    for (nth, written) in written.blocks.iter().enumerate() {
        let block = BlockIx(blocks.len() as u32);
        let list = written.for_list.as_deref().and_then(|name| at.names().list_named(name));
        let spot = Spot { section, group, block, home: block, list };
        blocks::push(&at_blocks.index(nth), written, spot, blocks);
        own.push(block);
    }
    Group {
        id: written.id.clone(),
        title: texts::maybe_words(&at.key("title"), written.title.as_deref()),
        section,
        blocks: own,
        skip: written
            .skip_conditions
            .as_ref()
            .map(|written| rules::rule(&at.key("skip_conditions").key("when"), &written.when)),
    }
}
