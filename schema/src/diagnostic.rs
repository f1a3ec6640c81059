//! An author's mistakes, told so that they can be mended: where, what was seen, what would do.

use std::{fmt, io::IsTerminal};

use serde_json::{Value, json};

/// Whether a finding makes the definition invalid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// eQ's own validator refuses the definition for it: it may not be published.
    Error,
    /// eQ lets it pass and so do we; it is still likely to be a mistake.
    Warning,
}

/// One finding about a definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of fault: one of `conformance/validator/codes.md`, or our own for a warning.
    pub code: &'static str,
    /// Whether it makes the definition invalid.
    pub severity: Severity,
    /// JSON Pointer to the faulty place; empty for the whole document.
    pub pointer: String,
    /// The id of the element at the pointer, or the one it wrongly names.
    pub id: Option<String>,
    /// What stands there.
    pub seen: String,
    /// What would mend it.
    pub remedy: String,
}

impl Diagnostic {
    /// An error without an id of its own.
    pub fn error(
        code: &'static str,
        pointer: impl Into<String>,
        seen: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            code,
            severity: Severity::Error,
            pointer: pointer.into(),
            id: None,
            seen: seen.into(),
            remedy: remedy.into(),
        }
    }

    /// A warning without an id of its own.
    pub fn warning(
        code: &'static str,
        pointer: impl Into<String>,
        seen: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, pointer, seen, remedy) }
    }

    /// The same about a named element.
    #[must_use]
    pub fn about(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }
}

/// Everything found in one definition, in the order of the document, errors and warnings together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The findings.
    pub diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// Whether there is no error; warnings do not count.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.errors().next().is_none()
    }

    /// The findings that make the definition invalid.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// The findings that do not.
    pub fn warnings(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Warning)
    }

    /// The form that other tools read: `{"valid", "errors": [{"code", "pointer", "id"?, "message"}]}`.
    ///
    /// eQ looks no further when the shape is wrong; then only its faults are listed here, since what else was found may
    /// follow from them.
    ///
    /// Source: conformance/validator/README.md.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let is_misshapen = self.errors().any(|diagnostic| diagnostic.code == crate::check::STRUCTURE);
        let errors: Vec<Value> = self
            .errors()
            .filter(|diagnostic| !is_misshapen || diagnostic.code == crate::check::STRUCTURE)
            .map(|diagnostic| {
                let mut error = json!({
                    "code": diagnostic.code,
                    "pointer": diagnostic.pointer,
                    "message": format!("{}: {}", diagnostic.seen, diagnostic.remedy),
                });
                if let Some(id) = &diagnostic.id {
                    error["id"] = json!(id);
                }
                error
            })
            .collect();
        json!({"valid": errors.is_empty(), "errors": errors})
    }

    /// The report in colour when `stream` is a terminal that wants it, else plain.
    #[must_use]
    pub fn painted(&self, stream: &impl IsTerminal, wants_colour: bool) -> String {
        if stream.is_terminal() && wants_colour { format!("{self:#}") } else { self.to_string() }
    }
}

/// `{}` is plain, `{:#}` in colour.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, paint) = match self.severity {
            Severity::Error => ("error", "\x1b[1;31m"),
            Severity::Warning => ("warning", "\x1b[1;33m"),
        };
        let (paint, faint, end) = if f.alternate() { (paint, "\x1b[2m", "\x1b[0m") } else { ("", "", "") };
        let place = if self.pointer.is_empty() { "/" } else { &self.pointer };
        writeln!(f, "{paint}{name}{end} {} {faint}at{end} {place}", self.code)?;
        writeln!(f, "  {faint}seen{end}  {}", printable(&self.seen))?;
        writeln!(f, "  {faint}mend{end}  {}", printable(&self.remedy))
    }
}

/// `{}` is plain, `{:#}` in colour.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for diagnostic in &self.diagnostics {
            fmt::Display::fmt(diagnostic, f)?;
        }
        Ok(())
    }
}

/// Definitions come from anywhere: nothing in them may steer the terminal.
fn printable(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { '\u{fffd}' } else { character }).collect()
}
