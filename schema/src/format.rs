//! How numbers, money, units, dates and durations are written in each locale (spec/04 §7).
//!
//! The data is CLDR 44's, as `data/take_cldr.py` took it; it stays text in the binary and is searched where it lies.

mod currency;
mod date;
mod duration;
mod number;
mod span;
mod table;
mod unit;

pub use currency::{currency, currency_digits, currency_symbol};
pub use date::{answered_date, date, month_name};
pub use duration::{DurationPart, duration_parts};
pub use number::{Symbols, number, percentage, symbols};
pub use span::{SpanUnit, span};
pub use unit::{unit, unit_suffix};

use crate::questionnaire::Locale;

/// The locale of transforms and rules, which write as English does where the interface has Esperanto's data.
///
/// Source: spec/07 §5.
pub fn of_transforms(locale: Locale) -> Locale {
    if locale == Locale::Eo { Locale::En } else { locale }
}
