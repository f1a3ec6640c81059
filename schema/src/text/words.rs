//! Puts an author's words together: the form for the count, the placeholders filled, all of it safe markup.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::transform::{Filling, fill};
use super::{Forms, Html, Piece, PluralForm, Text, TextIn, plural_form};
use crate::questionnaire::{LanguageIx, Link};
use crate::rule::{Fault, FaultKind, Scope, Source, resolve};
use crate::value::{Number, Value};

/// A text in one language, its placeholders filled. Without placeholders it is borrowed.
///
/// What was answered, launched with or supplied is escaped. Nothing there is `None`, a yes or no `True` or `False`.
///
/// # Errors
/// A placeholder that nobody declared or that stands inside a tag, a plural form that is not there, and whatever the
/// placeholders' sources and transforms cannot carry out.
///
/// Source: spec/01 §9.
pub fn words<'a>(text: &'a Text, language: LanguageIx, scope: &'a dyn Scope) -> Result<Html<'a>, Fault> {
    let text = text.in_language(language);
    let pieces = match &text.forms {
        Forms::One(pieces) => pieces,
        Forms::Plural { count, forms } => {
            let form = match self::count(count, scope)? {
                Some(count) => plural_form(count, scope.questionnaire().locale(language)),
                None => PluralForm::Other,
            };
            form_of(forms, form)?
        }
    };
    if let [Piece::Html(html)] = &pieces[..] {
        return Ok(Html::new(&**html));
    }
    let mut out = String::with_capacity(length_guess(pieces));
    for piece in pieces {
        match piece {
            Piece::Html(html) => out.push_str(html),
            Piece::Slot(slot) => fill_slot(&mut out, text, *slot, language, scope)?,
            Piece::Undeclared(name) => return Err(Fault::of(FaultKind::UnknownPlaceholder(name.clone()))),
            Piece::InTag(_) => return Err(Fault::of(FaultKind::PlaceholderInTag)),
        }
    }
    Ok(Html::new(out))
}

/// A text as the preview of the questions shows it: before anything was answered, only metadata is filled in, and a
/// plural is for none.
///
/// Source: spec/01 §9.3.
pub fn preview<'a>(text: &'a Text, language: LanguageIx, scope: &'a dyn Scope) -> Result<Html<'a>, Fault> {
    let text = text.in_language(language);
    let pieces = match &text.forms {
        Forms::One(pieces) => pieces,
        Forms::Plural { forms, .. } => {
            form_of(forms, plural_form(Number::ZERO, scope.questionnaire().locale(language)))?
        }
    };
    if let [Piece::Html(html)] = &pieces[..] {
        return Ok(Html::new(&**html));
    }
    let mut out = String::with_capacity(length_guess(pieces));
    for piece in pieces {
        match piece {
            Piece::Html(html) => out.push_str(html),
            Piece::Slot(slot) => {
                let placeholder = &text.placeholders[usize::from(*slot)];
                if placeholder.only_metadata {
                    fill_slot(&mut out, text, *slot, language, scope)?;
                } else {
                    out.push('{');
                    push_escaped(&mut out, &placeholder.name);
                    out.push('}');
                }
            }
            Piece::Undeclared(name) => return Err(Fault::of(FaultKind::UnknownPlaceholder(name.clone()))),
            Piece::InTag(_) => return Err(Fault::of(FaultKind::PlaceholderInTag)),
        }
    }
    Ok(Html::new(out))
}

/// A text that tells nothing of anybody, for the title of a window and its history: `…` for every placeholder, no
/// markup, the form for the rest of the counts. Plain text, to be escaped like any other.
///
/// Source: spec/02 §13.
pub fn safe_title(text: &Text, language: LanguageIx) -> Cow<'_, str> {
    let pieces = match &text.in_language(language).forms {
        Forms::One(pieces) => pieces,
        Forms::Plural { forms, .. } => match form_of(forms, PluralForm::Other) {
            Ok(pieces) => pieces,
            Err(_) => return Cow::Borrowed(""),
        },
    };
    if let [Piece::Html(html)] = &pieces[..] {
        return plain(Cow::Borrowed(html));
    }
    let mut out = String::with_capacity(length_guess(pieces));
    for piece in pieces {
        match piece {
            Piece::Html(html) => out.push_str(html),
            Piece::Slot(_) | Piece::Undeclared(_) | Piece::InTag(_) => out.push('…'),
        }
    }
    Cow::Owned(plain(Cow::Owned(out)).into_owned())
}

