//! The JSON shapes of the contract. Names and meanings are relied on by people's scripts: add, never rename.
//!
//! Dates are local dates `YYYY-MM-DD`, instants RFC 3339 in UTC, absent is `null`.

use std::io::{self, Write};

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter};
use serde_json::{Serializer, Value, json};

use crate::domain::attachment::{Attachment, NotKept};
use crate::domain::correspondence::{Aside, CaseMail};
use crate::domain::deadline::{self, derive};
use crate::domain::holidays::Calendar;
use crate::domain::item::Item;
use crate::domain::letter::{Outgoing, SentLetter};
use crate::domain::opt_out::OptOut;
use crate::domain::person::Person;
use crate::domain::recording::Recording;
use crate::domain::rejection::Rejection;
use crate::domain::request::{Note, Outcome, Request};
use crate::domain::standing::{Earlier, Rules};
use crate::domain::task::Task;
use crate::i18n::Texts;
use crate::i18n::words::Wording;
use crate::ops::queries::{Card, Due, Summary};
use crate::store::Entry;

/// A register that is written record by record: an object of `items` and their `total`.
pub struct Register<W: Write> {
    output: W,
    /// As deep as a record stands.
    formatter: PrettyFormatter<'static>,
    total: usize,
}

impl<W: Write> Register<W> {
    /// Writes nothing yet.
    pub fn begin(output: W) -> Self {
        let mut formatter = PrettyFormatter::new();
        for _ in 0..2 {
            // The brackets are written with the first record: of an empty list they stand together.
            formatter.begin_array(&mut io::sink()).unwrap_or_default();
        }
        Self {
            output,
            formatter,
            total: 0,
        }
    }

    /// Adds a record.
    pub fn add(&mut self, card: &Card, wording: &Wording<'_>) -> io::Result<()> {
        let before: &[u8] = match self.total {
            0 => b"{\n  \"items\": [\n    ",
            _ => b",\n    ",
        };
        self.output.write_all(before)?;
        self.total += 1;
        let formatter = self.formatter.clone();
        let mut serializer = Serializer::with_formatter(&mut self.output, formatter);
        item(card, wording).serialize(&mut serializer)?;
        Ok(())
    }

    /// Writes the end.
    pub fn finish(mut self) -> io::Result<()> {
        let before: &[u8] = match self.total {
            0 => b"{\n  \"items\": []",
            _ => b"\n  ]",
        };
        self.output.write_all(before)?;
        writeln!(self.output, ",\n  \"total\": {}\n}}", self.total)
    }
}

/// An instant as RFC 3339 in UTC, to the second.
pub fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// A row of `due`.
#[derive(Debug, Serialize)]
pub struct DueItem {
    id: String,
    r#type: &'static str,
    kind: Option<&'static str>,
    person: String,
    email: Option<String>,
    title: String,
    act_by: Option<NaiveDate>,
    due: Option<NaiveDate>,
    days_left: Option<i64>,
    urgency: Option<&'static str>,
    flags: Vec<&'static str>,
    next_step: String,
}

/// A row of `list`: that of `due`, and how it stands.
#[derive(Debug, Serialize)]
pub struct ListItem {
    #[serde(flatten)]
    due: DueItem,
    status: &'static str,
    outcome: Option<&'static str>,
    received_on: NaiveDate,
    closed_on: Option<NaiveDate>,
}

/// A row of `due`.
pub fn due_item(card: &Card, today: NaiveDate, wording: &Wording<'_>) -> DueItem {
    let item = &card.item;
    let dates = card.standing.dates;
    DueItem {
        id: item.id().to_string(),
        r#type: item.id().item_type.word(),
        kind: kind_word(item),
        person: item.person().name.clone(),
        email: item.person().email().map(str::to_owned),
        title: wording.texts.title(item),
        act_by: dates.map(|dates| dates.act_by),
        due: dates.map(|dates| dates.due),
        days_left: dates.map(|dates| dates.due.signed_duration_since(today).num_days()),
        urgency: card.urgency.map(deadline::Urgency::word),
        flags: card.flags.iter().map(|flag| flag.word()).collect(),
        next_step: wording.next_step(&card.next_step, item),
    }
}

