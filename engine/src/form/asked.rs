//! A question as it is asked here: one answer for each item where it repeats, options made, limits looked up.

use std::borrow::Cow;

use schema::questionnaire::{
    Answer, AnswerIx, AnswerKind, Choice, DateBound, DateReference, DynamicOptions, DynamicValues, Link,
    NumberAnswer, NumberBound, NumberReference, Options, Precision, Question,
};
use schema::rule::{
    Fault, FaultKind, ItemSelector, LocationPart, Scope, Source, Weeks, evaluate, evaluate_with, offset_date,
    read_date, resolve,
};
use schema::text::Text;
use schema::value::{Date, ListItemId, Number, Value};

use crate::response::{AnswerKey, Response};

/// The variant chosen, with everything that depends on the response looked up.
pub struct Asked<'a> {
    pub question: &'a Question,
    /// In display order: the dynamic ones first, all items of one definition before the next (spec/01 §5.2).
    pub answers: Vec<AskedAnswer<'a>>,
}

pub struct AskedAnswer<'a> {
    pub answer: &'a Answer,
    /// Of a dynamic answer: the item it is about, whose words its label wants.
    pub item: Option<ListItemId>,
    /// Where its value is stored.
    pub key: AnswerKey,
    /// The id on the page, and the name of its field or the beginning of its fields' names: `ID`, or `ID-ITEM`.
    pub field_id: Cow<'a, str>,
    /// The dynamic ones first (spec/01 §6.2). Empty for answers without a choice.
    pub options: Vec<ResolvedOption<'a>>,
    pub limits: Limits,
}

pub struct ResolvedOption<'a> {
    pub value: Cow<'a, str>,
    pub label: Label<'a>,
    /// Of a fixed option: how it is defined.
    pub choice: Option<&'a Choice>,
    pub detail: Option<Box<AskedAnswer<'a>>>,
}

pub enum Label<'a> {
    Author(&'a Text),
    /// Made by a rule: plain text.
    Made(String),
}

/// The bounds of a number or a date, `None` where nothing bounds it (spec/01 §6.1).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Limits {
    None,
    Number {
        minimum: Option<NumberLimit>,
        maximum: Option<NumberLimit>,
    },
    /// Inclusive days.
    Date {
        minimum: Option<Date>,
        maximum: Option<Date>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NumberLimit {
    pub value: Number,
    pub exclusive: bool,
}

impl NumberLimit {
    pub(super) const LEAST: Self = Self { value: Number::ZERO, exclusive: false };

    /// Fifteen nines.
    pub(super) fn most() -> Self {
        Self { value: Number::from(999_999_999_999_999_i64), exclusive: false }
    }
}

impl<'a> AskedAnswer<'a> {
    /// The detail answers of its options, in their order.
    pub fn details(&self) -> impl Iterator<Item = (&ResolvedOption<'a>, &AskedAnswer<'a>)> {
        self.options.iter().filter_map(|option| Some((option, option.detail.as_deref()?)))
    }
}

/// Asks a question at `item`: what a page shows of it and what a form is read by.
///
/// `at_item` gives the scope of a dynamic answer's item.
///
/// # Errors
/// A choice without options, a limit that is no number or date, and what the rules cannot carry out.
///
/// Source: spec/01 §5.2, §6.1, §6.2.
pub fn ask<'a, S: Scope>(
    question: &'a Question,
    item: Option<ListItemId>,
    response: &Response,
    scope: &dyn Scope,
    at_item: impl Fn(ListItemId) -> S,
) -> Result<Asked<'a>, Fault> {
    let mut answers = vec![];
    if let Some(dynamic) = &question.dynamic {
        for answer in &dynamic.answers {
            for &item in scope.list(dynamic.list).items {
                let there = at_item(item);
                let asking = Asking { response, scope: &there };
                let field_id = Cow::Owned(format!("{}-{item}", answer.id));
                answers
                    .push(AskedAnswer { item: Some(item), ..asking.answer(answer, Some(item), field_id)? });
            }
        }
    }
    let asking = Asking { response, scope };
    for answer in &question.answers {
        answers.push(asking.answer(answer, item, Cow::Borrowed(&*answer.id))?);
    }
    Ok(Asked { question, answers })
}

