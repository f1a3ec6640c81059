//! A wanderer on the way to a form of their own for somebody.

use schema::value::ListItemId;

use super::{Blank, Dice, Field, Takes, Whole};
use crate::individual::{self, IndividualStep};
use crate::place::{Target, TypedNumber};
use crate::trace::Trace;
use crate::visitor::Visitor;

/// On the way to a form of their own for somebody, or for nobody.
pub fn somewhere(dice: &mut Dice, item: Option<ListItemId>) -> Target {
    let person = item.unwrap_or(ListItemId(*b"nobody"));
    let steps = [
        IndividualStep::Begin,
        IndividualStep::Who,
        IndividualStep::How(person),
        IndividualStep::Change(person),
        IndividualStep::Address(person),
        IndividualStep::Posted,
        IndividualStep::Number(person),
        IndividualStep::ConfirmNumber(person),
        IndividualStep::Texted,
    ];
    let step = dice.pick(&steps).copied().unwrap_or(IndividualStep::Begin);
    let journeys = ["hub", "change", "remove-person", "nowhere"];
    Target {
        list_item: item.filter(|_| step == IndividualStep::Begin),
        journey: dice.pick(&journeys).map(|&journey| journey.into()),
        number: dice.once_in(2).then(|| TypedNumber("07700 900345".into())),
        ..step.target()
    }
}

/// The form of a step, as one needs to know it to fill it in.
pub fn blank(trace: &Trace, step: IndividualStep, visitor: &Visitor) -> Option<Blank> {
    let household = individual::check(trace, step, visitor).ok()?;
    let takes = match step {
        IndividualStep::Number(_) => Takes::MobileNumber,
        IndividualStep::Who => {
            Takes::One(household.others().map(|person| (person.to_string(), None)).collect())
        }
        step => {
            let choices = individual::choices(step, household.is_by_post(visitor));
            Takes::One(choices.iter().map(|choice| (choice.value.to_owned(), None)).collect())
        }
    };
    let field = Field { name: step.field()?.to_owned(), is_mandatory: true, takes };
    Some(Blank { fields: vec![field], whole: Whole::Free })
}