/// A row of `list`.
pub fn list_item(card: &Card, today: NaiveDate, wording: &Wording<'_>) -> ListItem {
    let closing = card.item.closing();
    ListItem {
        due: due_item(card, today, wording),
        status: status_word(&card.item),
        outcome: closing
            .and_then(|closing| closing.outcome)
            .map(Outcome::word),
        received_on: card.item.received_on(),
        closed_on: closing.map(|closing| closing.on),
    }
}

/// What `due --json` gives.
pub fn due(due: &Due, wording: &Wording<'_>) -> Value {
    let Summary {
        overdue,
        act_now,
        soon,
        later,
    } = due.summary;
    let items: Vec<DueItem> = due
        .cards
        .iter()
        .map(|card| due_item(card, due.today, wording))
        .collect();
    json!({
        "today": due.today,
        "summary": {"overdue": overdue, "act_now": act_now, "soon": soon, "later": later},
        "items": items,
        "total": due.total,
        "past_retention": due.past_retention,
        "next": due.next.map(|row| json!({"id": row.id, "on": row.attention_on})),
    })
}

pub(super) fn kind_word(item: &Item) -> Option<&'static str> {
    match item {
        Item::Request(request) => Some(request.kind.word()),
        _ => None,
    }
}

pub(super) fn status_word(item: &Item) -> &'static str {
    match item {
        Item::Request(request) => request.status().word(),
        other if other.is_open() => "open",
        _ => "closed",
    }
}

/// What `show --json` gives.
pub fn item(card: &Card, wording: &Wording<'_>) -> Value {
    let mut value = match &card.item {
        Item::Request(request) => request_json(request, card, wording),
        Item::Recording(recording) => recording_json(recording, card),
        Item::OptOut(opt_out) => opt_out_json(opt_out, card, wording),
        Item::Mail(mail) => aside_json(mail),
    };
    if let Value::Object(fields) = &mut value {
        let dates = card.standing.dates;
        fields.insert("due".into(), json!(dates.map(|dates| dates.due)));
        fields.insert("act_by".into(), json!(dates.map(|dates| dates.act_by)));
        fields.insert(
            "urgency".into(),
            json!(card.urgency.map(deadline::Urgency::word)),
        );
        let flags: Vec<&str> = card.flags.iter().map(|flag| flag.word()).collect();
        fields.insert("flags".into(), json!(flags));
        fields.insert("conflicts".into(), conflicts(card, wording));
        fields.insert("letters".into(), letters(card.item.letters()));
        fields.insert("outbox".into(), outbox(card.item.outbox()));
        fields.insert("notes".into(), notes(card.item.notes()));
        fields.insert(
            "rule".into(),
            json!(wording.rule(&card.item, &card.standing)),
        );
        fields.insert(
            "next_step".into(),
            json!(wording.next_step(&card.next_step, &card.item)),
        );
        let closing = card.item.closing();
        fields.insert("closed_on".into(), json!(closing.map(|closing| closing.on)));
        fields.insert(
            "closing".into(),
            json!(closing.map(|closing| json!({
                "on": closing.on,
                "note": closing.note,
                "override": closing.override_reason,
                "duplicate_of": closing.duplicate_of,
            }))),
        );
        fields.insert(
            "retention".into(),
            json!(card.standing.retention.map(|retention| json!({
                "texts_on": retention.texts_on,
                "record_on": retention.record_on,
            }))),
        );
        fields.insert("hold".into(), json!(card.item.hold()));
        fields.insert("erased".into(), json!(card.item.erasure()));
    }
    value
}

/// A mail that belongs to a case.
fn case_mail(mail: &CaseMail) -> Value {
    json!({
        "relation": mail.relation,
        "from": person(&mail.from),
        "subject": mail.subject,
        "received_at": mail.received_at.map(instant),
        "received_on": mail.received_on,
        "message_id": mail.message_id,
        "text": mail.text,
        "problems": mail.intake_problems,
    })
}

/// A file of a case; its content is written with `files`.
pub fn attachment(file: &Attachment) -> Value {
    json!({
        "number": file.number,
        "name": file.name,
        "mime": file.mime,
        "size": file.size,
        "on": file.on,
        "origin": file.origin.word(),
        "kept": file.content.is_some(),
        "not_kept": file.not_kept.map(NotKept::word),
        "internal": file.internal,
        "task": file.task,
    })
}

