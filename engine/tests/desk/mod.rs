//! A respondent at a small questionnaire: posts to addresses, and is told where that leads.

#![expect(clippy::unwrap_used, dead_code, reason = "tests; not every one uses all of it")]

use engine::apply::{Command, Outcome, Problem, apply};
use engine::form::Form;
use engine::open::{self, Denied};
use engine::page::{Page, Tongue, page};
use engine::place::{Back, BackOrder, Location, Place, SectionKey, Target};
use engine::response::{AnswerKey, Launch, Response};
use engine::trace::Trace;
use engine::visitor::{Limits, Moment, Shown, Visitor};
use schema::Questionnaire;
use schema::questionnaire::{LanguageIx, Locale};
use serde_json::{Value as Json, json};

pub struct Desk {
    pub questionnaire: Questionnaire,
    pub response: Response,
    limits: Limits,
    seed: u8,
}

/// A block that asks for a number, ID, answered by `ID-answer`.
pub fn number(id: &str, more: Json) -> Json {
    let answer =
        json!({"id": format!("{id}-answer"), "type": "Number", "mandatory": false, "label": "How many?"});
    asking(id, answer, more)
}

/// A block that asks yes or no, answered by `ID-answer`.
pub fn yes_no(id: &str, more: Json) -> Json {
    let options = json!([{"label": "Yes", "value": "Yes"}, {"label": "No", "value": "No"}]);
    let answer =
        json!({"id": format!("{id}-answer"), "type": "Radio", "mandatory": false, "options": options});
    asking(id, answer, more)
}

fn asking(id: &str, answer: Json, more: Json) -> Json {
    let question =
        json!({"id": format!("{id}-question"), "type": "General", "title": id, "answers": [answer]});
    let mut block = json!({"id": id, "type": "Question", "question": question});
    block.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    block
}

/// A section of one group.
pub fn section(id: &str, blocks: &[Json], more: Json) -> Json {
    let group = json!({"id": format!("{id}-group"), "blocks": blocks});
    let mut section = json!({"id": id, "title": id, "groups": [group]});
    section.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    section
}

/// A `when` that an answer is so.
pub fn is(block: &str, value: &str) -> Json {
    json!({"==": [{"source": "answers", "identifier": format!("{block}-answer")}, value]})
}

impl Desk {
    pub fn linear(sections: &[Json]) -> Self {
        Self::of("Linear", json!({"summary": {"collapsible": false}}), sections)
    }

    pub fn hub(sections: &[Json]) -> Self {
        Self::of("Hub", json!({}), sections)
    }

    fn of(flow: &str, options: Json, sections: &[Json]) -> Self {
        let definition = json!({
            "mime_type": "application/json/ons/eq", "language": "en", "schema_version": "0.0.1",
            "data_version": "0.0.3", "survey_id": "900", "title": "A survey", "theme": "default",
            "metadata": [], "questionnaire_flow": {"type": flow, "options": options}, "sections": sections,
        });
        Self::at(&definition.to_string())
    }

    pub fn at(definition: &str) -> Self {
        let questionnaire = schema::link(&[definition]).unwrap();
        let response = open::open(Launch { claims: serde_json::Map::new() });
        let limits = Limits { view_for: std::time::Duration::from_secs(60), individual: None };
        Self { questionnaire, response, limits, seed: 0 }
    }

    fn visit<T>(&mut self, address: &str, with: impl FnOnce(&Questionnaire, &Response, &Visitor) -> T) -> T {
        self.seed += 1;
        let target = self.target(address);
        let moment = Moment { now: "2026-11-24T10:00:00Z".parse().unwrap(), seed: [self.seed; 16] };
        let tongue = Tongue { definition: LanguageIx::BASE, ui: Locale::En };
        let href = |target: &Target| print(&self.questionnaire, target);
        let visitor = Visitor { target: &target, tongue, moment, limits: &self.limits, href: &href };
        with(&self.questionnaire, &self.response, &visitor)
    }

    /// Posts a form from a page that showed `shown`; says where that leads, or `wrong`, `overtaken`, `nothing`.
    pub fn post_from(&mut self, shown: Option<Shown>, address: &str, fields: &[(&str, &str)]) -> String {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let command = Command { form: Form::new(fields), shown };
        let outcome =
            self.visit(address, |q, response, visitor| apply(q, response.clone(), &command, visitor));
        match outcome {
            Outcome::Accepted(step) => {
                self.response = step.response;
                print(&self.questionnaire, &step.next)
            }
            Outcome::Refused(_, attempt) => match attempt.problem {
                Problem::Wrong(_) => "wrong".to_owned(),
                Problem::Overtaken => "overtaken".to_owned(),
            },
            Outcome::Denied(Denied::NotHere) => "nothing".to_owned(),
            Outcome::Denied(Denied::TooMany) => "too many".to_owned(),
            Outcome::Denied(Denied::Elsewhere(target)) => print(&self.questionnaire, &target),
            Outcome::Denied(Denied::Fault(fault)) => format!("{fault:?}"),
        }
    }

