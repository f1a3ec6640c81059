//! Linking whatever it is given: a definition damaged anywhere gives a questionnaire or a report, never a panic.

use serde_json::{Value, json};

use super::{block, definition, indices_lead_where_they_say, section};
use crate::link;

/// A small generator of its own, so that a failure can be repeated by its seed (splitmix64).
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % end.max(1) as u64) as usize
    }
}

/// Every place of a document.
fn pointers(value: &Value, at: String, all: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                pointers(value, format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), all);
            }
        }
        Value::Array(items) => {
            for (nth, value) in items.iter().enumerate() {
                pointers(value, format!("{at}/{nth}"), all);
            }
        }
        _ => {}
    }
    all.push(at);
}

fn rich() -> Value {
    let title = json!({
        "text_plural": {"forms": {"one": "{n} <b>cat</b>", "other": "{n} cats & {m}"},
            "count": {"source": "answers", "identifier": "one-answer"}},
        "placeholders": [{"placeholder": "n", "transforms": [
            {"transform": "concatenate_list", "arguments": {
                "list_to_concatenate": [{"source": "answers", "identifier": "one-answer",
                    "list_item_selector": {"source": "location", "identifier": "list_item_id"}}],
                "delimiter": " "}},
            {"transform": "format_possessive", "arguments": {
                "string_to_format": {"source": "previous_transform"}}}
        ]}],
    });
    let choice = json!({
        "id": "two", "type": "Question",
        "skip_conditions": {"when": {"and": [
            {"==": [{"source": "answers", "identifier": "one-answer"}, null]},
            {">": [{"date": ["now", {"days": -7, "day_of_week": "MONDAY"}]}, {"date": ["2020-01-01"]}]}
        ]}},
        "question": {"id": "two-question", "type": "General", "title": title, "answers": [{
            "id": "two-answer", "type": "Radio", "mandatory": true,
            "options": [{"label": "Yes", "value": "Yes", "detail_answer":
                {"id": "two-detail", "type": "Number", "mandatory": false, "label": "N",
                 "maximum": {"value": {"source": "calculated_summary", "identifier": "sum"}}}}],
            "dynamic_options": {"values": {"map": [{"format-date": ["self", "yyyy"]},
                {"date-range": [{"date": ["now"]}, 3]}]}, "transform": {"format-date": [{"date": ["self"]}, "yyyy"]}}
        }]},
    });
    let nested = |kind: &str, id: &str| {
        let mut nested = block(id, &json!("Who?"));
        nested["type"] = json!(kind);
        nested
    };
    let mut collector = block("collector", &json!("Anyone else?"));
    collector["type"] = json!("ListCollector");
    collector["for_list"] = json!("people");
    collector["add_block"] = nested("ListAddQuestion", "add");
    collector["edit_block"] = nested("ListEditQuestion", "edit");
    collector["remove_block"] = nested("ListRemoveQuestion", "remove");
    collector["repeating_blocks"] = json!([nested("ListRepeatingQuestion", "again")]);
    collector["summary"] = json!({"title": "People", "item_title": title_of("add-answer")});
    collector["same_name_answer_ids"] = json!(["add-answer"]);
    let sum = json!({
        "id": "sum", "type": "CalculatedSummary", "title": "Total %(total)s",
        "calculation": {"title": "Total", "operation": {"+": [
            {"source": "answers", "identifier": "two-detail"},
            {"source": "answers", "identifier": "again-answer"}]}},
    });
    let grand = json!({
        "id": "grand", "type": "GrandCalculatedSummary", "title": "All",
        "calculation": {"title": "All", "operation": {"+": [
            {"source": "calculated_summary", "identifier": "sum"},
            {"source": "calculated_summary", "identifier": "grand"}]}},
    });
    definition(&json!([
        section("first", &json!([block("one", &json!("One?")), choice, collector, sum])),
        section("second", &json!([grand])),
    ]))
}

fn title_of(answer: &str) -> Value {
    json!({"text": "{who}", "placeholders": [
        {"placeholder": "who", "value": {"source": "answers", "identifier": answer}}]})
}

#[test]
fn a_definition_damaged_anywhere_never_panics() {
    let whole = rich();
    link(&[&whole.to_string()]).unwrap();
    let mut all = Vec::new();
    pointers(&whole, String::new(), &mut all);
    let pieces: Vec<&Value> = all.iter().filter_map(|pointer| whole.pointer(pointer)).collect();
    let strange = [
        json!(null),
        json!(true),
        json!(-1),
        json!(1e300),
        json!(18_446_744_073_709_551_615_u64),
        json!(""),
        json!("{"),
        json!("{}{a}<a href='{b}'>&&#x;<!--"),
        json!([]),
        json!({}),
        json!([[]]),
        json!({"source": "answers"}),
        json!({"==": []}),
    ];
    let mut seeded = Seeded(1);
    let (mut linked, mut refused) = (0, 0);
    for _ in 0..1_500 {
        let mut damaged = whole.clone();
        for _ in 0..=seeded.below(3) {
            let pointer = &all[seeded.below(all.len())];
            let Some(place) = damaged.pointer_mut(pointer) else { continue };
            *place = match seeded.below(3) {
                0 => strange[seeded.below(strange.len())].clone(),
                1 => pieces[seeded.below(pieces.len())].clone(),
                _ => match place.take() {
                    Value::Object(mut map) => {
                        let keys: Vec<String> = map.keys().cloned().collect();
                        if let Some(key) = keys.get(seeded.below(keys.len())) {
                            map.shift_remove(key);
                        }
                        Value::Object(map)
                    }
                    Value::Array(mut items) => {
                        items.truncate(seeded.below(items.len() + 1));
                        Value::Array(items)
                    }
                    _ => json!("another"),
                },
            };
        }
        let text = damaged.to_string();
        // As the base, and as another language of the whole one.
        match link(&[&text]) {
            Ok(questionnaire) => {
                linked += 1;
                indices_lead_where_they_say(&questionnaire);
            }
            Err(report) => {
                refused += 1;
                assert!(!report.diagnostics.is_empty());
            }
        }
        let with_translation = link(&[&whole.to_string(), &text.replacen("\"en\"", "\"cy\"", 1)]);
        indices_lead_where_they_say(&with_translation.unwrap());
    }
    assert!(linked > 50 && refused > 50, "{linked} linked, {refused} refused");
}
