//! A question's page: its words, its fields with what was answered or typed, and what stands against it.

use schema::format;
use schema::questionnaire::{
    AnswerKind, BlockKind, CheckboxInstruction, NestedRole, NumberAnswer, Numeric, Precision, Question,
    QuestionBlock, QuestionKind, QuestionRole, UnitLength,
};
use schema::rule::Fault;
use schema::text::{Html, escape, plain};

use super::making::Making;
use super::prefill::Filling;
use super::width::width;
use super::{
    AnswerField, AnswerGuidanceView, Body, DetailField, Input, Instruction, LookupView, OptionField,
    OvertakenAnswer, QuestionPage, SelectOption, SuggestionsView, UnitView,
};
use crate::apply::overtaken::{keys, seen};
use crate::apply::{Attempt, Problem};
use crate::error::{self, ErrorTexts};
use crate::form::{Asked, AskedAnswer, Label, ResolvedOption};
use crate::open;
use crate::place::{Place, SectionKey, Target};
use crate::relationships::Related;
use crate::scope::Sight;
use crate::visitor::Shown;

/// What a question's page is, besides its body.
pub(super) struct Made<'a> {
    pub title: Option<String>,
    pub shown: Shown,
    pub body: Body<'a>,
}

impl<'a> Making<'a, '_> {
    pub fn question(
        &self,
        place: Place,
        key: SectionKey,
        attempt: Option<&Attempt>,
    ) -> Result<Made<'a>, Fault> {
        let block = self.q().block(place.block);
        let sight = self.sight_at(place, key);
        let question = open::question(self.q(), &sight, place.block)?;
        let asked = self.ask(question, place, &sight)?;
        let errors = match attempt.map(|attempt| &attempt.problem) {
            Some(Problem::Wrong(errors)) => error::texts(&asked, errors, &sight, self.visitor.tongue)?,
            _ => ErrorTexts::default(),
        };
        let filling = match attempt {
            Some(attempt) => Filling::Posted(&attempt.form),
            None => match (place.item, place.to) {
                (Some(from), Some(to)) => {
                    let related = Related::of(self.q(), self.response(), place.block);
                    Filling::Chosen(related.and_then(|related| related.between(from, to)))
                }
                _ => Filling::Stored(&self.response().answers),
            },
        };
        let fields =
            Fields { making: self, place, question, asked: &asked, sight: &sight, errors: &errors, filling };
        let answers = fields.all()?;
        let overtaken = match attempt.map(|attempt| &attempt.problem) {
            Some(Problem::Overtaken) => Some(fields.overtaken()?),
            _ => None,
        };

        let has_role = |role| matches!(&block.kind, BlockKind::Nested(nested) if nested.role == role);
        let (is_add, is_removal) = (has_role(NestedRole::Add), has_role(NestedRole::Remove));
        let shown = Shown {
            seen: seen(self.q(), self.response(), place, keys(&asked)),
            item: is_add.then(|| self.visitor.moment.item(0)),
            page: self.visitor.moment.page(),
        };
        let page = QuestionPage {
            block_id: &block.id,
            question_id: &question.id,
            title: self.say(&question.title, &sight)?,
            is_interviewer_note: block.interviewer_only,
            title_is_legend: title_is_legend(question, &asked),
            description: self.say_all(&question.description, &sight)?,
            instruction: self.say_all(&question.instruction, &sight)?,
            guidance: self.contents(question.guidance.as_deref().unwrap_or_default(), &sight)?,
            definition: question
                .definition
                .as_ref()
                .map(|definition| self.definition(definition, &sight))
                .transpose()?,
            warning: self.say_some(&question.warning, &sight)?,
            is_date_range: matches!(question.kind, QuestionKind::DateRange { .. }),
            is_mutually_exclusive: matches!(question.kind, QuestionKind::MutuallyExclusive { .. }),
            answers,
            question_errors: errors.question.clone(),
            errors: errors.links(&question.id),
            overtaken,
            hub_link: self.hub_link(&block.kind)?,
            cancel: self.cancel(place)?,
            section_start: self.section_start(key)?,
            list: match self.collector_rows(place, key)? {
                Some(rows) => Some(rows),
                None => self.list_above(place, &sight)?,
            },
            individual: if is_removal { self.individual_from_removal(place) } else { None },
        };
        let title = self.block_title(place, key, Some(&question.title));
        Ok(Made { title, shown, body: Body::Question(Box::new(page)) })
    }

    fn hub_link(&self, kind: &BlockKind) -> Result<Option<String>, Fault> {
        let offers = match kind {
            BlockKind::Question(QuestionBlock { role, .. }) => !matches!(role, QuestionRole::Driving(_)),
            _ => false,
        };
        let is_open = offers && self.trace.is_hub_open()?;
        Ok(is_open.then(|| self.href(&Target::at(crate::place::Location::Entry))))
    }

    /// Of one who came back: the way to the section's first page.
    fn section_start(&self, key: SectionKey) -> Result<Option<String>, Fault> {
        if !self.visitor.target.resume {
            return Ok(None);
        }
        let first = self.trace.path(key)?.first();
        Ok(first.map(|first| self.href(&Target::block(Place::of(first, key.item)))))
    }
}

