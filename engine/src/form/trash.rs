//! Whatever is posted in whatever field, reading it ends well: a value that comes back unchanged, or an error.

#![expect(clippy::unwrap_used, reason = "tests")]

use schema::questionnaire::Locale;
use schema::value::Value;
use serde_json::{Value as Json, json};

use super::testing::{Desk, form, shown};
use crate::page::prefill::Filling;

/// A small generator of its own, so that a failure can be repeated by its seed (splitmix64).
struct Seeded(u64);

impl Seeded {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    /// Text that fields stumble over: digits of many scripts, signs, separators, marks, bytes that are no UTF-8.
    fn typed(&mut self) -> String {
        const PIECES: [&str; 36] = [
            "0",
            "1",
            "7",
            "9",
            "12",
            "2016",
            "007",
            "00",
            "٣",
            "𝟗",
            "²",
            "Ⅷ",
            "-",
            "+",
            ".",
            ",",
            "_",
            " ",
            "\u{a0}",
            "\t",
            "\r\n",
            "e",
            "Infinity",
            "NaN",
            "£",
            "%",
            "'",
            "<b>",
            "\0",
            "\u{202e}",
            "e\u{301}",
            "👩‍👩‍👧",
            "{x}",
            "%(max)s",
            "+44",
            "99999999999999999999999999999999",
        ];
        let mut typed = String::new();
        for _ in 0..self.below(7) {
            if self.below(12) == 0 {
                let bytes: Vec<u8> = (0..self.below(6)).map(|_| self.next() as u8).collect();
                typed.push_str(&String::from_utf8_lossy(&bytes));
            } else {
                typed.push_str(PIECES[self.below(PIECES.len())]);
            }
        }
        typed
    }
}

/// One answer of every kind, and the parts of its fields' names.
fn kinds() -> Vec<(Json, &'static [&'static str])> {
    let options = json!([
        {"label": "1", "value": "1"},
        {"label": "7", "value": "7", "detail_answer":
            {"id": "a-day", "type": "Number", "mandatory": false, "label": "D", "decimal_places": 1}}
    ]);
    vec![
        (json!({"type": "TextField", "max_length": 9}), &[""]),
        (json!({"type": "TextArea"}), &[""]),
        (json!({"type": "Number"}), &[""]),
        (json!({"type": "Number", "decimal_places": 6, "minimum": {"value": -1000}}), &[""]),
        (json!({"type": "Currency", "currency": "GBP", "decimal_places": 2}), &[""]),
        (json!({"type": "Radio", "options": options}), &["", "-day"]),
        (json!({"type": "Checkbox", "options": options}), &["", "", "-day"]),
        (json!({"type": "Dropdown", "options": [{"label": "1", "value": "1"}]}), &[""]),
        (json!({"type": "Date", "maximum": {"value": "now"}}), &["-day", "-month", "-year"]),
        (json!({"type": "MonthYearDate"}), &["-month", "-year"]),
        (json!({"type": "YearDate"}), &["-year"]),
        (json!({"type": "Duration", "units": ["years", "months"]}), &["-years", "-months"]),
        (json!({"type": "Address"}), &["-line1", "-line2", "-town", "-postcode", "-uprn"]),
        (json!({"type": "MobileNumber"}), &[""]),
    ]
}

/// The form that a page filled from what is stored would send.
fn sent_again(desk: &Desk, parts: &[&str]) -> Vec<(String, String)> {
    let filling = Filling::Stored(&desk.response.answers);
    let fields = desk.ask(|asked, _| {
        let answer = &asked.answers[0];
        let mut fields = vec![];
        for option in answer.options.iter().filter(|option| filling.is_chosen(answer, &option.value)) {
            fields.push(("a".to_owned(), option.value.to_string()));
        }
        for (_, detail) in answer.details() {
            fields.push((detail.field_id.to_string(), filling.text(detail).into_owned()));
        }
        if answer.options.is_empty() {
            for part in parts {
                let contents = match part.strip_prefix('-') {
                    Some(part) => filling.part(answer, part),
                    None => filling.text(answer),
                };
                fields.push((format!("a{part}"), contents.into_owned()));
            }
        }
        fields
    });
    fields.unwrap()
}

#[test]
fn whatever_is_posted_is_read_or_refused_and_what_is_read_comes_back_from_its_own_page() {
    let mut seeded = Seeded(3);
    let mut accepted = 0;
    for (answer, parts) in kinds() {
        for mandatory in [false, true] {
            for ui in [Locale::En, Locale::Eo] {
                let mut answer = answer.clone();
                answer["mandatory"] = mandatory.into();
                let mut desk = Desk::answer(answer.clone()).in_locale(ui);
                for _ in 0..400 {
                    let posted: Vec<_> =
                        parts.iter().map(|part| (format!("a{part}"), seeded.typed())).collect();
                    let fields: Vec<_> = posted.iter().map(|(name, typed)| (&**name, &**typed)).collect();
                    let told = desk.told(&fields);
                    let read = desk.try_read(&fields).unwrap();
                    // A point is no sign of decimals in Esperanto's data, so nobody counts those behind it.
                    if !read.errors.is_empty() || ui == Locale::Eo {
                        continue;
                    }
                    accepted += 1;
                    desk.response.answers = Default::default();
                    for (key, value) in read.values {
                        if let Some(value) = value {
                            desk.response.answers.set(key, value);
                        }
                    }
                    let again = sent_again(&desk, parts);
                    let again: Vec<_> = again.iter().map(|(name, typed)| (&**name, &**typed)).collect();
                    let values = desk.try_read(&again).unwrap().values;
                    let same = values.iter().all(|(key, value)| match value {
                        Some(value) => desk.response.answers.get(*key) == Some(value),
                        None => desk.response.answers.get(*key).is_none(),
                    });
                    let now: Vec<_> = values.iter().map(|(_, value)| value.as_ref().map(shown)).collect();
                    assert!(same, "{answer} {ui:?} {posted:?}: {told}, then {now:?}");
                }
            }
        }
    }
    assert!(accepted > 1_000, "{accepted} forms were accepted, too few to show anything");
}

#[test]
fn an_accepted_number_lies_within_its_bounds() {
    let desk = Desk::answer(json!({
        "type": "Number", "decimal_places": 2,
        "minimum": {"value": -7, "exclusive": true}, "maximum": {"value": 2016}
    }));
    let mut seeded = Seeded(5);
    for _ in 0..20_000 {
        let typed = seeded.typed();
        let read = desk.try_read(&[("a", &typed)]).unwrap();
        if let (true, [(_, Some(Value::Number(number)))]) = (read.errors.is_empty(), &read.values[..]) {
            assert!(*number > (-7).into() && *number <= 2016.into() && number.scale() <= 2, "{typed:?}");
        }
    }
    // The form itself says nothing of what was typed.
    assert_eq!(format!("{:?}", form(&[("a", "secret")])), "Form(1 fields …)");
}
