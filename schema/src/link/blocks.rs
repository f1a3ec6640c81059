//! Blocks: ordinary ones and, right after each, those nested in it.

use super::answers::Around;
use super::at::At;
use super::names::Spot;
use super::{contents, questions, rules, texts};
use crate::definition::{self, BlockKind as Written};
use crate::questionnaire::{
    Block, BlockIx, BlockKind, CalculatedSummary, Calculation, Content, GrandCalculatedSummary, Introduction,
    IntroductionPart, IntroductionPreview, Link, ListCollector, ListContent, ListIx, ListSummary, Nested,
    NestedRole, PreviewQuestion, PrimaryPerson, Question, QuestionBlock, QuestionRole, RelationshipCollector,
    Route, RouteTo, Variant,
};
use crate::rule::{Operand, Rule, Source};

/// Links a block of a group and appends it, then those nested in it: the order in which the first walk counted.
pub(super) fn push(at: &At, written: &definition::Block, spot: Spot, blocks: &mut Vec<Block>) {
    let nested: Vec<(NestedRole, BlockIx)> = written
        .nested()
        .enumerate()
        .map(|(nth, (role, _, _))| (role, BlockIx(spot.block.0 + 1 + nth as u32)))
        .collect();
    let around = Around {
        add: one(&nested, NestedRole::Add).or(one(&nested, NestedRole::PrimaryAddOrEdit)),
        list: spot.list,
    };
    blocks.push(block(at, written, spot, None, kind(at, written, spot, &nested, around)));
    for ((role, key, written), (_, ix)) in written.nested().zip(&nested) {
        let at_key = at.key(key.key);
        let at = key.index.map_or(at_key, |index| at_key.index(index));
        let spot = Spot { block: *ix, ..spot };
        let kind = BlockKind::Nested(Nested {
            role,
            list: list(&at, spot),
            questions: question_variants(&at, written, around),
            cancel_text: texts::maybe_words(&at.key("cancel_text"), written.cancel_text.as_deref()),
            list_summary: list_summary(&at, written),
        });
        blocks.push(block(&at, written, spot, Some(spot.home), kind));
    }
}

fn block(
    at: &At,
    written: &definition::Block,
    spot: Spot,
    parent: Option<BlockIx>,
    kind: BlockKind,
) -> Block {
    let at_routes = at.key("routing_rules");
    Block {
        id: written.id.clone(),
        section: spot.section,
        group: spot.group,
        parent,
        kind,
        page_title: texts::maybe_words(&at.key("page_title"), written.page_title.as_deref()),
        interviewer_only: written.interviewer_only,
        skip: written
            .skip_conditions
            .as_ref()
            .map(|written| rules::rule(&at.key("skip_conditions").key("when"), &written.when)),
        routes: written
            .routing_rules
            .iter()
            .enumerate()
            .filter_map(|(nth, written)| route(&at_routes.index(nth), written))
            .collect(),
        pointer: at.pointer(),
    }
}

fn route(at: &At, written: &definition::RoutingRule) -> Option<Route> {
    let to = match (&written.block, &written.group, &written.section) {
        (Some(id), _, _) => RouteTo::Block(rules::block_link(at, id)),
        (None, Some(id), _) => RouteTo::Group(rules::group_link(at, id)),
        (None, None, Some(_)) => RouteTo::EndOfSection,
        (None, None, None) => {
            at.wrong("a route that leads nowhere");
            return None;
        }
    };
    Some(Route { when: written.when.as_ref().map(|written| rules::rule(&at.key("when"), written)), to })
}

