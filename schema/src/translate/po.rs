//! Reading gettext's `.po`: entries of a context, the words, and their translations.
//!
//! Obsolete entries (`#~`) and fuzzy ones are passed over, as gettext passes them over.

use std::fmt;

/// One entry, its strings as they are meant, without escapes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// What tells apart the same words in two places.
    pub context: Option<String>,
    /// The words.
    pub words: String,
    /// The words for more than one.
    pub plural: Option<String>,
    /// The translation, or one for each plural form of the language.
    pub forms: Vec<String>,
    is_fuzzy: bool,
}

/// A line that is not of the format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// From 1.
    pub line: usize,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: not of the .po format", self.line)
    }
}

/// The entries of a file, its header (the one without words) among them.
///
/// # Errors
/// The first line that is none of the format's.
pub fn read_po(text: &str) -> Result<Vec<Entry>, Broken> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut field = Field::Context;
    let mut is_fuzzy = false;
    for (position, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let broken = || Broken { line: position + 1 };
        let line = line.trim();
        if let Some(comment) = line.strip_prefix('#') {
            is_fuzzy |= comment.starts_with(',') && comment.contains("fuzzy");
            continue;
        }
        if line.is_empty() {
            continue;
        }
        let (keyword, quoted) = line.split_at(line.find('"').ok_or_else(broken)?);
        let string = unquoted(quoted).ok_or_else(broken)?;
        if !keyword.is_empty() {
            field = Field::of(keyword.trim_end()).ok_or_else(broken)?;
        }
        let begins = match field {
            Field::Context => !keyword.is_empty(),
            // A context belongs to the words after it.
            Field::Words => {
                !keyword.is_empty()
                    && entries.last().is_none_or(|entry| !entry.forms.is_empty() || !entry.words.is_empty())
            }
            _ => false,
        };
        if begins {
            entries.push(Entry { is_fuzzy: std::mem::take(&mut is_fuzzy), ..Entry::default() });
        }
        let Some(entry) = entries.last_mut() else { continue };
        let place = match field {
            Field::Context => entry.context.get_or_insert_default(),
            Field::Words => &mut entry.words,
            Field::Plural => entry.plural.get_or_insert_default(),
            Field::Form(nth) => {
                if entry.forms.len() <= nth {
                    entry.forms.resize(nth + 1, String::new());
                }
                entry.forms.get_mut(nth).ok_or_else(broken)?
            }
        };
        place.push_str(&string);
    }
    entries.retain(|entry| !entry.forms.is_empty() && !entry.is_fuzzy);
    Ok(entries)
}

#[derive(Clone, Copy)]
enum Field {
    Context,
    Words,
    Plural,
    Form(usize),
}

impl Field {
    fn of(keyword: &str) -> Option<Self> {
        /// No language has more.
        const FORMS: usize = 6;
        match keyword {
            "msgctxt" => Some(Self::Context),
            "msgid" => Some(Self::Words),
            "msgid_plural" => Some(Self::Plural),
            "msgstr" => Some(Self::Form(0)),
            _ => {
                let nth = keyword.strip_prefix("msgstr[")?.strip_suffix(']')?.parse().ok()?;
                (nth < FORMS).then_some(Self::Form(nth))
            }
        }
    }
}

/// What stands between the quotes.
fn unquoted(quoted: &str) -> Option<String> {
    let inner = quoted.strip_prefix('"')?.strip_suffix('"')?;
    let mut string = String::new();
    let mut characters = inner.chars();
    while let Some(character) = characters.next() {
        string.push(match character {
            '\\' => match characters.next()? {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                other => other,
            },
            '"' => return None,
            other => other,
        });
    }
    Some(string)
}
