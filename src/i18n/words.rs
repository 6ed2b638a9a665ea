//! Domain values in words: kinds, statuses, titles, the next step, the rule behind a date.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::{Language, Texts};
use crate::catalogue::{Catalogue, TaskKind};
use crate::domain::deadline::{
    ANSWER_MONTHS, DayOff, Derivation, EXTENDED_MONTHS, POSTAL_DAYS, Urgency, derive,
};
use crate::domain::holidays::Holiday;
use crate::domain::ids::{ItemId, ItemType};
use crate::domain::item::Item;
use crate::domain::next_step::NextStep;
use crate::domain::opt_out::Source;
use crate::domain::recording::{CopyStatus, Form, Recording};
use crate::domain::rejection::{Ground, Light, NonGround, Question};
use crate::domain::request::{Channel, Kind, Outcome, Request, Status};
use crate::domain::retention::is_erased;
use crate::domain::standing::{Conflict, ConflictKind, Flag, Rules, Standing};
use crate::domain::task::{Task, TaskStatus};

/// Records that are named where a change concerned more of them.
const IDS_NAMED: usize = 6;

/// Texts and service cards together: what is needed to word a record.
#[derive(Debug, Clone, Copy)]
pub struct Wording<'a> {
    /// The texts.
    pub texts: &'a Texts,
    /// The service cards, for the titles of tasks.
    pub catalogue: &'a Catalogue,
    /// The rules in force, for the words of a rule.
    pub rules: Rules,
    /// The controller's time zone, in which a remark has its date.
    pub zone: Tz,
}

impl Texts {
    /// The name of a language: `dansk`, `Danish`.
    pub fn language_name(&self, language: Language) -> String {
        self.get(&format!("language-{}", language.code()))
    }

    /// The name of a kind: `Indsigt`, `Access`.
    pub fn kind(&self, kind: Kind) -> String {
        self.get(&format!("kind-{}", kind.word()))
    }

    /// The name of a status.
    pub fn status(&self, status: Status) -> String {
        self.get(&format!("status-{}", status.word()))
    }

    /// The name of an outcome.
    pub fn outcome(&self, outcome: Outcome) -> String {
        self.get(&format!("outcome-{}", outcome.word()))
    }

    /// The name of a channel.
    pub fn channel(&self, channel: Channel) -> String {
        self.get(&format!("channel-{}", channel.word()))
    }

    /// The name of an urgency.
    pub fn urgency(&self, urgency: Urgency) -> String {
        self.get(&format!("urgency-{}", urgency.word()))
    }

    /// The name of a flag.
    pub fn flag(&self, flag: Flag) -> String {
        self.get(&format!("flag-{}", flag.word()))
    }

    /// The name of a task's status.
    pub fn task_status(&self, status: TaskStatus) -> String {
        self.get(&format!("task-{}", status.word()))
    }

    /// The name of a copy's status.
    pub fn copy_status(&self, status: CopyStatus) -> String {
        self.get(&format!("copy-{}", status.word()))
    }

    /// The name of a session's form.
    pub fn form(&self, form: Form) -> String {
        self.get(&format!("form-{}", form.word()))
    }

    /// How an opt-out came.
    pub fn source(&self, source: Source) -> String {
        self.get(&format!("source-{}", source.word()))
    }

    /// The name of a ground.
    pub fn ground(&self, ground: Ground) -> String {
        self.get(&format!("ground-{}", ground.word()))
    }

    /// Several things that are no grounds, with commas.
    pub fn non_grounds(&self, named: &[NonGround]) -> String {
        let words: Vec<String> = named
            .iter()
            .map(|non_ground| self.get(&format!("non-ground-{}", non_ground.word())))
            .collect();
        words.join(", ")
    }

    /// The name of a type of record.
    pub fn item_type(&self, item_type: ItemType) -> String {
        self.get(&format!("type-{}", item_type.word()))
    }

    /// The name of an event in the history.
    pub fn event(&self, event: &str) -> String {
        self.get(&format!("event-{event}"))
    }

