//! Fills placeholders: a source as it is, or through a chain of transforms, one row for each (spec/01 §9.3).

mod dates;
mod links;
mod lists;
mod names;
mod numbers;

use super::words::push_value;
use super::{Argument, Fill, Transform, TransformKind};
use crate::format;
use crate::questionnaire::{LanguageIx, Locale};
use crate::rule::{Fault, FaultKind, Scope, option_label, resolve};
use crate::text::{Html, plain};
use crate::value::Value;

/// What goes where a placeholder stands.
pub(super) enum Filling<'a> {
    /// Escaped when it is put there.
    Value(Value<'a>),
    /// Markup of ours around what was escaped.
    Html(String),
}

impl<'a> From<Value<'a>> for Filling<'a> {
    fn from(value: Value<'a>) -> Self {
        Self::Value(value)
    }
}

impl From<Html<'_>> for Filling<'_> {
    fn from(html: Html<'_>) -> Self {
        Self::Html(html.html.into_owned())
    }
}

pub(super) fn fill<'a>(
    fill: &'a Fill,
    language: LanguageIx,
    scope: &'a dyn Scope,
) -> Result<Filling<'a>, Fault> {
    match fill {
        Fill::Source(source) => Ok(resolve(source, scope)?.into()),
        Fill::Transforms(transforms) => {
            let mut previous = Filling::Value(Value::Null);
            for transform in transforms {
                previous = Call { transform, previous: &previous, language, scope }.carry_out()?;
            }
            Ok(previous)
        }
    }
}

/// One transform at work.
struct Call<'a, 'p> {
    transform: &'a Transform,
    previous: &'p Filling<'a>,
    language: LanguageIx,
    scope: &'a dyn Scope,
}

impl<'a> Call<'a, '_> {
    fn carry_out(&self) -> Result<Filling<'a>, Fault> {
        use TransformKind::*;
        Ok(match self.transform.kind {
            FormatCurrency => self.format_currency()?.into(),
            FormatNumber => self.format_number()?.into(),
            FormatPercentage => self.format_percentage()?.into(),
            FormatUnit => self.format_unit()?.into(),
            FormatDate => self.format_date()?.into(),
            FormatDateRange => self.format_date_range()?.into(),
            DateRangeBounds => self.date_range_bounds()?.into(),
            CalculateDateDifference => self.calculate_date_difference()?.into(),
            ConcatenateList => self.concatenate_list()?.into(),
            FormatList => self.format_list()?.into(),
            ListItemCount => self.list_item_count()?.into(),
            ListHasItems => self.list_has_items()?.into(),
            Contains => self.contains()?.into(),
            FirstNonEmptyItem => self.first_non_empty_item()?.into(),
            FormatName => self.format_name()?.into(),
            FormatPossessive => self.format_possessive()?.into(),
            FormatOrdinal => self.format_ordinal()?.into(),
            Add => self.add()?.into(),
            TelephoneNumberLink => self.telephone_number_link()?.into(),
            EmailLink => self.email_link()?.into(),
            OptionLabelFromValue => self.option_label_from_value()?.into(),
            ConditionalTradAs => self.conditional_trad_as()?.into(),
            NumberToWords => return Err(Fault::of(FaultKind::NotCarriedOut("number_to_words".into()))),
            RemoveEmpty => return Err(Fault::of(FaultKind::NotCarriedOut("remove_empty".into()))),
        })
    }

    fn argument(&self, name: &str) -> Option<&'a Argument> {
        self.transform.arguments.iter().find(|(has, _)| &**has == name).map(|(_, argument)| argument)
    }

    /// An argument's value; one that is not given is nothing.
    fn value(&self, name: &str) -> Result<Value<'a>, Fault> {
        self.argument(name).map_or(Ok(Value::Null), |argument| self.resolve(argument))
    }

    fn resolve(&self, argument: &'a Argument) -> Result<Value<'a>, Fault> {
        Ok(match argument {
            Argument::Literal(value) => value.borrowed(),
            Argument::Source(source) => resolve(source, self.scope)?,
            Argument::Many(many) => {
                let mut items = Vec::with_capacity(many.len());
                for one in many {
                    match self.resolve(one)? {
                        Value::List(inner) => items.extend(inner),
                        value => items.push(value),
                    }
                }
                Value::List(items)
            }
            Argument::Previous => match self.previous {
                Filling::Value(value) => value.clone(),
                Filling::Html(html) => Value::text(plain(html.as_str().into()).into_owned()),
            },
            Argument::Answer(_) => Value::Null,
        })
    }

    /// An argument as a text: what is not there is empty, a number its digits.
    fn text(&self, name: &str) -> Result<std::borrow::Cow<'a, str>, Fault> {
        Ok(match self.value(name)? {
            Value::Null => "".into(),
            Value::Text(text) => text,
            Value::Number(number) => number.to_string().into(),
            Value::Bool(yes) => if yes { "True" } else { "False" }.into(),
            Value::Date(date) => date.to_string().into(),
            _ => return wrong_kind("a text made of several values"),
        })
    }

    /// How numbers and dates are written in the language of the page.
    fn locale(&self) -> Locale {
        format::of_transforms(self.page_locale())
    }

    fn page_locale(&self) -> Locale {
        self.scope.questionnaire().locale(self.language)
    }

    fn option_label_from_value(&self) -> Result<Html<'a>, Fault> {
        use crate::questionnaire::Link;
        let answer = match self.argument("answer_id") {
            Some(Argument::Answer(Link::To(answer))) => *answer,
            Some(Argument::Answer(Link::Dangling(name))) => {
                return Err(Fault::of(FaultKind::Dangling(name.clone())));
            }
            _ => return wrong_kind("option_label_from_value without an answer_id"),
        };
        option_label(&self.value("value")?, answer, self.language, self.scope)
    }
}

fn wrong_kind<T>(why: &'static str) -> Result<T, Fault> {
    Err(Fault::of(FaultKind::WrongKind(why)))
}

/// A value escaped, for a transform that puts markup around it.
fn escaped(value: &Value<'_>) -> String {
    let mut out = String::new();
    push_value(&mut out, value);
    out
}

#[cfg(test)]
mod tests;
