//! The service catalogue: where personal data lies, and what to do there for each kind of request (RULES §6).
//!
//! Reads a text and gives a [`Catalogue`], or every problem of that text at once with its line. It opens no file, knows no
//! case, and has no sentences for people: a [`Problem`] is data, its words belong to the texts of the program.
//! The text is walked by hand, not through serde, because serde stops at the first problem.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::domain::person::Language;
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

/// A text in both languages; neither is ever empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Danish.
    pub da: String,
    /// English.
    pub en: String,
}

impl Text {
    /// The text in one language.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Da => &self.da,
            Language::En => &self.en,
        }
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

/// All services, in the order in which their tasks are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue {
    card_data: Text,
    services: Vec<Service>,
}

impl Catalogue {
    /// The catalogue that comes with the program. It is parsed at each call: keep the result where it is used often.
    ///
    /// # Panics
    /// Never in a program whose tests ran: one of them reads the same text.
    pub fn built_in() -> Self {
        match Self::parse(BUILT_IN) {
            Ok(catalogue) => catalogue,
            Err(problems) => unreachable!("assets/services.toml: {problems:?}"),
        }
    }

    /// Reads a whole catalogue.
    ///
    /// # Errors
    /// Every problem of the text, by line; never an empty list.
    pub fn parse(text: &str) -> Result<Self, Vec<CatalogueProblem>> {
        let (root, errors) = DeTable::parse_recoverable(text);
        let mut reader = Reader {
            text,
            problems: Vec::new(),
        };
        let catalogue = reader.catalogue(&Section::root(root.get_ref()));
        reader.add_syntax_errors(&errors);
        match catalogue {
            Some(catalogue) if reader.problems.is_empty() => Ok(catalogue),
            _ => {
                reader.problems.sort_by_key(|problem| problem.line);
                Err(reader.problems)
            }
        }
    }

    /// The fixed answer about card data.
    pub fn card_data(&self) -> &Text {
        &self.card_data
    }

    /// All services in their order.
    pub fn services(&self) -> &[Service] {
        &self.services
    }

    /// The service with this id.
    pub fn service(&self, id: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.id == id)
    }

    /// The tasks for one kind, in the order of the services.
    pub fn tasks_for(&self, kind: TaskKind) -> impl Iterator<Item = (&Service, &ServiceTask)> {
        self.services
            .iter()
            .filter_map(move |service| service.task(kind).map(|task| (service, task)))
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
}

impl Problem {
    /// Whether it says that something is not there, which cannot be known of a file that could only be read in part.
    const fn is_absence(&self) -> bool {
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
}

/// A table of the file, and where it stands.
struct Section<'t> {
    table: &'t DeTable<'t>,
    span: Option<Range<usize>>,
    place: String,
}

impl<'t> Section<'t> {
    fn root(table: &'t DeTable<'t>) -> Self {
        Self {
            table,
            span: None,
            place: String::new(),
        }
    }

    fn get(&self, field: &str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.table.get(field)
    }

    fn place_of(&self, field: &str) -> String {
        if self.place.is_empty() {
            field.to_owned()
        } else {
            format!("{}.{field}", self.place)
        }
    }
}

/// Walks the tree, and collects problems instead of stopping. A method gives `None` when it has reported a problem that
/// leaves no value; the walk goes on all the same.
struct Reader<'t> {
    text: &'t str,
    problems: Vec<CatalogueProblem>,
}

