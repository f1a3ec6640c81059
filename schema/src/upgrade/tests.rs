//! Each mapping of spec/09, by example.

#![expect(clippy::unwrap_used, reason = "tests")]

mod ends;
mod lists;
mod questions;
mod rules;

use serde_json::{Value, json};

use super::{Kind, Upgraded, is_of_2021, upgrade};

/// A questionnaire of 2021 with these blocks in its only group.
fn with_blocks(blocks: Value) -> Value {
    json!({
        "language": "en", "data_version": "0.0.3", "theme": "default", "title": "Gardens",
        "sections": [{"id": "garden", "groups": [{"id": "beds", "blocks": blocks}]}]
    })
}

fn question(id: &str, answers: Value) -> Value {
    json!({
        "type": "Question", "id": id,
        "question": {"id": format!("{id}-question"), "type": "General", "title": "Which?", "answers": answers}
    })
}

fn of(source: &Value) -> Upgraded {
    let upgraded = upgrade(source, None);
    assert!(!is_of_2021(&upgraded.definition), "it still shows a sign: {}", upgraded.definition);
    assert_eq!(upgrade(&upgraded.definition, None).definition, upgraded.definition);
    upgraded
}

fn noted(upgraded: &Upgraded) -> Vec<(Kind, &str)> {
    upgraded.notes.iter().map(|note| (note.kind, note.pointer.as_str())).collect()
}

fn block(upgraded: &Upgraded, position: usize) -> &Value {
    &upgraded.definition["sections"][0]["groups"][0]["blocks"][position]
}

#[test]
fn a_definition_without_a_sign_comes_back_as_it_is() {
    let today = json!({
        "title": "Gardens <em>", "questionnaire_flow": {"type": "Linear", "options": {}},
        "sections": [{"id": "s", "enabled": {"when": {"==": [1, 1]}}, "groups": []}]
    });
    assert_eq!(upgrade(&today, None), Upgraded { definition: today, notes: Vec::new() });
    for nothing in
        [json!(null), json!([1]), json!({"sections": 3}), json!({"sections": [[], {"groups": {}}]})]
    {
        assert!(upgrade(&nothing, None).notes.is_empty(), "{nothing}");
    }
}

#[test]
fn one_sign_is_enough() {
    for sign in [
        json!({"when": []}),
        json!({"skip_conditions": []}),
        json!({"enabled": []}),
        json!({"goto": {}}),
        json!({"id": "end", "type": "Summary"}),
        json!({"source": "list", "identifier": "l", "id_selector": "first"}),
        json!({"source": "answers", "identifier": ["a", "b"]}),
        json!({"source": "answers", "list_item_selector": {"source": "location", "id": "list_item_id"}}),
    ] {
        let mut definition = json!({"questionnaire_flow": {}, "sections": []});
        assert!(!is_of_2021(&definition));
        definition["sections"] = json!([sign]);
        assert!(is_of_2021(&definition), "{sign}");
    }
}

#[test]
fn a_hub_keeps_the_sections_that_must_come_first() {
    let mut source = with_blocks(json!([]));
    source["hub"] = json!({"enabled": true, "required_completed_sections": ["garden", "gone"]});
    let upgraded = of(&source);
    let flow = json!({"type": "Hub", "options": {"required_completed_sections": ["garden"]}});
    assert_eq!(upgraded.definition["questionnaire_flow"], flow);
    assert_eq!(upgraded.definition["sections"][0]["title"], "Garden");
    assert_eq!(noted(&upgraded), [(Kind::Changed, "/sections/0")]);
    source["hub"] = json!({"enabled": true, "required_completed_sections": []});
    assert_eq!(of(&source).definition["questionnaire_flow"], json!({"type": "Hub", "options": {}}));
    source["hub"] = json!({"enabled": false});
    assert_eq!(of(&source).definition["questionnaire_flow"], json!({"type": "Linear", "options": {}}));
}

#[test]
fn the_census_themes_become_social_and_the_survey_goes() {
    let mut source = with_blocks(json!([]));
    source["theme"] = json!("census-nisra");
    source["survey"] = json!("CENSUS");
    let upgraded = of(&source);
    assert_eq!(upgraded.definition["theme"], "social");
    assert_eq!(upgraded.definition.get("survey"), None);
    assert_eq!(noted(&upgraded), [(Kind::Changed, "/theme"), (Kind::Changed, "/survey")]);
}

#[test]
fn what_follows_the_submission_has_its_own_place() {
    let mut source = with_blocks(json!([]));
    source["submission"] = json!({"button": "Send", "confirmation_email": true, "feedback": true});
    let upgraded = of(&source);
    assert_eq!(upgraded.definition["submission"], json!({"button": "Send"}));
    assert_eq!(upgraded.definition["post_submission"], json!({"confirmation_email": true, "feedback": true}));
    source["submission"] = json!({"feedback": true});
    assert_eq!(of(&source).definition.get("submission"), None);
}

#[test]
fn texts_are_written_as_they_may_be_today_and_option_values_stay() {
    let mut source = with_blocks(json!([question(
        "q",
        json!([{"id": "a", "type": "Radio", "options": [{"label": " A  <em>fig</em> ", "value": " A  <em>{x}</em>"}]}])
    )]));
    source["sections"][0]["title"] = json!("Here<p>and there <br>now");
    let upgraded = of(&source);
    let option = &block(&upgraded, 0)["question"]["answers"][0]["options"][0];
    assert_eq!(*option, json!({"label": "A <strong>fig</strong>", "value": " A  <em>{x}</em>"}));
    assert_eq!(upgraded.definition["sections"][0]["title"], "<p>Here</p><p>and there<br>now</p>");
    assert_eq!(upgraded.notes.len(), 4, "one for each kind: {:?}", upgraded.notes);
}
