//! Somebody of the household asks for a form of their own: the steps on the way, whom each is open to, what can be
//! chosen there, and where "Previous" leads. What a form comes to is told by `apply/individual`, what a page shows by
//! `page/individual`.
//!
//! Source: spec/02 §11, spec/03 §9.

use schema::questionnaire::{BlockKind, ListIx, SectionIx};
use schema::rule::{Fault, ListView};
use schema::value::ListItemId;

use crate::navigation;
use crate::open::{self, Denied};
use crate::place::{Location, Place, SectionKey, Target};
use crate::trace::Trace;
use crate::visitor::{IndividualLimits, Visitor};

/// A page on the way. The person is the one it is about, of the household's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IndividualStep {
    /// What can be done: for the person of [`Target::list_item`], or for whoever it will be.
    Begin,
    Who,
    How(ListItemId),
    /// Already asked for: again, or not after all.
    Change(ListItemId),
    Address(ListItemId),
    /// A letter is on its way.
    Posted,
    Number(ListItemId),
    ConfirmNumber(ListItemId),
    /// A text message is on its way.
    Texted,
}

use IndividualStep::{Address, Begin, Change, ConfirmNumber, How, Number, Posted, Texted, Who};

impl IndividualStep {
    /// Whom its address names.
    pub fn person(self) -> Option<ListItemId> {
        match self {
            How(item) | Change(item) | Address(item) | Number(item) | ConfirmNumber(item) => Some(item),
            Begin | Who | Posted | Texted => None,
        }
    }

    /// Whether it can be posted.
    pub fn has_form(self) -> bool {
        self != Begin
    }

    /// Whether it shows a number, and so cannot do without one in its address.
    pub fn shows_number(self) -> bool {
        matches!(self, ConfirmNumber(_) | Texted)
    }

    /// As journeys and `data-at` call it.
    pub fn name(self) -> &'static str {
        match self {
            Begin => "individual",
            Who => "individual who",
            How(_) => "individual how",
            Change(_) => "individual change",
            Address(_) => "individual address",
            Posted => "individual posted",
            Number(_) => "individual number",
            ConfirmNumber(_) => "individual confirm-number",
            Texted => "individual texted",
        }
    }

    /// The step of that name, and about this person where it is about one.
    pub fn of_name(name: &str, person: Option<ListItemId>) -> Option<Self> {
        let about_one = match name {
            "individual how" => How,
            "individual change" => Change,
            "individual address" => Address,
            "individual number" => Number,
            "individual confirm-number" => ConfirmNumber,
            _ => return [Begin, Who, Posted, Texted].into_iter().find(|step| step.name() == name),
        };
        person.map(about_one)
    }

    /// The name of its only field (spec/03 §9).
    pub fn field(self) -> Option<&'static str> {
        Some(match self {
            Who => "individual-response-who-answer",
            How(_) => "individual-response-how-answer",
            Change(_) => "individual-response-change-answer",
            Address(_) => "individual-response-post-confirm-answer",
            Number(_) => "individual-response-enter-number-answer",
            ConfirmNumber(_) => "individual-response-text-confirm-answer",
            Begin | Posted | Texted => return None,
        })
    }

    /// What its question is called (spec/08 §1).
    pub fn question(self) -> Option<&'static str> {
        Some(match self {
            Who => "individual-response-who",
            How(_) => "individual-response-how",
            Change(_) => "individual-response-change-question",
            Address(_) => "individual-response-post-confirm",
            Number(_) => "individual-response-enter-number",
            ConfirmNumber(_) => "individual-response-text-confirm",
            Begin | Posted | Texted => return None,
        })
    }

    pub fn target(self) -> Target {
        Target::at(Location::Individual(self))
    }
}

/// Something that can be chosen: what is sent for it is the same in every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Names the words.
    pub id: &'static str,
    pub value: &'static str,
    /// Names what is said besides.
    pub hint: Option<&'static str>,
}

