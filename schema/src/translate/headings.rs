//! The heading of the page on which a text stands: the title of the question, or that of the content.

use std::collections::HashMap;

use serde_json::Value;

use crate::upgrade::{Path, objects};

/// By the pointer of the question or content.
pub(super) struct Headings(HashMap<String, String>);

impl Headings {
    pub fn of(definition: &Value) -> Self {
        let mut headings = HashMap::new();
        objects(&mut definition.clone(), &mut |members, path| {
            if !matches!(path.shape().last().map(String::as_str), Some("question" | "content")) {
                return;
            }
            let title = match members.get("title") {
                Some(Value::String(title)) => Some(title.clone()),
                Some(title) => title
                    .get("text")
                    // Translators' files name a plural by its form for several.
                    .or_else(|| title.pointer("/text_plural/forms/other"))
                    .and_then(Value::as_str)
                    .map(str::to_owned),
                None => None,
            };
            headings.extend(title.map(|title| (path.pointer(), title)));
        });
        Self(headings)
    }

    /// The heading above a place.
    pub fn at(&self, path: &Path) -> Option<&str> {
        let pointer = path.pointer();
        let mut above = pointer.as_str();
        while let Some((outer, _)) = above.rsplit_once('/') {
            if let Some(heading) = self.0.get(outer) {
                return Some(heading);
            }
            above = outer;
        }
        None
    }
}
