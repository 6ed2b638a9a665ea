//! Everything about one record as lines of text with a meaning: `show` prints them, the detail pane colours them.

use chrono::NaiveDate;

use super::words::Wording;
use crate::domain::attachment::Attachment;
use crate::domain::correspondence::Aside;
use crate::domain::deadline::Urgency;
use crate::domain::ids::ItemId;
use crate::domain::item::Item;
use crate::domain::opt_out::OptOut;
use crate::domain::recording::{CopyStatus, Recording};
use crate::domain::rejection::Rejection;
use crate::domain::request::{Kind, Request};
use crate::domain::retention::Part as Erased;
use crate::domain::standing::Standing;
use crate::domain::task::{Task, TaskStatus, progress};
use crate::ops::queries::Card;

/// What a line is, so that a screen can colour it and a cursor can stand on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Id and title.
    Title,
    /// A heading inside.
    Heading,
    /// A fact.
    Plain,
    /// A fact of minor interest.
    Dim,
    /// How pressing it is.
    Urgency(Urgency),
    /// A warning: a conflict, a flag.
    Warning,
    /// The task with this index.
    Task(usize, TaskStatus),
    /// The copy with this index.
    Copy(usize, CopyStatus),
    /// What the person wrote.
    Message,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it is.
    pub part: Part,
    /// The text, without a line break.
    pub text: String,
}

impl Line {
    fn new(part: Part, text: impl Into<String>) -> Self {
        Self {
            part,
            text: text.into(),
        }
    }

    /// The line as plain text.
    pub fn plain(&self) -> &str {
        &self.text
    }
}

struct Sheet<'a> {
    wording: &'a Wording<'a>,
    today: NaiveDate,
    lines: Vec<Line>,
}

/// The lines of a record.
pub fn sheet(card: &Card, today: NaiveDate, wording: &Wording<'_>) -> Vec<Line> {
    let mut sheet = Sheet {
        wording,
        today,
        lines: Vec::new(),
    };
    sheet.head(card);
    match &card.item {
        Item::Request(request) => sheet.request(request, card),
        Item::Recording(recording) => sheet.recording(recording),
        Item::OptOut(opt_out) => sheet.opt_out(opt_out, card),
        Item::Mail(mail) => sheet.aside(mail),
    }
    sheet.letters(&card.item);
    sheet.outbox(&card.item);
    sheet.notes(&card.item);
    sheet.closing(card);
    sheet.related(card);
    if let Item::Request(request) = &card.item {
        sheet.files(&request.attachments);
        sheet.mails(request);
        sheet.message(request);
    }
    if let Item::Mail(mail) = &card.item {
        sheet.files(&mail.attachments);
    }
    sheet.lines
}

