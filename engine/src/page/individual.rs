//! Pages on the way to a form of their own for somebody, and where that way begins (spec/02 §11, spec/03 §9).

use schema::rule::Fault;
use schema::text::plain;
use schema::value::ListItemId;
use serde::Serialize;

use super::making::Making;
use super::{Body, ErrorLink, Page};
use crate::apply::{Attempt, Problem};
use crate::error::ErrorText;
use crate::individual::{self, Household, IndividualStep};
use crate::open::Denied;
use crate::place::{Place, SectionKey, Target};
use crate::response::AnswerKey;
use crate::visitor::Shown;

/// The answers that a person's name is made of (spec/02 §11).
const NAMES: [&str; 3] = ["first-name", "middle-names", "last-name"];

#[derive(Clone, Debug, Serialize)]
pub struct IndividualPage {
    /// `begin`, `who`, `how`, `change`, `address`, `posted`, `number`, `confirm-number`, `texted`.
    pub step: &'static str,
    /// Of the person whom the address names, from 1: part of the title.
    pub person_number: Option<usize>,
    /// What that person is called; empty where the page is about nobody in particular.
    pub name: String,
    /// Of the question's element; empty where there is none.
    pub question_id: &'static str,
    /// The name of the field, which is what its options' ids begin with; empty where there is none.
    pub field: &'static str,
    pub options: Vec<IndividualOption>,
    /// Whether a letter can still be asked for.
    pub is_by_post: bool,
    /// A telephone number: as it was typed, or was sent a text message.
    pub number: String,
    /// Where a letter goes, as far as the launch told.
    pub display_address: Option<String>,
    /// Where the first page leads on.
    pub href: Option<String>,
    pub errors: Vec<ErrorLink>,
}

#[derive(Clone, Debug, Serialize)]
pub struct IndividualOption {
    pub value: String,
    /// Names our words for it; none where it is a person.
    pub id: Option<&'static str>,
    pub name: String,
    /// Names what is said besides.
    pub hint: Option<&'static str>,
    pub is_chosen: bool,
}

