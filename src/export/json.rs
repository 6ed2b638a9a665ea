//! The JSON shapes of the contract. Names and meanings are relied on by people's scripts: add, never rename.
//!
//! Dates are local dates `YYYY-MM-DD`, instants RFC 3339 in UTC, absent is `null`.

use std::io::{self, Write};

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter};
use serde_json::{Serializer, Value, json};

use super::object::{Fields, Json, as_it_is, fields};
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
    /// What a record is written in, before it goes out whole: a thousand small writes cost more than one.
    text: Vec<u8>,
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
            text: Vec::new(),
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
        self.text.clear();
        let formatter = self.formatter.clone();
        let mut serializer = Serializer::with_formatter(&mut self.text, formatter);
        fields_of(card, wording).serialize(&mut serializer)?;
        self.output.write_all(&self.text)
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

/// An object that is ready to be written, and needs no record any more.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct Object(Fields<'static>);

/// A row of `due`.
pub fn due_item(card: &Card, today: NaiveDate, wording: &Wording<'_>) -> Object {
    Object(due_fields(card, today, wording))
}

fn due_fields(card: &Card, today: NaiveDate, wording: &Wording<'_>) -> Fields<'static> {
    let item = &card.item;
    let dates = card.standing.dates;
    fields!({
        "act_by": dates.map(|dates| dates.act_by),
        "days_left": dates.map(|dates| dates.due.signed_duration_since(today).num_days()),
        "due": dates.map(|dates| dates.due),
        "email": item.person().email().map(str::to_owned),
        "flags": card.flags.iter().map(|flag| flag.word()).collect::<Json<'_>>(),
        "id": item.id(),
        "kind": kind_word(item),
        "next_step": wording.next_step(&card.next_step, item),
        "person": item.person().name.clone(),
        "title": wording.texts.title(item),
        "type": item.id().item_type.word(),
        "urgency": card.urgency.map(deadline::Urgency::word),
    })
}

/// A row of `list`: that of `due`, and how it stands.
pub fn list_item(card: &Card, today: NaiveDate, wording: &Wording<'_>) -> Object {
    let closing = card.item.closing();
    let outcome = closing.and_then(|closing| closing.outcome);
    Object(due_fields(card, today, wording).with(fields!({
        "closed_on": closing.map(|closing| closing.on),
        "outcome": outcome.map(Outcome::word),
        "received_on": card.item.received_on(),
        "status": status_word(&card.item),
    })))
}

/// What `due --json` gives.
pub fn due(due: Due<Object>) -> Object {
    let Summary {
        overdue,
        act_now,
        soon,
        later,
    } = due.summary;
    Object(fields!({
        "items": rows(due.cards),
        "next": due.next.map(|row| fields!({"id": row.id, "on": row.attention_on})),
        "past_retention": due.past_retention,
        "summary": fields!({
            "act_now": act_now,
            "later": later,
            "overdue": overdue,
            "soon": soon,
        }),
        "today": due.today,
        "total": due.total,
    }))
}

/// What `list --json` gives.
pub fn list(items: impl Iterator<Item = Object>, total: usize) -> Object {
    Object(fields!({"items": rows(items), "total": total}))
}

fn rows(rows: impl IntoIterator<Item = Object>) -> Json<'static> {
    rows.into_iter().map(|row| row.0).collect()
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
    // The names are texts, and so nothing can fail.
    serde_json::to_value(fields_of(card, wording)).unwrap_or_default()
}

/// The fields of a record.
fn fields_of<'a>(card: &'a Card, wording: &Wording<'_>) -> Fields<'a> {
    let own = match &card.item {
        Item::Request(request) => request_fields(request, card, wording),
        Item::Recording(recording) => recording_fields(recording, card),
        Item::OptOut(opt_out) => opt_out_fields(opt_out, card, wording),
        Item::Mail(mail) => aside_fields(mail),
    };
    let item = &card.item;
    let dates = card.standing.dates;
    let closing = item.closing();
    own.with(fields!({
        "act_by": dates.map(|dates| dates.act_by),
        "closed_on": closing.map(|closing| closing.on),
        "closing": closing.map(|closing| fields!({
            "duplicate_of": closing.duplicate_of,
            "note": closing.note.as_ref(),
            "on": closing.on,
            "override": closing.override_reason.as_ref(),
        })),
        "conflicts": conflicts(card, wording),
        "due": dates.map(|dates| dates.due),
        "erased": as_it_is(&item.erasure()),
        "flags": card.flags.iter().map(|flag| flag.word()).collect::<Json<'_>>(),
        "hold": as_it_is(&item.hold()),
        "letters": letters(item.letters()),
        "next_step": wording.next_step(&card.next_step, item),
        "notes": notes(item.notes()),
        "outbox": outbox(item.outbox()),
        "retention": card.standing.retention.map(|retention| fields!({
            "record_on": retention.record_on,
            "texts_on": retention.texts_on,
        })),
        "rule": wording.rule(item, &card.standing),
        "urgency": card.urgency.map(deadline::Urgency::word),
    }))
}

