//! Getting to a place in a preview, with answers filled in where the way there needs them; and why the path is as it is.
//!
//! Answers are what a wanderer types rightly: a few walks with different ones, each bounded, and the first that gets
//! there is kept.

use engine::apply::{self, Command, Outcome};
use engine::form::Form;
use engine::open::{self, Denied};
use engine::page::{self, Tongue};
use engine::place::{Location, Place, Target};
use engine::response::Response;
use engine::trace::{Trace, Why};
use engine::visitor::{Limits, Moment, Visitor};
use engine::wander::{Blank, Dice, Fields, Takes, blank};
use schema::Questionnaire;
use schema::questionnaire::{BlockIx, Locale};
use schema::value::ListItemId;
use serde::Serialize;
use std::time::Duration;
use templates::routes;
use utoipa::ToSchema;

use super::Preview;

/// Walks that are tried, and pages of each.
const WALKS: u64 = 200;
const PAGES: usize = 400;

/// Where a preview got to.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Reached {
    /// Where to look now.
    pub url: String,
    /// Whether it is the place that was asked for.
    pub reached: bool,
}

/// A section of the path.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct WhySection {
    pub section: String,
    /// Of a repeating section, the number of the item, from 1.
    pub item: Option<usize>,
    pub enabled: bool,
    /// The blocks that are to be answered, in order.
    pub path: Vec<WhyStep>,
    /// The blocks that are not, and why.
    pub not_on_path: Vec<NotOnPath>,
}

#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct WhyStep {
    pub block: String,
    /// `next`: it follows; `route`: a route of the block before leads here.
    pub why: String,
    /// The route's number, from 0.
    pub route: Option<u16>,
}

#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct NotOnPath {
    pub block: String,
    /// `skipped` by its own rule or its group's, or `passed` by a route that leads elsewhere.
    pub why: String,
}

/// Opens a block, with answers filled in where needed. `item` is the number of a list's item, from 1.
pub fn goto(
    preview: &Preview,
    root: &str,
    block: &str,
    item: Option<usize>,
    moment: Moment,
) -> Option<Reached> {
    let questionnaire = &preview.questionnaire;
    let block = *questionnaire.names.blocks.get(block)?;
    let state = preview.state();
    let begun = preview.response(&state)?;
    let walk = Walk { questionnaire, language: state.language, moment, numbers: &preview.numbers };
    let wanted = |response: &Response| walk.place(response, block, item);
    for seed in 0..WALKS {
        let mut dice = Dice::new(seed);
        if let Some((response, target)) = walk.to(begun.clone(), &wanted, &mut dice) {
            preview.keep(&response);
            let url = format!("{root}{}", routes::print(questionnaire, &target, None));
            return Some(Reached { url, reached: true });
        }
    }
    Some(Reached { url: format!("{root}/questionnaire/"), reached: false })
}

struct Walk<'a> {
    questionnaire: &'a Questionnaire,
    language: Locale,
    moment: Moment,
    /// Those that rules compare with.
    numbers: &'a [i64],
}

