//! The parts that letters must have, by name (RULES §5). How each is looked for is `checks`.

/// A part that a letter must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// The number of the case.
    Id,
    /// Who writes.
    Sender,
    /// How to reach her.
    Contact,
    /// The date of receipt.
    Received,
    /// What was understood.
    Asked,
    /// The last day for an answer.
    Due,
    /// That it is free of charge.
    Free,
    /// The concrete doubt about identity.
    Doubt,
    /// The least intrusive proof.
    Proof,
    /// That neither CPR number nor passport is to be sent.
    NoCpr,
    /// What happens without an answer.
    NoAnswer,
    /// Where to complain, as the settings have it.
    Complaint,
    /// That the courts are open.
    Courts,
    /// What is unclear.
    Unclear,
    /// That everything is given where nothing narrower is asked for.
    AllGiven,
    /// The new date.
    NewDate,
    /// The reason.
    Reason,
    /// What is given already.
    Given,
    /// Whether anything is held.
    YesNo,
    /// What for (art. 15(1)(a)).
    Purposes,
    /// Which data (b).
    Categories,
    /// The named recipients (c).
    Recipients,
    /// How long (d).
    Period,
    /// The rights (e).
    Rights,
    /// Where from (g).
    Source,
    /// Automated decisions (h).
    Automated,
    /// Third countries (art. 15(2)).
    Transfers,
    /// The copy, as a list of what is enclosed (art. 15(3)).
    Copy,
    /// Card data.
    CardData,
    /// What was left out, and why.
    LeftOut,
    /// What was done where.
    Actions,
    /// That nothing is held.
    NothingHeld,
    /// That something is held where the letter says that there is nothing.
    Contradicted,
    /// Where was searched.
    Searched,
    /// What was searched for.
    Identifiers,
    /// The decision.
    Decision,
    /// The provision.
    Provision,
    /// What was weighed.
    Weighed,
    /// Why it is excessive.
    Excessive,
    /// The amount.
    Amount,
    /// What the amount rests on.
    Basis,
    /// The choice to ask for less.
    Narrow,
    /// Which consent.
    Consent,
    /// From when.
    FromWhen,
    /// That earlier processing stays lawful.
    StaysLawful,
    /// What was deleted where.
    Deleted,
    /// When something was changed.
    When,
    /// What is kept, and why.
    Kept,
    /// No offers, and no question why.
    NoOffers,
    /// The recipients that were told (art. 19).
    Told,
    /// What was done about published data (art. 17(2)).
    Published,
    /// Backups.
    Backups,
    /// Which videos, and where.
    Videos,
    /// Copies out of reach.
    OutOfReach,
    /// What was not done, and why.
    NotDone,
    /// The session.
    Session,
    /// When the link was sent.
    LinkSent,
    /// Each deletion with place and date.
    Deletions,
    /// The trash.
    Trash,
    /// Copies that are still there.
    CopiesLeft,
    /// That she is off the list.
    OptedOut,
    /// The points answered.
    Points,
    /// What changes.
    Changes,
    /// The chronology.
    Chronology,
    /// The evidence.
    Evidence,
    /// Which service.
    Service,
    /// Whom it is about.
    Whom,
    /// What is asked of it.
    Ask,
    /// By when.
    AnswerBy,
    /// Tasks that are still open, so that the letter would say what is not so.
    OpenTasks,
}

impl Part {
    /// The word in JSON, and the key of its text.
    #[expect(
        clippy::too_many_lines,
        reason = "one arm for each part, and nothing else"
    )]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Sender => "sender",
            Self::Contact => "contact",
            Self::Received => "received",
            Self::Asked => "asked",
            Self::Due => "due",
            Self::Free => "free",
            Self::Doubt => "doubt",
            Self::Proof => "proof",
            Self::NoCpr => "no-cpr",
            Self::NoAnswer => "no-answer",
            Self::Complaint => "complaint",
            Self::Courts => "courts",
            Self::Unclear => "unclear",
            Self::AllGiven => "all-given",
            Self::NewDate => "new-date",
            Self::Reason => "reason",
            Self::Given => "given",
            Self::YesNo => "yes-no",
            Self::Purposes => "purposes",
            Self::Categories => "categories",
            Self::Recipients => "recipients",
            Self::Period => "period",
            Self::Rights => "rights",
            Self::Source => "source",
            Self::Automated => "automated",
            Self::Transfers => "transfers",
            Self::Copy => "copy",
            Self::CardData => "card-data",
            Self::LeftOut => "left-out",
            Self::Actions => "actions",
            Self::NothingHeld => "nothing-held",
            Self::Contradicted => "contradicted",
            Self::Searched => "searched",
            Self::Identifiers => "identifiers",
            Self::Decision => "decision",
            Self::Provision => "provision",
            Self::Weighed => "weighed",
            Self::Excessive => "excessive",
            Self::Amount => "amount",
            Self::Basis => "basis",
            Self::Narrow => "narrow",
            Self::Consent => "consent",
            Self::FromWhen => "from-when",
            Self::StaysLawful => "stays-lawful",
            Self::Deleted => "deleted",
            Self::When => "when",
            Self::Kept => "kept",
            Self::NoOffers => "no-offers",
            Self::Told => "told",
            Self::Published => "published",
            Self::Backups => "backups",
            Self::Videos => "videos",
            Self::OutOfReach => "out-of-reach",
            Self::NotDone => "not-done",
            Self::Session => "session",
            Self::LinkSent => "link-sent",
            Self::Deletions => "deletions",
            Self::Trash => "trash",
            Self::CopiesLeft => "copies-left",
            Self::OptedOut => "opted-out",
            Self::Points => "points",
            Self::Changes => "changes",
            Self::Chronology => "chronology",
            Self::Evidence => "evidence",
            Self::Service => "service",
            Self::Whom => "whom",
            Self::Ask => "ask",
            Self::AnswerBy => "answer-by",
            Self::OpenTasks => "open-tasks",
        }
    }
}

/// A part that a letter lacks.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Missing {
    /// Which.
    pub part: Part,
    /// Of what: the name of a service, of a copy.
    pub about: Option<String>,
}
