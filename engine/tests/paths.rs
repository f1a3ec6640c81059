//! What is on the path and who sees what: the worked examples of spec/02 §2.7. And two tabs on one question.

#![expect(clippy::unwrap_used, reason = "tests")]

mod desk;

use desk::{Desk, is, number, section, yes_no};
use serde_json::json;

#[test]
fn an_answer_of_a_block_that_left_the_path_is_nothing_to_the_rules_after_it() {
    let skipped = json!({"skip_conditions": {"when": is("skip", "Yes")}});
    let routes = json!({"routing_rules": [{"block": "c", "when": is("b", "Yes")}, {"block": "d"}]});
    let blocks = [
        yes_no("skip", json!({})),
        yes_no("b", skipped),
        number("a", routes),
        number("c", json!({})),
        number("d", json!({})),
    ];
    let mut desk = Desk::linear(&[section("s", &blocks, json!({}))]);
    desk.give("skip", "No");
    desk.give("b", "Yes");
    assert_eq!(desk.path("s"), ["skip", "b", "a", "c", "d"]);
    desk.give("skip", "Yes");
    assert_eq!(desk.path("s"), ["skip", "a", "d"]);
    assert_eq!(desk.stored("b").unwrap(), "Yes", "it stays stored");
    desk.give("skip", "No");
    assert_eq!(desk.path("s"), ["skip", "b", "a", "c", "d"], "and counts again once it is asked again");
}

/// The second section is there if `b` is Yes; `b` is skipped if `skip` is Yes.
fn enabled_by_b() -> Desk {
    let skipped = json!({"skip_conditions": {"when": is("skip", "Yes")}});
    let first = [yes_no("skip", json!({})), yes_no("b", skipped)];
    let enabled = json!({"enabled": {"when": is("b", "Yes")}});
    Desk::hub(&[section("s", &first, json!({})), section("t", &[number("c", json!({}))], enabled)])
}

#[test]
fn a_section_is_not_enabled_by_an_answer_that_left_its_section_s_path() {
    let mut desk = enabled_by_b();
    desk.give("skip", "No");
    desk.give("b", "Yes");
    assert_eq!(desk.page("c", |_| ()), Some(()));
    desk.give("skip", "Yes");
    assert_eq!(desk.page("c", |_| ()), None);
}

#[test]
fn where_none_of_the_sections_looked_at_is_begun_nothing_is_hidden_from_a_rule() {
    let mut desk = enabled_by_b();
    desk.give("skip", "No");
    desk.give("b", "Yes");
    desk.response.visits.clear();
    assert_eq!(desk.page("c", |_| ()), Some(()), "the stored answer is used");
}

#[test]
fn a_group_s_skip_condition_sees_its_own_section_s_answers_on_the_path_or_off_it() {
    let skipped = json!({"skip_conditions": {"when": is("skip", "Yes")}});
    let group = |id: &str, blocks: &[serde_json::Value], more: serde_json::Value| {
        let mut group = json!({"id": id, "blocks": blocks});
        group.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        group
    };
    let groups = json!([
        group("first", &[yes_no("skip", json!({})), yes_no("b", skipped)], json!({})),
        group("second", &[number("c", json!({}))], json!({"skip_conditions": {"when": is("b", "Yes")}})),
    ]);
    let mut desk = Desk::linear(&[json!({"id": "s", "title": "s", "groups": groups})]);
    desk.give("skip", "No");
    desk.give("b", "Yes");
    assert_eq!(desk.path("s"), ["skip", "b"]);
    desk.give("skip", "Yes");
    assert_eq!(desk.path("s"), ["skip"], "an answer off the path still skips the group");
}

#[test]
fn a_route_to_a_group_that_is_skipped_ends_the_path() {
    let group = |id: &str, blocks: &[serde_json::Value]| json!({"id": id, "blocks": blocks});
    let mut second = group("second", &[number("b", json!({}))]);
    second["skip_conditions"] = json!({"when": is("a", "Yes")});
    let routes = json!({"routing_rules": [{"group": "second"}]});
    let groups =
        json!([group("first", &[yes_no("a", routes)]), second, group("third", &[number("c", json!({}))])]);
    let mut desk = Desk::linear(&[json!({"id": "s", "title": "s", "groups": groups})]);
    assert_eq!(desk.path("s"), ["a", "b", "c"]);
    desk.give("a", "Yes");
    assert_eq!(desk.path("s"), ["a"]);
}

