//! What an answer, a literal or a source is worth: one type for all that a rule can compare and a text can show.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

pub type Number = rust_decimal::Decimal;
pub type Date = jiff::civil::Date;
pub type Timestamp = jiff::Timestamp;

/// Six letters that name one item of one list, for as long as the response lives (spec/02 §1).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ListItemId(pub [u8; 6]);

impl ListItemId {
    /// Reads an id; none if it is not six ASCII letters or digits.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: [u8; 6] = text.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_alphanumeric).then_some(Self(bytes))
    }

    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("")
    }
}

impl fmt::Display for ListItemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for ListItemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How one person is related to another, as answered on a relationship page.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relationship {
    pub from: ListItemId,
    pub to: ListItemId,
    pub relationship: Box<str>,
}

/// A value, borrowed from a response, a form or a questionnaire wherever that can be.
///
/// `1.50` stays `1.50`: a [`Number`] keeps the decimals that were typed. Dates that were answered are texts
/// (`2016-03-01`, `2016-03`, `2016`), as they are stored and submitted; `Date` is what the `date` operator makes.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub enum Value<'a> {
    Null,
    Bool(bool),
    Number(Number),
    Text(Cow<'a, str>),
    Date(Date),
    List(Vec<Value<'a>>),
    /// The parts of an address or a duration, by name, none of them empty.
    Parts(Vec<(Cow<'a, str>, Value<'a>)>),
    Relationships(Vec<Relationship>),
}

impl<'a> Value<'a> {
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Null, no text, no items, no parts. Zero and `false` are not empty (spec/01 §9.3).
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Text(text) => text.is_empty(),
            Self::List(items) => items.is_empty(),
            Self::Parts(parts) => parts.is_empty(),
            Self::Relationships(pairs) => pairs.is_empty(),
            Self::Bool(_) | Self::Number(_) | Self::Date(_) => false,
        }
    }

    /// Whether a rule that comes to this value holds: not empty, not zero, not `false`.
    pub fn is_truthy(&self) -> bool {
        match self {
            Self::Bool(yes) => *yes,
            Self::Number(number) => !number.is_zero(),
            other => !other.is_empty(),
        }
    }

    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    pub fn as_number(&self) -> Option<Number> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }

    pub fn part(&self, name: &str) -> Option<&Value<'a>> {
        match self {
            Self::Parts(parts) => parts.iter().find(|(part, _)| part == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The same value, borrowing its texts from this one.
    pub fn borrowed(&self) -> Value<'_> {
        match self {
            Self::Null => Value::Null,
            Self::Bool(yes) => Value::Bool(*yes),
            Self::Number(number) => Value::Number(*number),
            Self::Text(text) => Value::Text(Cow::Borrowed(text)),
            Self::Date(date) => Value::Date(*date),
            Self::List(items) => Value::List(items.iter().map(Value::borrowed).collect()),
            Self::Parts(parts) => Value::Parts(
                parts.iter().map(|(name, value)| (Cow::Borrowed(&**name), value.borrowed())).collect(),
            ),
            Self::Relationships(pairs) => Value::Relationships(pairs.clone()),
        }
    }

    pub fn into_owned(self) -> Value<'static> {
        match self {
            Self::Null => Value::Null,
            Self::Bool(yes) => Value::Bool(yes),
            Self::Number(number) => Value::Number(number),
            Self::Text(text) => Value::Text(Cow::Owned(text.into_owned())),
            Self::Date(date) => Value::Date(date),
            Self::List(items) => Value::List(items.into_iter().map(Value::into_owned).collect()),
            Self::Parts(parts) => Value::Parts(
                parts
                    .into_iter()
                    .map(|(name, value)| (Cow::Owned(name.into_owned()), value.into_owned()))
                    .collect(),
            ),
            Self::Relationships(pairs) => Value::Relationships(pairs),
        }
    }
}

/// Values are what people typed, so they print nothing of themselves.
impl fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}
