//! The facts of a case in the words of a letter.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::template::{self, Source};
use crate::catalogue::{Disclosure, Role, Service, TaskKind, Text};
use crate::config::Settings;
use crate::domain::deadline::extended_dates;
use crate::domain::item::Item;
use crate::domain::letter::{
    ControllerFacts, ExtensionFacts, LetterFacts, LetterType, PersonFacts, RecordingFacts,
    RejectionFacts, ServiceFacts, TaskFacts, Tasks, Turn,
};
use crate::domain::person::Person;
use crate::domain::recording::{Recording, RecordingCopy};
use crate::domain::rejection::{Ground, Question, Rejection};
use crate::domain::request::{Channel, Kind, Request};
use crate::domain::task::{Task, TaskStatus};
use crate::i18n::words::Wording;
use crate::ops::queries::Card;

/// Services at which data lies open to everyone (art. 17(2)), by the id of their card.
const PUBLIC: [&str; 2] = ["youtube", "facebook"];

/// The name a mail without a sender is filed under.
const NOBODY: &str = "?";

/// What the owner can say of a service in one letter, as `SERVICE.FIELD`.
const CARD_FIELDS: [&str; 6] = [
    "name",
    "purposes",
    "categories",
    "retention",
    "source",
    "transfers",
];

/// Everything a letter is made of.
pub(super) struct Case<'a> {
    /// The record, with the person's others.
    pub(super) card: &'a Card,
    /// The dates and names of its events, where the letter tells them.
    pub(super) history: &'a [(NaiveDate, String)],
    /// Words in the letter's language.
    pub(super) wording: &'a Wording<'a>,
    /// The settings.
    pub(super) settings: &'a Settings,
    /// The local date of today.
    pub(super) today: NaiveDate,
    /// Texts of the owner's.
    pub(super) given: &'a BTreeMap<String, String>,
}

/// The facts, and what is to be said about them.
pub(super) struct Gathered {
    /// The facts.
    pub(super) facts: LetterFacts,
    /// Services whose third countries are to be checked.
    pub(super) unverified: Vec<String>,
    /// `SERVICE.FIELD` of the services there are.
    card_fields: Vec<String>,
}

impl Gathered {
    /// The names under which the owner can give a text.
    pub(super) fn known_fields(&self, letter: LetterType, source: &Source) -> Vec<&str> {
        let own = letter.fields().iter().map(|field| field.name);
        let cards = self.card_fields.iter().map(String::as_str);
        let used = template::names(source);
        let given = self.facts.fields.keys().map(String::as_str);
        own.chain(cards)
            .chain(given.filter(|name| used.contains(*name)))
            .collect()
    }

    /// The reason that goes into the case with the letter.
    pub(super) fn reason(&self, letter: LetterType) -> Option<String> {
        let name = match letter {
            LetterType::Extension => "reason",
            LetterType::Identity => "doubt",
            _ => return None,
        };
        self.facts.field(name).map(str::to_owned)
    }
}

/// Gathers the facts for a letter.
pub(super) fn gather(letter: LetterType, case: &Case<'_>) -> Gathered {
    let item = &case.card.item;
    let texts = case.wording.texts;
    let mut facts = LetterFacts {
        id: item.id().to_string(),
        item: item.id().item_type.word().to_owned(),
        title: texts.title(item),
        today: texts.date_with_weekday(case.today),
        received: texts.date_with_weekday(item.received_on()),
        answer_by: texts.date_with_weekday(case.answer_by()),
        person: person(item.person()),
        complaint: texts.complaint(&case.settings.letters),
        backup_days: case
            .settings
            .backup_folder
            .as_ref()
            .map(|_| case.settings.backup_keep_days),
        case_months: case.settings.rules.retention.case_months,
        tasks: case.tasks(),
        identifiers: case.identifiers(),
        ..LetterFacts::default()
    };
    facts.greeting = match &facts.person.name {
        Some(name) => texts.with("letter-greeting", &[("name", name.as_str().into())]),
        None => texts.get("letter-greeting-nobody"),
    };
    case.sender(&mut facts);
    case.services(letter, &mut facts);
    match item {
        Item::Request(request) => case.request(letter, request, &mut facts),
        Item::Recording(recording) => facts.recordings = vec![case.recording(recording)],
        Item::OptOut(_) | Item::Mail(_) => {}
    }
    case.chronology(&mut facts);
    case.fields(letter, &mut facts);
    let unverified = facts
        .services
        .iter()
        .filter(|service| {
            !case
                .given
                .contains_key(&format!("{}.transfers", service.id))
        })
        .filter(|service| {
            let card = case.wording.catalogue.service(&service.id);
            card.is_some_and(|card| card.disclosure.transfers_unverified)
        })
        .map(|service| service.name.clone())
        .collect();
    let card_fields = facts
        .services
        .iter()
        .flat_map(|service| CARD_FIELDS.map(|field| format!("{}.{field}", service.id)))
        .collect();
    Gathered {
        facts,
        unverified,
        card_fields,
    }
}

