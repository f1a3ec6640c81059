//! Questionnaires of any number of blocks, for what grows with them.

use serde_json::{Value, json};

/// How many blocks.
pub const SIZES: [usize; 6] = [50, 100, 200, 500, 1000, 2000];

/// Numbers, one a block; every third block is skipped by an answer before it, every fifth routes on by its own.
pub fn definition(count: usize) -> Value {
    let answer = |at: usize| json!({"source": "answers", "identifier": format!("answer-{at}")});
    let blocks: Vec<_> = (0..count)
        .map(|at| {
            let mut block = json!({
                "id": format!("block-{at}"), "type": "Question",
                "question": {
                    "id": format!("question-{at}"), "type": "General", "title": format!("Number {at}?"),
                    "answers": [{
                        "id": format!("answer-{at}"), "type": "Number", "mandatory": false, "label": "Number",
                    }],
                },
            });
            if at % 3 == 2 {
                block["skip_conditions"] = json!({"when": {"==": [answer(at - 1), 1]}});
            }
            if at % 5 == 4 && at + 1 < count {
                block["routing_rules"] = json!([
                    {"section": "End", "when": {"==": [answer(at), 2]}},
                    {"block": format!("block-{}", at + 1)},
                ]);
            }
            block
        })
        .collect();
    json!({
        "mime_type": "application/json/ons/eq", "language": "en", "schema_version": "0.0.1",
        "data_version": "0.0.3", "survey_id": "1", "form_type": "1", "theme": "default",
        "title": "Generated", "legal_basis": "None", "description": "Generated",
        "metadata": [], "questionnaire_flow": {"type": "Linear", "options": {"summary": {"collapsible": false}}},
        "sections": [{"id": "section", "groups": [{"id": "group", "title": "Group", "blocks": blocks}]}],
    })
}
