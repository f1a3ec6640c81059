//! Value sources, and answers that two lists shared. Source: spec/09 §7, §8.

use super::*;

/// What the title of a question with this placeholder holds of it.
fn placed(placeholder: Value) -> (Value, Upgraded) {
    let mut block_of_it = question("q", json!([]));
    block_of_it["question"]["title"] = json!({"text": "{x}", "placeholders": [placeholder]});
    let upgraded = of(&with_blocks(json!([block_of_it])));
    (block(&upgraded, 0)["question"]["title"]["placeholders"][0].clone(), upgraded)
}

#[test]
fn a_list_meant_the_number_of_its_items() {
    let (placeholder, _) = placed(json!({"value": {"source": "list", "identifier": "people"}}));
    let count = json!({"source": "list", "identifier": "people", "selector": "count"});
    assert_eq!(placeholder, json!({"value": count}));
}

#[test]
fn selectors_have_their_names_of_today() {
    let (placeholder, _) = placed(json!({"value": {"source": "answers", "identifier": "a",
        "list_item_selector": {"source": "list", "id": "people", "id_selector": "first"}}}));
    let item = json!({"source": "list", "identifier": "people", "selector": "first"});
    assert_eq!(placeholder["value"]["list_item_selector"], item);
}

#[test]
fn several_identifiers_are_several_sources_where_they_fit() {
    let item = json!({"source": "location", "id": "to_list_item_id"});
    let (placeholder, upgraded) =
        placed(json!({"transforms": [{"transform": "concatenate_list", "arguments": {
        "list_to_concatenate": {"source": "answers", "identifier": ["a", "b"], "list_item_selector": item},
        "delimiter": " "}}]}));
    let item = json!({"source": "location", "identifier": "to_list_item_id"});
    let sources = json!([
        {"source": "answers", "identifier": "a", "list_item_selector": item},
        {"source": "answers", "identifier": "b", "list_item_selector": item}]);
    assert_eq!(placeholder["transforms"][0]["arguments"]["list_to_concatenate"], sources);
    assert_eq!(upgraded.notes, []);
}

#[test]
fn of_several_identifiers_the_first_is_left_where_one_fits() {
    let (placeholder, upgraded) = placed(json!({"value": {"source": "answers", "identifier": ["a", "b"]}}));
    assert_eq!(placeholder["value"]["identifier"], "a");
    assert_eq!(upgraded.notes[0].kind, Kind::Lost);
}

#[test]
fn a_range_of_dates_is_a_pair() {
    let (from, to) = (json!({"value": "2021-01-01"}), json!({"value": "2021-02-01"}));
    let (placeholder, _) = placed(json!({"transforms": [{"transform": "format_date_range",
        "arguments": {"start_date": from, "end_date": to}}]}));
    assert_eq!(placeholder["transforms"][0]["arguments"], json!({"date_range": [from, to]}));
}

fn collector(list: &str) -> Value {
    let asks = |kind: &str| {
        json!({"id": format!("{kind}-{list}"), "type": kind, "question": {
        "id": "q", "answers": [{"id": "name", "type": "TextField"}]}})
    };
    json!({"id": format!("{list}-collector"), "type": "ListCollector", "for_list": list,
        "same_name_answer_ids": ["name"], "add_block": asks("add"), "edit_block": asks("edit"),
        "summary": {"title": {"text": "{n}", "placeholders": [{"value": name_of(None)}]}}})
}

fn name_of(list: Option<&str>) -> Value {
    let mut source = json!({"source": "answers", "identifier": "name"});
    if let Some(list) = list {
        source["list_item_selector"] = json!({"source": "list", "identifier": list, "selector": "first"});
    }
    source
}

#[test]
fn an_answer_of_two_lists_is_renamed_in_the_one_collected_later() {
    let title = json!({"text": "{a}", "placeholders": [{"value": name_of(None)}, {"value": name_of(Some("people"))},
        {"value": name_of(Some("guests"))}]});
    let mut source = with_blocks(json!([collector("people"), collector("guests")]));
    source["sections"].as_array_mut().unwrap().push(json!({
        "id": "each-guest", "repeat": {"for_list": "guests", "title": title}, "groups": []}));
    let upgraded = of(&source);
    let (people, guests) = (block(&upgraded, 0), block(&upgraded, 1));
    assert_eq!(people.pointer("/add_block/question/answers/0/id").unwrap(), "name");
    assert_eq!(guests.pointer("/add_block/question/answers/0/id").unwrap(), "guests-name");
    assert_eq!(guests.pointer("/edit_block/question/answers/0/id").unwrap(), "guests-name");
    assert_eq!(guests["same_name_answer_ids"], json!(["guests-name"]));
    let in_summary = "/summary/title/placeholders/0/value/identifier";
    assert_eq!(guests.pointer(in_summary).unwrap(), "guests-name");
    let named = &upgraded.definition["sections"][1]["repeat"]["title"]["placeholders"];
    let ids: Vec<&Value> = (0..3).map(|nth| &named[nth]["value"]["identifier"]).collect();
    assert_eq!(ids, ["guests-name", "name", "guests-name"]);
    assert_eq!(
        noted(&upgraded),
        [(Kind::Changed, "/sections/0/groups/0/blocks/1/add_block/question/answers/0/id")]
    );
}

#[test]
fn the_list_of_individual_responses_keeps_the_ids() {
    let mut source = with_blocks(json!([collector("guests"), collector("people")]));
    source["individual_response"] = json!({"for_list": "people"});
    let upgraded = of(&source);
    assert_eq!(block(&upgraded, 0)["same_name_answer_ids"], json!(["guests-name"]));
    assert_eq!(block(&upgraded, 1)["same_name_answer_ids"], json!(["name"]));
}
