//! The engine's own walker: no service, no markup, nothing between a journey and the seven functions.

use schema::Questionnaire;
use schema::questionnaire::{BlockIx, Locale};
use schema::text::plain;
use schema::value::Timestamp;
use serde_json::{Map, Value as Json};

use super::{Journey, Post, Spot, Walker, code, fields};
use crate::apply::{self, Attempt, Command, Effect, Outcome, apply};
use crate::form::Form;
use crate::individual::IndividualStep;
use crate::open::{self, Denied};
use crate::page::{self, Page, Tongue};
use crate::place::{Location, Place, SectionKey, Target};
use crate::response::{Launch, Response};
use crate::supplementary;
use crate::visitor::{IndividualLimits, Limits, Moment, Shown, Visitor};

/// Longer than any way of redirects.
const LONGEST: usize = 8;

/// Walks a questionnaire from a new response on, one second and one seed a request.
pub struct EngineWalker<'a> {
    questionnaire: &'a Questionnaire,
    tongue: Tongue,
    limits: Limits,
    /// Of the next request.
    moment: Moment,
    /// None only while it is being changed.
    response: Option<Response>,
    target: Target,
    /// None where nothing is found.
    page: Option<Made>,
    /// The payload that left.
    payload: Option<String>,
}

/// A page, let go of by the response: as its template gets it.
struct Made {
    at: String,
    shown: Option<Shown>,
    body: Json,
}

/// What journeys may count on: two forms of their own, and letters for a year to come.
fn limits(now: Timestamp) -> Limits {
    let year = jiff::SignedDuration::from_hours(365 * 24);
    let individual = IndividualLimits { requests: 2, post_until: now.checked_add(year).ok() };
    Limits { view_for: std::time::Duration::from_secs(45 * 60), individual: Some(individual) }
}

/// Launch data as the claims of a launch.
pub fn claims(data: &[(String, String)]) -> Map<String, Json> {
    let mut claims = Map::new();
    let mut survey = Map::new();
    for (name, value) in data {
        if name == "language" {
            claims.insert("language_code".to_owned(), value.clone().into());
        } else {
            survey.insert(name.clone(), value.clone().into());
        }
    }
    for (name, value) in [("tx_id", "00000000-0000-4000-8000-000000000001"), ("case_id", "journey")] {
        claims.insert(name.to_owned(), value.into());
    }
    claims.insert("survey_metadata".to_owned(), serde_json::json!({ "data": survey }));
    claims
}

impl<'a> EngineWalker<'a> {
    /// Launches a response, with the supplementary data that the journey names, and goes where it begins.
    ///
    /// # Errors
    /// A fault of the definition, in words; so too of the data.
    pub fn launch(
        questionnaire: &'a Questionnaire,
        journey: &Journey,
        known: Option<Map<String, Json>>,
        language: Locale,
        now: Timestamp,
    ) -> Result<Self, String> {
        let mut data = journey.launch_data();
        data.retain(|(name, _)| name != "language");
        data.push(("language".to_owned(), language.code().to_owned()));
        let tongue = Tongue { definition: questionnaire.language(language), ui: language };
        let moment = Moment { now, seed: [0; 16] };
        let mut response = open::open(Launch { claims: claims(&data) });
        if let Some(known) = known {
            supplementary::supply(questionnaire, &mut response, known, &moment)
                .map_err(|why| format!("{why:?}"))?;
        }
        let mut walker = Self {
            questionnaire,
            tongue,
            limits: limits(now),
            moment,
            response: Some(response),
            target: Target::at(Location::Entry),
            page: None,
            payload: None,
        };
        walker.go(Target::at(Location::Entry))?;
        Ok(walker)
    }

    /// What has been given so far.
    pub fn response(&self) -> &Response {
        self.response.as_ref().expect("a response is only away while a command is applied")
    }

    /// Where the next request goes to, or the last one led.
    pub fn target(&self) -> &Target {
        &self.target
    }

