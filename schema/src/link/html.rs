//! An author's markup made harmless, once, and cut at its placeholders.
//!
//! eQ puts markup out as written. Here only tags and attributes that cannot act are kept, so that no definition,
//! whoever wrote it, can run a script on a respondent's page.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

use ammonia::Builder;

use crate::text::{Piece, Pieces};

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder
        .link_rel(None)
        // A page loads nothing that a definition names, and has no place for a picture of its own.
        .rm_tags(["img", "map", "area"])
        .generic_attributes(HashSet::from(["class", "dir", "lang", "title"]))
        .add_tag_attributes("a", ["rel", "target"])
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]));
    builder
});

/// Cleans a text and cuts it at every `{name}`, which `slot` turns into a piece's index if it is declared.
pub(super) fn pieces(text: &str, slot: impl Fn(&str) -> Option<u16>) -> Pieces {
    let clean = clean(text);
    let mut pieces = Pieces::new();
    let mut rest = &*clean;
    let mut tag = Tag::Outside;
    while let Some((literal, name, after)) = next_slot(rest) {
        if !literal.is_empty() {
            pieces.push(Piece::Html(literal.into()));
        }
        tag = tag.after(literal);
        pieces.push(if tag != Tag::Outside {
            Piece::InTag(name.into())
        } else if let Some(slot) = slot(name) {
            Piece::Slot(slot)
        } else {
            Piece::Undeclared(name.into())
        });
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Html(rest.into()));
    }
    pieces
}

/// Words without placeholders as one piece; braces in them are only braces.
pub(super) fn plain(text: &str) -> Pieces {
    if text.is_empty() { Pieces::new() } else { vec![Piece::Html(clean(text).into())] }
}

/// What stands before the next `{name}`, the name, and what stands after. Names: spec/01 §1.
fn next_slot(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    while let Some(at) = text[from..].find('{') {
        let open = from + at;
        let inner = &text[open + 1..];
        let length = inner.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
        if inner.as_bytes().get(length) == Some(&b'}') {
            return Some((&text[..open], &inner[..length], &inner[length + 1..]));
        }
        from = open + 1;
    }
    None
}

/// Where one stands in cleaned markup, of which `<` begins a tag for certain.
#[derive(Clone, Copy, PartialEq)]
enum Tag {
    Outside,
    Inside,
    Quoted(u8),
}

impl Tag {
    fn after(self, literal: &str) -> Self {
        literal.bytes().fold(self, |tag, byte| match (tag, byte) {
            (Self::Outside, b'<') => Self::Inside,
            (Self::Inside, b'>') => Self::Outside,
            (Self::Inside, b'"' | b'\'') => Self::Quoted(byte),
            (Self::Quoted(quote), _) if quote == byte => Self::Inside,
            (tag, _) => tag,
        })
    }
}

/// An author's markup, or an operator's, without what could act.
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.contains('<') {
        Cow::Owned(CLEANER.clean(text).to_string())
    } else if text.contains('&') {
        Cow::Owned(whole_ampersands(text))
    } else {
        Cow::Borrowed(text)
    }
}

/// Spells out an `&` that begins no character reference.
fn whole_ampersands(text: &str) -> String {
    let mut whole = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        whole.push_str(&rest[..=at]);
        rest = &rest[at + 1..];
        if !is_reference(rest) {
            whole.push_str("amp;");
        }
    }
    whole.push_str(rest);
    whole
}

/// Whether what follows an `&` makes it a character reference: `amp;`, `#38;`, `#x26;`.
fn is_reference(rest: &str) -> bool {
    let Some((name, _)) = rest.split_once(';') else { return false };
    match name.as_bytes() {
        [b'#', b'x' | b'X', digits @ ..] => !digits.is_empty() && digits.iter().all(u8::is_ascii_hexdigit),
        [b'#', digits @ ..] => !digits.is_empty() && digits.iter().all(u8::is_ascii_digit),
        [first, more @ ..] => first.is_ascii_alphabetic() && more.iter().all(u8::is_ascii_alphanumeric),
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str) -> String {
        plain(text)
            .iter()
            .map(|piece| if let Piece::Html(html) = piece { html.to_string() } else { String::new() })
            .collect()
    }

    #[test]
    fn markup_that_authors_use_is_kept() {
        for text in [
            "Are you <strong>sure</strong>, or <em>not</em>?",
            "<a href=\"https://www.ons.gov.uk\" target=\"_blank\" rel=\"noopener\">more</a>",
            "<span class=\"ons-u-vh\">hidden</span><br>",
            "<p>one</p><ul><li>two</li></ul>",
            "<a href=\"tel:0800\">ring</a>",
            "%(total)s &amp; %%",
        ] {
            assert_eq!(html(text), text);
        }
    }

    #[test]
    fn markup_that_acts_is_taken_out() {
        assert_eq!(html("a<script>b()</script><img src=x onerror=c()>d"), "ad");
        assert_eq!(html("<a href=\"javascript:d()\">e</a>"), "<a>e</a>");
    }

    #[test]
    fn a_bare_ampersand_is_spelled_out() {
        assert_eq!(html("M&S, R & D; &pound;5 &#163; &#xA3;"), "M&amp;S, R &amp; D; &pound;5 &#163; &#xA3;");
    }

    #[test]
    fn a_text_is_cut_at_its_placeholders() {
        let pieces = pieces("Is <b>{name}</b> {who} {not one}?", |name| (name == "name").then_some(0));
        assert_eq!(
            pieces,
            [
                Piece::Html("Is <b>".into()),
                Piece::Slot(0),
                Piece::Html("</b> ".into()),
                Piece::Undeclared("who".into()),
                Piece::Html(" {not one}?".into()),
            ]
        );
    }

    #[test]
    fn a_placeholder_inside_a_tag_is_told_apart() {
        let pieces = pieces("<a href=\"/x?{name}\">go</a> {name}", |_| Some(0));
        assert!(pieces.contains(&Piece::InTag("name".into())));
        assert_eq!(pieces.last(), Some(&Piece::Slot(0)));
    }
}
