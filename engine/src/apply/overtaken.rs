//! Two tabs on one question: the later one must not silently write over the earlier.
//!
//! A page carries a digest of what it showed. It is overtaken when what is stored now differs from that *and* from
//! what is posted, and another page wrote last. So Back-and-change in one tab is fine, and a double click harmless.

use schema::Questionnaire;
use schema::value::Value;

use super::Posted;
use super::question::Values;
pub use super::question::keys;
use crate::digest::Digest;
use crate::form::Asked;
use crate::place::Place;
use crate::relationships::Related;
use crate::response::{AnswerKey, Response};

/// Of so many places it is remembered who wrote last. Who goes back further than that and changes something is told
/// that it was answered meanwhile, which is true, if by the same hand.
const MOST_WRITERS: usize = 256;

impl Posted<'_> {
    pub(super) fn is_overtaken(
        &self,
        response: &Response,
        place: Place,
        asked: &Asked,
        values: &Values,
    ) -> bool {
        let Some(shown) = self.command.shown else { return false };
        // A page that adds never changes what is there.
        if shown.item.is_some() || seen(self.questionnaire, response, place, keys(asked)) == shown.seen {
            return false;
        }
        let is_same = values.iter().all(|(key, value)| {
            let stored = stored(self.questionnaire, response, place, *key);
            stored.as_ref() == value.as_ref().filter(|value| !value.is_empty())
        });
        let wrote_last = response.writers.iter().find(|(has, _)| *has == place).map(|(_, page)| *page);
        !is_same && wrote_last != Some(shown.page)
    }

    /// Remembers which page wrote this place last.
    pub(super) fn wrote(&self, response: &mut Response, place: Place) {
        if let Some(shown) = self.command.shown {
            remember(&mut response.writers, place, shown.page);
        }
    }
}

fn remember(writers: &mut Vec<(Place, u32)>, place: Place, page: u32) {
    writers.retain(|(has, _)| *has != place);
    if writers.len() >= MOST_WRITERS {
        writers.remove(0);
    }
    writers.push((place, page));
}

/// What is stored for a page under a key: of a relationship's page, how the two are related.
fn stored<'r>(
    questionnaire: &Questionnaire,
    response: &'r Response,
    place: Place,
    key: AnswerKey,
) -> Option<Value<'r>> {
    if let (Some(from), Some(to)) = (place.item, place.to) {
        let related = Related::of(questionnaire, response, place.block)?;
        return related.between(from, to).map(|value| Value::text(value.to_owned()));
    }
    response.answers.get(key).map(Value::borrowed)
}

/// A digest of what is stored under these keys, for the page at a place.
pub fn seen(
    questionnaire: &Questionnaire,
    response: &Response,
    place: Place,
    keys: impl Iterator<Item = AnswerKey>,
) -> u64 {
    let mut digest = Digest::default();
    for key in keys {
        match stored(questionnaire, response, place, key) {
            Some(value) => add(&mut digest, &value),
            None => digest.add(b"-"),
        }
    }
    digest.finish()
}

fn add(digest: &mut Digest, value: &Value) {
    match value {
        Value::Null => digest.add(b"-"),
        Value::Bool(yes) => digest.add(if *yes { b"1" } else { b"0" }),
        Value::Number(number) => digest.add(&number.serialize()),
        Value::Text(text) => digest.add(text.as_bytes()),
        Value::Date(date) => digest.add(date.to_string().as_bytes()),
        Value::List(items) => items.iter().for_each(|item| add(digest, item)),
        Value::Parts(parts) => parts.iter().for_each(|(name, value)| {
            digest.add(name.as_bytes());
            add(digest, value);
        }),
        Value::Relationships(pairs) => pairs.iter().for_each(|pair| {
            digest.add(&pair.from.0);
            digest.add(&pair.to.0);
            digest.add(pair.relationship.as_bytes());
        }),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use schema::value::ListItemId;

    use super::*;

    #[test]
    fn who_wrote_last_is_remembered_of_the_latest_places() {
        let questionnaire = schema::link(&[include_str!("../../tests/stored/questionnaire.json")]).unwrap();
        let block = questionnaire.names.blocks["boats"];
        let place = |n: u32| {
            let letters = format!("{n:06}").into_bytes().try_into().unwrap();
            Place::of(block, Some(ListItemId(letters)))
        };
        let mut writers = vec![];
        (0..300).for_each(|n| remember(&mut writers, place(n), n));
        remember(&mut writers, place(100), 1000);
        assert_eq!(writers.len(), MOST_WRITERS);
        assert_eq!(writers.last(), Some(&(place(100), 1000)));
        assert!(writers.contains(&(place(299), 299)) && !writers.contains(&(place(43), 43)));
    }
}
