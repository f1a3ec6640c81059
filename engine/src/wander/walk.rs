//! Wandering through the engine, and what holds at every step of the way.

mod look;
mod post;
mod whim;

use std::cell::RefCell;
use std::collections::{BTreeSet, VecDeque};
use std::fmt;

use schema::Questionnaire;
use schema::questionnaire::{BlockIx, BlockKind, DataVersion, Flow, Locale, MetadataKind, NestedRole};
use schema::rule::{Fault, Here};
use schema::value::{ListItemId, Timestamp};
use serde_json::{Map, Value as Json};

use look::Looked;
pub use post::blank;

use super::{Blank, Dice, Doing, Fields, Sight, choose, individual};
use crate::apply::{Attempt, Command, Effect, Outcome, Problem, Step, apply};
use crate::form::{self, Form};
use crate::open::{self, Denied};
use crate::page::{self, Body, Page, Tongue};
use crate::place::{Back, Location, Place, SectionKey, Target};
use crate::response::{self, Launch, Response};
use crate::scope;
use crate::submission::Submission;
use crate::supplementary;
use crate::trace::Trace;
use crate::visitor::{IndividualLimits, Limits, Moment, Shown, Visitor};

/// Longer than any way of redirects.
const LONGEST: usize = 8;
/// So often is a question answered anew before it is said to take nothing.
const TRIES: usize = 200;
/// So often is an earlier answer changed for a question that takes nothing.
const RETREATS: usize = 40;
/// So often is a question answered anew that took nothing before.
const TRIES_AGAIN: usize = 20;

/// What did not hold.
#[derive(Clone, Debug)]
pub enum Broken {
    Fault(Fault),
    /// In words, and at which page.
    Rule {
        at: String,
        why: String,
    },
    /// No answer that was tried is taken: the page, and the errors of the last try.
    DeadEnd {
        at: String,
        errors: Vec<String>,
    },
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fault(fault) => write!(f, "{fault:?}"),
            Self::Rule { at, why } => write!(f, "at {at}: {why}"),
            Self::DeadEnd { at, errors } => write!(f, "at {at}: nothing is taken: {errors:?}"),
        }
    }
}

type Held = Result<(), Broken>;

/// What was done on the way.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    pub pages: usize,
    pub posts: usize,
    pub accepted: usize,
    pub refused: usize,
    pub overtaken: usize,
    pub submissions: usize,
    /// Forms of their own that were asked for.
    pub fulfilments: usize,
    /// Faults that were expected.
    pub faults: usize,
    /// Blocks whose pages were seen.
    pub blocks: BTreeSet<BlockIx>,
}

/// What is asked of whoever lets a wanderer go.
pub struct Watch<'a> {
    /// Looks at every page that is made.
    pub page: &'a mut dyn FnMut(&Page<'_>, Tongue) -> Result<(), String>,
    /// Whether a fault is one that this questionnaire is known to have.
    pub is_expected: &'a dyn Fn(&Fault) -> bool,
}

/// A respondent without a purpose, and a response.
pub struct Wanderer<'a, 'w> {
    questionnaire: &'a Questionnaire,
    dice: Dice,
    watch: Watch<'w>,
    tongue: Tongue,
    limits: Limits,
    moment: Moment,
    response: Response,
    here: Seen,
    /// Pages that a browser's Back leads to, oldest first.
    past: Vec<Seen>,
    last: Option<Posted>,
    /// What was done last, and where that led: nothing that was typed.
    pub trail: VecDeque<String>,
    pub tally: Tally,
}

/// A page, as the one who saw it remembers it.
#[derive(Clone)]
struct Seen {
    target: Target,
    /// None where nothing was found.
    page: Option<Remembered>,
}

#[derive(Clone)]
struct Remembered {
    at: String,
    kind: Kind,
    shown: Option<Shown>,
    links: Vec<Target>,
    /// As its template gets it.
    json: String,
    blank: Option<Blank>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Form,
    Reading,
    ThankYou,
}

#[derive(Clone)]
struct Posted {
    target: Target,
    fields: Fields,
    shown: Option<Shown>,
}

