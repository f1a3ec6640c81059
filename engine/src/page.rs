//! All that a template needs to show a page. Addresses are made by the caller's `href`.
//!
//! Types in `page/view`; made by `page/question`, `content`, `summary`, `summary_list`, `answered`, `calculated`, `hub`,
//! `finish`, `individual`, `list`, `preview`, `title`.

mod answered;
mod calculated;
mod content;
mod finish;
mod hub;
mod individual;
mod list;
mod making;
pub mod prefill;
mod preview;
mod question;
mod summary;
mod summary_list;
mod title;
mod view;
pub mod width;

use schema::Questionnaire;
use schema::questionnaire::{BlockIx, BlockKind, ListIx};
use schema::rule::{Fault, FaultKind};

pub use individual::{IndividualOption, IndividualPage};
pub use view::*;

use crate::apply::{Attempt, Problem};
use crate::navigation;
use crate::open::{self, Denied};
use crate::place::{Location, Place, Target};
use crate::response::Response;
use crate::trace::Trace;
use crate::visitor::Visitor;
use making::Making;

/// Makes the page at the visitor's target.
///
/// # Errors
/// Why it is not shown here: not open, open elsewhere, or a fault of the definition.
pub fn page<'a>(
    questionnaire: &'a Questionnaire,
    response: &'a Response,
    visitor: &Visitor,
) -> Result<Page<'a>, Denied> {
    make(questionnaire, response, visitor, None)
}

/// Makes the same page after a form was refused: with what was typed and what stands against it.
pub fn page_again<'a>(
    questionnaire: &'a Questionnaire,
    response: &'a Response,
    attempt: &Attempt,
    visitor: &Visitor,
) -> Result<Page<'a>, Denied> {
    make(questionnaire, response, visitor, Some(attempt))
}

fn make<'a>(
    questionnaire: &'a Questionnaire,
    response: &'a Response,
    visitor: &Visitor,
    attempt: Option<&Attempt>,
) -> Result<Page<'a>, Denied> {
    let trace = Trace::new(questionnaire, response, visitor.moment.today());
    let making = Making { trace: &trace, visitor };
    let location = &visitor.target.location;
    let is_after = matches!(location, Location::ThankYou | Location::Submitted);
    if response.submitted.is_some() && !is_after {
        return Err(Denied::Elsewhere(Box::new(Target::at(Location::ThankYou))));
    }
    match location {
        Location::Block(place) => making.block(*place, attempt),
        Location::Entry => match navigation::entry(&trace)? {
            Some(target) => Err(Denied::Elsewhere(Box::new(target))),
            None => {
                let body = making.hub()?;
                let title = match &body {
                    Body::Hub(hub) => hub.title.map(str::to_owned),
                    _ => None,
                };
                Ok(making.page("hub", title, None, body))
            }
        },
        Location::Section(key) => {
            open::check_section(&trace, *key)?;
            let section = questionnaire.section(key.section);
            if section.summary.is_none() || !trace.is_answered(*key)? {
                return Err(Denied::Elsewhere(Box::new(navigation::resume_section(&trace, *key)?)));
            }
            let (title, body) = making.section_summary(*key)?;
            let previous = navigation::previous_of_section(&trace, *key)?;
            Ok(making.page(&format!("section {}", section.id), title, previous, body))
        }
        Location::Submit => {
            open::check_submit(&trace)?;
            let previous = navigation::previous_of_submit(&trace)?;
            let own = questionnaire.submission.title.as_ref();
            let title = own.map(|title| title.in_language(visitor.tongue.definition).to_owned());
            Ok(making.page("submit", title, previous, making.submit()?))
        }
        Location::Preview if questionnaire.preview_questions => {
            let previous = Some(Target::at(Location::Entry));
            Ok(making.page("preview", None, previous, making.preview()?))
        }
        Location::ThankYou => {
            let submitted = response.submitted.as_ref().ok_or(Denied::NotHere)?;
            Ok(making.page("thank-you", None, None, making.thank_you(submitted)?))
        }
        Location::Submitted if questionnaire.post_submission.view_response => {
            let submitted = response.submitted.as_ref().ok_or(Denied::NotHere)?;
            let previous = Some(Target::at(Location::ThankYou));
            Ok(making.page("view-response", None, previous, making.submitted(submitted)?))
        }
        Location::Relationships { last } => {
            let target = open::relationships(&trace, *last, &visitor.target.back)?;
            Err(Denied::Elsewhere(Box::new(target)))
        }
        Location::Individual(step) => making.individual(*step, attempt),
        Location::Preview | Location::Submitted => Err(Denied::NotHere),
    }
}

/// The list whose items a block's pages are about.
pub fn list_of(questionnaire: &Questionnaire, block: BlockIx) -> Option<ListIx> {
    let block = questionnaire.block(block);
    match &block.kind {
        BlockKind::Nested(nested) => Some(nested.list),
        BlockKind::Relationships(collector) => Some(collector.list),
        _ => questionnaire.section(block.section).repeat.as_ref().map(|repeat| repeat.list),
    }
}

impl<'a> Making<'a, '_> {
    fn page(&self, at: &str, title: Option<String>, previous: Option<Target>, body: Body<'a>) -> Page<'a> {
        let previous = previous.map(|target| self.href(&target));
        Page { title, previous, at: at.to_owned(), is_refused: false, shown: None, body }
    }

    /// A block's id, and which item of its list the page is about.
    fn at(&self, place: Place) -> String {
        let id = &self.q().block(place.block).id;
        let list = list_of(self.q(), place.block);
        let number =
            place.item.zip(list).and_then(|(item, list)| self.response().lists.number_of(list, item));
        number.map_or_else(|| id.to_string(), |number| format!("{id} item {number}"))
    }

    fn block(&self, place: Place, attempt: Option<&Attempt>) -> Result<Page<'a>, Denied> {
        let key = open::check(self.trace, place)?;
        let block = self.q().block(place.block);
        let mut shown = None;
        let (title, body) = match &block.kind {
            BlockKind::Introduction(introduction) => {
                (None, self.introduction(block, place.block, key, introduction)?)
            }
            BlockKind::Interstitial { .. } | BlockKind::ListContent(_) => self.content(place, key)?,
            BlockKind::Question(_)
            | BlockKind::ListCollector(_)
            | BlockKind::PrimaryPerson(_)
            | BlockKind::Relationships(_)
            | BlockKind::Nested(_) => {
                let made = self.question(place, key, attempt)?;
                shown = Some(made.shown);
                (made.title, made.body)
            }
            BlockKind::CalculatedSummary(summary) => self.calculated(place, key, summary)?,
            BlockKind::GrandCalculatedSummary(summary) => self.grand_calculated(place, key, summary)?,
            BlockKind::AnswerSummary => {
                let why = FaultKind::NotCarriedOut(block.id.clone());
                let fault = Fault { block: Some(place.block), pointer: block.pointer.clone(), why };
                return Err(Denied::Fault(fault));
            }
        };
        let previous = self.previous_of(place)?;
        let mut page = self.page(&self.at(place), title, previous, body);
        page.shown = shown;
        page.is_refused = matches!(attempt, Some(Attempt { problem: Problem::Wrong(_), .. }));
        Ok(page)
    }
}
