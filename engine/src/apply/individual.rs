//! Somebody is to have a form of their own: what is chosen on the way, and the request that leaves (spec/02 §11).

use schema::value::ListItemId;

use super::{Applied, Attempt, Effect, Outcome, Posted, Problem, Step};
use crate::digest::Digest;
use crate::error::AnswerError;
use crate::form::{Errors, FieldErrors, is_blank, ten_digits};
use crate::individual::{self, Choice, Household, IndividualStep, on, on_with_number};
use crate::open::Denied;
use crate::place::{Location, SectionKey, Target, TypedNumber};
use crate::response::{Mark, Response};
use crate::submission;

/// In bytes, with all that may be typed between the digits: an address has to hold it.
const LONGEST_NUMBER: usize = 64;

/// What a form comes to.
enum Decision {
    Go(Target),
    Refuse(AnswerError),
    /// A code is to be sent for this person's section; so many may be, of one response.
    Request {
        key: SectionKey,
        most: u32,
        next: Target,
    },
    /// The person's section is to be answered here after all: by them, or by whoever chose this.
    TakeBack {
        key: SectionKey,
        is_for_them: bool,
    },
}

impl Posted<'_> {
    pub(super) fn individual(&self, mut response: Response, step: IndividualStep) -> Applied {
        if !step.has_form() {
            return Err(Denied::NotHere);
        }
        let decision = {
            let household = individual::check(&self.trace(&response), step, self.visitor)?;
            self.decide(step, household).unwrap_or_else(Decision::Refuse)
        };
        match decision {
            Decision::Go(next) => Ok(leads(response, next, false)),
            Decision::Refuse(error) => {
                let field_id = step.field().unwrap_or_default().to_owned();
                let field = FieldErrors { field_id, own: vec![error], details: vec![] };
                let problem = Problem::Wrong(Errors { question: vec![], answers: vec![field] });
                Ok(Outcome::Refused(response, Attempt { form: self.command.form.clone(), problem }))
            }
            Decision::Request { key, most, next } => self.request(response, key, most, next),
            Decision::TakeBack { key, is_for_them } => {
                let is_changed = response.visits.reset(key);
                let next = match is_for_them {
                    true => individual::answering_for(&self.trace(&response), key)?,
                    false => Target::at(Location::Entry),
                };
                Ok(leads(response, next, is_changed))
            }
        }
    }

    fn decide(&self, step: IndividualStep, household: Household) -> Result<Decision, AnswerError> {
        let choices = individual::choices(step, household.is_by_post(self.visitor));
        let chosen = |unless| self.chosen(step, choices, unless);
        let go = |step| Decision::Go(on(step, self.visitor));
        let request = |person, next| Decision::Request {
            key: household.key(person),
            most: household.limits.requests,
            next,
        };
        Ok(match step {
            IndividualStep::Begin | IndividualStep::Posted | IndividualStep::Texted => {
                Decision::Go(Target::at(Location::Entry))
            }
            IndividualStep::Who => go(IndividualStep::How(self.person(step, household)?)),
            // Here the first is chosen when the page is shown, or would be.
            IndividualStep::How(person) => match chosen(choices.first())? {
                individual::POST => go(IndividualStep::Address(person)),
                _ => go(IndividualStep::Number(person)),
            },
            IndividualStep::Change(person) => match chosen(choices.first())? {
                individual::AGAIN => {
                    let next = IndividualStep::How(person).target();
                    Decision::Go(Target { journey: Some("change".into()), ..next })
                }
                other => {
                    let is_for_them = other == individual::FOR_THEM;
                    Decision::TakeBack { key: household.key(person), is_for_them }
                }
            },
            IndividualStep::Address(person) => match chosen(None)? {
                individual::YES_POST => request(person, on(IndividualStep::Posted, self.visitor)),
                _ => go(IndividualStep::How(person)),
            },
            IndividualStep::Number(person) => {
                let number = Some(self.number(step)?);
                Decision::Go(Target { number, ..on(IndividualStep::ConfirmNumber(person), self.visitor) })
            }
            IndividualStep::ConfirmNumber(person) => match chosen(None)? {
                individual::YES_TEXT => request(person, on_with_number(IndividualStep::Texted, self.visitor)),
                _ => Decision::Go(on_with_number(IndividualStep::Number(person), self.visitor)),
            },
        })
    }

    fn typed(&self, step: IndividualStep) -> Option<&str> {
        self.command.form.get(step.field()?).filter(|typed| !is_blank(Some(typed)))
    }

    fn chosen(
        &self,
        step: IndividualStep,
        choices: &[Choice],
        unless: Option<&Choice>,
    ) -> Result<Choice, AnswerError> {
        let found = match self.typed(step) {
            Some(typed) => choices.iter().find(|choice| choice.value == typed).ok_or(AnswerError::NotAChoice),
            None => unless.ok_or(AnswerError::Mandatory("MANDATORY_RADIO")),
        };
        found.copied()
    }

    fn person(&self, step: IndividualStep, household: Household) -> Result<ListItemId, AnswerError> {
        let typed = self.typed(step).ok_or(AnswerError::Mandatory("MANDATORY_RADIO"))?;
        let person = household.others().find(|other| other.as_str() == typed);
        person.ok_or(AnswerError::NotAChoice)
    }

    fn number(&self, step: IndividualStep) -> Result<TypedNumber, AnswerError> {
        let typed = self.typed(step).ok_or(AnswerError::Mandatory("MANDATORY_MOBILE_NUMBER"))?;
        let is_number = typed.len() <= LONGEST_NUMBER && ten_digits(typed).is_some();
        if is_number { Ok(TypedNumber(typed.trim().into())) } else { Err(AnswerError::InvalidMobileNumber) }
    }

    /// Asks for a code once for each page that is sent, however often it is.
    fn request(&self, mut response: Response, key: SectionKey, most: u32, next: Target) -> Applied {
        let moment = &self.visitor.moment;
        let page = self.command.shown.map_or_else(|| self.number_of_form(key), |shown| shown.page);
        if response.individual_requests.contains(&page) {
            return Ok(leads(response, next, false));
        }
        if response.individual_requests.len() >= most as usize {
            return Err(Denied::TooMany);
        }
        let number = next.number.as_ref().map(|number| ten_digits(&number.0).ok_or(Denied::NotHere));
        let fulfilment =
            submission::access_code(self.questionnaire, &response, number.transpose()?.as_deref(), moment);
        response.individual_requests.push(page);
        response.visits.mark(key, Mark::Requested);
        let owed = vec![Effect::Fulfilment(fulfilment)];
        Ok(Outcome::Accepted(Step { response, next, owed, is_changed: true }))
    }

    /// Tells a form that bears no number of its page from others: by all that it holds, what it proves among it.
    fn number_of_form(&self, key: SectionKey) -> u32 {
        let mut digest = Digest::default();
        digest.add(key.item.as_ref().map_or(&[], |item| &item.0));
        for (name, value) in self.command.form.iter() {
            digest.add(name.as_bytes());
            digest.add(value.as_bytes());
        }
        digest.finish() as u32
    }
}

fn leads(response: Response, next: Target, is_changed: bool) -> Outcome {
    Outcome::Accepted(Step { response, next, owed: vec![], is_changed })
}
