//! Pages of the engine that ask no question.

use engine::page::{
    Body, CalculatedPage, ContentPage, ContentView, DefinitionView, EmailField, HubPage, HubRow,
    IntroductionPage, IntroductionPartView, IntroductionPreviewView, Page, PreviewAnswer, PreviewPage,
    PreviewQuestionView, PreviewSection, ReadOnlyItem, SectionSummaryPage, SubmissionView, SubmitPage,
    SubmittedPage, Summary, SummaryAnswer, SummaryGroup, SummaryList, SummaryListRow, SummaryRow,
    SummarySection, SummaryValue, ThankYouPage, ValueView, ViewResponse,
};
use schema::text::Html;

use super::fields::{content, page, row, value};

fn html(text: &'static str) -> Html<'static> {
    Html::new(text)
}

fn answer(id: &str, values: Vec<SummaryValue<'static>>, is_fixed: bool) -> SummaryAnswer<'static> {
    SummaryAnswer {
        id: id.to_owned(),
        label: html("What is your name?"),
        label_qa: format!("{id}-label"),
        values,
        change: (!is_fixed).then(|| format!("/questionnaire/a-block/?return_to=final-summary#{id}")),
        item_title: None,
    }
}

fn rows(is_fixed: bool) -> Vec<SummaryRow<'static>> {
    let other = SummaryValue { other: Some(html("Mauve")), ..value("Other") };
    let dates = [
        ValueView::Date { date: "2 January 2016".to_owned() },
        ValueView::DateRange { from: "2 January 2016".to_owned(), to: "3 January 2016".to_owned() },
        ValueView::Duration { years: Some(1), months: Some(0) },
        ValueView::Duration { years: None, months: Some(6) },
    ];
    let dates = dates.map(|value| SummaryValue { value, other: None }).to_vec();
    let mut of_item = answer("age", Vec::new(), is_fixed);
    of_item.item_title = Some(html("Ann Bell"));
    vec![
        SummaryRow {
            id: "name-question".to_owned(),
            title: None,
            answers: vec![answer("name", vec![value("Ann Bell")], is_fixed)],
            is_total: false,
        },
        SummaryRow {
            id: "colours-question".to_owned(),
            title: Some(html("Which colours?")),
            answers: vec![answer("colours", vec![value("Red"), other.clone()], is_fixed), of_item],
            is_total: false,
        },
        SummaryRow {
            id: "other-question".to_owned(),
            title: None,
            answers: vec![answer("other", vec![other], is_fixed), answer("dates", dates, is_fixed)],
            is_total: false,
        },
    ]
}

fn group(title: Option<&'static str>, is_fixed: bool) -> SummaryGroup<'static> {
    SummaryGroup { id: "a-group-0".to_owned(), title, rows: rows(is_fixed), list: None }
}

/// Two items, numbered from `first`; none when that is 0.
fn list(is_editable: bool, first: usize) -> SummaryList<'static> {
    let labelled = SummaryListRow {
        row: row(first + 1, false),
        label: Some(html("Name")),
        answers: vec![answer(&format!("age-{first}"), vec![value("7")], false)],
    };
    SummaryList {
        name: "people",
        title: Some(html("Household members")),
        rows: if first == 0 {
            Vec::new()
        } else {
            vec![SummaryListRow { row: row(first, true), label: None, answers: Vec::new() }, labelled]
        },
        add: is_editable.then(|| ("/questionnaire/people/add-person/".to_owned(), "Add someone")),
        empty_text: Some("There is nobody"),
        is_editable,
    }
}

fn summary(is_collapsible: bool, titled: bool, is_fixed: bool) -> Summary<'static> {
    let section = |title: Option<&'static str>| SummarySection {
        title: title.map(html),
        groups: vec![
            group(Some("Personal details"), is_fixed),
            SummaryGroup {
                id: "list-0".to_owned(),
                title: Some("People"),
                rows: Vec::new(),
                list: Some(list(true, 1)),
            },
        ],
    };
    Summary { sections: vec![section(titled.then_some("About you"))], is_collapsible }
}

fn submission(ru_name: Option<&str>, trad_as: Option<&str>) -> SubmissionView {
    SubmissionView {
        ru_name: ru_name.map(str::to_owned),
        trad_as: trad_as.map(str::to_owned),
        submitted_on: "21 November 2026".to_owned(),
        submitted_time: "19:44".to_owned(),
        reference: ru_name.map(|_| "0A8E - 0746 - FC70 - 4AE5".to_owned()),
    }
}

fn thank_you(about: SubmissionView, view: Option<ViewResponse>, is_own: bool) -> Body<'static> {
    Body::ThankYou(Box::new(ThankYouPage {
        survey_title: "Annual survey",
        about,
        guidance: is_own.then(|| vec![content("We will write to you.")]),
        view_response: view,
        has_feedback: is_own,
        email: is_own.then(EmailField::default),
    }))
}

fn hub(is_complete: bool) -> Body<'static> {
    let row = |id: &str, status| HubRow {
        id: id.to_owned(),
        title: html("About you"),
        status,
        href: format!("/questionnaire/sections/{id}/"),
    };
    Body::Hub(Box::new(HubPage {
        rows: vec![
            row("one", "completed"),
            row("two", "in-progress"),
            row("three", "not-started"),
            row("four-1", "requested"),
        ],
        is_complete,
        individual: (!is_complete).then(|| "/individual-response/?journey=hub".to_owned()),
        title: None,
        button: None,
        guidance: is_complete.then_some("Look it over once more"),
        warning: None,
    }))
}

