//! A desk to try a question at: what it asks, what is stored, what a form comes to, told in short words.

#![expect(clippy::unwrap_used, reason = "tests")]

use schema::Questionnaire;
use schema::questionnaire::{BlockIx, LanguageIx, Locale, Question};
use schema::rule::{Fault, Here, read_date};
use schema::value::{ListItemId, Value};
use serde_json::{Map, Value as Json, json};

use super::{Asked, Form, Read, ask, read};
use crate::error::{ErrorText, texts};
use crate::open::Denied;
use crate::page::{Page, Tongue, page};
use crate::place::{Location, Target};
use crate::response::{AnswerKey, Answers, Aside, Launch, Lists, Response, Visits};
use crate::scope::Sight;
use crate::trace::Trace;
use crate::visitor::{Limits, Moment, Visitor};

/// A questionnaire whose first question is tried, and a response to it. Today is 2016-03-15.
pub(crate) struct Desk {
    pub questionnaire: Questionnaire,
    pub response: Response,
    pub ui: Locale,
}

impl Desk {
    /// With that question, and others for it to look at.
    pub fn asking(question: Json, others: &[Json]) -> Self {
        Self::with_messages(question, others, json!({}))
    }

    pub fn with_messages(question: Json, others: &[Json], messages: Json) -> Self {
        Self::made_of("0.0.3", blocks(question, others), messages)
    }

    /// As [`Desk::asking`], of a questionnaire that is submitted in that version.
    pub fn in_version_0_0_1(question: Json, others: &[Json]) -> Self {
        Self::made_of("0.0.1", blocks(question, others), json!({}))
    }

    /// With just these blocks.
    pub fn of_blocks(data_version: &str, blocks: Json) -> Self {
        Self::made_of(data_version, blocks.as_array().unwrap().clone(), json!({}))
    }

    fn made_of(data_version: &str, blocks: Vec<Json>, messages: Json) -> Self {
        let definition = json!({
            "mime_type": "application/json/ons/eq",
            "schema_version": "0.0.1",
            "data_version": data_version,
            "survey_id": "0",
            "title": "Test",
            "language": "en",
            "theme": "default",
            "metadata": [],
            "messages": messages,
            "questionnaire_flow": {"type": "Linear", "options": {}},
            "sections": [{"id": "section", "groups": [{"id": "group", "blocks": blocks}]}],
        });
        let response = Response {
            launch: Launch { claims: Map::new() },
            answers: Answers::default(),
            lists: Lists::default(),
            visits: Visits::default(),
            writers: vec![],
            started_at: None,
            individual_requests: vec![],
            supplementary: None,
            submitted: None,
            aside: Aside::default(),
        };
        let questionnaire = schema::link(&[&definition.to_string()]).unwrap();
        Self { questionnaire, response, ui: Locale::En }
    }

    /// With one General answer, of id `a`.
    pub fn answer(answer: Json) -> Self {
        let mut whole = json!({"id": "a", "mandatory": false, "label": "Answer"});
        whole.as_object_mut().unwrap().extend(answer.as_object().unwrap().clone());
        Self::asking(json!({"answers": [whole]}), &[])
    }

    pub fn in_locale(self, ui: Locale) -> Self {
        Self { ui, ..self }
    }

    pub fn storing(mut self, id: &str, value: Value<'static>) -> Self {
        let key = self.key(id, None);
        self.response.answers.set(key, value);
        self
    }

    /// With items in the list `people`.
    pub fn listing(mut self, items: &[&str]) -> Self {
        let list = self.questionnaire.names.lists["people"];
        for item in items {
            self.response.lists.add(list, ListItemId::parse(item).unwrap());
        }
        self
    }

    pub fn key(&self, id: &str, item: Option<&str>) -> AnswerKey {
        let item = item.map(|item| ListItemId::parse(item).unwrap());
        AnswerKey::new(self.questionnaire.names.answers[id], item)
    }

    fn question(&self) -> &Question {
        &self.questionnaire.blocks[0].questions()[0].of
    }

    fn block(&self) -> BlockIx {
        self.questionnaire.names.blocks["block-0"]
    }

    /// Does something with the question as asked.
    pub fn ask<T>(&self, then: impl FnOnce(&Asked<'_>, &Sight<'_>) -> T) -> Result<T, Fault> {
        let trace = Trace::new(&self.questionnaire, &self.response, read_date("2016-03-15").unwrap());
        let sight = Sight::of_page(&trace, None, Some(self.block()), Here::default(), LanguageIx::BASE);
        let asked = ask(self.question(), None, &self.response, &sight, |item| sight.for_item(item, None))?;
        Ok(then(&asked, &sight))
    }