impl Sheet<'_> {
    fn add(&mut self, part: Part, text: impl Into<String>) {
        self.lines.push(Line::new(part, text));
    }

    fn heading(&mut self, id: &str) {
        self.add(Part::Plain, "");
        let text = self.wording.texts.get(id);
        self.add(Part::Heading, text);
    }

    fn field(&mut self, id: &str, value: &str) {
        let label = self.wording.texts.get(id);
        self.add(Part::Plain, format!("{label}: {value}"));
    }

    fn date(&self, date: NaiveDate) -> String {
        self.wording.texts.date_with_weekday(date)
    }

    fn head(&mut self, card: &Card) {
        let texts = self.wording.texts;
        let item = &card.item;
        self.add(Part::Title, format!("{}  {}", item.id(), texts.title(item)));
        let person = item.person();
        let who = [person.name.clone(), person.emails.join(", ")];
        let who: Vec<String> = who.into_iter().filter(|part| !part.is_empty()).collect();
        if who.is_empty() {
            self.add(Part::Plain, texts.person(item));
        } else {
            self.add(Part::Plain, who.join(" · "));
        }
        self.standing(item, &card.standing, card.urgency);
        for flag in &card.flags {
            let text = texts.get(&format!("flag-{}-long", flag.word()));
            self.add(Part::Warning, format!("! {text}"));
        }
        for conflict in &card.standing.conflicts {
            let text = self.wording.conflict(conflict, item);
            self.add(Part::Warning, format!("! {text}"));
        }
        if item.is_open() {
            let step = self.wording.next_step(&card.next_step, item);
            self.field("sheet-next", &step);
        }
    }

    fn standing(&mut self, item: &Item, standing: &Standing, urgency: Option<Urgency>) {
        let texts = self.wording.texts;
        let status = texts.standing_of(item);
        match (urgency, standing.dates) {
            (Some(urgency), Some(dates)) => {
                let days = dates.due.signed_duration_since(self.today).num_days();
                let text = format!(
                    "{} · {} · {}",
                    texts.urgency(urgency),
                    texts.days_left(days),
                    status
                );
                self.add(Part::Urgency(urgency), text);
                self.field("sheet-act-by", &self.date(dates.act_by));
                self.field("sheet-due", &self.date(dates.due));
            }
            (Some(urgency), None) => {
                self.add(
                    Part::Urgency(urgency),
                    format!("{} · {status}", texts.urgency(urgency)),
                );
            }
            (None, _) => self.add(Part::Plain, status),
        }
        let rule = self.wording.rule(item, standing);
        self.add(Part::Dim, rule);
    }

    fn aside(&mut self, mail: &Aside) {
        let texts = self.wording.texts;
        self.field("sheet-received", &self.date(mail.received_on));
        let why = texts.get(&format!("aside-{}", mail.why.word()));
        self.field("sheet-aside-why", &why);
        if let Some(id) = mail.taken_as {
            self.field("sheet-taken-as", &id.to_string());
        }
        self.add(Part::Plain, "");
        if let Some(subject) = &mail.subject {
            self.add(Part::Dim, subject.clone());
        }
        self.lines_of(Part::Message, mail.text.as_deref().unwrap_or_default());
    }

    /// The mails that belong to a case, latest first: the last one is what is new.
    fn files(&mut self, files: &[Attachment]) {
        if files.is_empty() {
            return;
        }
        self.heading("sheet-files");
        for file in files {
            let part = if file.content.is_some() {
                Part::Plain
            } else {
                Part::Dim
            };
            let text = self.wording.texts.attachment(file);
            self.add(part, text);
        }
    }

    fn mails(&mut self, request: &Request) {
        for mail in request.mails.iter().rev() {
            let texts = self.wording.texts;
            let relation = texts.get(&format!("relation-{}", mail.relation.word()));
            let from = mail.from.email().unwrap_or(&mail.from.name);
            let text = format!("{relation} {} · {from}", texts.date(mail.received_on));
            self.add(Part::Plain, "");
            self.add(Part::Heading, text);
            if let Some(subject) = &mail.subject {
                self.add(Part::Dim, subject.clone());
            }
            self.lines_of(Part::Message, mail.text.as_deref().unwrap_or_default());
        }
    }

    fn request(&mut self, request: &Request, card: &Card) {
        let texts = self.wording.texts;
        let received = format!(
            "{} · {}",
            self.date(request.received_on),
            texts.channel(request.channel)
        );
        self.field("sheet-received", &received);
        if let Some(inner) = request.offered_person() {
            let text = texts.offered_person(request.id, inner);
            self.add(Part::Warning, format!("! {text}"));
        }
        if let Some(extension) = &request.extension {
            let text = texts.with(
                "sheet-extension",
                &[
                    ("until", self.date(extension.dates.due).into()),
                    ("notified", texts.date(extension.notified_on).into()),
                    ("reason", extension.reason.as_str().into()),
                ],
            );
            self.add(Part::Plain, text);
        }
        self.identity(request);
        if request.kind == Kind::Withdrawal && request.closing.is_none() {
            let text = texts.get("sheet-products");
            self.add(Part::Warning, format!("! {text}"));
        }
        self.tasks(&request.tasks, &card.item);
        self.rejection(request);
    }

    fn identity(&mut self, request: &Request) {
        let Some(identity) = &request.identity else {
            return;
        };
        let texts = self.wording.texts;
        if let (Some(on), Some(reason)) = (identity.requested_on, &identity.reason) {
            let text = texts.with(
                "sheet-identity-requested",
                &[
                    ("on", texts.date(on).into()),
                    ("reason", reason.as_str().into()),
                ],
            );
            self.add(Part::Plain, text);
            let until = identity.confirmed_on.unwrap_or(self.today);
            let days = until.signed_duration_since(on).num_days();
            // RULES §1.10: shown, and the date stays where it is.
            let text = texts.with("sheet-possible-suspension", &[("n", days.into())]);
            self.add(Part::Dim, text);
        }
        if let (Some(on), Some(method)) = (identity.confirmed_on, &identity.method) {
            let text = texts.with(
                "sheet-identity-confirmed",
                &[
                    ("on", texts.date(on).into()),
                    ("method", method.as_str().into()),
                ],
            );
            self.add(Part::Plain, text);
        }
    }

    fn tasks(&mut self, tasks: &[Task], item: &Item) {
        if tasks.is_empty() {
            return;
        }
        let texts = self.wording.texts;
        let (done, all) = progress(tasks);
        self.add(Part::Plain, "");
        let heading = texts.with("sheet-tasks", &[("done", done.into()), ("all", all.into())]);
        self.add(Part::Heading, heading);
        for (index, task) in tasks.iter().enumerate() {
            let title = self.wording.task_title(task, item);
            let mut text = format!("[{}] {title}", task_mark(task.status));
            let status = match task.status {
                TaskStatus::Todo | TaskStatus::Done => None,
                other => Some(texts.task_status(other).to_lowercase()),
            };
            let extra: Vec<String> = status
                .into_iter()
                .chain(task.place.clone())
                .chain(task.url.clone())
                .chain((!task.at.is_empty()).then(|| task.at.join(" ")))
                .chain(
                    task.follow_up_on
                        .filter(|_| task.status.is_open())
                        .map(|on| texts.with("sheet-follow-up", &[("on", texts.date(on).into())])),
                )
                .chain(task.rows.iter().map(|rows| {
                    texts.with(
                        "sheet-rows",
                        &[
                            ("n", rows.count().into()),
                            ("file", rows.file_name.as_str().into()),
                        ],
                    )
                }))
                .chain(task.note.clone())
                .collect();
            if !extra.is_empty() {
                text = format!("{text} – {}", extra.join(" · "));
            }
            self.add(Part::Task(index, task.status), text);
        }
    }

    fn rejection(&mut self, request: &Request) {
        for rejection in request.earlier_rejections.iter().chain(&request.rejection) {
            self.one_rejection(rejection);
        }
    }

    fn one_rejection(&mut self, rejection: &Rejection) {
        let texts = self.wording.texts;
        self.heading("sheet-rejection");
        let text = format!(
            "{} · {}",
            texts.date(rejection.on),
            texts.ground(rejection.ground)
        );
        self.add(Part::Plain, text);
        self.lines_of(Part::Plain, &rejection.facts);
        for question in &rejection.questions {
            let (question, answer) = texts.question(question);
            self.add(Part::Dim, format!("{question} {answer}"));
        }
        if rejection.burden_accepted {
            let text = texts.get("sheet-burden-accepted");
            self.add(Part::Dim, text);
        }
    }

    fn recording(&mut self, recording: &Recording) {
        let texts = self.wording.texts;
        let session = format!(
            "{} · {}",
            self.date(recording.recorded_on),
            texts.form(recording.form)
        );
        self.field("sheet-session", &session);
        if recording.declined {
            let text = texts.get("sheet-declined");
            self.add(Part::Plain, text);
        }
        if let Some(on) = recording.link_sent_on {
            self.field("sheet-link-sent", &self.date(on));
        }
        if let Some(on) = recording.link_expires_on {
            self.field("sheet-link-expires", &self.date(on));
        }
        if let Some(delivery) = &recording.delivered {
            let mut text = self.date(delivery.on);
            if let Some(how) = &delivery.how {
                text = format!("{text} · {how}");
            }
            self.field("sheet-delivered", &text);
        }
        for consent in &recording.consents {
            let text = texts.with(
                "sheet-consent",
                &[
                    ("purpose", consent.purpose.as_str().into()),
                    ("on", texts.date(consent.on).into()),
                    ("reference", consent.reference.as_str().into()),
                ],
            );
            self.add(Part::Plain, text);
        }
        if recording.copies.is_empty() {
            return;
        }
        self.heading("sheet-copies");
        for (index, copy) in recording.copies.iter().enumerate() {
            let mark = if copy.status == CopyStatus::Present {
                ' '
            } else {
                'x'
            };
            let mut text = format!(
                "[{mark}] {} – {}",
                copy.place,
                texts.copy_status(copy.status).to_lowercase()
            );
            if let Some(on) = copy.on {
                text = format!("{text} {}", texts.date(on));
            }
            if let Some(locator) = &copy.locator {
                text = format!("{text} · {locator}");
            }
            self.add(Part::Copy(index, copy.status), text);
        }
    }

    fn opt_out(&mut self, opt_out: &OptOut, card: &Card) {
        let received = format!(
            "{} · {}",
            self.date(opt_out.received_on),
            self.wording.texts.source(opt_out.source)
        );
        self.field("sheet-received", &received);
        self.tasks(&opt_out.tasks, &card.item);
    }

    /// The letters that are being sent, or could not be.
    fn outbox(&mut self, item: &Item) {
        if item.outbox().is_empty() {
            return;
        }
        self.heading("sheet-outbox");
        for outgoing in item.outbox() {
            let texts = self.wording.texts;
            let letter = &outgoing.letter;
            let why = outgoing.failed.as_ref().map(|failed| failed.why.as_str());
            let id = if outgoing.is_open() {
                "sheet-outbox-open"
            } else {
                "sheet-outbox-failed"
            };
            let text = texts.with(
                id,
                &[
                    ("on", texts.date(letter.on).into()),
                    ("letter", texts.letter_name(letter.letter).into()),
                    (
                        "message",
                        letter.message_id.clone().unwrap_or_default().into(),
                    ),
                    (
                        "why",
                        why.filter(|why| !why.is_empty()).unwrap_or("–").into(),
                    ),
                ],
            );
            self.add(Part::Plain, text);
        }
    }

    /// The letters that were sent, each with its subject; their texts are in `show --json`.
    fn letters(&mut self, item: &Item) {
        if item.letters().is_empty() {
            return;
        }
        self.heading("sheet-letters");
        for sent in item.letters() {
            let texts = self.wording.texts;
            let text = texts.with(
                "sheet-letter",
                &[
                    ("on", texts.date(sent.on).into()),
                    ("letter", texts.letter_name(sent.letter).into()),
                    ("channel", texts.channel(sent.channel).to_lowercase().into()),
                ],
            );
            self.add(Part::Plain, text);
            if let Some(subject) = &sent.subject {
                self.add(Part::Dim, format!("  {subject}"));
            }
        }
    }

    fn notes(&mut self, item: &Item) {
        if item.notes().is_empty() {
            return;
        }
        self.heading("sheet-notes");
        for note in item.notes() {
            let on = {
                let written = note.at.with_timezone(&self.wording.zone);
                self.wording.texts.date(written.date_naive())
            };
            self.add(Part::Dim, on);
            self.lines_of(Part::Plain, &note.text);
        }
    }

    fn closing(&mut self, card: &Card) {
        let item = &card.item;
        let Some(closing) = item.closing() else {
            return;
        };
        self.add(Part::Plain, "");
        self.field("sheet-closed", &self.date(closing.on));
        if let Some(note) = &closing.note {
            self.lines_of(Part::Plain, note);
        }
        if let Some(reason) = &closing.override_reason {
            self.field("sheet-override", reason);
        }
        let texts = self.wording.texts;
        if let Some(id) = closing.duplicate_of {
            let text = texts.with("sheet-duplicate-of", &[("id", id.to_string().into())]);
            self.add(Part::Plain, text);
        }
        if let Some(retention) = card.standing.retention {
            if retention.next.1 == Erased::Texts {
                let date = texts.date(retention.texts_on).into();
                self.add(
                    Part::Dim,
                    texts.with("sheet-retention-texts", &[("date", date)]),
                );
            }
            let date = texts.date(retention.record_on).into();
            self.add(
                Part::Dim,
                texts.with("sheet-retention-record", &[("date", date)]),
            );
        }
        if let Some(erasure) = item.erasure() {
            let id = match erasure.part {
                Erased::Texts => "sheet-erased-texts",
                Erased::Record => "sheet-erased-record",
            };
            let date = texts.date(erasure.on).into();
            self.add(Part::Dim, texts.with(id, &[("date", date)]));
        }
        if let Some(hold) = item.hold() {
            let text = texts.with(
                "sheet-hold",
                &[
                    ("review", texts.date(hold.review_on).into()),
                    ("reason", hold.reason.as_str().into()),
                ],
            );
            self.add(Part::Warning, text);
        }
    }

    fn related(&mut self, card: &Card) {
        for (index, earlier) in card.standing.earlier.iter().enumerate() {
            if index == 0 {
                self.heading("sheet-earlier");
            }
            let texts = self.wording.texts;
            let outcome = earlier
                .outcome
                .map_or_else(String::new, |outcome| texts.outcome(outcome));
            let text = texts.with(
                "sheet-earlier-line",
                &[
                    ("id", earlier.id.to_string().into()),
                    ("received", texts.date(earlier.received_on).into()),
                    ("n", earlier.days_before.into()),
                    ("outcome", outcome.to_lowercase().into()),
                ],
            );
            self.add(Part::Plain, text);
            let since: Vec<String> = earlier
                .changed_since
                .iter()
                .map(ItemId::to_string)
                .collect();
            let text = if since.is_empty() {
                texts.get("sheet-earlier-unchanged")
            } else {
                texts.with("sheet-earlier-changed", &[("ids", since.join(", ").into())])
            };
            self.add(Part::Plain, format!("  {text}"));
        }
        let others: Vec<&Item> = card
            .circle
            .iter()
            .filter(|other| other.id() != card.item.id())
            .collect();
        if others.is_empty() {
            return;
        }
        self.heading("sheet-related");
        for item in others {
            let texts = self.wording.texts;
            let text = format!(
                "{}  {} · {} · {}",
                item.id(),
                texts.title(item),
                texts.date(item.received_on()),
                texts.standing_of(item).to_lowercase()
            );
            self.add(Part::Plain, text);
        }
    }

    fn message(&mut self, request: &Request) {
        let Some(message) = &request.message else {
            return;
        };
        self.heading("sheet-message");
        if let Some(subject) = &request.subject {
            self.add(Part::Dim, subject.clone());
        }
        if !request.intake_problems.is_empty() {
            let texts = self.wording.texts;
            let problems: Vec<String> = request
                .intake_problems
                .iter()
                .map(|code| texts.get(&format!("mail-problem-{code}")))
                .collect();
            let text = texts.with(
                "sheet-problems",
                &[("problems", problems.join("; ").into())],
            );
            self.add(Part::Warning, text);
        }
        self.lines_of(Part::Message, message);
    }

    fn lines_of(&mut self, part: Part, text: &str) {
        for line in text.lines() {
            self.add(part, line);
        }
    }
}

/// The mark of a task in its box; the words beside it say the same.
pub const fn task_mark(status: TaskStatus) -> char {
    match status {
        TaskStatus::Todo => ' ',
        TaskStatus::Asked => '?',
        TaskStatus::Done => 'x',
        TaskStatus::NothingHeld => '0',
        TaskStatus::Kept => '=',
        TaskStatus::Skipped => '-',
    }
}
