//! Carries rules out: one row for each operator (spec/01 §7).

use std::cmp::Ordering;
use std::ops::Deref;

use super::date::{Weeks, consecutive, offset_date, read_date};
use super::{Fault, FaultKind, Offset, Operand, Operator, Rule, Scope, resolve};
use crate::format;
use crate::questionnaire::{AnswerIx, LanguageIx};
use crate::text::{Html, Text, plain, words};
use crate::value::{Date, Number, Value};

/// What a rule comes to.
///
/// # Errors
/// Values of kinds that the operator cannot work on, and whatever its sources cannot carry out.
pub fn evaluate<'a>(rule: &'a Rule, scope: &'a dyn Scope) -> Result<Value<'a>, Fault> {
    Call { rule, itself: None, scope }.carry_out().map_err(|fault| fault.at(&rule.pointer))
}

/// Whether a rule holds, by the truthiness of what it comes to.
pub fn holds(rule: &Rule, scope: &dyn Scope) -> Result<bool, Fault> {
    evaluate(rule, scope).map(|value| value.is_truthy())
}

/// What a function comes to for one value, its `"self"`: of a `map`, or of dynamic options.
pub fn evaluate_with<'a>(
    rule: &'a Rule,
    itself: &'a Value<'a>,
    scope: &'a dyn Scope,
) -> Result<Value<'a>, Fault> {
    Call { rule, itself: Some(itself), scope }.carry_out().map_err(|fault| fault.at(&rule.pointer))
}

struct Call<'a> {
    rule: &'a Rule,
    itself: Option<&'a Value<'a>>,
    scope: &'a dyn Scope,
}

