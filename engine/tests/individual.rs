//! Somebody of the household asks for a form of their own (spec/02 §11): who may, how often, until when, and where
//! the way begins and leads back.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

#[expect(dead_code, reason = "other tests use the rest")]
mod common;

use std::time::Duration;

use engine::apply::{Command, Effect, Outcome, apply};
use engine::form::Form;
use engine::individual::IndividualStep;
use engine::open::{self, Denied};
use engine::page::{Body, Page, Tongue, page};
use engine::place::{Location, Place, SectionKey, Target, TypedNumber};
use engine::response::{AnswerKey, Launch, Response};
use engine::submission::Fulfilment;
use engine::trace::Trace;
use engine::visitor::{IndividualLimits, Limits, Moment, Shown, Visitor};
use schema::Questionnaire;
use schema::questionnaire::{LanguageIx, Locale};
use schema::value::{ListItemId, Timestamp, Value};

const MAIR: ListItemId = ListItemId(*b"mairAA");
const OWAIN: ListItemId = ListItemId(*b"owainA");
const NIA: ListItemId = ListItemId(*b"niaAAA");
const NOBODY: ListItemId = ListItemId(*b"nobody");

const YES_POST: (&str, &str) =
    ("individual-response-post-confirm-answer", "Yes, send the access code by post");
const YES_TEXT: (&str, &str) = ("individual-response-text-confirm-answer", "Yes, send the text");
const CHANGE: &str = "individual-response-change-answer";

/// A household whose people have been named: the first answers for it.
struct Home {
    questionnaire: Questionnaire,
    response: Response,
    limits: Limits,
    now: Timestamp,
    requests: u8,
}

enum Led {
    To(Target, Vec<Fulfilment>),
    Again,
    Denied(Denied),
}

fn home(people: &[ListItemId]) -> Home {
    let folder = common::folders().into_iter().find(|folder| folder.ends_with("individual-response"));
    let questionnaire = common::questionnaire(&folder.unwrap());
    let mut response = open::open(Launch { claims: engine::journey::claims(&[]) });
    let (list, names) = (questionnaire.names.lists["people"], &questionnaire.names);
    for (at, &person) in people.iter().enumerate() {
        match at {
            0 => response.lists.add_primary(list, person),
            _ => response.lists.add(list, person),
        }
        for (answer, name) in
            [("first-name", person.as_str()), ("middle-names", "Rhys"), ("last-name", "Pugh")]
        {
            let key = AnswerKey::new(names.answers[answer], Some(person));
            response.answers.set(key, Value::text(name.to_owned()));
        }
    }
    let section = SectionKey { section: names.sections["people-section"], item: None };
    for block in ["do-you-live-here", "anyone-else"] {
        response.visits.confirm(section, names.blocks[block]);
    }
    let now: Timestamp = "2026-11-24T10:00:00Z".parse().unwrap();
    let individual =
        IndividualLimits { requests: 2, post_until: Some("2026-11-24T11:00:00Z".parse().unwrap()) };
    let limits = Limits { view_for: Duration::ZERO, individual: Some(individual) };
    Home { questionnaire, response, limits, now, requests: 0 }
}

impl Home {
    fn visit<T>(&mut self, target: &Target, with: impl FnOnce(&Self, &Visitor) -> T) -> T {
        self.requests += 1;
        let moment = Moment { now: self.now, seed: [self.requests; 16] };
        let tongue = Tongue { definition: LanguageIx::BASE, ui: Locale::En };
        let limits = self.limits.clone();
        let href = |target: &Target| print(&self.questionnaire, target);
        with(self, &Visitor { target, tongue, moment, limits: &limits, href: &href })
    }

    fn page<T>(&mut self, target: &Target, of: impl FnOnce(&Page) -> T) -> Result<T, Denied> {
        self.visit(target, |home, visitor| {
            page(&home.questionnaire, &home.response, visitor).map(|page| of(&page))
        })
    }

    /// Where a page's "Previous" leads.
    fn previous(&mut self, target: &Target) -> String {
        self.page(target, |page| page.previous.clone().unwrap_or_default()).unwrap()
    }

