use TransformKind::*;

use super::*;
use crate::questionnaire::{BlockIx, Link};
use crate::rule::Source;
use crate::testing::{Laid, literally, number, placeholder, text_of, texts, transform};
use crate::text::{Forms, Piece, words};

fn is(value: Value<'static>) -> Argument {
    Argument::Literal(value)
}

fn text(text: &'static str) -> Argument {
    is(Value::text(text))
}

fn null() -> Argument {
    is(Value::Null)
}

fn digits(digits: &str) -> Argument {
    is(number(digits))
}

/// What a placeholder of those transforms shows.
fn shown_in(laid: &Laid, transforms: Vec<Transform>) -> Result<String, FaultKind> {
    let text =
        text_of(Forms::One(vec![Piece::Slot(0)]), vec![placeholder("it", Fill::Transforms(transforms))]);
    words(&text, LanguageIx::BASE, laid).map(|html| html.html.into_owned()).map_err(|fault| fault.why)
}

fn shown<const N: usize>(kind: TransformKind, arguments: [(&str, Argument); N]) -> Result<String, FaultKind> {
    shown_in(&Laid::new(), vec![transform(kind, arguments)])
}

fn shown_as<const N: usize>(locale: Locale, kind: TransformKind, arguments: [(&str, Argument); N]) -> String {
    shown_in(&Laid::in_locale(locale), vec![transform(kind, arguments)]).unwrap_or_default()
}

#[track_caller]
fn is_wrong(result: Result<String, FaultKind>) {
    assert!(matches!(result, Err(FaultKind::WrongKind(_))), "{result:?}");
}

#[test]
fn format_currency_takes_its_decimals_from_the_source() {
    for (decimal_places, value, pounds) in
        [(2, "10", "£10.00"), (1, "10.5", "£10.5"), (0, "10", "£10"), (2, "1234567.5", "£1,234,567.50")]
    {
        let mut laid = Laid::new();
        let source = laid.answered("sum", number(value));
        laid.questionnaire.answers[0].decimal_places = decimal_places;
        laid.questionnaire.dependencies.summed_answers =
            vec![laid.questionnaire.names.answers.values().copied().collect()];
        laid.total = number(value);
        for source in [
            source,
            Source::CalculatedSummary(Link::To(BlockIx(0))),
            Source::GrandCalculatedSummary(Link::To(BlockIx(0))),
        ] {
            let transforms = vec![transform(FormatCurrency, [("number", Argument::Source(source))])];
            assert_eq!(shown_in(&laid, transforms).as_deref(), Ok(pounds));
        }
    }
    assert_eq!(shown(FormatCurrency, [("number", digits("10"))]).as_deref(), Ok("£10"));
    assert_eq!(shown_as(Locale::Eo, FormatCurrency, [("number", digits("1234.5"))]), "£1,234.50");
}

#[test]
fn numbers_are_formatted_and_nothing_where_there_is_none() {
    assert_eq!(shown(FormatNumber, [("number", digits("1234.50"))]).as_deref(), Ok("1,234.50"));
    assert_eq!(shown(FormatPercentage, [("value", digits("1500"))]).as_deref(), Ok("1500%"));
    let mile = |length: Option<&'static str>| {
        let length = length.map_or_else(null, text);
        shown(FormatUnit, [("value", digits("2")), ("unit", text("length-mile")), ("unit_length", length)])
    };
    assert_eq!(mile(None).as_deref(), Ok("2 mi"));
    assert_eq!(mile(Some("narrow")).as_deref(), Ok("2mi"));
    assert_eq!(mile(Some("long")).as_deref(), Ok("2 miles"));
    let slug = shown(FormatUnit, [("value", digits("2")), ("unit", text("mass-slug"))]);
    assert_eq!(slug, Err(FaultKind::UnknownUnit("mass-slug".into())));
    for (kind, name) in [(FormatCurrency, "number"), (FormatNumber, "number"), (FormatPercentage, "value")] {
        assert_eq!(shown(kind, [(name, null())]).as_deref(), Ok(""));
        is_wrong(shown(kind, [(name, text("many"))]));
    }
}