const fn choice(id: &'static str, value: &'static str) -> Choice {
    Choice { id, value, hint: None }
}

const fn hinted(id: &'static str, value: &'static str, hint: &'static str) -> Choice {
    Choice { id, value, hint: Some(hint) }
}

pub const TEXT: Choice = hinted("text-message", "Text message", "text-message-hint");
pub const POST: Choice = hinted("post", "Post", "post-hint");
pub const AGAIN: Choice = choice("again", "I would like to request a separate census for them to complete");
pub const THEMSELVES: Choice =
    hinted("themselves", "I will ask them to answer their own questions", "themselves-hint");
pub const FOR_THEM: Choice = choice("for-them", "I will answer for {person_name}");
pub const YES_POST: Choice = choice("yes", "Yes, send the access code by post");
pub const NO_POST: Choice = choice("no", "No, send it another way");
pub const YES_TEXT: Choice = choice("yes", "Yes, send the text");
pub const NO_TEXT: Choice = choice("no", "No, I need to change it");

/// What can be chosen at a step, but for the people of [`Who`].
pub fn choices(step: IndividualStep, is_by_post: bool) -> &'static [Choice] {
    match step {
        How(_) if is_by_post => &[TEXT, POST],
        How(_) => &[TEXT],
        Change(_) => &[AGAIN, THEMSELVES, FOR_THEM],
        Address(_) => &[YES_POST, NO_POST],
        ConfirmNumber(_) => &[YES_TEXT, NO_TEXT],
        Begin | Who | Posted | Number(_) | Texted => &[],
    }
}

/// The people of whom one may ask for a form of their own.
#[derive(Clone, Copy)]
pub struct Household<'a> {
    pub list: ListIx,
    /// The section that each of them would answer.
    pub section: SectionIx,
    pub view: ListView<'a>,
    pub limits: IndividualLimits,
}

impl<'a> Household<'a> {
    /// Of a questionnaire that offers it, where somebody takes the requests.
    pub fn of(trace: &Trace<'a>, visitor: &Visitor) -> Option<Self> {
        let offered = trace.questionnaire.individual_response.as_ref()?;
        let view = trace.response.lists.view(offered.list);
        let limits = visitor.limits.individual?;
        Some(Self { list: offered.list, section: offered.section, view, limits })
    }

    /// All but the one who answers for the household, in the list's order.
    pub fn others(self) -> impl Iterator<Item = ListItemId> + 'a {
        self.view.items.iter().copied().filter(move |item| self.view.primary != Some(*item))
    }

    pub fn has_other(self, person: ListItemId) -> bool {
        self.others().any(|other| other == person)
    }

    pub fn key(self, person: ListItemId) -> SectionKey {
        SectionKey { section: self.section, item: Some(person) }
    }

    /// Whether a letter can still be asked for.
    pub fn is_by_post(self, visitor: &Visitor) -> bool {
        self.limits.post_until.is_some_and(|until| visitor.moment.now <= until)
    }
}

/// The household of a step that is open here.
///
/// # Errors
/// [`Denied::NotHere`] without a household, for somebody who is not of it or who answers for it, and where there is
/// no choice of people; [`Denied::Elsewhere`] for a letter after the last day of letters.
pub fn check<'a>(
    trace: &Trace<'a>,
    step: IndividualStep,
    visitor: &Visitor,
) -> Result<Household<'a>, Denied> {
    let household = Household::of(trace, visitor).ok_or(Denied::NotHere)?;
    let person = match step {
        Begin => visitor.target.list_item,
        step => step.person(),
    };
    let is_open = match (person, step) {
        (Some(person), _) => household.has_other(person),
        (None, Begin) => household.others().next().is_some(),
        (None, Who) => household.others().count() > 1,
        (None, _) => !household.view.items.is_empty(),
    };
    if !is_open || (step.shows_number() && visitor.target.number.is_none()) {
        return Err(Denied::NotHere);
    }
    match step {
        Address(person) if !household.is_by_post(visitor) => {
            Err(Denied::Elsewhere(Box::new(on(How(person), visitor))))
        }
        _ => Ok(household),
    }
}

