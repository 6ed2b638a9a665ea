//! The service catalogue: where personal data lies, and what to do there for each kind of request (RULES §6).
//!
//! Reads a text and gives a [`Catalogue`], or every problem of that text at once with its line. It opens no file, knows no
//! case, and has no sentences for people: a [`Problem`] is data, its words belong to the texts of the program.
//! The text is walked by hand, not through serde, because serde stops at the first problem. The cards that come with the
//! program are read one by one, when each is asked for, and of a list no more than the titles that stand in it: all of them
//! take longer than the rest of a command.

mod read;

use std::sync::{Arc, OnceLock};

use crate::domain::person::{ByLanguage, Language};
use crate::domain::request::Kind;

/// The most characters a title may have: it stands in a list on a screen of 80 columns.
pub const TITLE_MAX: usize = 46;

const BUILT_IN: &str = include_str!("../assets/services.toml");

/// What a task is for: a request of some kind, or leaving the newsletter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TaskKind {
    /// A request.
    Request(Kind),
    /// A newsletter opt-out.
    OptOut,
}

impl TaskKind {
    /// All kinds: those of requests in their order, then the opt-out.
    pub fn all() -> impl Iterator<Item = Self> {
        Kind::ALL
            .into_iter()
            .map(Self::Request)
            .chain([Self::OptOut])
    }

    /// The word used in the file.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Request(kind) => kind.word(),
            Self::OptOut => "optout",
        }
    }

    /// The kind with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::all().find(|kind| kind.word() == word)
    }
}

/// What a service is in the words of the law.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Processor (databehandler).
    Processor,
    /// Controller together with the owner (fælles dataansvarlig).
    JointController,
    /// Controller in its own right (selvstændig dataansvarlig).
    Controller,
    /// Nobody else's: the owner's own disk, phone or mailbox.
    Own,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 4] = [
        Self::Processor,
        Self::JointController,
        Self::Controller,
        Self::Own,
    ];

    /// The word used in the file.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Processor => "processor",
            Self::JointController => "joint-controller",
            Self::Controller => "controller",
            Self::Own => "own",
        }
    }
}

/// By what a person's data can be found at a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FindBy {
    /// By the person's name.
    Name,
    /// By an e-mail address.
    Email,
    /// By an identifier that only the person's own browser knows.
    ClientId,
    /// By IP address and time.
    IpTime,
    /// Not at all.
    NotByPerson,
}

impl FindBy {
    /// All ways of finding.
    pub const ALL: [Self; 5] = [
        Self::Name,
        Self::Email,
        Self::ClientId,
        Self::IpTime,
        Self::NotByPerson,
    ];

    /// The word used in the file.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
            Self::ClientId => "client-id",
            Self::IpTime => "ip-time",
            Self::NotByPerson => "not-by-person",
        }
    }
}

/// A text in every language; in none is it ever empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text(ByLanguage<String>);

impl Text {
    /// The text in one language.
    pub fn get(&self, language: Language) -> &str {
        self.0.get(language)
    }
}

/// One step of a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What to do.
    pub text: Text,
    /// Whether no page of the service was found that says so; the screen must tell.
    pub unverified: bool,
}

/// What to do at one service for one kind of request. Its id in a case is the id of the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceTask {
    /// What it is for.
    pub kind: TaskKind,
    /// A short imperative of at most [`TITLE_MAX`] characters.
    pub title: Text,
    /// The steps in their order, at least one.
    pub steps: Vec<Step>,
    /// What remains there afterwards, and why.
    pub stays: Option<Text>,
    /// A warning to show before anything that cannot be taken back.
    pub irreversible: Option<Text>,
}

/// How a person's data is found at a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Findable {
    /// By what; [`FindBy::NotByPerson`] only ever stands alone.
    pub by: Vec<FindBy>,
    /// The same in words.
    pub words: Text,
}

/// What an answer to a request for access says of the data at a service (art. 15(1) and (2)), to the person. A letter names
/// what a card does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Disclosure {
    /// What the data is used for (a).
    pub purposes: Option<Text>,
    /// Which data it is (b).
    pub categories: Option<Text>,
    /// How long it is kept (d).
    pub retention: Option<Text>,
    /// Where it comes from (g).
    pub source: Option<Text>,
    /// To which countries outside the EU it goes, and on what basis (art. 15(2)).
    pub transfers: Option<Text>,
    /// Whether the owner has to hold `transfers` against her own agreement with the service.
    pub transfers_unverified: bool,
}

