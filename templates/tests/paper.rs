//! Pages on paper: what stands on the screen, without what only a screen can do.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use engine::page::{Body, SummaryAnswer};
use schema::questionnaire::Locale;
use templates::{PaperOf, Shown, Templates, Theme, samples};

const THEMES: [&str; 13] = [
    "business",
    "northernireland",
    "dbt",
    "dbt-ni",
    "dbt-dsit",
    "dbt-dsit-ni",
    "desnz",
    "desnz-ni",
    "orr",
    "social",
    "health",
    "ukhsa-ons",
    "ons-nhs",
];

fn of(theme: Option<Theme>, ui: Locale, definition: Locale) -> PaperOf<'static> {
    PaperOf { survey: "Annual <survey>", theme, ui, definition }
}

#[test]
fn answers_and_previews_go_on_paper_in_every_language_and_nothing_else_does() {
    let templates = Templates::new().unwrap();
    let mut names = Vec::new();
    for ui in Locale::ALL {
        for definition in Locale::ALL {
            for sample in samples() {
                let Shown::Engine(page) = sample.shown() else { continue };
                let paper = templates.paper(page, &of(None, ui, definition));
                let paper = paper.unwrap_or_else(|error| panic!("{}: {error}", sample.name));
                let Some(paper) = paper else { continue };
                assert_eq!(paper.body.matches("<h1>").count(), 1, "{}", sample.name);
                for only_on_a_screen in ["href", "button", "class=\"ons-", "id=\"", "<svg", "data-"] {
                    assert!(!paper.body.contains(only_on_a_screen), "{}: {only_on_a_screen}", sample.name);
                }
                assert!(paper.page_of.contains("{page}") && paper.page_of.contains("{pages}"));
                if ui == definition && ui == Locale::En {
                    names.push(sample.name);
                }
            }
        }
    }
    assert_eq!(names, ["preview", "preview-sections", "submitted", "submitted-plain", "submitted-expired"]);
}

#[test]
fn every_answer_that_is_shown_goes_on_paper() {
    let templates = Templates::new().unwrap();
    let sample = samples().into_iter().find(|sample| sample.name == "submitted").unwrap();
    let Shown::Engine(page) = sample.shown() else { panic!("it is the engine's") };
    let body = templates.paper(page, &of(None, Locale::En, Locale::En)).unwrap().unwrap().body;
    let Body::Submitted(submitted) = &page.body else { panic!("it is what was submitted") };
    let sections = &submitted.summary.as_ref().unwrap().sections;
    let groups = sections.iter().flat_map(|section| &section.groups);
    // When, and under which reference.
    let mut cells = 2;
    let holds = |answer: &SummaryAnswer<'_>| {
        assert!(body.contains(answer.label.as_str()), "{}", answer.label.as_str());
    };
    for group in groups {
        for row in &group.rows {
            cells += if row.title.is_some() { 1 } else { row.answers.len() };
            row.answers.iter().for_each(holds);
        }
        for row in group.list.iter().flat_map(|list| &list.rows) {
            cells += 1;
            assert!(body.contains(row.row.title.as_str()));
            row.answers.iter().for_each(holds);
        }
    }
    assert_eq!(body.matches("<dd>").count(), cells);
}

#[test]
fn a_paper_says_whose_it_is_in_its_language() {
    let templates = Templates::new().unwrap();
    let sample = samples().into_iter().find(|sample| sample.name == "preview").unwrap();
    let Shown::Engine(page) = sample.shown() else { panic!("it is the engine's") };
    let paper = |theme, ui| templates.paper(page, &of(theme, ui, Locale::En)).unwrap().unwrap();
    for theme in THEMES {
        let author = paper(Theme::from_name(theme), Locale::Cy).author;
        assert_ne!(author, paper(Theme::from_name(theme), Locale::En).author, "{theme}");
    }
    let paper = paper(Theme::from_name("ukhsa-ons"), Locale::Eo);
    assert_eq!(paper.author, "UK Health Security Agency, Office for National Statistics");
    assert_eq!(paper.language, "sco", "whoever reads it aloud must not take it for Esperanto");
    assert_eq!(paper.title, "Preview of the questions in this survey - Annual <survey>");
    let debug = format!("{paper:?}");
    assert!(!debug.contains("Annual"), "{debug}");
}