impl Reader<'_> {
    fn line_of(&self, span: &Range<usize>) -> usize {
        let before = self.text.as_bytes().iter().take(span.start);
        1 + before.filter(|byte| **byte == b'\n').count()
    }

    fn report(&mut self, span: Option<Range<usize>>, place: &str, problem: Problem) {
        self.problems.push(CatalogueProblem {
            line: span.map(|span| self.line_of(&span)),
            place: place.to_owned(),
            problem,
        });
    }

    /// One syntax error a line is enough, and what else was found there, or found missing anywhere, may only follow from it.
    fn add_syntax_errors(&mut self, errors: &[toml::de::Error]) {
        if errors.is_empty() {
            return;
        }
        let mut found: Vec<CatalogueProblem> = Vec::new();
        for error in errors {
            let line = error.span().map(|span| self.line_of(&span));
            if found.iter().all(|earlier| earlier.line != line) {
                found.push(CatalogueProblem {
                    line,
                    place: String::new(),
                    problem: Problem::Syntax {
                        message: error.message().to_owned(),
                    },
                });
            }
        }
        self.problems.retain(|other| {
            !other.problem.is_absence() && found.iter().all(|syntax| syntax.line != other.line)
        });
        self.problems.append(&mut found);
    }

    fn catalogue(&mut self, root: &Section<'_>) -> Option<Catalogue> {
        self.only_fields(root, &["card_data", "service"]);
        let card_data = self.text(root, "card_data");
        let list = self.required(root, "service")?;
        let Some(items) = list.get_ref().as_array() else {
            return self.wrong_type(list, "service", Expected::Services);
        };
        if items.is_empty() {
            self.report(Some(list.span()), "service", Problem::EmptyList);
        }
        let mut services = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let place = match id_in(item) {
                Some((id, _)) if is_id(id) => id.to_owned(),
                _ => format!("service {}", index + 1),
            };
            if let Some(section) = self.table(item, place) {
                services.extend(self.service(&section));
            }
        }
        self.duplicate_ids(items);
        Some(Catalogue {
            card_data: card_data?,
            services,
        })
    }

    fn duplicate_ids(&mut self, items: &[Spanned<DeValue<'_>>]) {
        let mut seen: Vec<(&str, Range<usize>)> = Vec::new();
        for (id, span) in items.iter().filter_map(id_in) {
            match seen.iter().find(|(earlier, _)| *earlier == id) {
                None => seen.push((id, span)),
                Some((_, first)) => {
                    let problem = Problem::DuplicateId {
                        id: id.to_owned(),
                        first_line: self.line_of(first),
                    };
                    self.report(Some(span), &format!("{id}.id"), problem);
                }
            }
        }
    }

    fn service(&mut self, section: &Section<'_>) -> Option<Service> {
        self.only_fields(
            section,
            &[
                "id", "name", "holds", "concerns", "role", "findable", "contact", "links", "tasks",
            ],
        );
        let id = self.id(section);
        let name = self.text(section, "name");
        let holds = self.text(section, "holds");
        let concerns = self.text(section, "concerns");
        let role = self.role(section);
        let findable = self.findable(section);
        let contact = self.contact(section);
        let links = self.links(section);
        let tasks = self.tasks(section);
        Some(Service {
            id: id?,
            name: name?,
            holds: holds?,
            concerns: concerns?,
            role: role?,
            findable: findable?,
            contact,
            links,
            tasks,
        })
    }

    fn id(&mut self, section: &Section<'_>) -> Option<String> {
        let value = self.required(section, "id")?;
        let id = self.string(value, &section.place_of("id"))?;
        if is_id(&id) {
            return Some(id);
        }
        let problem = Problem::BadId { id };
        self.report(Some(value.span()), &section.place_of("id"), problem);
        None
    }

    fn role(&mut self, section: &Section<'_>) -> Option<Role> {
        let value = self.required(section, "role")?;
        self.word(value, &section.place_of("role"), &Role::ALL, Role::word)
    }

    fn findable(&mut self, section: &Section<'_>) -> Option<Findable> {
        let value = self.required(section, "findable")?;
        let section = self.table(value, section.place_of("findable"))?;
        let words = self.languages(&section, &["by"]);
        let list = self.required(&section, "by")?;
        let place = section.place_of("by");
        let by: Vec<FindBy> = self
            .list(list, &place)?
            .iter()
            .filter_map(|item| self.word(item, &place, &FindBy::ALL, FindBy::word))
            .collect();
        if by.len() > 1 && by.contains(&FindBy::NotByPerson) {
            self.report(Some(list.span()), &place, Problem::NotByPersonBesideOthers);
        }
        Some(Findable { by, words: words? })
    }

    fn contact(&mut self, section: &Section<'_>) -> Option<String> {
        let value = section.get("contact")?;
        self.string(value, &section.place_of("contact"))
    }

    fn links(&mut self, section: &Section<'_>) -> Vec<String> {
        let place = section.place_of("links");
        let Some(items) = section
            .get("links")
            .and_then(|value| self.list(value, &place))
        else {
            return Vec::new();
        };
        let mut links = Vec::new();
        for item in items {
            let Some(link) = self.string(item, &place) else {
                continue;
            };
            let rest = link.strip_prefix("https://").unwrap_or_default();
            if rest.is_empty() || rest.contains(char::is_whitespace) {
                self.report(Some(item.span()), &place, Problem::BadLink { link });
            } else {
                links.push(link);
            }
        }
        links
    }

    fn tasks(&mut self, section: &Section<'_>) -> Vec<ServiceTask> {
        let Some(tasks) = section
            .get("tasks")
            .and_then(|value| self.table(value, section.place_of("tasks")))
        else {
            return Vec::new();
        };
        for key in tasks.table.keys() {
            if TaskKind::from_word(key.get_ref()).is_none() {
                let kind = key.get_ref().to_string();
                self.report(
                    Some(key.span()),
                    &tasks.place,
                    Problem::UnknownKind { kind },
                );
            }
        }
        TaskKind::all()
            .filter_map(|kind| {
                let value = tasks.get(kind.word())?;
                let section = self.table(value, tasks.place_of(kind.word()))?;
                self.task(kind, &section)
            })
            .collect()
    }

    fn task(&mut self, kind: TaskKind, section: &Section<'_>) -> Option<ServiceTask> {
        self.only_fields(section, &["title", "steps", "stays", "irreversible"]);
        let title = self.text(section, "title");
        self.title_lengths(section);
        let steps = self.steps(section);
        let stays = self.optional_text(section, "stays");
        let irreversible = self.optional_text(section, "irreversible");
        Some(ServiceTask {
            kind,
            title: title?,
            steps: steps?,
            stays,
            irreversible,
        })
    }

    fn title_lengths(&mut self, section: &Section<'_>) {
        let Some(title) = section.get("title") else {
            return;
        };
        for language in [Language::Da, Language::En] {
            let Some(value) = title.get_ref().get(language.code()) else {
                continue;
            };
            let length = value
                .get_ref()
                .as_str()
                .map_or(0, |title| title.trim().chars().count());
            if length > TITLE_MAX {
                let place = format!("{}.{}", section.place_of("title"), language.code());
                let problem = Problem::TitleTooLong {
                    length,
                    limit: TITLE_MAX,
                };
                self.report(Some(value.span()), &place, problem);
            }
        }
    }

    fn steps(&mut self, section: &Section<'_>) -> Option<Vec<Step>> {
        let value = self.required(section, "steps")?;
        let place = section.place_of("steps");
        let items = self.list(value, &place)?;
        let mut steps = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let Some(step) = self.table(item, format!("{place}.{}", index + 1)) else {
                continue;
            };
            let text = self.languages(&step, &["unverified"]);
            let unverified = match step.get("unverified") {
                None => false,
                Some(value) => self.flag(value, &step.place_of("unverified")),
            };
            steps.extend(text.map(|text| Step { text, unverified }));
        }
        Some(steps)
    }

    fn text(&mut self, section: &Section<'_>, field: &'static str) -> Option<Text> {
        self.required(section, field)?;
        self.optional_text(section, field)
    }

    fn optional_text(&mut self, section: &Section<'_>, field: &'static str) -> Option<Text> {
        let text = self.table(section.get(field)?, section.place_of(field))?;
        self.languages(&text, &[])
    }

    /// The two languages of a table that may have other fields beside them.
    fn languages(&mut self, section: &Section<'_>, beside: &[&str]) -> Option<Text> {
        let mut allowed = vec![Language::Da.code(), Language::En.code()];
        allowed.extend_from_slice(beside);
        self.only_fields(section, &allowed);
        let da = self.language(section, Language::Da);
        let en = self.language(section, Language::En);
        Some(Text { da: da?, en: en? })
    }

    fn language(&mut self, section: &Section<'_>, language: Language) -> Option<String> {
        let Some(value) = section.get(language.code()) else {
            let problem = Problem::MissingLanguage { language };
            self.report(section.span.clone(), &section.place, problem);
            return None;
        };
        self.string(value, &section.place_of(language.code()))
    }

    fn string(&mut self, value: &Spanned<DeValue<'_>>, place: &str) -> Option<String> {
        let Some(text) = value.get_ref().as_str() else {
            return self.wrong_type(value, place, Expected::Text);
        };
        let text = text.trim();
        if text.is_empty() {
            self.report(Some(value.span()), place, Problem::EmptyText);
            return None;
        }
        if text.contains(char::is_control) {
            self.report(Some(value.span()), place, Problem::ControlCharacter);
            return None;
        }
        Some(text.to_owned())
    }

    fn word<T: Copy>(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        place: &str,
        all: &[T],
        word_of: fn(T) -> &'static str,
    ) -> Option<T> {
        let word = self.string(value, place)?;
        let found = all.iter().copied().find(|one| word_of(*one) == word);
        if found.is_none() {
            let allowed = all.iter().map(|one| word_of(*one)).collect();
            let problem = Problem::UnknownWord { word, allowed };
            self.report(Some(value.span()), place, problem);
        }
        found
    }

    fn flag(&mut self, value: &Spanned<DeValue<'_>>, place: &str) -> bool {
        value.get_ref().as_bool().unwrap_or_else(|| {
            self.wrong_type::<bool>(value, place, Expected::Flag);
            false
        })
    }

    fn list<'v>(
        &mut self,
        value: &'v Spanned<DeValue<'v>>,
        place: &str,
    ) -> Option<&'v [Spanned<DeValue<'v>>]> {
        let Some(items) = value.get_ref().as_array() else {
            return self.wrong_type(value, place, Expected::List);
        };
        if items.is_empty() {
            self.report(Some(value.span()), place, Problem::EmptyList);
            return None;
        }
        Some(items)
    }

    fn table<'v>(&mut self, value: &'v Spanned<DeValue<'v>>, place: String) -> Option<Section<'v>> {
        let Some(table) = value.get_ref().as_table() else {
            return self.wrong_type(value, &place, Expected::Table);
        };
        Some(Section {
            table,
            span: Some(value.span()),
            place,
        })
    }

    fn required<'v>(
        &mut self,
        section: &Section<'v>,
        field: &'static str,
    ) -> Option<&'v Spanned<DeValue<'v>>> {
        let value = section.get(field);
        if value.is_none() {
            let problem = Problem::MissingField { field };
            self.report(section.span.clone(), &section.place, problem);
        }
        value
    }

    fn only_fields(&mut self, section: &Section<'_>, allowed: &[&str]) {
        for key in section.table.keys() {
            if !allowed.contains(&key.get_ref().as_ref()) {
                let field = key.get_ref().to_string();
                let problem = Problem::UnknownField { field };
                self.report(Some(key.span()), &section.place, problem);
            }
        }
    }

    /// Always `None`, so that a caller can hand it on.
    fn wrong_type<T>(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        place: &str,
        expected: Expected,
    ) -> Option<T> {
        let found = value.get_ref().type_str();
        let problem = Problem::WrongType { expected, found };
        self.report(Some(value.span()), place, problem);
        None
    }
}

