//! Every journey beside a questionnaire leads through the engine where it says, in each language.

#![expect(clippy::unwrap_used, reason = "tests")]

#[expect(dead_code, reason = "other tests use the rest")]
mod common;

use engine::journey::{EngineWalker, Walker, walk};
use schema::questionnaire::Locale;

/// Texts that journeys see and that are words of ours: the templates say them, so only the service's walker sees them.
const OURS: &[&str] = &[
    "No answer provided",
    "2 years 1 month",
    "18 months",
    "7 months",
    "3 blynedd 2 fis",
    "1 May 2021 to 31 May 2021",
    "1 Mai 2021 i 31 Mai 2021",
    "If you can’t answer questions for this person",
    "If you can’t answer someone else’s questions",
];

#[test]
fn every_journey_leads_where_it_says() {
    let now = "2026-11-24T10:00:00Z".parse().unwrap();
    let mut walks = 0;
    let mut strays = Vec::new();
    for folder in common::folders() {
        let questionnaire = common::questionnaire(&folder);
        for (name, journey) in common::journeys(&folder) {
            let known = common::known(&folder, &journey);
            for language in [Locale::En, Locale::Cy] {
                let reads = journey.language() == language.code();
                walks += 1;
                let walked = EngineWalker::launch(&questionnaire, &journey, known.clone(), language, now)
                    .map_err(|why| format!("launch: {why}"))
                    .and_then(|mut walker| {
                        walk(&questionnaire, &journey, reads, &mut walker)
                            .map_err(|stray| format!("{stray}, at {}", walker.at()))
                    });
                match walked {
                    Err(why) => strays.push(format!("{name} ({}): {why}", language.code())),
                    Ok(walked) => {
                        let unseen = walked.untold.iter().filter(|(_, text)| !OURS.contains(&text.as_str()));
                        strays.extend(
                            unseen.map(|(line, text)| format!("{name}: line {line}: {text:?} unseen")),
                        );
                    }
                }
            }
        }
    }
    println!("{walks} walks");
    assert!(walks > 0, "no journeys");
    assert!(strays.is_empty(), "{} of {walks} walks stray:\n{}", strays.len(), strays.join("\n"));
}
