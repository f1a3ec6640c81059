//! Addresses: five parts, of which only the first can be asked for.

use std::borrow::Cow;

use schema::value::Value;

use super::reading::Reading;
use super::{AskedAnswer, Form};
use crate::error::AnswerError;

/// The parts, as the fields and the stored value name them.
pub const PARTS: [&str; 5] = ["line1", "line2", "town", "postcode", "uprn"];

/// Reads an address's fields, typed or filled in by a lookup.
///
/// Source: spec/04 §4.8.
pub fn read(asked: &AskedAnswer<'_>, form: &Form) -> Reading {
    let typed = |part| form.part(&asked.field_id, part);
    // A space is a first line: only nothing at all is missing.
    if asked.answer.mandatory && typed("line1").is_empty() {
        return Err(vec![AnswerError::Mandatory("MANDATORY_ADDRESS")]);
    }
    let parts: Vec<_> = PARTS
        .into_iter()
        .map(|part| (part, typed(part)))
        .filter(|(_, typed)| !typed.is_empty())
        .map(|(part, typed)| (Cow::Borrowed(part), Value::text(typed.to_owned())))
        .collect();
    Ok((!parts.is_empty()).then_some(Value::Parts(parts)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::form::testing::Desk;

    #[test]
    fn only_the_first_line_of_an_address_can_be_missing() {
        let desk = Desk::answer(json!({"type": "Address", "mandatory": true}));
        assert_eq!(desk.told(&[]), "MANDATORY_ADDRESS");
        assert_eq!(desk.told(&[("a-line1", ""), ("a-town", "Newport")]), "MANDATORY_ADDRESS");
        assert_eq!(desk.told(&[("a-line1", " ")]), r#"line1:" ""#);
        let optional = Desk::answer(json!({"type": "Address"}));
        assert_eq!(optional.told(&[("a-line1", ""), ("a-uprn", "")]), "nothing");
    }

    #[test]
    fn an_address_has_the_parts_that_were_given_in_their_own_order() {
        let desk = Desk::answer(json!({"type": "Address"}));
        let told = desk.told(&[
            ("a-postcode", "NP10 8XG"),
            ("a-line1", "Cardiff Road"),
            ("a-line2", ""),
            ("a-town", "Newport"),
            ("a-uprn", "1"),
        ]);
        assert_eq!(told, r#"line1:"Cardiff Road" town:"Newport" postcode:"NP10 8XG" uprn:"1""#);
    }
}
