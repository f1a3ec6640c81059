//! A respondent who wanders: from a seed, answers rightly and wrongly, changes, goes back, reloads, repeats, jumps to
//! addresses typed by hand.
//!
//! `dice` is the chance, `typing` what is typed, `walk` a walk through the engine with what holds at every step. An
//! HTTP driver takes [`choose`] and [`Blank`], and does the rest its own way.

mod dice;
mod individual;
mod typing;
mod walk;

pub use dice::Dice;
pub use typing::{Blank, Field, Fields, Takes, Whole};
pub use walk::{Broken, Tally, Wanderer, Watch, blank, claims};

/// What can be done with a page.
#[derive(Clone, Copy, Debug)]
pub struct Sight {
    /// It can be posted.
    pub has_form: bool,
    /// How many links lead on within the questionnaire.
    pub links: usize,
}

/// What a wanderer does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    Answer,
    AnswerWrongly,
    AnswerNothing,
    /// "Clear selection".
    Clear,
    /// Sends the last form again.
    Repeat,
    /// Goes back in the browser and posts the page that it shows.
    Back,
    Reload,
    /// Follows the link of that number.
    Follow(usize),
    /// Types an address.
    Jump,
    /// Opens the questionnaire's own address.
    Enter,
    Preview,
    /// Switches the language.
    Switch,
    /// Follows a launch link again.
    Relaunch,
}

/// Mostly answers and goes on, so that it gets somewhere.
pub fn choose(dice: &mut Dice, sight: Sight) -> Doing {
    let doing = match dice.below(40) {
        0..=15 => Doing::Answer,
        16..=18 => Doing::AnswerWrongly,
        19 => Doing::AnswerNothing,
        20 => Doing::Clear,
        21..=22 => Doing::Repeat,
        23..=25 => Doing::Back,
        26 => Doing::Reload,
        27..=32 => Doing::Follow(dice.below(sight.links)),
        33..=35 => Doing::Jump,
        36 => Doing::Enter,
        37 => Doing::Preview,
        38 => Doing::Switch,
        _ => Doing::Relaunch,
    };
    match doing {
        Doing::Answer | Doing::AnswerWrongly | Doing::AnswerNothing | Doing::Clear if !sight.has_form => {
            Doing::Enter
        }
        Doing::Follow(_) if sight.links == 0 => Doing::Reload,
        doing => doing,
    }
}