fn id_in<'v>(service: &'v Spanned<DeValue<'_>>) -> Option<(&'v str, Range<usize>)> {
    let id = service.get_ref().get("id")?;
    Some((id.get_ref().as_str()?, id.span()))
}

/// Lower-case words and digits, joined by single hyphens, beginning with a letter. Tasks added by hand are called `t1`,
/// `t2` …, so a service cannot be.
fn is_id(id: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    let is_hand_made = id
        .strip_prefix('t')
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()));
    id.starts_with(|first: char| first.is_ascii_lowercase())
        && id.split('-').all(is_word)
        && !is_hand_made
}

#[cfg(test)]
mod tests {
    use super::*;

    const CARD: &str = "[card_data]\nda = \"Kort\"\nen = \"Card\"\n";

    /// One flawless service with one task; every test of a fault changes one thing in it.
    const GOOD: &str = r#"[card_data]
da = "Kort"
en = "Card"

[[service]]
id = "zoom"
name = { da = "Zoom", en = "Zoom" }
holds = { da = "Lister", en = "Lists" }
concerns = { da = "Deltagere", en = "Participants" }
role = "processor"
findable = { by = ["name", "email"], da = "På navn", en = "By name" }
contact = "privacy@example.com"
links = ["https://example.com/a"]

[service.tasks.access]
title = { da = "Søg i Zoom", en = "Search Zoom" }
steps = [
  { da = "Søg", en = "Search" },
  { da = "Hent", en = "Download", unverified = true },
]
stays = { da = "Intet", en = "Nothing" }
irreversible = { da = "Pas på", en = "Take care" }
"#;

