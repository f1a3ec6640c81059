//! Who sees what: the one place that says which answers a rule, a text or a page may look at.
//!
//! | asked by | sees |
//! |---|---|
//! | a block's skip condition, a route | the path so far and the paths of the started sections of D(S) |
//! | a group's skip condition, a section's `enabled` | the paths of the started sections of D(S) |
//! | variants, dynamic options, limits, texts | every answer; of totals, the paths of their started sections |
//! | `first_non_empty_item` | the paths of the started sections of its items |
//! | a calculated summary's page | its section's path, or the paths of the sections it sums |
//!
//! An empty restriction restricts nothing (spec/01 §7.2).

use schema::Questionnaire;
use schema::questionnaire::{BlockIx, BlockKind, Calculation, LanguageIx, Link, ListIx, Repeats, SectionIx};
use schema::rule::{
    AnswerSource, Fault, FaultKind, Here, ItemSelector, ListPart, ListView, LocationPart, Part, Scope,
    SupplementarySource, evaluate,
};
use schema::value::{Date, ListItemId, Number, Timestamp, Value};
use serde_json::Value as Json;

use crate::place::SectionKey;
use crate::response::AnswerKey;
use crate::trace::{BlockSet, Trace};

/// What one who asks can see.
pub struct Sight<'a> {
    trace: &'a Trace<'a>,
    /// The section instance it stands in.
    section: Option<SectionKey>,
    /// The block whose texts, limits or calculations ask: decides what its totals see.
    block: Option<BlockIx>,
    here: Here,
    sees: Sees<'a>,
    language: LanguageIx,
}

#[derive(Clone, Copy)]
pub enum Sees<'a> {
    Everything,
    /// Answers of these blocks; if there are none, everything.
    Paths(&'a BlockSet),
}

impl<'a> Sight<'a> {
    /// Of a rule that decides the path; read in the base language, since words cannot decide routing.
    pub fn of_rule(trace: &'a Trace<'a>, section: SectionKey, sees: Sees<'a>, here: Here) -> Self {
        Self { trace, section: Some(section), block: None, here, sees, language: LanguageIx::BASE }
    }

    /// Of a page: its variants, limits and words.
    pub fn of_page(
        trace: &'a Trace<'a>,
        section: Option<SectionKey>,
        block: Option<BlockIx>,
        here: Here,
        language: LanguageIx,
    ) -> Self {
        Self { trace, section, block, here, sees: Sees::Everything, language }
    }

    /// The same sight from where an item of a list stands.
    pub fn for_item(&self, item: ListItemId, list: Option<ListIx>) -> Self {
        Self { here: Here { item: Some(item), to: None, list }, ..*self }
    }

    /// The same sight, of those paths only.
    pub fn seeing(&self, sees: Sees<'a>) -> Self {
        Self { sees, ..*self }
    }

    pub fn trace(&self) -> &'a Trace<'a> {
        self.trace
    }