impl<'a> Call<'a> {
    fn carry_out(&self) -> Result<Value<'a>, Fault> {
        use Operator::*;
        Ok(match self.rule.operator {
            Equal => Value::Bool(equal(&*self.operand(0)?, &*self.operand(1)?)),
            NotEqual => Value::Bool(!equal(&*self.operand(0)?, &*self.operand(1)?)),
            Greater => self.ordered(Ordering::is_gt)?,
            Less => self.ordered(Ordering::is_lt)?,
            GreaterOrEqual => self.ordered(Ordering::is_ge)?,
            LessOrEqual => self.ordered(Ordering::is_le)?,
            In => Value::Bool(contains(&*self.operand(1)?, &*self.operand(0)?)?),
            AllIn => self
                .among(|these, those| these.iter().all(|this| those.iter().any(|that| equal(this, that))))?,
            AnyIn => self
                .among(|these, those| these.iter().any(|this| those.iter().any(|that| equal(this, that))))?,
            And => self.until(false)?,
            Or => self.until(true)?,
            Not => Value::Bool(!self.operand(0)?.is_truthy()),
            Count => match &*self.operand(0)? {
                Value::Null => Value::Number(Number::ZERO),
                Value::List(items) => Value::Number(items.len().into()),
                _ => return wrong_kind("count of what is no list"),
            },
            Sum => {
                let mut sum = Number::ZERO;
                for at in 0..self.rule.operands.len() {
                    add(&mut sum, &*self.operand(at)?)?;
                }
                Value::Number(sum)
            }
            Date => self.date()?,
            DateRange => self.date_range()?,
            FormatDate => {
                let (date, pattern) = (self.operand(0)?, self.operand(1)?);
                let (Some(date), Value::Text(pattern)) = (as_date(&date), &*pattern) else {
                    return wrong_kind("format-date of what is no date");
                };
                let locale = self.scope.questionnaire().locale(self.scope.language());
                Value::text(format::date(date, pattern, format::of_transforms(locale)))
            }
            Map => self.map()?,
            OptionLabelFromValue => self.option_label()?,
            Concatenate => return Err(Fault::of(FaultKind::NotCarriedOut("concatenate".into()))),
        })
    }

    fn operand(&self, at: usize) -> Result<Held<'a>, Fault> {
        Ok(match self.rule.operands.get(at) {
            Some(Operand::Literal(value)) => Held::There(value),
            Some(Operand::Source(source)) => Held::Made(resolve(source, self.scope)?),
            Some(Operand::Rule(rule)) => {
                let inner = Call { rule, itself: self.itself, scope: self.scope };
                Held::Made(inner.carry_out().map_err(|fault| fault.at(&rule.pointer))?)
            }
            Some(Operand::Itself) => match self.itself {
                Some(itself) => Held::There(itself),
                None => return wrong_kind("\"self\" outside a function"),
            },
            Some(Operand::Offset(_)) | None => Held::Made(Value::Null),
        })
    }

    fn ordered(&self, holds: fn(Ordering) -> bool) -> Result<Value<'a>, Fault> {
        Ok(Value::Bool(order(&*self.operand(0)?, &*self.operand(1)?)?.is_some_and(holds)))
    }

    /// For two lists; without either of them it does not hold.
    fn among(&self, holds: fn(&[Value<'_>], &[Value<'_>]) -> bool) -> Result<Value<'a>, Fault> {
        Ok(Value::Bool(match (&*self.operand(0)?, &*self.operand(1)?) {
            (Value::Null, _) | (_, Value::Null) => false,
            (Value::List(these), Value::List(those)) => holds(these, those),
            _ => return wrong_kind("all-in or any-in of what are no lists"),
        }))
    }

    /// Left to right, looking no further than the first operand that decides.
    fn until(&self, decides: bool) -> Result<Value<'a>, Fault> {
        for at in 0..self.rule.operands.len() {
            if self.operand(at)?.is_truthy() == decides {
                return Ok(Value::Bool(decides));
            }
        }
        Ok(Value::Bool(!decides))
    }

    fn date(&self) -> Result<Value<'a>, Fault> {
        let date = match &*self.operand(0)? {
            Value::Null => return Ok(Value::Null),
            Value::Text(text) if text.is_empty() => return Ok(Value::Null),
            Value::Text(text) if text == "now" => self.scope.today(),
            other => {
                as_date(other).ok_or_else(|| Fault::of(FaultKind::WrongKind("date of what is no date")))?
            }
        };
        match self.rule.operands.get(1) {
            Some(Operand::Offset(offset)) => moved(date, *offset),
            _ => Ok(Value::Date(date)),
        }
    }

    fn date_range(&self) -> Result<Value<'a>, Fault> {
        let (first, count) = (self.operand(0)?, self.operand(1)?);
        let (Some(first), Some(count)) =
            (as_date(&first), count.as_number().and_then(|count| count.try_into().ok()))
        else {
            return wrong_kind("date-range of what is no date and number");
        };
        Ok(Value::List(consecutive(first, count).map(Value::Date).collect()))
    }

    fn map(&self) -> Result<Value<'a>, Fault> {
        let Some(Operand::Rule(function)) = self.rule.operands.first() else {
            return wrong_kind("map without a function");
        };
        match &*self.operand(1)? {
            Value::Null => Ok(Value::List(Vec::new())),
            Value::List(items) => {
                let each = |item| Ok(evaluate_with(function, item, self.scope)?.into_owned());
                Ok(Value::List(items.iter().map(each).collect::<Result<_, Fault>>()?))
            }
            _ => wrong_kind("map over what is no list"),
        }
    }

    fn option_label(&self) -> Result<Value<'a>, Fault> {
        let (value, answer_id) = (self.operand(0)?, self.operand(1)?);
        let answer_id = answer_id.as_text().unwrap_or_default();
        let Some(answer) = self.scope.questionnaire().names.answers.get(answer_id) else {
            return Err(Fault::of(FaultKind::Dangling(answer_id.into())));
        };
        let label = option_label(&value, *answer, self.scope.language(), self.scope)?;
        Ok(Value::Text(plain(label.html)))
    }
}

/// The words of the first fixed option with that value, among all definitions of the answer.
///
/// # Errors
/// No option has it.
pub fn option_label<'a>(
    value: &Value<'_>,
    answer: AnswerIx,
    language: LanguageIx,
    scope: &'a dyn Scope,
) -> Result<Html<'a>, Fault> {
    let label = value.as_text().and_then(|value| find_label(value, answer, scope));
    words(label.ok_or_else(|| Fault::of(FaultKind::NoSuchOption))?, language, scope)
}

fn find_label<'a>(value: &str, answer: AnswerIx, scope: &'a dyn Scope) -> Option<&'a Text> {
    let questionnaire = scope.questionnaire();
    let definitions = questionnaire.answer(answer).defined_in.iter().flat_map(|(block, variant)| {
        let question = questionnaire.block(*block).questions().get(usize::from(*variant));
        question.into_iter().flat_map(|question| question.of.all_answers())
    });
    definitions
        .filter(|definition| definition.ix == answer)
        .filter_map(|definition| definition.kind.options())
        .flat_map(|options| &options.fixed)
        .find(|option| &*option.value == value)
        .map(|option| &option.label)
}

