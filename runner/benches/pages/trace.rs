//! How a page's cost grows with the questionnaire: generated ones, answered whole, asked for their last page.

use engine::apply::{Command, Outcome, apply};
use engine::form::Form;
use engine::open;
use engine::page::{self, Tongue};
use engine::place::{Place, Target};
use engine::response::{AnswerKey, Launch, Response};
use engine::trace::Trace;
use engine::visitor::{Limits, Moment, Visitor};
use schema::Questionnaire;
use schema::questionnaire::{LanguageIx, Locale};
use schema::value::Value;
use serde_json::{Map, json};

use crate::figures::{least, load};

pub fn measure() {
    println!("CPU µs by number of blocks; load {}", load());
    println!("{:>6} {:>9} {:>9} {:>9} {:>9}   a block: trace", "blocks", "read", "trace", "page", "apply");
    for count in [50, 100, 200, 500, 1000, 2000] {
        let questionnaire = generated(count);
        let response = answered(&questionnaire);
        let stored = engine::response::write(&questionnaire, &response);
        let last = questionnaire.names.blocks[&*format!("block-{}", count - 1)];
        let target = Target::block(Place::of(last, None));
        let tongue = Tongue { definition: LanguageIx::BASE, ui: Locale::En };
        let moment = Moment { now: jiff::Timestamp::now(), seed: [1; 16] };
        let limits = Limits { view_for: std::time::Duration::ZERO, individual: None };
        let href = |_: &Target| String::new();
        let visitor = Visitor { target: &target, tongue, moment, limits: &limits, href: &href };
        let read = least(|| {
            engine::response::read(&questionnaire, &stored).unwrap();
        });
        let key = engine::navigation::key_of(
            &Trace::new(&questionnaire, &response, moment.today()),
            Place::of(last, None),
        );
        let trace = least(|| {
            let trace = Trace::new(&questionnaire, &response, moment.today());
            assert!(trace.is_complete(key).unwrap());
        });
        let shown = least(|| {
            page::page(&questionnaire, &response, &visitor).unwrap();
        });
        let copied = least(|| {
            std::hint::black_box(response.clone());
        });
        let form = Form::new(vec![(format!("answer-{}", count - 1), "9".to_owned())]);
        let command = Command { form, shown: None };
        let applied = least(|| {
            let outcome = apply(&questionnaire, response.clone(), &command, &visitor);
            assert!(matches!(outcome, Outcome::Accepted(_)));
        });
        let each = trace / f64::from(u32::try_from(count).unwrap());
        println!("{count:6} {read:9.1} {trace:9.1} {shown:9.1} {:9.1}   {each:.3}", applied - copied);
    }
}

/// Numbers, one a block; every third block is skipped by an answer before it, every fifth routes on by its own.
fn generated(count: usize) -> Questionnaire {
    let answer = |at: usize| json!({"source": "answers", "identifier": format!("answer-{at}")});
    let blocks: Vec<_> = (0..count)
        .map(|at| {
            let mut block = json!({
                "id": format!("block-{at}"), "type": "Question",
                "question": {
                    "id": format!("question-{at}"), "type": "General", "title": format!("Number {at}?"),
                    "answers": [{
                        "id": format!("answer-{at}"), "type": "Number", "mandatory": false, "label": "Number",
                    }],
                },
            });
            if at % 3 == 2 {
                block["skip_conditions"] = json!({"when": {"==": [answer(at - 1), 1]}});
            }
            if at % 5 == 4 && at + 1 < count {
                block["routing_rules"] = json!([
                    {"section": "End", "when": {"==": [answer(at), 2]}},
                    {"block": format!("block-{}", at + 1)},
                ]);
            }
            block
        })
        .collect();
    let definition = json!({
        "mime_type": "application/json/ons/eq", "language": "en", "schema_version": "0.0.1",
        "data_version": "0.0.3", "survey_id": "1", "form_type": "1", "theme": "default",
        "title": "Generated", "legal_basis": "None", "description": "Generated",
        "metadata": [], "questionnaire_flow": {"type": "Linear", "options": {"summary": {"collapsible": false}}},
        "sections": [{"id": "section", "groups": [{"id": "group", "title": "Group", "blocks": blocks}]}],
    });
    schema::link(&[&definition.to_string()]).unwrap_or_else(|report| panic!("{report:?}"))
}

fn answered(questionnaire: &Questionnaire) -> Response {
    let mut response = open::open(Launch { claims: Map::new() });
    for (name, &answer) in &questionnaire.names.answers {
        let at = name.trim_start_matches("answer-");
        let value = Value::Number(format!("{}", at.len() + 10).parse().unwrap());
        response.answers.set(AnswerKey::new(answer, None), value);
    }
    let section = questionnaire.section_indices().next().unwrap();
    let key = engine::place::SectionKey { section, item: None };
    for group in &questionnaire.section(section).groups {
        for &block in &questionnaire.group(*group).blocks {
            response.visits.confirm(key, block);
        }
    }
    response
}
