//! Texts in every language: cut at their placeholders, whose transforms become typed (spec/01 §9).

use serde::Deserialize;
use serde_json::{Map, Value as Json};

use super::at::At;
use super::html;
use super::rules::{answer_link, literal, parsed, source};
use crate::definition::{self, Filled, SourceKind, ValueSource};
use crate::questionnaire::{Messages, Words};
use crate::rule::Source;
use crate::text::{
    Argument, Fill, Forms, Placeholder, PluralForm, Text, TextIn, Transform, TransformKind, plain,
};

/// A text, with the words that other languages have at the same place, or the base's where they have none.
pub(super) fn text(at: &At, written: &definition::Text) -> Text {
    let base = text_in(at, written);
    // A translation that cannot be linked must not keep its questionnaire from running: the base's words stand in.
    let others = at.others().map(|other| {
        let other = other.and_then(|other| definition::Text::deserialize(other).ok());
        other.and_then(|other| at.unless_wrong(|| text_in(at, &other))).unwrap_or_else(|| base.clone())
    });
    let others: Vec<TextIn> = others.collect();
    Text { languages: std::iter::once(base).chain(others).collect() }
}

pub(super) fn maybe(at: &At, written: Option<&definition::Text>) -> Option<Text> {
    written.map(|written| text(at, written))
}

pub(super) fn each(at: &At, written: &[definition::Text]) -> Vec<Text> {
    written.iter().enumerate().map(|(nth, written)| text(&at.index(nth), written)).collect()
}

/// Plain words without placeholders. Authors write them as they write texts, so an `&amp;` is a sign and a tag is none
/// (spec/08 §11).
pub(super) fn words(at: &At, written: &str) -> Words {
    let said = |written: &str| plain(written.into()).into();
    let others = at.others().map(|other| said(other.and_then(Json::as_str).unwrap_or(written)));
    Words { languages: std::iter::once(said(written)).chain(others).collect() }
}

pub(super) fn maybe_words(at: &At, written: Option<&str>) -> Option<Words> {
    written.map(|written| words(at, written))
}

pub(super) fn messages(at: &At, written: &Map<String, Json>) -> Messages {
    let messages = written
        .iter()
        .filter_map(|(key, message)| Some((key.as_str().into(), words(&at.key(key), message.as_str()?))));
    Messages(messages.collect())
}

fn text_in(at: &At, written: &definition::Text) -> TextIn {
    match written {
        definition::Text::Plain(words) => {
            TextIn { forms: Forms::One(html::plain(words)), placeholders: Vec::new() }
        }
        definition::Text::Filled(filled) => filled_in(at, filled),
    }
}

fn filled_in(at: &At, filled: &Filled) -> TextIn {
    let at_placeholders = at.key("placeholders");
    let placeholders: Vec<Placeholder> = filled
        .placeholders
        .iter()
        .enumerate()
        .map(|(nth, written)| placeholder(&at_placeholders.index(nth), written))
        .collect();
    let slot = |name: &str| {
        placeholders.iter().position(|placeholder| &*placeholder.name == name).map(|nth| nth as u16)
    };
    let forms = match (&filled.text, &filled.text_plural) {
        (_, Some(plural)) => Forms::Plural {
            count: source(&at.key("text_plural").key("count"), &plural.count),
            forms: plural
                .forms
                .iter()
                .filter_map(|(form, text)| Some((plural_form(form)?, html::pieces(text.as_str()?, slot))))
                .collect(),
        },
        (text, None) => Forms::One(html::pieces(text.as_deref().unwrap_or(""), slot)),
    };
    TextIn { forms, placeholders }
}

fn plural_form(name: &str) -> Option<PluralForm> {
    Some(match name {
        "zero" => PluralForm::Zero,
        "one" => PluralForm::One,
        "two" => PluralForm::Two,
        "few" => PluralForm::Few,
        "many" => PluralForm::Many,
        "other" => PluralForm::Other,
        _ => return None,
    })
}