    /// What was taken back, or done again: the event, and the records, of very many only the first.
    pub fn reverted(&self, event: &str, ids: &[ItemId], redone: bool) -> String {
        let named: Vec<String> = ids
            .iter()
            .take(IDS_NAMED)
            .map(ToString::to_string)
            .collect();
        let mut ids_named = named.join(", ");
        let more = ids.len() - named.len();
        if more > 0 {
            ids_named = self.with(
                "ids-and-more",
                &[("ids", ids_named.into()), ("n", more.into())],
            );
        }
        self.with(
            if redone { "redone" } else { "undone" },
            &[
                ("event", self.event(event).to_lowercase().into()),
                ("ids", ids_named.into()),
            ],
        )
    }

    /// Where a record stands, in a word or two: its status, or how it ended.
    pub fn standing_of(&self, item: &Item) -> String {
        match (item, item.closing()) {
            (_, Some(closing)) => closing.outcome.map_or_else(
                || self.get("status-closed"),
                |outcome| self.outcome(outcome),
            ),
            (Item::Request(request), None) => self.status(request.status()),
            (_, None) => self.get("status-open"),
        }
    }

    /// Whom a record is about, in one cell: the name, or the address where there is none, or that it was erased.
    pub fn person(&self, item: &Item) -> String {
        let person = item.person();
        if is_erased(item) {
            self.get("person-erased")
        } else if person.name.is_empty() {
            person.email().unwrap_or_default().to_owned()
        } else {
            person.name.clone()
        }
    }

    /// What a record is, without a word of the person's: the title of a recording is often a name.
    pub fn kind_of(&self, item: &Item) -> String {
        match item {
            Item::Recording(_) => self.get("calendar-recording"),
            Item::Mail(_) => self.get("title-mail"),
            _ => self.title(item),
        }
    }

    /// The title of a record: `Anmodning om indsigt`, the title of a recording, `Afmelding af nyhedsbrev`.
    pub fn title(&self, item: &Item) -> String {
        match item {
            Item::Recording(_) if is_erased(item) => self.item_type(ItemType::Recording),
            Item::Request(request) => self.get(&format!("title-{}", request.kind.word())),
            Item::Recording(recording) => recording.title.clone(),
            Item::OptOut(_) => self.get("title-optout"),
            Item::Mail(mail) => match &mail.subject {
                Some(subject) => subject.clone(),
                None => self.get("title-mail"),
            },
        }
    }

    /// A question of a refusal and the program's answer.
    pub fn question(&self, question: &Question) -> (String, String) {
        let light = self.get(match question.light() {
            Light::Green => "light-green",
            Light::Amber => "light-amber",
            Light::Red => "light-red",
        });
        let (id, answer) = match question {
            Question::EarlierRequest { earlier, .. } => (
                "question-earlier",
                earlier.map_or_else(
                    || self.get("question-earlier-none"),
                    |id| self.with("question-earlier-is", &[("id", id.to_string().into())]),
                ),
            ),
            Question::FullyAnswered { outcome, .. } => (
                "question-answered",
                outcome.map_or_else(
                    || self.get("question-answered-none"),
                    |outcome| {
                        let outcome = self.outcome(outcome).to_lowercase();
                        self.with("question-answered-is", &[("outcome", outcome.into())])
                    },
                ),
            ),
            Question::HowLongAgo { days, .. } => (
                "question-ago",
                days.map_or_else(
                    || self.get("question-ago-none"),
                    |days| self.with("question-ago-is", &[("n", days.into())]),
                ),
            ),
            Question::WhatChanged { since, light } => {
                let ids: Vec<String> = since.iter().map(ToString::to_string).collect();
                let answer = match (ids.is_empty(), light) {
                    (true, Light::Green) => self.get("question-changed-none"),
                    (true, _) => self.get("question-changed-unknown"),
                    _ => self.with("question-changed-is", &[("ids", ids.join(", ").into())]),
                };
                ("question-changed", answer)
            }
        };
        (self.get(id), format!("{light}: {answer}"))
    }

