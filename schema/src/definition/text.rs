//! Words with placeholders as written (spec/01 §9), and the contents made of them (spec/01 §4.2).

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::{ValueSource, loose};

/// A string, or one whose placeholders are filled in when it is shown.
#[derive(Clone, Debug, PartialEq)]
pub enum Text {
    Plain(Box<str>),
    Filled(Filled),
}

/// A text with placeholders: in one form, or in those of a plural.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Filled {
    pub text: Option<Box<str>>,
    pub text_plural: Option<Plural>,
    #[serde(default)]
    pub placeholders: Vec<Placeholder>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Plural {
    /// By the name of the form.
    pub forms: Map<String, Value>,
    pub count: ValueSource,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Placeholder {
    #[serde(deserialize_with = "loose")]
    pub placeholder: Box<str>,
    pub value: Option<ValueSource>,
    #[serde(default)]
    pub transforms: Vec<Transform>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Transform {
    pub transform: Box<str>,
    #[serde(default)]
    pub arguments: Map<String, Value>,
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Words;

        impl<'de> Visitor<'de> for Words {
            type Value = Text;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string, or an object with `text` or `text_plural`")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Text, E> {
                Ok(Text::Plain(text.into()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Text, A::Error> {
                let filled = Filled::deserialize(MapAccessDeserializer::new(map))?;
                if filled.text.is_none() && filled.text_plural.is_none() {
                    return Err(A::Error::missing_field("text"));
                }
                Ok(Text::Filled(filled))
            }
        }

        from.deserialize_any(Words)
    }
}

/// Headings, paragraphs, bullets, definitions and guidance.
pub type Contents = Vec<ContentItem>;

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct ContentItem {
    pub title: Option<Text>,
    pub description: Option<Text>,
    #[serde(default)]
    pub list: Vec<Text>,
    pub definition: Option<Explanation>,
    pub guidance: Option<Guidance>,
}

/// A word explained, folded away under its title.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Explanation {
    pub title: Text,
    #[serde(default)]
    pub contents: Contents,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Guidance {
    #[serde(default)]
    pub contents: Contents,
    /// Of an answer's guidance: the title it is folded under.
    pub show_guidance: Option<Box<str>>,
}