fn person(person: &Person) -> PersonFacts {
    let name = person.name.trim();
    PersonFacts {
        name: Some(name.to_owned()).filter(|name| !name.is_empty() && name != NOBODY),
        email: person.email().map(str::to_owned),
    }
}

/// A reason as it stands before a full stop.
fn reason(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches(['.', ' ']);
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

impl Case<'_> {
    /// The day by which a service is asked to answer.
    fn answer_by(&self) -> NaiveDate {
        let days = Days::new(self.settings.letters.processor_days.into());
        self.today.checked_add_days(days).unwrap_or(self.today)
    }

    /// Who writes; what is not known is named in the text.
    fn sender(&self, facts: &mut LetterFacts) {
        let texts = self.wording.texts;
        let own = &self.settings.controller;
        facts.controller = ControllerFacts {
            name: own.name.clone(),
            address: own.address.clone(),
            email: own.email.clone(),
            phone: own.phone.clone(),
            site: own.site.clone(),
        };
        let name = own.name.clone();
        let name = name.unwrap_or_else(|| texts.get("letter-gap-name"));
        let lines = [Some(name), own.address.clone(), own.site.clone()];
        facts.signature = lines.into_iter().flatten().collect::<Vec<_>>().join("\n");
        let phone = own
            .phone
            .as_ref()
            .map(|phone| texts.with("letter-phone", &[("phone", phone.as_str().into())]));
        let ways: Vec<String> = own.email.clone().into_iter().chain(phone).collect();
        facts.contact = match (ways.is_empty(), &own.address) {
            (false, _) => ways.join(", "),
            (true, Some(address)) => address.clone(),
            (true, None) => texts.get("letter-gap-contact"),
        };
    }

    fn tasks(&self) -> Tasks {
        let item = &self.card.item;
        let mut tasks = Tasks::default();
        for task in item.tasks() {
            let told = self.task(task, item);
            let is_place = task.title.is_none() || task.place.is_some();
            let name = task.place.clone().unwrap_or_else(|| told.name.clone());
            if is_place
                && matches!(
                    task.status,
                    TaskStatus::Done | TaskStatus::NothingHeld | TaskStatus::Kept
                )
                && !tasks.searched.contains(&name)
            {
                tasks.searched.push(name);
            }
            match task.status {
                TaskStatus::Todo | TaskStatus::Asked => tasks.open.push(told),
                TaskStatus::Done => {
                    let stays = self.stays(task, item);
                    tasks.remaining.extend(stays.map(|stays| TaskFacts {
                        reason: reason(&stays),
                        ..told.clone()
                    }));
                    tasks.done.push(told);
                }
                TaskStatus::NothingHeld => tasks.nothing.push(told),
                TaskStatus::Kept => tasks.kept.push(told),
                TaskStatus::Skipped => tasks.skipped.push(told),
            }
        }
        let decided: Vec<TaskFacts> = tasks.kept.iter().chain(&tasks.skipped).cloned().collect();
        tasks.remaining.splice(0..0, decided);
        tasks
    }

    fn task(&self, task: &Task, item: &Item) -> TaskFacts {
        let wording = self.wording;
        let service = wording.catalogue.service(&task.id);
        let name = match (&task.title, service) {
            (Some(title), _) => title.clone(),
            (None, Some(service)) => self.name_of(service),
            (None, None) => wording.task_title(task, item),
        };
        TaskFacts {
            name,
            place: task.place.clone(),
            url: task.url.clone(),
            at: Some(task.at.join(", ")).filter(|at| !at.is_empty()),
            on: task.done_on.map(|on| wording.texts.date_with_weekday(on)),
            reason: task.note.as_deref().and_then(reason),
        }
    }

    /// What stays at a service by its nature, from its card.
    fn stays(&self, task: &Task, item: &Item) -> Option<String> {
        let kind = match item {
            Item::Request(request) => TaskKind::Request(request.kind),
            Item::OptOut(_) => TaskKind::OptOut,
            Item::Recording(_) | Item::Mail(_) => return None,
        };
        let service = self.wording.catalogue.service(&task.id)?;
        let stays = service.task(kind)?.stays.as_ref()?;
        Some(stays.get(self.wording.language()).to_owned())
    }

    /// The name of a service. "Own mailbox" is the owner's, which the person could not know.
    fn name_of(&self, service: &Service) -> String {
        if let Some(given) = self.given.get(&format!("{}.name", service.id)) {
            return given.clone();
        }
        let name = service.name.get(self.wording.language());
        let is_own = name.starts_with("Egen ") || name.starts_with("Own ");
        if service.role == Role::Own && is_own {
            let name = name.to_lowercase();
            return self
                .wording
                .texts
                .with("letter-own", &[("name", name.into())]);
        }
        name.to_owned()
    }

    /// Name and addresses of the person, in all her cases.
    fn identifiers(&self) -> Vec<String> {
        let own = person(self.card.item.person());
        let mut found: Vec<String> = own.name.into_iter().collect();
        let mut emails: Vec<&String> = self.card.item.person().emails.iter().collect();
        emails.extend(
            self.card
                .circle
                .iter()
                .flat_map(|item| &item.person().emails),
        );
        for email in emails {
            if !found.iter().any(|known| known.eq_ignore_ascii_case(email)) {
                found.push(email.clone());
            }
        }
        let more = self.given.get("identifiers").into_iter();
        found.extend(more.flat_map(|text| text.lines()).map(str::to_owned));
        found
    }

    /// Where something of the person is, or was until it was deleted.
    fn services(&self, letter: LetterType, facts: &mut LetterFacts) {
        for task in self.card.item.tasks() {
            let held = matches!(task.status, TaskStatus::Done | TaskStatus::Kept);
            let Some(service) = self.wording.catalogue.service(&task.id).filter(|_| held) else {
                continue;
            };
            let told = self.service(service);
            if PUBLIC.contains(&service.id.as_str()) {
                facts.published.push(told.name.clone());
            }
            // Who keeps data was not told that it is erased.
            let told_of = letter != LetterType::Erasure || task.status == TaskStatus::Done;
            if service.role != Role::Own && told_of {
                facts.recipients.push(told.name.clone());
            }
            facts.services.push(told);
        }
    }

    fn service(&self, service: &Service) -> ServiceFacts {
        let Disclosure {
            purposes,
            categories,
            retention,
            source,
            transfers,
            ..
        } = &service.disclosure;
        let mut gaps = Vec::new();
        let mut said = |field: &'static str, text: &Option<Text>| {
            if let Some(given) = self.given.get(&format!("{}.{field}", service.id)) {
                return given.clone();
            }
            if let Some(text) = text {
                return text.get(self.wording.language()).to_owned();
            }
            gaps.push(field);
            self.wording.texts.get("letter-gap-card")
        };
        let (purposes, categories) = (said("purposes", purposes), said("categories", categories));
        let (retention, source) = (said("retention", retention), said("source", source));
        let transfers = said("transfers", transfers);
        ServiceFacts {
            id: service.id.clone(),
            name: self.name_of(service),
            role: (service.role != Role::Own).then(|| {
                let role = service.role.word();
                self.wording.texts.get(&format!("letter-role-{role}"))
            }),
            purposes,
            categories,
            retention,
            source,
            transfers,
            gaps,
        }
    }

    fn request(&self, letter: LetterType, request: &Request, facts: &mut LetterFacts) {
        let texts = self.wording.texts;
        let kind = request.kind.word();
        facts.kind = Some(kind.to_owned());
        facts.request = Some(texts.get(&format!("letter-request-{kind}")));
        facts.asked = Some(texts.get(&format!("letter-asked-{kind}")));
        facts.due = Some(texts.date_with_weekday(request.current_dates().due));
        facts.first_due = Some(texts.date_with_weekday(request.dates.due));
        let until = match &request.extension {
            Some(extension) => Some(extension.dates.due),
            None if letter == LetterType::Extension => {
                let by_post = request.channel == Channel::Letter;
                let rules = self.settings.rules;
                let dates = extended_dates(rules.calendar, request.received_on, by_post);
                Some(dates.due)
            }
            None => None,
        };
        facts.extension = until.map(|until| ExtensionFacts {
            until: texts.date_with_weekday(until),
        });
        facts.rejection = request
            .rejection
            .as_ref()
            .map(|it| self.rejection(it, request));
        facts.recordings = self
            .card
            .circle
            .iter()
            .filter_map(|item| match item {
                Item::Recording(recording) if is_held(recording) => Some(self.recording(recording)),
                _ => None,
            })
            .collect();
        facts.enclosed = self.enclosed(request, facts);
        if request.kind == Kind::Access {
            let card_data = self.wording.catalogue.card_data();
            facts.card_data = Some(card_data.get(self.wording.language()).to_owned());
        }
    }

    fn rejection(&self, rejection: &Rejection, request: &Request) -> RejectionFacts {
        let texts = self.wording.texts;
        let weighed = if rejection.ground.is_unreasonableness() {
            rejection
                .questions
                .iter()
                .filter_map(|it| self.weighed(it))
                .collect()
        } else {
            Vec::new()
        };
        RejectionFacts {
            ground: rejection.ground.word().to_owned(),
            provision: self
                .given
                .get("provision")
                .cloned()
                .or_else(|| self.provision(rejection.ground, request.kind)),
            facts: rejection.facts.clone(),
            on: texts.date_with_weekday(rejection.on),
            weighed,
        }
    }

    /// The provision a ground rests on. Art. 17(3) excepts from erasure only: what else a legal obligation or a claim stands
    /// against, nobody but the owner can say.
    fn provision(&self, ground: Ground, kind: Kind) -> Option<String> {
        let texts = self.wording.texts;
        let of_erasure = matches!(ground, Ground::LegalObligation | Ground::LegalClaims);
        if of_erasure && !matches!(kind, Kind::Erasure | Kind::NameRedaction) {
            return None;
        }
        let general = format!("letter-provision-{}", ground.word());
        // The rights of others limit some rights in an article of their own.
        let special = format!("{general}-{}", kind.word());
        Some(texts.find(&special).unwrap_or_else(|| texts.get(&general)))
    }

    /// What a question of a refusal came to, as the person is told it; nothing where there is nothing to tell.
    fn weighed(&self, question: &Question) -> Option<String> {
        let texts = self.wording.texts;
        match question {
            Question::EarlierRequest { earlier, .. } => {
                let id = (*earlier)?.to_string();
                Some(texts.with("letter-weighed-earlier", &[("id", id.into())]))
            }
            Question::FullyAnswered { outcome, .. } => {
                let outcome = texts.outcome((*outcome)?).to_lowercase();
                Some(texts.with("letter-weighed-answered", &[("outcome", outcome.into())]))
            }
            Question::HowLongAgo { days, .. } => {
                Some(texts.with("letter-weighed-ago", &[("n", (*days)?.into())]))
            }
            Question::WhatChanged { since, .. } => {
                let ids: Vec<String> = since.iter().map(ToString::to_string).collect();
                (!ids.is_empty()).then(|| {
                    texts.with("letter-weighed-changed", &[("ids", ids.join(", ").into())])
                })
            }
        }
    }

    fn recording(&self, recording: &Recording) -> RecordingFacts {
        let texts = self.wording.texts;
        let mut facts = RecordingFacts {
            title: recording.title.clone(),
            on: texts.date_with_weekday(recording.recorded_on),
            link_sent: recording.link_sent_on.map(|on| texts.date_with_weekday(on)),
            ..RecordingFacts::default()
        };
        for copy in &recording.copies {
            let place = self.place(copy);
            match copy.on.filter(|_| copy.is_gone()) {
                Some(on) => {
                    let on = texts.date_with_weekday(on);
                    let id = if copy.has_trash() {
                        "letter-deletion-trash"
                    } else {
                        "letter-deletion"
                    };
                    let args = [("place", place.into()), ("on", on.as_str().into())];
                    facts.deletions.push(texts.with(id, &args));
                    facts.deleted_on.push(on);
                }
                None => facts.left.push(place),
            }
        }
        facts
    }

    fn place(&self, copy: &RecordingCopy) -> String {
        let known = self
            .wording
            .texts
            .find(&format!("letter-place-{}", copy.place));
        known.unwrap_or_else(|| copy.place.clone())
    }

    /// What goes with the letter: rows out of services' exports, recordings, what the owner names.
    fn enclosed(&self, request: &Request, facts: &LetterFacts) -> Vec<String> {
        let texts = self.wording.texts;
        let mut enclosed = Vec::new();
        for task in &request.tasks {
            for rows in &task.rows {
                let service = self.task(task, &self.card.item).name;
                enclosed.push(texts.with(
                    "letter-enclosed-rows",
                    &[
                        ("service", service.into()),
                        ("file", rows.file_name.as_str().into()),
                        ("n", rows.count().into()),
                    ],
                ));
            }
        }
        for recording in &facts.recordings {
            enclosed.push(texts.with(
                "letter-enclosed-recording",
                &[
                    ("title", recording.title.as_str().into()),
                    ("on", recording.on.as_str().into()),
                ],
            ));
        }
        let shared = request.attachments.iter();
        for file in shared.filter(|file| file.goes_to_the_person()) {
            enclosed.push(file.name.clone());
        }
        let more = self.given.get("enclosed").into_iter();
        let more = more.flat_map(|text| text.lines()).map(str::trim);
        enclosed.extend(more.filter(|line| !line.is_empty()).map(str::to_owned));
        enclosed
    }

    /// What happened when: from the history, which has every change, in words that name no one.
    fn chronology(&self, facts: &mut LetterFacts) {
        let texts = self.wording.texts;
        let mut turns: Vec<(NaiveDate, String)> = Vec::new();
        let received = self.card.item.received_on();
        turns.push((received, texts.get("letter-turn-received")));
        for (on, event) in self.history.iter().filter(|(_, event)| event != "received") {
            let turn = (*on, texts.event(event));
            if !turns.contains(&turn) {
                turns.push(turn);
            }
        }
        for sent in self.card.item.letters() {
            let letter = texts.get(&format!("letter-name-{}", sent.letter.word()));
            let args = [("letter", letter.to_lowercase().into())];
            turns.push((sent.on, texts.with("letter-turn-letter", &args)));
        }
        turns.sort_by_key(|(on, _)| *on);
        facts.chronology = turns
            .into_iter()
            .map(|(on, what)| Turn {
                on: texts.date_with_weekday(on),
                what,
            })
            .collect();
    }

    /// The texts that the owner gave, or the case has.
    fn fields(&self, letter: LetterType, facts: &mut LetterFacts) {
        let texts = self.wording.texts;
        let said = |text: &String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        for field in letter.fields() {
            let given = self.given.get(field.name).and_then(said);
            let text = given.or_else(|| self.of_case(field.name));
            // What is in the list of its own already.
            if !template::is_fact(field.name) {
                facts.fields.insert(field.name.to_owned(), text);
            }
        }
        // A template of the owner's may ask for more.
        for (name, text) in self.given {
            if !facts.fields.contains_key(name) && !template::is_fact(name) && !name.contains('.') {
                facts.fields.insert(name.clone(), said(text));
            }
        }
        if letter == LetterType::Withdrawal {
            let consent = facts.fields.entry("consent".to_owned()).or_default();
            consent.get_or_insert_with(|| texts.get("letter-consent"));
        }
        if letter == LetterType::Partial
            && let Item::Request(request) = &self.card.item
            && let Some(Some(provision)) = facts.fields.get_mut("provision")
            && let Some(ground) = Ground::ALL
                .into_iter()
                .find(|it| it.word() == provision.as_str())
            && let Some(text) = self.provision(ground, request.kind)
        {
            *provision = text;
        }
        if letter == LetterType::Refusal {
            let known = facts.rejection.as_ref().and_then(|it| it.provision.clone());
            let said = known.unwrap_or_else(|| texts.get("letter-gap-provision"));
            facts.fields.insert("provision".to_owned(), Some(said));
        }
        if letter == LetterType::Processor {
            self.processor(facts);
        }
    }

    /// A text that the case has.
    fn of_case(&self, name: &str) -> Option<String> {
        let Item::Request(request) = &self.card.item else {
            return None;
        };
        let extension = request.extension.as_ref();
        let identity = request.identity.as_ref();
        let text = match name {
            "doubt" => identity.and_then(|identity| identity.reason.clone()),
            "reason" => extension.map(|extension| extension.reason.clone()),
            _ => None,
        };
        text.filter(|text| !text.trim().is_empty())
    }

    /// The service by its card, where there is one: its name, and where to write.
    fn processor(&self, facts: &mut LetterFacts) {
        let Some(Some(wanted)) = facts.fields.get("service").cloned() else {
            return;
        };
        let is_meant = |service: &&Service| {
            service.id.eq_ignore_ascii_case(&wanted)
                || service
                    .name
                    .get(self.wording.language())
                    .eq_ignore_ascii_case(&wanted)
        };
        let Some(service) = self.wording.catalogue.services().find(is_meant) else {
            return;
        };
        let name = self.name_of(service);
        facts.fields.insert("service".to_owned(), Some(name));
        let to = facts.fields.entry("to".to_owned()).or_default();
        if to.is_none() {
            to.clone_from(&service.contact);
        }
    }
}

/// Whether a recording is still there, so that it belongs into the answer.
fn is_held(recording: &Recording) -> bool {
    let gone = !recording.copies.is_empty() && recording.copies.iter().all(RecordingCopy::is_gone);
    recording.closing.is_none() && !recording.declined && !gone
}