impl<'a> Making<'a, '_> {
    pub fn individual(&self, step: IndividualStep, attempt: Option<&Attempt>) -> Result<Page<'a>, Denied> {
        let household = individual::check(self.trace, step, self.visitor)?;
        let target = self.visitor.target;
        let named = match step {
            IndividualStep::Begin => target.list_item,
            step => step.person(),
        };
        let view = household.view;
        let number = named.and_then(|named| view.items.iter().position(|&item| item == named));
        let field = step.field().unwrap_or_default();
        let typed = attempt.and_then(|attempt| attempt.form.get(field));
        let is_by_post = household.is_by_post(self.visitor);
        let known = target.number.as_ref().map(|number| &*number.0);
        let display_address =
            self.response().launch.metadata("display_address").and_then(|text| text.as_str());
        let page = IndividualPage {
            step: step.name().strip_prefix("individual ").unwrap_or("begin"),
            person_number: number.map(|at| at + 1),
            name: match step.person() {
                Some(person) => self.called(household, person, view.same_names.contains(&person))?,
                None => String::new(),
            },
            question_id: step.question().unwrap_or_default(),
            field,
            options: self.options_of(household, step, typed)?,
            is_by_post,
            number: typed.or(known).unwrap_or_default().to_owned(),
            display_address: display_address.filter(|text| !text.is_empty()).map(str::to_owned),
            href: (step == IndividualStep::Begin)
                .then(|| self.href(&individual::after_beginning(household, self.visitor))),
            errors: attempt.map(errors).unwrap_or_default(),
        };
        let at = match page.person_number {
            Some(number) => format!("{} item {number}", step.name()),
            None => step.name().to_owned(),
        };
        let previous = individual::previous(self.trace, household, step, self.visitor)?;
        let is_refused = !page.errors.is_empty();
        let mut page = self.page(&at, None, previous, Body::Individual(Box::new(page)));
        page.is_refused = is_refused;
        // What it shows does not matter, but which page it is: one page asks once.
        page.shown = Some(Shown { seen: 0, item: None, page: self.visitor.moment.page() });
        Ok(page)
    }

    fn options_of(
        &self,
        household: Household,
        step: IndividualStep,
        typed: Option<&str>,
    ) -> Result<Vec<IndividualOption>, Fault> {
        if step == IndividualStep::Who {
            let others = household.others().map(|person| {
                let name = self.called(household, person, !household.view.same_names.is_empty())?;
                let is_chosen = typed == Some(person.as_str());
                Ok(IndividualOption { value: person.to_string(), id: None, name, hint: None, is_chosen })
            });
            return others.collect();
        }
        let choices = individual::choices(step, household.is_by_post(self.visitor));
        // Who changes what was asked for is shown the first, and goes on by one press.
        let first = choices.first().filter(|_| matches!(step, IndividualStep::Change(_)));
        let chosen = typed.or(first.map(|choice| choice.value));
        let options = choices.iter().map(|choice| IndividualOption {
            value: choice.value.to_owned(),
            id: Some(choice.id),
            name: String::new(),
            hint: choice.hint,
            is_chosen: chosen == Some(choice.value),
        });
        Ok(options.collect())
    }

    /// What a person is called: by their answers, middle names among them where two would be called the same; or
    /// else as the hub has it.
    fn called(&self, household: Household, person: ListItemId, is_full: bool) -> Result<String, Fault> {
        let names = NAMES.iter().filter(|name| **name != "middle-names" || is_full);
        let parts = names.filter_map(|name| {
            let answer = *self.q().names.answers.get(*name)?;
            self.response().answers.get(AnswerKey::new(answer, Some(person)))?.as_text()
        });
        let name = parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        match name.is_empty() {
            true => Ok(plain(self.section_name(household.key(person))?.html).into_owned()),
            false => Ok(name),
        }
    }

    /// From the hub, as long as it is not complete and there is somebody.
    pub fn individual_from_hub(&self) -> Option<String> {
        let household = Household::of(self.trace, self.visitor)?;
        let offered = self.q().individual_response.as_ref()?.show_on_hub;
        household.others().next().filter(|_| offered)?;
        Some(self.href(&Target { journey: Some("hub".into()), ..IndividualStep::Begin.target() }))
    }

    /// From the page with which somebody's section begins.
    pub fn individual_from_section(&self, place: Place, key: SectionKey) -> Result<Option<String>, Fault> {
        let Some((household, person)) = self.household_of(place) else { return Ok(None) };
        let is_first =
            household.section == key.section && individual::first_page(self.trace, key)? == Some(place.block);
        let target = Target { list_item: Some(person), ..IndividualStep::Begin.target() };
        Ok(is_first.then(|| self.href(&target)))
    }

    /// From the page that asks whether to remove somebody.
    pub fn individual_from_removal(&self, place: Place) -> Option<String> {
        let (household, person) = self.household_of(place)?;
        let is_theirs = super::list_of(self.q(), place.block) == Some(household.list);
        let target = Target {
            list_item: Some(person),
            journey: Some("remove-person".into()),
            ..IndividualStep::Begin.target()
        };
        is_theirs.then(|| self.href(&target))
    }

    /// The household, if the page is about somebody of it who does not answer for it.
    fn household_of(&self, place: Place) -> Option<(Household<'a>, ListItemId)> {
        let household = Household::of(self.trace, self.visitor)?;
        let person = place.item.filter(|person| household.has_other(*person))?;
        Some((household, person))
    }

    /// Where the hub's row of somebody leads of whom a form of their own was asked for.
    pub fn individual_change(&self, key: SectionKey) -> Option<String> {
        let household = Household::of(self.trace, self.visitor)?;
        let person = key.item.filter(|person| household.has_other(*person))?;
        Some(self.href(&IndividualStep::Change(person).target()))
    }
}

fn errors(attempt: &Attempt) -> Vec<ErrorLink> {
    let Problem::Wrong(errors) = &attempt.problem else { return vec![] };
    let links = errors.answers.iter().flat_map(|field| {
        field.own.iter().map(|error| ErrorLink {
            id: format!("{}-error", field.field_id),
            text: ErrorText { key: error.key(), args: vec![], author: None },
        })
    });
    links.collect()
}
