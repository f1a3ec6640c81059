//! Radios, dropdowns, relationships and checkboxes: what was chosen must be on offer.

use schema::value::Value;

use super::reading::Reading;
use super::{AskedAnswer, Form, is_blank};
use crate::error::AnswerError;

/// Reads a choice of one. Choosing nothing takes the stored answer away.
///
/// Source: spec/04 §4.3, §4.5, §5.
pub fn one(asked: &AskedAnswer<'_>, form: &Form, mandatory: &'static str) -> Reading {
    let chosen = form.get(&asked.field_id);
    if is_blank(chosen) {
        return if asked.answer.mandatory { Err(vec![AnswerError::Mandatory(mandatory)]) } else { Ok(None) };
    }
    match chosen.filter(|chosen| is_offered(asked, chosen)) {
        Some(chosen) => Ok(Some(Value::text(chosen.to_owned()))),
        None => Err(vec![AnswerError::NotAChoice]),
    }
}

/// Reads a choice of any, kept in the order posted.
///
/// Source: spec/04 §3.1, §4.4.
pub fn several(asked: &AskedAnswer<'_>, form: &Form) -> Reading {
    let chosen: Vec<_> = form.all(&asked.field_id).collect();
    // Only the first value says whether anything was chosen.
    if is_blank(chosen.first().copied()) {
        return if asked.answer.mandatory {
            Err(vec![AnswerError::Mandatory("MANDATORY_CHECKBOX")])
        } else {
            Ok(None)
        };
    }
    let unknown: Vec<_> =
        chosen.iter().filter(|value| !is_offered(asked, value)).map(|&value| value.to_owned()).collect();
    if unknown.is_empty() {
        Ok(Some(Value::List(chosen.into_iter().map(|value| Value::text(value.to_owned())).collect())))
    } else {
        Err(vec![AnswerError::NotChoices(unknown)])
    }
}

