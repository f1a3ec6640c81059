//! Where pages lead, on and back: the tables and worked examples of spec/02 §6.

#![expect(clippy::unwrap_used, reason = "tests")]

mod desk;

use desk::{Desk, is, number, section, yes_no};
use serde_json::json;

/// Two sections with totals, and one of both. `extra` is asked when `more` is Yes.
fn totals() -> Desk {
    let total = |id: &str, answers: &[&str]| {
        json!({"id": id, "type": "CalculatedSummary", "title": "Right?", "calculation": {
            "title": "Total", "calculation_type": "sum", "answers_to_calculate": answers}})
    };
    let part = |id: &str| json!({"source": "calculated_summary", "identifier": id});
    let grand = json!({"id": "grand", "type": "GrandCalculatedSummary", "title": "Right?", "calculation": {
        "title": "All", "operation": {"+": [part("sum"), part("sum-two")]}}});
    let skipped = json!({"skip_conditions": {"when": {"!=": [{"source": "answers", "identifier": "more-answer"}, "Yes"]}}});
    let work = [
        number("one", json!({})),
        yes_no("more", json!({})),
        number("extra", skipped),
        total("sum", &["one-answer", "extra-answer"]),
    ];
    let all = [number("two", json!({})), total("sum-two", &["two-answer"]), grand];
    let summary = json!({"summary": {"show_on_completion": false}});
    Desk::linear(&[section("work", &work, summary), section("all", &all, json!({}))])
}

/// The same, everything answered.
fn complete() -> Desk {
    let mut desk = totals();
    desk.give("one", "1");
    desk.give("more", "No");
    desk.post("sum", &[]);
    desk.give("two", "2");
    desk.post("sum-two", &[]);
    assert_eq!(desk.post("grand", &[]), "submit");
    desk
}

const FROM_GRAND: &str = "one?return_to=calculated-summary,grand-calculated-summary&return_to_answer_id=one-answer,sum&return_to_block_id=sum,grand";
const BACK_TO_SUM: &str =
    "sum?return_to=grand-calculated-summary&return_to_block_id=grand&return_to_answer_id=sum";

#[test]
fn a_change_from_the_final_summary_of_a_complete_questionnaire_returns_to_it() {
    let mut desk = complete();
    let address = "more?return_to=final-summary&return_to_answer_id=more-answer";
    assert_eq!(desk.give(address, "No"), "submit#more-answer");
}

#[test]
fn a_change_from_a_calculated_summary_returns_to_it_although_it_is_to_be_confirmed_again() {
    let mut desk = complete();
    let address = "one?return_to=calculated-summary&return_to_answer_id=one-answer&return_to_block_id=sum";
    assert_eq!(desk.give(address, "5"), "sum#one-answer");
    assert_eq!(desk.status("work"), "IN_PROGRESS");
}

#[test]
fn a_change_by_way_of_a_grand_total_returns_through_both() {
    let mut desk = complete();
    assert_eq!(desk.give(FROM_GRAND, "5"), format!("{BACK_TO_SUM}#one-answer"));
    assert_eq!(desk.post(BACK_TO_SUM, &[]), "grand#sum");
}

#[test]
fn previous_on_the_way_of_a_grand_total_leads_where_going_on_does() {
    let mut desk = complete();
    assert_eq!(desk.previous(FROM_GRAND), format!("{BACK_TO_SUM}#one-answer"));
    assert_eq!(desk.previous(BACK_TO_SUM), "grand#sum");
}

#[test]
fn previous_leads_to_the_final_summary_only_while_the_questionnaire_is_complete() {
    let address = "more?return_to=final-summary&return_to_answer_id=more-answer";
    let mut desk = complete();
    assert_eq!(desk.previous(address), "submit#more-answer");
    desk.give("two", "7");
    assert_eq!(desk.previous(address), "one?return_to=final-summary#more-answer");
}

#[test]
fn an_answer_that_opens_new_questions_leads_through_them_and_then_returns() {
    let mut desk = complete();
    let back = "?return_to=section-summary&return_to_answer_id=more-answer";
    assert_eq!(desk.give(&format!("more{back}"), "Yes"), format!("extra{back}"));
    assert_eq!(desk.give(&format!("extra{back}"), "3"), format!("sum{back}"));
    assert_eq!(desk.post(&format!("sum{back}"), &[]), "sections/work#more-answer");
}

#[test]
fn previous_is_an_ordinary_one_while_the_section_to_return_to_is_incomplete() {
    let mut desk = totals();
    desk.give("one", "1");
    let address = "more?return_to=section-summary&return_to_answer_id=more-answer";
    assert_eq!(desk.previous(address), "one?return_to=section-summary#more-answer");
}