/// Claims that a launch of this questionnaire may bring.
pub fn claims(questionnaire: &Questionnaire, dice: &mut Dice) -> Map<String, Json> {
    let mut survey = Map::new();
    for field in &questionnaire.metadata {
        if field.optional && dice.once_in(3) {
            continue;
        }
        let value: Json = match (field.kind, &*field.name) {
            (MetadataKind::Boolean, _) => dice.once_in(2).into(),
            (MetadataKind::Date, name) if name.contains("_end_") => "2016-05-31".into(),
            (MetadataKind::Date, _) => "2016-05-01".into(),
            (MetadataKind::Uuid, _) => "00000000-0000-4000-8000-000000000002".into(),
            (MetadataKind::Url, _) => "https://example.com".into(),
            (MetadataKind::String, name) if name.ends_with("_date") => "2016-05-31".into(),
            (MetadataKind::String, _) => "Bwthyn <Bach> & Co".into(),
        };
        survey.insert(field.name.to_string(), value);
    }
    let mut claims = Map::new();
    for (name, value) in [
        ("tx_id", "00000000-0000-4000-8000-000000000001"),
        ("case_id", "00000000-0000-4000-8000-000000000003"),
        ("response_id", "wanderer"),
        ("language_code", "en"),
    ] {
        claims.insert(name.to_owned(), value.into());
    }
    claims.insert("survey_metadata".to_owned(), serde_json::json!({ "data": survey }));
    claims
}

impl<'a, 'w> Wanderer<'a, 'w> {
    /// Launches a response, with what is known of its unit, and goes where it begins.
    ///
    /// # Errors
    /// What did not hold.
    pub fn launch(
        questionnaire: &'a Questionnaire,
        known: Option<&Map<String, Json>>,
        seed: u64,
        now: Timestamp,
        watch: Watch<'w>,
    ) -> Result<Self, Broken> {
        let mut dice = Dice::new(seed);
        let claims = claims(questionnaire, &mut dice);
        let moment = Moment { now, seed: [0; 16] };
        let mut response = open::open(Launch { claims });
        if let Some(known) = known {
            let supplied = supplementary::supply(questionnaire, &mut response, known.clone(), &moment);
            supplied.map_err(|why| Broken::Rule { at: "the launch".to_owned(), why: format!("{why:?}") })?;
        }
        let entry = Target::at(Location::Entry);
        let mut wanderer = Self {
            questionnaire,
            watch,
            tongue: Tongue { definition: questionnaire.language(Locale::En), ui: Locale::En },
            limits: Limits {
                view_for: std::time::Duration::from_secs(45 * 60),
                individual: Some(IndividualLimits {
                    requests: 5,
                    // Some walks go on after the last day of letters.
                    post_until: now.checked_add(jiff::SignedDuration::from_hours(24)).ok(),
                }),
            },
            moment,
            response,
            here: Seen { target: entry.clone(), page: None },
            past: vec![],
            last: None,
            trail: VecDeque::new(),
            tally: Tally::default(),
            dice,
        };
        wanderer.switch();
        wanderer.go(entry)?;
        Ok(wanderer)
    }