    fn day_off(&self, reason: DayOff) -> String {
        self.get(match reason {
            DayOff::Saturday => "day-off-saturday",
            DayOff::Sunday => "day-off-sunday",
            DayOff::Holiday(holiday) => match holiday {
                Holiday::NewYearsDay => "day-off-new-year",
                Holiday::MaundyThursday => "day-off-maundy-thursday",
                Holiday::GoodFriday => "day-off-good-friday",
                Holiday::EasterSunday => "day-off-easter-sunday",
                Holiday::EasterMonday => "day-off-easter-monday",
                Holiday::PrayerDay => "day-off-prayer-day",
                Holiday::Ascension => "day-off-ascension",
                Holiday::WhitSunday => "day-off-whit-sunday",
                Holiday::WhitMonday => "day-off-whit-monday",
                Holiday::ChristmasDay => "day-off-christmas-day",
                Holiday::SecondChristmasDay => "day-off-second-christmas-day",
                Holiday::ConstitutionDay => "day-off-constitution-day",
                Holiday::ChristmasEve => "day-off-christmas-eve",
                Holiday::NewYearsEve => "day-off-new-years-eve",
            },
        })
    }

    /// The rule behind a `due` date, spelled out.
    pub fn derivation(&self, rule: &Derivation) -> String {
        let args = [
            ("received", self.date_with_weekday(rule.received_on).into()),
            ("n", i64::from(rule.months).into()),
            ("nominal", self.date_with_weekday(rule.nominal).into()),
        ];
        let mut sentences = vec![self.with("rule-months", &args)];
        if rule.month_end {
            sentences.push(self.get("rule-month-end"));
        }
        if !rule.moved_over.is_empty() {
            let reasons: Vec<String> = rule
                .moved_over
                .iter()
                .map(|(_, reason)| self.day_off(*reason))
                .collect();
            sentences.push(self.with(
                "rule-moved",
                &[
                    ("reasons", reasons.join(", ").into()),
                    ("due", self.date_with_weekday(rule.due).into()),
                ],
            ));
        }
        sentences.join(" ")
    }
}