fn kind(
    at: &At,
    written: &definition::Block,
    spot: Spot,
    nested: &[(NestedRole, BlockIx)],
    around: Around,
) -> BlockKind {
    match written.kind {
        Written::Introduction => BlockKind::Introduction(introduction(at, written)),
        Written::Interstitial => BlockKind::Interstitial { content: content_variants(at, written) },
        Written::Question | Written::ConfirmationQuestion | Written::ListCollectorDrivingQuestion => {
            BlockKind::Question(QuestionBlock {
                role: match written.kind {
                    Written::ConfirmationQuestion => QuestionRole::Confirmation,
                    Written::ListCollectorDrivingQuestion => QuestionRole::Driving(list(at, spot)),
                    _ => QuestionRole::Ordinary,
                },
                questions: question_variants(at, written, around),
                list_summary: list_summary(at, written),
            })
        }
        Written::ListCollector => BlockKind::ListCollector(Box::new(ListCollector {
            list: list(at, spot),
            questions: question_variants(at, written, around),
            add: needed(at, nested, NestedRole::Add, "add_block"),
            edit: needed(at, nested, NestedRole::Edit, "edit_block"),
            remove: needed(at, nested, NestedRole::Remove, "remove_block"),
            repeating: all(nested, NestedRole::Repeating),
            item_title: item_title(at, written),
        })),
        Written::PrimaryPersonListCollector => BlockKind::PrimaryPerson(Box::new(PrimaryPerson {
            list: list(at, spot),
            questions: question_variants(at, written, around),
            add_or_edit: needed(at, nested, NestedRole::PrimaryAddOrEdit, "add_or_edit_block"),
        })),
        Written::ListCollectorContent => BlockKind::ListContent(Box::new(ListContent {
            list: list(at, spot),
            content: content_variants(at, written),
            repeating: all(nested, NestedRole::Repeating),
            item_title: item_title(at, written),
        })),
        Written::RelationshipCollector => BlockKind::Relationships(Box::new(RelationshipCollector {
            list: list(at, spot),
            questions: question_variants(at, written, around),
            unrelated: one(nested, NestedRole::Unrelated),
        })),
        Written::CalculatedSummary => calculated(at, written),
        Written::GrandCalculatedSummary => grand_calculated(at, written),
        Written::AnswerSummary => BlockKind::AnswerSummary,
        Written::ListAddQuestion
        | Written::ListEditQuestion
        | Written::ListRemoveQuestion
        | Written::PrimaryPersonListAddOrEditQuestion
        | Written::UnrelatedQuestion
        | Written::ListRepeatingQuestion => {
            at.key("type").wrong("a block that belongs inside a collector");
            BlockKind::AnswerSummary
        }
    }
}

fn one(nested: &[(NestedRole, BlockIx)], role: NestedRole) -> Option<BlockIx> {
    nested.iter().find(|(has, _)| *has == role).map(|&(_, ix)| ix)
}

fn all(nested: &[(NestedRole, BlockIx)], role: NestedRole) -> Vec<BlockIx> {
    nested.iter().filter(|(has, _)| *has == role).map(|&(_, ix)| ix).collect()
}

fn needed(at: &At, nested: &[(NestedRole, BlockIx)], role: NestedRole, key: &str) -> BlockIx {
    one(nested, role).unwrap_or_else(|| {
        at.wrong(format!("missing field `{key}`"));
        BlockIx(0)
    })
}

fn list(at: &At, spot: Spot) -> ListIx {
    spot.list.unwrap_or_else(|| {
        at.wrong("missing field `for_list`");
        ListIx(0)
    })
}

fn item_title(at: &At, written: &definition::Block) -> Option<crate::text::Text> {
    let title = written.summary.as_ref()?.item_title.as_ref();
    texts::maybe(&at.key("summary").key("item_title"), title)
}

fn list_summary(at: &At, written: &definition::Block) -> Option<ListSummary> {
    let written = written.list_summary.as_ref()?;
    let at = at.key("list_summary");
    let list = at.names().list_named(&written.for_list)?;
    let title = written.summary.item_title.as_ref()?;
    Some(ListSummary { list, item_title: texts::text(&at.key("summary").key("item_title"), title) })
}

fn question_variants(at: &At, written: &definition::Block, around: Around) -> Vec<Variant<Question>> {
    if let Some(question) = &written.question {
        let of = questions::question(&at.key("question"), question, around);
        return vec![Variant { when: None, of }];
    }
    if written.question_variants.is_empty() {
        at.wrong("missing field `question`");
    }
    let at = at.key("question_variants");
    let variants = written.question_variants.iter().enumerate().map(|(nth, written)| {
        let at = at.index(nth);
        Variant {
            when: Some(rules::rule(&at.key("when"), &written.when)),
            of: questions::question(&at.key("question"), &written.question, around),
        }
    });
    variants.collect()
}

