//! What a questionnaire uses beyond the pages of a single respondent.

use std::collections::BTreeSet;

use crate::definition::Definition;
use crate::questionnaire::{BlockKind, Need, NestedRole, QuestionRole, Questionnaire, Repeats};

/// In the order of [`Need`], each once.
pub(super) fn needs(questionnaire: &Questionnaire, written: &Definition) -> Vec<Need> {
    let mut needs = BTreeSet::new();
    if !questionnaire.lists.is_empty() {
        needs.insert(Need::Lists);
    }
    if questionnaire.sections.iter().any(|section| section.repeat.is_some()) {
        needs.insert(Need::RepeatingSections);
    }
    if questionnaire.answers.iter().any(|answer| matches!(answer.repeats, Repeats::Dynamic(_))) {
        needs.insert(Need::DynamicAnswers);
    }
    for block in &questionnaire.blocks {
        let need = match &block.kind {
            BlockKind::Relationships(_) => Need::Relationships,
            BlockKind::PrimaryPerson(_) => Need::PrimaryPerson,
            BlockKind::Nested(nested) if nested.role == NestedRole::Repeating => Need::RepeatingBlocks,
            BlockKind::Question(question) if matches!(question.role, QuestionRole::Driving(_)) => {
                Need::DrivingQuestions
            }
            _ => continue,
        };
        needs.insert(need);
    }
    if written.individual_response.is_some() {
        needs.insert(Need::IndividualResponse);
    }
    if written.supplementary_data.is_some() || written.sds_schema_version.is_some() {
        needs.insert(Need::SupplementaryData);
    }
    if questionnaire.post_submission.confirmation_email {
        needs.insert(Need::ConfirmationEmail);
    }
    if questionnaire.post_submission.feedback {
        needs.insert(Need::Feedback);
    }
    needs.into_iter().collect()
}