/// A value that stands somewhere, or one made for now.
enum Held<'a> {
    There(&'a Value<'a>),
    Made(Value<'a>),
}

impl<'a> Deref for Held<'a> {
    type Target = Value<'a>;

    fn deref(&self) -> &Value<'a> {
        match self {
            Self::There(value) => value,
            Self::Made(value) => value,
        }
    }
}

fn wrong_kind<T>(why: &'static str) -> Result<T, Fault> {
    Err(Fault::of(FaultKind::WrongKind(why)))
}

fn moved<'a>(date: Date, offset: Offset) -> Result<Value<'a>, Fault> {
    offset_date(date, offset, Weeks::Nearest).map(Value::Date).map_err(Fault::of)
}

fn as_date(value: &Value<'_>) -> Option<Date> {
    match value {
        Value::Date(date) => Some(*date),
        Value::Text(text) => read_date(text),
        _ => None,
    }
}

/// A yes counts as one, as it does for those who wrote the rules of eQ.
fn as_number(value: &Value<'_>) -> Option<Number> {
    match value {
        Value::Number(number) => Some(*number),
        Value::Bool(yes) => Some(Number::from(u8::from(*yes))),
        _ => None,
    }
}

/// Deep, heedless of case. A text is never equal to a number.
fn equal(one: &Value<'_>, other: &Value<'_>) -> bool {
    match (one, other) {
        (Value::Null, Value::Null) => true,
        (Value::Text(one), Value::Text(other)) => equal_texts(one, other),
        (Value::Date(one), Value::Date(other)) => one == other,
        (Value::List(one), Value::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| equal(one, other))
        }
        (Value::Parts(one), Value::Parts(other)) => {
            one.len() == other.len()
                && one.iter().all(|(name, value)| {
                    other.iter().any(|(same, other)| name == same && equal(value, other))
                })
        }
        (Value::Relationships(one), Value::Relationships(other)) => one == other,
        _ => as_number(one).is_some_and(|one| as_number(other) == Some(one)),
    }
}

fn equal_texts(one: &str, other: &str) -> bool {
    if one.is_ascii() && other.is_ascii() {
        one.eq_ignore_ascii_case(other)
    } else {
        folded(one).eq(folded(other))
    }
}

/// Up and down again, so that `ß` meets `SS` and the two small sigmas meet.
fn folded(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(char::to_uppercase).flat_map(char::to_lowercase)
}

/// Whether a list or a text has something in it. Nothing is in what is not there.
fn contains(whole: &Value<'_>, part: &Value<'_>) -> Result<bool, Fault> {
    match (whole, part) {
        (Value::Null, _) => Ok(false),
        (Value::List(items), part) => Ok(items.iter().any(|item| equal(item, part))),
        (Value::Text(whole), Value::Text(part)) => {
            Ok(folded(whole).collect::<String>().contains(&folded(part).collect::<String>()))
        }
        _ => wrong_kind("in what is no list"),
    }
}

/// None if either is not there.
fn order(one: &Value<'_>, other: &Value<'_>) -> Result<Option<Ordering>, Fault> {
    Ok(Some(match (one, other) {
        (Value::Null, _) | (_, Value::Null) => return Ok(None),
        (Value::Text(one), Value::Text(other)) => one.cmp(other),
        (Value::Date(one), Value::Date(other)) => one.cmp(other),
        _ => match (as_number(one), as_number(other)) {
            (Some(one), Some(other)) => one.cmp(&other),
            _ => return wrong_kind("comparing values of different kinds"),
        },
    }))
}

/// Adds the numbers in a value, lists within lists too. What is no number counts for nothing.
fn add(sum: &mut Number, value: &Value<'_>) -> Result<(), Fault> {
    if let Value::List(items) = value {
        return items.iter().try_for_each(|item| add(sum, item));
    }
    if let Some(number) = as_number(value) {
        *sum = sum
            .checked_add(number)
            .ok_or_else(|| Fault::of(FaultKind::WrongKind("a sum too large to hold")))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