    fn problems(text: &str) -> Vec<CatalogueProblem> {
        Catalogue::parse(text).unwrap_err()
    }

    /// The problems of the good file with one passage replaced.
    fn problems_with(old: &str, new: &str) -> Vec<CatalogueProblem> {
        assert_eq!(GOOD.matches(old).count(), 1, "{old}");
        problems(&GOOD.replace(old, new))
    }

    fn problem(line: usize, place: &str, problem: Problem) -> CatalogueProblem {
        CatalogueProblem {
            line: Some(line),
            place: place.to_owned(),
            problem,
        }
    }

    fn unknown_field(field: &str) -> Problem {
        Problem::UnknownField {
            field: field.to_owned(),
        }
    }

    fn access() -> TaskKind {
        TaskKind::Request(Kind::Access)
    }

    // --- The built-in catalogue ---------------------------------------------------------------------------------

    #[test]
    fn the_built_in_catalogue_is_flawless() {
        assert_eq!(Catalogue::parse(BUILT_IN).err(), None);
        assert_eq!(
            Catalogue::built_in(),
            Catalogue::parse(&BUILT_IN.replace('\n', "\r\n")).unwrap()
        );
    }

    #[test]
    fn the_built_in_services_keep_their_ids_and_order() {
        let catalogue = Catalogue::built_in();
        let ids: Vec<&str> = catalogue
            .services()
            .iter()
            .map(|service| service.id.as_str())
            .collect();
        assert_eq!(
            ids,
            [
                "kajabi",
                "webinarjam",
                "gotomeeting",
                "zoom",
                "stripe",
                "meta-pixel",
                "google-analytics",
                "cloudflare",
                "aws",
                "youtube",
                "facebook",
                "newsletter",
                "mailbox",
                "own-disk",
            ]
        );
    }

