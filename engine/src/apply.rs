//! What a respondent does becomes a changed response, the next target, and what is owed to others.
//!
//! `apply/question` answers · `list` collectors · `primary` who answers · `repeating` pages about each item ·
//! `relationships` pairs · `individual` forms of their own · `reopen` what must be confirmed again · `overtaken` two tabs.

mod individual;
mod list;
pub mod overtaken;
mod primary;
mod question;
mod relationships;
mod reopen;
mod repeating;

pub(crate) use reopen::reopen_for_list;

use schema::Questionnaire;
use schema::questionnaire::{BlockIx, BlockKind, Flow, NestedRole};
use schema::rule::{Fault, FaultKind};

use crate::form::{Errors, Form};
use crate::navigation;
use crate::open::{self, Denied};
use crate::place::{Location, Place, SectionKey, Target};
use crate::response::{Response, Submitted};
use crate::submission::{self, Fulfilment, Leaving, Submission};
use crate::trace::Trace;
use crate::visitor::{Shown, Visitor};

/// A form, posted to the visitor's target from a page that showed `shown`.
pub struct Command {
    pub form: Form,
    pub shown: Option<Shown>,
}

pub enum Outcome {
    /// Keep this, go there, these are owed.
    Accepted(Step),
    /// What was typed, and what stands against it. Nothing is kept.
    Refused(Response, Attempt),
    Denied(Denied),
}

pub struct Step {
    pub response: Response,
    pub next: Target,
    pub owed: Vec<Effect>,
    /// Whether there is anything to keep.
    pub is_changed: bool,
}

/// Something that must leave, once, whatever happens.
pub enum Effect {
    Submission(Submission),
    /// A request that somebody be sent an access code.
    Fulfilment(Fulfilment),
}

pub struct Attempt {
    pub form: Form,
    pub problem: Problem,
}

pub enum Problem {
    Wrong(Errors),
    /// Another page answered this meanwhile.
    Overtaken,
}

/// What an application comes to, with `?` for all that stands in its way.
type Applied = Result<Outcome, Denied>;

/// Applies a command to a response. Applied again to a newer response at the same moment, it makes the same ids.
pub fn apply(
    questionnaire: &Questionnaire,
    response: Response,
    command: &Command,
    visitor: &Visitor,
) -> Outcome {
    let posted = Posted { questionnaire, command, visitor };
    let applied = if response.submitted.is_some() {
        Err(Denied::Elsewhere(Box::new(Target::at(Location::ThankYou))))
    } else {
        match visitor.target.location {
            Location::Block(place) => posted.at_block(response, place),
            Location::Entry => posted.at_hub(response),
            Location::Submit => posted.at_submit(response),
            Location::Section(key) => posted.at_section(response, key),
            Location::Relationships { last } => {
                let target = open::relationships(&posted.trace(&response), last, &visitor.target.back);
                target.and_then(|target| Err(Denied::Elsewhere(Box::new(target))))
            }
            Location::Individual(step) => posted.individual(response, step),
            Location::Preview => Err(Denied::NotHere),
            Location::ThankYou | Location::Submitted => Err(Denied::NotHere),
        }
    };
    applied.unwrap_or_else(Outcome::Denied)
}

/// A POST and all it came with.
struct Posted<'a> {
    questionnaire: &'a Questionnaire,
    command: &'a Command,
    visitor: &'a Visitor<'a>,
}

