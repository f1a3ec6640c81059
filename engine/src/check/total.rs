//! What the answers of a calculated question must add up to.

use schema::format;
use schema::questionnaire::{
    AnswerIx, AnswerKind, Comparison, Link, Locale, Numeric, TotalCheck, TotalTarget,
};
use schema::rule::{Fault, FaultKind, Scope, Source, resolve};
use schema::value::{Number, Value};

use crate::error::AnswerError;
use crate::form::{AnswerReading, Asked, AskedAnswer};
use crate::response::{AnswerKey, Response};

pub struct Sums<'a> {
    pub asked: &'a Asked<'a>,
    pub readings: &'a [AnswerReading],
    pub response: &'a Response,
    pub scope: &'a dyn Scope,
    pub ui: Locale,
}

impl Sums<'_> {
    /// Tries the calculations in order: one that holds is enough; of those that fail, the last one's error stands.
    /// One whose answers have errors of their own fails without an error.
    ///
    /// Source: spec/04 §4.10.
    pub fn check(
        &self,
        calculations: &[TotalCheck],
        currency: Option<&str>,
    ) -> Result<Option<AnswerError>, Fault> {
        let mut error = None;
        for calculation in calculations {
            let Some(total) = self.total(calculation)? else { continue };
            let (target, currency) = self.target(calculation, currency)?;
            if holds(total, calculation.condition, target) {
                return Ok(None);
            }
            let total = self.in_words(calculation, target, currency);
            error = Some(AnswerError::Total { key: message_key(calculation.condition), total });
        }
        Ok(error)
    }

    fn of(&self, calculation: &TotalCheck) -> impl Iterator<Item = (&AskedAnswer<'_>, &AnswerReading)> {
        let is_summed = |ix| calculation.answers.contains(&Link::To(ix));
        self.asked.answers.iter().zip(self.readings).filter(move |(answer, _)| is_summed(answer.answer.ix))
    }

    /// What was typed, nothing being zero; none if some of it is wrong.
    fn total(&self, calculation: &TotalCheck) -> Result<Option<Number>, Fault> {
        let dangling = calculation.answers.iter().find_map(|answer| match answer {
            Link::Dangling(name) => Some(name),
            Link::To(_) => None,
        });
        if let Some(name) = dangling {
            return Err(self.fault(FaultKind::Dangling(name.clone())));
        }
        let mut total = Number::ZERO;
        for (_, reading) in self.of(calculation) {
            let Ok(value) = &reading.own else { return Ok(None) };
            let number = value.as_ref().and_then(Value::as_number).unwrap_or_default();
            total = total.saturating_add(number);
        }
        Ok(Some(total))
    }

    /// What to compare with, and the currency to say it in.
    fn target<'c>(
        &'c self,
        calculation: &TotalCheck,
        currency: Option<&'c str>,
    ) -> Result<(Number, Option<&'c str>), Fault> {
        match &calculation.target {
            TotalTarget::Literal(number) => Ok((*number, currency)),
            TotalTarget::Answer(Link::To(answer)) => {
                let currency = match &self.scope.questionnaire().answer(*answer).numeric {
                    Some(Numeric::Currency { code }) => Some(&**code),
                    _ => None,
                };
                Ok((self.stored(*answer)?, currency))
            }
            TotalTarget::Answer(Link::Dangling(name)) => Err(self.fault(FaultKind::Dangling(name.clone()))),
            TotalTarget::Source(source) => Ok((self.resolve(source)?, currency)),
            TotalTarget::Missing => Err(self.fault(FaultKind::NothingToCompareWith)),
        }
    }

    /// Of this item if it has one, or of none.
    fn stored(&self, answer: AnswerIx) -> Result<Number, Fault> {
        let answers = &self.response.answers;
        answers
            .get(AnswerKey::new(answer, self.scope.here().item))
            .or_else(|| answers.get(AnswerKey::new(answer, None)))
            .and_then(Value::as_number)
            .ok_or_else(|| self.fault(FaultKind::NothingToCompareWith))
    }

    fn resolve(&self, source: &Source) -> Result<Number, Fault> {
        let value = resolve(source, self.scope).map_err(|fault| fault.at(&self.asked.question.pointer))?;
        let number = match &value {
            Value::Number(number) => Some(*number),
            Value::Text(text) => text.trim().parse().ok(),
            _ => None,
        };
        number.ok_or_else(|| self.fault(FaultKind::NothingToCompareWith))
    }

    fn in_words(&self, calculation: &TotalCheck, target: Number, currency: Option<&str>) -> String {
        let Some(currency) = currency else { return format::number(target, self.ui) };
        let places = self.of(calculation).map(|(answer, _)| match &answer.answer.kind {
            AnswerKind::Number(number) => number.decimal_places,
            _ => 0,
        });
        let limit = places.max().filter(|&places| places > 0).unwrap_or_else(|| target.scale());
        format::currency(target, currency, Some(limit), self.ui)
    }

    fn fault(&self, why: FaultKind) -> Fault {
        Fault::of(why).at(&self.asked.question.pointer)
    }
}

fn holds(total: Number, condition: Comparison, target: Number) -> bool {
    match condition {
        Comparison::Equal => total == target,
        Comparison::Less => total < target,
        Comparison::LessOrEqual => total <= target,
        Comparison::Greater => total > target,
        Comparison::GreaterOrEqual => total >= target,
    }
}

fn message_key(condition: Comparison) -> &'static str {
    match condition {
        Comparison::Equal => "TOTAL_SUM_NOT_EQUALS",
        Comparison::Less => "TOTAL_SUM_NOT_LESS_THAN",
        Comparison::LessOrEqual => "TOTAL_SUM_NOT_LESS_THAN_OR_EQUALS",
        Comparison::Greater => "TOTAL_SUM_NOT_GREATER_THAN",
        Comparison::GreaterOrEqual => "TOTAL_SUM_NOT_GREATER_THAN_OR_EQUALS",
    }
}
