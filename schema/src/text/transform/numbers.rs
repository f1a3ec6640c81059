//! Transforms that write numbers. Where there is none, they write nothing.

use super::{Call, wrong_kind};
use crate::format;
use crate::questionnaire::{BlockIx, Link, Locale, UnitLength};
use crate::rule::{Fault, FaultKind, Source};
use crate::text::Argument;
use crate::value::{Number, Value};

impl<'a> Call<'a, '_> {
    /// In pounds, whatever was asked for; with as many decimals as the source may have.
    pub(super) fn format_currency(&self) -> Result<Value<'a>, Fault> {
        self.written("number", |number| {
            Ok(format::currency(number, "GBP", self.decimal_limit("number"), self.locale()))
        })
    }

    pub(super) fn format_number(&self) -> Result<Value<'a>, Fault> {
        self.written("number", |number| Ok(format::number(number, self.locale())))
    }

    pub(super) fn format_percentage(&self) -> Result<Value<'a>, Fault> {
        self.written("value", |number| Ok(format::percentage(number)))
    }

    pub(super) fn format_unit(&self) -> Result<Value<'a>, Fault> {
        let unit = self.text("unit")?;
        let length = match &*self.text("unit_length")? {
            "long" => UnitLength::Long,
            "narrow" => UnitLength::Narrow,
            _ => UnitLength::Short,
        };
        self.written("value", |number| {
            format::unit(number, &unit, length, self.locale())
                .ok_or_else(|| Fault::of(FaultKind::UnknownUnit(unit.as_ref().into())))
        })
    }

    pub(super) fn format_ordinal(&self) -> Result<Value<'a>, Fault> {
        let value = self.value("number_to_format")?;
        let Some(number) = value.as_number().or_else(|| value.as_text()?.parse().ok()) else {
            return wrong_kind("an ordinal of what is no number");
        };
        let number = number.normalize();
        let suffix = ordinal_suffix(number, self.page_locale());
        let determiner = match self.page_locale() {
            Locale::En | Locale::Eo if self.text("determiner")? == "a_or_an" => {
                if number.to_string().starts_with('8') || [11, 18].map(Number::from).contains(&number) {
                    "an "
                } else {
                    "a "
                }
            }
            _ => "",
        };
        Ok(Value::text(format!("{determiner}{number}{suffix}")))
    }

    pub(super) fn add(&self) -> Result<Value<'a>, Fault> {
        match (self.value("lhs")?, self.value("rhs")?) {
            (Value::Number(lhs), Value::Number(rhs)) => match lhs.checked_add(rhs) {
                Some(sum) => Ok(Value::Number(sum)),
                None => wrong_kind("a sum too large to hold"),
            },
            _ => wrong_kind("adding what is no number"),
        }
    }

    fn written(
        &self,
        name: &str,
        write: impl FnOnce(Number) -> Result<String, Fault>,
    ) -> Result<Value<'a>, Fault> {
        match self.value(name)? {
            Value::Number(number) => write(number).map(Value::text),
            Value::Text(text) if !text.is_empty() => match text.parse() {
                Ok(number) => write(number).map(Value::text),
                Err(_) => wrong_kind("a number that is none"),
            },
            Value::Null | Value::Text(_) => Ok(Value::text("")),
            _ => wrong_kind("a number that is none"),
        }
    }

    /// The most decimals that the source of an argument may have; none where that is not known.
    fn decimal_limit(&self, name: &str) -> Option<u32> {
        let questionnaire = self.scope.questionnaire();
        let of_block = |block: &Link<BlockIx>| match block {
            Link::To(block) => {
                let answers = questionnaire.dependencies.summed_answers.get(block.index())?;
                answers.iter().map(|answer| questionnaire.answer(*answer).decimal_places).max()
            }
            Link::Dangling(_) => None,
        };
        match self.argument(name)? {
            Argument::Source(Source::Answer(source)) => match source.answer {
                Link::To(answer) => Some(questionnaire.answer(answer).decimal_places),
                Link::Dangling(_) => None,
            },
            Argument::Source(Source::CalculatedSummary(block) | Source::GrandCalculatedSummary(block)) => {
                of_block(block)
            }
            _ => None,
        }
    }
}

fn ordinal_suffix(number: Number, locale: Locale) -> &'static str {
    let whole = u64::try_from(number.abs().trunc()).unwrap_or_default();
    match locale {
        Locale::En | Locale::Eo => match (whole % 100, whole % 10) {
            (11..=13, _) => "th",
            (_, 1) => "st",
            (_, 2) => "nd",
            (_, 3) => "rd",
            _ => "th",
        },
        Locale::Ga => "ú",
        Locale::Cy => match whole {
            1 => "af",
            2 => "il",
            3 | 4 => "ydd",
            5 | 6 => "ed",
            11 | 13 | 14 | 16 | 17 | 19 => "eg",
            21.. => "ain",
            _ => "fed",
        },
    }
}