    /// Whether a page is there.
    fn is_there(&mut self, target: &Target) -> bool {
        match self.page(target, |_| ()) {
            Ok(()) => true,
            Err(Denied::NotHere) => false,
            Err(denied) => panic!("{denied:?}"),
        }
    }

    fn shown(&mut self, target: &Target) -> Option<Shown> {
        self.page(target, |page| page.shown).unwrap()
    }

    /// Posts to a page from where it showed `shown`.
    fn post(&mut self, target: &Target, shown: Option<Shown>, field: (&str, &str)) -> Led {
        let form = Form::new(vec![(field.0.to_owned(), field.1.to_owned())]);
        let command = Command { form, shown };
        let response = self.response.clone();
        match self.visit(target, |home, visitor| apply(&home.questionnaire, response, &command, visitor)) {
            Outcome::Accepted(step) => {
                assert_eq!(step.is_changed, step.response != self.response, "what is to be kept has changed");
                self.response = step.response;
                let fulfilments = step.owed.into_iter().map(|effect| match effect {
                    Effect::Fulfilment(fulfilment) => fulfilment,
                    Effect::Submission(_) => panic!("a submission"),
                });
                Led::To(step.next, fulfilments.collect())
            }
            Outcome::Refused(..) => Led::Again,
            Outcome::Denied(denied) => Led::Denied(denied),
        }
    }

    /// Shows a page and posts it; where that leads.
    fn give(&mut self, target: &Target, field: (&str, &str)) -> String {
        let shown = self.shown(target);
        match self.post(target, shown, field) {
            Led::To(next, _) => print(&self.questionnaire, &next),
            Led::Again => "again".to_owned(),
            Led::Denied(denied) => panic!("{denied:?}"),
        }
    }

    fn key(&self, person: ListItemId) -> SectionKey {
        SectionKey { section: self.questionnaire.names.sections["person-section"], item: Some(person) }
    }

    fn status(&self, person: ListItemId) -> &'static str {
        let trace = Trace::new(&self.questionnaire, &self.response, jiff::civil::date(2026, 11, 24));
        trace.status(self.key(person)).unwrap().name()
    }

    fn block(&self, block: &str, person: ListItemId) -> Target {
        Target::block(Place::of(self.questionnaire.names.blocks[block], Some(person)))
    }

    /// Where the guidance of a page leads.
    fn guidance(&mut self, target: &Target) -> Option<String> {
        let link = |page: &Page| match &page.body {
            Body::Hub(hub) => hub.individual.clone(),
            Body::Content(content) => content.individual.clone(),
            Body::Question(question) => question.individual.clone(),
            _ => None,
        };
        self.page(target, link).unwrap()
    }
}

/// `how owainA ?hub`: the step or block, the person, the journey; a number's presence.
fn print(questionnaire: &Questionnaire, target: &Target) -> String {
    let (name, person) = match target.location {
        Location::Entry => ("hub".to_owned(), None),
        Location::Block(place) => (questionnaire.block(place.block).id.to_string(), place.item),
        Location::Individual(step) => (step.name().to_owned(), step.person().or(target.list_item)),
        ref other => (format!("{other:?}"), None),
    };
    let mut text = name.trim_start_matches("individual ").to_owned();
    let journey = target.journey.as_ref().map(|journey| format!("?{journey}"));
    for part in [person.map(|person| person.to_string()), journey].into_iter().flatten() {
        text = format!("{text} {part}");
    }
    if target.number.is_some() { format!("{text} with a number") } else { text }
}

fn on(journey: &str, step: IndividualStep) -> Target {
    Target { journey: (!journey.is_empty()).then(|| journey.into()), ..step.target() }
}

fn number(step: IndividualStep) -> Target {
    Target { number: Some(TypedNumber("+44 (7700) 900345".into())), ..step.target() }
}