    /// Does something with a page of the questionnaire.
    pub fn page<T>(&self, location: Location, then: impl FnOnce(Page<'_>) -> T) -> Result<T, Denied> {
        let visitor = Visitor {
            target: &Target::at(location),
            tongue: Tongue { definition: LanguageIx::BASE, ui: self.ui },
            moment: Moment { now: "2016-03-15T10:00:00Z".parse().unwrap(), seed: [0; 16] },
            limits: &Limits { view_for: std::time::Duration::from_secs(60), individual: None },
            href: &|target| format!("{target:?}"),
        };
        page(&self.questionnaire, &self.response, &visitor).map(then)
    }

    pub fn try_read(&self, fields: &[(&str, &str)]) -> Result<Read, Fault> {
        let form = form(fields);
        self.ask(|asked, sight| read(asked, &form, &self.response, sight, self.ui))?
    }

    /// What a form comes to: the values in form order, `nothing` for none; or the errors, `KEY name=argument`.
    pub fn told(&self, fields: &[(&str, &str)]) -> String {
        let read = self.try_read(fields).unwrap();
        if read.errors.is_empty() {
            let shown = |value: &Option<Value>| value.as_ref().map_or("nothing".into(), shown);
            return read.values.iter().map(|(_, value)| shown(value)).collect::<Vec<_>>().join("; ");
        }
        let tongue = Tongue { definition: LanguageIx::BASE, ui: self.ui };
        let links = self
            .ask(|asked, sight| texts(asked, &read.errors, sight, tongue).unwrap().links(&asked.question.id));
        let links: Vec<_> = links.unwrap().iter().map(|link| said(&link.text)).collect();
        links.join("; ")
    }

    /// What a form of the one field `a` comes to.
    pub fn of(&self, typed: &str) -> String {
        self.told(&[("a", typed)])
    }
}

fn blocks(question: Json, others: &[Json]) -> Vec<Json> {
    std::iter::once(question)
        .chain(others.iter().cloned())
        .enumerate()
        .map(|(at, question)| {
            let mut whole = json!({"id": format!("question-{at}"), "type": "General", "title": "How many?"});
            whole.as_object_mut().unwrap().extend(question.as_object().unwrap().clone());
            json!({"id": format!("block-{at}"), "type": "Question", "question": whole})
        })
        .chain([people()])
        .collect()
}

pub(crate) fn form(fields: &[(&str, &str)]) -> Form {
    Form::new(fields.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect())
}

fn said(text: &ErrorText) -> String {
    if let Some(author) = &text.author {
        return author.clone();
    }
    let args = text.args.iter().filter(|(name, _)| *name != "question_title");
    std::iter::once(text.key.to_owned())
        .chain(args.map(|(name, value)| format!("{name}={value}")))
        .collect::<Vec<_>>()
        .join(" ")
}

pub(crate) fn shown(value: &Value<'_>) -> String {
    match value {
        Value::Text(text) => format!("{text:?}"),
        Value::Number(number) => number.to_string(),
        Value::List(values) => values.iter().map(shown).collect::<Vec<_>>().join("+"),
        Value::Parts(parts) => {
            let parts = parts.iter().map(|(name, value)| format!("{name}:{}", shown(value)));
            parts.collect::<Vec<_>>().join(" ")
        }
        _ => "?".to_owned(),
    }
}

/// A collector, so that there is a list.
fn people() -> Json {
    let question = |id: &str, kind: &str| {
        let mut answer =
            json!({"id": format!("{id}-answer"), "type": kind, "mandatory": false, "label": "A"});
        if kind == "Radio" {
            answer["options"] = json!([{"label": "Yes", "value": "Yes"}, {"label": "No", "value": "No"}]);
        }
        json!({"id": format!("{id}-question"), "type": "General", "title": "Who?", "answers": [answer]})
    };
    let page = |id: &str, kind: &str, of: &str| json!({"id": id, "type": kind, "question": question(id, of)});
    json!({
        "id": "people-block",
        "type": "ListCollector",
        "for_list": "people",
        "question": question("more", "Radio"),
        "add_block": page("add", "ListAddQuestion", "TextField"),
        "edit_block": page("edit", "ListEditQuestion", "TextField"),
        "remove_block": page("remove", "ListRemoveQuestion", "Radio"),
        "summary": {"title": "People", "item_title": "Someone"},
    })
}
