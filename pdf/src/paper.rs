//! What is to be written: a page as the templates give it, with its words said, and markup for its body.

use std::fmt;

use serde::Deserialize;

/// A page on its way to paper. All of it is data: nothing in it is carried out.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// `en`, `cy` …, two or three letters.
    pub language: String,
    /// In the file's properties and its reader's title bar.
    pub title: String,
    /// Whose survey it is.
    pub author: String,
    /// The survey's title: above the first heading, and at the top of later pages.
    pub survey: String,
    /// With `{page}` and `{pages}` where the numbers go.
    pub page_of: String,
    /// Said at the end when there is a character that no font here has.
    pub unprintable: String,
    /// Headings, paragraphs, lists and description lists: HTML, cleaned by who made it.
    pub body: String,
}

impl fmt::Debug for Paper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Paper").field("language", &self.language).finish_non_exhaustive()
    }
}
