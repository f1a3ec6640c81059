//! Answers: each type with the keys that belong to it.

use super::at::At;
use super::rules::{self, literal};
use super::{contents, texts};
use crate::definition::{self, ActionKind, AnswerKind as Written, Reference, RuleOrSource};
use crate::questionnaire::{
    Action, AddressLookup, Answer, AnswerGuidance, AnswerIx, AnswerKind, BlockIx, CheckboxInstruction,
    Choice, DateAnswer, DateBound, DateReference, DynamicOptions, DynamicValues, Link, ListIx, NumberAnswer,
    NumberBound, NumberReference, Numeric, Options, Precision, Suggestions, UnitLength,
};
use crate::text::{Forms, Text, TextIn};
use crate::value::Value;

/// What an action means where it stands: the add block and list of the collector around it, if any.
#[derive(Clone, Copy, Default)]
pub(super) struct Around {
    pub add: Option<BlockIx>,
    pub list: Option<ListIx>,
}

/// Only these have defaults (spec/01 §6.3).
pub(super) fn has_default(kind: Written) -> bool {
    matches!(kind, Written::Number | Written::Currency | Written::Percentage | Written::Unit | Written::Radio)
}

pub(super) fn numeric(written: &definition::Answer) -> Numeric {
    match written.kind {
        Written::Currency => Numeric::Currency { code: written.currency.clone().unwrap_or_default() },
        Written::Percentage => Numeric::Percentage,
        Written::Unit => Numeric::Unit {
            unit: written.unit.clone().unwrap_or_default(),
            length: written.unit_length.unwrap_or(UnitLength::Short),
        },
        _ => Numeric::Number,
    }
}

pub(super) fn each(at: &At, written: &[definition::Answer], around: Around) -> Vec<Answer> {
    written.iter().enumerate().map(|(nth, written)| answer(&at.index(nth), written, around)).collect()
}

pub(super) fn answer(at: &At, written: &definition::Answer, around: Around) -> Answer {
    Answer {
        ix: ix(at, &written.id),
        id: written.id.clone(),
        mandatory: written.mandatory,
        label: texts::maybe(&at.key("label"), written.label.as_ref()),
        description: texts::maybe(&at.key("description"), written.description.as_ref()),
        guidance: written.guidance.as_ref().map(|guidance| {
            let at = at.key("guidance");
            AnswerGuidance {
                title: texts::maybe_words(&at.key("show_guidance"), guidance.show_guidance.as_deref()),
                contents: contents::contents(&at.key("contents"), &guidance.contents),
            }
        }),
        q_code: written.q_code.clone(),
        default: has_default(written.kind).then(|| written.default.as_ref().map(literal)).flatten(),
        visible: written.visible,
        kind: kind(at, written, around),
        messages: texts::messages(&at.key("validation").key("messages"), &written.validation.messages),
        pointer: at.pointer(),
    }
}

/// The first walk has named every answer.
fn ix(at: &At, id: &str) -> AnswerIx {
    match rules::answer_link(at, id) {
        Link::To(ix) => ix,
        Link::Dangling(_) => {
            at.wrong("an answer where none is expected");
            AnswerIx(0)
        }
    }
}

fn kind(at: &At, written: &definition::Answer, around: Around) -> AnswerKind {
    match written.kind {
        Written::TextField => AnswerKind::TextField {
            // As given, even if it is nought or less (spec/04 §4.1).
            max_length: written.max_length.unwrap_or(10_000),
            shows_limit: written.max_length.is_some(),
            suggestions: written.suggestions.as_ref().map(|written| Suggestions {
                url: written.url.clone(),
                allow_multiple: written.allow_multiple,
            }),
        },
        Written::TextArea => AnswerKind::TextArea {
            max_length: written.max_length.filter(|&length| length > 0).unwrap_or(2_000),
            shows_limit: written.max_length.is_some(),
            rows: written.rows.unwrap_or(8),
        },
        Written::Number | Written::Currency | Written::Percentage | Written::Unit => {
            AnswerKind::Number(NumberAnswer {
                numeric: numeric(written),
                decimal_places: written.decimal_places.unwrap_or(0),
                minimum: number_bound(&at.key("minimum"), written.minimum.as_ref()),
                maximum: number_bound(&at.key("maximum"), written.maximum.as_ref()),
            })
        }
        Written::Radio => {
            AnswerKind::Radio { options: options(at, written, around), voluntary: written.voluntary }
        }
        Written::Checkbox => AnswerKind::Checkbox {
            options: options(at, written, around),
            instruction: match &written.instruction {
                None => CheckboxInstruction::Usual,
                Some(None) => CheckboxInstruction::None,
                Some(Some(own)) => CheckboxInstruction::Own(texts::words(&at.key("instruction"), own)),
            },
        },
        Written::Dropdown => AnswerKind::Dropdown {
            options: options(at, written, around),
            placeholder: texts::maybe_words(&at.key("placeholder"), written.placeholder.as_deref()),
        },
        Written::Relationship => AnswerKind::Relationship {
            options: options(at, written, around),
            playback: texts::maybe(&at.key("playback"), written.playback.as_ref())
                .unwrap_or_else(|| nothing(at)),
        },
        Written::Date => AnswerKind::Date(date(at, written, Precision::Day)),
        Written::MonthYearDate => AnswerKind::Date(date(at, written, Precision::Month)),
        Written::YearDate => AnswerKind::Date(date(at, written, Precision::Year)),
        Written::Duration => AnswerKind::Duration {
            years: written.units.iter().any(|unit| &**unit == "years"),
            months: written.units.iter().any(|unit| &**unit == "months"),
        },
        Written::Address => AnswerKind::Address {
            lookup: written.lookup_options.as_ref().map(|written| AddressLookup {
                address_type: written.address_type.clone(),
                region_code: written.region_code.clone(),
                one_year_ago: written.one_year_ago,
            }),
        },
        Written::MobileNumber => AnswerKind::MobileNumber,
    }
}