#[test]
fn a_summary_that_nothing_is_called_is_no_place_to_return_to() {
    let mut desk = complete();
    assert_eq!(desk.give("more?return_to=elsewhere&return_to_answer_id=x", "No"), "submit");
}

#[test]
fn the_final_summary_is_no_place_to_return_to_while_another_section_is_incomplete() {
    let mut desk = totals();
    desk.give("one", "1");
    desk.give("more", "No");
    desk.post("sum", &[]);
    assert_eq!(desk.give("more?return_to=final-summary", "No"), "two");
}

#[test]
fn after_a_page_comes_the_next_on_the_path_even_if_it_is_done() {
    let mut desk = totals();
    desk.give("one", "1");
    desk.give("more", "No");
    assert_eq!(desk.give("one?return_to=section-summary", "1"), "sum?return_to=section-summary");
    assert_eq!(desk.give("one", "1"), "more");
}

#[test]
fn the_last_page_of_an_incomplete_section_leads_to_the_first_that_is_not_done() {
    let mut first = number("a", json!({}));
    let source = json!({"source": "answers", "identifier": "b-answer"});
    first["question"]["answers"][0]["maximum"] = json!({"value": source});
    let mut desk = Desk::linear(&[section("s", &[first, number("b", json!({}))], json!({}))]);
    desk.give("a", "1");
    assert_eq!(desk.give("b", "5?"), "wrong");
    assert_eq!(desk.give("b", "5"), "a", "what bounds it has changed, so it is asked again");
}

#[test]
fn the_end_of_a_section_leads_to_where_the_first_incomplete_one_was_left() {
    let sections = ["s", "t"].map(|id| {
        section(id, &[number(&format!("{id}1"), json!({})), number(&format!("{id}2"), json!({}))], json!({}))
    });
    let mut desk = Desk::linear(&sections);
    desk.give("s1", "1");
    assert_eq!(desk.give("s2", "1"), "t1");
    desk.give("t1", "1");
    assert_eq!(desk.give("s2", "1"), "t2?resume=True");
}

#[test]
fn the_first_page_has_a_previous_link_only_where_there_is_a_hub() {
    let sections = [section("s", &[number("a", json!({})), number("b", json!({}))], json!({}))];
    let mut linear = Desk::linear(&sections);
    assert_eq!(linear.previous("a"), "none");
    linear.give("a", "1");
    assert_eq!(linear.previous("b"), "a");
    let mut hub = Desk::hub(&sections);
    assert_eq!(hub.previous("a"), "");
    hub.give("a", "1");
    assert_eq!(hub.give("b", "1"), "", "a finished section leads to the hub");
}

#[test]
fn the_submit_page_s_previous_link_is_the_last_page_or_the_last_summary() {
    let mut desk = complete();
    assert_eq!(desk.previous("submit"), "grand");
    assert_eq!(desk.previous("sections/work"), "sum");
}

#[test]
fn a_rule_that_leads_back_forgets_the_answer_and_asks_again() {
    let routes = json!({"routing_rules": [{"block": "age", "when": is("sure", "No")}, {"section": "End"}]});
    let blocks = [number("age", json!({})), yes_no("sure", routes)];
    let mut desk = Desk::linear(&[section("s", &blocks, json!({}))]);
    desk.give("age", "7");
    assert_eq!(desk.give("sure", "No"), "age");
    assert_eq!(desk.stored("sure"), None, "the answer that led back is forgotten");
    assert_eq!(desk.stored("age").unwrap(), "7", "what it led back to is kept");
    assert_eq!(desk.status("s"), "IN_PROGRESS");
    assert_eq!(desk.give("age", "8"), "sure");
    assert_eq!(desk.give("sure", "Yes"), "submit");
}

#[test]
fn a_rule_that_leads_back_forgets_only_what_its_own_block_asks() {
    let when = json!({"and": [is("kind", "Yes"), is("sure", "No")]});
    let first_only = json!({"or": [is("sure", "No"), is("sure", "Never")]});
    for (when, is_forgotten) in [(when, false), (first_only, true)] {
        let routes = json!({"routing_rules": [{"block": "kind", "when": when}, {"section": "End"}]});
        let blocks = [yes_no("kind", json!({})), yes_no("sure", routes)];
        let mut desk = Desk::linear(&[section("s", &blocks, json!({}))]);
        desk.give("kind", "Yes");
        assert_eq!(desk.give("sure", "No"), "kind");
        assert_eq!(desk.stored("kind").unwrap(), "Yes");
        // Of several nested rules only the first is looked into (spec/02 §2.4).
        assert_eq!(desk.stored("sure").is_none(), is_forgotten);
        assert_eq!(desk.status("s"), "IN_PROGRESS");
    }
}