/// A mail that belongs to a case.
fn case_mail(mail: &CaseMail) -> Fields<'_> {
    fields!({
        "from": person(&mail.from),
        "message_id": mail.message_id.as_ref(),
        "problems": &mail.intake_problems[..],
        "received_at": mail.received_at.map(instant),
        "received_on": mail.received_on,
        "relation": as_it_is(&mail.relation),
        "subject": mail.subject.as_ref(),
        "text": mail.text.as_ref(),
    })
}

/// A file of a case; its content is written with `files`.
pub fn attachment(file: &Attachment) -> Value {
    serde_json::to_value(attachment_fields(file)).unwrap_or_default()
}

fn attachment_fields(file: &Attachment) -> Fields<'_> {
    fields!({
        "internal": file.internal,
        "kept": file.content.is_some(),
        "mime": as_it_is(&file.mime),
        "name": as_it_is(&file.name),
        "not_kept": file.not_kept.map(NotKept::word),
        "number": file.number,
        "on": file.on,
        "origin": file.origin.word(),
        "size": file.size,
        "task": as_it_is(&file.task),
    })
}

/// A mail that was set aside.
pub fn aside_json(mail: &Aside) -> Value {
    serde_json::to_value(aside_fields(mail)).unwrap_or_default()
}

fn aside_fields(mail: &Aside) -> Fields<'_> {
    fields!({
        "attachments": mail.attachments.iter().map(attachment_fields).collect::<Json<'_>>(),
        "id": mail.id,
        "inner_sender": mail.inner_sender.as_ref().map(person),
        "language": as_it_is(&mail.language),
        "message": mail.text.as_ref(),
        "message_id": mail.message_id.as_ref(),
        "person": person(&mail.person),
        "problems": &mail.intake_problems[..],
        "received_at": mail.received_at.map(instant),
        "received_on": mail.received_on,
        "registered_at": instant(mail.registered_at),
        "status": if mail.taken_as.is_some() { "taken" } else { "aside" },
        "subject": mail.subject.as_ref(),
        "taken_as": mail.taken_as,
        "type": "mail",
        "why": as_it_is(&mail.why),
    })
}

fn person(person: &Person) -> Fields<'_> {
    fields!({"emails": &person.emails[..], "name": &person.name})
}

fn request_fields<'a>(request: &'a Request, card: &'a Card, wording: &Wording<'_>) -> Fields<'a> {
    let rejections = request.earlier_rejections.iter();
    fields!({
        "attachments": request.attachments.iter().map(attachment_fields).collect::<Json<'_>>(),
        "channel": as_it_is(&request.channel),
        "earlier": card.standing.earlier.iter().map(earlier).collect::<Json<'_>>(),
        "earlier_rejections": rejections
            .map(|it| rejection(it, wording.texts))
            .collect::<Json<'_>>(),
        "extension": request.extension.as_ref().map(|extension| fields!({
            "act_by": extension.dates.act_by,
            "notified_on": extension.notified_on,
            "reason": &extension.reason,
            "until": extension.dates.due,
        })),
        "id": request.id,
        "identity": as_it_is(&request.identity),
        "inner_sender": request.inner_sender.as_ref().map(person),
        "kind": as_it_is(&request.kind),
        "language": as_it_is(&request.language),
        "mails": request.mails.iter().map(case_mail).collect::<Json<'_>>(),
        "message": request.message.as_ref(),
        "message_id": request.message_id.as_ref(),
        "outcome": as_it_is(&request.closing.as_ref().and_then(|closing| closing.outcome)),
        "person": person(&request.person),
        "problems": &request.intake_problems[..],
        "received_at": request.received_at.map(instant),
        "received_on": request.received_on,
        "registered_at": instant(request.registered_at),
        "rejection": request.rejection.as_ref().map(|it| rejection(it, wording.texts)),
        "status": request.status().word(),
        "subject": request.subject.as_ref(),
        "tasks": tasks(&request.tasks, &card.item, wording),
        "title": wording.texts.title(&card.item),
        "type": "request",
    })
}

fn rejection<'a>(rejection: &'a Rejection, texts: &Texts) -> Fields<'a> {
    let questions = rejection.questions.iter().map(|question| {
        let light = as_it_is(&question.light());
        let (question, answer) = texts.question(question);
        fields!({"answer": answer, "light": light, "question": question})
    });
    fields!({
        "burden_accepted": rejection.burden_accepted,
        "facts": &rejection.facts,
        "ground": as_it_is(&rejection.ground),
        "late": rejection.late,
        "on": rejection.on,
        "questions": questions.collect::<Json<'_>>(),
    })
}