#[test]
fn format_date_writes_full_dates_only() {
    let on = |date, pattern| [("date_to_format", text(date)), ("date_format", text(pattern))];
    assert_eq!(
        shown(FormatDate, on("2021-09-05", "EEEE d MMMM yyyy")).as_deref(),
        Ok("Sunday 5 September 2021")
    );
    assert_eq!(shown_as(Locale::Cy, FormatDate, on("2021-09-05", "d MMMM yyyy")), "5 Medi 2021");
    assert_eq!(shown_as(Locale::Ga, FormatDate, on("2021-09-05", "d MMMM yyyy")), "5 Meán Fómhair 2021");
    assert_eq!(shown_as(Locale::Eo, FormatDate, on("2021-09-05", "EEEE d MMMM")), "Sunday 5 September");
    for date in ["2021-09", "2021", "", "2021-09-05T10:00:00", "2021-02-30"] {
        is_wrong(shown(FormatDate, on(date, "d MMMM yyyy")));
    }
    is_wrong(shown(FormatDate, [("date_to_format", null()), ("date_format", text("d MMMM yyyy"))]));
}

#[test]
fn format_date_range_says_no_more_of_the_start_than_it_must() {
    for (start, end, range) in [
        ("2021-09-01", "2021-09-15", "Wednesday 1 to Wednesday 15 September 2021"),
        ("2021-09-27", "2021-10-03", "Monday 27 September to Sunday 3 October 2021"),
        ("2020-12-28", "2021-01-03", "Monday 28 December 2020 to Sunday 3 January 2021"),
        ("2020-09-01", "2021-09-01", "Tuesday 1 September 2020 to Wednesday 1 September 2021"),
    ] {
        let dates = Argument::Many(vec![text(start), text(end)]);
        assert_eq!(shown(FormatDateRange, [("date_range", dates)]).as_deref(), Ok(range));
    }
    let dates = Argument::Many(vec![text("2021-09-01"), text("2021-09-15")]);
    let welsh = "Dydd Mercher 1 to Dydd Mercher 15 Medi 2021";
    assert_eq!(shown_as(Locale::Cy, FormatDateRange, [("date_range", dates)]), welsh);
}

#[test]
fn date_range_bounds_are_whole_weeks_from_the_first_day_of_one() {
    for (reference, weeks, first_day, range) in [
        ("2021-09-26", "-1", Some("MONDAY"), "2021-09-13, 2021-09-19"),
        ("2021-09-27", "-1", Some("MONDAY"), "2021-09-20, 2021-09-26"),
        ("2021-09-27", "-1", None, "2021-09-20, 2021-09-26"),
        ("2021-09-22", "-1", Some("THURSDAY"), "2021-09-09, 2021-09-15"),
        ("2021-09-22", "0", Some("THURSDAY"), "2021-09-16, 2021-09-22"),
    ] {
        let arguments = [
            ("reference_date", text(reference)),
            ("offset_full_weeks", digits(weeks)),
            ("days_in_range", digits("7")),
            ("first_day_of_week", first_day.map_or_else(null, text)),
        ];
        assert_eq!(shown(DateRangeBounds, arguments).as_deref(), Ok(range));
    }
    let bounds = transform(
        DateRangeBounds,
        [
            ("reference_date", text("2021-09-26")),
            ("offset_full_weeks", digits("-1")),
            ("days_in_range", digits("7")),
        ],
    );
    let range = transform(FormatDateRange, [("date_range", Argument::Previous)]);
    assert_eq!(
        shown_in(&Laid::new(), vec![bounds, range]).as_deref(),
        Ok("Monday 13 to Sunday 19 September 2021")
    );
}

