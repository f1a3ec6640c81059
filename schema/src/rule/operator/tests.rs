#![expect(clippy::unwrap_used, reason = "tests")]

use Operator::*;

use super::*;
use crate::questionnaire::{Link, Locale};
use crate::rule::{ListPart, LocationPart, Source};
use crate::testing::{Laid, literally, number, rule, texts};
use crate::value::Date as Day;

fn is(value: impl Into<Value<'static>>) -> Operand {
    Operand::Literal(value.into())
}

fn of(rule: Rule) -> Operand {
    Operand::Rule(Box::new(rule))
}

fn null() -> Value<'static> {
    Value::Null
}

fn text(text: &'static str) -> Value<'static> {
    Value::text(text)
}

fn list<const N: usize>(items: [Value<'static>; N]) -> Value<'static> {
    Value::List(items.into())
}

fn day(text: &str) -> Value<'static> {
    Value::Date(read_date(text).unwrap())
}

/// What an operator comes to for literal operands.
fn comes_to<const N: usize>(
    operator: Operator,
    operands: [Value<'static>; N],
) -> Result<Value<'static>, FaultKind> {
    let rule = rule(operator, operands.map(Operand::Literal));
    let laid = Laid::new();
    evaluate(&rule, &laid).map(Value::into_owned).map_err(|fault| {
        assert!(!fault.pointer.0.is_empty(), "a fault says where it stands");
        fault.why
    })
}

#[track_caller]
fn says<const N: usize>(operator: Operator, operands: [Value<'static>; N], expected: bool) {
    assert!(comes_to(operator, operands) == Ok(Value::Bool(expected)), "{operator:?} is not {expected}");
}

#[test]
fn equality_is_deep_and_heedless_of_case() {
    for (one, other, same) in [
        (text("CaseInsensitive"), text("caseInsensitive"), true),
        (text("Straße"), text("STRASSE"), true),
        (text("Éire"), text("éire"), true),
        (text("Yes"), text("No"), false),
        (number("1.0"), number("1"), true),
        (null(), null(), true),
        (null(), number("1"), false),
        (null(), text(""), false),
        (text("1"), number("1"), false),
        (Value::Bool(true), Value::Bool(true), true),
        (Value::Bool(true), text("True"), false),
        (day("2021-01-01"), day("2021"), true),
        (day("2021-01-01"), text("2021-01-01"), false),
        (texts(["A", "b"]), texts(["a", "B"]), true),
        (texts(["a", "b"]), texts(["b", "a"]), false),
        (texts(["a"]), texts(["a", "b"]), false),
        (list([null()]), list([null()]), true),
    ] {
        says(Equal, [one.clone(), other.clone()], same);
        says(NotEqual, [one, other], !same);
    }
}

#[test]
fn order_is_that_of_the_kind_and_nothing_is_neither_before_nor_after() {
    for (one, other, greater, less) in [
        (number("2"), number("1.99"), true, false),
        (number("1"), number("1.0"), false, false),
        (text("b"), text("a"), true, false),
        (text("2016-03-01"), text("2016-03-02"), false, true),
        (day("2021-01-02"), day("2021-01-01"), true, false),
    ] {
        says(Greater, [one.clone(), other.clone()], greater);
        says(Less, [one.clone(), other.clone()], less);
        says(GreaterOrEqual, [one.clone(), other.clone()], !less);
        says(LessOrEqual, [one, other], !greater);
    }
    for operator in [Greater, Less, GreaterOrEqual, LessOrEqual] {
        says(operator, [null(), number("1")], false);
        says(operator, [number("1"), null()], false);
        says(operator, [null(), null()], false);
        says(operator, [day("2021"), null()], false);
        assert!(matches!(comes_to(operator, [text("1"), number("1")]), Err(FaultKind::WrongKind(_))));
        assert!(matches!(comes_to(operator, [day("2021"), text("2021")]), Err(FaultKind::WrongKind(_))));
    }
}

#[test]
fn in_looks_through_a_list_or_a_text() {
    for (value, whole, found) in [
        (text("yes"), texts(["No", "YES"]), true),
        (text("Maybe"), texts(["No", "Yes"]), false),
        (number("1.0"), list([number("1")]), true),
        (null(), list([null(), number("1")]), true),
        (null(), texts(["Yes"]), false),
        (text("Yes"), null(), false),
        (text("ESSE"), text("Messenger"), true),
        (text("x"), text("Messenger"), false),
        (texts(["a"]), list([texts(["A"])]), true),
    ] {
        says(In, [value, whole], found);
    }
    assert!(matches!(comes_to(In, [text("1"), number("1")]), Err(FaultKind::WrongKind(_))));
    assert!(matches!(comes_to(In, [null(), text("1")]), Err(FaultKind::WrongKind(_))));
}

#[test]
fn all_in_and_any_in_compare_lists() {
    for (these, those, all, any) in [
        (texts(["other"]), texts(["No", "Other"]), true, true),
        (texts(["No", "Maybe"]), texts(["No", "Other"]), false, true),
        (texts(["Maybe"]), texts(["No"]), false, false),
        (list([null(), number("1")]), list([number("1"), null(), number("3")]), true, true),
        (list([]), texts(["No"]), true, false),
        (null(), texts(["No"]), false, false),
        (texts(["Yes"]), null(), false, false),
    ] {
        says(AllIn, [these.clone(), those.clone()], all);
        says(AnyIn, [these, those], any);
    }
}

#[test]
fn and_or_and_not_go_by_truthiness() {
    let (yes, no) = (Value::Bool(true), Value::Bool(false));
    says(And, [yes.clone(), yes.clone()], true);
    says(And, [yes.clone(), no.clone()], false);
    says(Or, [no.clone(), yes.clone()], true);
    says(Or, [no.clone(), no.clone()], false);
    for (value, truthy) in [
        (number("2"), true),
        (number("0.0"), false),
        (null(), false),
        (text(""), false),
        (text("False"), true),
        (list([]), false),
        (list([null()]), true),
    ] {
        says(Not, [value], !truthy);
    }
    assert_eq!(holds(&rule(Count, [is(texts(["a"]))]), &Laid::new()), Ok(true));
    assert_eq!(holds(&rule(Count, [is(null())]), &Laid::new()), Ok(false));
}

#[test]
fn and_and_or_look_no_further_than_they_must() {
    for (operator, decides) in [(And, false), (Or, true)] {
        let mut laid = Laid::new();
        let first = laid.answered("first", Value::Bool(decides));
        let second = laid.answered("second", Value::Bool(true));
        let rule = rule(operator, [Operand::Source(first), Operand::Source(second)]);
        assert_eq!(holds(&rule, &laid), Ok(decides));
        assert_eq!(laid.looked_at.borrow().len(), 1, "{operator:?}");
    }
}

#[test]
fn count_is_the_length_of_a_list() {
    assert!(comes_to(Count, [texts(["a", "b"])]) == Ok(number("2")));
    assert!(comes_to(Count, [list([])]) == Ok(number("0")));
    assert!(comes_to(Count, [null()]) == Ok(number("0")));
}

#[test]
fn a_sum_takes_the_numbers_and_leaves_the_rest() {
    let nested = list([number("2"), list([number("3.50"), null()]), text("4")]);
    assert!(comes_to(Sum, [number("1"), nested, null(), text("9"), Value::Bool(true)]) == Ok(number("7.50")));
    assert!(comes_to(Sum, [null()]) == Ok(number("0")));
    assert!(comes_to(Sum, [text("5"), list([])]) == Ok(number("0")));
    let Ok(Value::Number(sum)) = comes_to(Sum, [number("1.10"), number("2")]) else { unreachable!() };
    assert_eq!(sum.to_string(), "3.10");
}

#[test]
fn a_date_is_read_and_moved() {
    for (value, date) in [
        (text("2016-03-01"), day("2016-03-01")),
        (text("2016-03"), day("2016-03-01")),
        (text("2016"), day("2016-01-01")),
        (text("2016-03-01T22:30:00-05:00"), day("2016-03-01")),
        (text("now"), day("2021-01-01")),
        (day("2016-03-01"), day("2016-03-01")),
        (null(), null()),
        (text(""), null()),
    ] {
        assert!(comes_to(Operator::Date, [value]) == Ok(date));
    }
    assert!(matches!(comes_to(Operator::Date, [text("soon")]), Err(FaultKind::WrongKind(_))));
    let back = Offset { days: -7, months: 1, years: -1, day_of_week: None };
    let moved = rule(Operator::Date, [is(text("2016-02-29")), Operand::Offset(back)]);
    assert!(evaluate(&moved, &Laid::new()) == Ok(day("2015-03-22")));
    let never = rule(Operator::Date, [is(null()), Operand::Offset(back)]);
    assert!(evaluate(&never, &Laid::new()) == Ok(null()));
}

#[test]
fn dates_that_are_not_there_equal_only_each_other() {
    let date = |value| of(rule(Operator::Date, [is(value)]));
    let laid = Laid::new();
    assert_eq!(holds(&rule(Equal, [date(null()), date(text("2021-01-01"))]), &laid), Ok(false));
    assert_eq!(holds(&rule(Equal, [date(null()), date(null())]), &laid), Ok(true));
    assert_eq!(holds(&rule(Less, [date(text("2021-01-01")), is(null())]), &laid), Ok(false));
}

#[test]
fn map_carries_a_function_out_for_each_date_of_a_range() {
    let first = of(rule(Operator::Date, [is(text("2021-02-27"))]));
    let range = rule(DateRange, [first, is(number("3"))]);
    let function = of(rule(FormatDate, [Operand::Itself, is(text("EEEE d MMMM"))]));
    let mapped = rule(Map, [function, of(range)]);
    let expected = texts(["Saturday 27 February", "Sunday 28 February", "Monday 1 March"]);
    assert!(evaluate(&mapped, &Laid::new()) == Ok(expected));
    let welsh = texts(["Dydd Sadwrn 27 Chwefror", "Dydd Sul 28 Chwefror", "Dydd Llun 1 Mawrth"]);
    assert!(evaluate(&mapped, &Laid::in_locale(Locale::Cy)) == Ok(welsh));
    let expected = texts(["Saturday 27 February", "Sunday 28 February", "Monday 1 March"]);
    assert!(evaluate(&mapped, &Laid::in_locale(Locale::Eo)) == Ok(expected));
}

#[test]
fn itself_is_put_in_at_any_depth() {
    let date = of(rule(Operator::Date, [Operand::Itself]));
    let function = rule(FormatDate, [date, is(text("yyyy-MM"))]);
    let itself = text("2021-03-04");
    assert!(evaluate_with(&function, &itself, &Laid::new()) == Ok(text("2021-03")));
    assert!(evaluate(&function, &Laid::new()).is_err());
    let nothing = rule(Map, [of(function), is(null())]);
    assert!(evaluate(&nothing, &Laid::new()) == Ok(list([])));
}

#[test]
fn an_option_s_label_is_found_by_its_value_as_plain_text() {
    let mut laid = Laid::new();
    laid.answered("colour", null());
    laid.ask(
        "colour",
        vec![("Red", literally("A <b>red</b> &amp; shiny one")), ("Blue", literally("A blue one"))],
    );
    let label = |value, answer| rule(OptionLabelFromValue, [is(text(value)), is(text(answer))]);
    assert!(evaluate(&label("Red", "colour"), &laid) == Ok(text("A red & shiny one")));
    assert!(evaluate(&label("Blue", "colour"), &laid) == Ok(text("A blue one")));
    assert_eq!(
        evaluate(&label("Green", "colour"), &laid).map_err(|fault| fault.why),
        Err(FaultKind::NoSuchOption)
    );
    assert_eq!(
        evaluate(&label("Red", "shape"), &laid).map_err(|fault| fault.why),
        Err(FaultKind::Dangling("shape".into()))
    );
}

#[test]
fn concatenate_is_carried_out_by_nobody() {
    let fault = comes_to(Concatenate, [texts(["a"]), text(" ")]);
    assert!(fault == Err(FaultKind::NotCarriedOut("concatenate".into())));
}

#[test]
fn a_source_is_worth_what_is_there() {
    let mut laid = Laid::new();
    laid.metadata.insert("ru_name", text("Apple"));
    let mut address = laid.answered("address", Value::Parts(vec![("town".into(), text("Newport"))]));
    let sources = [
        (Source::Metadata("ru_name".into()), text("Apple")),
        (Source::Metadata("trad_as".into()), null()),
        (Source::ResponseMetadata("started_at".into()), text("2018-07-04T14:49:33.448608+00:00")),
        (Source::ResponseMetadata("other".into()), null()),
        (laid.listed(2, ListPart::Items), texts(["item00", "item01"])),
        (laid.listed(2, ListPart::Count), number("2")),
        (laid.listed(2, ListPart::First), text("item00")),
        (laid.listed(2, ListPart::PrimaryPerson), text("item01")),
        (laid.listed(0, ListPart::PrimaryPerson), null()),
        (laid.listed(2, ListPart::SameNameItems), texts(["item00"])),
        (Source::List(Link::Dangling("ghosts".into()), ListPart::Items), list([])),
        (Source::List(Link::Dangling("ghosts".into()), ListPart::Count), number("0")),
        (Source::Location(LocationPart::Item), null()),
        (Source::Location(LocationPart::To), null()),
        (address.clone(), null()),
    ];
    for (source, value) in &sources {
        assert!(resolve(source, &laid) == Ok(value.clone()), "{source:?}");
    }
    for (part, value) in [("town", text("Newport")), ("line1", null())] {
        let Source::Answer(source) = &mut address else { unreachable!() };
        source.part = Some(part.into());
        assert!(resolve(&address, &laid) == Ok(value));
    }
    let first = laid.listed(0, ListPart::First);
    assert_eq!(resolve(&first, &laid).map_err(|fault| fault.why), Err(FaultKind::FirstOfEmptyList));
}

#[test]
fn a_fault_says_the_rule_nearest_to_it() {
    let inner = rule(Greater, [is(text("1")), is(number("1"))]);
    let outer = rule(Not, [of(inner)]);
    assert_eq!(&*evaluate(&outer, &Laid::new()).unwrap_err().pointer.0, "/Greater");
}

#[test]
fn a_date_range_ends_with_the_calendar() {
    let range = rule(DateRange, [is(day("9999-12-31")), is(number("3"))]);
    assert!(evaluate(&range, &Laid::new()) == Ok(Value::List(vec![Value::Date(Day::MAX)])));
}