#[test]
fn a_form_of_ones_own_is_for_others_of_the_household_alone() {
    let steps = |person| {
        [
            IndividualStep::How(person).target(),
            IndividualStep::Change(person).target(),
            IndividualStep::Address(person).target(),
            IndividualStep::Number(person).target(),
            number(IndividualStep::ConfirmNumber(person)),
            Target { list_item: Some(person), ..IndividualStep::Begin.target() },
        ]
    };
    let mut home = home(&[MAIR, OWAIN]);
    for target in steps(OWAIN) {
        assert!(home.is_there(&target), "{target:?}");
    }
    for target in steps(MAIR).into_iter().chain(steps(NOBODY)) {
        assert!(!home.is_there(&target), "{target:?}");
    }
    assert!(!home.is_there(&IndividualStep::ConfirmNumber(OWAIN).target()), "without a number");
    assert!(!home.is_there(&IndividualStep::Texted.target()), "without a number");
}

#[test]
fn whom_it_is_for_is_asked_where_there_is_a_choice() {
    let there = |people: &[ListItemId]| {
        let mut home = home(people);
        let [begin, who] =
            [IndividualStep::Begin, IndividualStep::Who].map(|step| home.is_there(&step.target()));
        let leads = |page: &Page| match &page.body {
            Body::Individual(individual) => individual.href.clone().unwrap(),
            _ => panic!(),
        };
        (begin, who, home.page(&IndividualStep::Begin.target(), leads).unwrap_or_default())
    };
    assert_eq!(there(&[]), (false, false, String::new()));
    assert_eq!(there(&[MAIR]), (false, false, String::new()));
    assert_eq!(there(&[MAIR, OWAIN]), (true, false, "how owainA ?hub".to_owned()));
    assert_eq!(there(&[MAIR, OWAIN, NIA]), (true, true, "who ?hub".to_owned()));
}

