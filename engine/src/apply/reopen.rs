//! What must be confirmed again when an answer or a list changed (spec/02 §5.2).

use schema::Questionnaire;
use schema::questionnaire::{BlockKind, Dependent, ListIx, NestedRole, Repeats};
use schema::value::ListItemId;

use super::Posted;
use crate::place::SectionKey;
use crate::response::{AnswerKey, Response};

impl Posted<'_> {
    /// Reopens the blocks that depend on changed answers, in sections that were begun.
    pub(super) fn reopen_dependents(
        &self,
        response: &mut Response,
        current: SectionKey,
        changed: &[AnswerKey],
    ) {
        let q = self.questionnaire;
        for key in changed {
            let info = q.answer(key.answer);
            let in_repeat = matches!(info.repeats, Repeats::Section(_) | Repeats::RepeatingBlock(_));
            let item = if in_repeat { key.item.or(current.item) } else { None };
            for dependent in &q.dependencies.of_answer[key.answer.index()] {
                reopen(q, response, *dependent, item);
            }
        }
    }

    /// Reopens the blocks that depend on a list whose items changed.
    pub(super) fn reopen_for_list(&self, response: &mut Response, list: ListIx) {
        reopen_for_list(self.questionnaire, response, list);
    }
}

/// Reopens the blocks that depend on a list whose items changed.
pub(crate) fn reopen_for_list(questionnaire: &Questionnaire, response: &mut Response, list: ListIx) {
    for dependent in &questionnaire.dependencies.of_list[list.index()] {
        reopen(questionnaire, response, *dependent, None);
    }
}

/// In a repeating section, or on a page about each item: for the item, if what changed belongs to it, else for
/// every item.
fn reopen(
    questionnaire: &Questionnaire,
    response: &mut Response,
    dependent: Dependent,
    item: Option<ListItemId>,
) {
    let block = questionnaire.block(dependent.block);
    let section = block.section;
    let list = match &block.kind {
        BlockKind::Nested(nested) if nested.role == NestedRole::Repeating => Some(nested.list),
        _ => questionnaire.section(section).repeat.as_ref().map(|repeat| repeat.list),
    };
    let items: Vec<Option<ListItemId>> = match (list, item) {
        (None, _) => vec![None],
        (Some(list), Some(item)) if response.lists.contains(list, item) => vec![Some(item)],
        (Some(list), _) => response.lists.items(list).iter().map(|&item| Some(item)).collect(),
    };
    for item in items {
        if let Some(answer) = dependent.forget {
            response.answers.remove(AnswerKey::new(answer, item));
        }
        response.visits.reopen(SectionKey { section, item }, dependent.block);
    }
}
