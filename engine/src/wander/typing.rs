//! What is typed into a form: what a question takes, or what comes to a wanderer's hand.

use schema::format::symbols;
use schema::questionnaire::{AnswerKind, Locale, Period, Precision, QuestionKind};
use schema::value::{Date, Number};

use super::Dice;
use crate::form::{Asked, AskedAnswer, Limits};

/// A question, as one needs to know it to answer it. An HTTP driver can make one of a page's fields.
#[derive(Clone, Debug)]
pub struct Blank {
    pub fields: Vec<Field>,
    pub whole: Whole,
}

/// What holds between the fields.
#[derive(Clone, Debug)]
pub enum Whole {
    Free,
    /// All but the last, or the last.
    Either,
    /// Two dates, so far apart.
    Range {
        least: Period,
        most: Option<Period>,
    },
    /// They add up to something, which only an error tells.
    Total,
}

#[derive(Clone, Debug)]
pub struct Field {
    /// The name, or what the names of its parts begin with.
    pub name: String,
    pub is_mandatory: bool,
    pub takes: Takes,
}

#[derive(Clone, Debug)]
pub enum Takes {
    Text {
        longest: usize,
    },
    Number {
        least: Number,
        most: Number,
        places: u32,
    },
    Date {
        precision: Precision,
        first: Date,
        last: Date,
    },
    Duration {
        years: bool,
        months: bool,
    },
    /// One of these, each with what is asked besides once it is chosen.
    One(Vec<(String, Option<Field>)>),
    Several(Vec<(String, Option<Field>)>),
    Address,
    MobileNumber,
}

/// Names and values, as a form is posted.
pub type Fields = Vec<(String, String)>;

/// What people's hands, keyboards and clipboards bring forth.
const TRASH: &[&str] = &[
    "",
    " ",
    "0",
    "-1",
    "1.5",
    "1,000",
    "99999999999999999999",
    "1e9",
    "NaN",
    "Infinity",
    "½",
    "٣",
    "ŵ",
    "e\u{301}",
    "\u{0}",
    "\u{202e}abc",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "{{ 7*7 }}",
    "%s%n",
    "../../etc/passwd",
    "true",
    "null",
    "31",
    "2",
    "2021",
    "13",
    "29",
    "10000",
    "0000",
    "＋４４",
    "07700900123",
    "\r\n",
    "👩‍👩‍👧",
];

impl Blank {
    pub fn of(asked: &Asked<'_>) -> Self {
        let whole = match &asked.question.kind {
            QuestionKind::General => Whole::Free,
            QuestionKind::MutuallyExclusive { .. } => Whole::Either,
            QuestionKind::DateRange { minimum, maximum } => {
                Whole::Range { least: minimum.unwrap_or_default(), most: *maximum }
            }
            QuestionKind::Calculated { .. } => Whole::Total,
        };
        Self { fields: asked.answers.iter().map(Field::of).collect(), whole }
    }

    /// What the question takes, as far as its fields tell; what holds between them may need a few tries.
    pub fn rightly(&self, dice: &mut Dice, ui: Locale) -> Fields {
        let mut fields = Fields::new();
        match (&self.whole, self.fields.as_slice()) {
            (Whole::Either, [others @ .., last]) => {
                let has_others = dice.once_in(2);
                let chosen = if has_others { others } else { std::slice::from_ref(last) };
                chosen.iter().for_each(|field| field.rightly(true, dice, ui, &mut fields));
            }
            (Whole::Range { least, most }, [from, to]) => {
                let first = from.date(dice);
                let nearest = first.saturating_add(jiff::Span::new().days(1)).max(plus(first, *least));
                let furthest = most.map_or_else(|| after(nearest), |most| plus(first, most));
                let to_date = match &to.takes {
                    Takes::Date { first, last, .. } => day(nearest.max(*first), furthest.min(*last), dice),
                    _ => nearest,
                };
                from.dated(first, &mut fields);
                to.dated(to_date, &mut fields);
            }
            _ => self.fields.iter().for_each(|field| field.rightly(false, dice, ui, &mut fields)),
        }
        fields
    }