#[test]
fn a_page_asks_once_however_often_it_is_sent() {
    let mut home = home(&[MAIR, OWAIN, NIA]);
    let target = IndividualStep::Address(OWAIN).target();
    let shown = home.shown(&target);
    let Led::To(next, sent) = home.post(&target, shown, YES_POST) else { panic!() };
    assert_eq!((print(&home.questionnaire, &next), sent.len()), ("posted".to_owned(), 1));
    assert!(!sent[0].payload.contains("telNo"), "a letter");
    for _ in 0..2 {
        let Led::To(next, sent) = home.post(&target, shown, YES_POST) else { panic!() };
        assert_eq!((print(&home.questionnaire, &next), sent.len()), ("posted".to_owned(), 0));
    }
    // Another page asks once more, and that is as often as is allowed.
    let other = number(IndividualStep::ConfirmNumber(NIA));
    let shown = home.shown(&other);
    let Led::To(_, sent) = home.post(&other, shown, YES_TEXT) else { panic!() };
    assert_eq!(sent.len(), 1);
    assert!(sent[0].payload.contains(r#""contact": {"telNo": "7700900345"}"#), "{}", sent[0].payload);
    assert_eq!(home.response.individual_requests.len(), 2);
    let third = home.shown(&target);
    assert!(matches!(home.post(&target, third, YES_POST), Led::Denied(Denied::TooMany)));
    assert!(matches!(home.post(&other, shown, YES_TEXT), Led::To(..)), "the one that asked is still led on");
}

#[test]
fn a_form_that_bears_no_number_of_a_page_asks_once_too() {
    let mut home = home(&[MAIR, OWAIN, NIA]);
    for (person, count) in [(OWAIN, 1), (OWAIN, 1), (NIA, 2), (NIA, 2)] {
        let led = home.post(&IndividualStep::Address(person).target(), None, YES_POST);
        assert!(matches!(led, Led::To(..)));
        assert_eq!(home.response.individual_requests.len(), count);
    }
}

#[test]
fn what_was_asked_for_shows_on_the_hub_until_it_is_taken_back() {
    let mut home = home(&[MAIR, OWAIN]);
    let (address, change) = (IndividualStep::Address(OWAIN).target(), IndividualStep::Change(OWAIN).target());
    let block = home.questionnaire.names.blocks["about-person"];
    assert_eq!(home.status(OWAIN), "NOT_STARTED");
    assert_eq!(home.give(&address, YES_POST), "posted");
    assert_eq!(home.status(OWAIN), "INDIVIDUAL_RESPONSE_REQUESTED");
    let row = home.page(&Target::at(Location::Entry), |page| match &page.body {
        Body::Hub(hub) => hub.rows.iter().map(|row| (row.status, row.href.clone())).next_back().unwrap(),
        _ => panic!(),
    });
    assert_eq!(row.unwrap(), ("requested", "change owainA".to_owned()));

    // Its own address leads to where it would be answered: there is nothing to sum up.
    let section = Target::at(Location::Section(home.key(OWAIN)));
    let Err(Denied::Elsewhere(first)) = home.page(&section, |_| ()) else { panic!() };
    assert_eq!(print(&home.questionnaire, &first), "about-person owainA");

    assert_eq!(home.give(&change, (CHANGE, "I will ask them to answer their own questions")), "hub");
    assert_eq!(home.status(OWAIN), "NOT_STARTED");
    // By what is confirmed, where something is.
    home.response.visits.confirm(home.key(OWAIN), block);
    assert_eq!(home.give(&address, YES_POST), "posted");
    assert_eq!(home.status(OWAIN), "INDIVIDUAL_RESPONSE_REQUESTED");
    assert_eq!(home.give(&change, (CHANGE, "I will answer for {person_name}")), "about-person owainA");
    assert_eq!(home.status(OWAIN), "IN_PROGRESS");
    assert_eq!(home.give(&change, (CHANGE, "")), "how owainA ?change");
}

#[test]
fn letters_end_on_their_last_day() {
    let mut home = home(&[MAIR, OWAIN]);
    let (how, address) = (on("hub", IndividualStep::How(OWAIN)), on("hub", IndividualStep::Address(OWAIN)));
    let shown = home.shown(&address);
    let post = ("individual-response-how-answer", "Post");
    assert_eq!(home.give(&how, post), "address owainA ?hub");
    let none = home.limits.individual.map(|limits| IndividualLimits { post_until: None, ..limits });
    for limits in [home.limits.individual, none] {
        home.limits.individual = limits;
        home.now = if limits.unwrap().post_until.is_some() {
            "2026-11-24T11:00:01Z"
        } else {
            "2026-11-24T10:00:00Z"
        }
        .parse()
        .unwrap();
        let Led::Denied(Denied::Elsewhere(target)) = home.post(&address, shown, YES_POST) else { panic!() };
        assert_eq!(print(&home.questionnaire, &target), "how owainA ?hub");
        assert!(matches!(home.page(&address, |_| ()), Err(Denied::Elsewhere(_))));
        assert_eq!(home.give(&how, post), "again");
        assert_eq!(home.give(&how, (post.0, "")), "number owainA ?hub");
    }
    assert!(home.response.individual_requests.is_empty());
}

#[test]
fn previous_leads_back_along_the_journey() {
    let with = |target: Target, journey: &str| Target { journey: Some(journey.into()), ..target };
    let begin = |person| Target { list_item: Some(person), ..IndividualStep::Begin.target() };
    for (people, target, previous) in [
        (3, IndividualStep::Begin.target(), "hub"),
        (3, begin(OWAIN), "about-person owainA"),
        (3, with(begin(OWAIN), "remove-person"), "remove-person owainA"),
        (3, on("hub", IndividualStep::Who), "individual ?hub"),
        (3, on("hub", IndividualStep::How(OWAIN)), "who ?hub"),
        (2, on("hub", IndividualStep::How(OWAIN)), "individual ?hub"),
        (3, on("change", IndividualStep::How(OWAIN)), "change owainA"),
        (3, on("remove-person", IndividualStep::How(OWAIN)), "individual owainA ?remove-person"),
        (3, on("", IndividualStep::How(OWAIN)), "individual owainA"),
        (3, on("", IndividualStep::Change(OWAIN)), "hub"),
        (3, on("hub", IndividualStep::Address(OWAIN)), "how owainA ?hub"),
        (3, on("hub", IndividualStep::Number(OWAIN)), "how owainA ?hub"),
        (3, with(number(IndividualStep::ConfirmNumber(OWAIN)), "hub"), "number owainA ?hub with a number"),
        (3, on("hub", IndividualStep::Posted), ""),
        (3, number(IndividualStep::Texted), ""),
    ] {
        let mut home = home(&[MAIR, OWAIN, NIA][..people]);
        assert_eq!(home.previous(&target), previous, "{target:?}");
    }
}

#[test]
fn the_way_begins_on_the_hub_where_a_section_begins_and_where_somebody_is_removed() {
    let mut home = home(&[MAIR, OWAIN]);
    let hub = Target::at(Location::Entry);
    assert_eq!(home.guidance(&hub).as_deref(), Some("individual ?hub"));
    let first = home.block("about-person", OWAIN);
    assert_eq!(home.guidance(&first).as_deref(), Some("individual owainA"));
    let own = home.block("about-person", MAIR);
    assert_eq!(home.guidance(&own), None, "who answers for the household");
    let removal = home.block("remove-person", OWAIN);
    assert_eq!(home.guidance(&removal).as_deref(), Some("individual owainA ?remove-person"));

    home.questionnaire.individual_response.as_mut().unwrap().show_on_hub = false;
    assert_eq!(home.guidance(&hub), None, "not on this hub");
    assert!(home.guidance(&first).is_some());
    // The other way round, it is not where the section begins.
    let group = home.questionnaire.groups.iter_mut().find(|group| &*group.id == "person-group").unwrap();
    group.blocks.reverse();
    home.response.visits.confirm(home.key(OWAIN), home.questionnaire.names.blocks["birthday"]);
    assert_eq!(home.guidance(&first), None, "the second page");
}

#[test]
fn where_nobody_takes_requests_none_is_offered() {
    let mut home = home(&[MAIR, OWAIN]);
    home.limits.individual = None;
    let (hub, first) = (Target::at(Location::Entry), home.block("about-person", OWAIN));
    assert_eq!((home.guidance(&hub), home.guidance(&first)), (None, None));
    assert!(!home.is_there(&IndividualStep::How(OWAIN).target()));
}

#[test]
fn two_of_one_name_are_told_apart_by_their_middle_names() {
    let mut home = home(&[MAIR, OWAIN, NIA]);
    let called = |page: &Page| match &page.body {
        Body::Individual(individual) => individual.name.clone(),
        _ => panic!(),
    };
    let how = IndividualStep::How(OWAIN).target();
    assert_eq!(home.page(&how, called).unwrap(), "owainA Pugh");
    home.response.lists.set_same_names(home.questionnaire.names.lists["people"], vec![OWAIN, NIA]);
    assert_eq!(home.page(&how, called).unwrap(), "owainA Rhys Pugh");
    // Who has no name yet is called as on the hub, and who has none there by nothing.
    let key = |name: &str| AnswerKey::new(home.questionnaire.names.answers[name], Some(OWAIN));
    for key in ["first-name", "middle-names", "last-name"].map(key) {
        home.response.answers.remove(key);
    }
    assert_eq!(home.page(&how, called).unwrap(), "");
}

#[test]
fn a_number_that_was_typed_prints_nothing() {
    let target = number(IndividualStep::Texted);
    assert!(!format!("{target:?}").contains("7700"));
    let mut home = home(&[MAIR, OWAIN]);
    let field = "individual-response-enter-number-answer";
    let long = format!("07700900345{}", " ".repeat(60));
    for typed in ["01632 960001", "", " ", &long] {
        assert_eq!(home.give(&IndividualStep::Number(OWAIN).target(), (field, typed)), "again", "{typed}");
    }
    let next = home.give(&IndividualStep::Number(OWAIN).target(), (field, " 07700 900345 "));
    assert_eq!(next, "confirm-number owainA with a number");
}
