//! What an upgrade could not keep, or wrote so that someone should look.

use std::fmt;

use serde_json::Value;

/// How much of the source is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Says less than before.
    Lost,
    /// Says it differently; someone should look.
    Changed,
}

/// One remark about an upgrade.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// How much is left.
    pub kind: Kind,
    /// JSON Pointer into the source.
    pub pointer: String,
    /// What became of it.
    pub said: String,
}

/// `changed /theme: …`
impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            Kind::Lost => "lost",
            Kind::Changed => "changed",
        };
        write!(f, "{kind} {}: {}", if self.pointer.is_empty() { "/" } else { &self.pointer }, self.said)
    }
}

/// The notes taken so far.
#[derive(Default)]
pub(super) struct Notes(Vec<Note>);

impl Notes {
    pub fn lost(&mut self, pointer: impl Into<String>, said: impl Into<String>) {
        self.0.push(Note { kind: Kind::Lost, pointer: pointer.into(), said: said.into() });
    }

    pub fn changed(&mut self, pointer: impl Into<String>, said: impl Into<String>) {
        self.0.push(Note { kind: Kind::Changed, pointer: pointer.into(), said: said.into() });
    }

    pub fn in_order_of(mut self, source: &Value) -> Vec<Note> {
        self.0.sort_by_cached_key(|note| crate::check::place(source, &note.pointer));
        self.0
    }
}