    pub fn post(&mut self, address: &str, fields: &[(&str, &str)]) -> String {
        self.post_from(None, address, fields)
    }

    /// Posts `value` as the answer of a block made by [`number`] or [`yes_no`].
    pub fn give(&mut self, address: &str, value: &str) -> String {
        let block = address.split('?').next().unwrap();
        let name = format!("{block}-answer");
        self.post(address, &[(&name, value)])
    }

    /// Something of the page at an address; none where there is none.
    pub fn page<T>(&mut self, address: &str, of: impl FnOnce(&Page) -> T) -> Option<T> {
        self.visit(address, |q, response, visitor| Some(of(&page(q, response, visitor).ok()?)))
    }

    pub fn previous(&mut self, address: &str) -> String {
        self.page(address, |page| page.previous.clone().unwrap_or_else(|| "none".to_owned())).unwrap()
    }

    pub fn shown(&mut self, address: &str) -> Option<Shown> {
        self.page(address, |page| page.shown).unwrap()
    }

    /// What is stored of the answer of a block.
    pub fn stored(&self, block: &str) -> Option<String> {
        let answer = self.questionnaire.names.answers[&*format!("{block}-answer")];
        let value = self.response.answers.get(AnswerKey::new(answer, None))?;
        value.as_text().map(str::to_owned).or_else(|| Some(value.as_number()?.to_string()))
    }

    pub fn key(&self, section: &str) -> SectionKey {
        SectionKey { section: self.questionnaire.names.sections[section], item: None }
    }

    pub fn trace(&self) -> Trace<'_> {
        Trace::new(&self.questionnaire, &self.response, jiff::civil::date(2026, 11, 24))
    }

    pub fn path(&self, section: &str) -> Vec<String> {
        let path = self.trace().path(self.key(section)).unwrap();
        path.blocks().map(|block| self.questionnaire.block(block).id.to_string()).collect()
    }

    pub fn status(&self, section: &str) -> &'static str {
        self.trace().status(self.key(section)).unwrap().name()
    }

    /// Reads `BLOCK`, `submit`, `sections/ID`, or nothing for the questionnaire's own address, and a query.
    fn target(&self, address: &str) -> Target {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let location = match path.split('/').collect::<Vec<_>>().as_slice() {
            [""] => Location::Entry,
            ["submit"] => Location::Submit,
            ["sections", section] => Location::Section(self.key(section)),
            _ => Location::Block(Place::of(self.questionnaire.names.blocks[path], None)),
        };
        let value = |name: &str| {
            let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs.find(|(has, _)| *has == name).map(|(_, value)| value.into())
        };
        let back = Back {
            to: value("return_to"),
            block: value("return_to_block_id"),
            answer: value("return_to_answer_id"),
            item: value("return_to_list_item_id"),
            order: BackOrder::PassedOn,
        };
        Target { back, resume: value("resume").is_some(), ..Target::at(location) }
    }
}

/// As an address below `/questionnaire/`.
fn print(q: &Questionnaire, target: &Target) -> String {
    let mut text = match target.location {
        Location::Entry => String::new(),
        Location::Submit => "submit".to_owned(),
        Location::Section(key) => format!("sections/{}", q.section(key.section).id),
        Location::Block(place) => q.block(place.block).id.to_string(),
        ref other => format!("{other:?}"),
    };
    let back = &target.back;
    let (to, block) = (("return_to", &back.to), ("return_to_block_id", &back.block));
    let (answer, item) = (("return_to_answer_id", &back.answer), ("return_to_list_item_id", &back.item));
    let parts = match back.order {
        BackOrder::PassedOn => [to, block, answer, item],
        BackOrder::FromSummary => [to, answer, block, item],
        BackOrder::ToCalculatedSummary => [to, block, item, answer],
    };
    let mut query: Vec<_> =
        parts.iter().filter_map(|(name, value)| Some(format!("{name}={}", value.as_deref()?))).collect();
    if target.resume {
        query.push("resume=True".to_owned());
    }
    if !query.is_empty() {
        text = format!("{text}?{}", query.join("&"));
    }
    if let Some(anchor) = &target.anchor {
        text = format!("{text}#{anchor}");
    }
    text
}
