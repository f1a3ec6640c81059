//! Lists under double clicks, Back, two tabs and people who leave (spec/02 §7, §14; design "page token").

#![expect(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "tests")]

#[expect(dead_code, reason = "other tests use the rest")]
mod common;

use std::time::Duration;

use engine::apply::{Command, Outcome, apply};
use engine::form::Form;
use engine::open::{self, Denied};
use engine::page::{self, Body, Tongue};
use engine::place::{Location, Place, SectionKey, Target};
use engine::response::{Launch, Response};
use engine::visitor::{Limits, Moment, Shown, Visitor};
use schema::Questionnaire;
use schema::questionnaire::{LanguageIx, Locale};
use schema::value::ListItemId;

/// A respondent with as many tabs as wanted.
struct Desk {
    questionnaire: Questionnaire,
    response: Response,
    requests: u8,
}

impl Desk {
    fn at(feature: &str) -> Self {
        let folder = common::folders().into_iter().find(|folder| folder.ends_with(feature)).unwrap();
        let response = open::open(Launch { claims: engine::journey::claims(&[]) });
        Self { questionnaire: common::questionnaire(&folder), response, requests: 0 }
    }

    fn visit<T>(&mut self, target: &Target, with: impl FnOnce(&Self, &Visitor) -> T) -> T {
        self.requests += 1;
        let now = "2026-11-24T10:00:00Z".parse().unwrap();
        let moment = Moment { now, seed: [self.requests; 16] };
        let tongue = Tongue { definition: LanguageIx::BASE, ui: Locale::En };
        let limits = Limits { view_for: Duration::from_secs(2700), individual: None };
        with(self, &Visitor { target, tongue, moment, limits: &limits, href: &|_| String::new() })
    }

    fn target(&self, block: &str, item: Option<ListItemId>) -> Target {
        Target::block(Place::of(self.questionnaire.names.blocks[block], item))
    }

    fn items(&self, list: &str) -> Vec<ListItemId> {
        self.response.lists.items(self.questionnaire.names.lists[list]).to_vec()
    }

    /// What a page shows, as its token carries it back.
    fn show(&mut self, target: &Target) -> Option<Shown> {
        self.visit(target, |desk, visitor| {
            page::page(&desk.questionnaire, &desk.response, visitor).unwrap().shown
        })
    }

    fn post(
        &mut self,
        target: &Target,
        shown: Option<Shown>,
        given: &[(&str, &str)],
    ) -> Result<Target, Denied> {
        let given = given.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let command = Command { form: Form::new(given), shown };
        let outcome = self.visit(target, |desk, visitor| {
            apply(&desk.questionnaire, desk.response.clone(), &command, visitor)
        });
        match outcome {
            Outcome::Accepted(step) => {
                self.response = step.response;
                Ok(step.next)
            }
            Outcome::Refused(..) => panic!("the form is refused"),
            Outcome::Denied(denied) => Err(denied),
        }
    }

    /// Opens a page and answers it.
    fn answer(&mut self, target: &Target, given: &[(&str, &str)]) -> Target {
        let shown = self.show(target);
        self.post(target, shown, given).unwrap()
    }

    fn add_person(&mut self, name: &str) {
        let add = self.target("add-person", None);
        self.answer(&add, &[("first-name", name)]);
    }
}

#[test]
fn a_summary_of_nobodys_section_is_not_returned_to() {
    let mut desk = Desk::at("repeating-section");
    desk.add_person("Nia");
    let mut collector = desk.target("anyone-else", None);
    collector.back.to = Some("grand-calculated-summary".into());
    collector.back.block = Some("birthday".into());
    let next = desk.answer(&collector, &[("anyone-else-answer", "No")]);
    assert_eq!(next.location, Location::Entry);
}

#[test]
fn a_double_click_adds_once() {
    let mut desk = Desk::at("list-collector");
    let add = desk.target("add-boat", None);
    let shown = desk.show(&add);
    let first = desk.post(&add, shown, &[("boat-name", "Seren")]).unwrap();
    let second = desk.post(&add, shown, &[("boat-name", "Seren")]).unwrap();
    assert_eq!(desk.items("boats").len(), 1);
    assert_eq!(first, second);
}

#[test]
fn back_and_another_name_adds_a_second_and_leaves_the_first() {
    let mut desk = Desk::at("list-collector");
    let add = desk.target("add-boat", None);
    let shown = desk.show(&add);
    desk.post(&add, shown, &[("boat-name", "Seren")]).unwrap();
    desk.post(&add, shown, &[("boat-name", "Mair")]).unwrap();
    assert_eq!(names(&desk), ["Seren", "Mair"]);
}

