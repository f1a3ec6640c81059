//! The page before the end. Source: spec/09 §3.

use super::*;

fn ending_with(end: Value) -> Value {
    let mut source = with_blocks(json!([question("trees", json!([])), question("pond", json!([]))]));
    source["sections"][0]["groups"][0]["blocks"][0]["routing_rules"] =
        json!([{"goto": {"group": "end-group"}}, {"goto": {"block": "end"}}, {"goto": {"block": "pond"}}]);
    source["sections"]
        .as_array_mut()
        .unwrap()
        .push(json!({"id": "last", "groups": [{"id": "end-group", "blocks": [end]}]}));
    source
}

#[test]
fn a_summary_becomes_an_option_of_the_flow_and_what_it_leaves_empty_goes() {
    let upgraded = of(&ending_with(json!({"id": "end", "type": "Summary", "collapsible": true})));
    let flow = json!({"type": "Linear", "options": {"summary": {"collapsible": true}}});
    assert_eq!(upgraded.definition["questionnaire_flow"], flow);
    assert_eq!(upgraded.definition["sections"].as_array().unwrap().len(), 1);
    assert_eq!(upgraded.notes, []);
}

#[test]
fn rules_that_led_to_the_end_lead_to_the_end_of_the_section() {
    let upgraded = of(&ending_with(json!({"id": "end", "type": "Summary"})));
    let rules = json!([{"section": "End"}, {"section": "End"}, {"block": "pond"}]);
    assert_eq!(block(&upgraded, 0)["routing_rules"], rules);
}

#[test]
fn conditions_on_the_page_before_the_end_are_lost() {
    let mut source = ending_with(json!({"id": "end", "type": "Summary"}));
    source["sections"][1]["enabled"] = json!([{"when": [{"meta": "m", "condition": "set"}]}]);
    let upgraded = of(&source);
    assert_eq!(noted(&upgraded), [(Kind::Lost, "/sections/1/enabled")]);
}

#[test]
fn a_confirmations_plain_texts_are_those_of_the_submit_page() {
    let end = json!({"id": "end", "type": "Confirmation", "content": {
        "title": "All done?", "contents": [{"title": "Check", "description": "your answers."}]}});
    let upgraded = of(&ending_with(end));
    assert_eq!(upgraded.definition["questionnaire_flow"], json!({"type": "Linear", "options": {}}));
    let texts = json!({"title": "All done?", "guidance": "Check your answers."});
    assert_eq!(upgraded.definition["submission"], texts);
    assert_eq!(upgraded.notes, []);
}

#[test]
fn a_confirmations_rich_texts_and_other_variants_are_lost() {
    let content = json!({"title": {"text": "{who}"}, "contents": [{"list": ["a"]}]});
    let end = json!({"id": "end", "type": "Confirmation",
        "content_variants": [{"content": content, "when": []}, {"content": content, "when": []}]});
    let upgraded = of(&ending_with(end));
    let place = "/sections/1/groups/0/blocks/0";
    assert_eq!(noted(&upgraded), [(Kind::Lost, place), (Kind::Lost, &format!("{place}/content_variants"))]);
    assert_eq!(upgraded.definition.get("submission"), None);
}
