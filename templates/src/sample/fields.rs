//! Question pages, with every kind of field.

use engine::error::ErrorText;
use engine::page::{
    AnswerField, AnswerGuidanceView, Body, Cancel, ContentView, DefinitionView, DetailField, ErrorLink,
    Input, Instruction, ListRow, ListTable, LookupView, OptionField, OvertakenAnswer, Page, QuestionPage,
    SelectOption, SuggestionsView, SummaryValue, UnitView, ValueView,
};
use schema::text::Html;

type Named = (&'static str, Page<'static>);

fn html(text: &'static str) -> Html<'static> {
    Html::new(text)
}

pub(super) fn content(text: &'static str) -> ContentView<'static> {
    ContentView { description: Some(html(text)), ..ContentView::default() }
}

pub(super) fn page(title: &str, at: &str, body: Body<'static>) -> Page<'static> {
    Page {
        title: Some(title.to_owned()),
        previous: Some("/questionnaire/before/".to_owned()),
        at: at.to_owned(),
        is_refused: false,
        shown: None,
        body,
    }
}

pub(super) fn value(text: &'static str) -> SummaryValue<'static> {
    SummaryValue { value: ValueView::Text { text: html(text) }, other: None }
}

fn question(title: &'static str, answers: Vec<AnswerField<'static>>) -> QuestionPage<'static> {
    QuestionPage {
        block_id: "a-block",
        question_id: "a-question",
        title: html(title),
        is_interviewer_note: false,
        title_is_legend: answers.len() > 1,
        description: Vec::new(),
        instruction: Vec::new(),
        guidance: Vec::new(),
        definition: None,
        warning: None,
        is_date_range: false,
        is_mutually_exclusive: false,
        answers,
        question_errors: Vec::new(),
        errors: Vec::new(),
        overtaken: None,
        hub_link: None,
        cancel: None,
        section_start: None,
        list: None,
        individual: None,
    }
}

fn field(id: &str, label: Option<&'static str>, input: Input<'static>) -> AnswerField<'static> {
    AnswerField {
        id: id.to_owned(),
        label: label.map(html),
        description: None,
        guidance: None,
        is_mandatory: false,
        is_exclusive: false,
        has_fieldset: false,
        errors: Vec::new(),
        input,
    }
}

fn option(answer: &str, number: usize, label: &'static str) -> OptionField<'static> {
    OptionField {
        id: format!("{answer}-{number}"),
        value: label.into(),
        label: html(label),
        description: None,
        is_checked: false,
        detail: None,
        title: None,
        playback: None,
    }
}

fn error(key: &'static str, args: Vec<(&'static str, String)>) -> ErrorText {
    ErrorText { key, args, author: None }
}

fn detail(id: &'static str, input: Input<'static>) -> Option<Box<DetailField<'static>>> {
    Some(Box::new(DetailField {
        id,
        label: Some(html("Please say which")),
        description: None,
        is_visible: true,
        is_mandatory: false,
        has_error: false,
        input,
    }))
}

fn text(value: &str) -> Input<'static> {
    Input::Text { value: value.to_owned(), limit: None, suggestions: None }
}

fn number(unit: Option<UnitView<'static>>, width: u32) -> Input<'static> {
    Input::Number { value: "1,234".to_owned(), width, unit }
}

fn teams(value: &str) -> Input<'static> {
    Input::Dropdown {
        options: vec![SelectOption { value: "Leeds".into(), label: "Leeds & district".to_owned() }],
        placeholder: None,
        value: value.to_owned(),
    }
}

fn address(lookup: Option<LookupView<'static>>) -> Input<'static> {
    Input::Address {
        line1: "1 High Street".to_owned(),
        line2: String::new(),
        town: "Newport".to_owned(),
        postcode: "NP10 8XG".to_owned(),
        uprn: String::new(),
        lookup,
    }
}

fn date(day: bool, month: bool) -> Input<'static> {
    Input::Date {
        day: day.then(|| "5".to_owned()),
        month: month.then(|| "3".to_owned()),
        year: "2018".to_owned(),
    }
}

