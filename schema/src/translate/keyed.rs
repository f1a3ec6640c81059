//! Texts under keys that stay when elements move: the id of the nearest element, then the fields below it, such as
//! `answer-abc/options/0/label`. Where an id stands more than once, as in the variants of a question, the second is
//! `…@2`. Of a text with plural forms each form has a key: `question-x/title/one`.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::forms::names;
use crate::check::texts::places::Places;
use crate::questionnaire::Locale;
use crate::upgrade::MORE_PLACES;

/// What neither eQ's validator nor an upgrade looks at: guidance within content; and words that are not shown as texts
/// are, what the survey is called among staff and the subject of a mail to us.
const BESIDE: [&str; 5] = [
    "description",
    "….arguments.email_subject",
    "….guidance.contents[].title",
    "….guidance.contents[].description",
    "….guidance.contents[].list[]",
];

/// A text of a definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keyed {
    pub key: String,
    /// Where it stands; of a plural form, where the text with all its forms stands.
    pub pointer: String,
    pub words: String,
    /// Which plural form it is.
    pub form: Option<String>,
}

/// All texts of a definition, in its order.
#[must_use]
pub fn keyed(definition: &Value) -> Vec<Keyed> {
    let mut walk = Walk { places: places(), seen: HashMap::new(), found: Vec::new() };
    walk.visit(definition, &mut Here::default());
    walk.found
}

/// A definition in another language: `words` gives what stands under a key, or nothing where it stays as it is.
#[must_use]
pub fn put(definition: &Value, language: Locale, words: impl Fn(&str) -> Option<String>) -> Value {
    let mut put = definition.clone();
    let mut plurals: Vec<(String, String)> = Vec::new();
    for Keyed { key, pointer, form, .. } in keyed(definition) {
        match form {
            None => {
                if let (Some(words), Some(place)) = (words(&key), put.pointer_mut(&pointer)) {
                    match place {
                        Value::Object(members) => members.insert("text".to_owned(), json!(words)),
                        place => Some(std::mem::replace(place, json!(words))),
                    };
                }
            }
            Some(form) => {
                let base = key.strip_suffix(&form).unwrap_or(&key).to_owned();
                if plurals.last().is_none_or(|(last, _)| *last != pointer) {
                    plurals.push((pointer, base));
                }
            }
        }
    }
    for (pointer, base) in plurals {
        let names = names(language);
        let forms = names.iter().map(|form| form.name()).filter_map(|form| {
            let found = words(&format!("{base}{form}"))?;
            Some((form.to_owned(), json!(found)))
        });
        let forms: Map<String, Value> = forms.collect();
        let place = put.pointer_mut(&pointer).and_then(|text| text.pointer_mut("/text_plural/forms"));
        if let Some(place) = place
            && forms.len() == names.len()
        {
            *place = Value::Object(forms);
        }
    }
    if let Some(top) = put.as_object_mut() {
        top.insert("language".to_owned(), json!(language.code()));
    }
    put
}

fn places() -> Places {
    let more: Vec<&'static str> = MORE_PLACES.iter().chain(&BESIDE).copied().collect();
    Places::and(&more)
}

struct Walk {
    places: Places,
    seen: HashMap<String, usize>,
    found: Vec<Keyed>,
}

/// Where the walk is: the path in three ways.
#[derive(Default)]
struct Here {
    pointer: String,
    shape: Vec<String>,
    key: String,
}

impl Walk {
    fn visit(&mut self, value: &Value, here: &mut Here) {
        match value {
            Value::String(words) if self.places.hold(&here.shape) => self.find(here, words, None),
            Value::Object(members) => {
                if (members.contains_key("text") || members.contains_key("text_plural"))
                    && self.places.hold(&here.shape)
                {
                    self.visit_text(members, here);
                    if let Some(placeholders) = members.get("placeholders") {
                        self.step(placeholders, here, "placeholders", "placeholders");
                    }
                    return;
                }
                let outside = here.key.clone();
                if let Some(id) = members.get("id").and_then(Value::as_str) {
                    here.key = id.to_owned();
                }
                for (name, member) in members {
                    self.step(member, here, name, name);
                }
                here.key = outside;
            }
            Value::Array(items) => {
                for (position, item) in items.iter().enumerate() {
                    self.step(item, here, &position.to_string(), "[]");
                }
            }
            _ => {}
        }
    }