fn placeholder(at: &At, written: &definition::Placeholder) -> Placeholder {
    let fill = match &written.value {
        Some(value) => Fill::Source(source(&at.key("value"), value)),
        None => {
            let at = at.key("transforms");
            Fill::Transforms(
                written
                    .transforms
                    .iter()
                    .enumerate()
                    .map(|(nth, written)| transform(&at.index(nth), written))
                    .collect(),
            )
        }
    };
    let only_metadata = is_only_metadata(&fill);
    Placeholder { name: written.placeholder.clone(), fill, only_metadata }
}

fn transform(at: &At, written: &definition::Transform) -> Transform {
    let kind = kind(&written.transform).unwrap_or_else(|| {
        at.wrong(format!("no transform `{}`", written.transform));
        TransformKind::RemoveEmpty
    });
    let at = at.key("arguments");
    let arguments = written
        .arguments
        .iter()
        .map(|(name, value)| {
            let at = at.key(name);
            let argument = match (kind, value) {
                (TransformKind::OptionLabelFromValue, Json::String(id)) if name == "answer_id" => {
                    Argument::Answer(answer_link(&at, id))
                }
                _ => argument(&at, value),
            };
            (name.as_str().into(), argument)
        })
        .collect();
    Transform { kind, arguments }
}

/// A list, a literal `{"value": …}`, the previous result, a source, or whatever else is written (spec/01 §9.3).
fn argument(at: &At, written: &Json) -> Argument {
    match written {
        Json::Array(items) => Argument::Many(
            items.iter().enumerate().map(|(nth, item)| argument(&at.index(nth), item)).collect(),
        ),
        Json::Object(map) if map.contains_key("source") => match parsed::<ValueSource>(at, written) {
            Some(written) if written.source == SourceKind::PreviousTransform => Argument::Previous,
            Some(written) => Argument::Source(source(at, &written)),
            None => Argument::Previous,
        },
        Json::Object(map) => Argument::Literal(literal(map.get("value").unwrap_or(written))),
        other => Argument::Literal(literal(other)),
    }
}

fn is_only_metadata(fill: &Fill) -> bool {
    match fill {
        Fill::Source(source) => matches!(source, Source::Metadata(_)),
        Fill::Transforms(transforms) => transforms
            .iter()
            .flat_map(|transform| &transform.arguments)
            .all(|(_, argument)| is_metadata(argument)),
    }
}

/// `previous_transform` is a source as well, and no metadata: a preview leaves such a placeholder as it is.
fn is_metadata(argument: &Argument) -> bool {
    match argument {
        Argument::Literal(_) | Argument::Answer(_) => true,
        Argument::Source(source) => matches!(source, Source::Metadata(_)),
        Argument::Many(arguments) => arguments.iter().all(is_metadata),
        Argument::Previous => false,
    }
}

fn kind(name: &str) -> Option<TransformKind> {
    Some(match name {
        "format_currency" => TransformKind::FormatCurrency,
        "format_number" => TransformKind::FormatNumber,
        "format_percentage" => TransformKind::FormatPercentage,
        "format_unit" => TransformKind::FormatUnit,
        "format_date" => TransformKind::FormatDate,
        "format_date_range" => TransformKind::FormatDateRange,
        "date_range_bounds" => TransformKind::DateRangeBounds,
        "calculate_date_difference" => TransformKind::CalculateDateDifference,
        "concatenate_list" => TransformKind::ConcatenateList,
        "format_list" => TransformKind::FormatList,
        "list_item_count" => TransformKind::ListItemCount,
        "list_has_items" => TransformKind::ListHasItems,
        "contains" => TransformKind::Contains,
        "first_non_empty_item" => TransformKind::FirstNonEmptyItem,
        "format_name" => TransformKind::FormatName,
        "format_possessive" => TransformKind::FormatPossessive,
        "format_ordinal" => TransformKind::FormatOrdinal,
        "add" => TransformKind::Add,
        "telephone_number_link" => TransformKind::TelephoneNumberLink,
        "email_link" => TransformKind::EmailLink,
        "option_label_from_value" => TransformKind::OptionLabelFromValue,
        "conditional_trad_as" => TransformKind::ConditionalTradAs,
        "number_to_words" => TransformKind::NumberToWords,
        "remove_empty" => TransformKind::RemoveEmpty,
        _ => return None,
    })
}