    /// Does something.
    ///
    /// # Errors
    /// What did not hold.
    pub fn step(&mut self) -> Held {
        let page = self.here.page.clone();
        let page = page.as_ref();
        let sight = Sight {
            has_form: page.is_some_and(|page| page.kind == Kind::Form),
            links: page.map_or(0, |page| page.links.len()),
        };
        let target = self.here.target.clone();
        let mut doing = choose(&mut self.dice, sight);
        // Whoever is on the way to a form of their own mostly goes on, or nobody would come to its end.
        if matches!(target.location, Location::Individual(_)) && sight.has_form && self.dice.once_in(2) {
            doing = Doing::Answer;
        }
        self.note(format!("{doing:?}"));
        match doing {
            Doing::Answer => {
                let fields = self.rightly(0, None);
                self.post_here(fields)
            }
            Doing::AnswerWrongly => {
                let fields = match page.and_then(|page| page.blank.clone()) {
                    Some(blank) => blank.wrongly(&mut self.dice, self.tongue.ui),
                    None => vec![("no-such-field".to_owned(), "x".to_owned())],
                };
                self.post_here(fields)
            }
            Doing::AnswerNothing => self.post_here(vec![]),
            Doing::Clear if page.is_some_and(|page| page.json.contains(r#""can_clear":true"#)) => {
                self.post_here(vec![("action[clear_radios]".to_owned(), String::new())])
            }
            Doing::Clear => self.go(target),
            Doing::Repeat => match self.last.clone() {
                Some(posted) => self.post(posted, false),
                None => Ok(()),
            },
            Doing::Back => match self.past.pop() {
                // What a browser shows again may be long out of date; its form still works.
                Some(seen) => {
                    self.here = seen;
                    let fields = self.rightly(0, None);
                    let is_form = self.here.page.as_ref().is_some_and(|page| page.kind == Kind::Form);
                    if is_form { self.post_stale(fields) } else { Ok(()) }
                }
                None => Ok(()),
            },
            Doing::Reload => self.go(target),
            Doing::Follow(link) => match page.and_then(|page| page.links.get(link).cloned()) {
                Some(target) => self.go(target),
                None => Ok(()),
            },
            Doing::Jump => {
                let target = self.anywhere();
                if self.dice.once_in(4) {
                    let fields = self.rightly(0, None);
                    return self.post(Posted { target, fields, shown: None }, false);
                }
                self.go(target)
            }
            Doing::Enter => self.go(Target::at(Location::Entry)),
            Doing::Preview => self.go(Target::at(Location::Preview)),
            Doing::Switch => {
                self.switch();
                self.go(target)
            }
            Doing::Relaunch => {
                let claims = claims(self.questionnaire, &mut self.dice);
                self.response = open::relaunch(self.response.clone(), Launch { claims });
                self.go(Target::at(Location::Entry))
            }
        }
    }

    /// Answers rightly until there is nothing left to answer, and submits.
    ///
    /// # Errors
    /// What did not hold: an end is always reached.
    pub fn finish(&mut self) -> Held {
        self.go(Target::at(Location::Entry))?;
        let most = 100 + 30 * self.questionnaire.blocks.len();
        let mut retreats = 0;
        for _ in 0..most {
            match &self.here.page {
                Some(page) if page.kind == Kind::ThankYou => return Ok(()),
                Some(page) if page.kind == Kind::Form => {
                    match self.post_rightly(if retreats == 0 { TRIES } else { TRIES_AGAIN }) {
                        // What was said before leaves no room here: whoever sees that goes back and changes it.
                        Err(Broken::DeadEnd { .. }) if retreats < RETREATS => {
                            retreats += 1;
                            self.retreat()?;
                        }
                        held => held?,
                    }
                }
                // An expected fault bars this way.
                None if self.tally.faults > 0 => return Ok(()),
                _ => self.go(Target::at(Location::Entry))?,
            }
        }
        Err(self.broken("there is no end"))
    }

    fn note(&mut self, what: String) {
        if self.trail.len() >= 3 * LONGEST {
            self.trail.pop_front();
        }
        self.trail.push_back(what);
    }

    fn broken(&self, why: impl Into<String>) -> Broken {
        let at = self.here.page.as_ref().map_or("nowhere", |page| &page.at);
        Broken::Rule { at: at.to_owned(), why: why.into() }
    }

    /// Posts the page one is at, again and again until it is taken.
    fn post_rightly(&mut self, tries: usize) -> Held {
        let mut total = None;
        for attempt in 0..tries {
            let refused = self.tally.refused;
            let fields = self.rightly(attempt, total.as_deref());
            self.post_here(fields)?;
            if self.tally.refused == refused {
                return Ok(());
            }
            total = self.total_wanted();
        }
        let at = self.here.page.as_ref().map_or("nowhere", |page| &page.at).to_owned();
        Err(Broken::DeadEnd { at, errors: self.errors() })
    }

    /// The errors shown.
    fn errors(&self) -> Vec<String> {
        let json = self.here.page.as_ref().and_then(|page| serde_json::from_str::<Json>(&page.json).ok());
        let errors = json.as_ref().and_then(|page| page["body"]["errors"].as_array());
        errors.into_iter().flatten().map(|error| error["text"].to_string()).collect()
    }

    /// What an error on the page says that the answers must add up to.
    fn total_wanted(&self) -> Option<String> {
        let page: Json = serde_json::from_str(&self.here.page.as_ref()?.json).ok()?;
        let errors = page["body"]["question_errors"].as_array()?;
        let args = errors.iter().filter_map(|error| error["args"].as_array()).flatten();
        let total = args.filter(|arg| arg[0] == "total").find_map(|arg| arg[1].as_str())?;
        Some(total.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | '-')).collect())
    }

    fn rightly(&mut self, attempt: usize, total: Option<&str>) -> Fields {
        let Some(blank) = self.here.page.as_ref().and_then(|page| page.blank.clone()) else { return vec![] };
        match total {
            Some(total) if attempt % 2 == 1 => blank.totalling(total, &mut self.dice),
            _ => blank.rightly(&mut self.dice, self.tongue.ui),
        }
    }
}

/// Where no link is followed, all addresses are one.
fn anywhere(_: &Target) -> String {
    address(0)
}

fn address(number: usize) -> String {
    format!("/questionnaire/{number}")
}
