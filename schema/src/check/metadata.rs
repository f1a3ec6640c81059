//! Does the questionnaire declare the launch data that its theme needs, and keep its promises? Source: spec/06 §3.1,
//! §3.10, §3.11.

use std::collections::HashSet;

use super::{Found, index::Index};
use crate::diagnostic::Diagnostic;

/// Themes whose submissions are receipted by business, whose pages name it.
const BUSINESS_THEMES: [&str; 10] = [
    "business",
    "default",
    "northernireland",
    "dbt",
    "dbt-ni",
    "dbt-dsit",
    "dbt-dsit-ni",
    "orr",
    "desnz",
    "desnz-ni",
];

pub(super) fn check(index: &Index<'_>, found: &mut Found) {
    metadata(index, found);
    hub(index, found);
    preview(index, found);
}

fn metadata(index: &Index<'_>, found: &mut Found) {
    let declared = index.root.items("metadata");
    let mut names = HashSet::new();
    for entry in &declared {
        if let Some(name) = entry.text("name").filter(|name| !names.insert(*name)) {
            let seen = format!("`{name}` declared again");
            found.push(
                Diagnostic::error("metadata-duplicate", &entry.pointer, seen, "remove one").about(name),
            );
        }
    }
    let theme = index.root.text("theme").unwrap_or_default();
    if BUSINESS_THEMES.contains(&theme) {
        for name in ["user_id", "period_id", "ru_name"].into_iter().filter(|name| !names.contains(name)) {
            let seen = format!("theme `{theme}` without `{name}`");
            let remedy = format!("declare `{name}` in `metadata`");
            found.push(Diagnostic::error("metadata-missing", "/metadata", seen, remedy).about(name));
        }
    }
}

fn hub(index: &Index<'_>, found: &mut Found) {
    let Some(options) = index.root.at(&["questionnaire_flow", "options"]) else { return };
    for required in options.items("required_completed_sections") {
        if let Some(id) = required.value.as_str().filter(|id| index.section_place(id).is_none()) {
            let seen = format!("`{id}`, which is no section");
            let remedy = "name a section, or take it off the list";
            found.push(Diagnostic::error("hub-section-unknown", &required.pointer, seen, remedy).about(id));
        }
    }
}

fn preview(index: &Index<'_>, found: &mut Found) {
    let has_introduction = index.blocks.iter().any(|block| block.node.kind() == "Introduction");
    if index.root.has_something("preview_questions") && !has_introduction {
        let seen = "questions can be previewed, and no page offers it";
        let remedy = "add an Introduction block, or remove `preview_questions`";
        found.push(Diagnostic::error("preview-without-introduction", "/preview_questions", seen, remedy));
    }
}