struct Asking<'s> {
    response: &'s Response,
    scope: &'s dyn Scope,
}

impl Asking<'_> {
    fn answer<'a>(
        &self,
        answer: &'a Answer,
        item: Option<ListItemId>,
        field_id: Cow<'a, str>,
    ) -> Result<AskedAnswer<'a>, Fault> {
        let options = match &answer.kind {
            AnswerKind::Radio { options, .. }
            | AnswerKind::Checkbox { options, .. }
            | AnswerKind::Dropdown { options, .. }
            | AnswerKind::Relationship { options, .. } => self.options(options, item),
            _ => Ok(vec![]),
        };
        let limits = match &answer.kind {
            AnswerKind::Number(number) => self.number_limits(number),
            AnswerKind::Date(date) => {
                self.date_limit(date.minimum.as_ref(), date.precision, End::First).and_then(|minimum| {
                    let maximum = self.date_limit(date.maximum.as_ref(), date.precision, End::Last)?;
                    Ok(Limits::Date { minimum, maximum })
                })
            }
            _ => Ok(Limits::None),
        };
        let here = |fault: Fault| fault.at(&answer.pointer);
        Ok(AskedAnswer {
            answer,
            item: None,
            key: AnswerKey::new(answer.ix, item),
            field_id,
            options: options.map_err(here)?,
            limits: limits.map_err(here)?,
        })
    }

    fn options<'a>(
        &self,
        options: &'a Options,
        item: Option<ListItemId>,
    ) -> Result<Vec<ResolvedOption<'a>>, Fault> {
        let mut all = match &options.dynamic {
            Some(dynamic) => self.dynamic_options(dynamic)?,
            None => vec![],
        };
        for choice in &options.fixed {
            let detail = match choice.detail.as_deref() {
                Some(detail) => Some(Box::new(self.answer(detail, item, Cow::Borrowed(&*detail.id))?)),
                None => None,
            };
            all.push(ResolvedOption {
                value: Cow::Borrowed(&*choice.value),
                label: Label::Author(&choice.label),
                choice: Some(choice),
                detail,
            });
        }
        if all.is_empty() { Err(Fault::of(FaultKind::NoOptions)) } else { Ok(all) }
    }

    fn dynamic_options<'a>(&self, dynamic: &DynamicOptions) -> Result<Vec<ResolvedOption<'a>>, Fault> {
        let values = match &dynamic.values {
            DynamicValues::Rule(rule) => evaluate(rule, self.scope)?,
            DynamicValues::Source(source) => resolve(source, self.scope)?,
        };
        let values = match values {
            Value::Null => vec![],
            Value::List(values) => values,
            one => vec![one],
        };
        values
            .iter()
            .map(|value| {
                let label = plain_value(&evaluate_with(&dynamic.transform, value, self.scope)?)?;
                Ok(ResolvedOption {
                    value: Cow::Owned(plain_value(value)?),
                    label: Label::Made(label),
                    choice: None,
                    detail: None,
                })
            })
            .collect()
    }

    fn number_limits(&self, number: &NumberAnswer) -> Result<Limits, Fault> {
        Ok(Limits::Number {
            minimum: self.number_limit(number.minimum.as_ref(), NumberLimit::LEAST)?,
            maximum: self.number_limit(number.maximum.as_ref(), NumberLimit::most())?,
        })
    }

    /// A bound that is not given is the usual one; one that is given but comes to nothing does not bound.
    fn number_limit(
        &self,
        bound: Option<&NumberBound>,
        usual: NumberLimit,
    ) -> Result<Option<NumberLimit>, Fault> {
        let Some(bound) = bound else { return Ok(Some(usual)) };
        let value = match &bound.value {
            NumberReference::Literal(number) => Some(*number),
            NumberReference::Source(source) => match self.resolve(source)? {
                Value::Null => None,
                Value::Number(number) => Some(number),
                Value::Text(text) => Some(
                    text.trim()
                        .parse()
                        .map_err(|_| Fault::of(FaultKind::WrongKind("a limit that is no number")))?,
                ),
                _ => return Err(Fault::of(FaultKind::WrongKind("a limit that is no number"))),
            },
        };
        Ok(value.map(|value| NumberLimit { value, exclusive: bound.exclusive }))
    }

    fn date_limit(
        &self,
        bound: Option<&DateBound>,
        precision: Precision,
        end: End,
    ) -> Result<Option<Date>, Fault> {
        let Some(bound) = bound else { return Ok(None) };
        let not_a_date = || Fault::of(FaultKind::WrongKind("a limit that is no date"));
        let date = match &bound.value {
            DateReference::Literal(literal) if &**literal == "now" => self.scope.today(),
            DateReference::Literal(literal) => read_date(literal).ok_or_else(not_a_date)?,
            DateReference::Source(source) => match self.resolve(source)? {
                Value::Null => return Ok(None),
                Value::Date(date) => date,
                Value::Text(text) if text.is_empty() => return Ok(None),
                Value::Text(text) if text == "now" => self.scope.today(),
                Value::Text(text) => read_date(&text).ok_or_else(not_a_date)?,
                _ => return Err(not_a_date()),
            },
        };
        let date = offset_date(date, bound.offset, Weeks::Nearest).map_err(Fault::of)?;
        Ok(Some(match (precision, end) {
            (Precision::Day, _) => date,
            (Precision::Month, End::First) => date.first_of_month(),
            (Precision::Month, End::Last) => date.last_of_month(),
            (Precision::Year, End::First) => date.first_of_year(),
            (Precision::Year, End::Last) => date.last_of_year(),
        }))
    }

    /// The value of a source; an answer's default does not count here (spec/01 §6.1).
    fn resolve(&self, source: &Source) -> Result<Value<'static>, Fault> {
        if let Source::Answer(answer) = source
            && let Link::To(ix) = answer.answer
            && self.scope.questionnaire().answer(ix).default.is_some()
            && !self.is_stored(ix, &answer.item)
        {
            return Ok(Value::Null);
        }
        resolve(source, self.scope).map(Value::into_owned)
    }

    fn is_stored(&self, answer: AnswerIx, selector: &ItemSelector) -> bool {
        let answers = &self.response.answers;
        let has = |item| answers.get(AnswerKey::new(answer, item)).is_some();
        match selector {
            ItemSelector::List(..) => answers.has_any(answer),
            ItemSelector::Location(LocationPart::To) => has(self.scope.here().to),
            _ => has(None) || has(self.scope.here().item),
        }
    }
}