    fn ids_for(kind: TaskKind) -> Vec<String> {
        Catalogue::built_in()
            .tasks_for(kind)
            .map(|(service, task)| {
                assert_eq!(task.kind, kind);
                service.id.clone()
            })
            .collect()
    }

    #[test]
    fn every_kind_has_a_task_and_the_special_ones_have_theirs() {
        for kind in TaskKind::all() {
            assert!(!ids_for(kind).is_empty(), "{}", kind.word());
        }
        assert_eq!(ids_for(access()).len(), 14);
        assert_eq!(ids_for(TaskKind::Request(Kind::Erasure)).len(), 14);
        assert_eq!(
            ids_for(TaskKind::OptOut),
            ["kajabi", "webinarjam", "newsletter"]
        );
        assert_eq!(
            ids_for(TaskKind::Request(Kind::NameRedaction)),
            ["kajabi", "zoom", "youtube", "facebook", "own-disk"]
        );
        for kind in [Kind::Complaint, Kind::Other] {
            assert_eq!(ids_for(TaskKind::Request(kind)), ["mailbox"]);
        }
    }

    #[test]
    fn what_the_services_do_not_document_is_marked() {
        let catalogue = Catalogue::built_in();
        let has_unverified = |id: &str, kind| {
            let task = catalogue.service(id).unwrap().task(kind).unwrap();
            task.steps.iter().any(|step| step.unverified)
        };
        let erasure = TaskKind::Request(Kind::Erasure);
        for id in ["webinarjam", "gotomeeting", "zoom", "youtube"] {
            assert!(has_unverified(id, erasure), "{id}");
        }
        assert!(has_unverified("meta-pixel", access()));
        for id in ["kajabi", "stripe", "google-analytics", "aws"] {
            assert!(!has_unverified(id, erasure), "{id}");
        }
    }

    #[test]
    fn irreversible_deletions_are_warned_of() {
        let catalogue = Catalogue::built_in();
        for kind in [Kind::Erasure, Kind::Withdrawal] {
            let kajabi = catalogue.service("kajabi").unwrap();
            let task = kajabi.task(TaskKind::Request(kind)).unwrap();
            let warning = task.irreversible.as_ref().unwrap();
            assert!(warning.da.contains("kan ikke fortrydes"));
            assert!(warning.en.contains("cannot be undone"));
        }
        let stripe = catalogue.service("stripe").unwrap();
        let task = stripe.task(TaskKind::Request(Kind::Erasure)).unwrap();
        assert!(task.irreversible.is_some());
        assert!(task.stays.as_ref().unwrap().da.contains("5 år"));
    }

    #[test]
    fn the_titles_in_one_case_can_be_told_apart() {
        let catalogue = Catalogue::built_in();
        for kind in TaskKind::all() {
            for language in [Language::Da, Language::En] {
                let mut titles: Vec<&str> = catalogue
                    .tasks_for(kind)
                    .map(|(_, task)| task.title.get(language))
                    .collect();
                let count = titles.len();
                titles.sort_unstable();
                titles.dedup();
                assert_eq!(titles.len(), count, "{}", kind.word());
            }
        }
    }

    #[test]
    fn danish_is_written_with_danish_letters() {
        for word in ["Soeg", "Slaa", "foerst", "Aabn", "ogsaa", "maaned"] {
            assert!(!BUILT_IN.contains(word), "{word}");
        }
    }

    #[test]
    fn card_data_has_its_fixed_answer() {
        let catalogue = Catalogue::built_in();
        for language in [Language::Da, Language::En] {
            let answer = catalogue.card_data().get(language);
            assert!(answer.contains("Kajabi") && answer.contains("Stripe"));
        }
    }

    // --- Reading ------------------------------------------------------------------------------------------------

    #[test]
    fn a_file_is_read_as_it_stands() {
        let catalogue = Catalogue::parse(GOOD).unwrap();
        let zoom = catalogue.service("zoom").unwrap();
        assert_eq!(zoom.name.get(Language::Da), "Zoom");
        assert_eq!(zoom.holds.get(Language::En), "Lists");
        assert_eq!(zoom.concerns.get(Language::Da), "Deltagere");
        assert_eq!(zoom.role, Role::Processor);
        assert_eq!(zoom.findable.by, [FindBy::Name, FindBy::Email]);
        assert_eq!(zoom.findable.words.get(Language::Da), "På navn");
        assert_eq!(zoom.contact.as_deref(), Some("privacy@example.com"));
        assert_eq!(zoom.links, ["https://example.com/a"]);
        let task = zoom.task(access()).unwrap();
        assert_eq!(task.title.get(Language::Da), "Søg i Zoom");
        assert_eq!(task.title.get(Language::En), "Search Zoom");
        let unverified: Vec<bool> = task.steps.iter().map(|step| step.unverified).collect();
        assert_eq!(unverified, [false, true]);
        assert_eq!(task.stays.as_ref().unwrap().en, "Nothing");
        assert_eq!(task.irreversible.as_ref().unwrap().en, "Take care");
        assert_eq!(catalogue.card_data().get(Language::En), "Card");
    }

