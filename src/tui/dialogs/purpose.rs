//! What a form is for: about which record, under which title, and where its draft belongs.

use crate::domain::draft::Place;
use crate::domain::ids::ItemId;
use crate::domain::letter::LetterType;
use crate::domain::person::Language;
use crate::letters::Letter;
use crate::ops::Target;

/// What the texts with a form's title begin with; the rest is the word under which its draft lies in the store.
pub const TITLE: &str = "form-";

/// What a form is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// A new request.
    NewRequest,
    /// A new recording.
    NewRecording,
    /// A new opt-out.
    NewOptOut,
    /// A remark.
    Note(Target),
    /// Closing a request.
    Resolve(Target),
    /// Refusing a request.
    Reject(Target),
    /// A task, by its id.
    Task(Target, String),
    /// A task to be added.
    AddTask(Target),
    /// The link was sent.
    LinkSent(Target),
    /// A written agreement.
    Agree(Target),
    /// A recording the person got.
    Delivered(Target),
    /// Consent to another use.
    Consent(Target),
    /// Correcting name or addresses.
    Edit(Target),
    /// An extension.
    Extend(Target),
    /// Proof of identity was asked for.
    AskIdentity(Target),
    /// Identity was confirmed.
    ConfirmIdentity(Target),
    /// Opening again.
    Reopen(Target),
    /// A second case for another right.
    Split(Target),
    /// A reminder that belongs to another case.
    Merge(Target),
    /// Keeping beyond the retention date.
    Hold(Target),
    /// Refusing a request with the letter that says so, in this language.
    Refuse(Target, Language),
    /// What a letter needs and the case does not have.
    LetterTexts(Target, LetterType, Language),
    /// A letter, to be read and changed.
    Letter(Target, Box<Letter>),
    /// What is to be done with the letter below.
    LetterGoes(Target, Box<Letter>),
    /// An export of these marked records, or of what is under the cursor.
    Export(Vec<ItemId>),
}

impl Purpose {
    /// Where its draft belongs; an export and the going of a letter have none, as they are offered filled in.
    pub fn place(&self) -> Option<Place> {
        let task = match self {
            Self::Export(_) | Self::LetterGoes(..) => return None,
            Self::Task(_, task) => Some(task.clone()),
            Self::LetterTexts(_, letter, language) => Some(written(*letter, *language)),
            Self::Letter(_, letter) => Some(written(letter.letter, letter.language)),
            _ => None,
        };
        let form = self.title_id().trim_start_matches(TITLE).to_owned();
        let on = self.target();
        Some(Place { form, on, task })
    }

    /// The version of the record that was seen when it was opened.
    pub fn seen(&self) -> Option<u64> {
        self.about().and_then(|target| target.seen)
    }

    /// The record it is about.
    pub fn target(&self) -> Option<ItemId> {
        self.about().map(|target| target.id)
    }

    fn about(&self) -> Option<Target> {
        self.clone().about_mut().copied()
    }

    /// The record it is about, and the version that was seen.
    pub fn about_mut(&mut self) -> Option<&mut Target> {
        match self {
            Self::NewRequest | Self::NewRecording | Self::NewOptOut | Self::Export(_) => None,
            Self::Note(target)
            | Self::Resolve(target)
            | Self::Reject(target)
            | Self::Task(target, _)
            | Self::AddTask(target)
            | Self::LinkSent(target)
            | Self::Agree(target)
            | Self::Delivered(target)
            | Self::Consent(target)
            | Self::Edit(target)
            | Self::Extend(target)
            | Self::AskIdentity(target)
            | Self::ConfirmIdentity(target)
            | Self::Reopen(target)
            | Self::Split(target)
            | Self::Merge(target)
            | Self::Hold(target)
            | Self::Refuse(target, _)
            | Self::LetterTexts(target, ..)
            | Self::Letter(target, _)
            | Self::LetterGoes(target, _) => Some(target),
        }
    }

    /// Whether its saving decides nothing yet and leads on, as on the way to a letter.
    pub fn is_on_the_way(&self) -> bool {
        matches!(
            self,
            Self::Refuse(..) | Self::LetterTexts(..) | Self::Letter(..)
        )
    }

    /// The event that its saving is, where the record's status does not say what was done.
    pub fn event(&self) -> Option<&'static str> {
        Some(match self {
            Self::Note(_) => "noted",
            Self::AddTask(_) => "task-added",
            Self::LinkSent(_) => "link-sent",
            Self::Agree(_) => "agreed",
            Self::Delivered(_) => "delivered",
            Self::Consent(_) => "consented",
            Self::Edit(_) => "edited",
            Self::Extend(_) => "extended",
            Self::ConfirmIdentity(_) => "identity-confirmed",
            Self::Hold(_) => "held",
            Self::LetterGoes(..) => "letter-sent",
            _ => return None,
        })
    }

    /// The text that is its title.
    pub(super) fn title_id(&self) -> &'static str {
        match self {
            Self::NewRequest => "form-new-request",
            Self::NewRecording => "form-new-recording",
            Self::NewOptOut => "form-new-optout",
            Self::Note(_) => "form-note",
            Self::Resolve(_) => "form-resolve",
            Self::Reject(_) => "form-reject",
            Self::Task(..) => "form-task",
            Self::AddTask(_) => "form-add-task",
            Self::LinkSent(_) => "form-link-sent",
            Self::Agree(_) => "form-agree",
            Self::Delivered(_) => "form-delivered",
            Self::Consent(_) => "form-consent",
            Self::Edit(_) => "form-edit",
            Self::Extend(_) => "form-extend",
            Self::AskIdentity(_) => "form-ask-identity",
            Self::ConfirmIdentity(_) => "form-confirm-identity",
            Self::Reopen(_) => "form-reopen",
            Self::Split(_) => "form-split",
            Self::Merge(_) => "form-merge",
            Self::Hold(_) => "form-hold",
            Self::Refuse(..) => "form-refuse",
            Self::LetterTexts(..) => "form-letter-texts",
            Self::Letter(..) => "form-letter",
            Self::LetterGoes(..) => "form-letter-goes",
            Self::Export(_) => "form-export",
        }
    }
}

/// A type of letter in a language: there is a draft of each.
fn written(letter: LetterType, language: Language) -> String {
    format!("{}.{}", letter.word(), language.code())
}