/// Radios with everything around them, refused.
fn refused() -> QuestionPage<'static> {
    let mut other = option("colour", 1, "Other");
    other.detail =
        detail("colour-other", text("")).map(|detail| Box::new(DetailField { has_error: true, ..*detail }));
    other.is_checked = true;
    let mut red = option("colour", 0, "Red");
    red.description = Some(html("As in a rose"));
    let mut colour = field("colour", None, Input::Radio { options: vec![red, other], can_clear: true });
    let title = ("question_title", "Which colour?".to_owned());
    colour.errors = vec![error("MANDATORY_RADIO", vec![title.clone()])];
    colour.guidance = Some(AnswerGuidanceView {
        title: "Which one to choose",
        contents: vec![content("The first you think of.")],
    });
    let mut page = question("Which colour do you like <strong>best</strong>?", vec![colour]);
    page.title_is_legend = true;
    page.description = vec![html("There is no wrong answer.")];
    page.instruction = vec![html("Read out the colours.")];
    page.warning = Some(html("You cannot change it later."));
    page.definition = Some(DefinitionView {
        title: html("What do we mean by colour?"),
        contents: vec![content("What is seen.")],
    });
    page.guidance = vec![ContentView {
        title: Some(html("Include")),
        list: vec![html("shades"), html("tints")],
        ..ContentView::default()
    }];
    page.errors =
        vec![ErrorLink { id: "colour-error".to_owned(), text: error("MANDATORY_RADIO", vec![title]) }];
    page.hub_link = Some("/questionnaire/".to_owned());
    page.section_start = Some("/questionnaire/first/".to_owned());
    page
}

/// One field of each kind, two of them wrong.
fn many() -> QuestionPage<'static> {
    let pound = UnitView { text: "£".into(), title: "GBP".into(), is_prefix: true, is_percentage: false };
    let percent = UnitView { text: "%".into(), title: "".into(), is_prefix: false, is_percentage: true };
    let mut turnover = field("turnover", Some("Turnover"), number(Some(pound), 20));
    turnover.description = Some(html("Without VAT"));
    turnover.errors = vec![error("NUMBER_TOO_LARGE", vec![("max", "£1,000".to_owned())])];
    let mut born = field("born", Some("Date of birth"), date(true, true));
    born.has_fieldset = true;
    born.description = Some(html("As in the passport"));
    born.errors = vec![error("INVALID_DATE", Vec::new())];
    let mut stay = field(
        "stay",
        Some("How long"),
        Input::Duration { years: Some("1".to_owned()), months: Some("2".to_owned()) },
    );
    stay.has_fieldset = true;
    let mut toppings = Vec::new();
    for (at, label) in ["Ham", "Cheese"].into_iter().enumerate() {
        toppings.push(option("toppings", at, label));
    }
    toppings[0].detail = detail("toppings-other", teams("Leeds"));
    toppings[1].detail = detail("toppings-count", number(None, 3));
    let mut toppings = field(
        "toppings",
        Some("Toppings"),
        Input::Checkbox { options: toppings, instruction: Some(Instruction { own: None }) },
    );
    toppings.has_fieldset = true;
    let mut notes = option("notes", 0, "Other");
    notes.detail =
        detail("notes-other", Input::Textarea { value: "a\r\nb".to_owned(), rows: 8, limit: Some(200) });
    let mut notes = field("notes", Some("Notes"), Input::Radio { options: vec![notes], can_clear: false });
    notes.has_fieldset = true;
    let limited = Input::Text { value: "<b>\"&'</b>".to_owned(), limit: Some(20), suggestions: None };
    let mut page = question(
        "Tell us more",
        vec![
            turnover,
            field("growth", Some("Growth"), number(Some(percent), 3)),
            field("count", Some("How many"), number(None, 3)),
            born,
            field("since", Some("In which year"), date(false, false)),
            stay,
            field("years", Some("Years"), Input::Duration { years: Some(String::new()), months: None }),
            field("months", Some("Months"), Input::Duration { years: None, months: Some(String::new()) }),
            field("name", Some("Name"), limited),
            field(
                "remarks",
                None,
                Input::Textarea { value: "two\nlines".to_owned(), rows: 3, limit: Some(200) },
            ),
            field("phone", Some("Mobile"), Input::MobileNumber { value: "07700 900345".to_owned() }),
            field("team", Some("Team"), teams("")),
            toppings,
            notes,
            field("home", None, address(None)),
        ],
    );
    page.errors = vec![
        ErrorLink {
            id: "turnover-error".to_owned(),
            text: error("NUMBER_TOO_LARGE", vec![("max", "£1,000".to_owned())]),
        },
        ErrorLink { id: "born-error".to_owned(), text: error("INVALID_DATE", Vec::new()) },
    ];
    page
}

