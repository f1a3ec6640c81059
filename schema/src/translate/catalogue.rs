//! The translations of a questionnaire, found by heading and words.

use std::collections::HashMap;

use super::{po::Entry, quotes::plain};
use crate::{questionnaire::Locale, upgrade::mended};

/// The entries of one or several files of the same language; of two alike the first counts.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    entries: Vec<Entry>,
    under_heading: HashMap<(String, String), usize>,
    alone: HashMap<String, usize>,
    anywhere: HashMap<String, usize>,
    language: Option<Locale>,
}

impl Catalogue {
    /// Adds the entries of a file. Those without a translation are left out.
    pub fn add(&mut self, entries: Vec<Entry>) {
        for entry in entries {
            if entry.words.is_empty() {
                self.language = self.language.or_else(|| language_of(entry.forms.first()?));
                continue;
            }
            if entry.forms.iter().all(String::is_empty) {
                continue;
            }
            let place = self.entries.len();
            let words = key(&entry.words);
            self.anywhere.entry(words.clone()).or_insert(place);
            match &entry.context {
                Some(context) => self.under_heading.entry((key(context), words)).or_insert(place),
                None => self.alone.entry(words).or_insert(place),
            };
            self.entries.push(entry);
        }
    }

    /// The language that the files say they are in.
    #[must_use]
    pub fn language(&self) -> Option<Locale> {
        self.language
    }

    /// The entry for words on a page of that heading.
    pub(super) fn find(&self, heading: Option<&str>, words: &str) -> Option<&Entry> {
        let words = key(words);
        let place = heading
            .and_then(|heading| self.under_heading.get(&(key(heading), words.clone())))
            .or_else(|| self.alone.get(&words))
            .or_else(|| self.anywhere.get(&words))?;
        self.entries.get(*place)
    }
}

/// A text in the form in which two that mean the same are the same.
fn key(text: &str) -> String {
    plain(&mended(text).0)
}

/// `Language: cy_GB` in a header. Ulster Scots goes by `eo` in eQ.
fn language_of(header: &str) -> Option<Locale> {
    let code = header.lines().find_map(|line| line.strip_prefix("Language:"))?.trim();
    match code.split(['_', '-']).next()? {
        "sco" => Some(Locale::Eo),
        code => Locale::from_code(code),
    }
}