#[test]
fn two_tabs_that_add_at_once_keep_both() {
    let mut desk = Desk::at("list-collector");
    let add = desk.target("add-boat", None);
    let (one, other) = (desk.show(&add), desk.show(&add));
    desk.post(&add, one, &[("boat-name", "Seren")]).unwrap();
    desk.post(&add, other, &[("boat-name", "Seren")]).unwrap();
    assert_eq!(names(&desk), ["Seren", "Seren"]);
}

fn names(desk: &Desk) -> Vec<String> {
    let answer = desk.questionnaire.names.answers["boat-name"];
    let of = |item| engine::response::AnswerKey::new(answer, Some(item));
    let stored = |item| desk.response.answers.get(of(item)).unwrap().as_text().unwrap().to_owned();
    desk.items("boats").into_iter().map(stored).collect()
}

#[test]
fn removing_twice_removes_one_and_goes_where_the_first_went() {
    let mut desk = Desk::at("list-collector");
    let add = desk.target("add-boat", None);
    desk.answer(&add, &[("boat-name", "Seren")]);
    desk.answer(&add, &[("boat-name", "Mair")]);
    let remove = desk.target("remove-boat", Some(desk.items("boats")[0]));
    let shown = desk.show(&remove);
    let first = desk.post(&remove, shown, &[("remove-boat-answer", "Yes")]).unwrap();
    let second = desk.post(&remove, shown, &[("remove-boat-answer", "Yes")]).unwrap();
    assert_eq!(names(&desk), ["Mair"]);
    assert_eq!(first, second);
}

#[test]
fn who_answers_comes_first_and_cannot_be_removed() {
    let mut desk = Desk::at("list-primary-person");
    let question = desk.target("do-you-live-here", None);
    let next = desk.answer(&question, &[("do-you-live-here-answer", "Yes")]);
    let first = desk.items("people")[0];
    assert_eq!(next, desk.target("your-name", Some(first)));
    desk.answer(&next, &[("first-name", "Nia")]);
    desk.add_person("Owain");
    assert_eq!(desk.items("people")[0], first);
    let remove = desk.target("remove-person", Some(first));
    assert_eq!(desk.post(&remove, None, &[("remove-person-answer", "Yes")]), Err(Denied::NotHere));
}

/// Each person with all who come after, as pages lead through them.
fn pairs(desk: &mut Desk) -> Vec<(usize, usize)> {
    let items = desk.items("people");
    let number = |item: Option<ListItemId>| items.iter().position(|has| Some(*has) == item).unwrap() + 1;
    let block = desk.questionnaire.names.blocks["relationships"];
    let related = engine::relationships::Related::of(&desk.questionnaire, &desk.response, block).unwrap();
    let pages = related.pages().into_iter();
    pages.map(|page| (number(page.item), page.to.map_or(0, |to| number(Some(to))))).collect()
}

fn household(people: &[&str]) -> Desk {
    let mut desk = Desk::at("relationships");
    people.iter().for_each(|name| desk.add_person(name));
    let collector = desk.target("anyone-else", None);
    let next = desk.answer(&collector, &[("anyone-else-answer", "No")]);
    assert_eq!(next.location, Location::Relationships { last: false });
    desk
}

fn relate(desk: &mut Desk, from: usize, to: usize, how: &str) -> Target {
    let items = desk.items("people");
    let block = desk.questionnaire.names.blocks["relationships"];
    let page = Place { block, item: Some(items[from - 1]), to: Some(items[to - 1]) };
    desk.answer(&Target::block(page), &[("relationship-answer", how)])
}

#[test]
fn each_person_is_related_to_all_who_come_after() {
    let mut desk = household(&["Nia", "Owain", "Mair"]);
    assert_eq!(pairs(&mut desk), [(1, 2), (1, 3), (2, 3)]);
    relate(&mut desk, 1, 2, "Partner");
    relate(&mut desk, 1, 3, "Child");
    let after = relate(&mut desk, 2, 3, "Child");
    assert_eq!(after, Target::at(Location::Submit));
}