fn exclusive(first: AnswerField<'static>) -> QuestionPage<'static> {
    let options = vec![option("none", 0, "I prefer not to say")];
    let mut none = field("none", None, Input::Checkbox { options, instruction: None });
    none.is_exclusive = true;
    let mut page = question("When did you leave your last job?", vec![first, none]);
    page.is_mutually_exclusive = true;
    page.question_errors = vec![error("MUTUALLY_EXCLUSIVE", Vec::new())];
    page.errors =
        vec![ErrorLink { id: "a-question-error".to_owned(), text: error("MUTUALLY_EXCLUSIVE", Vec::new()) }];
    page
}

fn collector() -> QuestionPage<'static> {
    let options = vec![option("anyone", 0, "Yes"), option("anyone", 1, "No")];
    let mut page = question(
        "Does anyone else live here?",
        vec![field("anyone", None, Input::Radio { options, can_clear: false })],
    );
    page.title_is_legend = true;
    page.list = Some(ListTable { rows: vec![row(1, true), row(2, false)] });
    page.individual = Some("/individual-response/?list_item_id=abcDEF&journey=remove-person".to_owned());
    page.cancel = Some(Cancel {
        text: Some("Don’t need to add anyone?"),
        href: Some("/questionnaire/before/".to_owned()),
    });
    page
}

pub(super) fn row(number: usize, is_primary: bool) -> ListRow<'static> {
    ListRow {
        number,
        item: format!("item{number}"),
        title: html("Ann Bell"),
        is_primary,
        is_complete: is_primary,
        change: Some("/questionnaire/people/item1/edit-person/".to_owned()),
        remove: (!is_primary).then(|| "/questionnaire/people/item1/remove-person/".to_owned()),
    }
}

fn relationship() -> QuestionPage<'static> {
    let mut wife = option("relation", 0, "Husband or wife");
    wife.title = Some(html("Ann is Cal’s <em>husband or wife</em>"));
    wife.playback = Some(html("Ann is Cal’s <em>husband or wife</em>"));
    let input = Input::Relationship { options: vec![wife], playback: html("Ann is Cal’s <em>…</em>") };
    let mut page = question("Ann is Cal’s <em>…</em>", vec![field("relation", None, input)]);
    page.title_is_legend = true;
    page.is_interviewer_note = true;
    page
}

fn looked_up() -> QuestionPage<'static> {
    let mut overtaken = question(
        "Where do you work?",
        vec![
            field(
                "work",
                None,
                address(Some(LookupView {
                    address_type: "Workplace",
                    region_code: "GB-WLS",
                    one_year_ago: true,
                })),
            ),
            field(
                "country",
                Some("Country"),
                Input::Text {
                    value: String::new(),
                    limit: None,
                    suggestions: Some(SuggestionsView {
                        url: "https://example.org/countries.json",
                        allow_multiple: true,
                    }),
                },
            ),
        ],
    );
    overtaken.overtaken = Some(vec![
        OvertakenAnswer { label: html("Country"), stored: vec![value("Wales")] },
        OvertakenAnswer { label: html("Town"), stored: Vec::new() },
    ]);
    overtaken
}

pub(super) fn pages() -> Vec<Named> {
    let shown = |title: &str, question: QuestionPage<'static>| {
        let mut page = page(title, "a-block", Body::Question(Box::new(question)));
        if let Body::Question(question) = &page.body {
            page.is_refused = !question.errors.is_empty();
        }
        page
    };
    let mut left = field("left", Some("Enter a date"), date(true, true));
    left.has_fieldset = true;
    let choices = vec![option("nation", 0, "British")];
    let checkboxes = field(
        "nation",
        None,
        Input::Checkbox { options: choices, instruction: Some(Instruction { own: Some("Pick some") }) },
    );
    let mut title = question("What is your name?", vec![field("name", None, text(""))]);
    title.description = vec![html("As in your passport.")];
    vec![
        ("question", shown("What is your name?", title)),
        ("question-refused", shown("Which colour do you like best?", refused())),
        ("question-many-answers", shown("Tell us more", many())),
        ("question-exclusive-date", shown("When did you leave your last job?", exclusive(left))),
        ("question-exclusive-checkbox", shown("What is your nationality?", exclusive(checkboxes))),
        ("list-collector", shown("Does anyone else live here?", collector())),
        ("relationship", shown("How are they related", relationship())),
        ("question-overtaken", shown("Where do you work?", looked_up())),
    ]
}