    fn visit_text(&mut self, members: &Map<String, Value>, here: &Here) {
        if let Some(Value::String(words)) = members.get("text") {
            self.find(here, words, None);
        }
        let forms = members.get("text_plural").and_then(|plural| plural.get("forms")?.as_object());
        for (form, words) in forms.into_iter().flatten() {
            if let Value::String(words) = words {
                self.find(here, words, Some(form));
            }
        }
    }

    fn step(&mut self, value: &Value, here: &mut Here, name: &str, shape: &str) {
        let lengths = (here.pointer.len(), here.key.len());
        here.pointer.push('/');
        here.pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
        here.key.push('/');
        here.key.push_str(name);
        here.shape.push(shape.to_owned());
        self.visit(value, here);
        here.shape.pop();
        here.pointer.truncate(lengths.0);
        here.key.truncate(lengths.1);
    }

    fn find(&mut self, here: &Here, words: &str, form: Option<&str>) {
        let mut key = here.key.clone();
        if let Some(form) = form {
            key.push('/');
            key.push_str(form);
        }
        let times = self.seen.entry(key.clone()).or_default();
        *times += 1;
        if *times > 1 {
            // Before the form, so that all forms of a text share what stands before them.
            let number = format!("@{times}");
            let place = form.map_or(key.len(), |form| key.len() - form.len() - 1);
            key.insert_str(place, &number);
        }
        let pointer = here.pointer.clone();
        self.found.push(Keyed { key, pointer, words: words.to_owned(), form: form.map(str::to_owned) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn definition() -> Value {
        json!({
            "language": "en", "title": "Shop",
            "sections": [{"id": "s", "title": "All", "groups": [{"id": "g", "blocks": [
                {"id": "b", "type": "Question", "question_variants": [
                    {"question": {"id": "q", "title": "One?", "answers": [
                        {"id": "a", "type": "Radio", "label": "L", "options": [{"label": "Yes", "value": "Yes"}]}]}},
                    {"question": {"id": "q", "title": {"text": "Two {x}?", "placeholders": []}, "answers": []}},
                    {"question": {"id": "q", "title": {"text_plural": {"forms": {"one": "a shop", "other": "shops"}}}, "answers": []}},
                ]},
            ]}]}],
        })
    }

    #[test]
    fn a_key_is_the_nearest_id_and_the_fields_below_it() {
        let keys: Vec<String> = keyed(&definition()).into_iter().map(|text| text.key).collect();
        let expected = [
            "/title",
            "s/title",
            "q/title",
            "a/label",
            "a/options/0/label",
            "q/title@2",
            "q/title/one",
            "q/title/other",
        ];
        assert_eq!(keys, expected);
    }

    #[test]
    fn words_go_where_their_key_stands_and_nothing_else_changes() {
        let definition = definition();
        assert_eq!(put(&definition, Locale::En, |_| None), definition);
        let welsh = |key: &str| match key {
            "/title" => Some("Siop".to_owned()),
            "q/title@2" => Some("Dau {x}?".to_owned()),
            "a/options/0/label" => Some("Ydw".to_owned()),
            _ => key.strip_prefix("q/title/").map(str::to_owned),
        };
        let put = put(&definition, Locale::Cy, welsh);
        let variants = &put["sections"][0]["groups"][0]["blocks"][0]["question_variants"];
        assert_eq!(put["title"], "Siop");
        assert_eq!(put["language"], "cy");
        assert_eq!(variants[0]["question"]["title"], "One?");
        assert_eq!(
            variants[0]["question"]["answers"][0]["options"][0],
            json!({"label": "Ydw", "value": "Yes"})
        );
        assert_eq!(variants[1]["question"]["title"], json!({"text": "Dau {x}?", "placeholders": []}));
        let forms = variants[2]["question"]["title"]["text_plural"]["forms"].as_object();
        assert_eq!(forms.map(Map::len), Some(6), "Welsh has six");
    }
}
