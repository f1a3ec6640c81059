//! What a source is worth to the one who asks (spec/01 §8).

use crate::questionnaire::Link;
use crate::rule::{Fault, FaultKind, ListPart, LocationPart, Scope, Source};
use crate::value::Value;

/// The value of a source; nothing there is [`Value::Null`].
///
/// # Errors
/// The first item of an empty list, a name that nothing bears, and what the scope cannot carry out.
pub fn resolve<'a>(source: &'a Source, scope: &'a dyn Scope) -> Result<Value<'a>, Fault> {
    Ok(match source {
        Source::Answer(answer) => part_of(scope.answer(answer)?, answer.part.as_deref()),
        Source::Metadata(name) => scope.metadata(name),
        Source::ResponseMetadata(name) if &**name == "started_at" => {
            scope.started_at().map_or(Value::Null, started_at)
        }
        Source::ResponseMetadata(_) => Value::Null,
        Source::List(list, part) => {
            let list = match list {
                Link::To(list) => scope.list(*list),
                // A list that nobody collects is an empty one.
                Link::Dangling(_) => Default::default(),
            };
            let ids =
                |ids: &'a [crate::value::ListItemId]| ids.iter().map(|id| Value::text(id.as_str())).collect();
            match part {
                ListPart::Items => Value::List(ids(list.items)),
                ListPart::Count => Value::Number(list.items.len().into()),
                ListPart::First => match list.items.first() {
                    Some(first) => Value::text(first.as_str()),
                    None => return Err(Fault::of(FaultKind::FirstOfEmptyList)),
                },
                ListPart::PrimaryPerson => list.primary.map_or(Value::Null, |id| Value::text(id.to_string())),
                ListPart::SameNameItems => Value::List(ids(list.same_names)),
            }
        }
        Source::Location(LocationPart::Item) => {
            scope.here().item.map_or(Value::Null, |id| Value::text(id.to_string()))
        }
        // It only means something in a selector.
        Source::Location(LocationPart::To) => Value::Null,
        Source::CalculatedSummary(block) | Source::GrandCalculatedSummary(block) => match block {
            Link::To(block) => scope.total(*block)?,
            Link::Dangling(name) => return Err(Fault::of(FaultKind::Dangling(name.clone()))),
        },
        Source::Progress(part) => scope.progress(part)?,
        Source::Supplementary(source) => scope.supplementary(source)?,
    })
}

/// Addresses and durations have no value as a whole (spec/01 §8.1 step 5).
pub fn part_of<'a>(value: Value<'a>, part: Option<&str>) -> Value<'a> {
    match value {
        Value::Parts(parts) => {
            parts.into_iter().find(|(name, _)| Some(&**name) == part).map_or(Value::Null, |(_, value)| value)
        }
        other => other,
    }
}

/// `2018-07-04T14:49:33.448608+00:00`.
fn started_at<'a>(at: crate::value::Timestamp) -> Value<'a> {
    Value::text(at.strftime("%Y-%m-%dT%H:%M:%S%.f+00:00").to_string())
}