#[test]
fn calculate_date_difference_says_the_largest_whole_unit() {
    for (first, second, says) in [
        ("2016-06-10", "2019-09-10", "3 years"),
        ("2018-09-11", "2019-09-10", "11 months"),
        ("2018-09-10", "2019-09-10", "1 year"),
        ("2019-08-10", "2019-09-10", "1 month"),
        ("2019-08-31", "2019-09-30", "1 month"),
        ("2019-09-09", "2019-09-10", "1 day"),
        ("2019-09-10", "2019-09-10", "0 days"),
        ("2019-09-10", "2019-09-09", "-1 days"),
        ("2019-09-10", "2016-09-10", "-3 years"),
        ("2016-02-29", "2017-02-28", "1 year"),
        ("2016", "2019-09-10", "3 years"),
        ("2019-08", "2019-09-10", "1 month"),
        ("2019-09-09T23:59:00+00:00", "2019-09-10", "1 day"),
        ("2019-01-01", "now", "2 years"),
    ] {
        let dates = [("first_date", text(first)), ("second_date", text(second))];
        assert_eq!(shown(CalculateDateDifference, dates).as_deref(), Ok(says), "{first} {second}");
    }
    is_wrong(shown(CalculateDateDifference, [("first_date", null()), ("second_date", text("now"))]));
}

#[test]
fn calculate_date_difference_speaks_the_language_of_the_page() {
    for (locale, second, says) in [
        (Locale::Cy, "2001-01-01", "1 flwyddyn"),
        (Locale::Cy, "2002-01-01", "2 flynedd"),
        (Locale::Cy, "2003-01-01", "3 blynedd"),
        (Locale::Cy, "2006-01-01", "6 blynedd"),
        (Locale::Cy, "2007-01-01", "7 o flynyddoedd"),
        (Locale::Cy, "2000-03-01", "2 fis"),
        (Locale::Cy, "2000-04-01", "3 mis"),
        (Locale::Ga, "2001-01-01", "1 bliain"),
        (Locale::Ga, "2003-01-01", "3 blianta"),
        (Locale::Ga, "2000-02-01", "1 mí"),
        (Locale::Ga, "2000-03-01", "2 míonna"),
        (Locale::Eo, "2001-01-01", "1 twalmond"),
        (Locale::Eo, "2002-01-01", "2 yeirs"),
        (Locale::Eo, "2000-03-01", "2 monds"),
    ] {
        let dates = [("first_date", text("2000-01-01")), ("second_date", text(second))];
        assert_eq!(shown_as(locale, CalculateDateDifference, dates), says);
    }
}

#[test]
fn concatenate_list_joins_what_is_not_empty() {
    for (items, joined) in [
        (vec![text("Ann"), null(), text(""), text("Lee")], "Ann Lee"),
        (vec![text("<Ann>")], "&lt;Ann&gt;"),
        (vec![is(texts(["a", "b"])), text("c")], "a b c"),
        (vec![null()], ""),
    ] {
        let list = Argument::Many(items);
        let arguments = [("list_to_concatenate", list), ("delimiter", text(" "))];
        assert_eq!(shown(ConcatenateList, arguments).as_deref(), Ok(joined));
    }
    let numbers = Argument::Many(vec![digits("1")]);
    is_wrong(shown(ConcatenateList, [("list_to_concatenate", numbers), ("delimiter", text(" "))]));
}

#[test]
fn format_list_makes_bullets_of_escaped_items() {
    let list = |items| shown(FormatList, [("list_to_format", items)]);
    let bullets = "<ul><li>a</li><li>&lt;b&gt;</li></ul>";
    assert_eq!(
        list(is(Value::List(vec![Value::text("a"), Value::text(""), Value::text("<b>")]))).as_deref(),
        Ok(bullets)
    );
    assert_eq!(list(null()).as_deref(), Ok(""));
    assert_eq!(list(is(Value::List(Vec::new()))).as_deref(), Ok(""));
}

