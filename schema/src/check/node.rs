//! A value of the document together with its JSON Pointer, so that whatever is found can be pointed to.

use serde_json::Value;

/// A place in the document. Reading what is not there gives nothing, never a panic: the shape may be wrong.
#[derive(Clone, Debug)]
pub(super) struct Node<'a> {
    pub value: &'a Value,
    pub pointer: String,
}

impl<'a> Node<'a> {
    pub fn root(value: &'a Value) -> Self {
        Self { value, pointer: String::new() }
    }

    /// The member under a key, if this is an object that has it.
    pub fn get(&self, key: &str) -> Option<Self> {
        let value = self.value.as_object()?.get(key)?;
        Some(Self {
            value,
            pointer: format!("{}/{}", self.pointer, key.replace('~', "~0").replace('/', "~1")),
        })
    }

    /// The member under a path of keys.
    pub fn at(&self, path: &[&str]) -> Option<Self> {
        let (first, rest) = path.split_first()?;
        let member = self.get(first)?;
        if rest.is_empty() { Some(member) } else { member.at(rest) }
    }

    /// The items of the list under a key; none if there is no such list.
    pub fn items(&self, key: &str) -> Vec<Self> {
        self.get(key).map(|list| list.elements()).unwrap_or_default()
    }

    /// The items of this list; none if it is no list.
    pub fn elements(&self) -> Vec<Self> {
        let Value::Array(items) = self.value else { return Vec::new() };
        items
            .iter()
            .enumerate()
            .map(|(index, value)| Self { value, pointer: format!("{}/{index}", self.pointer) })
            .collect()
    }

    /// The members of this object or the items of this list, in the order of the document.
    pub fn children(&self) -> Vec<Self> {
        match self.value {
            Value::Object(members) => members.keys().filter_map(|key| self.get(key)).collect(),
            _ => self.elements(),
        }
    }

    /// The text under a key.
    pub fn text(&self, key: &str) -> Option<&'a str> {
        self.value.as_object()?.get(key)?.as_str()
    }

    /// The text under `id`; empty where there is none, which no id of a sound definition is.
    pub fn id(&self) -> &'a str {
        self.text("id").unwrap_or_default()
    }

    /// The text under `type`; empty where there is none.
    pub fn kind(&self) -> &'a str {
        self.text("type").unwrap_or_default()
    }

    pub fn has(&self, key: &str) -> bool {
        self.value.as_object().is_some_and(|members| members.contains_key(key))
    }

    /// Whether something that is not null, false, nought or empty stands under a key.
    pub fn has_something(&self, key: &str) -> bool {
        self.value.as_object().and_then(|members| members.get(key)).is_some_and(is_something)
    }

    /// Shows this place and all below it, outermost first, in the order of the document.
    pub fn walk(&self, visit: &mut impl FnMut(&Self)) {
        visit(self);
        for child in self.children() {
            child.walk(visit);
        }
    }
}

/// Whether a value is not null, false, nought or empty.
pub(super) fn is_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(yes) => *yes,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty(),
    }
}
