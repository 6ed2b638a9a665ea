//! Every "no" the rules can say, as data; `i18n` has the sentences and what can be done instead.

use chrono::{NaiveDate, NaiveDateTime};

use super::attachment::NotKept;
use super::ids::{ItemId, ItemType};
use super::letter::{LetterType, Missing, Outgoing};
use super::rejection::{NonGround, Question};
use super::request::{Kind, Outcome};
use super::task::TaskStatus;

/// Why something may not be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It is closed already.
    AlreadyClosed {
        /// Which.
        id: ItemId,
        /// Since when.
        on: NaiveDate,
    },
    /// It is open, so it cannot be reopened.
    NotClosed(ItemId),
    /// Tasks are still open (RULES §2).
    OpenTasks {
        /// Which case.
        id: ItemId,
        /// The tasks.
        tasks: Vec<String>,
    },
    /// The thing is of another type than the action needs.
    WrongType {
        /// Which.
        id: ItemId,
        /// What the action is for.
        needs: ItemType,
    },
    /// An outcome that `resolve` cannot give to this.
    OutcomeNotHere {
        /// The outcome.
        outcome: Outcome,
        /// What it is of.
        item_type: ItemType,
    },
    /// A refusal goes through `reject`, with its questions.
    RejectInstead,
    /// The task is not there.
    NoSuchTask {
        /// The case.
        id: ItemId,
        /// What was asked for.
        task: String,
        /// What there is.
        known: Vec<String>,
    },
    /// The status needs a reason (RULES §2).
    NoteRequired(TaskStatus),
    /// The copy is not there.
    NoSuchCopy {
        /// The recording.
        id: ItemId,
        /// What was asked for.
        place: String,
        /// What there is.
        known: Vec<String>,
    },
    /// The link was sent earlier; only an agreement moves the deletion.
    LinkAlreadySent {
        /// The recording.
        id: ItemId,
        /// When.
        on: NaiveDate,
    },
    /// The file of a copy on the owner's own disk is still there.
    FileStillThere {
        /// The recording.
        id: ItemId,
        /// The place of the copy; `None` when the whole recording was to be closed.
        place: Option<String>,
        /// The file.
        path: String,
    },
    /// Where there is a trash, a copy is deleted before it is purged (RULES §1.7).
    DeleteFirst {
        /// The place.
        place: String,
    },
    /// The decision about bought products comes first (RULES §2).
    DecideFirst {
        /// The case.
        id: ItemId,
        /// The task that asks for it.
        task: String,
    },
    /// An erasure cannot be answered while recordings of the person are left (RULES §1.12).
    RecordingsLeft {
        /// The request.
        id: ItemId,
        /// They.
        recordings: Vec<ItemId>,
    },
    /// A duplicate is one of something (RULES §2).
    WhichDuplicate {
        /// The request.
        id: ItemId,
        /// What it could be one of.
        twins: Vec<ItemId>,
    },
    /// A task that is no longer open has nothing to be asked again.
    FollowUpOfNothing(TaskStatus),
    /// The mail became a request already.
    TakenAlready {
        /// The mail.
        id: ItemId,
        /// The request.
        request: ItemId,
    },
    /// It is not on hold.
    NotHeld(ItemId),
    /// A case cannot be merged into itself, or into one of somebody else.
    CannotMerge {
        /// This one.
        id: ItemId,
        /// The other one.
        into: ItemId,
    },
    /// The person has no other open request for the same.
    NothingToMergeInto(ItemId),
    /// A copy is already there under that name, or gone from it.
    CopyAlready {
        /// Where.
        place: String,
        /// The status it has.
        status: super::recording::CopyStatus,
    },
    /// A date lies before the one it must follow.
    DateBefore {
        /// The date given.
        given: NaiveDate,
        /// The earliest that makes sense.
        earliest: NaiveDate,
    },
    /// A date lies in the future.
    DateInFuture {
        /// The date given.
        given: NaiveDate,
        /// The local date of today.
        today: NaiveDate,
    },
    /// A text that must say something is empty.
    TextMissing(TextNeeded),
    /// A service's export holds no row of the person.
    NoRows {
        /// The case.
        id: ItemId,
        /// The task.
        task: String,
        /// The name of the file.
        file: String,
        /// How many rows were looked through.
        searched: usize,
    },
    /// The rows of the person take more room than a case has for them.
    TooManyRows {
        /// The name of the file.
        file: String,
        /// Bytes there would be.
        bytes: usize,
        /// Bytes there may be.
        limit: usize,
    },
    /// The case has no file of that number.
    NoSuchFile {
        /// The case.
        id: ItemId,
        /// The number asked for.
        number: u32,
        /// The numbers there are.
        there: Vec<u32>,
    },
    /// Only the name of the file is kept.
    FileHasNoContent {
        /// The case.
        id: ItemId,
        /// Its number.
        number: u32,
        /// Why; `None` when the store has lost it.
        why: Option<NotKept>,
    },
    /// The case has the file already.
    FileThere {
        /// The case.
        id: ItemId,
        /// Its number there.
        number: u32,
        /// Its name.
        name: String,
    },
    /// The file may never be kept (RULES §2).
    FileNotKept {
        /// Its name.
        name: String,
        /// Why.
        why: NotKept,
    },
    /// The file is larger than the settings allow.
    FileTooLarge {
        /// Its name.
        name: String,
        /// Bytes there may be.
        limit: usize,
    },
    /// The package for the person has somebody else's address in it.
    OthersInPackage {
        /// The case.
        id: ItemId,
        /// The file in which it stands.
        file: String,
        /// The address.
        email: String,
        /// A record of theirs.
        other: ItemId,
        /// How many such places there are.
        count: usize,
    },
    /// A person needs a name or an address.
    NobodyNamed,
    /// Not an e-mail address.
    NotAnAddress(String),
    /// The session was not recorded: there is no link to send.
    WasDeclined(ItemId),
    /// An open access request of the same person needs the recording first (RULES §1.12).
    NeededForAccess {
        /// The recording.
        id: ItemId,
        /// The request.
        request: ItemId,
    },
    /// This kind can never be refused as unreasonable (RULES §4).
    NeverRefusable(Kind),
    /// An opt-out or a recording cannot be refused.
    NotRefusable(ItemId),
    /// The earlier request for the same is not answered yet: this one is a reminder (RULES §4).
    EarlierUnanswered {
        /// This one.
        id: ItemId,
        /// The earlier one.
        earlier: ItemId,
    },
    /// The facts are too short to carry a refusal.
    FactsTooShort {
        /// Characters given.
        given: usize,
        /// Characters needed.
        needed: usize,
    },
    /// The facts name nothing that is a ground (art. 12(5), C-307/22).
    OnlyNonGrounds(Vec<NonGround>),
    /// A question is red, and the burden of proof was not accepted in so many words.
    BurdenNotAccepted(Vec<Question>),
    /// `unidentified` only after proof of identity was asked for.
    IdentityNotAsked(ItemId),
    /// This kind has no period that can be extended.
    NoExtensionForKind(Kind),
    /// Extended once already (art. 12(3)).
    AlreadyExtended {
        /// Which.
        id: ItemId,
        /// To when.
        until: NaiveDate,
    },
    /// The first month is over.
    ExtensionTooLate {
        /// Its last day.
        last_day: NaiveDate,
    },
    /// The reason is none (RULES §2).
    NotAnExtensionReason(Vec<NonGround>),
    /// Identity was confirmed already.
    IdentityConfirmed {
        /// Which.
        id: ItemId,
        /// When.
        on: NaiveDate,
    },
    /// Somebody changed it since it was shown.
    ChangedMeanwhile {
        /// Which.
        id: ItemId,
        /// The version it has now.
        version: u64,
        /// What was changed, the latest last.
        changes: Vec<Meanwhile>,
        /// The local date of today.
        today: NaiveDate,
    },
    /// The program was started with `--read-only`.
    ReadOnly,
    /// The text holds what looks like a CPR number, which is never kept (RULES §2).
    CprNumber,
    /// Nothing of the person is left in it, and nothing new is put there (RULES §7).
    Erased(ItemId),
    /// What the person asked to see must still be there when she is answered (RULES §1.12).
    AccessOpen(ItemId),
    /// A letter of this type does not fit the record as it stands.
    LetterDoesNotFit {
        /// The record.
        id: ItemId,
        /// The type.
        letter: LetterType,
        /// Those that fit.
        fits: Vec<LetterType>,
    },
    /// No letter plainly comes next.
    WhichLetter {
        /// The record.
        id: ItemId,
        /// Those that fit.
        fits: Vec<LetterType>,
    },
    /// A refusal is decided before it is written (RULES §4).
    LetterNeedsRejection(ItemId),
    /// The letter needs texts that neither the case has nor the owner gave.
    LetterFields {
        /// The type.
        letter: LetterType,
        /// The names of the texts.
        fields: Vec<&'static str>,
    },
    /// A text was given that the letter has no place for.
    NoLetterField {
        /// The type.
        letter: LetterType,
        /// The name that was given.
        field: String,
        /// The names it has.
        known: Vec<&'static str>,
    },
    /// The letter lacks what its type requires (RULES §5).
    LetterIncomplete {
        /// The record.
        id: ItemId,
        /// The type.
        letter: LetterType,
        /// What is missing.
        missing: Vec<Missing>,
    },
    /// A mail needs an address to go to.
    LetterNowhere {
        /// The record.
        id: ItemId,
        /// The type.
        letter: LetterType,
    },
    /// A mail needs an address to come from.
    NoSenderAddress,
    /// Nobody knows whether the letter went: the program ended, or the connection, before the server had answered.
    SendingOpen {
        /// The record.
        id: ItemId,
        /// The type.
        letter: LetterType,
        /// Local date on which the sending began.
        on: NaiveDate,
        /// Its Message-ID, by which it is found in a log.
        message_id: String,
    },
    /// A letter of this type went already.
    LetterSentAlready {
        /// The record.
        id: ItemId,
        /// The type.
        letter: LetterType,
        /// Local date on which it went.
        on: NaiveDate,
    },
    /// No letter is being sent, or none of the type, or several.
    NotBeingSent(ItemId),
    /// The person never wrote from this address, and it is not on the case.
    NotHerAddress {
        /// The record.
        id: ItemId,
        /// The address.
        to: String,
    },
    /// There is nothing to undo.
    NothingToUndo,
    /// What lies before an erasure cannot be undone.
    BeforeErasure,
    /// There is nothing to redo.
    NothingToRedo,
    /// The record was changed after what is to be undone or redone.
    UndoBlocked(ItemId),
}

