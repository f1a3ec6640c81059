//! What stands against a draft, told for its author: the findings of `schema`, each with the element and the field it
//! is about, in words of both languages.

mod words;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use schema::diagnostic::{self, Severity as Found};
use schema::value::Date;

use crate::drafts::{Patch, steps};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Stands against publishing.
    Error,
    /// Likely to be a mistake.
    Warning,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Diagnostic {
    pub code: String,
    pub severity: Severity,
    /// JSON Pointer into the definition.
    pub pointer: String,
    /// The id of the nearest element.
    pub element: Option<String>,
    /// The fields below that element, as a pointer without its first `/`.
    pub field: String,
    pub text: Text,
    /// What stands there.
    pub seen: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
}

/// A sentence in both languages of the interface.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Text {
    pub en: String,
    pub cy: String,
}

/// A change that mends a finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Fix {
    pub label: Text,
    /// Of the draft document.
    #[schema(value_type = Vec<crate::drafts::Operation>)]
    pub patch: Patch,
    /// Whether it changes nothing that a respondent was meant to read.
    pub safe: bool,
}

/// Everything that is wrong with a definition, in its order: what `schema` finds, and what would stop it from running.
#[must_use]
pub fn diagnose(definition: &Value, today: Date) -> Vec<Diagnostic> {
    let report = schema::check::check(definition, today);
    let mut found: Vec<Diagnostic> =
        report.diagnostics.iter().map(|found| diagnostic(definition, found)).collect();
    if report.is_valid()
        && let Err(report) = schema::link(&[&definition.to_string()])
    {
        // It is sound to eQ's validator, and still cannot be run.
        found.extend(
            report
                .diagnostics
                .iter()
                .map(|found| Diagnostic { severity: Severity::Error, ..diagnostic(definition, found) }),
        );
    }
    found
}

fn diagnostic(definition: &Value, found: &diagnostic::Diagnostic) -> Diagnostic {
    let (element, field) = nearest(definition, &found.pointer);
    Diagnostic {
        code: found.code.to_owned(),
        severity: match found.severity {
            Found::Error => Severity::Error,
            Found::Warning => Severity::Warning,
        },
        pointer: found.pointer.clone(),
        element: element.or_else(|| found.id.clone()),
        field,
        text: words::text(found),
        seen: (!found.seen.is_empty()).then(|| found.seen.clone()),
        fix: fix(definition, found),
    }
}

/// The id of the innermost element on the way to a place, and the way on from there.
fn nearest(definition: &Value, pointer: &str) -> (Option<String>, String) {
    let steps = steps(pointer).unwrap_or_default();
    let mut here = Some(definition);
    let (mut element, mut after) = (None, 0);
    for (depth, key) in steps.iter().enumerate() {
        here = here.and_then(|here| match here {
            Value::Object(members) => members.get(key),
            Value::Array(items) => items.get(key.parse::<usize>().ok()?),
            _ => None,
        });
        if let Some(id) = here.and_then(|here| here.get("id")).and_then(Value::as_str) {
            element = Some(id.to_owned());
            after = depth + 1;
        }
    }
    (element, steps[after..].join("/"))
}

/// The spaces and quotes that can be mended without asking.
fn fix(definition: &Value, found: &diagnostic::Diagnostic) -> Option<Fix> {
    use crate::drafts::Operation::{Replace, Test};
    let text = definition.pointer(&found.pointer)?.as_str()?;
    let (mended, label) = match found.code {
        "text-stray-space" => (
            text.split_ascii_whitespace().collect::<Vec<_>>().join(" "),
            Text { en: "Take the spaces out".to_owned(), cy: "Tynnu’r bylchau".to_owned() },
        ),
        "text-straight-quote" if !text.contains(['"', '|', '<']) => {
            (text.replace('\'', "’"), Text { en: "Use ’".to_owned(), cy: "Defnyddio ’".to_owned() })
        }
        _ => return None,
    };
    let path = format!("/definition{}", found.pointer);
    let patch = vec![
        Test { path: path.clone(), value: Value::from(text) },
        Replace { path, value: Value::from(mended) },
    ];
    Some(Fix { label, patch, safe: true })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use serde_json::json;

    const TODAY: Date = jiff::civil::date(2026, 11, 30);

    fn definition() -> Value {
        serde_json::from_str(include_str!("../../questionnaires/features/first-journey/en.json")).unwrap()
    }

    #[test]
    fn a_sound_definition_has_no_findings() {
        assert_eq!(diagnose(&definition(), TODAY), []);
    }

    #[test]
    fn a_finding_names_the_nearest_element_and_the_field_below_it() {
        let mut definition = definition();
        let block = definition.pointer_mut("/sections/0/groups/0/blocks").unwrap();
        let at = block.as_array().unwrap().iter().position(|block| block["type"] == "Question").unwrap();
        block[at]["question"]["title"] = json!("Who  are you?");
        let id = block[at]["question"]["id"].as_str().unwrap().to_owned();
        let found = diagnose(&definition, TODAY);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].element.as_deref(), Some(&*id));
        assert_eq!(found[0].field, "title");
        assert_eq!(found[0].pointer, format!("/sections/0/groups/0/blocks/{at}/question/title"));
    }

    #[test]
    fn a_safe_fix_mends_what_it_is_offered_for() {
        let mut definition = definition();
        definition["title"] = json!("The  baker's shop");
        let found = diagnose(&definition, TODAY);
        let mut document = json!({"definition": definition});
        for diagnostic in found {
            let fix = diagnostic.fix.unwrap();
            assert!(fix.safe);
            // Each begins with what the text was, so that two for one text are not applied blindly.
            if let Ok((mended, _)) = crate::drafts::apply(&document, &fix.patch) {
                document = mended;
            }
        }
        let left = diagnose(&document["definition"], TODAY);
        assert!(left.len() < 2, "{left:?}");
    }
}