    /// The same numbers again, so that they come to a total: all of it in one field, the rest zero.
    pub fn totalling(&self, total: &str, dice: &mut Dice) -> Fields {
        let has_all = dice.below(self.fields.len());
        let fields = self.fields.iter().enumerate();
        fields
            .map(|(at, field)| {
                (field.name.clone(), if at == has_all { total.to_owned() } else { "0".to_owned() })
            })
            .collect()
    }

    /// Anything at all, rightly or not, and now and then a field that is not there.
    pub fn wrongly(&self, dice: &mut Dice, ui: Locale) -> Fields {
        let mut fields = self.rightly(dice, ui);
        match dice.below(4) {
            0 => fields.clear(),
            1 => fields.push(("no-such-field".to_owned(), trash(dice))),
            _ => {
                for (_, value) in &mut fields {
                    if dice.once_in(2) {
                        *value = trash(dice);
                    }
                }
            }
        }
        if dice.once_in(3) {
            for field in &self.fields {
                let part = *dice
                    .pick(&["", "-day", "-month", "-year", "-years", "-months", "-line1"])
                    .unwrap_or(&"");
                fields.push((format!("{}{part}", field.name), trash(dice)));
            }
        }
        fields
    }
}

fn trash(dice: &mut Dice) -> String {
    let piece = *dice.pick(TRASH).unwrap_or(&"");
    if dice.once_in(20) { piece.repeat(3000) } else { piece.to_owned() }
}

impl Field {
    fn of(asked: &AskedAnswer<'_>) -> Self {
        let options = || {
            let options = asked.options.iter();
            options.map(|option| (option.value.to_string(), option.detail.as_deref().map(Self::of))).collect()
        };
        let takes = match &asked.answer.kind {
            AnswerKind::TextField { max_length, .. } | AnswerKind::TextArea { max_length, .. } => {
                Takes::Text { longest: usize::try_from(*max_length).unwrap_or(0) }
            }
            AnswerKind::Number(number) => {
                let step = Number::new(1, number.decimal_places);
                let (minimum, maximum) = match asked.limits {
                    Limits::Number { minimum, maximum } => (minimum, maximum),
                    _ => (None, None),
                };
                let inside = |exclusive| if exclusive { step } else { Number::ZERO };
                let least = minimum.map(|limit| limit.value.saturating_add(inside(limit.exclusive)));
                let most = maximum.map(|limit| limit.value.saturating_sub(inside(limit.exclusive)));
                let least = least.unwrap_or_else(|| most.unwrap_or_default().min(Number::ZERO));
                let most = most.unwrap_or_else(|| least.saturating_add(Number::from(1_000_000)));
                Takes::Number { least, most, places: number.decimal_places }
            }
            AnswerKind::Date(date) => {
                let (minimum, maximum) = match asked.limits {
                    Limits::Date { minimum, maximum } => (minimum, maximum),
                    _ => (None, None),
                };
                let usual = jiff::civil::date(2019, 1, 1);
                let first = minimum.unwrap_or_else(|| maximum.map_or(usual, before));
                let last = maximum.unwrap_or_else(|| after(first));
                Takes::Date { precision: date.precision, first, last }
            }
            AnswerKind::Duration { years, months } => Takes::Duration { years: *years, months: *months },
            AnswerKind::Radio { .. } | AnswerKind::Dropdown { .. } | AnswerKind::Relationship { .. } => {
                Takes::One(options())
            }
            AnswerKind::Checkbox { .. } => Takes::Several(options()),
            AnswerKind::Address { .. } => Takes::Address,
            AnswerKind::MobileNumber => Takes::MobileNumber,
        };
        Self { name: asked.field_id.to_string(), is_mandatory: asked.answer.mandatory, takes }
    }