fn content_variants(at: &At, written: &definition::Block) -> Vec<Variant<Content>> {
    if let Some(written) = &written.content {
        return vec![Variant { when: None, of: content(&at.key("content"), written) }];
    }
    if written.content_variants.is_empty() {
        at.wrong("missing field `content`");
    }
    let at = at.key("content_variants");
    let variants = written.content_variants.iter().enumerate().map(|(nth, written)| {
        let at = at.index(nth);
        Variant {
            when: Some(rules::rule(&at.key("when"), &written.when)),
            of: content(&at.key("content"), &written.content),
        }
    });
    variants.collect()
}

fn content(at: &At, written: &definition::Content) -> Content {
    Content {
        title: texts::text(&at.key("title"), &written.title),
        instruction: texts::each(&at.key("instruction"), &written.instruction),
        contents: contents::maybe(&at.key("contents"), written.contents.as_ref()),
    }
}

fn introduction(at: &At, written: &definition::Block) -> Introduction {
    Introduction {
        title: texts::maybe(&at.key("title"), written.title.as_ref()),
        primary: introduction_parts(&at.key("primary_content"), &written.primary_content),
        preview: written.preview_content.as_ref().map(|written| preview(&at.key("preview_content"), written)),
        secondary: introduction_parts(&at.key("secondary_content"), &written.secondary_content),
    }
}

fn introduction_parts(at: &At, written: &[definition::IntroductionPart]) -> Vec<IntroductionPart> {
    let parts = written.iter().enumerate().map(|(nth, written)| {
        let at = at.index(nth);
        IntroductionPart {
            id: written.id.clone(),
            title: texts::maybe(&at.key("title"), written.title.as_ref()),
            contents: contents::maybe(&at.key("contents"), written.contents.as_ref()),
        }
    });
    parts.collect()
}

fn preview(at: &At, written: &definition::PreviewContent) -> IntroductionPreview {
    let at_questions = at.key("questions");
    let questions = written.questions.iter().enumerate().map(|(nth, written)| {
        let at = at_questions.index(nth);
        PreviewQuestion {
            id: written.id.clone(),
            question: texts::text(&at.key("question"), &written.question),
            contents: contents::maybe(&at.key("contents"), written.contents.as_ref()),
        }
    });
    IntroductionPreview {
        id: written.id.clone(),
        title: texts::maybe(&at.key("title"), written.title.as_ref()),
        contents: contents::maybe(&at.key("contents"), written.contents.as_ref()),
        questions: questions.collect(),
    }
}

/// The title and calculation that both kinds of summary must have.
fn summed<'w>(
    at: &At,
    written: &'w definition::Block,
) -> Option<(&'w definition::Text, &'w definition::Calculation)> {
    let both = written.title.as_ref().zip(written.calculation.as_ref());
    if both.is_none() {
        at.wrong("missing field `title` or `calculation`");
    }
    both
}

fn calculated(at: &At, written: &definition::Block) -> BlockKind {
    let Some((title, calculation)) = summed(at, written) else { return BlockKind::AnswerSummary };
    let at_calculation = at.key("calculation");
    BlockKind::CalculatedSummary(CalculatedSummary {
        title: texts::text(&at.key("title"), title),
        total_label: texts::text(&at_calculation.key("title"), &calculation.title),
        calculation: match &calculation.operation {
            Some(written) => Calculation::Rule(rules::rule(&at_calculation.key("operation"), written)),
            None => Calculation::Answers(
                calculation.answers_to_calculate.iter().map(|id| rules::answer_link(at, id)).collect(),
            ),
        },
    })
}

fn grand_calculated(at: &At, written: &definition::Block) -> BlockKind {
    let Some((title, calculation)) = summed(at, written) else { return BlockKind::AnswerSummary };
    let at_calculation = at.key("calculation");
    let Some(operation) = &calculation.operation else {
        at_calculation.wrong("missing field `operation`");
        return BlockKind::AnswerSummary;
    };
    let operation = rules::rule(&at_calculation.key("operation"), operation);
    BlockKind::GrandCalculatedSummary(GrandCalculatedSummary {
        title: texts::text(&at.key("title"), title),
        total_label: texts::text(&at_calculation.key("title"), &calculation.title),
        parts: parts(&operation),
        operation,
    })
}

fn parts(operation: &Rule) -> Vec<Link<BlockIx>> {
    let mut parts = Vec::new();
    for operand in &operation.operands {
        match operand {
            Operand::Source(Source::CalculatedSummary(part)) => parts.push(part.clone()),
            Operand::Rule(rule) => parts.extend(self::parts(rule)),
            _ => {}
        }
    }
    parts
}