/// A place where personal data lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// The id that cases store, never changed: lower-case words and digits with hyphens.
    pub id: String,
    /// What it is called.
    pub name: Text,
    /// Which data it holds.
    pub holds: Text,
    /// Whom the data is about.
    pub concerns: Text,
    /// What the service is in the words of the law.
    pub role: Role,
    /// By what a person can be found there.
    pub findable: Findable,
    /// What an answer to a request for access says of it.
    pub disclosure: Disclosure,
    /// Where to write to the service, when known.
    pub contact: Option<String>,
    /// The pages its facts come from.
    pub links: Vec<String>,
    /// Its tasks, at most one of each kind, in the order of [`TaskKind::all`].
    pub tasks: Vec<ServiceTask>,
}

impl Service {
    /// The task for one kind, if there is anything to do here.
    pub fn task(&self, kind: TaskKind) -> Option<&ServiceTask> {
        self.tasks.iter().find(|task| task.kind == kind)
    }
}

/// All services, in the order in which their tasks are shown. What one copy has read, all have.
#[derive(Debug, Clone)]
pub struct Catalogue(Arc<Cards>);

#[derive(Debug)]
struct Cards {
    card_data: OnceLock<Text>,
    services: Vec<Card>,
}

/// A service by its id: a card of the program's own that is read when it is asked for, or one that was read.
#[derive(Debug)]
struct Card {
    id: String,
    text: &'static str,
    service: OnceLock<Service>,
    /// The titles of its tasks that were asked for alone, in the order of [`TaskKind::all`].
    titles: [OnceLock<Option<Text>>; KINDS],
}

/// How many kinds of tasks there are.
const KINDS: usize = Kind::ALL.len() + 1;

impl Catalogue {
    /// The catalogue that comes with the program.
    pub fn built_in() -> Self {
        let mut starts = read::cards(BUILT_IN).peekable();
        let mut services = Vec::new();
        while let Some(start) = starts.next() {
            let text = &BUILT_IN[start..starts.peek().copied().unwrap_or(BUILT_IN.len())];
            services.push(Card {
                id: read::first_id(text).to_owned(),
                text,
                service: OnceLock::new(),
                titles: Default::default(),
            });
        }
        Self(Arc::new(Cards {
            card_data: OnceLock::new(),
            services,
        }))
    }

    /// Reads a whole catalogue.
    ///
    /// # Errors
    /// Every problem of the text, by line; never an empty list.
    pub fn parse(text: &str) -> Result<Self, Vec<CatalogueProblem>> {
        let (card_data, services) = read::catalogue(text)?;
        let read = services.into_iter().map(|service| Card {
            id: service.id.clone(),
            text: "",
            service: OnceLock::from(service),
            titles: Default::default(),
        });
        Ok(Self(Arc::new(Cards {
            card_data: OnceLock::from(card_data),
            services: read.collect(),
        })))
    }

    /// The fixed answer about card data.
    pub fn card_data(&self) -> &Text {
        self.0.card_data.get_or_init(|| {
            let head = read::cards(BUILT_IN).next().unwrap_or(BUILT_IN.len());
            flawless(read::card_data(&BUILT_IN[..head]))
        })
    }

    /// All services in their order.
    pub fn services(&self) -> impl Iterator<Item = &Service> {
        self.0.services.iter().map(Card::service)
    }

    /// The service with this id.
    pub fn service(&self, id: &str) -> Option<&Service> {
        self.card(id).map(Card::service)
    }

    /// The title of a service's task for one kind, if there is such a task.
    pub fn title(&self, id: &str, kind: TaskKind) -> Option<&Text> {
        self.card(id)?.title(kind)
    }

    fn card(&self, id: &str) -> Option<&Card> {
        self.0.services.iter().find(|card| card.id == id)
    }

    /// The tasks for one kind, in the order of the services.
    pub fn tasks_for(&self, kind: TaskKind) -> impl Iterator<Item = (&Service, &ServiceTask)> {
        self.services()
            .filter_map(move |service| service.task(kind).map(|task| (service, task)))
    }
}

