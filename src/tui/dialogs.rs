//! Dialogs: a stack of which the top one has the keys.

pub mod dates;
pub mod form;
pub mod forms;
pub mod letters;
pub mod palette;
mod purpose;
pub mod reject;

use super::filter::Facet;
use super::keymap::Action;
use super::msg::Effect;
use crate::domain::ids::ItemId;
use crate::domain::letter::LetterType;
use crate::domain::person::Language;
use crate::ops::queries::Order;

/// Lets a form follow what was filled in: which fields it asks for, and what it says.
pub fn adapt(form: &mut form::Form, now: dates::Now<'_>) {
    reject::adapt(form, now.texts);
    letters::adapt(form, now.texts);
    dates::adapt(form, now);
}

/// A dialog.
#[derive(Debug)]
pub enum Dialog {
    /// A form.
    Form(Box<form::Form>),
    /// A question with yes and no.
    Confirm(Confirm),
    /// A few things to choose from.
    Picker(Picker),
    /// Many things to choose from, by typing.
    Palette(palette::Palette),
    /// What the keys do here.
    Help(Help),
}

/// A question; it names what is hit.
#[derive(Debug)]
pub struct Confirm {
    /// The question, in lines.
    pub lines: Vec<String>,
    /// What yes does.
    pub yes: Effect,
}

/// A few things to choose from.
#[derive(Debug)]
pub struct Picker {
    /// What is chosen.
    pub title: String,
    /// The words on the screen, and what each does.
    pub choices: Vec<(String, Picked)>,
    /// The one under the cursor.
    pub cursor: usize,
}

/// What choosing does.
#[derive(Debug, Clone)]
pub enum Picked {
    /// Copies this text.
    Copy(String),
    /// Writes this letter.
    Letter(LetterType, Language),
    /// Offers the letters in another language.
    Letters(Language),
    /// Does what a key does.
    Do(Action),
    /// Adds or takes away a condition of the list.
    Filter(Facet),
    /// Shows everything again, in the usual order.
    Unfilter,
    /// Puts the list in this order.
    Sort(Order),
    /// Goes to this record.
    Go(ItemId),
}

/// The keys that work here, and those that do not with the reason.
#[derive(Debug)]
pub struct Help {
    /// Keys, what they do, why not.
    pub rows: Vec<HelpRow>,
    /// The first row on the screen.
    pub top: usize,
}

/// A row of the help.
#[derive(Debug)]
pub struct HelpRow {
    /// The keys.
    pub keys: String,
    /// What they do.
    pub does: String,
    /// Why they do nothing here.
    pub why_not: Option<String>,
    /// The action, for tests.
    pub action: Action,
}