fn length_guess(pieces: &[Piece]) -> usize {
    pieces.iter().map(|piece| if let Piece::Html(html) = piece { html.len() } else { 16 }).sum()
}

fn form_of(forms: &[(PluralForm, super::Pieces)], form: PluralForm) -> Result<&super::Pieces, Fault> {
    let found = forms.iter().find(|(has, _)| *has == form).map(|(_, pieces)| pieces);
    found.ok_or_else(|| Fault::of(FaultKind::NoPluralForm(form.name())))
}

/// How many; none if that is no number. Of a list, its items.
fn count(source: &Source, scope: &dyn Scope) -> Result<Option<Number>, Fault> {
    if let Source::List(Link::To(list), _) = source {
        return Ok(Some(scope.list(*list).items.len().into()));
    }
    Ok(match resolve(source, scope)? {
        Value::Number(number) => Some(number),
        Value::List(items) => Some(items.len().into()),
        _ => None,
    })
}

fn fill_slot(
    out: &mut String,
    text: &TextIn,
    slot: u16,
    language: LanguageIx,
    scope: &dyn Scope,
) -> Result<(), Fault> {
    match fill(&text.placeholders[usize::from(slot)].fill, language, scope)? {
        Filling::Value(value) => push_value(out, &value),
        Filling::Html(html) => out.push_str(&html),
    }
    Ok(())
}

/// A value as a placeholder shows it.
pub fn value_as_html(value: &Value<'_>) -> Html<'static> {
    let mut out = String::new();
    push_value(&mut out, value);
    Html::new(out)
}

pub(super) fn push_value(out: &mut String, value: &Value<'_>) {
    match value {
        Value::Null | Value::Parts(_) | Value::Relationships(_) => out.push_str("None"),
        Value::Bool(yes) => out.push_str(if *yes { "True" } else { "False" }),
        Value::Text(text) => push_escaped(out, text),
        // Writing to a string cannot fail.
        Value::Number(number) => drop(write!(out, "{number}")),
        Value::Date(date) => drop(write!(out, "{date}")),
        Value::List(items) => {
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push_str(", ");
                }
                push_value(out, item);
            }
        }
    }
}

/// Makes text safe inside markup and inside an attribute's quotes.
pub fn escape(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| entity(byte).is_some()) {
        let mut out = String::with_capacity(text.len() + 16);
        push_escaped(&mut out, text);
        Cow::Owned(out)
    } else {
        Cow::Borrowed(text)
    }
}

pub(super) fn push_escaped(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| entity(byte).is_some()) {
        out.push_str(&rest[..at]);
        out.push_str(entity(rest.as_bytes()[at]).unwrap_or_default());
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

fn entity(byte: u8) -> Option<&'static str> {
    Some(match byte {
        b'&' => "&amp;",
        b'<' => "&lt;",
        b'>' => "&gt;",
        b'"' => "&#34;",
        b'\'' => "&#39;",
        _ => return None,
    })
}

/// What markup says: without its tags, with its entities read. Plain text, to be escaped like any other.
pub fn plain(html: Cow<'_, str>) -> Cow<'_, str> {
    if !html.contains(['<', '&']) {
        return html;
    }
    let mut out = String::with_capacity(html.len());
    let mut rest = &*html;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        rest = if from.starts_with('<') {
            after_tag(from).unwrap_or_else(|| {
                out.push('<');
                &from[1..]
            })
        } else {
            let (character, length) = read_entity(from).unwrap_or(('&', 1));
            out.push(character);
            &from[length..]
        };
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// What follows a tag; none if this is a lone `<`. A `>` inside quotes does not end it.
fn after_tag(from: &str) -> Option<&str> {
    let starts =
        from[1..].starts_with(|first: char| first.is_ascii_alphabetic() || first == '/' || first == '!');
    if !starts {
        return None;
    }
    let mut quote = None;
    for (at, byte) in from.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(&from[at + 1..]),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// Those that a cleaner writes, and those that authors do.
const NAMED: [(&str, char); 16] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("pound", '£'),
    ("euro", '€'),
    ("copy", '©'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("hellip", '…'),
];

/// An entity as a cleaner or [`escape`] writes it, and its length in bytes.
fn read_entity(from: &str) -> Option<(char, usize)> {
    let end = from.bytes().take(10).position(|byte| byte == b';')?;
    let name = &from[1..end];
    let character = match NAMED.iter().find(|(has, _)| *has == name) {
        Some((_, character)) => *character,
        None => {
            let code = name.strip_prefix('#')?;
            let code = match code.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => code.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    };
    Some((character, end + 1))
}

#[cfg(test)]
mod tests;