    #[test]
    fn what_is_not_there_is_not_found() {
        let catalogue = Catalogue::parse(GOOD).unwrap();
        assert_eq!(catalogue.service("mailchimp"), None);
        assert_eq!(catalogue.tasks_for(TaskKind::OptOut).count(), 0);
        assert_eq!(catalogue.tasks_for(access()).count(), 1);
    }

    #[test]
    fn a_byte_order_mark_is_no_problem() {
        assert_eq!(
            Catalogue::parse(&format!("\u{feff}{GOOD}")),
            Catalogue::parse(GOOD)
        );
    }

    #[test]
    fn optional_fields_may_be_left_out() {
        let text: String = GOOD
            .lines()
            .filter(|line| {
                ["contact", "links", "stays", "irreversible"]
                    .iter()
                    .all(|field| !line.starts_with(field))
            })
            .fold(String::new(), |text, line| text + line + "\n");
        let catalogue = Catalogue::parse(&text).unwrap();
        let zoom = catalogue.service("zoom").unwrap();
        assert_eq!((zoom.contact.as_ref(), zoom.links.len()), (None, 0));
        let task = zoom.task(access()).unwrap();
        assert_eq!(
            (task.stays.as_ref(), task.irreversible.as_ref()),
            (None, None)
        );
    }

    #[test]
    fn words_and_kinds_find_each_other() {
        assert_eq!(TaskKind::all().count(), 11);
        for kind in TaskKind::all() {
            assert_eq!(TaskKind::from_word(kind.word()), Some(kind));
        }
        assert_eq!(TaskKind::from_word("opt-out"), None);
    }

    // --- Faults -------------------------------------------------------------------------------------------------

    #[test]
    fn an_unknown_field_is_reported_wherever_it_is() {
        for (old, new, line, place, field) in [
            ("[card_data]", "extra = 1\n[card_data]", 1, "", "extra"),
            (
                "da = \"Kort\"",
                "de = \"x\"\nda = \"Kort\"",
                2,
                "card_data",
                "de",
            ),
            ("role =", "rolle = 1\nrole =", 10, "zoom", "rolle"),
            (
                "da = \"Lister\"",
                "sv = \"x\", da = \"Lister\"",
                8,
                "zoom.holds",
                "sv",
            ),
            ("by = [\"n", "to = 1, by = [\"n", 11, "zoom.findable", "to"),
            (
                "stays =",
                "keeps = 1\nstays =",
                21,
                "zoom.tasks.access",
                "keeps",
            ),
            (
                "unverified = true",
                "unverifed = true",
                19,
                "zoom.tasks.access.steps.2",
                "unverifed",
            ),
        ] {
            assert_eq!(
                problems_with(old, new),
                [problem(line, place, unknown_field(field))],
                "{new}"
            );
        }
    }

    #[test]
    fn an_unknown_kind_is_reported_at_its_header() {
        let kind = "acces".to_owned();
        assert_eq!(
            problems_with("[service.tasks.access]", "[service.tasks.acces]"),
            [problem(15, "zoom.tasks", Problem::UnknownKind { kind })]
        );
    }

    #[test]
    fn an_unknown_word_comes_with_those_allowed() {
        let word = "helper".to_owned();
        let allowed = vec!["processor", "joint-controller", "controller", "own"];
        assert_eq!(
            problems_with("\"processor\"", "\"helper\""),
            [problem(
                10,
                "zoom.role",
                Problem::UnknownWord { word, allowed }
            )]
        );
        let word = "phone".to_owned();
        let allowed = vec!["name", "email", "client-id", "ip-time", "not-by-person"];
        assert_eq!(
            problems_with("[\"name\", \"email\"]", "[\"name\", \"phone\"]"),
            [problem(
                11,
                "zoom.findable.by",
                Problem::UnknownWord { word, allowed }
            )]
        );
    }