#[test]
fn lists_are_counted_and_looked_into() {
    let people = || is(texts(["a", "b"]));
    assert_eq!(shown(ListItemCount, [("list_to_count", people())]).as_deref(), Ok("2"));
    assert_eq!(shown(ListItemCount, [("list_to_count", null())]).as_deref(), Ok("0"));
    assert_eq!(shown(ListHasItems, [("list_to_check", people())]).as_deref(), Ok("True"));
    assert_eq!(shown(ListHasItems, [("list_to_check", is(Value::List(Vec::new())))]).as_deref(), Ok("False"));
    is_wrong(shown(ListHasItems, [("list_to_check", null())]));
    assert_eq!(shown(Contains, [("list_to_check", people()), ("value", text("b"))]).as_deref(), Ok("True"));
    assert_eq!(shown(Contains, [("list_to_check", people()), ("value", text("B"))]).as_deref(), Ok("False"));
    is_wrong(shown(Contains, [("list_to_check", null()), ("value", text("b"))]));
}

#[test]
fn first_non_empty_item_passes_over_what_is_off_the_path() {
    let mut laid = Laid::new();
    let [off, empty, zero] = [("off", Value::text("x")), ("empty", Value::Null), ("zero", number("0"))]
        .map(|(id, value)| Argument::Source(laid.answered(id, value)));
    laid.off_path = vec![laid.questionnaire.names.answers["off"]];
    let first = |items| vec![transform(FirstNonEmptyItem, [("items", Argument::Many(items))])];
    assert_eq!(shown_in(&laid, first(vec![off.clone(), empty.clone(), zero])).as_deref(), Ok("0"));
    assert_eq!(shown_in(&laid, first(vec![off, empty])).as_deref(), Ok(""));
    let metadata = Argument::Source(Source::Metadata("ru_name".into()));
    laid.metadata.insert("ru_name", Value::text("Apple"));
    assert_eq!(shown_in(&laid, first(vec![null(), metadata])).as_deref(), Ok("Apple"));
}

#[test]
fn format_name_has_middle_names_if_asked_for_and_there() {
    for (middle, include, name) in [
        (text("Jo"), true, "Ann Jo Lee"),
        (text("Jo"), false, "Ann Lee"),
        (null(), true, "Ann Lee"),
        (text(""), true, "Ann Lee"),
    ] {
        let arguments = [
            ("first_name", text("Ann")),
            ("middle_names", middle),
            ("last_name", text("Lee")),
            ("include_middle_names", is(Value::Bool(include))),
        ];
        assert_eq!(shown(FormatName, arguments).as_deref(), Ok(name));
    }
}

#[test]
fn format_possessive_is_english() {
    for (name, possessive) in [
        ("Alice", "Alice’s"),
        ("Chris", "Chris’"),
        ("CHRIS", "CHRIS’"),
        ("Alice's", "Alice’s"),
        ("Alice’S", "Alice’s"),
        ("", ""),
    ] {
        assert_eq!(shown(FormatPossessive, [("string_to_format", text(name))]).as_deref(), Ok(possessive));
    }
    for locale in [Locale::Cy, Locale::Ga, Locale::Eo] {
        assert_eq!(shown_as(locale, FormatPossessive, [("string_to_format", text("Chris"))]), "Chris");
    }
}

#[test]
fn format_ordinal_has_an_ending_for_each_language() {
    let ordinal = |locale, number: i32| {
        shown_as(locale, FormatOrdinal, [("number_to_format", digits(&number.to_string()))])
    };
    for (number, english) in [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (111, "111th"),
        (122, "122nd"),
    ] {
        assert_eq!(ordinal(Locale::En, number), english);
        assert_eq!(ordinal(Locale::Eo, number), english);
        assert_eq!(ordinal(Locale::Ga, number), format!("{number}ú"));
    }
    for (number, welsh) in [
        (1, "1af"),
        (2, "2il"),
        (3, "3ydd"),
        (4, "4ydd"),
        (5, "5ed"),
        (6, "6ed"),
        (7, "7fed"),
        (10, "10fed"),
        (11, "11eg"),
        (12, "12fed"),
        (13, "13eg"),
        (14, "14eg"),
        (15, "15fed"),
        (16, "16eg"),
        (17, "17eg"),
        (18, "18fed"),
        (19, "19eg"),
        (20, "20fed"),
        (21, "21ain"),
        (100, "100ain"),
    ] {
        assert_eq!(ordinal(Locale::Cy, number), welsh);
    }
    for (number, english) in [
        (1, "a 1st"),
        (8, "an 8th"),
        (11, "an 11th"),
        (18, "an 18th"),
        (80, "an 80th"),
        (81, "an 81st"),
        (110, "a 110th"),
        (181, "a 181st"),
    ] {
        let arguments =
            || [("number_to_format", digits(&number.to_string())), ("determiner", text("a_or_an"))];
        assert_eq!(shown(FormatOrdinal, arguments()).as_deref(), Ok(english));
        assert!(!shown_as(Locale::Cy, FormatOrdinal, arguments()).starts_with('a'));
    }
}

