//! Wandering through the engine, and what holds at every step of the way.

use std::cell::RefCell;
use std::collections::{BTreeSet, VecDeque};
use std::fmt;

use schema::Questionnaire;
use schema::questionnaire::{BlockIx, BlockKind, DataVersion, Flow, Locale, MetadataKind, NestedRole};
use schema::rule::{Fault, Here};
use schema::value::{ListItemId, Timestamp};
use serde_json::{Map, Value as Json};

use super::{Blank, Dice, Doing, Fields, Sight, choose, individual};
use crate::apply::{Attempt, Command, Effect, Outcome, Problem, Step, apply};
use crate::form::{self, Form};
use crate::open::{self, Denied};
use crate::page::{self, Body, Page, Tongue};
use crate::place::{Back, Location, Place, SectionKey, Target};
use crate::response::{self, Launch, Response};
use crate::scope;
use crate::submission::Submission;
use crate::trace::Trace;
use crate::visitor::{IndividualLimits, Limits, Moment, Shown, Visitor};

/// Longer than any way of redirects.
const LONGEST: usize = 8;
/// So often is a question answered anew before it is said to take nothing.
const TRIES: usize = 200;

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
    /// Launches a response and goes where it begins.
    ///
    /// # Errors
    /// What did not hold.
    pub fn launch(
        questionnaire: &'a Questionnaire,
        seed: u64,
        now: Timestamp,
        watch: Watch<'w>,
    ) -> Result<Self, Broken> {
        let mut dice = Dice::new(seed);
        let claims = claims(questionnaire, &mut dice);
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
            moment: Moment { now, seed: [0; 16] },
            response: open::open(Launch { claims }),
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
        for _ in 0..most {
            match &self.here.page {
                Some(page) if page.kind == Kind::ThankYou => return Ok(()),
                Some(page) if page.kind == Kind::Form => self.post_rightly()?,
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
    fn post_rightly(&mut self) -> Held {
        let mut total = None;
        for attempt in 0..TRIES {
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

    fn switch(&mut self) {
        let mut locales = self.questionnaire.languages.clone();
        locales.extend([Locale::En, Locale::Cy]);
        let ui = self.dice.pick(&locales).copied().unwrap_or(Locale::En);
        self.tongue = Tongue { definition: self.questionnaire.language(ui), ui };
    }

    /// An address typed by hand: on the path or off it, or of nothing.
    fn anywhere(&mut self) -> Target {
        let q = self.questionnaire;
        let items: Vec<ListItemId> = self.response.lists.iter().flat_map(|list| list.items.clone()).collect();
        let item = match self.dice.below(4) {
            0 => Some(ListItemId(*b"nobody")),
            1 | 2 => self.dice.pick(&items).copied(),
            _ => None,
        };
        let block = self.dice.below(q.blocks.len());
        let block = q.names.blocks.get(&q.blocks[block].id).copied();
        let sections: Vec<_> = q.section_indices().collect();
        let section = self.dice.pick(&sections).copied();
        let location = match (self.dice.below(10), block, section) {
            (0, ..) => Location::Submit,
            (1, ..) => Location::ThankYou,
            (2, ..) => Location::Submitted,
            (3, ..) => Location::Relationships { last: self.dice.once_in(2) },
            (4 | 5, _, Some(section)) => Location::Section(SectionKey { section, item }),
            (6..=8, ..) if q.individual_response.is_some() => {
                return individual::somewhere(&mut self.dice, item);
            }
            (_, Some(block), _) => {
                let is_about_one = page::list_of(q, block).is_some();
                let item = item.filter(|_| is_about_one);
                let to = if self.dice.once_in(8) { self.dice.pick(&items).copied() } else { None };
                Location::Block(Place { block, item, to })
            }
            _ => Location::Entry,
        };
        let mut target = Target::at(location);
        if self.dice.once_in(2) {
            target.back = self.some_way_back();
            target.resume = self.dice.once_in(3);
        }
        target
    }

    fn some_way_back(&mut self) -> Back {
        let q = self.questionnaire;
        // A hub has no final summary to return to.
        let end = if matches!(q.flow, Flow::Linear { .. }) { "final-summary" } else { "hub" };
        let ways = [
            end,
            "section-summary",
            "calculated-summary",
            "grand-calculated-summary",
            "calculated-summary,grand-calculated-summary",
            "nowhere",
        ];
        let block = q.blocks[self.dice.below(q.blocks.len())].id.clone();
        let other = q.blocks[self.dice.below(q.blocks.len())].id.clone();
        let answer = q.answers.get(self.dice.below(q.answers.len())).map(|answer| answer.id.clone());
        Back {
            to: self.dice.pick(&ways).map(|&way| way.into()),
            block: match self.dice.below(3) {
                0 => None,
                1 => Some(block),
                _ => Some(format!("{block},{other}").into()),
            },
            answer: answer.filter(|_| self.dice.once_in(2)),
            item: None,
            ..Back::default()
        }
    }

    fn tick(&mut self) {
        let seconds = match self.dice.below(30) {
            0 => self.dice.between(0, 200_000),
            _ => self.dice.between(0, 90),
        };
        let later = self.moment.now.checked_add(jiff::SignedDuration::from_secs(seconds));
        self.moment.now = later.unwrap_or(self.moment.now);
        let count = u128::from_le_bytes(self.moment.seed).wrapping_add(1);
        self.moment.seed = count.to_le_bytes();
    }

    /// Goes to a target and follows redirects; where nothing is found, one stands there.
    fn go(&mut self, mut target: Target) -> Held {
        self.tick();
        for _ in 0..LONGEST {
            match self.look(&target, None)? {
                Looked::Page(page) => {
                    self.arrive(target, Some(page));
                    return Ok(());
                }
                Looked::Elsewhere(next) => target = next,
                Looked::Nothing => {
                    self.arrive(target, None);
                    return Ok(());
                }
            }
        }
        Err(self.broken(format!("redirects without end, at {:?}", target.location)))
    }

    fn arrive(&mut self, target: Target, page: Option<Remembered>) {
        self.note(page.as_ref().map_or_else(|| "nothing".to_owned(), |page| page.at.clone()));
        if let Some(place) = target.place().filter(|_| page.is_some()) {
            self.tally.blocks.insert(place.block);
        }
        let before = std::mem::replace(&mut self.here, Seen { target, page });
        if before.page.is_some() {
            self.past.push(before);
        }
        if self.past.len() > LONGEST {
            self.past.remove(0);
        }
    }

    /// Makes a page twice, the second time from the response as it would be kept, and tries some of its links.
    fn look(&mut self, target: &Target, attempt: Option<&Attempt>) -> Result<Looked, Broken> {
        let kept = response::write(self.questionnaire, &self.response);
        let back = response::read(self.questionnaire, &kept)
            .map_err(|why| self.broken(format!("the stored form cannot be read: {why:?}")))?;
        if back != self.response {
            return Err(self.broken("the stored form reads back as something else"));
        }
        let first = self.make(target, attempt, &self.response);
        let second = self.make(target, attempt, &back);
        let mut made = match (first, second) {
            (Ok(first), Ok(second)) => {
                if first.json != second.json {
                    return Err(self.broken("the page changes with storing"));
                }
                first
            }
            (Err(Denied::NotHere), Err(Denied::NotHere)) => return Ok(Looked::Nothing),
            (Err(Denied::Elsewhere(one)), Err(Denied::Elsewhere(two))) if one == two => {
                return Ok(Looked::Elsewhere(*one));
            }
            (Err(Denied::Fault(fault)), Err(Denied::Fault(_))) => return self.fault(fault),
            _ => return Err(self.broken("the page changes with storing")),
        };
        self.tally.pages += 1;
        {
            let visitor = self.visitor(target);
            let page = match attempt {
                Some(attempt) => page::page_again(self.questionnaire, &self.response, attempt, &visitor),
                None => page::page(self.questionnaire, &self.response, &visitor),
            };
            if let Ok(page) = page {
                (self.watch.page)(&page, self.tongue)
                    .map_err(|why| Broken::Rule { at: made.at.clone(), why })?;
            }
        }
        // One may begin with a section whose first page is a grand total: the summaries it adds are not open yet.
        let links = if made.json.contains(r#""is_grand":true"#) { &[][..] } else { &made.links };
        for _ in 0..3 {
            if let Some(link) = self.dice.pick(links).filter(|link| !self.leads_nowhere_in_eq(link)).cloned()
            {
                self.opens(&link, &made.at)?;
            }
        }
        made.blank = self.blank(target, made.shown);
        Ok(Looked::Page(made))
    }

    /// "Previous" of the submit page leads to a repeating section's summary without its item (spec/02 §6.4).
    fn leads_nowhere_in_eq(&self, link: &Target) -> bool {
        match link.location {
            Location::Section(SectionKey { section, item: None }) => {
                self.questionnaire.section(section).repeat.is_some()
            }
            _ => false,
        }
    }

    fn fault(&mut self, fault: Fault) -> Result<Looked, Broken> {
        if (self.watch.is_expected)(&fault) {
            self.tally.faults += 1;
            return Ok(Looked::Nothing);
        }
        Err(Broken::Fault(fault))
    }

    /// A link of a page leads to a page, at once or by redirects.
    fn opens(&mut self, link: &Target, at: &str) -> Held {
        let mut target = link.clone();
        for _ in 0..LONGEST {
            match self.make(&target, None, &self.response) {
                Ok(_) | Err(Denied::TooMany) => return Ok(()),
                Err(Denied::Elsewhere(next)) => target = *next,
                Err(Denied::NotHere) => {
                    let why = format!("a link leads nowhere: {:?}", link.location);
                    return Err(Broken::Rule { at: at.to_owned(), why });
                }
                Err(Denied::Fault(fault)) => return self.fault(fault).map(|_| ()),
            }
        }
        Err(Broken::Rule { at: at.to_owned(), why: "a link leads round in circles".to_owned() })
    }

    fn visitor<'v>(&'v self, target: &'v Target) -> Visitor<'v> {
        Visitor { target, tongue: self.tongue, moment: self.moment, limits: &self.limits, href: &anywhere }
    }

    fn make(
        &self,
        target: &Target,
        attempt: Option<&Attempt>,
        response: &Response,
    ) -> Result<Remembered, Denied> {
        let links = RefCell::new(Vec::new());
        let href = |target: &Target| {
            links.borrow_mut().push(target.clone());
            address(links.borrow().len() - 1)
        };
        let visitor =
            Visitor { target, tongue: self.tongue, moment: self.moment, limits: &self.limits, href: &href };
        let page = match attempt {
            Some(attempt) => page::page_again(self.questionnaire, response, attempt, &visitor),
            None => page::page(self.questionnaire, response, &visitor),
        }?;
        let kind = match page.body {
            Body::Preview(_) | Body::Submitted(_) => Kind::Reading,
            Body::Individual(ref page) if page.href.is_some() => Kind::Reading,
            Body::ThankYou(_) => Kind::ThankYou,
            _ => Kind::Form,
        };
        let json = serde_json::to_string(&page).expect("a page's keys are texts");
        let (at, shown) = (page.at.clone(), page.shown);
        drop(page);
        let mut numbered = links.into_inner().into_iter().enumerate();
        let is_shown = |number: usize| json.contains(&format!("\"{}\"", address(number)));
        let links =
            numbered.by_ref().filter(|(number, _)| is_shown(*number)).map(|(_, target)| target).collect();
        Ok(Remembered { at, kind, shown, links, json, blank: None })
    }

    /// The question of a page, as it is asked there.
    fn blank(&self, target: &Target, shown: Option<Shown>) -> Option<Blank> {
        if let Location::Individual(step) = target.location {
            let trace = Trace::new(self.questionnaire, &self.response, self.moment.today());
            return individual::blank(&trace, step, &self.visitor(target));
        }
        let place = target.place()?;
        let trace = Trace::new(self.questionnaire, &self.response, self.moment.today());
        let key = open::check(&trace, place).ok()?;
        let block = self.questionnaire.block(place.block);
        let item = match &block.kind {
            BlockKind::Nested(nested) if nested.role == NestedRole::Add => shown.and_then(|shown| shown.item),
            _ => place.item,
        };
        let list = page::list_of(self.questionnaire, place.block);
        let here = Here { item, to: place.to, list };
        let sight = scope::Sight::of_page(&trace, Some(key), Some(place.block), here, self.tongue.definition);
        let question = open::question(self.questionnaire, &sight, place.block).ok()?;
        let in_list = question.dynamic.as_ref().map(|dynamic| dynamic.list);
        let asked =
            form::ask(question, item, &self.response, &sight, |item| sight.for_item(item, in_list)).ok()?;
        Some(Blank::of(&asked))
    }

    fn post_here(&mut self, fields: Fields) -> Held {
        let shown = self.here.page.as_ref().and_then(|page| page.shown);
        self.post(Posted { target: self.here.target.clone(), fields, shown }, true)
    }

    fn post_stale(&mut self, fields: Fields) -> Held {
        let shown = self.here.page.as_ref().and_then(|page| page.shown);
        self.post(Posted { target: self.here.target.clone(), fields, shown }, false)
    }

    fn apply(&self, response: Response, posted: &Posted) -> Outcome {
        let command = Command { form: Form::new(posted.fields.clone()), shown: posted.shown };
        apply(self.questionnaire, response, &command, &self.visitor(&posted.target))
    }

    /// Posts a form. `is_fresh` says whether the page it stands on was shown just now.
    fn post(&mut self, posted: Posted, is_fresh: bool) -> Held {
        self.tick();
        self.tally.posts += 1;
        self.last = Some(posted.clone());
        let outcome = self.apply(self.response.clone(), &posted);
        let again = self.apply(self.response.clone(), &posted);
        match (outcome, again) {
            (Outcome::Accepted(step), Outcome::Accepted(again)) => {
                if step.response != again.response || step.next != again.next {
                    return Err(self.broken("the same command at the same moment comes to something else"));
                }
                self.accepted(&posted, step)
            }
            (Outcome::Refused(response, attempt), Outcome::Refused(..)) => {
                self.tally.refused += 1;
                if response != self.response {
                    return Err(self.broken("what was refused was kept"));
                }
                if let Problem::Overtaken = attempt.problem {
                    self.tally.overtaken += 1;
                    if is_fresh {
                        return Err(self.broken("nobody else wrote, but the page is overtaken"));
                    }
                }
                match self.look(&posted.target, Some(&attempt))? {
                    Looked::Page(page) => {
                        self.here = Seen { target: posted.target, page: Some(page) };
                        Ok(())
                    }
                    _ => Err(self.broken("what was refused is not shown again")),
                }
            }
            (Outcome::Denied(denied), Outcome::Denied(_)) => match denied {
                Denied::NotHere if is_fresh => Err(self.broken("a page that is shown takes no form")),
                Denied::NotHere | Denied::TooMany => {
                    self.arrive(posted.target, None);
                    Ok(())
                }
                Denied::Elsewhere(next) => self.go(*next),
                Denied::Fault(fault) => {
                    self.fault(fault)?;
                    self.arrive(posted.target, None);
                    Ok(())
                }
            },
            _ => Err(self.broken("the same command at the same moment comes to something else")),
        }
    }

    fn accepted(&mut self, posted: &Posted, step: Step) -> Held {
        self.tally.accepted += 1;
        let Step { response, next, owed, is_changed } = step;
        if !is_changed && response != self.response {
            return Err(self.broken("a change is said to be none"));
        }
        for effect in &owed {
            match effect {
                Effect::Submission(submission) => {
                    self.tally.submissions += 1;
                    self.holds_only_what_is_asked(submission)?;
                }
                Effect::Fulfilment(_) => self.tally.fulfilments += 1,
            }
        }
        self.response = response;
        self.changes_nothing_again(posted)?;
        self.resumes()?;
        let from = self.here.page.as_ref().map_or_else(String::new, |page| page.at.clone());
        let faults = self.tally.faults;
        self.go(next)?;
        if self.here.page.is_none() && self.tally.faults == faults {
            let why = format!("what was accepted leads nowhere: {:?}", self.here.target.location);
            return Err(Broken::Rule { at: from, why });
        }
        Ok(())
    }

    /// A double click, or a reload of what was posted.
    fn changes_nothing_again(&mut self, posted: &Posted) -> Held {
        // Without its page, nothing tells a repeated form from a new one.
        if posted.shown.is_none() && posted.target.place().is_some() {
            return Ok(());
        }
        self.tick();
        match self.apply(self.response.clone(), posted) {
            Outcome::Accepted(step) if step.response != self.response => {
                Err(self.broken("a repeated form changes something"))
            }
            Outcome::Accepted(step) if !step.owed.is_empty() => {
                Err(self.broken("a repeated form sends something"))
            }
            Outcome::Refused(..) => Err(self.broken("a repeated form is refused")),
            _ => Ok(()),
        }
    }

    /// Who comes back finds a page.
    fn resumes(&mut self) -> Held {
        let at = "coming back";
        match open::resume(self.questionnaire, &self.response, self.moment.today()) {
            Ok(target) => self.opens(&target, at),
            Err(fault) => self.fault(fault).map(|_| ()),
        }
    }

    /// Answers that leave are those of blocks on the paths of enabled sections.
    fn holds_only_what_is_asked(&self, submission: &Submission) -> Held {
        let payload: Json = serde_json::from_str(&submission.payload)
            .map_err(|_| self.broken("the submission is no JSON"))?;
        if self.questionnaire.data_version == DataVersion::V0_0_1 {
            return Ok(());
        }
        let trace = Trace::new(self.questionnaire, &self.response, self.moment.today());
        let mut on_path = BTreeSet::new();
        for key in trace.enabled_instances().map_err(Broken::Fault)? {
            on_path.extend(trace.path(key).map_err(Broken::Fault)?.blocks());
        }
        for answer in payload["data"]["answers"].as_array().into_iter().flatten() {
            let id = answer["answer_id"].as_str().unwrap_or_default();
            let known = self.questionnaire.names.answers.get(id);
            let is_asked = known.is_some_and(|&answer| {
                let defined = &self.questionnaire.answer(answer).defined_in;
                let blocks = defined.iter().map(|(block, _)| *block);
                blocks
                    .into_iter()
                    .any(|block| on_path.contains(&self.questionnaire.block(block).parent.unwrap_or(block)))
            });
            if !is_asked {
                return Err(self.broken(format!("{id} left, but was not asked")));
            }
        }
        Ok(())
    }
}

enum Looked {
    Page(Remembered),
    Elsewhere(Target),
    Nothing,
}

/// Where no link is followed, all addresses are one.
fn anywhere(_: &Target) -> String {
    address(0)
}

fn address(number: usize) -> String {
    format!("/questionnaire/{number}")
}
