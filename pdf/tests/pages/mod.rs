//! Pages to write: of the surveys here, submitted and previewed, in each language; and such as nobody would wish for.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use engine::journey::{EngineWalker, Journey, walk};
use engine::page::{Tongue, page};
use engine::place::{Location, Target};
use engine::visitor::{Limits, Moment, Visitor};
use schema::questionnaire::Locale;
use templates::{Paper, PaperOf, Templates, Theme};

/// What people could type: source of several kinds, writing that no font here has, marks that change others.
pub const NASTY: &[&str] = &[
    "#import \"/etc/passwd\"; #read(\"/etc/passwd\") $x^2$ *bold* _thin_ `raw` = Heading \\ @label <label>",
    "<script>alert(1)</script> &amp; &lt; {page} {pages} {{ page }}",
    "Siân Ŵyn-Ŷork, Łukasz Żółć, Ğülşen, Þóra, Ñandú, O’Neil – “quoted” … £5 €6 ½",
    "Ω Ж א ب ق ڪ ﷽ กา हिन्दी 田中さん 한국어 👩‍👩‍👧‍👦 🏴󠁧󠁢󠁷󠁬󠁳󠁿 ﷺ",
    "Z̷̡̢̛͓̪̺̲̫͒͛̾͜ą̸̛l̴̢͎g̷̨o̸ e\u{301} n\u{303} \u{301}",
    "\u{202e}backwards\u{202c} \u{feff}\u{fffe}\u{ffff}\u{0}\u{1}\u{7f}\u{85}\u{2028}\u{2029}\u{e000}\u{f8ff}\u{10ffff}",
    "لُلُصّبُلُلصّبُررً ॣ ॣh ॣ ॣ 冗",
    "לקריאה בעברית (test) العربية 123",
];

/// Text as it stands in markup.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A page with this in it.
pub fn bare(body: &str) -> Paper {
    Paper {
        language: "en",
        title: "Your answers - A survey".to_owned(),
        author: "Office for National Statistics".to_owned(),
        survey: "A survey".to_owned(),
        page_of: "Page {page} of {pages}".to_owned(),
        unprintable: "□ stands for a character that cannot be printed here.".to_owned(),
        body: body.to_owned(),
    }
}

/// What the worker makes of a page.
pub fn worker(input: &[u8]) -> (Option<i32>, Vec<u8>, Vec<u8>) {
    let mut worker = Command::new(env!("CARGO_BIN_EXE_pdf"));
    worker.env_clear().stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut worker = worker.spawn().unwrap();
    let mut told = worker.stdin.take().unwrap();
    // One that refuses its input closes it early.
    let _ = told.write_all(input);
    drop(told);
    let said = worker.wait_with_output().unwrap();
    (said.status.code(), said.stdout, said.stderr)
}

/// The PDF of a page.
pub fn written(paper: &Paper) -> Vec<u8> {
    let (code, pdf, said) = worker(&serde_json::to_vec(paper).unwrap());
    assert_eq!((code, said.as_slice()), (Some(0), &b""[..]));
    assert!(pdf.starts_with(b"%PDF-1.7"));
    pdf
}

/// Every survey of ours that can be previewed or viewed, after its own journey.
pub fn papers() -> Vec<(String, Paper)> {
    let questionnaires = Path::new(env!("CARGO_MANIFEST_DIR")).join("../questionnaires");
    let mut papers = Vec::new();
    for name in [
        "surveys/monthly-business",
        "surveys/household-census",
        "surveys/lifestyle",
        "features/introduction",
        "features/thank-you",
    ] {
        let folder = questionnaires.join(name);
        let read = |file: &str| std::fs::read_to_string(folder.join(file)).unwrap();
        let name = folder.file_name().unwrap().to_str().unwrap();
        let (en, cy) = (read("en.json"), read("cy.json"));
        let questionnaire = schema::link(&[&en, &cy]).unwrap();
        let journey = Journey::parse(&read(&format!("{name}.journey"))).unwrap();
        for language in [Locale::En, Locale::Cy] {
            let now = "2026-11-24T10:00:00Z".parse().unwrap();
            let mut walker = EngineWalker::launch(&questionnaire, &journey, None, language, now).unwrap();
            for (what, location) in [("preview", Location::Preview), ("submitted", Location::Submitted)] {
                if location == Location::Submitted {
                    walk(&questionnaire, &journey, false, &mut walker).unwrap();
                }
                let target = Target::at(location);
                let tongue = Tongue { definition: questionnaire.language(language), ui: language };
                let limits = Limits { view_for: std::time::Duration::from_secs(3600), individual: None };
                let moment = Moment { now, seed: [0; 16] };
                let href = |_: &Target| String::new();
                let visitor = Visitor { target: &target, tongue, moment, limits: &limits, href: &href };
                let Ok(page) = page(&questionnaire, walker.response(), &visitor) else { continue };
                let of = PaperOf {
                    survey: questionnaire.title.in_language(tongue.definition),
                    theme: Theme::from_name(&questionnaire.theme),
                    ui: language,
                    definition: language,
                };
                let paper = Templates::new().unwrap().paper(&page, &of).unwrap().unwrap();
                papers.push((format!("{name}-{what}-{}", language.code()), paper));
            }
        }
    }
    assert!(papers.len() >= 10, "{}", papers.len());
    papers
}

/// The texts of markup, in order.
pub fn texts(markup: &str) -> Vec<String> {
    let document = scraper::Html::parse_fragment(markup);
    document.root_element().text().map(str::to_owned).filter(|text| !text.trim().is_empty()).collect()
}
