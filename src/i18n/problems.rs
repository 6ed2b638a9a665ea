//! What is wrong with files people bring: mails, tables, service cards, in words.

use super::Texts;
use super::errors::Message;
use crate::catalogue::{CatalogueProblem, Expected, Problem};
use crate::mail::imap::ImapError;
use crate::mail::source::{Mark, SourceError};
use crate::tables::flaws::{DateField, Flaw};
use crate::tables::optouts::Why;
use crate::tables::{FileSort, TableError, Wanted};

impl Texts {
    pub(super) fn bad_mail(&self, place: &str, error: &SourceError) -> Message {
        let id = match error {
            SourceError::Empty { .. } => "mail-empty",
            SourceError::NotMail { .. } => "mail-not-mail",
            // Of a whole source nothing is asked that a flag could answer; of its mails `mark` tells.
            SourceError::NoMails { .. } | SourceError::Marked { .. } => "mail-none-in-folder",
            SourceError::Io { .. } => "mail-unreadable",
        };
        let why = match error {
            SourceError::Io { source, .. } => source.to_string(),
            _ => String::new(),
        };
        self.message(id, &[("place", place.into()), ("why", why.into())])
    }

    pub(super) fn mailbox(&self, place: &str, error: &ImapError) -> Message {
        let what = match error {
            ImapError::CaFile { path, .. } => path.display().to_string(),
            ImapError::Folder { folder, .. } => folder.clone(),
            _ => place.to_owned(),
        };
        // A server, a command or the system says why in its own language, or not at all.
        let why = match error.why() {
            "" => "–",
            why => why,
        };
        self.message(
            &format!("mailbox-{}", error.word()),
            &[
                ("place", place.into()),
                ("what", what.into()),
                ("why", why.into()),
            ],
        )
    }

    pub(super) fn bad_table(&self, place: &str, error: &TableError) -> Message {
        let (id, found) = match error {
            TableError::Empty { .. } => ("table-empty", String::new()),
            TableError::Binary { sort, .. } => {
                let id = match sort {
                    FileSort::Workbook => "table-workbook",
                    FileSort::Archive => "table-archive",
                    FileSort::Pdf | FileSort::Unknown => "table-binary",
                };
                (id, String::new())
            }
            TableError::NoHeader { .. } => ("table-no-header", String::new()),
            TableError::NoRows { .. } => ("table-no-rows", String::new()),
            TableError::NoAddressColumn { header, .. } => {
                ("table-no-address-column", header.join(", "))
            }
            TableError::OtherColumns { header, wanted, .. } => {
                let id = match wanted {
                    Wanted::Recordings => "table-no-recordings",
                    Wanted::Requests => "table-no-requests",
                };
                (id, header.join(", "))
            }
        };
        self.message(
            id,
            &[
                ("place", place.into()),
                ("line", error.line().into()),
                ("found", found.into()),
            ],
        )
    }

    /// Why a mail of a Maildir was left out that its flags speak against.
    pub fn mark(&self, mark: Mark) -> String {
        self.get(match mark {
            Mark::Trashed => "maildir-trashed",
            Mark::Draft => "maildir-draft",
        })
    }

    /// Why a row of a table was left out, or what was doubtful about it.
    pub fn row_left_out(&self, why: Why) -> String {
        let id = match why {
            Why::NotOptedOut => "row-not-opted-out",
            Why::Cleaned => "row-cleaned",
            Why::Bounced => "row-bounced",
            Why::Complained => "row-complained",
            Why::UnclearStatus => "row-unclear-status",
            Why::Contradiction => "row-contradiction",
            Why::NoAddress => "row-no-address",
            Why::NotAnAddress => "row-not-an-address",
            Why::Duplicate { of } => {
                return self.with("row-duplicate", &[("line", of.into())]);
            }
            Why::OtherTable => "row-other-table",
            Why::AmbiguousDate => "row-ambiguous-date",
            Why::UnreadableDate => "row-unreadable-date",
            Why::Ragged { cells, expected } => {
                return self.with(
                    "row-ragged",
                    &[("cells", cells.into()), ("expected", expected.into())],
                );
            }
            Why::OpenQuote => "row-open-quote",
        };
        self.get(id)
    }

