//! Rules and value sources as written (spec/01 §7, §8).

use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use std::fmt;

/// An operator, which is the first key of an object, and its operands.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    pub operator: Box<str>,
    pub operands: Vec<Value>,
}

impl<'de> Deserialize<'de> for Rule {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct FirstKey;

        impl<'de> Visitor<'de> for FirstKey {
            type Value = Rule;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a rule: an object of an operator and its operands")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Rule, A::Error> {
                let operator: Box<str> =
                    map.next_key()?.ok_or_else(|| A::Error::custom("a rule without an operator"))?;
                let operands = map.next_value()?;
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Rule { operator, operands })
            }
        }

        from.deserialize_map(FirstKey)
    }
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct ValueSource {
    pub source: SourceKind,
    #[serde(default)]
    pub identifier: Box<str>,
    pub selector: Option<Box<str>>,
    #[serde(default)]
    pub selectors: Vec<Box<str>>,
    pub list_item_selector: Option<Box<ValueSource>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    Answers,
    Metadata,
    ResponseMetadata,
    List,
    Location,
    CalculatedSummary,
    GrandCalculatedSummary,
    Progress,
    SupplementaryData,
    /// Only among the arguments of a transform.
    PreviousTransform,
}

/// A value given here, or where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Reference {
    Literal(Value),
    Source(ValueSource),
}

impl<'de> Deserialize<'de> for Reference {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(from)?;
        if value.get("source").is_some() {
            ValueSource::deserialize(&value).map(Self::Source).map_err(D::Error::custom)
        } else {
            Ok(Self::Literal(value))
        }
    }
}

/// What is added to a date (spec/01 §7.1).
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Offset {
    pub days: Option<i32>,
    pub months: Option<i32>,
    pub years: Option<i32>,
    pub day_of_week: Option<Box<str>>,
}

/// A rule, or a value source, as the values of dynamic options.
#[derive(Clone, Debug, PartialEq)]
pub enum RuleOrSource {
    Rule(Rule),
    Source(ValueSource),
}

impl<'de> Deserialize<'de> for RuleOrSource {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(from)?;
        if value.get("source").is_some() {
            ValueSource::deserialize(&value).map(Self::Source).map_err(D::Error::custom)
        } else {
            Rule::deserialize(&value).map(Self::Rule).map_err(D::Error::custom)
        }
    }
}

/// One thing, or a list of them: `definition` and the older `definitions`.
pub(super) fn explanations<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<super::Explanation>, D::Error> {
    struct OneOrMany;

    impl<'de> Visitor<'de> for OneOrMany {
        type Value = Vec<super::Explanation>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("definitions")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
            let mut all = Vec::new();
            while let Some(value) = seq.next_element::<Value>()? {
                all.extend(super::Explanation::deserialize(value).ok());
            }
            Ok(all)
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
            let value = Value::deserialize(serde::de::value::MapAccessDeserializer::new(map))?;
            // A date range may have mere words here (spec/01 §5), which nobody shows.
            Ok(super::Explanation::deserialize(value).into_iter().collect())
        }

        fn visit_str<E: Error>(self, _: &str) -> Result<Self::Value, E> {
            Ok(Vec::new())
        }
    }

    from.deserialize_any(OneOrMany)
}