fn earlier(earlier: &Earlier) -> Fields<'_> {
    fields!({
        "changed_since": earlier.changed_since.iter().copied().collect::<Json<'_>>(),
        "closed_on": earlier.closed_on,
        "days_before": earlier.days_before,
        "id": earlier.id,
        "kind": as_it_is(&earlier.kind),
        "outcome": as_it_is(&earlier.outcome),
        "received_on": earlier.received_on,
    })
}

fn conflicts<'a>(card: &'a Card, wording: &Wording<'_>) -> Json<'a> {
    let conflicts = card.standing.conflicts.iter();
    conflicts
        .map(|conflict| {
            fields!({
                "due": conflict.due,
                "id": conflict.id,
                "why": wording.conflict(conflict, &card.item),
            })
        })
        .collect()
}

fn tasks<'a>(tasks: &'a [Task], item: &Item, wording: &Wording<'_>) -> Json<'a> {
    tasks
        .iter()
        .map(|task| {
            fields!({
                "at": &task.at[..],
                "done_on": task.done_on,
                "follow_up_on": task.follow_up_on,
                "id": &task.id,
                "note": task.note.as_ref(),
                "place": wording.task_place(task),
                "rows": task.row_count(),
                "status": task.status.word(),
                "title": wording.task_title(task, item),
                "url": task.url.as_ref(),
            })
        })
        .collect()
}

fn notes(notes: &[Note]) -> Json<'_> {
    notes
        .iter()
        .map(|note| fields!({"at": instant(note.at), "text": &note.text}))
        .collect()
}

/// The letters that are being sent, or could not be.
fn outbox(outbox: &[Outgoing]) -> Json<'_> {
    outbox
        .iter()
        .map(|outgoing| {
            let letter = &outgoing.letter;
            fields!({
                "known_not_sent": !outgoing.is_open(),
                "language": as_it_is(&letter.language),
                "message_id": as_it_is(&letter.message_id),
                "on": letter.on,
                "since": instant(outgoing.since),
                "subject": as_it_is(&letter.subject),
                "text": as_it_is(&letter.text),
                "to": as_it_is(&letter.to),
                "type": as_it_is(&letter.letter),
                "why": as_it_is(&outgoing.failed.as_ref().map(|failed| &failed.why)),
            })
        })
        .collect()
}

fn letters(letters: &[SentLetter]) -> Json<'_> {
    letters
        .iter()
        .map(|letter| {
            fields!({
                "channel": as_it_is(&letter.channel),
                "language": as_it_is(&letter.language),
                "message_id": letter.message_id.as_ref(),
                "on": letter.on,
                "subject": letter.subject.as_ref(),
                "text": letter.text.as_ref(),
                "to": letter.to.as_ref(),
                "type": as_it_is(&letter.letter),
            })
        })
        .collect()
}

fn recording_fields<'a>(recording: &'a Recording, card: &Card) -> Fields<'a> {
    let copies = recording.copies.iter().map(|copy| {
        fields!({
            "locator": copy.locator.as_ref(),
            "on": copy.on,
            "place": &copy.place,
            "status": as_it_is(&copy.status),
        })
    });
    fields!({
        "agreement": recording.agreement.as_ref().map(|agreement| fields!({
            "agreed_on": agreement.agreed_on,
            "reference": &agreement.reference,
            "until": agreement.dates.due,
        })),
        "consents": as_it_is(&recording.consents),
        "copies": copies.collect::<Json<'_>>(),
        "declined": recording.declined,
        "delivered": recording.delivered.as_ref().map(|delivery| fields!({
            "how": delivery.how.as_ref(),
            "on": delivery.on,
        })),
        "form": as_it_is(&recording.form),
        "id": recording.id,
        "link_expires_on": recording.link_expires_on,
        "link_sent_on": recording.link_sent_on,
        "person": person(&recording.person),
        "recorded_on": recording.recorded_on,
        "registered_at": instant(recording.registered_at),
        "status": status_word(&card.item),
        "title": &recording.title,
        "type": "recording",
    })
}

fn opt_out_fields<'a>(opt_out: &'a OptOut, card: &'a Card, wording: &Wording<'_>) -> Fields<'a> {
    fields!({
        "email": opt_out.person.email(),
        "id": opt_out.id,
        "name": Some(&opt_out.person.name).filter(|name| !name.is_empty()),
        "received_on": opt_out.received_on,
        "registered_at": instant(opt_out.registered_at),
        "source": as_it_is(&opt_out.source),
        "status": status_word(&card.item),
        "tasks": tasks(&opt_out.tasks, &card.item, wording),
        "type": "optout",
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