/// A step, on the same journey.
pub fn on(step: IndividualStep, visitor: &Visitor) -> Target {
    Target { journey: visitor.target.journey.clone(), ..step.target() }
}

/// The same, with the number that was typed.
pub fn on_with_number(step: IndividualStep, visitor: &Visitor) -> Target {
    Target { number: visitor.target.number.clone(), ..on(step, visitor) }
}

fn from_hub(step: IndividualStep) -> Target {
    Target { journey: Some("hub".into()), ..step.target() }
}

/// Where one goes on from [`Begin`]: how, if it is known for whom.
pub fn after_beginning(household: Household, visitor: &Visitor) -> Target {
    let mut others = household.others();
    match (visitor.target.list_item, others.next(), others.next()) {
        (Some(person), ..) => on(How(person), visitor),
        (None, Some(only), None) => from_hub(How(only)),
        _ => from_hub(Who),
    }
}

/// Where "Previous" leads.
pub fn previous(
    trace: &Trace,
    household: Household,
    step: IndividualStep,
    visitor: &Visitor,
) -> Result<Option<Target>, Fault> {
    let journey = visitor.target.journey.as_deref();
    Ok(Some(match step {
        Begin => return before_beginning(trace, household, visitor).map(Some),
        Who => from_hub(Begin),
        How(person) => match journey {
            Some("change") => Change(person).target(),
            Some("hub") if household.others().count() > 1 => from_hub(Who),
            Some("hub") => from_hub(Begin),
            _ => Target {
                list_item: Some(person),
                journey: visitor.target.journey.clone().filter(|journey| **journey == *"remove-person"),
                ..Begin.target()
            },
        },
        Change(_) => Target::at(Location::Entry),
        Address(person) | Number(person) => on(How(person), visitor),
        ConfirmNumber(person) => on_with_number(Number(person), visitor),
        Posted | Texted => return Ok(None),
    }))
}

/// The page that asks whether to remove the person, or with which their section begins; else the hub.
fn before_beginning(trace: &Trace, household: Household, visitor: &Visitor) -> Result<Target, Fault> {
    let hub = Target::at(Location::Entry);
    let Some(person) = visitor.target.list_item else { return Ok(hub) };
    let is_removal = visitor.target.journey.as_deref() == Some("remove-person");
    let block = match is_removal {
        true => removal(trace, household.list),
        false => first_page(trace, household.key(person))?,
    };
    let place = block.map(|block| Place::of(block, Some(person)));
    match place.map(|place| open::check(trace, place).map(|_| place)) {
        Some(Ok(place)) => Ok(Target::block(place)),
        Some(Err(Denied::Fault(fault))) => Err(fault),
        _ => Ok(hub),
    }
}

fn removal(trace: &Trace, list: ListIx) -> Option<schema::questionnaire::BlockIx> {
    let collectors = &trace.questionnaire.list(list).collectors;
    collectors.iter().find_map(|&block| match &trace.questionnaire.block(block).kind {
        BlockKind::ListCollector(collector) => Some(collector.remove),
        _ => None,
    })
}

/// The page with which somebody's section begins, if it has one.
pub fn first_page(trace: &Trace, key: SectionKey) -> Result<Option<schema::questionnaire::BlockIx>, Fault> {
    Ok(trace.path(key)?.first())
}

/// Where one goes who answers for somebody after all.
pub fn answering_for(trace: &Trace, key: SectionKey) -> Result<Target, Fault> {
    match first_page(trace, key)? {
        Some(block) if trace.is_enabled(key.section)? => Ok(Target::block(Place::of(block, key.item))),
        _ => navigation::end_of_section(trace),
    }
}
