//! Reading a catalogue file: walks the spanned tree of the TOML parser and collects every problem with its line.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{
    CatalogueProblem, Disclosure, Expected, FindBy, Findable, Problem, Role, Service, ServiceTask,
    Step, TITLE_MAX, TaskKind, Text,
};
use crate::domain::person::{ByLanguage, Language};

/// Where the cards of a catalogue begin.
pub(super) fn cards(text: &str) -> impl Iterator<Item = usize> {
    // Looking for one character takes a fifth of the time.
    let brackets = text.match_indices('[').map(|(at, _)| at);
    brackets.filter(|at| text[..*at].ends_with('\n') && text[*at..].starts_with("[[service]]"))
}

/// Reads a whole catalogue, or every problem of the text, by line.
pub(super) fn catalogue(text: &str) -> Result<(Text, Vec<Service>), Vec<CatalogueProblem>> {
    read(text, |reader, root| {
        reader.only_fields(root, &["card_data", "service"]);
        let card_data = reader.text(root, "card_data");
        let services = reader.services(root)?;
        Some((card_data?, services))
    })
}

/// Reads a card that stands alone, with its header.
pub(super) fn service(text: &str) -> Result<Service, Vec<CatalogueProblem>> {
    read(text, |reader, root| reader.services(root)?.pop())
}

/// Reads the fixed answer about card data, which stands before the cards.
pub(super) fn card_data(text: &str) -> Result<Text, Vec<CatalogueProblem>> {
    read(text, |reader, root| reader.text(root, "card_data"))
}

/// Reads the line with the title of a task.
pub(super) fn title(line: &str) -> Result<Text, Vec<CatalogueProblem>> {
    read(line, |reader, root| reader.text(root, "title"))
}

/// The line with the title of a task, where that is the first of the task; `None` where there is no such task.
pub(super) fn title_line(card: &str, kind: TaskKind) -> Option<&str> {
    let header = format!("\n[service.tasks.{}]", kind.word());
    let (_, task) = card.split_once(&header)?;
    task.trim_start().lines().next()
}

/// The id of a card whose first line it is.
pub(super) fn first_id(card: &str) -> &str {
    let id = card.split_once("id = \"").map_or("", |(_, rest)| rest);
    id.split_once('"').map_or(id, |(id, _)| id)
}

fn read<T>(
    text: &str,
    walk: impl FnOnce(&mut Reader<'_>, &Section<'_>) -> Option<T>,
) -> Result<T, Vec<CatalogueProblem>> {
    let (root, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader {
        text,
        problems: Vec::new(),
    };
    let found = walk(&mut reader, &Section::root(root.get_ref()));
    reader.add_syntax_errors(&errors);
    match found {
        Some(found) if reader.problems.is_empty() => Ok(found),
        _ => {
            reader.problems.sort_by_key(|problem| problem.line);
            Err(reader.problems)
        }
    }
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

    fn services(&mut self, root: &Section<'_>) -> Option<Vec<Service>> {
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
        Some(services)
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
                "id",
                "name",
                "holds",
                "concerns",
                "role",
                "findable",
                "purposes",
                "categories",
                "retention",
                "source",
                "transfers",
                "contact",
                "links",
                "tasks",
            ],
        );
        let id = self.id(section);
        let name = self.text(section, "name");
        let holds = self.text(section, "holds");
        let concerns = self.text(section, "concerns");
        let role = self.role(section);
        let findable = self.findable(section);
        let disclosure = self.disclosure(section);
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
            disclosure,
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

    fn disclosure(&mut self, section: &Section<'_>) -> Disclosure {
        let transfers = section
            .get("transfers")
            .and_then(|value| self.table(value, section.place_of("transfers")));
        let unverified = transfers
            .as_ref()
            .and_then(|table| Some((table, table.get("unverified")?)))
            .is_some_and(|(table, value)| self.flag(value, &table.place_of("unverified")));
        Disclosure {
            purposes: self.optional_text(section, "purposes"),
            categories: self.optional_text(section, "categories"),
            retention: self.optional_text(section, "retention"),
            source: self.optional_text(section, "source"),
            transfers: transfers.and_then(|table| self.languages(&table, &["unverified"])),
            transfers_unverified: unverified,
        }
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
        for language in Language::ALL {
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

    /// The languages of a table that may have other fields beside them.
    fn languages(&mut self, section: &Section<'_>, beside: &[&str]) -> Option<Text> {
        let mut allowed: Vec<&str> = Language::codes().collect();
        allowed.extend_from_slice(beside);
        self.only_fields(section, &allowed);
        let texts = ByLanguage::of(|language| self.language(section, language));
        texts.complete().map(Text)
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
pub(super) fn is_id(id: &str) -> bool {
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
