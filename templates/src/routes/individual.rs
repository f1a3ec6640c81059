//! Addresses of the pages about a form of one's own.

use engine::individual::IndividualStep;
use schema::value::ListItemId;

/// Of the path below `/individual-response`.
pub(super) fn step(path: &[&str]) -> Option<IndividualStep> {
    Some(match path {
        [] => IndividualStep::Begin,
        ["who"] => IndividualStep::Who,
        ["post", "confirmation"] => IndividualStep::Posted,
        ["text", "confirmation"] => IndividualStep::Texted,
        [person, step @ ..] => {
            let person = ListItemId::parse(person)?;
            match step {
                ["how"] => IndividualStep::How(person),
                ["change"] => IndividualStep::Change(person),
                ["post", "confirm-address"] => IndividualStep::Address(person),
                ["text", "enter-number"] => IndividualStep::Number(person),
                ["text", "confirm-number"] => IndividualStep::ConfirmNumber(person),
                _ => return None,
            }
        }
    })
}

/// Its address; [`step`] reads it.
pub(super) fn path(step: IndividualStep) -> String {
    let (person, path) = match step {
        IndividualStep::Begin => (None, ""),
        IndividualStep::Who => (None, "who"),
        IndividualStep::Posted => (None, "post/confirmation"),
        IndividualStep::Texted => (None, "text/confirmation"),
        IndividualStep::How(person) => (Some(person), "how"),
        IndividualStep::Change(person) => (Some(person), "change"),
        IndividualStep::Address(person) => (Some(person), "post/confirm-address"),
        IndividualStep::Number(person) => (Some(person), "text/enter-number"),
        IndividualStep::ConfirmNumber(person) => (Some(person), "text/confirm-number"),
    };
    match person {
        Some(person) => format!("/individual-response/{person}/{path}"),
        None => format!("/individual-response/{path}"),
    }
}
