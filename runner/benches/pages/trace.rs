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
use serde_json::Map;

use crate::figures::{least, load};
use crate::generated;

pub fn measure() {
    println!("CPU µs by number of blocks; load {}", load());
    println!("{:>6} {:>9} {:>9} {:>9} {:>9}   a block: trace", "blocks", "read", "trace", "page", "apply");
    for count in generated::SIZES {
        let definition = generated::definition(count).to_string();
        let questionnaire = schema::link(&[&definition]).unwrap_or_else(|report| panic!("{report:?}"));
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
