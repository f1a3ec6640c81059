//! Calculated and grand calculated summaries: what is summed, and the total (spec/02 §9).

use schema::questionnaire::{
    AnswerIx, Block, BlockIx, BlockKind, CalculatedSummary, Calculation, GrandCalculatedSummary, Link,
    Numeric,
};
use schema::rule::{Fault, Scope, evaluate};
use schema::text::Html;
use schema::value::{Number, Value};

use super::making::Making;
use super::summary::{Returns, Shows};
use super::{Body, CalculatedPage, SummaryAnswer, SummaryGroup, SummaryRow, SummaryValue, ValueView};
use crate::open;
use crate::place::{Back, BackOrder, Place, SectionKey, Target};
use crate::scope::{Sees, Sight};
use crate::trace::BlockSet;

/// What a summary's numbers look like: as its first answer's, with the most decimals of any.
struct Look<'a> {
    numeric: Option<&'a Numeric>,
    decimals: u32,
}

impl<'a> Making<'a, '_> {
    pub fn calculated(
        &self,
        place: Place,
        key: SectionKey,
        summary: &'a CalculatedSummary,
    ) -> Result<(Option<String>, Body<'a>), Fault> {
        let block = self.q().block(place.block);
        let path = self.trace.path(key)?;
        let sight = self.sight(Some(key), Some(place.block), place.item, self.list_of(key));
        let summed = &self.q().dependencies.summed_answers[place.block.index()];

        let back = &self.visitor.target.back;
        let outer = back.to.as_deref();
        let to = outer
            .map_or_else(|| "calculated-summary".to_owned(), |outer| format!("calculated-summary,{outer}"));
        let blocks = back
            .block
            .as_deref()
            .filter(|_| outer.is_some())
            .map_or_else(|| block.id.to_string(), |outer| format!("{},{outer}", block.id));
        let returns = Returns {
            to: &to,
            block: Some(&blocks),
            outer_answer: outer.map(|_| &*block.id),
            item: back.item.as_deref().filter(|_| outer.is_some()),
        };

        let mut shown_rows: Vec<SummaryRow<'a>> = Vec::new();
        let mut shown: Vec<AnswerIx> = Vec::new();
        for asked_in in self.blocks_of(summed) {
            let asking = self.q().block(asked_in);
            if !path.contains(asking.parent.unwrap_or(asked_in)) {
                continue;
            }
            // A page about each item is listed once for each.
            let repeats = match &asking.kind {
                BlockKind::Nested(nested) => Some(nested.list),
                _ => None,
            };
            let places: Vec<Place> = match repeats {
                Some(list) => {
                    let items = self.response().lists.items(list).iter();
                    items.map(|&item| Place::of(asked_in, Some(item))).collect()
                }
                None => vec![Place::of(asked_in, place.item)],
            };
            for there in places {
                let item = there.item.filter(|_| repeats.is_some());
                let sight = self.sight_at(there, key);
                let question = open::question(self.q(), &sight, asked_in)?;
                let shows = Shows { returns: Some(returns), only: &[], item };
                let mut row = self.question_row(question, there, &sight, shows)?;
                let is_summed =
                    |id: &str| summed.iter().any(|&answer| names(id, &self.q().answer(answer).id));
                row.answers.retain(|answer| is_summed(&answer.id));
                self.label_all(question, &mut row, there, &sight, shows)?;
                row.title = row.title.filter(|_| row.answers.len() > 1);
                for answer in question.all_answers().map(|answer| answer.ix) {
                    if summed.contains(&answer) && !shown.contains(&answer) {
                        shown.push(answer);
                    }
                }
                shown_rows.push(row);
            }
        }

        let total = match &summary.calculation {
            Calculation::Rule(rule) => total_of(rule, &sight.seeing(Sees::Paths(&path.set)))?,
            Calculation::Answers(_) => self.sum(&shown, &sight)?,
        };
        let total = self.look(&shown).show(self, total);
        let page_title = self.calculated_title(place, key, &summary.total_label, &sight)?;
        let body = CalculatedPage {
            block_id: &block.id,
            is_grand: false,
            title: with_total(self.say(&summary.title, &sight)?, &total),
            groups: self.group_of(block, shown_rows),
            total_label: self.say(&summary.total_label, &sight)?,
            total: Html::new(total),
        };
        Ok((Some(page_title), Body::CalculatedSummary(Box::new(body))))
    }

    /// All rows stand in the summary's own group; without any there is none, and no total in it.
    fn group_of(&self, block: &Block, rows: Vec<SummaryRow<'a>>) -> Vec<SummaryGroup<'a>> {
        let id = self.q().group(block.group).id.to_string();
        if rows.is_empty() { vec![] } else { vec![SummaryGroup { id, title: None, rows, list: None }] }
    }

    /// Every answer stands under its own label here, even if it is its question's only one.
    fn label_all(
        &self,
        question: &'a schema::questionnaire::Question,
        row: &mut SummaryRow<'a>,
        place: Place,
        sight: &Sight,
        shows: Shows,
    ) -> Result<(), Fault> {
        if row.title.is_none() {
            let asked = self.ask(question, place, sight)?;
            for answer in &mut row.answers {
                let Some(asked) = asked.answers.iter().find(|asked| shows.id(&asked.field_id) == answer.id)
                else {
                    continue;
                };
                answer.label = self.label(asked, place, sight)?;
                answer.label_qa = format!("{}-label", answer.id);
            }
        }
        Ok(())
    }

    /// The blocks that ask for the answers, each once, in the order of the answers.
    fn blocks_of(&self, answers: &[AnswerIx]) -> Vec<BlockIx> {
        let mut blocks = Vec::new();
        for &answer in answers {
            let block = self.q().answer(answer).asked_in;
            if !blocks.contains(&block) {
                blocks.push(block);
            }
        }
        blocks
    }

    /// The old form: the sum of the answers displayed, defaults among them.
    fn sum(&self, answers: &[AnswerIx], sight: &Sight) -> Result<Number, Fault> {
        let mut total = Number::ZERO;
        for &answer in answers {
            let source = schema::rule::AnswerSource {
                answer: Link::To(answer),
                part: None,
                item: schema::rule::ItemSelector::Implied,
            };
            let values = match sight.answer(&source)? {
                Value::List(values) => values,
                value => vec![value],
            };
            for number in values.iter().filter_map(Value::as_number) {
                total = total.checked_add(number).unwrap_or(Number::MAX);
            }
        }
        Ok(total)
    }

    fn look(&self, answers: &[AnswerIx]) -> Look<'a> {
        let first = answers.first().map(|&answer| self.q().answer(answer));
        let decimals = answers.iter().map(|&answer| self.q().answer(answer).decimal_places).max();
        Look { numeric: first.and_then(|first| first.numeric.as_ref()), decimals: decimals.unwrap_or(0) }
    }

    pub fn grand_calculated(
        &self,
        place: Place,
        key: SectionKey,
        summary: &'a GrandCalculatedSummary,
    ) -> Result<(Option<String>, Body<'a>), Fault> {
        let block = self.q().block(place.block);
        let sight = self.sight(Some(key), Some(place.block), place.item, self.list_of(key));
        let mut sections = vec![];
        for part in &summary.parts {
            if let Link::To(part) = part {
                sections.push(self.q().block(*part).section);
            }
        }
        let mut set = self.trace.union(&sections, Some(key))?;
        if sections.contains(&key.section) {
            set.insert_all(&self.trace.path(key)?.set);
        }
        let there = sight.seeing(Sees::Paths(&set));

        let mut rows = Vec::new();
        let all = &self.q().dependencies.summed_answers[place.block.index()];
        let decimals = all.iter().map(|&answer| self.q().answer(answer).decimal_places).max().unwrap_or(0);
        // As its first part's first answer, on the path or not.
        let look = Look { decimals, ..self.look(all) };
        for part in &summary.parts {
            let Link::To(part) = *part else { continue };
            rows.extend(self.grand_part(part, place, key, &set, &there)?);
        }
        let total = look.show(self, total_of(&summary.operation, &there)?);
        let page_title = self.calculated_title(place, key, &summary.total_label, &sight)?;
        let body = CalculatedPage {
            block_id: &block.id,
            is_grand: true,
            title: with_total(self.say(&summary.title, &sight)?, &total),
            groups: self.group_of(block, rows),
            total_label: self.say(&summary.total_label, &sight)?,
            total: Html::new(total),
        };
        Ok((Some(page_title), Body::CalculatedSummary(Box::new(body))))
    }

    /// One of the calculated summaries that a grand one adds, if it is on its path.
    fn grand_part(
        &self,
        part: BlockIx,
        place: Place,
        key: SectionKey,
        set: &BlockSet,
        sight: &Sight,
    ) -> Result<Option<SummaryRow<'a>>, Fault> {
        let block = self.q().block(part);
        let BlockKind::CalculatedSummary(summary) = &block.kind else { return Ok(None) };
        if !set.contains(part) {
            return Ok(None);
        }
        let look = self.look(&self.q().dependencies.summed_answers[part.index()]);
        let value = match sight.total(part)? {
            Value::Number(total) => Some(look.show(self, total)),
            _ => None,
        };
        let is_here = block.section == key.section;
        let item = place.item.filter(|_| is_here);
        let back = Back {
            to: Some("grand-calculated-summary".into()),
            block: Some(self.q().block(place.block).id.clone()),
            answer: Some(block.id.clone()),
            item: place.item.filter(|_| !is_here).map(|item| item.as_str().into()),
            order: BackOrder::FromSummary,
        };
        let target = Target::block(Place::of(part, item)).with_back(back).with_anchor(Some(block.id.clone()));
        // Words are not bound to a path, as numbers are.
        let label = self.say(&summary.total_label, &sight.seeing(Sees::Everything))?;
        let value = value
            .map(|value| SummaryValue { value: ValueView::Text { text: Html::new(value) }, other: None });
        let answer = SummaryAnswer {
            id: block.id.to_string(),
            label,
            label_qa: format!("{}-label", block.id),
            values: value.into_iter().collect(),
            change: Some(self.href(&target)),
            item_title: None,
        };
        let row =
            SummaryRow { id: block.id.to_string(), title: None, answers: vec![answer], is_total: false };
        Ok(Some(row))
    }
}

impl Look<'_> {
    fn show(&self, making: &Making, total: Number) -> String {
        match self.numeric {
            Some(numeric) => making.numeric(total, numeric, Some(self.decimals)),
            None => making.numeric(total, &Numeric::Number, None),
        }
    }
}

fn total_of(rule: &schema::rule::Rule, sight: &Sight) -> Result<Number, Fault> {
    Ok(evaluate(rule, sight)?.as_number().unwrap_or_default())
}

/// Whether an id on the page is that answer's: `ID`, or `ID-ITEM`.
fn names(id: &str, answer: &str) -> bool {
    id.strip_prefix(answer).is_some_and(|rest| rest.is_empty() || (rest.len() == 7 && rest.starts_with('-')))
}

/// A title's `%(total)s` filled in; there a percent sign is written twice.
fn with_total<'a>(title: Html<'a>, total: &str) -> Html<'a> {
    if !title.html.contains('%') {
        return title;
    }
    Html::new(title.html.replace("%(total)s", total).replace("%%", "%"))
}