    fn q(&self) -> &'a Questionnaire {
        self.trace.questionnaire
    }

    fn fault(&self, why: FaultKind) -> Fault {
        let pointer = self.block.map(|block| self.q().block(block).pointer.clone()).unwrap_or_default();
        Fault { block: self.block, pointer, why }
    }

    fn allows(&self, block: BlockIx) -> bool {
        match self.sees {
            Sees::Everything => true,
            Sees::Paths(set) => set.is_empty() || set.contains(block),
        }
    }

    fn linked<T: Copy>(&self, link: &Link<T>) -> Result<T, Fault> {
        match link {
            Link::To(to) => Ok(*to),
            Link::Dangling(name) => Err(self.fault(FaultKind::Dangling(name.clone()))),
        }
    }

    /// The item whose answer a source means (spec/01 §8.1 step 1).
    fn item_of(&self, source: &AnswerSource, repeats: Repeats) -> Result<Option<ListItemId>, Fault> {
        match &source.item {
            ItemSelector::Location(LocationPart::Item) => Ok(self.here.item),
            ItemSelector::Location(LocationPart::To) => Ok(self.here.to),
            ItemSelector::List(list, part) => {
                let view = match list {
                    Link::To(list) => self.list(*list),
                    Link::Dangling(_) => ListView::default(),
                };
                match part {
                    ListPart::PrimaryPerson => Ok(view.primary),
                    _ => match view.items.first() {
                        Some(&first) => Ok(Some(first)),
                        None => Err(self.fault(FaultKind::FirstOfEmptyList)),
                    },
                }
            }
            ItemSelector::Implied => match (self.here.item, repeats.list()) {
                (Some(item), Some(list)) => {
                    let elsewhere = self.here.list.is_some_and(|here| here != list);
                    Ok((!elsewhere).then_some(item))
                }
                _ => Ok(None),
            },
        }
    }

    fn stored(&self, key: AnswerKey) -> Option<Value<'a>> {
        self.trace.response.answers.get(key).map(Value::borrowed)
    }

    /// A sum over what a calculated summary names, seen through `set`.
    fn sum(&self, block: BlockIx, set: &BlockSet) -> Result<Number, Fault> {
        let sight = self.seeing_only(set);
        match &self.q().block(block).kind {
            BlockKind::CalculatedSummary(summary) => match &summary.calculation {
                Calculation::Rule(rule) => Ok(evaluate(rule, &sight)?.as_number().unwrap_or_default()),
                Calculation::Answers(answers) => {
                    let mut total = Number::ZERO;
                    for answer in answers {
                        let source =
                            AnswerSource { answer: answer.clone(), part: None, item: ItemSelector::Implied };
                        add(&mut total, &sight.answer(&source)?);
                    }
                    Ok(total)
                }
            },
            BlockKind::GrandCalculatedSummary(summary) => {
                Ok(evaluate(&summary.operation, &sight)?.as_number().unwrap_or_default())
            }
            _ => Err(self.fault(FaultKind::WrongKind("a calculated summary"))),
        }
    }

    fn seeing_only<'b>(&self, set: &'b BlockSet) -> Sight<'b>
    where
        'a: 'b,
    {
        Sight { sees: Sees::Paths(set), ..*self }
    }
}

fn add(total: &mut Number, value: &Value) {
    match value {
        Value::Number(number) => *total = total.checked_add(*number).unwrap_or(Number::MAX),
        Value::List(values) => values.iter().for_each(|value| add(total, value)),
        _ => {}
    }
}