impl Posted<'_> {
    fn trace<'b>(&'b self, response: &'b Response) -> Trace<'b> {
        Trace::new(self.questionnaire, response, self.visitor.moment.today())
    }

    fn at_block(&self, response: Response, place: Place) -> Applied {
        if self.is_removed(&response, place) {
            return self.removed_already(response, place);
        }
        let key = open::check(&self.trace(&response), place)?;
        let block = self.questionnaire.block(place.block);
        match &block.kind {
            BlockKind::Question(_) => self.question(response, place, key),
            BlockKind::ListCollector(collector) => self.list_collector(response, place, key, collector),
            BlockKind::Introduction(_)
            | BlockKind::Interstitial { .. }
            | BlockKind::CalculatedSummary(_)
            | BlockKind::GrandCalculatedSummary(_) => self.confirm(response, place, key),
            BlockKind::Nested(nested) => match nested.role {
                NestedRole::Add => self.add_item(response, place, nested),
                NestedRole::Edit => self.edit_item(response, place, nested),
                NestedRole::Remove => self.remove_item(response, place, nested),
                NestedRole::PrimaryAddOrEdit => self.primary_item(response, place, nested),
                NestedRole::Repeating => self.repeating(response, place, nested),
                NestedRole::Unrelated => self.unrelated(response, place, key),
            },
            BlockKind::PrimaryPerson(collector) => self.primary_person(response, place, key, collector),
            BlockKind::ListContent(collector) => self.list_content(response, place, key, collector),
            BlockKind::Relationships(_) => self.relationship(response, place, key),
            BlockKind::AnswerSummary => Err(self.not_carried_out(place.block)),
        }
    }

    /// Known to the format, and nobody carries it out.
    fn not_carried_out(&self, block: BlockIx) -> Denied {
        let definition = self.questionnaire.block(block);
        Denied::Fault(Fault {
            block: Some(block),
            pointer: definition.pointer.clone(),
            why: FaultKind::NotCarriedOut(definition.id.clone()),
        })
    }

    /// A page without answers: it was seen, or its total is right.
    fn confirm(&self, mut response: Response, place: Place, key: SectionKey) -> Applied {
        response.started_at.get_or_insert(self.visitor.moment.now);
        let led_back = self.confirm_block(&mut response, place, key)?;
        let next = self.next(&response, place, led_back)?;
        Ok(self.step(response, next))
    }

    fn step(&self, response: Response, next: Target) -> Outcome {
        Outcome::Accepted(Step { response, next, owed: vec![], is_changed: true })
    }

    fn at_section(&self, response: Response, key: SectionKey) -> Applied {
        let trace = self.trace(&response);
        open::check_section(&trace, key)?;
        let has_summary = self.questionnaire.section(key.section).summary.is_some();
        let next = if has_summary && trace.is_answered(key)? {
            navigation::end_of_section(&trace)?
        } else {
            navigation::resume_section(&trace, key)?
        };
        Ok(Outcome::Accepted(Step { response, next, owed: vec![], is_changed: false }))
    }

    fn at_hub(&self, response: Response) -> Applied {
        let trace = self.trace(&response);
        if !matches!(self.questionnaire.flow, Flow::Hub { .. }) {
            let next = navigation::entry(&trace)?.unwrap_or_else(|| Target::at(Location::Entry));
            return Err(Denied::Elsewhere(Box::new(next)));
        }
        match trace.first_incomplete_section()? {
            Some(key) => {
                let next = navigation::resume_section(&trace, key)?;
                Ok(Outcome::Accepted(Step { response, next, owed: vec![], is_changed: false }))
            }
            None => self.submit(response),
        }
    }

    fn at_submit(&self, response: Response) -> Applied {
        open::check_submit(&self.trace(&response))?;
        self.submit(response)
    }

    fn submit(&self, mut response: Response) -> Applied {
        let at = whole_seconds(self.visitor.moment.now);
        let language = self.visitor.tongue.ui.code();
        let leaving = Leaving::Submitted { language };
        let submission =
            submission::submission(self.questionnaire, &response, leaving, at, self.visitor.moment.today())?;
        response.submitted =
            Some(Submitted { at, id: submission.tx_id.as_str().into(), language: language.into() });
        let next = Target::at(Location::ThankYou);
        Ok(Outcome::Accepted(Step {
            response,
            next,
            owed: vec![Effect::Submission(submission)],
            is_changed: true,
        }))
    }
}

/// A respondent's submission is dated to the second (spec/05 §2).
fn whole_seconds(at: schema::value::Timestamp) -> schema::value::Timestamp {
    schema::value::Timestamp::from_second(at.as_second()).unwrap_or(at)
}
