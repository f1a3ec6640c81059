//! Rules, value sources and literals: operators typed, names resolved.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::Value as Json;

use super::at::At;
use crate::definition::{self, SourceKind, ValueSource};
use crate::questionnaire::{AnswerIx, BlockIx, GroupIx, Link, ListIx, SectionIx};
use crate::rule::{
    AnswerSource, ItemSelector, ListPart, LocationPart, Offset, Operand, Operator, Part, Rule, Source,
    SupplementarySource,
};
use crate::value::{Number, Value};

pub(super) fn rule(at: &At, written: &definition::Rule) -> Rule {
    rule_in(at, written, false)
}

/// A rule in which `"self"` is a value that is put in: the transform of dynamic options.
pub(super) fn rule_of_itself(at: &At, written: &definition::Rule) -> Rule {
    rule_in(at, written, true)
}

fn rule_in(at: &At, written: &definition::Rule, has_self: bool) -> Rule {
    let operator = operator(&written.operator).unwrap_or_else(|| {
        at.wrong(format!("no operator `{}`", written.operator));
        Operator::And
    });
    let at_operands = at.key(&written.operator);
    let operands = written
        .operands
        .iter()
        .enumerate()
        .map(|(nth, operand)| {
            let at = at_operands.index(nth);
            let has_self = has_self || (operator == Operator::Map && nth == 0);
            if operator == Operator::Date && nth == 1 {
                return match definition::Offset::deserialize(operand) {
                    Ok(written) => Operand::Offset(offset(&at, &written)),
                    Err(error) => {
                        at.wrong(error.to_string());
                        Operand::Literal(Value::Null)
                    }
                };
            }
            self::operand(&at, operand, has_self)
        })
        .collect();
    Rule { operator, operands, pointer: at.pointer() }
}

fn operand(at: &At, written: &Json, has_self: bool) -> Operand {
    match written {
        Json::Object(map) if map.contains_key("source") => parsed(at, written)
            .map_or(Operand::Literal(Value::Null), |written: ValueSource| {
                Operand::Source(source(at, &written))
            }),
        Json::Object(map) if map.keys().next().is_some_and(|key| operator(key).is_some()) => {
            parsed(at, written).map_or(Operand::Literal(Value::Null), |written: definition::Rule| {
                Operand::Rule(Box::new(rule_in(at, &written, has_self)))
            })
        }
        Json::String(text) if has_self && text == "self" => Operand::Itself,
        other => Operand::Literal(literal(other)),
    }
}

/// A part that the definition keeps as plain JSON, read now; a wrong shape becomes a problem.
pub(super) fn parsed<'de, T: Deserialize<'de>>(at: &At, written: &'de Json) -> Option<T> {
    T::deserialize(written).map_err(|error| at.wrong(error.to_string())).ok()
}

pub(super) fn offset(at: &At, written: &definition::Offset) -> Offset {
    const DAYS: [&str; 7] = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"];

    let day_of_week = written.day_of_week.as_deref().and_then(|name| {
        let day = DAYS.iter().position(|day| *day == name);
        if day.is_none() {
            at.wrong(format!("no weekday `{name}`"));
        }
        day.map(|day| day as i8)
    });
    Offset {
        days: written.days.unwrap_or(0),
        months: written.months.unwrap_or(0),
        years: written.years.unwrap_or(0),
        day_of_week,
    }
}

pub(super) fn source(at: &At, written: &ValueSource) -> Source {
    let name = &written.identifier;
    match written.source {
        SourceKind::Answers => Source::Answer(AnswerSource {
            answer: answer_link(at, name),
            part: written.selector.clone(),
            item: written.list_item_selector.as_deref().map_or(ItemSelector::Implied, |selector| {
                match selector.source {
                    SourceKind::List => ItemSelector::List(
                        list_link(at, &selector.identifier),
                        list_part(at, selector.selector.as_deref()),
                    ),
                    SourceKind::Location => ItemSelector::Location(location_part(at, &selector.identifier)),
                    _ => {
                        at.wrong("an item of a list is selected by `list` or `location`");
                        ItemSelector::Implied
                    }
                }
            }),
        }),
        SourceKind::Metadata => Source::Metadata(name.clone()),
        SourceKind::ResponseMetadata => Source::ResponseMetadata(name.clone()),
        SourceKind::List => Source::List(list_link(at, name), list_part(at, written.selector.as_deref())),
        SourceKind::Location => Source::Location(location_part(at, name)),
        SourceKind::CalculatedSummary => Source::CalculatedSummary(block_link(at, name)),
        SourceKind::GrandCalculatedSummary => Source::GrandCalculatedSummary(block_link(at, name)),
        SourceKind::Progress => Source::Progress(if written.selector.as_deref() == Some("block") {
            Part::Block(block_link(at, name))
        } else {
            Part::Section(section_link(at, name))
        }),
        SourceKind::SupplementaryData => Source::Supplementary(SupplementarySource {
            identifier: name.clone(),
            list: at.names().list_named(name).filter(|list| at.names().supplementary.contains(list)),
            selectors: written.selectors.clone(),
        }),
        SourceKind::PreviousTransform => {
            at.wrong("`previous_transform` outside the arguments of a transform");
            Source::Metadata("".into())
        }
    }
}

