//! A response to any questionnaire with everything answered.

use std::collections::HashSet;

use engine::place::{Place, SectionKey};
use engine::response::{AnswerKey, Mark, Response};
use engine::trace::Trace;
use runner::moment::moment;
use schema::Questionnaire;
use schema::questionnaire::{Answer, AnswerKind, BlockIx, BlockKind, ListIx, Precision};
use schema::value::{ListItemId, Relationship, Value};

/// So many in each list, every answer given, all that is on a path confirmed.
pub fn fill(questionnaire: &Questionnaire, response: &mut Response, people: usize) {
    let blocks: Vec<BlockIx> = questionnaire.names.blocks.values().copied().collect();
    let primary: HashSet<ListIx> = blocks
        .iter()
        .filter_map(|&block| match &questionnaire.block(block).kind {
            BlockKind::PrimaryPerson(primary) => Some(primary.list),
            _ => None,
        })
        .collect();
    let lists: Vec<ListIx> = questionnaire.names.lists.values().copied().collect();
    let household = questionnaire.individual_response.as_ref().map(|offered| offered.list);
    for (number, &list) in (0u8..).zip(&lists) {
        let is_household = household.is_none_or(|household| household == list);
        for person in 0..if is_household { people } else { 1 } {
            let letters = format!("{}{person:05}", char::from(b'a' + number));
            let item = ListItemId::parse(&letters).unwrap();
            if person == 0 && primary.contains(&list) {
                response.lists.add_primary(list, item);
            } else {
                response.lists.add(list, item);
            }
        }
    }
    // In the order of the definition, so that a reload of the bench fills in the same way.
    let mut blocks = blocks;
    blocks.sort_unstable();
    for block in blocks {
        let definition = questionnaire.block(block);
        for question in definition.questions().iter().take(1).map(|variant| &variant.of) {
            for answer in question.all_answers() {
                let items = items_of(questionnaire, response, answer);
                for item in items {
                    let value = match &answer.kind {
                        AnswerKind::Relationship { .. } => pairs(response, definition_list(&definition.kind)),
                        _ => value(answer, item),
                    };
                    response.answers.set(AnswerKey::new(answer.ix, item), value);
                }
            }
        }
    }
    let today = moment().unwrap().today();
    // What is confirmed may open more, as another section's rule may look at it.
    for _ in 0..8 {
        let paths: Vec<(SectionKey, Vec<BlockIx>)> = {
            let trace = Trace::new(questionnaire, response, today);
            let keys = trace.enabled_instances().unwrap();
            keys.into_iter().map(|key| (key, trace.path(key).unwrap().blocks().collect())).collect()
        };
        for (key, blocks) in paths {
            response.visits.mark(key, Mark::Entered);
            for block in blocks {
                if response.visits.confirm(key, block) {
                    response.writers.push((Place::of(block, key.item), u32::MAX / 3));
                }
            }
        }
    }
    // As the engine keeps them.
    response.writers.drain(..response.writers.len().saturating_sub(256));
}

fn definition_list(kind: &BlockKind) -> Option<ListIx> {
    match kind {
        BlockKind::Relationships(collector) => Some(collector.list),
        _ => None,
    }
}

/// For which items an answer is kept; for none.
fn items_of(questionnaire: &Questionnaire, response: &Response, answer: &Answer) -> Vec<Option<ListItemId>> {
    match questionnaire.answer(answer.ix).repeats.list() {
        Some(list) => response.lists.items(list).iter().copied().map(Some).collect(),
        None => vec![None],
    }
}

fn pairs(response: &Response, list: Option<ListIx>) -> Value<'static> {
    let items = list.map_or(&[][..], |list| response.lists.items(list));
    let pair = |(from, to): (&ListItemId, &ListItemId)| Relationship {
        from: *from,
        to: *to,
        relationship: "Brother or sister".into(),
    };
    let later = |(at, from)| items[at + 1..].iter().map(move |to| (from, to));
    Value::Relationships(items.iter().enumerate().flat_map(later).map(pair).collect())
}

fn value(answer: &Answer, item: Option<ListItemId>) -> Value<'static> {
    let number = |text: &str| Value::Number(text.parse().unwrap());
    match &answer.kind {
        AnswerKind::Number(_) => number("12"),
        AnswerKind::Date(date) => Value::text(match date.precision {
            Precision::Day => "1984-05-06",
            Precision::Month => "1984-05",
            Precision::Year => "1984",
        }),
        AnswerKind::Duration { .. } => {
            Value::Parts(vec![("years".into(), number("3")), ("months".into(), number("2"))])
        }
        AnswerKind::Address { .. } => Value::Parts(vec![
            ("line1".into(), Value::text("1 Harbour Row")),
            ("town".into(), Value::text("Aberaeron")),
        ]),
        AnswerKind::MobileNumber => Value::text("07700900982"),
        AnswerKind::Checkbox { options, .. } => Value::List(
            options.fixed.iter().take(1).map(|choice| Value::text(choice.value.to_string())).collect(),
        ),
        AnswerKind::Radio { .. } | AnswerKind::Dropdown { .. } | AnswerKind::Relationship { .. } => {
            let first = answer.kind.options().and_then(|options| options.fixed.first());
            first.map_or(Value::Null, |choice| Value::text(choice.value.to_string()))
        }
        AnswerKind::TextField { .. } | AnswerKind::TextArea { .. } => {
            Value::text(item.map_or("Glanrhyd".to_owned(), |item| format!("Rhys {item}")))
        }
    }
}