/// A mail that was set aside.
pub fn aside_json(mail: &Aside) -> Value {
    json!({
        "id": mail.id,
        "type": "mail",
        "status": if mail.taken_as.is_some() { "taken" } else { "aside" },
        "why": mail.why,
        "person": person(&mail.person),
        "language": mail.language,
        "subject": mail.subject,
        "message": mail.text,
        "message_id": mail.message_id,
        "received_at": mail.received_at.map(instant),
        "received_on": mail.received_on,
        "registered_at": instant(mail.registered_at),
        "problems": mail.intake_problems,
        "attachments": mail.attachments.iter().map(attachment).collect::<Vec<_>>(),
        "inner_sender": mail.inner_sender.as_ref().map(person),
        "taken_as": mail.taken_as,
    })
}

fn person(person: &Person) -> Value {
    json!({"name": person.name, "emails": person.emails})
}

fn request_json(request: &Request, card: &Card, wording: &Wording<'_>) -> Value {
    let earlier: Vec<Value> = card.standing.earlier.iter().map(earlier).collect();
    json!({
        "id": request.id,
        "type": "request",
        "kind": request.kind,
        "status": request.status().word(),
        "outcome": request.closing.as_ref().and_then(|closing| closing.outcome),
        "person": person(&request.person),
        "channel": request.channel,
        "language": request.language,
        "title": wording.texts.title(&card.item),
        "received_at": request.received_at.map(instant),
        "received_on": request.received_on,
        "registered_at": instant(request.registered_at),
        "extension": request.extension.as_ref().map(|extension| json!({
            "until": extension.dates.due,
            "act_by": extension.dates.act_by,
            "notified_on": extension.notified_on,
            "reason": extension.reason,
        })),
        "identity": request.identity,
        "tasks": tasks(&request.tasks, &card.item, wording),
        "earlier": earlier,
        "rejection": request.rejection.as_ref().map(|it| rejection(it, wording.texts)),
        "earlier_rejections": request
            .earlier_rejections
            .iter()
            .map(|it| rejection(it, wording.texts))
            .collect::<Vec<_>>(),
        "mails": request.mails.iter().map(case_mail).collect::<Vec<_>>(),
        "subject": request.subject,
        "message": request.message,
        "message_id": request.message_id,
        "problems": request.intake_problems,
        "attachments": request.attachments.iter().map(attachment).collect::<Vec<_>>(),
        "inner_sender": request.inner_sender.as_ref().map(person),
    })
}

fn rejection(rejection: &Rejection, texts: &Texts) -> Value {
    let questions: Vec<Value> = rejection
        .questions
        .iter()
        .map(|question| {
            let light = question.light();
            let (question, answer) = texts.question(question);
            json!({"question": question, "answer": answer, "light": light})
        })
        .collect();
    json!({
        "ground": rejection.ground,
        "facts": rejection.facts,
        "burden_accepted": rejection.burden_accepted,
        "on": rejection.on,
        "late": rejection.late,
        "questions": questions,
    })
}

fn earlier(earlier: &Earlier) -> Value {
    json!({
        "id": earlier.id,
        "kind": earlier.kind,
        "received_on": earlier.received_on,
        "outcome": earlier.outcome,
        "closed_on": earlier.closed_on,
        "days_before": earlier.days_before,
        "changed_since": earlier.changed_since,
    })
}

fn conflicts(card: &Card, wording: &Wording<'_>) -> Value {
    let conflicts: Vec<Value> = card
        .standing
        .conflicts
        .iter()
        .map(|conflict| {
            json!({
                "id": conflict.id,
                "due": conflict.due,
                "why": wording.conflict(conflict, &card.item),
            })
        })
        .collect();
    json!(conflicts)
}

fn tasks(tasks: &[Task], item: &Item, wording: &Wording<'_>) -> Vec<Value> {
    tasks
        .iter()
        .map(|task| {
            json!({
                "id": task.id,
                "title": wording.task_title(task, item),
                "place": wording.task_place(task),
                "url": task.url,
                "at": task.at,
                "status": task.status,
                "note": task.note,
                "follow_up_on": task.follow_up_on,
                "done_on": task.done_on,
                "rows": task.row_count(),
            })
        })
        .collect()
}

