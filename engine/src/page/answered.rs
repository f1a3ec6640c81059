//! The answers of a question as a summary shows them (spec/02 §8.3, spec/04 §7).

use schema::format;
use schema::questionnaire::{Answer, AnswerKind, Concatenation, Numeric, Question, QuestionKind};
use schema::rule::Fault;
use schema::text::{Html, escape};
use schema::value::{ListItemId, Number, Value};

use super::making::Making;
use super::summary::Shows;
use super::{SummaryAnswer, SummaryValue, ValueView};
use crate::form::{self, AskedAnswer, Label};
use crate::place::{Place, Target};
use crate::scope::Sight;

impl<'a> Making<'a, '_> {
    /// One entry for each answer, but for those that are shown together; of a block that is shown once for each item
    /// of a list, with ids that end in the item.
    pub(super) fn row_answers(
        &self,
        question: &'a Question,
        place: Place,
        sight: &Sight,
        shows: Shows,
    ) -> Result<Vec<SummaryAnswer<'a>>, Fault> {
        let asked = self.ask(question, place, sight)?;
        let title = self.say_stripped(&question.title, sight)?;
        let link = |dom_id: &str, anchor: &str, list_item: Option<ListItemId>| {
            shows.returns.map(|returns| {
                self.href(&Target { list_item, ..returns.target(place, dom_id, Some(anchor)) })
            })
        };
        let question_id = shows.id(&question.id);
        if let Some(concatenation) = question.concatenation {
            let mut parts: Vec<Html> = Vec::new();
            for answer in &asked.answers {
                for value in self.values(answer, sight)? {
                    parts.extend(self.text_of(value.value).filter(|text| !text.is_empty()));
                }
            }
            let id = shows.id(&format!("{}-concatenated-answer", question.id));
            let anchor = asked.answers.first().map_or("", |answer| &*answer.field_id);
            let between = match concatenation {
                Concatenation::Newline => "<br>",
                Concatenation::Space => " ",
            };
            let joined = parts.iter().map(Html::as_str).collect::<Vec<_>>().join(between);
            let value = ValueView::Text { text: Html::new(joined) };
            let values = if parts.is_empty() { vec![] } else { vec![SummaryValue { value, other: None }] };
            return Ok(vec![SummaryAnswer {
                change: link(&id, anchor, None),
                id,
                label: title,
                label_qa: question_id,
                values,
                item_title: None,
            }]);
        }
        let shown: Vec<&AskedAnswer> = match question.kind {
            QuestionKind::MutuallyExclusive { .. } => {
                let exclusive = asked.answers.iter().skip(1).find(|answer| self.stored(answer).is_some());
                exclusive.or(asked.answers.first()).into_iter().collect()
            }
            QuestionKind::DateRange { .. } => asked.answers.iter().take(1).collect(),
            _ => asked.answers.iter().filter(|answer| shows.has(answer.answer.ix)).collect(),
        };
        let has_several = shown.len() > 1;
        let mut answers = Vec::with_capacity(shown.len());
        for answer in shown {
            let values = match question.kind {
                QuestionKind::DateRange { .. } => self.range(&asked.answers),
                _ => self.values(answer, sight)?,
            };
            let id = shows.id(&answer.field_id);
            let is_relationship = matches!(answer.answer.kind, AnswerKind::Relationship { .. });
            let has_label = answer.answer.label.is_some();
            let (label, label_qa) = if has_label && (has_several || is_relationship || shows.item.is_some()) {
                (self.label(answer, place, sight)?, format!("{id}-label"))
            } else {
                (title.clone(), question_id.clone())
            };
            answers.push(SummaryAnswer {
                change: link(&id, &answer.field_id, answer.item),
                id,
                label,
                label_qa,
                values,
                item_title: None,
            });
        }
        Ok(answers)
    }

    /// A question as it is asked at a place, dynamic answers and all.
    pub(super) fn ask(
        &self,
        question: &'a Question,
        place: Place,
        sight: &Sight,
    ) -> Result<form::Asked<'a>, Fault> {
        let list = question.dynamic.as_ref().map(|dynamic| dynamic.list);
        form::ask(question, place.item, self.response(), sight, |item| sight.for_item(item, list))
    }

    /// An answer's label, said where its item stands.
    pub(super) fn label(
        &self,
        answer: &AskedAnswer<'a>,
        place: Place,
        sight: &Sight,
    ) -> Result<Html<'a>, Fault> {
        let Some(label) = &answer.answer.label else { return Ok(Html::default()) };
        match answer.item.filter(|&item| Some(item) != place.item) {
            Some(item) => self.say_stripped(label, &self.at_item(sight, answer, item)),
            None => self.say_stripped(label, sight),
        }
    }

    pub(super) fn at_item<'s>(&self, sight: &Sight<'s>, answer: &AskedAnswer, item: ListItemId) -> Sight<'s> {
        let list = self.q().answer(answer.answer.ix).repeats.list();
        sight.for_item(item, list)
    }

    fn stored(&self, answer: &AskedAnswer) -> Option<&'a Value<'static>> {
        self.response().answers.get(answer.key)
    }

    fn stored_or_default(&self, answer: &AskedAnswer) -> Option<&'a Value<'static>> {
        let default = || self.q().answer(answer.answer.ix).default.as_ref();
        self.stored(answer).or_else(default)
    }

    fn range(&self, answers: &[AskedAnswer]) -> Vec<SummaryValue<'a>> {
        let locale = self.visitor.tongue.ui;
        let date = |answer: Option<&AskedAnswer>| {
            let stored = answer.and_then(|answer| self.stored(answer))?;
            format::answered_date(stored.as_text()?, locale)
        };
        match (date(answers.first()), date(answers.get(1))) {
            (Some(from), Some(to)) => {
                vec![SummaryValue { value: ValueView::DateRange { from, to }, other: None }]
            }
            _ => vec![],
        }
    }

    /// What an answer shows: a line for each value, none if nothing was answered.
    pub(super) fn values(
        &self,
        answer: &AskedAnswer<'a>,
        sight: &Sight,
    ) -> Result<Vec<SummaryValue<'a>>, Fault> {
        let Some(value) = self.stored_or_default(answer) else { return Ok(vec![]) };
        let chosen: Vec<&str> = match (&answer.answer.kind, value) {
            (AnswerKind::Checkbox { .. }, Value::List(values)) => {
                values.iter().filter_map(Value::as_text).collect()
            }
            (
                AnswerKind::Radio { .. } | AnswerKind::Dropdown { .. } | AnswerKind::Relationship { .. },
                Value::Text(text),
            ) => vec![text],
            _ => {
                let shown = self.value(answer.answer, value);
                return Ok(shown.map(|value| SummaryValue { value, other: None }).into_iter().collect());
            }
        };
        let mut values = Vec::with_capacity(chosen.len());
        for chosen in chosen {
            // Fixed options are matched before dynamic ones; what matches none is not shown.
            let fixed =
                answer.options.iter().find(|option| option.choice.is_some() && option.value == chosen);
            let Some(option) = fixed.or_else(|| answer.options.iter().find(|option| option.value == chosen))
            else {
                continue;
            };
            let text = match &option.label {
                Label::Author(text) => self.say(text, sight)?,
                Label::Made(text) => Html::new(escape(text).into_owned()),
            };
            let other = match &option.detail {
                Some(detail) => self.values(detail, sight)?.into_iter().next(),
                None => None,
            };
            let other = other.and_then(|other| self.text_of(other.value));
            values.push(SummaryValue { value: ValueView::Text { text }, other });
        }
        Ok(values)
    }

    fn text_of(&self, value: ValueView<'a>) -> Option<Html<'a>> {
        match value {
            ValueView::Text { text } => Some(text),
            ValueView::Date { date } => Some(Html::new(date)),
            ValueView::DateRange { .. } | ValueView::Duration { .. } => None,
        }
    }

    fn value(&self, answer: &'a Answer, value: &'a Value<'static>) -> Option<ValueView<'a>> {
        let text = |text: String| Some(ValueView::Text { text: Html::new(text) });
        match (&answer.kind, value) {
            (AnswerKind::Number(number), Value::Number(value)) => {
                text(self.numeric(*value, &number.numeric, Some(number.decimal_places)))
            }
            (AnswerKind::Date(_), Value::Text(date)) => {
                let date = format::answered_date(date, self.visitor.tongue.ui)?;
                Some(ValueView::Date { date })
            }
            (AnswerKind::Duration { years, months }, Value::Parts(_)) => {
                Some(duration(value, *years, *months))
            }
            (AnswerKind::Address { .. }, Value::Parts(_)) => {
                let lines = ["line1", "line2", "town", "postcode"];
                let lines = lines.iter().filter_map(|line| value.part(line)?.as_text());
                text(lines.map(escape).collect::<Vec<_>>().join("<br>"))
            }
            (AnswerKind::TextArea { .. }, Value::Text(typed)) => text(with_breaks(typed)),
            (_, Value::Text(typed)) => text(escape(typed).into_owned()),
            (_, Value::Number(number)) => text(number.to_string()),
            _ => None,
        }
    }

    /// A number as its kind of answer shows it; `limit` is the most decimals a sum of money has.
    pub(super) fn numeric(&self, value: Number, numeric: &Numeric, limit: Option<u32>) -> String {
        let locale = self.visitor.tongue.ui;
        match numeric {
            Numeric::Number => format::number(value, locale),
            Numeric::Percentage => format::percentage(value),
            Numeric::Currency { code } => format::currency(value, code, limit, locale),
            Numeric::Unit { unit, length } => format::unit(value, unit, *length, locale)
                .unwrap_or_else(|| format!("{} {unit}", format::number(value, locale))),
        }
    }
}

fn duration<'a>(value: &Value, asks_years: bool, asks_months: bool) -> ValueView<'a> {
    let (mut years, mut months) = (None, None);
    for part in format::duration_parts(value, asks_years, asks_months) {
        match part {
            format::DurationPart::Years(number) => years = Some(number),
            format::DurationPart::Months(number) => months = Some(number),
        }
    }
    ValueView::Duration { years, months }
}

/// Escaped, with one break for each run of line ends.
fn with_breaks(typed: &str) -> String {
    let mut out = String::with_capacity(typed.len());
    let mut was_break = false;
    for line in typed.split(['\r', '\n']) {
        if line.is_empty() && was_break {
            continue;
        }
        if !out.is_empty() || was_break {
            out.push_str("<br>");
        }
        out.push_str(&escape(line));
        was_break = true;
    }
    out
}
