//! Conditions, and where they stand. Source: spec/09 §4, §5.

use super::*;

/// The rule that a list of conditions becomes, on a block after an address, two durations and a checkbox.
fn rule(when: Value) -> (Value, Vec<super::super::Note>) {
    let mut last = question("last", json!([]));
    last["skip_conditions"] = json!([{"when": when}]);
    let answers = json!([
        {"id": "home", "type": "Address"}, {"id": "stay", "type": "Duration", "mandatory": true},
        {"id": "wait", "type": "Duration", "mandatory": false}]);
    let upgraded = of(&with_blocks(json!([question("first", answers), last])));
    (block(&upgraded, 1)["skip_conditions"]["when"].clone(), upgraded.notes)
}

fn becomes(when: Value, wanted: Value) {
    assert_eq!(rule(json!([when])).0, wanted, "{when}");
}

fn answer(id: &str) -> Value {
    json!({"source": "answers", "identifier": id})
}

#[test]
fn a_condition_of_one_answer_and_one_value_is_one_rule() {
    let a = answer("a");
    for (name, wanted) in [
        ("equals", json!({"==": [a, 3]})),
        ("not equals", json!({"!=": [a, 3]})),
        ("greater than", json!({">": [a, 3]})),
        ("greater than or equal to", json!({">=": [a, 3]})),
        ("less than", json!({"<": [a, 3]})),
        ("less than or equal to", json!({"<=": [a, 3]})),
        ("contains", json!({"in": [3, a]})),
    ] {
        becomes(json!({"id": "a", "condition": name, "value": 3}), wanted);
    }
    for (name, wanted) in [
        ("equals any", json!({"in": [a, [1, 2]]})),
        ("not equals any", json!({"not": [{"in": [a, [1, 2]]}]})),
        ("contains any", json!({"any-in": [[1, 2], a]})),
        ("contains all", json!({"all-in": [[1, 2], a]})),
    ] {
        becomes(json!({"id": "a", "condition": name, "values": [1, 2]}), wanted);
    }
    becomes(json!({"id": "a", "condition": "set"}), json!({"!=": [a, null]}));
    becomes(json!({"id": "a", "condition": "not set"}), json!({"==": [a, null]}));
}

#[test]
fn what_was_not_answered_does_not_fail_to_contain() {
    let a = answer("a");
    becomes(
        json!({"id": "a", "condition": "not contains", "value": "Cat"}),
        json!({"and": [{"!=": [a, null]}, {"not": [{"in": ["Cat", a]}]}]}),
    );
    let b = answer("b");
    becomes(
        json!({"id": "a", "condition": "not contains", "comparison": {"source": "answers", "id": "b"}}),
        json!({"and": [{"!=": [a, null]}, {"!=": [b, null]}, {"not": [{"in": [b, a]}]}]}),
    );
}

#[test]
fn the_left_side_may_be_metadata_or_a_list() {
    let count = json!({"source": "list", "identifier": "people", "selector": "count"});
    becomes(json!({"list": "people", "condition": "less than", "value": 2}), json!({"<": [count, 2]}));
    let metadata = json!({"source": "metadata", "identifier": "flag"});
    becomes(json!({"meta": "flag", "condition": "equals", "value": true}), json!({"==": [metadata, true]}));
}

#[test]
fn the_first_item_is_compared_with_the_one_asked_about() {
    becomes(
        json!({"list": "people", "id_selector": "first", "condition": "equals",
               "comparison": {"source": "location", "id": "list_item_id"}}),
        json!({"==": [{"source": "list", "identifier": "people", "selector": "first"},
                      {"source": "location", "identifier": "list_item_id"}]}),
    );
}

#[test]
fn an_address_was_answered_when_one_of_its_lines_was() {
    let (set, _) = rule(json!([{"id": "home", "condition": "set"}]));
    let line = json!({"source": "answers", "identifier": "home", "selector": "line1"});
    assert_eq!(set["or"][0], json!({"!=": [line, null]}));
    assert_eq!(set["or"].as_array().unwrap().len(), 4);
    let (not_set, _) = rule(json!([{"id": "home", "condition": "not set"}]));
    assert_eq!(not_set["and"][0], json!({"==": [line, null]}));
}

