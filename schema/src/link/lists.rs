//! Which answers tell people of the same name (spec/02 §7.8).

use crate::definition::Definition;
use crate::questionnaire::AnswerIx;

use super::names::Index;

/// Adds to each list the answers that its collectors name, each once, in the order named.
pub(super) fn same_names(index: &mut Index, definition: &Definition) {
    let blocks =
        definition.sections.iter().flat_map(|section| &section.groups).flat_map(|group| &group.blocks);
    for block in blocks {
        let Some(list) = block.for_list.as_deref().and_then(|name| index.list_named(name)) else { continue };
        let answers: Vec<AnswerIx> =
            block.same_name_answer_ids.iter().filter_map(|id| index.names.answers.get(id).copied()).collect();
        let known = &mut index.lists[list.index()].same_name_answers;
        for answer in answers {
            if !known.contains(&answer) {
                known.push(answer);
            }
        }
    }
}
