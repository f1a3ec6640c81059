//! JSON Patch (RFC 6902) with inverses: given a document and a patch, the document after it and the patch that leads
//! back, to the same bytes.
//!
//! An object keeps the order in which it was written. So that a member comes back to its place, the inverse of a
//! removal says `before` which member it stood; RFC 6902 lets others ignore that.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::pointer::{parent, steps};

/// Operations in one patch.
const MOST: usize = 5000;
/// Deeper than any definition.
const DEEPEST: usize = 120;

/// What to do, one after the other.
pub type Patch = Vec<Operation>;

/// One operation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "op", rename_all = "lowercase")]
pub enum Operation {
    Add {
        path: String,
        value: Value,
        /// The member before which it is put; at the end when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<String>,
    },
    Remove {
        path: String,
    },
    Replace {
        path: String,
        value: Value,
    },
    Move {
        from: String,
        path: String,
        /// As of `add`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<String>,
    },
    Copy {
        from: String,
        path: String,
    },
    Test {
        path: String,
        value: Value,
    },
}

/// Why a patch is not applied. Holds the number of the operation, from 0, and its path.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PatchError {
    /// The document is not as the patch was made for: somebody changed it meanwhile.
    #[error("operation {0}: {1} is not what the patch was made for")]
    Test(usize, String),
    /// Nothing is there.
    #[error("operation {0}: there is nothing at {1}")]
    Missing(usize, String),
    /// Not a pointer, or not one that leads to where something can be.
    #[error("operation {0}: {1} cannot be")]
    Impossible(usize, String),
    /// More operations than are taken.
    #[error("more than {MOST} operations")]
    TooMany,
}

/// Applies a patch, whole or not at all.
///
/// # Errors
/// [`PatchError`].
pub fn apply(document: &Value, patch: &[Operation]) -> Result<(Value, Patch), PatchError> {
    if patch.len() > MOST {
        return Err(PatchError::TooMany);
    }
    let mut document = document.clone();
    let mut inverse = Vec::new();
    for (number, operation) in patch.iter().enumerate() {
        let undone = one(&mut document, operation).map_err(|why| match why {
            Not::Same(path) => PatchError::Test(number, path),
            Not::There(path) => PatchError::Missing(number, path),
            Not::Possible(path) => PatchError::Impossible(number, path),
        })?;
        inverse.push(undone);
    }
    Ok((document, inverse.into_iter().rev().flatten().collect()))
}

enum Not {
    Same(String),
    There(String),
    Possible(String),
}

/// Does one operation; what takes it back.
fn one(document: &mut Value, operation: &Operation) -> Result<Patch, Not> {
    match operation {
        Operation::Test { path, value } => match at(document, path) {
            Some(has) if same(has, value) => Ok(vec![]),
            _ => Err(Not::Same(path.clone())),
        },
        Operation::Add { path, value, before } => {
            put(document, path, value.clone(), before.as_deref()).map(|undone| vec![undone])
        }
        Operation::Replace { path, value } => {
            let place = at_mut(document, path).ok_or_else(|| Not::There(path.clone()))?;
            let old = std::mem::replace(place, value.clone());
            Ok(vec![Operation::Replace { path: path.clone(), value: old }])
        }
        Operation::Remove { path } => {
            let (value, before) = take(document, path)?;
            Ok(vec![Operation::Add { path: path.clone(), value, before }])
        }
        Operation::Copy { from, path } => {
            let value = at(document, from).ok_or_else(|| Not::There(from.clone()))?.clone();
            put(document, path, value, None).map(|undone| vec![undone])
        }
        Operation::Move { from, path, before } => {
            // Into itself it cannot go.
            if path.strip_prefix(from.as_str()).is_some_and(|rest| rest.starts_with('/')) {
                return Err(Not::Possible(path.clone()));
            }
            if from == path {
                return at(document, from).map(|_| vec![]).ok_or_else(|| Not::There(from.clone()));
            }
            let (value, was_before) = take(document, from)?;
            Ok(match put(document, path, value.clone(), before.as_deref())? {
                Operation::Remove { path } => {
                    vec![Operation::Move { from: path, path: from.clone(), before: was_before }]
                }
                covered => vec![covered, Operation::Add { path: from.clone(), value, before: was_before }],
            })
        }
    }
}

