//! One answer's value as it is stored. How people are related is stored by number, since a household of a hundred has
//! some five thousand pairs.

use schema::value::{ListItemId, Relationship, Value};
use serde::{Deserialize, Serialize};

use super::{Numbers, StoredError, bytes_of, named, unpacked};

#[derive(Serialize, Deserialize)]
enum StoredValue<'a> {
    #[serde(borrow)]
    Plain(Value<'a>),
    #[serde(borrow)]
    Pairs(Pairs<'a>),
}

#[derive(Serialize, Deserialize)]
struct Pairs<'a> {
    items: Vec<ListItemId>,
    #[serde(borrow)]
    relationships: Vec<&'a str>,
    /// From, to and how, each by number.
    pairs: Vec<(u32, u32, u32)>,
}

pub(super) fn value_bytes(value: &Value<'_>) -> Vec<u8> {
    let Value::Relationships(pairs) = value else {
        return bytes_of(&StoredValue::Plain(value.borrowed()));
    };
    let (mut items, mut relationships) = (Numbers::new(vec![]), Numbers::new(vec![]));
    let pairs = pairs
        .iter()
        .map(|pair| (items.of(pair.from), items.of(pair.to), relationships.of(&*pair.relationship)))
        .collect();
    let (items, relationships) = (items.table, relationships.table);
    bytes_of(&StoredValue::Pairs(Pairs { items, relationships, pairs }))
}

/// # Errors
/// What [`value_bytes`] did not write.
pub fn value(bytes: &[u8]) -> Result<Value<'static>, StoredError> {
    let Pairs { items, relationships, pairs } = match unpacked(bytes)? {
        StoredValue::Plain(value) => return Ok(value.into_owned()),
        StoredValue::Pairs(pairs) => pairs,
    };
    let pair = |(from, to, how): (u32, u32, u32)| {
        let (from, to) = (named(&items, from)?, named(&items, to)?);
        Ok(Relationship { from, to, relationship: named(&relationships, how)?.into() })
    };
    Ok(Value::Relationships(pairs.into_iter().map(pair).collect::<Result<_, _>>()?))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn every_kind_of_value_reads_back_as_it_was_written() {
        let [one, two] = [ListItemId(*b"aaaaaa"), ListItemId(*b"bbbbbb")];
        let pair =
            |from, to, relationship: &str| Relationship { from, to, relationship: relationship.into() };
        let values = [
            Value::Null,
            Value::Bool(true),
            Value::Number("-1.50".parse().unwrap()),
            Value::text("Ŵyn & \u{0}"),
            Value::List(vec![Value::text("a"), Value::Number("0".parse().unwrap())]),
            Value::Parts(vec![("years".into(), Value::Number("1".parse().unwrap()))]),
            Value::Date(jiff::civil::date(2021, 2, 28)),
            Value::Relationships(vec![]),
            Value::Relationships(vec![pair(one, two, "Twin"), pair(two, one, "Twin"), pair(one, one, "")]),
        ];
        for written in values {
            let read = value(&value_bytes(&written)).unwrap();
            assert!(read == written);
            if let (Value::Number(one), Value::Number(two)) = (&read, &written) {
                assert_eq!(one.to_string(), two.to_string());
            }
        }
    }
}