    /// What is wrong with a row of a list of recordings or of requests.
    pub fn row_flaw(&self, flaw: Flaw) -> String {
        let id = format!("flaw-{}", flaw.word());
        match flaw {
            Flaw::NoDate(field) | Flaw::AmbiguousDate(field) | Flaw::UnreadableDate(field) => {
                self.with(&id, &[("field", self.date_field(field).into())])
            }
            Flaw::Repeated { of } | Flaw::AnotherParticipant { of } => {
                self.with(&id, &[("line", of.into())])
            }
            Flaw::Ragged { cells, expected } => self.with(
                &id,
                &[("cells", cells.into()), ("expected", expected.into())],
            ),
            _ => self.get(&id),
        }
    }

    fn date_field(&self, field: DateField) -> String {
        self.get(&format!("date-of-{}", field.word()))
    }

    /// All problems of a file of the owner's, in one line.
    pub(super) fn problems_of(&self, problems: &[CatalogueProblem]) -> String {
        let told: Vec<String> = problems
            .iter()
            .map(|problem| self.catalogue_problem(problem))
            .collect();
        told.join("; ")
    }

    fn catalogue_problem(&self, problem: &CatalogueProblem) -> String {
        let (id, detail) = match &problem.problem {
            Problem::Syntax { message } => ("card-syntax", message.clone()),
            Problem::UnknownField { field } => ("card-unknown-field", field.clone()),
            Problem::UnknownKind { kind } => ("card-unknown-kind", kind.clone()),
            Problem::UnknownWord { word, allowed } => (
                "card-unknown-word",
                format!("{word} ({})", allowed.join(", ")),
            ),
            Problem::MissingField { field } => ("card-missing-field", (*field).to_owned()),
            Problem::MissingLanguage { language } => {
                ("card-missing-language", language.code().to_owned())
            }
            Problem::WrongType { expected, found } => {
                let expected = self.get(match expected {
                    Expected::Text => "card-expected-text",
                    Expected::List => "card-expected-list",
                    Expected::Table => "card-expected-table",
                    Expected::Flag => "card-expected-flag",
                    Expected::Services => "card-expected-services",
                    Expected::Weight => "card-expected-weight",
                });
                ("card-wrong-type", format!("{expected} ≠ {found}"))
            }
            Problem::EmptyText => ("card-empty-text", String::new()),
            Problem::EmptyList => ("card-empty-list", String::new()),
            Problem::TitleTooLong { length, limit } => {
                ("card-title-too-long", format!("{length} > {limit}"))
            }
            Problem::ControlCharacter => ("card-control-character", String::new()),
            Problem::BadId { id } => ("card-bad-id", id.clone()),
            Problem::DuplicateId { id, first_line } => {
                ("card-duplicate-id", format!("{id} ({first_line})"))
            }
            Problem::BadLink { link } => ("card-bad-link", link.clone()),
            Problem::NotByPersonBesideOthers => ("card-not-by-person", String::new()),
            Problem::BadPhrase { phrase } => ("rule-bad-phrase", phrase.clone()),
            Problem::UnknownGroup { name } => ("rule-unknown-group", name.clone()),
            Problem::CircleOfGroups { name } => ("rule-circle", name.clone()),
            Problem::NothingToSwitchOff { phrase } => ("rule-nothing-off", phrase.clone()),
        };
        let what = self.with(id, &[("detail", detail.into())]);
        match problem.line {
            Some(line) => self.with(
                "card-at-line",
                &[
                    ("line", line.into()),
                    ("place", problem.place.as_str().into()),
                    ("what", what.into()),
                ],
            ),
            None => what,
        }
    }
}