impl Card {
    fn service(&self) -> &Service {
        self.service
            .get_or_init(|| flawless(read::service(self.text)))
    }

    fn title(&self, kind: TaskKind) -> Option<&Text> {
        if let Some(service) = self.service.get() {
            return service.task(kind).map(|task| &task.title);
        }
        let place = TaskKind::all().position(|other| other == kind)?;
        let title = self.titles[place].get_or_init(|| {
            let line = read::title_line(self.text, kind)?;
            Some(flawless(read::title(line)))
        });
        title.as_ref()
    }
}

/// What stands in the program's own file, which a test reads as a whole and card by card.
fn flawless<T>(read: Result<T, Vec<CatalogueProblem>>) -> T {
    match read {
        Ok(value) => value,
        Err(problems) => unreachable!("assets/services.toml: {problems:?}"),
    }
}

/// Something wrong in a catalogue file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueProblem {
    /// The line it is on, from 1; `None` for something the file lacks as a whole.
    pub line: Option<usize>,
    /// Where in the file: `kajabi.tasks.access.title`; a service without an id counts as `service 3`. Empty for the file itself.
    pub place: String,
    /// What is wrong.
    pub problem: Problem,
}

/// What can be wrong in a catalogue file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// It is not TOML here.
    Syntax {
        /// What the parser says, in English.
        message: String,
    },
    /// A field that does not exist here.
    UnknownField {
        /// Its name.
        field: String,
    },
    /// A task for a kind of request that does not exist.
    UnknownKind {
        /// The word used.
        kind: String,
    },
    /// A word that is none of those allowed.
    UnknownWord {
        /// The word used.
        word: String,
        /// Those allowed.
        allowed: Vec<&'static str>,
    },
    /// A required field is not there.
    MissingField {
        /// Its name.
        field: &'static str,
    },
    /// A text lacks one of its languages.
    MissingLanguage {
        /// The one it lacks.
        language: Language,
    },
    /// A value of the wrong type.
    WrongType {
        /// What belongs here.
        expected: Expected,
        /// TOML's name of what stands here.
        found: &'static str,
    },
    /// A text without a visible character.
    EmptyText,
    /// A list that must have at least one entry.
    EmptyList,
    /// A title longer than the list on the screen is wide.
    TitleTooLong {
        /// Its number of characters.
        length: usize,
        /// The most it may have.
        limit: usize,
    },
    /// A line break, a tab or an escape character, which would spoil the screen.
    ControlCharacter,
    /// An id that is not lower-case words and digits with hyphens, or looks like that of a task added by hand (`t1`).
    BadId {
        /// The id.
        id: String,
    },
    /// An id that an earlier service has.
    DuplicateId {
        /// The id.
        id: String,
        /// The line of the earlier one.
        first_line: usize,
    },
    /// An address that does not begin with `https://` or has spaces in it.
    BadLink {
        /// The address.
        link: String,
    },
    /// `not-by-person` beside something the person can be found by.
    NotByPersonBesideOthers,
    /// A phrase of the intake rules that can stand in no mail.
    BadPhrase {
        /// The phrase.
        phrase: String,
    },
    /// A group of words of the intake rules that does not exist.
    UnknownGroup {
        /// Its name.
        name: String,
    },
    /// Groups of words of the intake rules that name each other in a circle.
    CircleOfGroups {
        /// One of them.
        name: String,
    },
    /// A phrase or a rule that is to be switched off, and that is no shipped one.
    NothingToSwitchOff {
        /// The phrase, or the name of the rule.
        phrase: String,
    },
}

impl Problem {
    /// Whether it says that something is not there, which cannot be known of a file that could only be read in part.
    pub(crate) const fn is_absence(&self) -> bool {
        matches!(
            self,
            Self::MissingField { .. } | Self::MissingLanguage { .. } | Self::EmptyList
        )
    }
}

/// What belongs at a place in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// A quoted text.
    Text,
    /// A list in square brackets.
    List,
    /// A table: `{ … }` or a header of its own.
    Table,
    /// `true` or `false`.
    Flag,
    /// Services, each with the header `[[service]]`.
    Services,
    /// The weight of an intake rule: a whole number from 1 to 9.
    Weight,
}

#[cfg(test)]
mod tests;
