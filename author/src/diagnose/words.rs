//! A finding as a sentence, in English and Welsh.

use schema::diagnostic::Diagnostic;

use super::Text;

/// What is wrong, then what would mend it.
pub fn text(found: &Diagnostic) -> Text {
    let mend = sentence(&found.remedy);
    let en = if found.seen.is_empty() { mend } else { format!("{} {mend}", sentence(&found.seen)) };
    let cy = super::words::welsh(found.code).map_or_else(|| en.clone(), str::to_owned);
    Text { en, cy }
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let Some(first) = letters.next() else { return String::new() };
    let end = if text.ends_with(['.', '?', '!', '…']) { "" } else { "." };
    format!("{}{}{end}", first.to_uppercase(), letters.as_str())
}

/// What is wrong, in Welsh.
fn welsh(_code: &str) -> Option<&'static str> {
    None
}
