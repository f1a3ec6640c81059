//! The lines of a journey, read: a verb and the rest, with quotes and comments.

use std::fmt;

use super::{AnswerName, Button, Doing, Journey, Post, Spot, What};

/// A line that is no line of a journey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// From 1.
    pub line: usize,
    pub why: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.why)
    }
}

type Read<T> = Result<T, String>;

pub(super) fn parse(text: &str) -> Result<Journey, Vec<Mistake>> {
    let mut reader = Reader::default();
    let mut mistakes = Vec::new();
    let mut last = 0;
    for (number, line) in (1..).zip(text.lines()) {
        let line = without_comment(line).trim();
        last = number;
        if !line.is_empty()
            && let Err(why) = reader.line(number, line)
        {
            mistakes.push(Mistake { line: number, why });
        }
    }
    if reader.pending.is_some() {
        mistakes.push(Mistake { line: last, why: "what was given last is never posted".to_owned() });
    }
    if mistakes.is_empty() { Ok(reader.journey) } else { Err(mistakes) }
}

#[derive(Default)]
struct Reader {
    journey: Journey,
    /// What is to be posted, and where it began.
    pending: Option<(usize, Post)>,
    has_begun: bool,
}

impl Reader {
    fn line(&mut self, number: usize, line: &str) -> Read<()> {
        let (verb, rest) = word(line);
        let is_first = !std::mem::replace(&mut self.has_begun, true);
        match verb {
            "launch" if is_first => self.journey.launch = pairs(rest)?,
            "launch" => return Err("only the first line launches".to_owned()),
            "supplementary" => {
                if !self.journey.doings.is_empty() || self.pending.is_some() {
                    return Err("supplementary data come with the launch".to_owned());
                }
                self.journey.supplementary = match unquoted(rest)? {
                    name if name.is_empty() => return Err("which file?".to_owned()),
                    name if name.contains('/') => return Err("a file beside the journey".to_owned()),
                    name => Some(name),
                };
            }
            "give" => {
                if let Some(given) = given(rest)? {
                    self.pending(number).given.push(given);
                } else {
                    self.pending(number);
                }
            }
            "press" => {
                self.pending(number).button = match rest {
                    "continue" => Button::Continue,
                    "start" => Button::Start,
                    "clear" => Button::Clear,
                    _ => return Err(format!("there is no button {rest}")),
                }
            }
            "at" => {
                let spot = spot(rest)?;
                self.post();
                self.push(number, What::At(spot));
            }
            "invalid" => {
                let (id, code) = word(rest);
                if id.is_empty() || code.is_empty() || code.contains(char::is_whitespace) {
                    return Err("an error is told by an id and a code".to_owned());
                }
                self.post();
                self.push(number, What::Invalid { id: id.to_owned(), code: code.to_owned() });
            }
            _ => {
                let what = self.look(verb, rest)?;
                if let Some((began, _)) = &self.pending {
                    return Err(format!("what was given from line {began} on is not yet posted"));
                }
                self.push(number, what);
            }
        }
        Ok(())
    }

    fn look(&self, verb: &str, rest: &str) -> Read<What> {
        match verb {
            "open" => match spot(rest)? {
                Spot::NotFound => Err("not-found cannot be opened".to_owned()),
                spot => Ok(What::Open(spot)),
            },
            "see" => match unquoted(rest)? {
                text if text.is_empty() => Err("what is to be seen?".to_owned()),
                text => Ok(What::See(text)),
            },
            "status" => {
                let (section, status) = word(rest);
                let status = match status {
                    "hidden" => None,
                    "completed" | "in-progress" | "not-started" | "requested" => Some(status.to_owned()),
                    _ => return Err(format!("there is no status {status}")),
                };
                Ok(What::Status { section: section.to_owned(), status })
            }
            "submitted" => {
                if let Some(("", name)) = rest.split_once("nothing").filter(|_| word(rest).0 == "nothing") {
                    return Ok(What::Submitted { answer: answer_name(name.trim())?, value: None });
                }
                let (answer, value) = given(rest)?.ok_or("what was submitted?")?;
                Ok(What::Submitted { answer, value: Some(value) })
            }
            _ => Err(format!("there is no verb {verb}")),
        }
    }

    fn pending(&mut self, number: usize) -> &mut Post {
        &mut self.pending.get_or_insert_with(|| (number, Post::default())).1
    }

    fn post(&mut self) {
        if let Some((began, post)) = self.pending.take() {
            self.push(began, What::Post(post));
        }
    }

    fn push(&mut self, line: usize, what: What) {
        self.journey.doings.push(Doing { line, what });
    }
}

