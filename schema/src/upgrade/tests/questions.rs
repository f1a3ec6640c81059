//! Questions and answers. Source: spec/09 §6.

use super::*;

fn asked(question: Value) -> Upgraded {
    of(&with_blocks(json!([{"type": "Question", "id": "b", "question": question}])))
}

#[test]
fn one_definition_is_the_definition_and_others_stand_in_front_of_the_guidance() {
    let upgraded = asked(json!({"id": "q", "definitions": [{"title": "One"}], "answers": []}));
    assert_eq!(block(&upgraded, 0)["question"]["definition"], json!({"title": "One"}));
    assert_eq!(upgraded.notes, []);
    let upgraded = asked(json!({
        "id": "q", "definitions": [{"title": "One"}, {"title": "Two"}],
        "guidance": {"contents": [{"description": "Then"}]}, "answers": []
    }));
    let contents = json!([{"definition": {"title": "Two"}}, {"description": "Then"}]);
    assert_eq!(block(&upgraded, 0)["question"]["guidance"]["contents"], contents);
    assert_eq!(upgraded.notes.len(), 1);
}

#[test]
fn the_label_of_a_checkbox_was_its_instruction() {
    let upgraded = asked(json!({"id": "q", "answers": [{"id": "a", "type": "Checkbox", "label": "Tick"}]}));
    let answer = json!({"id": "a", "type": "Checkbox", "instruction": "Tick"});
    assert_eq!(block(&upgraded, 0)["question"]["answers"][0], answer);
    let upgraded = asked(json!({"id": "q", "answers": [
        {"id": "a", "type": "Checkbox", "label": null}, {"id": "b", "type": "Checkbox", "label": "Tick"}]}));
    let answers = json!([
        {"id": "a", "type": "Checkbox", "instruction": null},
        {"id": "b", "type": "Checkbox", "instruction": "Tick", "label": "Tick"}
    ]);
    assert_eq!(block(&upgraded, 0)["question"]["answers"], answers);
}

#[test]
fn units_have_their_names_of_today() {
    let upgraded =
        asked(json!({"id": "q", "answers": [{"unit": "mass-metric-ton"}, {"unit": "length-mile"}]}));
    let answers = &block(&upgraded, 0)["question"]["answers"];
    assert_eq!(*answers, json!([{"unit": "mass-tonne"}, {"unit": "length-mile"}]));
}

#[test]
fn question_codes_are_lost_unless_they_were_sent() {
    let mut source = with_blocks(json!([question("q", json!([{"id": "a", "q_code": "1"}]))]));
    let upgraded = of(&source);
    assert_eq!(block(&upgraded, 0)["question"]["answers"], json!([{"id": "a"}]));
    assert_eq!(upgraded.notes.iter().map(|note| note.kind).collect::<Vec<_>>(), [Kind::Lost]);
    source["data_version"] = json!("0.0.1");
    assert_eq!(block(&of(&source), 0)["question"]["answers"], json!([{"id": "a", "q_code": "1"}]));
}

#[test]
fn the_address_of_suggestions_is_filled_in_or_left_to_the_setting() {
    let answers = json!([{"id": "a", "suggestions": {"url": "{suggestions_url_root}/trees.json"}}]);
    let source = with_blocks(json!([question("q", answers)]));
    let upgraded = upgrade(&source, Some("https://lists.example/"));
    let address = "/question/answers/0/suggestions/url";
    assert_eq!(block(&upgraded, 0).pointer(address).unwrap(), "https://lists.example/trees.json");
    assert_eq!(upgraded.notes, []);
    let upgraded = of(&source);
    assert_eq!(block(&upgraded, 0).pointer(address).unwrap(), "{suggestions_url_root}/trees.json");
    assert_eq!(upgraded.notes.len(), 1);
}

#[test]
fn conditions_on_a_question_were_never_asked() {
    let upgraded = asked(json!({"id": "q", "skip_conditions": [{"when": []}], "answers": []}));
    assert_eq!(block(&upgraded, 0)["question"].get("skip_conditions"), None);
    assert_eq!(upgraded.notes.len(), 1);
}