fn notes(notes: &[Note]) -> Value {
    let notes: Vec<Value> = notes
        .iter()
        .map(|note| json!({"at": instant(note.at), "text": note.text}))
        .collect();
    json!(notes)
}

/// The letters that are being sent, or could not be.
fn outbox(outbox: &[Outgoing]) -> Value {
    let outbox: Vec<Value> = outbox
        .iter()
        .map(|outgoing| {
            let letter = &outgoing.letter;
            json!({
                "type": letter.letter,
                "language": letter.language,
                "on": letter.on,
                "since": instant(outgoing.since),
                "to": letter.to,
                "subject": letter.subject,
                "text": letter.text,
                "message_id": letter.message_id,
                "known_not_sent": !outgoing.is_open(),
                "why": outgoing.failed.as_ref().map(|failed| &failed.why),
            })
        })
        .collect();
    json!(outbox)
}

fn letters(letters: &[SentLetter]) -> Value {
    let letters: Vec<Value> = letters
        .iter()
        .map(|letter| {
            json!({
                "type": letter.letter,
                "language": letter.language,
                "on": letter.on,
                "channel": letter.channel,
                "to": letter.to,
                "subject": letter.subject,
                "text": letter.text,
                "message_id": letter.message_id,
            })
        })
        .collect();
    json!(letters)
}

fn recording_json(recording: &Recording, card: &Card) -> Value {
    let copies: Vec<Value> = recording
        .copies
        .iter()
        .map(|copy| {
            json!({
                "place": copy.place,
                "locator": copy.locator,
                "status": copy.status,
                "on": copy.on,
            })
        })
        .collect();
    json!({
        "id": recording.id,
        "type": "recording",
        "title": recording.title,
        "form": recording.form,
        "person": person(&recording.person),
        "registered_at": instant(recording.registered_at),
        "recorded_on": recording.recorded_on,
        "declined": recording.declined,
        "link_sent_on": recording.link_sent_on,
        "link_expires_on": recording.link_expires_on,
        "delivered": recording.delivered.as_ref().map(|delivery| json!({
            "on": delivery.on,
            "how": delivery.how,
        })),
        "agreement": recording.agreement.as_ref().map(|agreement| json!({
            "until": agreement.dates.due,
            "agreed_on": agreement.agreed_on,
            "reference": agreement.reference,
        })),
        "consents": recording.consents,
        "copies": copies,
        "status": status_word(&card.item),
    })
}

fn opt_out_json(opt_out: &OptOut, card: &Card, wording: &Wording<'_>) -> Value {
    json!({
        "id": opt_out.id,
        "type": "optout",
        "email": opt_out.person.email(),
        "name": Some(&opt_out.person.name).filter(|name| !name.is_empty()),
        "source": opt_out.source,
        "received_on": opt_out.received_on,
        "registered_at": instant(opt_out.registered_at),
        "tasks": tasks(&opt_out.tasks, &card.item, wording),
        "status": status_word(&card.item),
    })
}

/// A line of `deadline --json`.
pub fn deadline(received_on: NaiveDate, rules: Rules, texts: &Texts) -> Value {
    let calendar: Calendar = rules.calendar;
    let one = deadline::due(calendar, received_on, deadline::ANSWER_MONTHS);
    let extended = deadline::extended_dates(calendar, received_on, false);
    json!({
        "received_on": received_on,
        "due": one,
        "act_by": deadline::act_by(calendar, received_on, deadline::ANSWER_MONTHS),
        "extended_due": extended.due,
        "extended_act_by": extended.act_by,
        "recording_due": deadline::recording_dates(calendar, received_on, rules.recording_days).due,
        "rule": texts.derivation(&derive(calendar, received_on, deadline::ANSWER_MONTHS)),
    })
}

/// A history entry.
pub fn entry(entry: &Entry) -> Value {
    json!({
        "seq": entry.seq,
        "at": instant(entry.at),
        "id": entry.id,
        "event": entry.event,
        "via": entry.via,
        "digest": entry.digest,
        "chain": entry.chain,
    })
}