impl Wording<'_> {
    /// The language.
    pub fn language(&self) -> Language {
        self.texts.language()
    }

    /// The title of a task in a case of this kind.
    pub fn task_title(&self, task: &Task, item: &Item) -> String {
        if let Some(title) = &task.title {
            return title.clone();
        }
        let language = self.language();
        let title = task_kind(item).and_then(|kind| self.catalogue.title(&task.id, kind));
        title
            .or_else(|| Some(&self.catalogue.service(&task.id)?.name))
            .map_or(&*task.id, |text| text.get(language))
            .to_owned()
    }

    /// The place of a task: as it was given, or the name of the service.
    pub fn task_place(&self, task: &Task) -> Option<String> {
        task.place.clone().or_else(|| {
            self.catalogue
                .service(&task.id)
                .map(|service| service.name.get(self.language()).to_owned())
        })
    }

    /// The next step in words.
    pub fn next_step(&self, step: &NextStep, item: &Item) -> String {
        let texts = self.texts;
        match step {
            NextStep::Nothing => texts.get("next-nothing"),
            NextStep::DeliverRecording(id) => {
                texts.with("next-deliver", &[("id", id.to_string().into())])
            }
            NextStep::DeleteRecording(id) => {
                texts.with("next-delete-recording", &[("id", id.to_string().into())])
            }
            NextStep::AnswerBeforeErasure(id) => texts.with(
                "next-answer-before-erasure",
                &[("id", id.to_string().into())],
            ),
            NextStep::ReadMail => texts.get("next-read-mail"),
            NextStep::FollowUp(task) => {
                let place = self.task_place(task);
                let place = place.unwrap_or_else(|| self.task_title(task, item));
                texts.with("next-follow-up", &[("place", place.into())])
            }
            NextStep::AwaitIdentity => texts.get("next-await-identity"),
            NextStep::AwaitClarification => texts.get("next-await-clarification"),
            NextStep::Task(task) | NextStep::RemoveFrom(task) => self.task_title(task, item),
            NextStep::AwaitThirdParty(count) => {
                texts.with("next-await-others", &[("n", (*count).into())])
            }
            NextStep::Answer => texts.get("next-answer"),
            NextStep::SendAnswer => texts.get("next-send-answer"),
            NextStep::SendLink => texts.get("next-send-link"),
            NextStep::DeleteCopy(place) => {
                texts.with("next-delete-copy", &[("place", place.as_str().into())])
            }
            NextStep::EmptyTrash(place) => {
                texts.with("next-empty-trash", &[("place", place.as_str().into())])
            }
            NextStep::CloseRecording => texts.get("next-close-recording"),
            NextStep::CloseOptOut => texts.get("next-close-optout"),
        }
    }

    /// Why two records are in conflict.
    pub fn conflict(&self, conflict: &Conflict, item: &Item) -> String {
        let id = match (conflict.why, item) {
            (ConflictKind::DeletionBeforeAnswer, Item::Request(_)) => "conflict-recording-first",
            (ConflictKind::DeletionBeforeAnswer, _) => "conflict-request-first",
            (ConflictKind::RetentionBeforeAnswer, item) if item.is_open() => {
                "conflict-answer-first"
            }
            (ConflictKind::RetentionBeforeAnswer, _) => "conflict-kept-for-answer",
            (ConflictKind::ErasureRequested, Item::Request(_)) => "conflict-delete-now",
            (ConflictKind::ErasureRequested, _) => "conflict-erasure-asked",
        };
        self.texts.with(
            id,
            &[
                ("id", conflict.id.to_string().into()),
                ("due", self.texts.date(conflict.due).into()),
            ],
        )
    }

    /// The rule behind the dates of a record, in a sentence or two.
    pub fn rule(&self, item: &Item, standing: &Standing) -> String {
        let texts = self.texts;
        let mut sentences = match item {
            Item::Request(request) => self.request_rule(request),
            Item::Recording(recording) => vec![self.recording_rule(recording)],
            Item::Mail(_) => Vec::new(),
            Item::OptOut(opt_out) => vec![texts.with(
                "rule-optout",
                &[
                    (
                        "received",
                        texts.date_with_weekday(opt_out.received_on).into(),
                    ),
                    ("due", texts.date_with_weekday(opt_out.dates.due).into()),
                ],
            )],
        };
        sentences.extend(standing.dates.map(|dates| self.act_by(dates.act_by)));
        sentences.join(" ")
    }

    fn act_by(&self, act_by: NaiveDate) -> String {
        let date = self.texts.date_with_weekday(act_by);
        self.texts.with("rule-act-by", &[("date", date.into())])
    }

    fn request_rule(&self, request: &Request) -> Vec<String> {
        let texts = self.texts;
        let months = if request.extension.is_some() {
            EXTENDED_MONTHS
        } else {
            ANSWER_MONTHS
        };
        let rule = derive(self.rules.calendar, request.received_on, months);
        let mut sentences = vec![texts.derivation(&rule)];
        if let Some(extension) = &request.extension {
            let notified = texts.date(extension.notified_on);
            sentences.push(texts.with("rule-extended", &[("notified", notified.into())]));
        }
        if request.kind.takes_effect_at_once() {
            sentences.push(texts.get("rule-at-once"));
        } else if request.channel == Channel::Letter {
            sentences.push(texts.with("rule-by-post", &[("n", POSTAL_DAYS.into())]));
        }
        if request.kind == Kind::Complaint {
            sentences.push(texts.get("rule-complaint"));
        }
        sentences
    }

    fn recording_rule(&self, recording: &Recording) -> String {
        let texts = self.texts;
        if let Some(agreement) = &recording.agreement {
            return texts.with(
                "rule-agreed",
                &[
                    ("due", texts.date_with_weekday(agreement.dates.due).into()),
                    ("agreed", texts.date(agreement.agreed_on).into()),
                    ("reference", agreement.reference.as_str().into()),
                ],
            );
        }
        match (recording.link_sent_on, recording.dates) {
            (Some(sent), Some(dates)) => texts.with(
                "rule-recording",
                &[
                    ("sent", texts.date_with_weekday(sent).into()),
                    ("n", dates.due.signed_duration_since(sent).num_days().into()),
                    ("due", texts.date_with_weekday(dates.due).into()),
                ],
            ),
            (None, Some(_)) => texts.get("rule-declined-but-held"),
            _ if recording.declined => texts.get("rule-declined"),
            _ => texts.with(
                "rule-link-missing",
                &[("n", i64::from(self.rules.link_days).into())],
            ),
        }
    }
}

/// For which kind of work a record's tasks are; recordings have copies instead.
pub fn task_kind(item: &Item) -> Option<TaskKind> {
    match item {
        Item::Request(request) => Some(TaskKind::Request(request.kind)),
        Item::OptOut(_) => Some(TaskKind::OptOut),
        Item::Recording(_) | Item::Mail(_) => None,
    }
}