/// Up to a `#` at the beginning or after white space, outside quotes.
fn without_comment(line: &str) -> &str {
    let mut before = ' ';
    let mut is_quoted = false;
    let mut is_escaped = false;
    for (at, c) in line.char_indices() {
        match c {
            '"' if is_quoted && !is_escaped => is_quoted = false,
            '"' if !is_quoted && (before.is_whitespace() || before == '=') => is_quoted = true,
            '#' if !is_quoted && before.is_whitespace() => return &line[..at],
            _ => {}
        }
        is_escaped = is_quoted && c == '\\' && !is_escaped;
        before = c;
    }
    line
}

/// The first word, and the rest.
fn word(text: &str) -> (&str, &str) {
    let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    (word, rest.trim())
}

/// `ANSWER = VALUE`; none where nothing stands.
fn given(rest: &str) -> Read<Option<(AnswerName, String)>> {
    if rest.is_empty() {
        return Ok(None);
    }
    let (name, value) = rest.split_once('=').ok_or("an answer is given as ANSWER = VALUE")?;
    Ok(Some((answer_name(name.trim())?, unquoted(value.trim())?)))
}

fn answer_name(name: &str) -> Read<AnswerName> {
    let (id, rest) = word(name);
    if id.is_empty() {
        return Err("which answer?".to_owned());
    }
    Ok(AnswerName { id: id.to_owned(), item: item(rest)? })
}

/// Nothing, or `item N`.
fn item(rest: &str) -> Read<Option<usize>> {
    match word(rest) {
        ("", _) => Ok(None),
        ("item", number) => match number.parse() {
            Ok(number) if number > 0 => Ok(Some(number)),
            _ => Err(format!("items are numbered from 1, not {number}")),
        },
        (other, _) => Err(format!("`item N` was expected, not {other}")),
    }
}

fn spot(rest: &str) -> Read<Spot> {
    let (first, rest) = word(rest);
    let alone = |spot: Spot| if rest.is_empty() { Ok(spot) } else { Err(format!("{rest} is too much")) };
    match first {
        "" => Err("which place?".to_owned()),
        "section" if !rest.is_empty() => Ok(Spot::Section(rest.to_owned())),
        "section" => Err("which section?".to_owned()),
        "hub" => alone(Spot::Hub),
        "submit" => alone(Spot::Submit),
        "thank-you" => alone(Spot::ThankYou),
        "preview" => alone(Spot::Preview),
        "view-response" => alone(Spot::ViewResponse),
        "not-found" => alone(Spot::NotFound),
        "individual" => {
            let (step, rest) = match word(rest) {
                ("" | "item", _) => ("individual".to_owned(), rest),
                (step, rest) => (format!("individual {step}"), rest),
            };
            Ok(Spot::Individual { step, item: item(rest)? })
        }
        id => Ok(Spot::Block { id: id.to_owned(), item: item(rest)? }),
    }
}

/// `KEY=WORD …`; a key with nothing after it has none.
fn pairs(text: &str) -> Read<Vec<(String, Option<String>)>> {
    let pairs = parts(text)?.into_iter();
    Ok(pairs.map(|(key, value)| (key, Some(value).filter(|value| !value.is_empty()))).collect())
}

/// `key=WORD …`, as parts of a date, a duration or an address are told.
pub(super) fn parts(text: &str) -> Read<Vec<(String, String)>> {
    let mut pairs = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (key, value) = rest.split_once('=').ok_or_else(|| format!("`key=…` was expected at {rest}"))?;
        let end = end_of_word(value);
        pairs.push((key.to_owned(), unquoted(&value[..end])?));
        rest = value[end..].trim_start();
    }
    Ok(pairs)
}

fn end_of_word(text: &str) -> usize {
    let is_quoted = text.starts_with('"');
    let mut is_escaped = false;
    for (at, c) in text.char_indices() {
        if is_quoted {
            if c == '"' && at > 0 && !is_escaped {
                return at + 1;
            }
            is_escaped = c == '\\' && !is_escaped;
        } else if c.is_whitespace() {
            return at;
        }
    }
    text.len()
}

fn unquoted(text: &str) -> Read<String> {
    if !text.starts_with('"') {
        return Ok(text.to_owned());
    }
    let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    let inner = inner.filter(|_| text.len() > 1).ok_or("a quote is not closed")?;
    let mut out = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        match (c, (c == '\\').then(|| chars.next()).flatten()) {
            ('\\', Some('n')) => out.push_str("\r\n"),
            ('\\', Some(c @ ('"' | '\\'))) => out.push(c),
            ('\\', _) => return Err("only \\\", \\\\ and \\n are escapes".to_owned()),
            (c, _) => out.push(c),
        }
    }
    Ok(out)
}