fn introduction() -> Body<'static> {
    let part = |id| IntroductionPartView {
        id,
        title: Some(html("You are completing this for Bell Ltd")),
        contents: vec![
            content("It takes ten minutes."),
            ContentView {
                guidance: Some(vec![content("Have your figures ready.")]),
                guidance_number: 1,
                ..ContentView::default()
            },
        ],
    };
    Body::Introduction(Box::new(IntroductionPage {
        block_id: "introduction",
        title: Some(html("You are completing this for Bell Ltd")),
        primary: vec![part("use-of-information")],
        legal_basis: Some("Notice is given under section 999 of the Test Act 2000"),
        preview_href: Some("/questionnaire/preview".to_owned()),
        preview: Some(IntroductionPreviewView {
            id: Some("preview"),
            title: Some(html("Information you need")),
            contents: vec![content("You can choose the period.")],
            questions: vec![DefinitionView { title: html("Pay"), contents: vec![content("How often.")] }],
        }),
        secondary: vec![part("how-we-use-your-data")],
        individual: None,
    }))
}

fn preview(sections: usize) -> Body<'static> {
    let answer = |options: Vec<Html<'static>>, is_checkbox, is_last| PreviewAnswer {
        label: Some(html("Comments")),
        description: Some(html("In your own words")),
        guidance: Vec::new(),
        options,
        is_checkbox,
        is_last,
        max_length: is_last.then_some(2000),
    };
    let section = PreviewSection {
        title: Some("Main section"),
        questions: vec![PreviewQuestionView {
            block_id: "a-block",
            title: html("Which colours?"),
            description: vec![html("Any will do.")],
            guidance: vec![content("Include shades.")],
            answers: vec![
                answer(vec![html("Red"), html("Blue")], true, false),
                answer(vec![html("Red")], false, false),
                answer(vec![html("None of these")], true, true),
            ],
        }],
    };
    Body::Preview(Box::new(PreviewPage {
        sections: vec![section; sections],
        start_href: "/questionnaire/".to_owned(),
    }))
}

pub(super) fn pages() -> Vec<(&'static str, Page<'static>)> {
    let untitled = |at: &str, body| Page { title: None, ..page("", at, body) };
    let content_page = Body::Content(Box::new(ContentPage {
        block_id: "a-content",
        title: html("Now about your work"),
        is_interviewer_note: true,
        instruction: vec![html("Read this out.")],
        contents: vec![ContentView {
            definition: Some(Box::new(DefinitionView {
                title: html("Work"),
                contents: vec![content("Paid or not.")],
            })),
            ..content("We ask about last week.")
        }],
        items: Some(vec![ReadOnlyItem { title: html("Ann Bell"), is_primary: true, is_complete: true }]),
        individual: Some("/individual-response/?list_item_id=abcDEF".to_owned()),
    }));
    let calculated = |is_grand| {
        Body::CalculatedSummary(Box::new(CalculatedPage {
            block_id: "a-total",
            is_grand,
            title: html("We calculate the total to be £20. Is this correct?"),
            groups: vec![group(None, false)],
            total_label: html("Total"),
            total: html("£20"),
        }))
    };
    let section = Body::SectionSummary(Box::new(SectionSummaryPage {
        title: Some(html("Household")),
        summary: summary(false, false, false),
        custom_lists: vec![list(true, 3), list(false, 5), list(true, 0)],
    }));
    let submit = |summary| {
        Body::Submit(Box::new(SubmitPage {
            title: None,
            button: None,
            guidance: None,
            warning: None,
            summary,
        }))
    };
    let own_submit = Body::Submit(Box::new(SubmitPage {
        title: Some("Nearly done"),
        button: Some("Send"),
        guidance: Some("Then you are done"),
        warning: Some("You cannot change it afterwards"),
        summary: Some(summary(true, false, false)),
    }));
    let view = |is_expired| {
        Some(ViewResponse {
            href: "/submitted/view-response/".to_owned(),
            is_expired,
            until: "2026-11-21T20:29:00+00:00".to_owned(),
        })
    };
    let submitted = |about, is_expired: bool| {
        let summary = (!is_expired).then(|| summary(false, true, true));
        Body::Submitted(Box::new(SubmittedPage { about, is_expired, summary }))
    };
    let of_firm = || submission(Some("Bell & Sons"), Some("Bells"));
    vec![
        ("introduction", untitled("introduction", introduction())),
        ("content", page("Now about your work", "a-content", content_page)),
        ("calculated-summary", page("Total", "a-total", calculated(false))),
        ("grand-calculated-summary", page("Total", "a-total", calculated(true))),
        ("section-summary", page("Household", "section household", section)),
        ("hub", untitled("hub", hub(false))),
        ("hub-complete", untitled("hub", hub(true))),
        ("submit", untitled("submit", submit(Some(summary(false, true, false))))),
        ("submit-without-summary", untitled("submit", submit(None))),
        ("submit-own-words", page("Nearly done", "submit", own_submit)),
        ("preview", untitled("preview", preview(1))),
        ("preview-sections", untitled("preview", preview(2))),
        ("thank-you", untitled("thank-you", thank_you(of_firm(), view(false), false))),
        ("thank-you-own-words", untitled("thank-you", thank_you(submission(None, None), view(true), true))),
        ("thank-you-plain", untitled("thank-you", thank_you(submission(Some("Bell"), None), None, false))),
        ("submitted", untitled("submitted", submitted(of_firm(), false))),
        ("submitted-plain", untitled("submitted", submitted(submission(Some("Bell"), None), false))),
        ("submitted-expired", untitled("submitted", submitted(submission(None, None), true))),
    ]
}
