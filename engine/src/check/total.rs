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

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use schema::rule::FaultKind;
    use schema::value::Value;
    use serde_json::{Value as Json, json};

    use crate::form::testing::Desk;

    fn answer(id: &str, decimal_places: u32) -> Json {
        json!({"id": id, "type": "Currency", "currency": "GBP", "mandatory": false, "label": "A",
               "decimal_places": decimal_places})
    }

    /// Two parts of a total that another question asked for.
    fn split(calculations: Json, decimal_places: u32) -> Desk {
        Desk::asking(
            json!({
                "type": "Calculated",
                "answers": [answer("one", decimal_places), answer("two", decimal_places)],
                "calculations": calculations,
            }),
            &[json!({"answers": [answer("total", 2)]})],
        )
    }

    fn calculation(target: Json, conditions: &[&str]) -> Json {
        let mut calculation = json!({
            "calculation_type": "sum", "answers_to_calculate": ["one", "two"], "conditions": conditions
        });
        if let (Json::Object(into), Json::Object(target)) = (&mut calculation, target) {
            into.extend(target);
        }
        calculation
    }

    fn against_total(conditions: &[&str]) -> Desk {
        let calculation = calculation(json!({"answer_id": "total"}), conditions);
        split(json!([calculation]), 0).storing("total", Value::Number(12.into()))
    }

    #[test]
    fn a_total_is_compared_as_its_conditions_say() {
        for (conditions, right, key) in [
            (&["equals"][..], [false, true, false], "TOTAL_SUM_NOT_EQUALS"),
            (&["less than"], [true, false, false], "TOTAL_SUM_NOT_LESS_THAN"),
            (&["less than", "equals"], [true, true, false], "TOTAL_SUM_NOT_LESS_THAN_OR_EQUALS"),
            (&["greater than"], [false, false, true], "TOTAL_SUM_NOT_GREATER_THAN"),
            (&["greater than", "equals"], [false, true, true], "TOTAL_SUM_NOT_GREATER_THAN_OR_EQUALS"),
        ] {
            let desk = against_total(conditions);
            for (two, is_right) in ["1", "2", "3"].into_iter().zip(right) {
                let told = desk.told(&[("one", "10"), ("two", two)]);
                let expected = if is_right { format!("10; {two}") } else { format!("{key} total=£12") };
                assert_eq!(told, expected, "{conditions:?}");
            }
        }
    }

    #[test]
    fn nothing_counts_as_zero_and_grouped_digits_as_their_number() {
        let desk = against_total(&["equals"]);
        assert_eq!(desk.told(&[("one", " 1_2"), ("two", "")]), "12; nothing");
        assert_eq!(desk.told(&[("one", "1,2")]), "12; nothing");
    }

    #[test]
    fn a_field_s_own_error_leaves_its_total_unsaid() {
        assert_eq!(against_total(&["equals"]).told(&[("one", "x"), ("two", "1")]), "INVALID_NUMBER");
    }

    #[test]
    fn one_calculation_that_holds_is_enough_and_the_last_that_fails_is_told() {
        let calculations = json!([
            calculation(json!({"answer_id": "total"}), &["equals"]),
            calculation(json!({"value": 0}), &["equals"]),
        ]);
        let desk = split(calculations, 0).storing("total", Value::Number(12.into()));
        assert_eq!(desk.told(&[("one", "12")]), "12; nothing");
        assert_eq!(desk.told(&[]), "nothing; nothing");
        // A number given outright has no currency.
        assert_eq!(desk.told(&[("one", "5")]), "TOTAL_SUM_NOT_EQUALS total=0");
    }

    #[test]
    fn a_total_is_written_with_the_decimals_that_its_answers_take_or_else_its_own() {
        let against = |places, total: &str| {
            let calculation = calculation(json!({"answer_id": "total"}), &["equals"]);
            split(json!([calculation]), places).storing("total", Value::Number(total.parse().unwrap()))
        };
        for (places, total, written) in
            [(0, "1000", "£1,000"), (0, "10.5", "£10.5"), (2, "10", "£10.00"), (1, "10.5", "£10.5")]
        {
            assert_eq!(against(places, total).told(&[]), format!("TOTAL_SUM_NOT_EQUALS total={written}"));
        }
    }

    #[test]
    fn a_question_s_own_currency_is_that_of_a_total_without_one() {
        let question = json!({
            "type": "Calculated", "currency": "GBP", "answers": [answer("one", 0), answer("two", 0)],
            "calculations": [calculation(json!({"value": 12}), &["equals"])],
        });
        assert_eq!(Desk::asking(question, &[]).told(&[]), "TOTAL_SUM_NOT_EQUALS total=£12");
    }

    #[test]
    fn a_total_that_nobody_gave_is_a_fault() {
        let calculation = calculation(json!({"answer_id": "total"}), &["equals"]);
        let fault = split(json!([calculation]), 0).try_read(&[]).err().unwrap();
        assert_eq!(fault.why, FaultKind::NothingToCompareWith);
    }

    #[test]
    fn a_dynamic_answer_is_summed_over_its_items() {
        let question = json!({
            "type": "Calculated",
            "dynamic_answers": {"values": {"source": "list", "identifier": "people"}, "answers": [answer("one", 0)]},
            "answers": [answer("two", 0)],
            "calculations": [calculation(json!({"value": 12}), &["equals"])],
        });
        let desk = Desk::asking(question, &[]).listing(&["AAAAAA", "BBBBBB"]);
        let told = desk.told(&[("one-AAAAAA", "3"), ("one-BBBBBB", "4"), ("two", "5")]);
        assert_eq!(told, "3; 4; 5");
        assert_eq!(desk.told(&[("one-AAAAAA", "3"), ("two", "5")]), "TOTAL_SUM_NOT_EQUALS total=12");
    }
}
