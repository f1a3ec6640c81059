//! HTML as blocks of text: headings, paragraphs, lists, and description lists as rows whose first cell says what the
//! second is about.
//!
//! The markup is ours around that of authors, cleaned; it is read as a browser would, so that nothing in it can be
//! anything but text or one of the few kinds below.

mod reading;

use std::ops::Range;

pub use reading::body;

/// A page's body.
#[derive(Debug, Default, PartialEq)]
pub struct Body {
    pub blocks: Vec<Block>,
    /// By [`Mark::link`], from 1.
    pub links: Vec<String>,
    /// By [`Mark::language`], from 1.
    pub languages: Vec<String>,
}

#[derive(Debug, PartialEq)]
pub enum Block {
    /// Of a level, from 1, none of which is passed over.
    Heading(u16, Rich),
    Paragraph(Rich),
    List {
        is_numbered: bool,
        items: Vec<Vec<Block>>,
    },
    Rows(Vec<Row>),
    Aside(Vec<Block>),
}

/// What is said of something.
#[derive(Debug, Default, PartialEq)]
pub struct Row {
    pub of: Vec<Block>,
    pub said: Vec<Block>,
}

/// Text with its emphasis, links and languages; a line end in it is one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rich {
    pub text: String,
    /// In order, all of the text.
    pub spans: Vec<(Range<usize>, Mark)>,
}

/// What a piece of text is besides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    pub is_bold: bool,
    pub is_italic: bool,
    pub is_underlined: bool,
    pub is_struck: bool,
    /// 0: none.
    pub link: u16,
    /// 0: the page's.
    pub language: u16,
}

impl Rich {
    /// Text that is nothing besides.
    pub fn plain(text: String) -> Rich {
        let mut rich = Rich::default();
        rich.push(&text, Mark::default());
        rich
    }

    /// Two texts of one that is longer than so many bytes: cut after white space where there is any.
    pub fn cut(&self, longest: usize) -> Option<(Rich, Rich)> {
        if self.text.len() <= longest {
            return None;
        }
        let longest = self.text.floor_char_boundary(longest);
        let space = self.text[..longest].rfind([' ', '\n']).map(|at| at + 1);
        let at = space.unwrap_or(longest);
        let part = |from: usize, to: usize| {
            let spans = self.spans.iter().filter(|(range, _)| range.start < to && range.end > from);
            let spans =
                spans.map(|(range, mark)| (range.start.max(from) - from..range.end.min(to) - from, *mark));
            Rich { text: self.text[from..to].to_owned(), spans: spans.collect() }
        };
        Some((part(0, at), part(at, self.text.len())))
    }

    fn push(&mut self, text: &str, mark: Mark) {
        if text.is_empty() {
            return;
        }
        let from = self.text.len();
        self.text.push_str(text);
        match self.spans.last_mut() {
            Some((range, last)) if *last == mark => range.end = self.text.len(),
            _ => self.spans.push((from..self.text.len(), mark)),
        }
    }

    fn trim_end(&mut self) {
        let length = self.text.trim_end_matches('\n').len();
        self.text.truncate(length);
        self.spans.retain(|(range, _)| range.start < length);
        if let Some((range, _)) = self.spans.last_mut() {
            range.end = length;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_after_a_space_and_keeps_its_marks() {
        let mut rich = Rich::plain("one ".to_owned());
        rich.push("two three", Mark { is_bold: true, ..Mark::default() });
        let (first, rest) = rich.cut(9).unwrap_or_default();
        assert_eq!((first.text.as_str(), rest.text.as_str()), ("one two ", "three"));
        assert_eq!((first.spans.len(), first.spans[1].0.clone()), (2, 4..8));
        assert_eq!((rest.spans.len(), rest.spans[0].0.clone()), (1, 0..5));
        assert_eq!(rich.cut(13), None);
        assert_eq!(Rich::plain("éé".to_owned()).cut(3).map(|(first, _)| first.text), Some("é".to_owned()));
    }
}