#[test]
fn add_adds_two_numbers() {
    assert_eq!(shown(Add, [("lhs", digits("1.50")), ("rhs", digits("2"))]).as_deref(), Ok("3.50"));
    is_wrong(shown(Add, [("lhs", null()), ("rhs", digits("2"))]));
}

#[test]
fn links_escape_what_they_are_made_of() {
    let phone = shown(TelephoneNumberLink, [("telephone_number", text("0800 123 4567"))]);
    assert_eq!(phone.as_deref(), Ok("<a href=\"tel:08001234567\">0800 123 4567</a>"));
    let mail = |subject, append| {
        shown(
            EmailLink,
            [("email_address", text("a@b.uk")), ("email_subject", subject), ("email_subject_append", append)],
        )
    };
    assert_eq!(mail(null(), null()).as_deref(), Ok("<a href=\"mailto:a@b.uk\">a@b.uk</a>"));
    assert_eq!(
        mail(text("Change of details?"), text("123 é")).as_deref(),
        Ok("<a href=\"mailto:a@b.uk?subject=Change%20of%20details%3F%20123%20%C3%A9\">a@b.uk</a>")
    );
    assert_eq!(
        mail(text("Help"), text("")).as_deref(),
        Ok("<a href=\"mailto:a@b.uk?subject=Help\">a@b.uk</a>")
    );
    let attack = shown(EmailLink, [("email_address", text("\"><script>"))]);
    assert_eq!(
        attack.as_deref(),
        Ok("<a href=\"mailto:&#34;&gt;&lt;script&gt;\">&#34;&gt;&lt;script&gt;</a>")
    );
}

#[test]
fn an_option_s_label_is_the_author_s_markup() {
    let mut laid = Laid::new();
    laid.answered("colour", Value::Null);
    let colour = laid.ask("colour", vec![("Red", literally("A <b>red</b> one"))]);
    let label = |value| {
        transform(
            OptionLabelFromValue,
            [("value", text(value)), ("answer_id", Argument::Answer(Link::To(colour)))],
        )
    };
    assert_eq!(shown_in(&laid, vec![label("Red")]).as_deref(), Ok("A <b>red</b> one"));
    assert_eq!(shown_in(&laid, vec![label("Blue")]), Err(FaultKind::NoSuchOption));
    let possessive = transform(FormatPossessive, [("string_to_format", Argument::Previous)]);
    assert_eq!(shown_in(&laid, vec![label("Red"), possessive]).as_deref(), Ok("A red one’s"));
}

#[test]
fn a_trading_name_stands_in_brackets_if_there_is_one() {
    let trading = |name| shown(ConditionalTradAs, [("trad_as", name)]);
    assert_eq!(trading(text("M&S")).as_deref(), Ok(" (M&amp;S)"));
    assert_eq!(trading(null()).as_deref(), Ok(""));
}

#[test]
fn transforms_that_nobody_carries_out_are_faults() {
    for (kind, name) in [(NumberToWords, "number_to_words"), (RemoveEmpty, "remove_empty")] {
        assert_eq!(shown(kind, []), Err(FaultKind::NotCarriedOut(name.into())));
    }
}