#[test]
fn no_routing_rules_are_as_none_at_all() {
    let blocks = [number("a", json!({"routing_rules": []})), number("b", json!({}))];
    assert_eq!(Desk::linear(&[section("s", &blocks, json!({}))]).path("s"), ["a", "b"]);
}

#[test]
fn where_no_route_is_taken_the_section_ends() {
    let routes = json!({"routing_rules": [{"block": "b", "when": is("a", "Yes")}]});
    let blocks = [yes_no("a", routes), number("b", json!({}))];
    let mut desk = Desk::linear(&[section("s", &blocks, json!({}))]);
    assert_eq!(desk.path("s"), ["a"]);
    desk.give("a", "Yes");
    assert_eq!(desk.path("s"), ["a", "b"]);
}

#[test]
fn a_page_is_open_up_to_the_first_that_is_not_done() {
    let blocks = ["a", "b", "c"].map(|id| number(id, json!({})));
    let mut desk = Desk::linear(&[section("s", &blocks, json!({}))]);
    desk.give("a", "1");
    let open = ["a", "b", "c"].map(|id| desk.page(id, |_| ()).is_some());
    assert_eq!(open, [true, true, false]);
}

/// One question, and a page of it.
fn tabs() -> Desk {
    Desk::linear(&[section("s", &[number("a", json!({}))], json!({}))])
}

#[test]
fn what_another_tab_answered_meanwhile_is_not_written_over() {
    let mut desk = tabs();
    let (one, other) = (desk.shown("a"), desk.shown("a"));
    assert_eq!(desk.post_from(one, "a", &[("a-answer", "1")]), "submit");
    assert_eq!(desk.post_from(other, "a", &[("a-answer", "2")]), "overtaken");
    assert_eq!(desk.stored("a").unwrap(), "1");
}

#[test]
fn the_same_answer_from_another_tab_is_no_conflict() {
    let mut desk = tabs();
    let (one, other) = (desk.shown("a"), desk.shown("a"));
    desk.post_from(one, "a", &[("a-answer", "1")]);
    assert_eq!(desk.post_from(other, "a", &[("a-answer", "1.0")]), "wrong", "whole numbers are typed whole");
    assert_eq!(desk.post_from(other, "a", &[("a-answer", "1")]), "submit");
}

#[test]
fn one_tab_that_goes_back_and_changes_its_answer_is_not_overtaken() {
    let mut desk = tabs();
    let shown = desk.shown("a");
    desk.post_from(shown, "a", &[("a-answer", "1")]);
    assert_eq!(desk.post_from(shown, "a", &[("a-answer", "2")]), "submit");
    assert_eq!(desk.stored("a").unwrap(), "2");
}

#[test]
fn a_page_that_saw_what_another_tab_answered_may_change_it() {
    let mut desk = tabs();
    let one = desk.shown("a");
    desk.post_from(one, "a", &[("a-answer", "1")]);
    let other = desk.shown("a");
    assert_eq!(desk.post_from(other, "a", &[("a-answer", "2")]), "submit");
    assert_eq!(desk.post_from(one, "a", &[("a-answer", "3")]), "overtaken", "now the first is behind");
}

#[test]
fn a_double_click_has_one_effect() {
    let mut desk = tabs();
    let shown = desk.shown("a");
    desk.post_from(shown, "a", &[("a-answer", "1")]);
    let once = desk.response.clone();
    assert_eq!(desk.post_from(shown, "a", &[("a-answer", "1")]), "submit");
    assert!(desk.response == once);
}

#[test]
fn a_page_gone_back_to_adds_another_item_and_a_double_click_adds_it_once() {
    let mut desk = Desk::at(include_str!("stored/questionnaire.json"));
    let collector = desk.shown("boats");
    desk.post_from(collector, "boats", &[("boats-answer", "Yes")]);
    let shown = desk.shown("add-boat");
    let count = |desk: &Desk| desk.response.lists.items(desk.questionnaire.names.lists["boats"]).len();
    for (name, should) in
        [("Seren", 1), ("Seren", 1), ("Mair", 2), ("Mair", 2), ("Seren", 2), ("Ann", 3), ("Ann", 3)]
    {
        let fields = [("boat-name", name), ("boat-length", "7")];
        assert!(desk.post_from(shown, "add-boat", &fields).starts_with("boats"));
        assert_eq!(count(&desk), should, "{name}");
    }
}
