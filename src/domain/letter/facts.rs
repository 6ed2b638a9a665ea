//! What a letter is filled from: the case in the words of the letter's language.
//!
//! Made by `crate::letters`. Every name here is a name in a template: with another, templates of owners break.

use std::collections::BTreeMap;

use serde::Serialize;

/// What a letter is filled from. What is not known is there as nothing: a template that prints it is told so.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct LetterFacts {
    /// The number of the case.
    pub id: String,
    /// `request`, `recording` or `optout`.
    pub item: String,
    /// The word of the kind of a request.
    pub kind: Option<String>,
    /// What the case is called: `Anmodning om indsigt`.
    pub title: String,
    /// Today.
    pub today: String,
    /// The date of receipt; of a recording that of the session.
    pub received: String,
    /// The last day for the answer.
    pub due: Option<String>,
    /// The same before any extension.
    pub first_due: Option<String>,
    /// The day by which a service is asked to answer.
    pub answer_by: String,
    /// Whom it is about.
    pub person: PersonFacts,
    /// How she is addressed.
    pub greeting: String,
    /// The request as the letter calls it: `din anmodning om indsigt`.
    pub request: Option<String>,
    /// What was understood, as a clause.
    pub asked: Option<String>,
    /// Who writes.
    pub controller: ControllerFacts,
    /// Who writes, as the end of a letter; what is not known is named in it.
    pub signature: String,
    /// How to get an answer: addresses and numbers in a row; what is not known is named in it.
    pub contact: String,
    /// Where to complain.
    pub complaint: String,
    /// The extension: that of the case, or the one the letter makes.
    pub extension: Option<ExtensionFacts>,
    /// The refusal.
    pub rejection: Option<RejectionFacts>,
    /// What was done where.
    pub tasks: Tasks,
    /// Where something is held, with what art. 15(1) wants said of it.
    pub services: Vec<ServiceFacts>,
    /// To whom data goes: the services but for the owner's own places.
    pub recipients: Vec<String>,
    /// The services at which data is public, of those that were worked on (art. 17(2)).
    pub published: Vec<String>,
    /// Name and addresses that were searched for.
    pub identifiers: Vec<String>,
    /// Recordings of the person that are not deleted; of a recording itself.
    pub recordings: Vec<RecordingFacts>,
    /// What goes with the letter.
    pub enclosed: Vec<String>,
    /// The fixed answer on card data, where the request was for access.
    pub card_data: Option<String>,
    /// What happened when, oldest first.
    pub chronology: Vec<Turn>,
    /// Days after which backups are gone, where the program makes them.
    pub backup_days: Option<u16>,
    /// Months after closing when the case is erased.
    pub case_months: u16,
    /// The texts that the owner gave or the case has, by name.
    #[serde(flatten)]
    pub fields: BTreeMap<String, Option<String>>,
}

impl LetterFacts {
    /// A text that the owner gave or the case has.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.get(name).and_then(Option::as_deref)
    }
}

/// Whom a letter is about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PersonFacts {
    /// Her name.
    pub name: Option<String>,
    /// The address to answer to.
    pub email: Option<String>,
}

/// Who writes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ControllerFacts {
    /// Name.
    pub name: Option<String>,
    /// Postal address, in one line.
    pub address: Option<String>,
    /// Mail address.
    pub email: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// Website.
    pub site: Option<String>,
}

/// An extension.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ExtensionFacts {
    /// The new last day.
    pub until: String,
}

/// A refusal.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct RejectionFacts {
    /// The word of the ground.
    pub ground: String,
    /// The provision, with what it says; what the letter says in its place is `provision` among the fields.
    pub provision: Option<String>,
    /// The facts.
    pub facts: String,
    /// When.
    pub on: String,
    /// What was weighed, as sentences.
    pub weighed: Vec<String>,
}

/// The tasks of a case, by how they ended.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Tasks {
    /// Where something was found, sent, changed or deleted.
    pub done: Vec<TaskFacts>,
    /// Where nothing is.
    pub nothing: Vec<TaskFacts>,
    /// Where something stays, each with the reason.
    pub kept: Vec<TaskFacts>,
    /// What was left out, each with the reason.
    pub skipped: Vec<TaskFacts>,
    /// What is still there after a deletion, each with the reason: what is kept or left out, and what stays by its nature.
    pub remaining: Vec<TaskFacts>,
    /// What is still open.
    pub open: Vec<TaskFacts>,
    /// The names of all places that were looked through.
    pub searched: Vec<String>,
}

/// One task.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TaskFacts {
    /// The name of the service, or what a task added by hand is called.
    pub name: String,
    /// The place of a task added by hand.
    pub place: Option<String>,
    /// The address of what was worked on.
    pub url: Option<String>,
    /// Timecodes, in a row.
    pub at: Option<String>,
    /// When it was done.
    pub on: Option<String>,
    /// Why something is kept or left out, without a full stop at the end.
    pub reason: Option<String>,
}

/// A service at which something is held (art. 15(1) and (2)). What its card does not say is named in the texts here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ServiceFacts {
    /// The id of the card.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is in the words of the law; nothing for the owner's own places.
    pub role: Option<String>,
    /// What for (a).
    pub purposes: String,
    /// Which data (b).
    pub categories: String,
    /// How long (d).
    pub retention: String,
    /// Where from (g).
    pub source: String,
    /// To which countries, and on what basis (art. 15(2)).
    pub transfers: String,
    /// The names of the fields that the card does not have.
    #[serde(skip)]
    pub gaps: Vec<&'static str>,
}

/// A recording.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct RecordingFacts {
    /// What the session was.
    pub title: String,
    /// The date of the session.
    pub on: String,
    /// When the link was sent.
    pub link_sent: Option<String>,
    /// Places and dates of the deletions, as lines.
    pub deletions: Vec<String>,
    /// The dates of the deletions.
    #[serde(skip)]
    pub deleted_on: Vec<String>,
    /// Places where it still is.
    pub left: Vec<String>,
}

/// Something that happened.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Turn {
    /// When.
    pub on: String,
    /// What.
    pub what: String,
}