fn at<'a>(document: &'a Value, path: &str) -> Option<&'a Value> {
    steps(path)?.iter().try_fold(document, |here, key| match here {
        Value::Object(members) => members.get(key),
        Value::Array(items) => items.get(position(key)?),
        _ => None,
    })
}

fn at_mut<'a>(document: &'a mut Value, path: &str) -> Option<&'a mut Value> {
    steps(path)?.iter().try_fold(document, |here, key| match here {
        Value::Object(members) => members.get_mut(key),
        Value::Array(items) => items.get_mut(position(key)?),
        _ => None,
    })
}

/// `0`, or digits that do not begin with one.
fn position(key: &str) -> Option<usize> {
    let is_plain = key == "0" || !key.starts_with('0') && key.bytes().all(|byte| byte.is_ascii_digit());
    is_plain.then(|| key.parse().ok()).flatten()
}

/// Adds, and says how to take back.
fn put(document: &mut Value, path: &str, value: Value, before: Option<&str>) -> Result<Operation, Not> {
    let cannot = || Not::Possible(path.to_owned());
    let keys = steps(path).filter(|keys| keys.len() <= DEEPEST).ok_or_else(cannot)?;
    let Some(key) = keys.last() else {
        let old = std::mem::replace(document, value);
        return Ok(Operation::Replace { path: String::new(), value: old });
    };
    let (above, _) = parent(path).ok_or_else(cannot)?;
    match at_mut(document, above).ok_or_else(|| Not::There(above.to_owned()))? {
        Value::Object(members) => {
            if let Some(place) = members.get_mut(key) {
                let old = std::mem::replace(place, value);
                return Ok(Operation::Replace { path: path.to_owned(), value: old });
            }
            insert(members, key, value, before);
            Ok(Operation::Remove { path: path.to_owned() })
        }
        Value::Array(items) => {
            let place = if key == "-" { Some(items.len()) } else { position(key) };
            let place = place.filter(|&place| place <= items.len()).ok_or_else(cannot)?;
            items.insert(place, value);
            Ok(Operation::Remove { path: format!("{above}/{place}") })
        }
        _ => Err(cannot()),
    }
}

fn insert(members: &mut Map<String, Value>, key: &str, value: Value, before: Option<&str>) {
    let place = before.and_then(|before| members.keys().position(|has| has == before));
    members.shift_insert(place.unwrap_or(members.len()), key.to_owned(), value);
}

/// Takes out; what it was, and the member that stood after it.
fn take(document: &mut Value, path: &str) -> Result<(Value, Option<String>), Not> {
    let nothing = || Not::There(path.to_owned());
    let keys = steps(path).ok_or_else(|| Not::Possible(path.to_owned()))?;
    let key = keys.last().ok_or_else(|| Not::Possible(path.to_owned()))?;
    let (above, _) = parent(path).ok_or_else(nothing)?;
    match at_mut(document, above).ok_or_else(nothing)? {
        Value::Object(members) => {
            let place = members.keys().position(|has| has == key).ok_or_else(nothing)?;
            let after = members.keys().nth(place + 1).cloned();
            Ok((members.shift_remove(key).unwrap_or_default(), after))
        }
        Value::Array(items) => {
            let place = position(key).filter(|&place| place < items.len()).ok_or_else(nothing)?;
            Ok((items.remove(place), None))
        }
        _ => Err(nothing()),
    }
}

/// Equal as JSON: 1 and 1.0 are the same number, the order of members says nothing.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one == other || one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(key, value)| other.get(key).is_some_and(|other| same(value, other)))
        }
        _ => one == other,
    }
}

#[cfg(test)]
#[path = "patch/tests.rs"]
mod tests;
