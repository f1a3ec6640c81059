//! Data version 0.0.1: `q_code` to text, flat (spec/05 §3.2).

use std::fmt::Write as _;

use schema::questionnaire::{Answer, AnswerKind, Options, Question};
use schema::rule::{Fault, Here};
use schema::value::{ListItemId, Value};

use super::Writer;
use super::v0_0_3::{answers_of, details};
use crate::open;
use crate::place::SectionKey;
use crate::response::AnswerKey;
use crate::scope::Sight;
use crate::trace::Trace;

/// Writes `data`. A code that comes again keeps its first place and takes the later value.
pub(super) fn data(json: &mut Writer, trace: &Trace) -> Result<(), Fault> {
    let mut codes: Vec<(Box<str>, String)> = Vec::new();
    for section in trace.enabled_instances()? {
        for block in trace.path(section)?.blocks() {
            let Some(first) = trace.questionnaire.block(block).questions().first() else { continue };
            let here = Here { item: section.item, to: None, list: None };
            let sight = Sight::of_page(
                trace,
                Some(section),
                Some(block),
                here,
                schema::questionnaire::LanguageIx::BASE,
            );
            let displayed = open::question(trace.questionnaire, &sight, block)?;
            for ix in answers_of(&first.of) {
                let key = AnswerKey::new(ix, section.item);
                let (Some(value), Some(answer)) =
                    (trace.response.answers.get(key), definition(displayed, ix))
                else {
                    continue;
                };
                coded(&mut codes, trace, section, answer, value);
            }
        }
    }
    json.open_object();
    for (code, text) in &codes {
        json.text_member(code, text);
    }
    json.close_object();
    Ok(())
}

fn definition(question: &Question, ix: schema::questionnaire::AnswerIx) -> Option<&Answer> {
    question.answers.iter().find_map(|answer| {
        if answer.ix == ix { Some(answer) } else { details(answer).find(|detail| detail.ix == ix) }
    })
}

fn put(codes: &mut Vec<(Box<str>, String)>, code: &str, text: String) {
    match codes.iter_mut().find(|(has, _)| **has == *code) {
        Some((_, value)) => *value = text,
        None => codes.push((code.into(), text)),
    }
}

fn coded(
    codes: &mut Vec<(Box<str>, String)>,
    trace: &Trace,
    section: SectionKey,
    answer: &Answer,
    value: &Value,
) {
    if let AnswerKind::Checkbox { options, .. } = &answer.kind {
        let Value::List(chosen) = value else { return };
        return checkbox(codes, trace, section.item, answer, options, chosen);
    }
    let Some(code) = &answer.q_code else { return };
    let text = match (&answer.kind, value) {
        (AnswerKind::Date(_), Value::Text(date)) => date.split('-').rev().collect::<Vec<_>>().join("/"),
        (_, value) => as_text(value),
    };
    put(codes, code, text);
}

/// An entry for each option where every chosen one has a code; otherwise one list under the answer's own.
fn checkbox(
    codes: &mut Vec<(Box<str>, String)>,
    trace: &Trace,
    item: Option<ListItemId>,
    answer: &Answer,
    options: &Options,
    chosen: &[Value],
) {
    let mut found = Vec::new();
    for value in chosen {
        let value = value.as_text().unwrap_or_default();
        let Some(option) = options.fixed.iter().find(|option| &*option.value == value) else { continue };
        let detail = option
            .detail
            .as_ref()
            .and_then(|detail| trace.response.answers.get(AnswerKey::new(detail.ix, item)));
        found.push((option.q_code.as_deref(), detail.map_or_else(|| Value::text(value), Value::borrowed)));
    }
    if found.iter().all(|(code, _)| code.is_some()) {
        for (code, value) in found {
            put(codes, code.unwrap_or_default(), as_text(&value));
        }
    } else if let Some(code) = &answer.q_code {
        let list = Value::List(found.into_iter().map(|(_, value)| value).collect());
        put(codes, code, repr(&list));
    }
}

fn as_text(value: &Value) -> String {
    if let Value::Text(text) = value { text.to_string() } else { repr(value) }
}

/// A value as the receivers of this version know it: the way Python prints one.
fn repr(value: &Value) -> String {
    match value {
        Value::Null => "None".to_owned(),
        Value::Bool(yes) => if *yes { "True" } else { "False" }.to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Text(text) => quoted(text),
        Value::Date(date) => quoted(&date.to_string()),
        Value::List(items) => format!("[{}]", items.iter().map(repr).collect::<Vec<_>>().join(", ")),
        Value::Parts(parts) => {
            let parts = parts.iter().map(|(name, value)| format!("{}: {}", quoted(name), repr(value)));
            format!("{{{}}}", parts.collect::<Vec<_>>().join(", "))
        }
        Value::Relationships(_) => "[]".to_owned(),
    }
}

fn quoted(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut out = String::with_capacity(text.len() + 2);
    out.push(quote);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == quote => {
                out.push('\\');
                out.push(c);
            }
            // Writing to a string cannot fail.
            c if is_printable(c) => out.push(c),
            c if u32::from(c) < 0x100 => drop(write!(out, "\\x{:02x}", u32::from(c))),
            c if u32::from(c) < 0x1_0000 => drop(write!(out, "\\u{:04x}", u32::from(c))),
            c => drop(write!(out, "\\U{:08x}", u32::from(c))),
        }
    }
    out.push(quote);
    out
}

/// Whether Python prints a character as it is: not blanks other than the space, nor what only formats.
fn is_printable(c: char) -> bool {
    let formats = matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{e000}'..='\u{f8ff}' | '\u{feff}');
    c == ' ' || !(c.is_control() || c.is_whitespace() || formats)
}

#[cfg(test)]
mod tests;