    #[test]
    fn required_fields_are_required() {
        for field in ["id", "name", "holds", "concerns", "role", "findable"] {
            let line = GOOD.lines().find(|line| line.starts_with(field)).unwrap();
            let place = if field == "id" { "service 1" } else { "zoom" };
            assert_eq!(
                problems_with(&format!("{line}\n"), ""),
                [problem(5, place, Problem::MissingField { field })]
            );
        }
        assert_eq!(
            problems_with(
                "title = { da = \"Søg i Zoom\", en = \"Search Zoom\" }\n",
                ""
            ),
            [problem(
                15,
                "zoom.tasks.access",
                Problem::MissingField { field: "title" }
            )]
        );
        assert_eq!(
            problems_with("by = [\"name\", \"email\"], ", ""),
            [problem(
                11,
                "zoom.findable",
                Problem::MissingField { field: "by" }
            )]
        );
    }

    #[test]
    fn a_file_without_anything_lacks_both_parts() {
        let lacks = |field| CatalogueProblem {
            line: None,
            place: String::new(),
            problem: Problem::MissingField { field },
        };
        assert_eq!(problems(""), [lacks("card_data"), lacks("service")]);
        assert_eq!(problems(CARD), [lacks("service")]);
        let without_card = GOOD.replace(CARD, "");
        assert_eq!(problems(&without_card), [lacks("card_data")]);
    }

    #[test]
    fn a_missing_language_is_named() {
        let missing = |language| Problem::MissingLanguage { language };
        for (old, new, line, place, language) in [
            ("en = \"Card\"\n", "", 1, "card_data", Language::En),
            (", en = \"Lists\"", "", 8, "zoom.holds", Language::En),
            (", da = \"På navn\"", "", 11, "zoom.findable", Language::Da),
            (
                ", en = \"Search Zoom\"",
                "",
                16,
                "zoom.tasks.access.title",
                Language::En,
            ),
            (
                "da = \"Hent\", ",
                "",
                19,
                "zoom.tasks.access.steps.2",
                Language::Da,
            ),
        ] {
            assert_eq!(
                problems_with(old, new),
                [problem(line, place, missing(language))],
                "{place}"
            );
        }
    }

    #[test]
    fn an_empty_text_is_reported() {
        assert_eq!(
            problems_with("\"Search Zoom\"", "\"\""),
            [problem(
                16,
                "zoom.tasks.access.title.en",
                Problem::EmptyText
            )]
        );
        assert_eq!(
            problems_with("\"Kort\"", "\"  \""),
            [problem(2, "card_data.da", Problem::EmptyText)]
        );
    }

    #[test]
    fn a_title_is_measured_in_characters() {
        let fits = "ø".repeat(TITLE_MAX);
        assert!(Catalogue::parse(&GOOD.replace("Søg i Zoom", &fits)).is_ok());
        let problem_found = Problem::TitleTooLong {
            length: TITLE_MAX + 1,
            limit: TITLE_MAX,
        };
        assert_eq!(
            problems_with("Søg i Zoom", &format!("{fits}x")),
            [problem(16, "zoom.tasks.access.title.da", problem_found)]
        );
    }

    #[test]
    fn a_control_character_is_reported() {
        for bad in ["\\n", "\\t", "\\u001b[31m", "\\u0085"] {
            assert_eq!(
                problems_with("\"Lists\"", &format!("\"Li{bad}sts\"")),
                [problem(8, "zoom.holds.en", Problem::ControlCharacter)],
                "{bad}"
            );
        }
    }

    #[test]
    fn ids_are_kebab_case_and_not_those_of_tasks_added_by_hand() {
        for good in ["a", "own-disk", "meta-pixel2", "t", "t1a", "tx1"] {
            assert!(is_id(good), "{good}");
        }
        for bad in [
            "", "-", "Zoom", "a_b", "a b", "a--b", "-a", "a-", "1a", "t1", "t12", "sø",
        ] {
            assert!(!is_id(bad), "{bad}");
        }
        let id = "Zoom".to_owned();
        assert_eq!(
            problems_with("id = \"zoom\"", "id = \"Zoom\""),
            [problem(6, "service 1.id", Problem::BadId { id })]
        );
    }

    #[test]
    fn a_duplicate_id_names_the_first_line() {
        let second = GOOD.replace(CARD, "");
        let found = problems(&format!("{GOOD}{second}"));
        let duplicate = Problem::DuplicateId {
            id: "zoom".to_owned(),
            first_line: 6,
        };
        assert_eq!(found, [problem(25, "zoom.id", duplicate)]);
    }

