//! A page as a tagged PDF that everybody can read: PDF/UA-1, its fonts in it, in reading order.
//!
//! A program of its own (`main.rs`), so that what parses and lays out is no part of the process that holds everybody's
//! answers. A `paper` comes in; `markup` becomes blocks, of `letters` that the fonts have; `setting` breaks text into
//! lines, `layout` puts them on pages, and `drawing` writes what is then held against the standard.

mod drawing;
mod layout;
mod letters;
mod markup;
mod paper;
mod setting;

use drawing::Around;
use letters::{Daring, Letters};
pub use paper::Paper;
use setting::Setter;

/// A paper of which no accessible PDF comes. Nothing of it is told: it holds answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotWritten;

impl std::fmt::Display for NotWritten {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("no accessible PDF comes of it")
    }
}

impl std::error::Error for NotWritten {}

/// Lays a page out and writes it as PDF/UA-1.
///
/// # Errors
/// [`NotWritten`], after it was tried with fewer and fewer characters.
pub fn write(paper: &Paper) -> Result<Vec<u8>, NotWritten> {
    let mut setter = Setter::new();
    Daring::ALL.into_iter().find_map(|daring| attempt(paper, daring, &mut setter)).ok_or(NotWritten)
}

fn attempt(paper: &Paper, daring: Daring, setter: &mut Setter) -> Option<Vec<u8>> {
    let mut letters = Letters::new(daring);
    let body = markup::body(&paper.body, &mut letters);
    let mut plain = |text: &str| letters.printable(text, false, false).replace(['\n', '\r', '\t'], " ");
    let around = Around {
        language: plain(&paper.language),
        title: plain(&paper.title),
        author: plain(&paper.author),
        survey: plain(&paper.survey),
        page_of: plain(&paper.page_of),
    };
    let note = plain(&paper.unprintable);
    let note = letters.has_boxes().then_some(note);
    let pages = layout::lay_out(&around.author, &around.survey, &body, note, setter);
    drawing::draw(&around, &body, pages, setter)
}
