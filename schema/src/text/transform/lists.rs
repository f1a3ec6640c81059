//! Transforms of lists: joined, shown, counted, looked into.

use std::borrow::Cow;

use super::{Call, escaped, wrong_kind};
use crate::rule::{self, AnswerSource, Fault, Source};
use crate::text::{Argument, Html};
use crate::value::Value;

impl<'a> Call<'a, '_> {
    pub(super) fn concatenate_list(&self) -> Result<Value<'a>, Fault> {
        let delimiter = self.text("delimiter")?;
        let mut joined: Option<Cow<'a, str>> = None;
        for item in self.items("list_to_concatenate")? {
            match item {
                item if item.is_empty() => {}
                Value::Text(text) => match &mut joined {
                    None => joined = Some(text),
                    Some(joined) => {
                        let joined = joined.to_mut();
                        joined.push_str(&delimiter);
                        joined.push_str(&text);
                    }
                },
                _ => return wrong_kind("joining what are no texts"),
            }
        }
        Ok(Value::Text(joined.unwrap_or_default()))
    }

    pub(super) fn format_list(&self) -> Result<Html<'a>, Fault> {
        let mut out = String::new();
        for item in self.items("list_to_format")?.iter().filter(|item| !item.is_empty()) {
            out.push_str(if out.is_empty() { "<ul><li>" } else { "</li><li>" });
            out.push_str(&escaped(item));
        }
        if !out.is_empty() {
            out.push_str("</li></ul>");
        }
        Ok(Html::new(out))
    }

    pub(super) fn list_item_count(&self) -> Result<Value<'a>, Fault> {
        Ok(Value::Number(match self.value("list_to_count")? {
            Value::Null => 0.into(),
            Value::List(items) => items.len().into(),
            _ => return wrong_kind("counting what is no list"),
        }))
    }

    pub(super) fn list_has_items(&self) -> Result<Value<'a>, Fault> {
        match self.value("list_to_check")? {
            Value::List(items) => Ok(Value::Bool(!items.is_empty())),
            _ => wrong_kind("looking for items of what is no list"),
        }
    }

    pub(super) fn contains(&self) -> Result<Value<'a>, Fault> {
        let value = self.value("value")?;
        match self.value("list_to_check")? {
            Value::List(items) => Ok(Value::Bool(items.contains(&value))),
            _ => wrong_kind("looking into what is no list"),
        }
    }

    /// Of answers, only those on the path; nothing but empty ones is an empty text.
    pub(super) fn first_non_empty_item(&self) -> Result<Value<'a>, Fault> {
        let items = match self.argument("items") {
            Some(Argument::Many(items)) => &items[..],
            Some(one) => std::slice::from_ref(one),
            None => &[],
        };
        let answers: Vec<&AnswerSource> = items
            .iter()
            .filter_map(
                |item| if let Argument::Source(Source::Answer(answer)) = item { Some(answer) } else { None },
            )
            .collect();
        for item in items {
            let value = match item {
                Argument::Source(Source::Answer(answer)) => {
                    rule::part_of(self.scope.answer_on_path(answer, &answers)?, answer.part.as_deref())
                }
                other => self.resolve(other)?,
            };
            let found = match value {
                Value::List(items) => items.into_iter().find(|item| !item.is_empty()),
                value => (!value.is_empty()).then_some(value),
            };
            if let Some(found) = found {
                return Ok(found);
            }
        }
        Ok(Value::text(""))
    }

    /// A list's items; one value is a list of itself.
    fn items(&self, name: &str) -> Result<Vec<Value<'a>>, Fault> {
        Ok(match self.value(name)? {
            Value::List(items) => items,
            Value::Null => Vec::new(),
            one => vec![one],
        })
    }
}