/// A change somebody else made, as the history tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meanwhile {
    /// The word of the event.
    pub event: String,
    /// When, on the controller's clock.
    pub at: NaiveDateTime,
    /// The word of the interface through which.
    pub via: &'static str,
}

impl Refusal {
    /// The refusal for a letter of which nobody knows whether it went.
    pub fn of_open_sending(id: ItemId, open: &Outgoing) -> Self {
        Self::SendingOpen {
            id,
            letter: open.letter.letter,
            on: open.letter.on,
            message_id: open.letter.message_id.clone().unwrap_or_default(),
        }
    }

    /// A stable word for scripts (`kind` in JSON errors).
    #[expect(
        clippy::too_many_lines,
        reason = "one arm for each refusal, and nothing else"
    )]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::AlreadyClosed { .. } => "already-closed",
            Self::NotClosed(_) => "not-closed",
            Self::OpenTasks { .. } => "open-tasks",
            Self::WrongType { .. } => "wrong-type",
            Self::OutcomeNotHere { .. } => "outcome-not-here",
            Self::RejectInstead => "reject-instead",
            Self::NoSuchTask { .. } => "no-such-task",
            Self::NoteRequired(_) => "note-required",
            Self::NoSuchCopy { .. } => "no-such-copy",
            Self::LinkAlreadySent { .. } => "link-already-sent",
            Self::FileStillThere { .. } => "file-still-there",
            Self::DeleteFirst { .. } => "delete-first",
            Self::DecideFirst { .. } => "decide-first",
            Self::RecordingsLeft { .. } => "recordings-left",
            Self::WhichDuplicate { .. } => "which-duplicate",
            Self::FollowUpOfNothing(_) => "follow-up-of-nothing",
            Self::NotHeld(_) => "not-held",
            Self::TakenAlready { .. } => "taken-already",
            Self::CannotMerge { .. } => "cannot-merge",
            Self::NothingToMergeInto(_) => "nothing-to-merge-into",
            Self::CopyAlready { .. } => "copy-already",
            Self::DateBefore { .. } => "date-before",
            Self::DateInFuture { .. } => "date-in-future",
            Self::TextMissing(_) => "text-missing",
            Self::NoRows { .. } => "no-rows",
            Self::TooManyRows { .. } => "too-many-rows",
            Self::OthersInPackage { .. } => "others-in-package",
            Self::NoSuchFile { .. } => "no-such-file",
            Self::FileHasNoContent { .. } => "file-has-no-content",
            Self::FileThere { .. } => "file-there",
            Self::FileNotKept { .. } => "file-not-kept",
            Self::FileTooLarge { .. } => "file-too-large",
            Self::NobodyNamed => "nobody-named",
            Self::NotAnAddress(_) => "not-an-address",
            Self::WasDeclined(_) => "was-declined",
            Self::NeededForAccess { .. } => "needed-for-access",
            Self::NeverRefusable(_) => "never-refusable",
            Self::NotRefusable(_) => "not-refusable",
            Self::EarlierUnanswered { .. } => "earlier-unanswered",
            Self::FactsTooShort { .. } => "facts-too-short",
            Self::OnlyNonGrounds(_) => "only-non-grounds",
            Self::BurdenNotAccepted(_) => "burden-not-accepted",
            Self::IdentityNotAsked(_) => "identity-not-asked",
            Self::NoExtensionForKind(_) => "no-extension-for-kind",
            Self::AlreadyExtended { .. } => "already-extended",
            Self::ExtensionTooLate { .. } => "extension-too-late",
            Self::NotAnExtensionReason(_) => "not-an-extension-reason",
            Self::IdentityConfirmed { .. } => "identity-confirmed",
            Self::ChangedMeanwhile { .. } => "changed-meanwhile",
            Self::ReadOnly => "read-only",
            Self::CprNumber => "cpr-number",
            Self::Erased(_) => "erased",
            Self::AccessOpen(_) => "access-open",
            Self::LetterDoesNotFit { .. } => "letter-does-not-fit",
            Self::WhichLetter { .. } => "which-letter",
            Self::LetterNeedsRejection(_) => "letter-needs-rejection",
            Self::LetterFields { .. } => "letter-fields",
            Self::NoLetterField { .. } => "no-letter-field",
            Self::LetterIncomplete { .. } => "letter-incomplete",
            Self::LetterNowhere { .. } => "letter-nowhere",
            Self::NoSenderAddress => "no-sender-address",
            Self::SendingOpen { .. } => "sending-open",
            Self::LetterSentAlready { .. } => "letter-sent-already",
            Self::NotBeingSent(_) => "not-being-sent",
            Self::NotHerAddress { .. } => "not-her-address",
            Self::NothingToUndo => "nothing-to-undo",
            Self::BeforeErasure => "before-erasure",
            Self::NothingToRedo => "nothing-to-redo",
            Self::UndoBlocked(_) => "undo-blocked",
        }
    }
}

/// A text without which an action says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextNeeded {
    /// The remark itself.
    Note,
    /// The reason of an override.
    Override,
    /// The doubt about identity.
    Doubt,
    /// The method by which identity was confirmed.
    Method,
    /// The reason for an extension.
    Reason,
    /// The title of a task or a recording.
    Title,
    /// Where an agreement or a consent is kept.
    Reference,
    /// What a consent is for.
    Purpose,
    /// The facts behind a refusal.
    Facts,
}

impl TextNeeded {
    /// The key under which `i18n` names it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Override => "override",
            Self::Doubt => "doubt",
            Self::Method => "method",
            Self::Reason => "reason",
            Self::Title => "title",
            Self::Reference => "reference",
            Self::Purpose => "purpose",
            Self::Facts => "facts",
        }
    }
}
