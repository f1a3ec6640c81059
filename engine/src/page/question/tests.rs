//! What a question's page says of it (spec/01 §5, spec/08 §3).

#![expect(clippy::unwrap_used, reason = "tests")]

use serde_json::{Value as Json, json};

use crate::form::testing::Desk;
use crate::page::{Body, QuestionPage};
use crate::place::Location;

/// Something of the page of a question.
fn of_page<T>(question: Json, then: impl FnOnce(&QuestionPage<'_>) -> T) -> Option<T> {
    let desk = Desk::asking(question, &[]);
    let place = crate::place::Place::of(desk.questionnaire.names.blocks["block-0"], None);
    desk.page(Location::Block(place), |page| match page.body {
        Body::Question(page) => Some(then(&page)),
        _ => None,
    })
    .unwrap()
}

#[test]
fn descriptions_and_instructions_are_a_paragraph_each_but_for_the_empty_ones() {
    let nothing = json!({"text": "{who}", "placeholders": [{"placeholder": "who", "transforms": [
        {"transform": "conditional_trad_as", "arguments": {"trad_as": {"source": "metadata", "identifier": "trad_as"}}}
    ]}]});
    let question = json!({
        "description": ["First", nothing, "Last"], "instruction": [nothing, "Pick <em>one</em>"],
        "answers": [{"id": "a", "type": "TextField", "mandatory": false, "label": "A"}]
    });
    let paragraphs = of_page(question, |page| {
        let both = page.description.iter().chain(&page.instruction);
        both.map(|said| said.as_str().to_owned()).collect::<Vec<_>>()
    });
    assert_eq!(paragraphs.unwrap(), ["First", "Last", "Pick <em>one</em>"]);
}
