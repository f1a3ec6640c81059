//! What the inputs of a question show: what is stored, or after a refusal what was typed.

use std::borrow::Cow;

use schema::questionnaire::AnswerKind;
use schema::value::{Number, Value};

use crate::form::{AskedAnswer, Form};
use crate::response::Answers;

/// Where inputs have their contents from. Defaults are never filled in (spec/01 §6.3).
#[derive(Clone, Copy)]
pub enum Filling<'a> {
    Stored(&'a Answers),
    /// As typed, right or wrong (spec/04 §1).
    Posted(&'a Form),
    /// The option of a relationship, if one was chosen.
    Chosen(Option<&'a str>),
    Nothing,
}

impl<'a> Filling<'a> {
    /// The contents of an input that stands alone: of text, numbers, dropdowns.
    ///
    /// Source: spec/04 §10.
    pub fn text(self, asked: &AskedAnswer<'_>) -> Cow<'a, str> {
        match self {
            Self::Nothing | Self::Chosen(_) => "".into(),
            Self::Posted(form) => form.get(&asked.field_id).unwrap_or("").into(),
            Self::Stored(answers) => match (answers.get(asked.key), &asked.answer.kind) {
                (Some(Value::Text(text)), _) => Cow::Borrowed(text),
                (Some(Value::Number(number)), AnswerKind::Number(answer)) => {
                    with_decimals(*number, answer.decimal_places).into()
                }
                (Some(Value::Number(number)), _) => number.to_string().into(),
                _ => "".into(),
            },
        }
    }

    /// Whether an option is chosen.
    pub fn is_chosen(self, asked: &AskedAnswer<'_>, value: &str) -> bool {
        match self {
            Self::Nothing => false,
            Self::Chosen(chosen) => chosen == Some(value),
            Self::Posted(form) => form.all(&asked.field_id).any(|posted| posted == value),
            Self::Stored(answers) => match answers.get(asked.key) {
                Some(Value::Text(text)) => text == value,
                Some(Value::List(chosen)) => chosen.iter().any(|chosen| chosen.as_text() == Some(value)),
                _ => false,
            },
        }
    }

    /// The contents of one input of several: `day`, `month`, `year` of a date; `years`, `months` of a duration;
    /// `line1`, `line2`, `town`, `postcode`, `uprn` of an address.
    ///
    /// Source: spec/04 §10.
    pub fn part(self, asked: &AskedAnswer<'_>, part: &str) -> Cow<'a, str> {
        match self {
            Self::Nothing | Self::Chosen(_) => "".into(),
            Self::Posted(form) => form.part(&asked.field_id, part).into(),
            Self::Stored(answers) => match answers.get(asked.key) {
                Some(Value::Text(date)) => part_of_date(date, part).into(),
                Some(value) => match value.part(part) {
                    Some(Value::Text(text)) => Cow::Borrowed(text),
                    Some(Value::Number(number)) => number.to_string().into(),
                    _ => "".into(),
                },
                None => "".into(),
            },
        }
    }
}

/// With its zeros: `2016-01-02` shows `01`.
fn part_of_date<'a>(date: &'a str, part: &str) -> &'a str {
    let at = match part {
        "year" => 0,
        "month" => 1,
        "day" => 2,
        _ => return "",
    };
    date.split('-').nth(at).unwrap_or("")
}

/// As many decimals as the field takes: `10.5` shows `10.50`. A whole-number field shows what is stored.
fn with_decimals(number: Number, decimal_places: u32) -> String {
    let mut number = number;
    if decimal_places > 0 {
        number.rescale(decimal_places);
    }
    number.to_string()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use serde_json::{Value as Json, json};

    use super::*;
    use crate::form::testing::{Desk, form};

    fn filled(answer: Json, value: Value<'static>, part: Option<&str>) -> String {
        let desk = Desk::answer(answer).storing("a", value);
        let filling = Filling::Stored(&desk.response.answers);
        let contents = desk.ask(|asked, _| match part {
            Some(part) => filling.part(&asked.answers[0], part).into_owned(),
            None => filling.text(&asked.answers[0]).into_owned(),
        });
        contents.unwrap()
    }

    #[test]
    fn a_stored_number_shows_as_many_decimals_as_its_field_takes() {
        for (places, stored, shown) in [
            (2, "10.5", "10.50"),
            (2, "10", "10.00"),
            (0, "10", "10"),
            (0, "1000", "1000"),
            (2, "0.10", "0.10"),
        ] {
            let answer = json!({"type": "Number", "decimal_places": places});
            assert_eq!(filled(answer, Value::Number(stored.parse().unwrap()), None), shown);
        }
    }

    #[test]
    fn a_stored_date_keeps_its_zeros_and_a_duration_has_none() {
        for (part, shown) in [("day", "02"), ("month", "01"), ("year", "2016")] {
            assert_eq!(filled(json!({"type": "Date"}), Value::text("2016-01-02"), Some(part)), shown);
        }
        let parts =
            vec![("years".into(), Value::Number(2.into())), ("months".into(), Value::Number(0.into()))];
        let duration = json!({"type": "Duration", "units": ["years", "months"]});
        assert_eq!(filled(duration.clone(), Value::Parts(parts.clone()), Some("years")), "2");
        assert_eq!(filled(duration, Value::Parts(parts), Some("months")), "0");
    }

    #[test]
    fn a_default_is_not_filled_in() {
        let desk = Desk::answer(json!({"type": "Number", "default": 7}));
        let shown =
            desk.ask(|asked, _| Filling::Stored(&desk.response.answers).text(&asked.answers[0]).into_owned());
        assert_eq!(shown.unwrap(), "");
    }

    #[test]
    fn after_a_refusal_the_inputs_show_what_was_typed() {
        let desk = Desk::answer(json!({"type": "Number"})).storing("a", Value::Number(5.into()));
        let posted = form(&[("a", " 1,x"), ("a-day", "40")]);
        let shown = desk.ask(|asked, _| {
            let (filling, answer) = (Filling::Posted(&posted), &asked.answers[0]);
            [filling.text(answer).into_owned(), filling.part(answer, "day").into_owned()]
        });
        assert_eq!(shown.unwrap(), [" 1,x", "40"]);
    }

    #[test]
    fn what_was_chosen_is_checked() {
        let options = json!([{"label": "Tea", "value": "Tea"}, {"label": "Coffee", "value": "Coffee"}]);
        let stored = Value::List(vec![Value::text("Coffee")]);
        let desk = Desk::answer(json!({"type": "Checkbox", "options": options})).storing("a", stored);
        let posted = form(&[("a", "Tea")]);
        for (filling, shown) in [
            (Filling::Stored(&desk.response.answers), [false, true]),
            (Filling::Posted(&posted), [true, false]),
        ] {
            let chosen = desk
                .ask(|asked, _| ["Tea", "Coffee"].map(|value| filling.is_chosen(&asked.answers[0], value)));
            assert_eq!(chosen.unwrap(), shown);
        }
    }
}