    fn rightly(&self, is_wanted: bool, dice: &mut Dice, ui: Locale, fields: &mut Fields) {
        if !self.is_mandatory && !is_wanted && dice.once_in(3) {
            return;
        }
        match &self.takes {
            Takes::Text { longest } => {
                let words = ["Ann", "Siân", "O'Neill", "x", "Two words", "<b>bold</b>", "a & b", "7"];
                let word = dice.pick(&words).map_or("", |word| *word);
                self.push(None, word.chars().take((*longest).max(1)).collect(), fields);
            }
            Takes::Number { least, most, places } => {
                self.push(None, number(*least, *most, *places, dice, ui), fields);
            }
            Takes::Date { .. } => {
                let date = self.date(dice);
                self.dated(date, fields);
            }
            Takes::Duration { years, months } => {
                for (part, is_asked, most) in [("years", *years, 50), ("months", *months, 11)] {
                    if is_asked {
                        self.push(Some(part), dice.between(0, most).to_string(), fields);
                    }
                }
            }
            Takes::One(options) => {
                if let Some((value, detail)) = dice.pick(options) {
                    self.push(None, value.clone(), fields);
                    if let Some(detail) = detail {
                        detail.rightly(false, dice, ui, fields);
                    }
                }
            }
            Takes::Several(options) => {
                let certain = dice.below(options.len());
                for (at, (value, detail)) in options.iter().enumerate() {
                    if at == certain || dice.once_in(4) {
                        self.push(None, value.clone(), fields);
                        if let Some(detail) = detail {
                            detail.rightly(false, dice, ui, fields);
                        }
                    }
                }
            }
            Takes::Address => {
                self.push(Some("line1"), "1 High Street".to_owned(), fields);
                self.push(Some("postcode"), "NP10 8XG".to_owned(), fields);
            }
            Takes::MobileNumber => self.push(None, "07700 900123".to_owned(), fields),
        }
    }

    fn date(&self, dice: &mut Dice) -> Date {
        match &self.takes {
            Takes::Date { first, last, .. } => day(*first, *last, dice),
            _ => Date::ZERO,
        }
    }

    fn dated(&self, date: Date, fields: &mut Fields) {
        let precision = match &self.takes {
            Takes::Date { precision, .. } => *precision,
            _ => Precision::Day,
        };
        if precision == Precision::Day {
            self.push(Some("day"), date.day().to_string(), fields);
        }
        if precision != Precision::Year {
            self.push(Some("month"), date.month().to_string(), fields);
        }
        self.push(Some("year"), format!("{:04}", date.year()), fields);
    }

    fn push(&self, part: Option<&str>, value: String, fields: &mut Fields) {
        let name = part.map_or_else(|| self.name.clone(), |part| format!("{}-{part}", self.name));
        fields.push((name, value));
    }
}

/// A few years on, and back.
fn after(date: Date) -> Date {
    date.saturating_add(jiff::Span::new().days(1500))
}

fn before(date: Date) -> Date {
    date.saturating_sub(jiff::Span::new().days(1500))
}

/// Mostly small, now and then at a bound.
fn number(least: Number, most: Number, places: u32, dice: &mut Dice, ui: Locale) -> String {
    let step = Number::new(1, places);
    let number = match dice.below(6) {
        0 => least,
        // Sums of such as nobody types would be more than may be typed.
        1 if most < Number::from(999_999_999_999_999_i64) => most,
        2 if least <= Number::ZERO && Number::ZERO <= most => Number::ZERO,
        far => {
            let steps = if far == 3 { dice.between(0, 100_000) } else { dice.between(0, 20) };
            least.saturating_add(step.saturating_mul(Number::from(steps))).min(most)
        }
    };
    // A bound may have more decimals than may be typed; towards the inside.
    let rounded = number.trunc_with_scale(places);
    let rounded = if rounded < least { rounded.saturating_add(step) } else { rounded };
    rounded.to_string().replace('.', &symbols(ui).decimal.to_string())
}

/// A day between two, both included.
fn day(first: Date, last: Date, dice: &mut Dice) -> Date {
    let days = last.since(first).map_or(0, |span| i64::from(span.get_days()));
    // Mostly anywhere, now and then on a bound.
    let days = if dice.once_in(8) { days } else { dice.between(0, days) };
    first.saturating_add(jiff::Span::new().try_days(days).unwrap_or_default())
}

fn plus(date: Date, period: Period) -> Date {
    let span = jiff::Span::new()
        .try_years(period.years.unwrap_or(0))
        .and_then(|span| span.try_months(period.months.unwrap_or(0)))
        .and_then(|span| span.try_days(period.days.unwrap_or(0)));
    date.saturating_add(span.unwrap_or_default())
}