    fn tick(&mut self) {
        let seconds = jiff::SignedDuration::from_secs(1);
        self.moment.now = self.moment.now.checked_add(seconds).unwrap_or(self.moment.now);
        let count = u128::from_le_bytes(self.moment.seed).wrapping_add(1);
        self.moment.seed = count.to_le_bytes();
    }

    fn visit<T>(&self, target: &Target, with: impl FnOnce(&Visitor) -> T) -> T {
        let href = |_: &Target| String::new();
        let visitor =
            Visitor { target, tongue: self.tongue, moment: self.moment, limits: &self.limits, href: &href };
        with(&visitor)
    }

    /// Goes to a target and follows redirects.
    pub fn go(&mut self, mut target: Target) -> Result<(), String> {
        for _ in 0..LONGEST {
            self.tick();
            let made = self.visit(&target, |visitor| {
                page::page(self.questionnaire, self.response(), visitor).map(|page| made(&page))
            });
            match made {
                Ok(made) => {
                    self.target = target;
                    self.page = Some(made?);
                    return Ok(());
                }
                Err(Denied::Elsewhere(next)) => target = *next,
                Err(Denied::NotHere) => {
                    self.target = target;
                    self.page = None;
                    return Ok(());
                }
                Err(Denied::TooMany) => return Err("as often as is allowed already".to_owned()),
                Err(Denied::Fault(fault)) => return Err(format!("{fault:?}")),
            }
        }
        Err("redirects without end".to_owned())
    }

    fn refused(&mut self, attempt: &Attempt) -> Result<(), String> {
        if let apply::Problem::Overtaken = attempt.problem {
            return Err("another page answered meanwhile".to_owned());
        }
        let made = self.visit(&self.target, |visitor| {
            page::page_again(self.questionnaire, self.response(), attempt, visitor).map(|page| made(&page))
        });
        self.page = Some(made.map_err(|denied| format!("{denied:?}"))??);
        Ok(())
    }

    fn target_of(&self, spot: &Spot) -> Result<Target, String> {
        let names = &self.questionnaire.names;
        let location = match spot {
            Spot::Block { id, item } => {
                let &block = names.blocks.get(&**id).ok_or_else(|| format!("there is no block {id}"))?;
                let item = match item {
                    None => None,
                    Some(number) => Some(self.item(block, *number)?),
                };
                Location::Block(Place::of(block, item))
            }
            Spot::Section(id) => {
                let section = names.sections.get(&**id).ok_or_else(|| format!("there is no section {id}"))?;
                Location::Section(SectionKey { section: *section, item: None })
            }
            Spot::Hub => Location::Entry,
            Spot::Submit => Location::Submit,
            Spot::ThankYou => Location::ThankYou,
            Spot::Preview => Location::Preview,
            Spot::ViewResponse => Location::Submitted,
            Spot::Individual { step, item } => return self.individual(step, *item),
            Spot::NotFound => return Err("not-found is no address".to_owned()),
        };
        Ok(Target::at(location))
    }

    fn individual(&self, step: &str, number: Option<usize>) -> Result<Target, String> {
        let offered = self.questionnaire.individual_response.as_ref();
        let list = offered.ok_or("it asks for no forms of their own")?.list;
        let person = match number {
            None => None,
            Some(number) => {
                let items = self.response().lists.items(list);
                Some(*items.get(number - 1).ok_or_else(|| format!("there is no person {number}"))?)
            }
        };
        let step = IndividualStep::of_name(step, person).ok_or_else(|| format!("there is no step {step}"))?;
        let list_item = person.filter(|_| step == IndividualStep::Begin);
        Ok(Target { list_item, ..step.target() })
    }

    fn item(&self, block: BlockIx, number: usize) -> Result<schema::value::ListItemId, String> {
        let list = page::list_of(self.questionnaire, block).ok_or("it is about no list")?;
        let items = self.response().lists.items(list);
        items.get(number - 1).copied().ok_or_else(|| format!("the list has no item {number}"))
    }
}

