//! Walking a document that is changed on the way, always knowing where one is.

use serde_json::{Map, Value};

/// The keys and positions from the root to a place.
#[derive(Clone, Debug, Default)]
pub(crate) struct Path {
    steps: Vec<String>,
    /// The same with `[]` for every position.
    shape: Vec<String>,
}

impl Path {
    /// As a JSON Pointer.
    pub fn pointer(&self) -> String {
        self.steps.iter().fold(String::new(), |pointer, step| {
            format!("{pointer}/{}", step.replace('~', "~0").replace('/', "~1"))
        })
    }

    /// The pointer of a member.
    pub fn pointer_to(&self, key: &str) -> String {
        format!("{}/{}", self.pointer(), key.replace('~', "~0").replace('/', "~1"))
    }

    /// Keys, with `[]` for positions.
    pub fn shape(&self) -> &[String] {
        &self.shape
    }

    /// The last key; positions do not count.
    pub fn key(&self) -> &str {
        self.shape.iter().rev().find(|step| *step != "[]").map_or("", String::as_str)
    }

    /// Shows the members or items of the value at this place, each with its own path.
    pub fn each(&mut self, value: &mut Value, visit: &mut impl FnMut(&mut Value, &mut Self)) {
        match value {
            Value::Object(members) => {
                for (key, member) in members.iter_mut() {
                    self.enter(key);
                    visit(member, self);
                    self.leave();
                }
            }
            Value::Array(items) => {
                for (position, item) in items.iter_mut().enumerate() {
                    self.enter_item(&position.to_string());
                    visit(item, self);
                    self.leave();
                }
            }
            _ => {}
        }
    }

    fn enter(&mut self, key: &str) {
        self.steps.push(key.to_owned());
        self.shape.push(key.to_owned());
    }

    fn enter_item(&mut self, position: &str) {
        self.steps.push(position.to_owned());
        self.shape.push("[]".to_owned());
    }

    fn leave(&mut self) {
        self.steps.pop();
        self.shape.pop();
    }
}

/// Visits every value, outermost first, in the order of the document.
pub(crate) fn values(root: &mut Value, visit: &mut impl FnMut(&mut Value, &Path)) {
    walk(root, &mut Path::default(), visit);
}

/// Visits every object, outermost first, in the order of the document.
pub(crate) fn objects(root: &mut Value, visit: &mut impl FnMut(&mut Map<String, Value>, &Path)) {
    values(root, &mut |value, path| {
        if let Value::Object(members) = value {
            visit(members, path);
        }
    });
}

fn walk(value: &mut Value, path: &mut Path, visit: &mut dyn FnMut(&mut Value, &Path)) {
    visit(value, path);
    path.each(value, &mut |member, path| walk(member, path, visit));
}

/// Gives a member another key, in its place among the others.
pub(super) fn rename(members: &mut Map<String, Value>, from: &str, to: &str) {
    if members.contains_key(from) && !members.contains_key(to) {
        *members = std::mem::take(members)
            .into_iter()
            .map(|(key, value)| (if key == from { to.to_owned() } else { key }, value))
            .collect();
    }
}

/// The text under a key.
pub(super) fn text<'a>(members: &'a Map<String, Value>, key: &str) -> Option<&'a str> {
    members.get(key)?.as_str()
}
