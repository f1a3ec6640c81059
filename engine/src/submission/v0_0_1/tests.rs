//! The examples of spec/05 §3.2.

#![expect(clippy::unwrap_used, reason = "tests")]

use schema::value::Value;
use serde_json::{Value as Json, json};

use crate::form::testing::Desk;
use crate::submission::{Leaving, submission};

/// What leaves of one question with these answers.
fn data(answers: Json, stored: Vec<(&str, Value<'static>)>) -> Json {
    let mut desk = Desk::in_version_0_0_1(json!({"answers": answers}), &[]);
    for (id, value) in stored {
        desk = desk.storing(id, value);
    }
    sent(&desk)
}

fn sent(desk: &Desk) -> Json {
    let leaving = Leaving::Submitted { language: "en" };
    let at = "2016-03-15T10:00:00Z".parse().unwrap();
    let today = schema::rule::read_date("2016-03-15").unwrap();
    let sent = submission(&desk.questionnaire, &desk.response, leaving, at, today).unwrap();
    let payload: Json = serde_json::from_str(&sent.payload).unwrap();
    assert_eq!(payload["data_version"], "0.0.1");
    payload["data"].clone()
}

fn number(text: &str) -> Value<'static> {
    Value::Number(text.parse().unwrap())
}

fn list(values: &[&'static str]) -> Value<'static> {
    Value::List(values.iter().map(|&value| Value::text(value)).collect())
}

#[test]
fn an_answer_with_a_code_leaves_as_text() {
    let answer = |id: &str, kind: &str, code: &str| json!({"id": id, "type": kind, "mandatory": false, "label": "A", "q_code": code, "currency": "GBP", "units": ["years"]});
    let answers = json!([
        answer("number", "Number", "003"),
        answer("currency", "Currency", "004"),
        answer("date", "Date", "005"),
        answer("month", "MonthYearDate", "006"),
        answer("year", "YearDate", "007"),
        answer("text", "TextField", "008"),
        answer("empty", "TextField", "009"),
        {"id": "no-code", "type": "TextField", "mandatory": false, "label": "A"},
    ]);
    let stored = vec![
        ("number", number("0")),
        ("currency", number("10.02")),
        ("date", Value::text("1990-02-01")),
        ("month", Value::text("1990-01")),
        ("year", Value::text("1990")),
        ("text", Value::text("Bread & butter")),
        ("no-code", Value::text("unseen")),
    ];
    let told = json!({
        "003": "0", "004": "10.02", "005": "01/02/1990", "006": "01/1990", "007": "1990", "008": "Bread & butter"
    });
    assert_eq!(data(answers, stored), told);
}

fn crisps(codes: [Option<&str>; 3], own: Option<&str>) -> Json {
    let option = |value: &str, code: Option<&str>| {
        let mut option = json!({"label": value, "value": value});
        if let Some(code) = code {
            option["q_code"] = json!(code);
        }
        option
    };
    let mut other = option("Other", codes[2]);
    other["detail_answer"] =
        json!({"id": "detail", "type": "TextField", "mandatory": false, "label": "Which?"});
    let mut answer = json!({
        "id": "crisps", "type": "Checkbox", "mandatory": false, "label": "Crisps",
        "options": [option("Ready salted", codes[0]), option("Sweet chilli", codes[1]), other]
    });
    if let Some(own) = own {
        answer["q_code"] = json!(own);
    }
    json!([answer])
}

#[test]
fn chosen_options_that_all_have_codes_leave_one_by_one() {
    let answers = crisps([Some("1"), Some("2"), Some("4")], None);
    let stored = vec![("crisps", list(&["Ready salted", "Sweet chilli"]))];
    assert_eq!(data(answers.clone(), stored), json!({"1": "Ready salted", "2": "Sweet chilli"}));
    let stored = vec![("crisps", list(&["Ready salted", "Other"])), ("detail", Value::text("Bacon"))];
    assert_eq!(data(answers.clone(), stored), json!({"1": "Ready salted", "4": "Bacon"}));
    let stored = vec![("crisps", list(&["Ready salted", "Other"]))];
    assert_eq!(data(answers.clone(), stored), json!({"1": "Ready salted", "4": "Other"}));
    let stored = vec![("crisps", list(&["Gone", "Sweet chilli"]))];
    assert_eq!(data(answers, stored), json!({"2": "Sweet chilli"}), "what matches no option is skipped");
}

#[test]
fn chosen_options_of_which_one_has_no_code_leave_as_one_list_under_the_answer_s_own() {
    let answers = crisps([None, Some("2"), Some("4")], Some("0"));
    let stored = vec![("crisps", list(&["Ready salted", "Other"])), ("detail", Value::text("Bacon"))];
    assert_eq!(data(answers.clone(), stored), json!({"0": "['Ready salted', 'Bacon']"}));
    let stored = vec![("crisps", list(&["Ready salted", "Other"])), ("detail", Value::text("Jo's \"best\""))];
    assert_eq!(data(answers.clone(), stored), json!({"0": r#"['Ready salted', 'Jo\'s "best"']"#}));
    let stored = vec![("crisps", list(&["Ready salted", "Other"])), ("detail", Value::text("a\u{a0}é\n"))];
    assert_eq!(data(answers.clone(), stored), json!({"0": r"['Ready salted', 'a\xa0é\n']"}));
    let stored = vec![("crisps", list(&["Ready salted", "Other"])), ("detail", number("5.50"))];
    assert_eq!(data(answers.clone(), stored), json!({"0": "['Ready salted', 5.50]"}), "a number is no text");
    let stored = vec![("crisps", list(&["Sweet chilli"]))];
    assert_eq!(data(answers, stored), json!({"2": "Sweet chilli"}), "only what was chosen counts");
}

#[test]
fn a_radio_s_detail_leaves_under_its_own_code() {
    let answers = json!([{
        "id": "drink", "type": "Radio", "mandatory": false, "label": "Drink", "q_code": "1",
        "options": [{"label": "Other", "value": "Other", "detail_answer":
            {"id": "detail", "type": "TextField", "mandatory": false, "label": "Which?", "q_code": "101"}}]
    }]);
    let stored = vec![("drink", Value::text("Other")), ("detail", Value::text("Water"))];
    assert_eq!(data(answers, stored), json!({"1": "Other", "101": "Water"}));
}

#[test]
fn a_code_that_comes_again_takes_the_later_value_and_keeps_its_first_place() {
    let answer = |id: &str, code: &str| json!({"id": id, "type": "TextField", "mandatory": false, "label": "A", "q_code": code});
    let answers = json!([answer("a", "1"), answer("b", "2"), answer("c", "1")]);
    let stored = vec![("a", Value::text("first")), ("b", Value::text("between")), ("c", Value::text("last"))];
    assert_eq!(data(answers, stored).to_string(), r#"{"1":"last","2":"between"}"#);
}

#[test]
fn an_answer_that_the_displayed_variant_lacks_is_skipped() {
    let answer = |id: &str, code: &str| json!({"id": id, "type": "TextField", "mandatory": false, "label": "A", "q_code": code});
    let question = |answers: Json| json!({"id": "q", "type": "General", "title": "Q", "answers": answers});
    let here = |value: &str| json!({"==": [{"source": "answers", "identifier": "which"}, value]});
    let desk = Desk::of_blocks(
        "0.0.1",
        json!([
            {"id": "block-0", "type": "Question", "question": question(json!([answer("which", "9")]))},
            {"id": "block-1", "type": "Question", "question_variants": [
                {"when": here("one"), "question": question(json!([answer("a", "1"), answer("b", "2")]))},
                {"when": here("two"), "question": question(json!([answer("a", "3")]))},
            ]},
        ]),
    );
    let desk = desk.storing("which", Value::text("two")).storing("a", Value::text("A"));
    assert_eq!(sent(&desk.storing("b", Value::text("B"))), json!({"9": "two", "3": "A"}));
}