fn made(page: &Page) -> Result<Made, String> {
    let body = serde_json::to_value(&page.body).map_err(|error| error.to_string())?;
    Ok(Made { at: page.at.clone(), shown: page.shown, body })
}

impl Walker for EngineWalker<'_> {
    fn open(&mut self, spot: &Spot) -> Result<(), String> {
        self.go(self.target_of(spot)?)
    }

    fn post(&mut self, post: &Post) -> Result<(), String> {
        self.tick();
        let item = |list: &str, number: usize| {
            let list = self.questionnaire.names.lists.get(list)?;
            Some(self.response().lists.items(*list).get(number - 1)?.as_str().to_owned())
        };
        let page = self.page.as_ref();
        let offered = |number: usize| {
            let option = page?.body["options"].get(number.checked_sub(1)?)?;
            Some(option["value"].as_str()?.to_owned())
        };
        let fields = fields(self.questionnaire, post, &item, &offered)?;
        let shown = self.page.as_ref().and_then(|page| page.shown);
        let command = Command { form: Form::new(fields), shown };
        let response = self.response.take().expect("a response is only away while a command is applied");
        let before = response.clone();
        let questionnaire = self.questionnaire;
        match self.visit(&self.target, |visitor| apply(questionnaire, response, &command, visitor)) {
            Outcome::Accepted(step) => {
                self.response = Some(step.response);
                for effect in step.owed {
                    match effect {
                        Effect::Submission(submission) => self.payload = Some(submission.payload),
                        Effect::Fulfilment(_) => {}
                    }
                }
                self.go(step.next)
            }
            Outcome::Refused(response, attempt) => {
                self.response = Some(response);
                self.refused(&attempt)
            }
            Outcome::Denied(denied) => {
                self.response = Some(before);
                match denied {
                    Denied::Elsewhere(next) => self.go(*next),
                    Denied::NotHere => {
                        self.page = None;
                        Ok(())
                    }
                    Denied::TooMany => Err("as often as is allowed already".to_owned()),
                    Denied::Fault(fault) => Err(format!("{fault:?}")),
                }
            }
        }
    }

    fn at(&self) -> String {
        self.page.as_ref().map_or_else(|| Spot::NotFound.to_string(), |page| page.at.clone())
    }

    fn errors(&self) -> Vec<(String, String)> {
        let Some(page) = &self.page else { return vec![] };
        let errors = page.body["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
        let found = errors.iter().filter_map(|error| {
            let id = error["id"].as_str()?;
            let id = id.strip_suffix("-error").unwrap_or(id);
            Some((id.to_owned(), code(error["text"]["key"].as_str()?)))
        });
        found.collect()
    }

    /// Texts that are words of ours, not the author's, are the templates' to say.
    fn sees(&self, text: &str) -> Option<bool> {
        fn is_in(json: &Json, text: &str) -> bool {
            match json {
                Json::String(shown) => {
                    let shown = plain(shown.as_str().into());
                    shown.split_whitespace().collect::<Vec<_>>().join(" ").contains(text)
                }
                Json::Array(items) => items.iter().any(|item| is_in(item, text)),
                Json::Object(parts) => parts.values().any(|part| is_in(part, text)),
                _ => false,
            }
        }
        is_in(&self.page.as_ref()?.body, text).then_some(true)
    }

    fn status(&self, section: &str) -> Option<String> {
        let rows = self.page.as_ref()?.body["rows"].as_array()?;
        let row = rows.iter().find(|row| row["id"] == section)?;
        Some(row["status"].as_str()?.to_owned())
    }

    fn submitted(&self) -> Result<Json, String> {
        let payload = self.payload.as_deref().ok_or("nothing was submitted")?;
        serde_json::from_str(payload).map_err(|error| error.to_string())
    }
}