#[test]
fn once_two_are_unrelated_one_page_asks_of_at_least_two_who_remain() {
    let mut desk = household(&["Nia", "Owain", "Mair", "Gwen", "Huw"]);
    relate(&mut desk, 1, 2, "Unrelated");
    relate(&mut desk, 1, 3, "Unrelated");
    assert_eq!(pairs(&mut desk)[..5], [(1, 2), (1, 3), (1, 0), (1, 4), (1, 5)]);
    let page = desk.target("all-unrelated", Some(desk.items("people")[0]));
    let listed = desk.visit(&page, |desk, visitor| {
        match page::page(&desk.questionnaire, &desk.response, visitor).unwrap().body {
            Body::Question(question) => question.list.unwrap().rows.len(),
            _ => 0,
        }
    });
    assert_eq!(listed, 2, "those who remain stand above the question");
    desk.answer(&page, &[("all-unrelated-answer", "Yes")]);
    assert_eq!(pairs(&mut desk)[..4], [(1, 2), (1, 3), (1, 0), (2, 3)]);
    desk.answer(&page, &[("all-unrelated-answer", "No")]);
    assert_eq!(pairs(&mut desk)[..5], [(1, 2), (1, 3), (1, 0), (1, 4), (1, 5)]);
}

#[test]
fn who_leaves_takes_their_pairs_along_and_who_comes_is_asked_about() {
    let mut desk = household(&["Nia", "Owain", "Mair"]);
    relate(&mut desk, 1, 2, "Partner");
    relate(&mut desk, 1, 3, "Child");
    relate(&mut desk, 2, 3, "Child");
    let remove = desk.target("remove-person", Some(desk.items("people")[1]));
    let next = desk.answer(&remove, &[("remove-person-answer", "Yes")]);
    assert_eq!(next, Target::at(Location::Submit), "the pair that is left was answered");
    assert_eq!(pairs(&mut desk), [(1, 2)]);
    desk.add_person("Huw");
    let collector = desk.target("anyone-else", None);
    let next = desk.answer(&collector, &[("anyone-else-answer", "No")]);
    assert_eq!(next.location, Location::Relationships { last: false });
}

#[test]
fn two_tabs_on_one_pair_do_not_silently_overwrite_each_other() {
    let mut desk = household(&["Nia", "Owain"]);
    let items = desk.items("people");
    let block = desk.questionnaire.names.blocks["relationships"];
    let page = Target::block(Place { block, item: Some(items[0]), to: Some(items[1]) });
    let (one, other) = (desk.show(&page), desk.show(&page));
    desk.post(&page, one, &[("relationship-answer", "Partner")]).unwrap();
    let form = Form::new(vec![("relationship-answer".to_owned(), "Child".to_owned())]);
    let command = Command { form, shown: other };
    let outcome = desk
        .visit(&page, |desk, visitor| apply(&desk.questionnaire, desk.response.clone(), &command, visitor));
    assert!(matches!(outcome, Outcome::Refused(..)));
}

/// The way to add that the summary of the section of people shows.
fn way_to_add(desk: &mut Desk) -> bool {
    let section = desk.questionnaire.names.sections["people-section"];
    let summary = Target::at(Location::Section(SectionKey { section, item: None }));
    desk.visit(&summary, |desk, visitor| {
        let page = page::page(&desk.questionnaire, &desk.response, visitor).unwrap();
        let Body::SectionSummary(shown) = page.body else { panic!("not a summary") };
        shown.custom_lists[0].add.is_some()
    })
}

#[test]
fn a_summary_leads_to_a_question_that_is_asked_and_to_no_other() {
    let folder =
        common::folders().into_iter().find(|folder| folder.ends_with("list-driving-question")).unwrap();
    let mut definition: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(folder.join("en.json")).unwrap()).unwrap();
    let blocks = definition.pointer_mut("/sections/0/groups/0/blocks").unwrap().as_array_mut().unwrap();
    blocks.insert(
        0,
        serde_json::json!({
            "id": "closed", "type": "Interstitial", "content": {"title": "Nobody is counted today"},
            "routing_rules": [{"section": "End"}]
        }),
    );
    let mut asked = Desk::at("list-driving-question");
    let driving = asked.target("anyone-living", None);
    asked.answer(&driving, &[("anyone-living-answer", "No")]);
    assert!(way_to_add(&mut asked));

    let mut closed = Desk::at("list-driving-question");
    closed.questionnaire = schema::link(&[&definition.to_string()]).unwrap();
    let notice = closed.target("closed", None);
    closed.answer(&notice, &[]);
    assert!(!way_to_add(&mut closed));
}