#[derive(Clone, Copy)]
enum End {
    First,
    Last,
}

/// An option's value or label as text.
fn plain_value(value: &Value<'_>) -> Result<String, Fault> {
    match value {
        Value::Text(text) => Ok(text.to_string()),
        Value::Number(number) => Ok(number.to_string()),
        Value::Date(date) => Ok(date.to_string()),
        _ => Err(Fault::of(FaultKind::WrongKind("an option that is no text"))),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use schema::value::Value;
    use serde_json::json;

    use crate::form::testing::Desk;

    #[test]
    fn dynamic_answers_come_first_all_items_of_one_before_the_next() {
        let answer = |id| json!({"id": id, "type": "Number", "mandatory": false, "label": "N"});
        let desk = Desk::asking(
            json!({
                "dynamic_answers": {
                    "values": {"source": "list", "identifier": "people"},
                    "answers": [answer("age"), answer("height")]
                },
                "answers": [answer("all")]
            }),
            &[],
        )
        .listing(&["AAAAAA", "BBBBBB"]);
        let ids =
            desk.ask(|asked, _| asked.answers.iter().map(|a| a.field_id.to_string()).collect::<Vec<_>>());
        assert_eq!(ids.unwrap(), ["age-AAAAAA", "age-BBBBBB", "height-AAAAAA", "height-BBBBBB", "all"]);
        let read = desk.try_read(&[("age-BBBBBB", "7"), ("all", "8")]).unwrap();
        let stored: Vec<_> = read.values.into_iter().filter_map(|(key, value)| Some((key, value?))).collect();
        assert!(
            stored
                == [
                    (desk.key("age", Some("BBBBBB")), Value::Number(7.into())),
                    (desk.key("all", None), Value::Number(8.into())),
                ]
        );
    }
}
