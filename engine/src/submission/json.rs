//! Writes JSON as the receivers of submissions know it: `", "` and `": "` between, ASCII only, and every decimal
//! with the digits that were typed.

use std::fmt::Write;

use schema::value::Value;
use serde_json::Value as Json;

#[derive(Default)]
pub struct Writer {
    text: String,
    /// Whether the value to come is the first of its object or array.
    is_first: bool,
    after_key: bool,
}

impl Writer {
    pub fn finish(self) -> String {
        self.text
    }

    pub fn object<E>(&mut self, members: impl FnOnce(&mut Self) -> Result<(), E>) -> Result<(), E> {
        self.open_object();
        members(self)?;
        self.close_object();
        Ok(())
    }

    pub fn open_object(&mut self) {
        self.open('{');
    }

    pub fn close_object(&mut self) {
        self.close('}');
    }

    pub fn open_array(&mut self) {
        self.open('[');
    }

    pub fn close_array(&mut self) {
        self.close(']');
    }

    fn open(&mut self, bracket: char) {
        self.separate();
        self.text.push(bracket);
        self.is_first = true;
    }

    fn close(&mut self, bracket: char) {
        self.text.push(bracket);
        self.is_first = false;
    }

    fn separate(&mut self) {
        if self.after_key {
            self.after_key = false;
        } else if !self.is_first && !self.text.is_empty() {
            self.text.push_str(", ");
        }
        self.is_first = false;
    }

    pub fn key(&mut self, name: &str) {
        self.separate();
        self.quoted(name);
        self.text.push_str(": ");
        self.after_key = true;
    }

    pub fn text_member(&mut self, name: &str, value: &str) {
        self.key(name);
        self.text(value);
    }

    /// The head of everything that asks the office's services to send something (spec/05).
    pub fn event(&mut self, at: &str, transaction: &str) {
        self.key("event");
        self.open_object();
        self.text_member("type", "FULFILMENT_REQUESTED");
        self.text_member("source", "QUESTIONNAIRE_RUNNER");
        self.text_member("channel", "EQ");
        self.text_member("dateTime", at);
        self.text_member("transactionId", transaction);
        self.close_object();
    }

    pub fn text(&mut self, text: &str) {
        self.separate();
        self.quoted(text);
    }

    pub fn bool(&mut self, yes: bool) {
        self.separate();
        self.text.push_str(if yes { "true" } else { "false" });
    }

    fn raw(&mut self, text: &str) {
        self.separate();
        self.text.push_str(text);
    }

    fn quoted(&mut self, text: &str) {
        self.text.push('"');
        for c in text.chars() {
            match c {
                '"' => self.text.push_str("\\\""),
                '\\' => self.text.push_str("\\\\"),
                '\n' => self.text.push_str("\\n"),
                '\r' => self.text.push_str("\\r"),
                '\t' => self.text.push_str("\\t"),
                '\u{8}' => self.text.push_str("\\b"),
                '\u{c}' => self.text.push_str("\\f"),
                ' '..='~' => self.text.push(c),
                _ => {
                    for unit in c.encode_utf16(&mut [0; 2]) {
                        let _ = write!(self.text, "\\u{unit:04x}");
                    }
                }
            }
        }
        self.text.push('"');
    }

    pub fn json(&mut self, json: &Json) {
        match json {
            Json::Null => self.raw("null"),
            Json::Bool(yes) => self.bool(*yes),
            Json::Number(number) => self.raw(&number.to_string()),
            Json::String(text) => self.text(text),
            Json::Array(items) => {
                self.open_array();
                items.iter().for_each(|item| self.json(item));
                self.close_array();
            }
            Json::Object(members) => {
                self.open_object();
                for (name, value) in members {
                    self.key(name);
                    self.json(value);
                }
                self.close_object();
            }
        }
    }

    pub fn value(&mut self, value: &Value) {
        match value {
            Value::Null => self.raw("null"),
            Value::Bool(yes) => self.bool(*yes),
            Value::Number(number) => self.raw(&number.to_string()),
            Value::Text(text) => self.text(text),
            Value::Date(date) => self.text(&date.to_string()),
            Value::List(items) => {
                self.open_array();
                items.iter().for_each(|item| self.value(item));
                self.close_array();
            }
            Value::Parts(parts) => {
                self.open_object();
                for (name, value) in parts {
                    self.key(name);
                    self.value(value);
                }
                self.close_object();
            }
            Value::Relationships(pairs) => {
                self.open_array();
                for pair in pairs {
                    self.open_object();
                    self.text_member("list_item_id", pair.from.as_str());
                    self.text_member("to_list_item_id", pair.to.as_str());
                    self.text_member("relationship", &pair.relationship);
                    self.close_object();
                }
                self.close_array();
            }
        }
    }
}
