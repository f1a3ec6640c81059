//! Somebody is to have a form of their own: what is chosen on the way, and the request that leaves (spec/02 §11).

use super::{Applied, Attempt, Effect, Outcome, Posted, Problem, Step};
use crate::digest::Digest;
use crate::error::AnswerError;
use crate::form::{Errors, FieldErrors, is_blank, ten_digits};
use crate::individual::{self, Choice, Household, IndividualStep, on, on_with_number};
use crate::open::Denied;
use crate::place::{Location, SectionKey, Target, TypedNumber};
use crate::response::{Mark, Response};
use crate::submission;
use crate::trace::Trace;

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
        let decision = self.decide(&self.trace(&response), step)?;
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

    fn decide(&self, trace: &Trace, step: IndividualStep) -> Result<Decision, Denied> {
        let household = individual::check(trace, step, self.visitor)?;
        let choices = individual::choices(step, household.is_by_post(self.visitor));
        let go = |step| Decision::Go(on(step, self.visitor));
        let request = |person, next| Decision::Request {
            key: household.key(person),
            most: household.limits.requests,
            next,
        };
        let chosen = match step {
            IndividualStep::Begin => return Err(Denied::NotHere),
            IndividualStep::Posted | IndividualStep::Texted => {
                return Ok(Decision::Go(Target::at(Location::Entry)));
            }
            IndividualStep::Who => {
                return Ok(self.who(step, household).map_or_else(Decision::Refuse, go));
            }
            IndividualStep::Number(person) => {
                let next = |number| {
                    let next = on(IndividualStep::ConfirmNumber(person), self.visitor);
                    Decision::Go(Target { number: Some(number), ..next })
                };
                return Ok(self.number(step).map_or_else(Decision::Refuse, next));
            }
            // The first is chosen when the page is shown.
            IndividualStep::How(_) | IndividualStep::Change(_) => self.chosen(step, choices, choices.first()),
            IndividualStep::Address(_) | IndividualStep::ConfirmNumber(_) => self.chosen(step, choices, None),
        };
        let chosen = match chosen {
            Ok(chosen) => chosen,
            Err(error) => return Ok(Decision::Refuse(error)),
        };
        Ok(match step {
            IndividualStep::How(person) if chosen == individual::POST => go(IndividualStep::Address(person)),
            IndividualStep::How(person) => go(IndividualStep::Number(person)),
            IndividualStep::Change(person) if chosen == individual::AGAIN => {
                let next = IndividualStep::How(person).target();
                Decision::Go(Target { journey: Some("change".into()), ..next })
            }
            IndividualStep::Change(person) => {
                let is_for_them = chosen == individual::FOR_THEM;
                Decision::TakeBack { key: household.key(person), is_for_them }
            }
            IndividualStep::Address(person) if chosen == individual::YES_POST => {
                request(person, on(IndividualStep::Posted, self.visitor))
            }
            IndividualStep::Address(person) => go(IndividualStep::How(person)),
            IndividualStep::ConfirmNumber(person) if chosen == individual::YES_TEXT => {
                request(person, on_with_number(IndividualStep::Texted, self.visitor))
            }
            IndividualStep::ConfirmNumber(person) => {
                Decision::Go(on_with_number(IndividualStep::Number(person), self.visitor))
            }
            _ => return Err(Denied::NotHere),
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

    fn who(&self, step: IndividualStep, household: Household) -> Result<IndividualStep, AnswerError> {
        let typed = self.typed(step).ok_or(AnswerError::Mandatory("MANDATORY_RADIO"))?;
        let person = household.others().find(|other| other.as_str() == typed);
        person.map(IndividualStep::How).ok_or(AnswerError::NotAChoice)
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