#[test]
fn a_duration_was_answered_when_its_block_was_passed() {
    let progress = json!({"source": "progress", "selector": "block", "identifier": "first"});
    let (set, notes) = rule(json!([{"id": "stay", "condition": "set"}]));
    assert_eq!((set, notes), (json!({"==": [progress, "COMPLETED"]}), Vec::new()));
    let (not_set, notes) = rule(json!([{"id": "wait", "condition": "not set"}]));
    assert_eq!(not_set, json!({"!=": [progress, "COMPLETED"]}));
    assert_eq!(notes[0].kind, Kind::Changed);
}

#[test]
fn dates_are_compared_as_dates_moved_by_their_offset() {
    let a = answer("a");
    becomes(
        json!({"id": "a", "condition": "greater than",
               "date_comparison": {"value": "2021-3-21", "offset_by": {"years": -16}}}),
        json!({">": [{"date": [a]}, {"date": ["2021-03-21", {"years": -16}]}]}),
    );
}

#[test]
fn a_missing_date_is_neither_equal_nor_unequal() {
    let (a, b) = (answer("a"), answer("b"));
    becomes(
        json!({"id": "a", "condition": "equals", "date_comparison": {"value": "now"}}),
        json!({"==": [{"date": [a]}, {"date": ["now"]}]}),
    );
    becomes(
        json!({"id": "a", "condition": "equals", "date_comparison": {"id": "b"}}),
        json!({"and": [{"!=": [a, null]}, {"!=": [b, null]}, {"==": [{"date": [a]}, {"date": [b]}]}]}),
    );
    becomes(
        json!({"id": "a", "condition": "not equals", "date_comparison": {"value": "2021"}}),
        json!({"and": [{"!=": [a, null]}, {"!=": [{"date": [a]}, {"date": ["2021"]}]}]}),
    );
}

#[test]
fn entries_are_alternatives_and_the_conditions_of_one_hold_together() {
    let mut source = with_blocks(json!([question("q", json!([]))]));
    let (x, y) = (json!({"id": "x", "condition": "set"}), json!({"id": "y", "condition": "set"}));
    source["sections"][0]["enabled"] = json!([{"when": [x, y]}, {"when": [y]}]);
    source["sections"][0]["groups"][0]["skip_conditions"] = json!([]);
    let upgraded = of(&source);
    let (x, y) = (json!({"!=": [answer("x"), null]}), json!({"!=": [answer("y"), null]}));
    let section = &upgraded.definition["sections"][0];
    assert_eq!(section["enabled"], json!({"when": {"or": [{"and": [x, y]}, y]}}));
    assert_eq!(section["groups"][0].get("skip_conditions"), None);
}

#[test]
fn routing_rules_lose_their_goto_and_keep_their_order() {
    let mut first = question("first", json!([]));
    first["routing_rules"] = json!([
        {"goto": {"block": "last", "when": [{"id": "x", "condition": "set"}]}}, {"repeat": {}},
        {"goto": {"section": "End", "when": []}}]);
    let mut last = question("last", json!([]));
    last["routing_rules"] = json!([]);
    let upgraded = of(&with_blocks(json!([first, last])));
    let rules = json!([{"block": "last", "when": {"!=": [answer("x"), null]}}, {"section": "End"}]);
    assert_eq!(block(&upgraded, 0)["routing_rules"], rules);
    assert_eq!(block(&upgraded, 1).get("routing_rules"), None);
}

#[test]
fn a_variant_without_a_condition_always_fits() {
    let variants = json!([{"question": {}, "when": [{"meta": "m", "condition": "set"}]}, {"question": {}}]);
    let upgraded = of(&with_blocks(json!([{"id": "b", "type": "Question", "question_variants": variants}])));
    let variants = &block(&upgraded, 0)["question_variants"];
    assert_eq!(variants[0]["when"], json!({"!=": [{"source": "metadata", "identifier": "m"}, null]}));
    assert_eq!(variants[1]["when"], json!({"==": [true, true]}));
}