    #[test]
    fn a_wrong_type_is_named() {
        let wrong = |expected, found| Problem::WrongType { expected, found };
        for (old, new, line, place, expected, found) in [
            (
                "{ da = \"Lister\", en = \"Lists\" }",
                "\"Lists\"",
                8,
                "zoom.holds",
                Expected::Table,
                "string",
            ),
            (
                "\"processor\"",
                "7",
                10,
                "zoom.role",
                Expected::Text,
                "integer",
            ),
            (
                "[\"https://example.com/a\"]",
                "\"https://example.com/a\"",
                13,
                "zoom.links",
                Expected::List,
                "string",
            ),
            (
                "unverified = true",
                "unverified = \"yes\"",
                19,
                "zoom.tasks.access.steps.2.unverified",
                Expected::Flag,
                "string",
            ),
            (
                "{ da = \"Søg\", en = \"Search\" }",
                "\"Search\"",
                18,
                "zoom.tasks.access.steps.1",
                Expected::Table,
                "string",
            ),
        ] {
            assert_eq!(
                problems_with(old, new),
                [problem(line, place, wrong(expected, found))],
                "{new}"
            );
        }
        assert_eq!(
            problems(&format!("{CARD}[service]\nid = \"zoom\"\n")),
            [problem(4, "service", wrong(Expected::Services, "table"))]
        );
    }

    #[test]
    fn empty_lists_are_reported() {
        assert_eq!(
            problems_with("[\"name\", \"email\"]", "[]"),
            [problem(11, "zoom.findable.by", Problem::EmptyList)]
        );
        assert_eq!(
            problems(&format!("service = []\n{CARD}")),
            [problem(1, "service", Problem::EmptyList)]
        );
    }

    #[test]
    fn links_are_secure_addresses() {
        for bad in [
            "http://example.com",
            "example.com",
            "https://",
            "https://a b",
        ] {
            let link = bad.to_owned();
            assert_eq!(
                problems_with("https://example.com/a", bad),
                [problem(13, "zoom.links", Problem::BadLink { link })]
            );
        }
    }

    #[test]
    fn not_by_person_stands_alone() {
        assert!(
            Catalogue::parse(&GOOD.replace("[\"name\", \"email\"]", "[\"not-by-person\"]")).is_ok()
        );
        assert_eq!(
            problems_with("\"email\"]", "\"not-by-person\"]"),
            [problem(
                11,
                "zoom.findable.by",
                Problem::NotByPersonBesideOthers
            )]
        );
    }

    #[test]
    fn all_problems_come_at_once_in_the_order_of_the_lines() {
        let bad = GOOD
            .replace("en = \"Card\"\n", "")
            .replace("id = \"zoom\"", "id = \"Zoom!\"")
            .replace("\"processor\"", "\"helper\"")
            .replace("Søg i Zoom", &"x".repeat(60))
            .replace("\"Search\"", "\"\"")
            .replace("stays", "remains")
            + "[service.tasks.eraser]\n[[service]]\nid = \"a\"\nnames = 1\n[[service]]\nid = \"a\"\n";
        let found = problems(&bad);
        let lines: Vec<usize> = found.iter().filter_map(|problem| problem.line).collect();
        assert_eq!(lines.len(), found.len());
        assert_eq!(
            lines,
            [
                1, 5, 9, 15, 17, 20, 22, 23, 23, 23, 23, 23, 25, 26, 26, 26, 26, 26, 27
            ]
        );
        assert!(matches!(found[12].problem, Problem::UnknownField { .. }));
        assert!(matches!(
            found[18].problem,
            Problem::DuplicateId { first_line: 24, .. }
        ));
    }

    #[test]
    fn every_syntax_error_is_reported_beside_the_other_problems() {
        let bad = GOOD
            .replace("id = \"zoom\"", "id = \"zoom")
            .replace("\"processor\"", "\"helper\"")
            .replace("links = [\"", "links = \"[\"");
        let found = problems(&bad);
        let lines: Vec<Option<usize>> = found.iter().map(|problem| problem.line).collect();
        assert_eq!(lines, [Some(6), Some(10), Some(13)], "{found:?}");
        assert!(matches!(found[0].problem, Problem::Syntax { .. }));
        assert!(matches!(found[1].problem, Problem::UnknownWord { .. }));
        assert!(matches!(found[2].problem, Problem::Syntax { .. }));
    }

    #[test]
    fn a_field_given_twice_is_a_syntax_error_on_the_second() {
        let found = problems_with("role =", "role = \"own\"\nrole =");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].line, Some(11));
        assert!(
            matches!(&found[0].problem, Problem::Syntax { message } if message.contains("duplicate"))
        );
    }

    #[test]
    fn no_text_whatever_brings_the_reader_down() {
        for end in (0..GOOD.len()).filter(|end| GOOD.is_char_boundary(*end)) {
            if let Err(found) = Catalogue::parse(&GOOD[..end]) {
                assert!(!found.is_empty(), "{end}");
            }
        }
        for text in [
            "\0",
            "=",
            "[[",
            "[[service]]",
            "service = [1, 'x']",
            "[[service.tasks]]",
        ] {
            assert!(!problems(text).is_empty(), "{text}");
        }
    }
}