fn nothing(at: &At) -> Text {
    let empty = TextIn { forms: Forms::One(Vec::new()), placeholders: Vec::new() };
    Text { languages: vec![empty; at.shared.others.len() + 1].into() }
}

fn number_bound(at: &At, written: Option<&definition::Bound>) -> Option<NumberBound> {
    let written = written?;
    let at_value = at.key("value");
    let value = match written.value.as_ref()? {
        Reference::Source(written) => NumberReference::Source(rules::source(&at_value, written)),
        Reference::Literal(written) => {
            let number = match literal(written) {
                Value::Number(number) => Some(number),
                Value::Text(digits) => rules::number(&digits),
                _ => None,
            };
            let Some(number) = number else {
                at_value.wrong("not a number");
                return None;
            };
            NumberReference::Literal(number)
        }
    };
    Some(NumberBound { value, exclusive: written.exclusive })
}

fn date(at: &At, written: &definition::Answer, precision: Precision) -> DateAnswer {
    DateAnswer {
        precision,
        minimum: date_bound(&at.key("minimum"), written.minimum.as_ref()),
        maximum: date_bound(&at.key("maximum"), written.maximum.as_ref()),
    }
}

fn date_bound(at: &At, written: Option<&definition::Bound>) -> Option<DateBound> {
    let written = written?;
    let at_value = at.key("value");
    let value = match written.value.as_ref()? {
        Reference::Source(written) => DateReference::Source(rules::source(&at_value, written)),
        // A year may be written as a number.
        Reference::Literal(written) => match literal(written) {
            Value::Text(text) => DateReference::Literal(text.into()),
            Value::Number(year) => DateReference::Literal(year.to_string().into()),
            _ => {
                at_value.wrong("not a date");
                return None;
            }
        },
    };
    let offset = written.offset_by.as_ref();
    Some(DateBound {
        value,
        offset: offset.map(|written| rules::offset(&at.key("offset_by"), written)).unwrap_or_default(),
    })
}

fn options(at: &At, written: &definition::Answer, around: Around) -> Options {
    let at_fixed = at.key("options");
    let at_dynamic = at.key("dynamic_options");
    Options {
        fixed: written
            .options
            .iter()
            .enumerate()
            .map(|(nth, written)| choice(&at_fixed.index(nth), written, around))
            .collect(),
        dynamic: written.dynamic_options.as_ref().map(|written| DynamicOptions {
            values: match &written.values {
                RuleOrSource::Rule(written) => {
                    DynamicValues::Rule(rules::rule(&at_dynamic.key("values"), written))
                }
                RuleOrSource::Source(written) => {
                    DynamicValues::Source(rules::source(&at_dynamic.key("values"), written))
                }
            },
            transform: rules::rule_of_itself(&at_dynamic.key("transform"), &written.transform),
        }),
    }
}

fn choice(at: &At, written: &definition::Choice, around: Around) -> Choice {
    Choice {
        label: texts::text(&at.key("label"), &written.label),
        value: written.value.clone(),
        q_code: written.q_code.clone(),
        description: texts::maybe(&at.key("description"), written.description.as_ref()),
        detail: written
            .detail_answer
            .as_deref()
            .map(|written| Box::new(answer(&at.key("detail_answer"), written, around))),
        action: written.action.as_ref().map(|written| action(at, written, around)),
        title: texts::maybe(&at.key("title"), written.title.as_ref()),
        playback: texts::maybe(&at.key("playback"), written.playback.as_ref()),
    }
}

fn action(at: &At, written: &definition::Action, around: Around) -> Action {
    let params = written.params.as_ref();
    match written.kind {
        ActionKind::RedirectToListAddBlock => Action::RedirectToListAddBlock {
            block: match (params.and_then(|params| params.block_id.as_deref()), around.add) {
                (Some(name), _) => rules::block_link(at, name),
                (None, Some(add)) => Link::To(add),
                (None, None) => Link::Dangling("".into()),
            },
            list: match (params.and_then(|params| params.list_name.as_deref()), around.list) {
                (Some(name), _) => rules::list_link(at, name),
                (None, Some(list)) => Link::To(list),
                (None, None) => Link::Dangling("".into()),
            },
        },
        ActionKind::RemoveListItemAndAnswers => Action::RemoveListItemAndAnswers,
        ActionKind::AddUnrelatedRelationships => Action::AddUnrelatedRelationships,
        ActionKind::RemoveUnrelatedRelationships => Action::RemoveUnrelatedRelationships,
    }
}