impl Walk<'_> {
    /// The place of a block, where it is open now.
    fn place(&self, response: &Response, block: BlockIx, item: Option<usize>) -> Option<Place> {
        let trace = Trace::new(self.questionnaire, response, self.moment.today());
        let list = page::list_of(self.questionnaire, block);
        let items: Vec<Option<ListItemId>> = match list {
            Some(list) => {
                let items = response.lists.view(list).items;
                let of = |number: usize| items.get(number.checked_sub(1)?).copied();
                match item {
                    Some(number) => of(number).map(Some).into_iter().collect(),
                    None => std::iter::once(None).chain(items.iter().copied().map(Some)).collect(),
                }
            }
            None => vec![None],
        };
        let places = items.into_iter().map(|item| Place::of(block, item));
        let mut open = places.filter(|place| open::check(&trace, *place).is_ok());
        open.next()
    }

    /// Answers page after page, as one who is asked and goes on, until the place is open.
    fn to(
        &self,
        mut response: Response,
        wanted: &dyn Fn(&Response) -> Option<Place>,
        dice: &mut Dice,
    ) -> Option<(Response, Target)> {
        let mut target = Target::at(Location::Entry);
        for number in 0..PAGES {
            if let Some(place) = wanted(&response) {
                return Some((response, Target::block(place)));
            }
            let mut moment = self.moment;
            // Each page its own ids.
            let salt = u64::try_from(number).unwrap_or_default().to_be_bytes();
            moment.seed.iter_mut().zip(salt).for_each(|(byte, salt)| *byte ^= salt);
            (response, target) = self.answer(response, target, moment, dice)?;
        }
        None
    }

    /// The same fields, some of whose numbers are now on one side or the other of what rules compare with.
    fn near_rules(&self, blank: &Blank, mut fields: Fields, dice: &mut Dice) -> Fields {
        for field in blank.fields.iter().filter(|field| matches!(field.takes, Takes::Number { .. })) {
            let typed = fields.iter_mut().find(|(name, _)| *name == field.name);
            if let (Some((_, value)), Some(number), true) = (typed, dice.pick(self.numbers), dice.once_in(2))
            {
                *value = number.saturating_add(dice.between(-1, 1)).to_string();
            }
        }
        fields
    }

    /// Answers the page at a target; what follows it.
    fn answer(
        &self,
        response: Response,
        target: Target,
        moment: Moment,
        dice: &mut Dice,
    ) -> Option<(Response, Target)> {
        let limits = Limits { view_for: Duration::from_secs(60), individual: None };
        let tongue = Tongue { definition: self.questionnaire.language(self.language), ui: self.language };
        let href = |target: &Target| routes::print(self.questionnaire, target, None);
        let visitor = Visitor { target: &target, tongue, moment, limits: &limits, href: &href };
        match page::page(self.questionnaire, &response, &visitor) {
            Err(Denied::Elsewhere(elsewhere)) => return Some((response, *elsewhere)),
            Err(_) => return None,
            Ok(shown) => {
                if matches!(target.location, Location::ThankYou | Location::Submit) {
                    return None;
                }
                let shown = shown.shown;
                let trace = Trace::new(self.questionnaire, &response, moment.today());
                let blank = blank(&trace, &target, tongue, shown);
                drop(trace);
                // What holds between fields may need a few tries.
                let mut response = response;
                let mut total: Option<String> = None;
                for _ in 0..8 {
                    let fields = match (&blank, &total) {
                        (Some(blank), Some(total)) if dice.once_in(2) => blank.totalling(total, dice),
                        (Some(blank), _) => self.near_rules(blank, blank.rightly(dice, self.language), dice),
                        (None, _) => vec![],
                    };
                    let command = Command { form: Form::new(fields), shown };
                    match apply::apply(self.questionnaire, response, &command, &visitor) {
                        Outcome::Accepted(step) => return Some((step.response, step.next)),
                        Outcome::Refused(same, attempt) => {
                            let again = page::page_again(self.questionnaire, &same, &attempt, &visitor);
                            total = again.ok().and_then(|page| total_wanted(&page));
                            response = same;
                        }
                        Outcome::Denied(_) => return None,
                    }
                }
            }
        }
        None
    }
}

/// What an error on a page says that its answers must add up to.
fn total_wanted(page: &page::Page<'_>) -> Option<String> {
    let page = serde_json::to_value(&page.body).ok()?;
    let errors = page["question_errors"].as_array()?;
    let args = errors.iter().filter_map(|error| error["args"].as_array()).flatten();
    let total = args.filter(|arg| arg[0] == "total").find_map(|arg| arg[1].as_str())?;
    Some(total.chars().filter(|letter| letter.is_ascii_digit() || matches!(letter, '.' | '-')).collect())
}

/// The path of a preview's response, section by section, with the reason of each step.
pub fn why(preview: &Preview, moment: Moment) -> Option<Vec<WhySection>> {
    let questionnaire = &preview.questionnaire;
    let state = preview.state();
    let response = preview.response(&state)?;
    let trace = Trace::new(questionnaire, &response, moment.today());
    let mut sections = Vec::new();
    for section in &questionnaire.sections {
        let Some(&index) = questionnaire.names.sections.get(&section.id) else { continue };
        let enabled = trace.is_enabled(index).unwrap_or(false);
        let own: Vec<&schema::questionnaire::Block> = questionnaire
            .blocks
            .iter()
            .filter(|block| block.section == index && block.parent.is_none())
            .collect();
        let instances: Vec<_> = trace.instances(index).collect();
        for (number, key) in instances.iter().enumerate() {
            let Ok(path) = trace.path(*key) else { continue };
            let steps = path.steps.iter().map(|step| {
                let (why, route) = match step.why {
                    Why::Next => ("next", None),
                    Why::Route(number) => ("route", Some(number)),
                };
                let block = questionnaire.block(step.block).id.to_string();
                WhyStep { block, why: why.to_owned(), route }
            });
            let on_path: Vec<WhyStep> = steps.collect();
            let missing = own.iter().filter(|block| !on_path.iter().any(|step| *step.block == *block.id));
            let not_on_path = missing
                .map(|block| {
                    let why = if block.skip.is_some() { "skipped" } else { "passed" };
                    NotOnPath { block: block.id.to_string(), why: why.to_owned() }
                })
                .collect();
            sections.push(WhySection {
                section: section.id.to_string(),
                item: key.item.map(|_| number + 1),
                enabled,
                path: on_path,
                not_on_path,
            });
        }
    }
    Some(sections)
}