/// The title is the legend of a fieldset round all answers (spec/03 §8.2).
fn title_is_legend(question: &Question, asked: &Asked) -> bool {
    match question.kind {
        QuestionKind::DateRange { .. } => false,
        QuestionKind::MutuallyExclusive { .. } => true,
        _ => match &asked.answers[..] {
            [only] if question.dynamic.is_none() => {
                let answer = only.answer;
                let grouped = match &answer.kind {
                    AnswerKind::Radio { .. }
                    | AnswerKind::Duration { .. }
                    | AnswerKind::Address { .. }
                    | AnswerKind::Relationship { .. }
                    | AnswerKind::Checkbox { .. } => true,
                    AnswerKind::Date(date) => date.precision != Precision::Year,
                    _ => false,
                };
                grouped && answer.label.is_none()
            }
            answers => answers.len() > 1,
        },
    }
}

struct Fields<'a, 'm, 'v> {
    making: &'m Making<'a, 'v>,
    place: Place,
    question: &'a Question,
    asked: &'m Asked<'a>,
    sight: &'m Sight<'m>,
    errors: &'m ErrorTexts,
    filling: Filling<'m>,
}

impl<'a> Fields<'a, '_, '_> {
    fn all(&self) -> Result<Vec<AnswerField<'a>>, Fault> {
        // Dynamic answers about the items of an empty list are none.
        let count = self.asked.answers.len();
        let is_exclusive = matches!(self.question.kind, QuestionKind::MutuallyExclusive { .. });
        let answers = self.asked.answers.iter().enumerate();
        answers.map(|(n, answer)| self.field(answer, is_exclusive && n + 1 == count)).collect()
    }

    fn field(&self, asked: &AskedAnswer<'a>, is_exclusive: bool) -> Result<AnswerField<'a>, Fault> {
        let answer = asked.answer;
        let there;
        let sight = match asked.item {
            Some(item) => {
                there = self.making.at_item(self.sight, asked, item);
                &there
            }
            None => self.sight,
        };
        let guidance = answer.guidance.as_ref().map(|guidance| {
            Ok(AnswerGuidanceView {
                title: guidance.title.as_ref().map_or("", |title| title.in_language(self.making.language())),
                contents: self.making.contents(&guidance.contents, sight)?,
            })
        });
        let is_group = match &answer.kind {
            AnswerKind::Radio { .. } | AnswerKind::Checkbox { .. } | AnswerKind::Relationship { .. } => true,
            AnswerKind::Date(date) => date.precision != Precision::Year,
            AnswerKind::Duration { years, months } => *years && *months,
            _ => false,
        };
        Ok(AnswerField {
            id: asked.field_id.to_string(),
            label: self.making.say_some(&answer.label, sight)?,
            description: self.making.say_some(&answer.description, sight)?,
            guidance: guidance.transpose()?,
            is_mandatory: answer.mandatory,
            is_exclusive,
            has_fieldset: is_group && answer.label.is_some(),
            errors: self.errors.of(&asked.field_id).to_vec(),
            input: self.input(asked, sight)?,
        })
    }

    fn input(&self, asked: &AskedAnswer<'a>, sight: &Sight) -> Result<Input<'a>, Fault> {
        let answer = asked.answer;
        let text = || self.filling.text(asked).into_owned();
        let part = |name: &str| self.filling.part(asked, name).into_owned();
        Ok(match &answer.kind {
            AnswerKind::TextField { max_length, shows_limit, suggestions } => Input::Text {
                value: text(),
                limit: shows_limit.then_some(*max_length),
                suggestions: suggestions.as_ref().map(|suggestions| SuggestionsView {
                    url: &suggestions.url,
                    allow_multiple: suggestions.allow_multiple,
                }),
            },
            AnswerKind::TextArea { max_length, shows_limit, rows } => {
                Input::Textarea { value: text(), rows: *rows, limit: shows_limit.then_some(*max_length) }
            }
            AnswerKind::Number(number) => Input::Number {
                value: text(),
                width: width(number, self.making.q()),
                unit: self.unit(number)?,
            },
            AnswerKind::MobileNumber => Input::MobileNumber { value: text() },
            AnswerKind::Radio { voluntary, .. } => {
                Input::Radio { options: self.options(asked, sight)?, can_clear: *voluntary }
            }
            AnswerKind::Checkbox { instruction, options } => Input::Checkbox {
                options: self.options(asked, sight)?,
                instruction: match instruction {
                    CheckboxInstruction::None => None,
                    CheckboxInstruction::Usual if options.fixed.len() > 1 => Some(Instruction { own: None }),
                    CheckboxInstruction::Usual => None,
                    CheckboxInstruction::Own(words) => {
                        Some(Instruction { own: Some(words.in_language(self.making.language())) })
                    }
                },
            },
            AnswerKind::Relationship { playback, .. } => Input::Relationship {
                options: self.options(asked, sight)?,
                playback: self.making.say(playback, sight)?,
            },
            AnswerKind::Dropdown { placeholder, .. } => Input::Dropdown {
                options: self.select_options(asked, sight)?,
                placeholder: placeholder.as_ref().map(|words| words.in_language(self.making.language())),
                value: text(),
            },
            AnswerKind::Date(date) => Input::Date {
                day: (date.precision == Precision::Day).then(|| part("day")),
                month: (date.precision != Precision::Year).then(|| part("month")),
                year: part("year"),
            },
            AnswerKind::Duration { years, months } => Input::Duration {
                years: years.then(|| part("years")),
                months: months.then(|| part("months")),
            },
            AnswerKind::Address { lookup } => Input::Address {
                line1: part("line1"),
                line2: part("line2"),
                town: part("town"),
                postcode: part("postcode"),
                uprn: part("uprn"),
                lookup: lookup.as_ref().map(|lookup| LookupView {
                    address_type: &lookup.address_type,
                    region_code: &lookup.region_code,
                    one_year_ago: lookup.one_year_ago,
                }),
            },
        })
    }

    fn unit(&self, number: &'a NumberAnswer) -> Result<Option<UnitView<'a>>, Fault> {
        let locale = self.making.visitor.tongue.ui;
        Ok(Some(match &number.numeric {
            Numeric::Number => return Ok(None),
            Numeric::Percentage => {
                UnitView { text: "%".into(), title: "".into(), is_prefix: false, is_percentage: true }
            }
            Numeric::Currency { code } => UnitView {
                text: format::currency_symbol(code, locale).to_owned().into(),
                title: (&**code).into(),
                is_prefix: true,
                is_percentage: false,
            },
            Numeric::Unit { unit, length } => {
                let suffix = |length| {
                    format::unit_suffix(unit, length, locale).ok_or_else(|| Fault {
                        block: Some(self.place.block),
                        ..Fault::of(schema::rule::FaultKind::UnknownUnit(unit.clone()))
                    })
                };
                UnitView {
                    text: suffix(*length)?.into(),
                    title: suffix(UnitLength::Long)?.into(),
                    is_prefix: false,
                    is_percentage: false,
                }
            }
        }))
    }

    fn option_label(&self, option: &ResolvedOption<'a>, sight: &Sight) -> Result<Html<'a>, Fault> {
        match &option.label {
            Label::Author(text) => self.making.say(text, sight),
            Label::Made(text) => Ok(Html::new(escape(text).into_owned())),
        }
    }

    fn options(&self, asked: &AskedAnswer<'a>, sight: &Sight) -> Result<Vec<OptionField<'a>>, Fault> {
        let mut fields = Vec::with_capacity(asked.options.len());
        for (n, option) in asked.options.iter().enumerate() {
            let choice = option.choice;
            let some = |text: Option<&'a schema::text::Text>| {
                text.map(|text| self.making.say(text, sight)).transpose()
            };
            fields.push(OptionField {
                id: format!("{}-{n}", asked.field_id),
                value: option.value.clone(),
                label: self.option_label(option, sight)?,
                description: some(choice.and_then(|choice| choice.description.as_ref()))?,
                is_checked: self.filling.is_chosen(asked, &option.value),
                detail: option
                    .detail
                    .as_ref()
                    .map(|detail| self.detail(asked, option, detail, sight).map(Box::new))
                    .transpose()?,
                title: some(choice.and_then(|choice| choice.title.as_ref()))?,
                playback: some(choice.and_then(|choice| choice.playback.as_ref()))?,
            });
        }
        Ok(fields)
    }

    fn detail(
        &self,
        parent: &AskedAnswer<'a>,
        option: &ResolvedOption<'a>,
        detail: &AskedAnswer<'a>,
        sight: &Sight,
    ) -> Result<DetailField<'a>, Fault> {
        // What was typed beside an option that is not chosen is gone (spec/04 §3.2).
        let is_gone =
            matches!(self.filling, Filling::Posted(_)) && !self.filling.is_chosen(parent, &option.value);
        let filling = if is_gone { Filling::Nothing } else { self.filling };
        Ok(DetailField {
            id: &detail.answer.id,
            label: self.making.say_some(&detail.answer.label, sight)?,
            description: self.making.say_some(&detail.answer.description, sight)?,
            is_visible: detail.answer.visible,
            is_mandatory: detail.answer.mandatory,
            has_error: !self.errors.of(&parent.field_id).is_empty(),
            input: Self { filling, ..*self }.input(detail, sight)?,
        })
    }

    fn select_options(&self, asked: &AskedAnswer<'a>, sight: &Sight) -> Result<Vec<SelectOption<'a>>, Fault> {
        asked
            .options
            .iter()
            .map(|option| {
                let label = self.option_label(option, sight)?;
                Ok(SelectOption { value: option.value.clone(), label: plain(label.html).into_owned() })
            })
            .collect()
    }

    /// What is stored now beside what was typed, answer by answer.
    fn overtaken(&self) -> Result<Vec<OvertakenAnswer<'a>>, Fault> {
        let mut rows = Vec::new();
        for answer in &self.asked.answers {
            let label = match &answer.answer.label {
                Some(_) => self.making.label(answer, self.place, self.sight)?,
                None => self.making.say_stripped(&self.question.title, self.sight)?,
            };
            rows.push(OvertakenAnswer { label, stored: self.making.values(answer, self.sight)? });
        }
        Ok(rows)
    }
}

#[cfg(test)]
mod tests;
