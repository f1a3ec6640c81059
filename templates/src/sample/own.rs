//! Pages of ours.

use schema::text::Html;

use crate::page::{
    DemoFacts, DemoField, DemoGroup, DemoLanguage, DemoLaunch, DemoList, DemoQuestionnaire, DemoSubmitted,
    EmailConfirmPage, EmailSendPage, EmailSentPage, FeedbackPage, InformationPage, Limit, OwnError, OwnPage,
};

pub(super) fn pages() -> Vec<(&'static str, OwnPage<'static>)> {
    let field = |name, kind, error: Option<&str>| DemoField {
        name,
        kind,
        value: "Bell".to_owned(),
        is_optional: error.is_none(),
        error: error.map(str::to_owned),
    };
    let launch = DemoLaunch {
        title: "Annual survey",
        description: Some("Of turnover and people."),
        back: "/demo/",
        languages: vec![
            DemoLanguage { code: "en", name: "English", is_chosen: true },
            DemoLanguage { code: "cy", name: "Cymraeg", is_chosen: false },
        ],
        fields: vec![
            field("ru_name", "string", None),
            field("ref_p_start_date", "date", Some("Enter a date")),
            field("is_new", "boolean", None),
            field("case", "uuid", None),
            field("site", "url", None),
        ],
    };
    let list = DemoList {
        groups: ["published", "surveys", "features", "others"]
            .map(|name| DemoGroup {
                name,
                questionnaires: vec![DemoQuestionnaire {
                    title: "Annual survey",
                    description: (name != "others").then_some("Of turnover and people."),
                    href: "/demo/annual".to_owned(),
                    facts: match name {
                        "published" => DemoFacts::Published { version: 3 },
                        _ => DemoFacts::Sample { theme: "business", pages: 12 },
                    },
                    languages: vec!["English", "Cymraeg"],
                }],
            })
            .into(),
    };
    vec![
        ("sign-in", OwnPage::SignIn),
        ("submission-complete", OwnPage::SubmissionComplete { back: "/submitted/thank-you/" }),
        ("forbidden", OwnPage::Forbidden),
        ("not-found", OwnPage::NotFound),
        ("too-many-codes", OwnPage::TooMany { limit: Limit::AccessCodes }),
        ("too-many-feedback", OwnPage::TooMany { limit: Limit::Feedback }),
        ("problem", OwnPage::Problem { reference: Some("7QK2-PM4X") }),
        (
            "unavailable",
            OwnPage::Unavailable { reference: Some("7QK2-PM4X"), form: vec![("name", "Ann \"Bell\"")] },
        ),
        (
            "no-pdf",
            OwnPage::NoPdf {
                reference: Some("7QK2-PM4X"),
                again: "/submitted/download-pdf",
                back: "/submitted/view-response/",
            },
        ),
        ("unavailable-page", OwnPage::Unavailable { reference: None, form: Vec::new() }),
        ("feedback", OwnPage::Feedback(FeedbackPage { chosen: None, text: "", errors: vec![] })),
        (
            "feedback-wrong",
            OwnPage::Feedback(FeedbackPage {
                chosen: Some(1),
                text: "<b>\"&'",
                errors: vec![OwnError::FEEDBACK_KIND, OwnError::FEEDBACK_MISSING],
            }),
        ),
        ("feedback-sent", OwnPage::FeedbackSent),
        ("email-send", OwnPage::EmailSend(EmailSendPage { value: "ann@example.com", errors: vec![] })),
        (
            "email-send-wrong",
            OwnPage::EmailSend(EmailSendPage { value: "ann", errors: vec![OwnError::EMAIL_INVALID] }),
        ),
        (
            "email-confirm",
            OwnPage::EmailConfirm(EmailConfirmPage { address: "ann@example.com", errors: vec![] }),
        ),
        (
            "email-confirm-wrong",
            OwnPage::EmailConfirm(EmailConfirmPage {
                address: "ann@example.com",
                errors: vec![OwnError::EMAIL_UNCONFIRMED],
            }),
        ),
        (
            "email-sent",
            OwnPage::EmailSent(EmailSentPage {
                address: "ann@example.com",
                sender: "surveys@example.com",
                can_send_another: true,
                has_feedback: true,
            }),
        ),
        ("signed-out", OwnPage::SignedOut),
        ("cookies", OwnPage::Cookies(InformationPage::default())),
        ("privacy", OwnPage::Privacy(InformationPage::default())),
        (
            "accessibility",
            OwnPage::Accessibility(InformationPage {
                body: Some(Html::new("<p>We test with people.</p>")),
                language: Some("en"),
            }),
        ),
        ("demo-list", OwnPage::DemoList(list)),
        ("demo-launch", OwnPage::DemoLaunch(launch)),
        (
            "demo-submitted",
            OwnPage::DemoSubmitted(DemoSubmitted {
                json: "{\n  \"tx_id\": \"…\"\n}".to_owned(),
                back: "/demo/",
            }),
        ),
    ]
}
