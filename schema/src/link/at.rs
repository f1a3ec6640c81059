//! Where linking stands: at one place of the base definition, and at the same place of every other language's.

use std::cell::RefCell;
use std::fmt::Write;

use serde_json::Value;

use super::REMEDY;
use super::names::Index;
use crate::check::STRUCTURE;
use crate::diagnostic::Diagnostic;
use crate::questionnaire::Pointer;

/// What every part of linking may look up.
pub(super) struct Shared<'a> {
    pub names: &'a Index,
    /// The documents of the other languages.
    pub others: &'a [Value],
    pub problems: RefCell<Vec<Diagnostic>>,
}

/// A place, by the steps that lead to it. Costs nothing to make; the pointer is written out only when asked for.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    pub shared: &'a Shared<'a>,
    up: Option<&'a At<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

impl<'a> At<'a> {
    pub fn root(shared: &'a Shared<'a>) -> Self {
        Self { shared, up: None, step: Step::Root }
    }

    pub fn key<'b>(&'b self, key: &'b str) -> At<'b> {
        At { shared: self.shared, up: Some(self), step: Step::Key(key) }
    }

    pub fn index(&self, index: usize) -> At<'_> {
        At { shared: self.shared, up: Some(self), step: Step::Index(index) }
    }

    pub fn names(&self) -> &'a Index {
        self.shared.names
    }

    pub fn pointer(&self) -> Pointer {
        let mut pointer = String::new();
        self.write(&mut pointer);
        Pointer(pointer.into())
    }

    fn write(&self, pointer: &mut String) {
        if let Some(up) = self.up {
            up.write(pointer);
        }
        match self.step {
            Step::Root => {}
            Step::Key(key) => push_key(pointer, key),
            Step::Index(index) => push_index(pointer, index),
        }
    }

    /// What stands here in each other language, if anything does.
    pub fn others(&self) -> impl Iterator<Item = Option<&'a Value>> + use<'a, '_> {
        self.shared.others.iter().map(|document| self.find(document))
    }

    fn find<'v>(&self, document: &'v Value) -> Option<&'v Value> {
        let above = match self.up {
            None => Some(document),
            Some(up) => up.find(document),
        }?;
        match self.step {
            Step::Root => Some(above),
            Step::Key(key) => above.get(key),
            Step::Index(index) => above.get(index),
        }
    }

    /// What `make` makes, or nothing if something was wrong on the way; of that no note is kept.
    pub fn unless_wrong<T>(&self, make: impl FnOnce() -> T) -> Option<T> {
        let before = self.shared.problems.borrow().len();
        let made = make();
        let mut problems = self.shared.problems.borrow_mut();
        if problems.len() == before {
            return Some(made);
        }
        problems.truncate(before);
        None
    }

    /// Notes that what stands here cannot be linked, in words that say what was seen.
    pub fn wrong(&self, seen: impl Into<String>) {
        let diagnostic = Diagnostic::error(STRUCTURE, &*self.pointer().0, seen, REMEDY);
        self.shared.problems.borrow_mut().push(diagnostic);
    }
}

pub(super) fn push_key(pointer: &mut String, key: &str) {
    pointer.push('/');
    if key.contains(['~', '/']) {
        pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
    } else {
        pointer.push_str(key);
    }
}

pub(super) fn push_index(pointer: &mut String, index: usize) {
    // Writing to a string cannot fail.
    let _ = write!(pointer, "/{index}");
}