impl Scope for Sight<'_> {
    fn questionnaire(&self) -> &Questionnaire {
        self.q()
    }

    fn answer(&self, source: &AnswerSource) -> Result<Value<'_>, Fault> {
        let answer = self.linked(&source.answer)?;
        let info = self.q().answer(answer);
        let item = self.item_of(source, info.repeats)?;
        let is_seen = self.allows(info.home);
        if item.is_none() && info.repeats.lists_values() {
            let list = info.repeats.list().filter(|_| is_seen);
            let items = list.map(|list| self.list(list).items).unwrap_or_default();
            let values = items.iter().filter_map(|&item| self.stored(AnswerKey::new(answer, Some(item))));
            return Ok(Value::List(values.collect()));
        }
        if !is_seen {
            return Ok(Value::Null);
        }
        let value = self
            .stored(AnswerKey::new(answer, item))
            .or_else(|| info.default.as_ref().map(Value::borrowed))
            .unwrap_or(Value::Null);
        Ok(match (&value, &source.part) {
            (Value::Parts(_), Some(part)) => value.part(part).cloned().map_or(Value::Null, Value::into_owned),
            (Value::Parts(_), None) => Value::Null,
            _ => value,
        })
    }

    fn list(&self, list: ListIx) -> ListView<'_> {
        self.trace.response.lists.view(list)
    }

    fn metadata(&self, name: &str) -> Value<'_> {
        self.trace.response.launch.metadata(name).map_or(Value::Null, from_json)
    }

    fn started_at(&self) -> Option<Timestamp> {
        self.trace.response.started_at
    }

    /// Of a list: what is known of the item in hand, else a value for each item in the list's order, without those
    /// that have none. Of anything else: the value of that name (spec/01 §8.3).
    fn supplementary(&self, source: &SupplementarySource) -> Result<Value<'_>, Fault> {
        let Some(known) = &self.trace.response.supplementary else { return Ok(Value::Null) };
        let select = |from: &'_ Json| -> Result<Option<Value<'static>>, Fault> {
            let mut value = from;
            for name in &source.selectors {
                let Json::Object(members) = value else {
                    return Err(self.fault(FaultKind::WrongKind("an object of supplementary data")));
                };
                match members.get(&**name) {
                    Some(inner) => value = inner,
                    None => return Ok(None),
                }
            }
            Ok(Some(from_json(value).into_owned()).filter(|value| !value.is_null()))
        };
        let Some(list) = source.list else {
            let found = known.data.get(&*source.identifier).map(select).transpose()?;
            return Ok(found.flatten().unwrap_or(Value::Null));
        };
        let items = self.list(list).items;
        if let Some(item) = self.here().item.filter(|item| items.contains(item)) {
            let found = known.of_item(item).map(select).transpose()?;
            return Ok(found.flatten().unwrap_or(Value::Null));
        }
        let mut values = Vec::new();
        for item in items.iter().filter_map(|&item| known.of_item(item)) {
            values.extend(select(item)?);
        }
        Ok(Value::List(values))
    }

    fn total(&self, summary: BlockIx) -> Result<Value<'_>, Fault> {
        let set = match self.sees {
            Sees::Paths(set) => {
                if !self.allows(summary) {
                    return Ok(Value::Null);
                }
                return Ok(Value::Number(self.sum(summary, set)?));
            }
            Sees::Everything => {
                let by_block = &self.q().dependencies.summed_by_block;
                let sections: &[SectionIx] = self
                    .block
                    .and_then(|block| by_block.get(block.index()))
                    .map(Vec::as_slice)
                    .unwrap_or_default();
                self.trace.union(sections, self.section)?
            }
        };
        if !set.is_empty() && !set.contains(summary) {
            return Ok(Value::Null);
        }
        Ok(Value::Number(self.sum(summary, &set)?))
    }

    fn progress(&self, part: &Part) -> Result<Value<'_>, Fault> {
        match part {
            Part::Section(section) => {
                let key = SectionKey { section: self.linked(section)?, item: None };
                Ok(Value::text(self.trace.status(key)?.name()))
            }
            Part::Block(block) => {
                let block = self.linked(block)?;
                let Some(current) = self.section else { return Err(self.fault(FaultKind::NoPlace)) };
                if !self.allows(block) {
                    return Ok(Value::Null);
                }
                let section = self.q().block(block).section;
                let item = current.item.filter(|_| current.section == section);
                let done = self.trace.response.visits.is_confirmed(SectionKey { section, item }, block);
                Ok(Value::text(if done { "COMPLETED" } else { "NOT_STARTED" }))
            }
        }
    }

    fn here(&self) -> Here {
        self.here
    }

    fn today(&self) -> Date {
        self.trace.today
    }

    fn language(&self) -> LanguageIx {
        self.language
    }

    fn answer_on_path(&self, source: &AnswerSource, items: &[&AnswerSource]) -> Result<Value<'_>, Fault> {
        let mut sections = Vec::new();
        for item in items {
            if let Link::To(answer) = item.answer {
                let section = self.q().answer(answer).section;
                if !sections.contains(&section) {
                    sections.push(section);
                }
            }
        }
        let set = self.trace.union(&sections, self.section)?;
        Ok(self.seeing_only(&set).answer(source)?.into_owned())
    }
}

/// A claim as a rule sees it.
pub fn from_json(json: &Json) -> Value<'_> {
    match json {
        Json::Null => Value::Null,
        Json::Bool(yes) => Value::Bool(*yes),
        Json::Number(number) => number
            .to_string()
            .parse::<Number>()
            .or_else(|_| Number::from_scientific(&number.to_string()))
            .map_or(Value::Null, Value::Number),
        Json::String(text) => Value::text(text.as_str()),
        Json::Array(items) => Value::List(items.iter().map(from_json).collect()),
        Json::Object(parts) => {
            Value::Parts(parts.iter().map(|(name, value)| (name.as_str().into(), from_json(value))).collect())
        }
    }
}