fn is_offered(asked: &AskedAnswer<'_>, value: &str) -> bool {
    asked.options.iter().any(|option| option.value == value)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use schema::rule::FaultKind;
    use schema::value::Value;
    use serde_json::{Value as Json, json};

    use crate::form::Label;
    use crate::form::testing::Desk;

    fn options() -> Json {
        json!([
            {"label": "Tea", "value": "Tea"},
            {"label": "Coffee", "value": "Coffee"},
            {"label": "Other", "value": "Other", "detail_answer":
                {"id": "other", "type": "Number", "mandatory": true, "label": "Which?", "maximum": {"value": 9}}}
        ])
    }

    #[test]
    fn a_radio_s_value_must_be_one_of_its_options_exactly() {
        let desk = Desk::answer(json!({"type": "Radio", "options": [{"label": "Tea", "value": "Tea"}]}));
        for (posted, told) in [
            ("Tea", r#""Tea""#),
            ("tea", "NOT_A_CHOICE"),
            ("Tea ", "NOT_A_CHOICE"),
            ("", "nothing"),
            (" ", "nothing"),
        ] {
            assert_eq!(desk.of(posted), told, "{posted:?}");
        }
        assert_eq!(desk.told(&[]), "nothing");
    }

    #[test]
    fn choosing_nothing_where_something_must_be_is_told_by_kind() {
        for (kind, key) in [
            ("Radio", "MANDATORY_RADIO"),
            ("Checkbox", "MANDATORY_CHECKBOX"),
            ("Dropdown", "MANDATORY_DROPDOWN"),
        ] {
            let desk = Desk::answer(json!({
                "type": kind, "mandatory": true, "options": [{"label": "Tea", "value": "Tea"}]
            }));
            assert_eq!(desk.told(&[]), key);
            assert_eq!(desk.of(""), key);
            assert_eq!(desk.of(" "), key);
            assert_eq!(desk.of("Tea"), r#""Tea""#);
        }
    }

    #[test]
    fn checkboxes_are_kept_in_the_order_posted_and_all_must_be_options() {
        let options = json!([{"label": "Tea", "value": "Tea"}, {"label": "Coffee", "value": "Coffee"}]);
        let desk = Desk::answer(json!({"type": "Checkbox", "options": options}));
        assert_eq!(desk.told(&[("a", "Coffee"), ("a", "Tea")]), r#""Coffee"+"Tea""#);
        assert_eq!(desk.told(&[("a", "a")]), "NOT_CHOICES count=1 values='a'");
        assert_eq!(desk.told(&[("a", "a"), ("a", "Tea"), ("a", "b")]), "NOT_CHOICES count=2 values='a', 'b'");
        assert_eq!(desk.told(&[]), "nothing");
    }

    #[test]
    fn a_detail_is_read_before_its_answer_and_only_if_its_option_is_chosen() {
        for kind in ["Radio", "Checkbox"] {
            let desk = Desk::answer(json!({"type": kind, "options": options()}));
            assert_eq!(desk.told(&[("a", "Other"), ("other", "5")]), r#"5; "Other""#);
            assert_eq!(desk.told(&[("a", "Tea"), ("other", "5")]), r#"nothing; "Tea""#);
            assert_eq!(desk.told(&[("a", "Tea"), ("other", "wrong")]), r#"nothing; "Tea""#);
            assert_eq!(desk.told(&[("a", "Other")]), "MANDATORY_NUMBER");
            assert_eq!(desk.told(&[("a", "Other"), ("other", "10")]), "NUMBER_TOO_LARGE max=9");
        }
    }

    #[test]
    fn an_answer_s_errors_come_before_its_details_and_all_are_shown_at_the_answer() {
        let desk = Desk::answer(json!({"type": "Checkbox", "options": options()}));
        let read = desk.try_read(&[("a", "Other"), ("a", "Juice"), ("other", "x")]).unwrap();
        let errors: Vec<_> =
            read.errors.iter().map(|(field, error)| (field.unwrap().to_owned(), error.key())).collect();
        assert_eq!(errors, [("a".to_owned(), "NOT_CHOICES"), ("a".to_owned(), "INVALID_NUMBER")]);
    }

    fn dynamic(fixed: Option<Json>) -> Desk {
        let mut answer = json!({
            "id": "a", "type": "Radio", "mandatory": false,
            "dynamic_options": {
                "values": {"source": "answers", "identifier": "drinks"},
                "transform": {"option-label-from-value": ["self", "drinks"]}
            }
        });
        if let Some(fixed) = fixed {
            answer["options"] = fixed;
        }
        let drinks =
            json!([{"label": "A cup of tea", "value": "Tea"}, {"label": "Coffee", "value": "Coffee"}]);
        Desk::asking(
            json!({"answers": [answer]}),
            &[json!({"answers": [
                {"id": "drinks", "type": "Checkbox", "mandatory": false, "label": "D", "options": drinks}
            ]})],
        )
    }

    #[test]
    fn dynamic_options_come_first_and_have_labels_made_by_their_rule() {
        let desk = dynamic(Some(json!([{"label": "None", "value": "None"}])))
            .storing("drinks", Value::List(vec![Value::text("Tea")]));
        let options = desk.ask(|asked, _| {
            let label =
                |label: &Label<'_>| if let Label::Made(made) = label { made.clone() } else { "…".into() };
            let options = asked.answers[0].options.iter();
            options.map(|option| format!("{} {}", option.value, label(&option.label))).collect::<Vec<_>>()
        });
        assert_eq!(options.unwrap(), ["Tea A cup of tea", "None …"]);
        assert_eq!(desk.of("Tea"), r#""Tea""#);
        assert_eq!(desk.of("Coffee"), "NOT_A_CHOICE");
    }

    #[test]
    fn a_choice_without_any_option_is_a_fault() {
        assert!(dynamic(Some(json!([{"label": "None", "value": "None"}]))).try_read(&[]).is_ok());
        let fault = dynamic(None).try_read(&[]).err().unwrap();
        assert_eq!(fault.why, FaultKind::NoOptions);
    }
}