fn list_part(at: &At, selector: Option<&str>) -> ListPart {
    match selector {
        None => ListPart::Items,
        Some("count") => ListPart::Count,
        Some("first") => ListPart::First,
        Some("primary_person") => ListPart::PrimaryPerson,
        Some("same_name_items") => ListPart::SameNameItems,
        Some(other) => {
            at.wrong(format!("no part `{other}` of a list"));
            ListPart::Items
        }
    }
}

fn location_part(at: &At, name: &str) -> LocationPart {
    match name {
        "list_item_id" => LocationPart::Item,
        "to_list_item_id" => LocationPart::To,
        other => {
            at.wrong(format!("no part `{other}` of a place"));
            LocationPart::Item
        }
    }
}

fn link<T: Copy>(found: Option<&T>, name: &str) -> Link<T> {
    found.map_or_else(|| Link::Dangling(name.into()), |&found| Link::To(found))
}

pub(super) fn answer_link(at: &At, name: &str) -> Link<AnswerIx> {
    link(at.names().names.answers.get(name), name)
}

pub(super) fn block_link(at: &At, name: &str) -> Link<BlockIx> {
    link(at.names().names.blocks.get(name), name)
}

pub(super) fn group_link(at: &At, name: &str) -> Link<GroupIx> {
    link(at.names().names.groups.get(name), name)
}

pub(super) fn section_link(at: &At, name: &str) -> Link<SectionIx> {
    link(at.names().names.sections.get(name), name)
}

pub(super) fn list_link(at: &At, name: &str) -> Link<ListIx> {
    link(at.names().names.lists.get(name), name)
}

/// A value as written in the definition. A number keeps its digits as far as JSON's reader kept them.
pub(super) fn literal(written: &Json) -> Value<'static> {
    match written {
        Json::Null => Value::Null,
        Json::Bool(yes) => Value::Bool(*yes),
        Json::Number(digits) => number(&digits.to_string()).map_or(Value::Null, Value::Number),
        Json::String(text) => Value::Text(Cow::Owned(text.clone())),
        Json::Array(items) => Value::List(items.iter().map(literal).collect()),
        Json::Object(parts) => Value::Parts(
            parts.iter().map(|(name, value)| (Cow::Owned(name.clone()), literal(value))).collect(),
        ),
    }
}

/// A number from its digits, with or without an exponent; none where it is too large to keep.
pub(super) fn number(digits: &str) -> Option<Number> {
    digits.parse().ok().or_else(|| Number::from_scientific(digits).ok())
}

pub(super) fn operator(key: &str) -> Option<Operator> {
    Some(match key {
        "==" => Operator::Equal,
        "!=" => Operator::NotEqual,
        ">" => Operator::Greater,
        "<" => Operator::Less,
        ">=" => Operator::GreaterOrEqual,
        "<=" => Operator::LessOrEqual,
        "in" => Operator::In,
        "all-in" => Operator::AllIn,
        "any-in" => Operator::AnyIn,
        "and" => Operator::And,
        "or" => Operator::Or,
        "not" => Operator::Not,
        "count" => Operator::Count,
        "+" => Operator::Sum,
        "date" => Operator::Date,
        "date-range" => Operator::DateRange,
        "format-date" => Operator::FormatDate,
        "map" => Operator::Map,
        "option-label-from-value" => Operator::OptionLabelFromValue,
        "concatenate" => Operator::Concatenate,
        _ => return None,
    })
}
