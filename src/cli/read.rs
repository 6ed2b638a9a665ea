//! The commands that read.

use std::io::Read as _;

use chrono::NaiveDate;

use super::args::{DueArgs, FilterArgs, ListArgs, What};
use super::exit::Exit;
use super::print::Row;
use super::remind::BRIEF;
use super::{Ended, Failure, Session, printed, when};
use crate::catalogue::{Service, TaskKind};
use crate::domain::correspondence::Aside;
use crate::domain::deadline::local_date;
use crate::domain::ids::ItemType;
use crate::domain::item::Item;
use crate::domain::person::Language;
use crate::domain::task::progress;
use crate::export::json;
use crate::i18n::words::Wording;
use crate::ops::OpError;
use crate::ops::queries::{Card, Due, List, ListQuery, Order, Which};
use crate::store::Scope;
use crate::when::{self as typed, ReceivedAt};

impl From<What> for Scope {
    fn from(what: What) -> Self {
        match what {
            What::All => Self::Everything,
            What::Requests => Self::Of(ItemType::Request),
            What::Recordings => Self::Of(ItemType::Recording),
            What::Optouts => Self::Of(ItemType::OptOut),
            What::Aside => Self::Of(ItemType::Mail),
        }
    }
}

impl Session {
    pub(super) fn due(&mut self, args: &DueArgs) -> Ended {
        let days = (!args.all).then_some(u64::from(args.within));
        let summary = if args.brief || args.mail.is_some() {
            let most = if args.brief { BRIEF } else { usize::MAX };
            let due = self.desk.due(days, most)?;
            self.write_calendar_too(args)?;
            match &args.mail {
                Some(address) => self.due_as_mail(&due, address)?,
                None => self.due_in_brief(&due)?,
            }
            due.summary
        } else if self.global.json {
            let due = self.due_rows(days, json::due_item)?;
            self.write_calendar_too(args)?;
            // The cards are looked at even where nothing is due.
            self.wording()?;
            let summary = due.summary;
            printed(self.out.json(&json::due(due)))?;
            summary
        } else {
            let due = self.due_rows(days, row)?;
            self.write_calendar_too(args)?;
            self.print_due(&due)?;
            due.summary
        };
        let acting = summary.overdue + summary.act_now > 0;
        Ok(if args.exit_code && acting {
            Exit::ActNow
        } else {
            Exit::Done
        })
    }

    fn write_calendar_too(&self, args: &DueArgs) -> Result<(), Failure> {
        match &args.ics {
            Some(path) => self.write_calendar(path),
            None => Ok(()),
        }
    }

    /// What is due, a row of each record.
    fn due_rows<T>(
        &self,
        days: Option<u64>,
        row: fn(&Card, NaiveDate, &Wording<'_>) -> T,
    ) -> Result<Due<T>, OpError> {
        let mut wording = None;
        self.desk.due_rows(days, usize::MAX, |card, today| {
            let wording = match &mut wording {
                Some(wording) => wording,
                none => none.insert(self.wording()?),
            };
            Ok(row(card, today, wording))
        })
    }

    fn print_due(&mut self, due: &Due<Row>) -> Result<(), Failure> {
        if !due.cards.is_empty() {
            self.print_table(&due.cards)?;
        }
        let line = self.due_in_a_sentence(due);
        let texts = &self.texts;
        if due.past_retention > 0 {
            let reminder = texts.with("due-retention", &[("n", due.past_retention.into())]);
            printed(self.out.line(reminder))?;
        }
        printed(self.out.line(line))
    }

    /// The table of `due` and `list`.
    fn print_table(&mut self, rows: &[Row]) -> Result<(), Failure> {
        let header: Vec<String> = [
            "column-id",
            "column-urgency",
            "column-act-by",
            "column-due",
            "column-person",
            "column-what",
            "column-tasks",
            "column-next",
        ]
        .iter()
        .map(|id| self.texts.get(id))
        .collect();
        printed(self.out.table(&header, rows))
    }

    pub(super) fn list(&mut self, args: &ListArgs) -> Ended {
        let query = self.query(args.what, &args.filter, [&args.from, &args.to], Which::Open)?;
        if args.what == What::Aside {
            return self.list_aside(&query);
        }
        let list = self.desk.list(&query)?;
        self.print_list(&list)
    }

    /// What a list is asked for, with the first and last day of receipt; `which` where that is not said.
    pub(super) fn query(
        &self,
        what: What,
        filter: &FilterArgs,
        received: [&Option<String>; 2],
        which: Which,
    ) -> Result<ListQuery, Failure> {
        Ok(ListQuery {
            scope: what.into(),
            which: match (filter.open, filter.closed, filter.any) {
                (true, ..) => Which::Open,
                (_, true, _) => Which::Closed,
                (.., true) => Which::Any,
                _ => which,
            },
            kind: filter.kind,
            status: None,
            urgency: None,
            flag: None,
            order: Order::default(),
            search: filter.search.clone().filter(|text| !text.trim().is_empty()),
            from: when::maybe_date(&self.texts, received[0].as_deref())?,
            to: when::maybe_date(&self.texts, received[1].as_deref())?,
            skip: 0,
            limit: filter.limit.unwrap_or(usize::MAX),
        })
    }

    /// Mails that were set aside: those nobody took in, or with `--closed` those somebody did.
    fn list_aside(&mut self, query: &ListQuery) -> Ended {
        let all = ListQuery {
            which: Which::Any,
            limit: usize::MAX,
            ..query.clone()
        };
        let mails: Vec<Box<Aside>> = self
            .desk
            .list(&all)?
            .cards
            .into_iter()
            .filter_map(|card| match card.item {
                Item::Mail(mail) => Some(mail),
                _ => None,
            })
            .filter(|mail| match query.which {
                Which::Open => mail.taken_as.is_none() && mail.erasure.is_none(),
                Which::Closed => mail.taken_as.is_some(),
                Which::Any => true,
            })
            .collect();
        let shown = mails.iter().take(query.limit);
        if self.global.json {
            let items: Vec<_> = shown.map(|mail| json::aside_json(mail)).collect();
            let value = serde_json::json!({"total": mails.len(), "items": items});
            printed(self.out.json(&value))?;
            return Ok(Exit::Done);
        }
        for mail in shown {
            let why = self.texts.get(&format!("aside-{}", mail.why.word()));
            let from = mail.person.email().unwrap_or(&mail.person.name);
            let subject = mail.subject.as_deref().unwrap_or_default();
            let line = format!(
                "{}  {}  {from}  {subject} ({why})",
                mail.id, mail.received_on
            );
            printed(self.out.line(line))?;
        }
        let id = if mails.is_empty() {
            "aside-none"
        } else {
            "aside-hint"
        };
        printed(self.out.line(self.texts.get(id)))?;
        Ok(Exit::Done)
    }

    fn print_list(&mut self, list: &List) -> Ended {
        let today = self.desk.clock.moment().today;
        if self.global.json {
            let wording = self.wording()?;
            let rows = list.cards.iter();
            let rows = rows.map(|card| json::list_item(card, today, &wording));
            let value = json::list(rows, list.total);
            printed(self.out.json(&value))?;
            return Ok(Exit::Done);
        }
        if list.cards.is_empty() {
            printed(self.out.line(self.texts.get("list-empty")))?;
            return Ok(Exit::Done);
        }
        let wording = self.wording()?;
        let cards = list.cards.iter();
        let rows: Vec<Row> = cards.map(|card| row(card, today, &wording)).collect();
        self.print_table(&rows)?;
        let line = self.texts.with(
            "list-total",
            &[
                ("shown", list.cards.len().into()),
                ("total", list.total.into()),
            ],
        );
        printed(self.out.line(line))?;
        Ok(Exit::Done)
    }

    pub(super) fn show(&mut self, id: &str) -> Ended {
        let id = self.desk.find(id)?;
        let card = self.desk.detail(id)?;
        self.print_detail(&card)?;
        Ok(Exit::Done)
    }

    pub(super) fn print_detail(&mut self, card: &Card) -> Result<(), Failure> {
        let wording = self.wording()?;
        if self.global.json {
            let value = json::item(card, &wording);
            return printed(self.out.json(&value));
        }
        let today = self.desk.clock.moment().today;
        let lines = crate::i18n::sheet::sheet(card, today, &wording);
        for line in lines {
            printed(self.out.line(line.plain()))?;
        }
        Ok(())
    }

    pub(super) fn person(&mut self, text: &str) -> Ended {
        let cards = self.desk.person(text)?;
        let list = List {
            total: cards.len(),
            more: false,
            cards,
        };
        self.print_list(&list)
    }

    pub(super) fn deadline(&mut self, dates: &[String]) -> Ended {
        let mut received = Vec::new();
        for text in dates {
            if text == "-" {
                received.extend(self.dates_from_stdin()?);
            } else {
                received.push(when::received(&self.texts, self.desk.clock, text)?);
            }
        }
        let rules = self.desk.settings.rules;
        for (index, received) in received.into_iter().enumerate() {
            let date = match received {
                ReceivedAt::Date(date) => date,
                ReceivedAt::Instant(instant) => local_date(instant, self.desk.settings.zone),
            };
            let value = json::deadline(date, rules, &self.texts);
            if self.global.json {
                printed(self.out.json(&value))?;
            } else {
                if index > 0 {
                    printed(self.out.line(""))?;
                }
                self.print_deadline(date)?;
            }
        }
        Ok(Exit::Done)
    }

    fn print_deadline(&mut self, received_on: NaiveDate) -> Result<(), Failure> {
        use crate::domain::deadline::{
            ANSWER_MONTHS, act_by, derive, extended_dates, recording_dates,
        };
        let rules = self.desk.settings.rules;
        let rule = derive(rules.calendar, received_on, ANSWER_MONTHS);
        let extended = extended_dates(rules.calendar, received_on, false);
        let recording = recording_dates(rules.calendar, received_on, rules.recording_days);
        let lines = [
            ("deadline-received", received_on),
            (
                "deadline-act-by",
                act_by(rules.calendar, received_on, ANSWER_MONTHS),
            ),
            ("deadline-due", rule.due),
            ("deadline-extended-act-by", extended.act_by),
            ("deadline-extended-due", extended.due),
            ("deadline-recording-due", recording.due),
        ];
        for (id, date) in lines {
            let line = format!(
                "{:<26}{}  {}",
                self.texts.get(id),
                date,
                self.texts.weekday(date)
            );
            printed(self.out.line(line))?;
        }
        let rule = self.texts.derivation(&rule);
        printed(self.out.line(rule))
    }

    /// One date or instant a line; blank lines are passed over. A wrong line makes the whole input unusable.
    fn dates_from_stdin(&self) -> Result<Vec<ReceivedAt>, Failure> {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).map_err(|source| {
            crate::ops::OpError::Unreadable {
                path: "-".into(),
                source,
            }
        })?;
        let text = String::from_utf8_lossy(&bytes);
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let mut received = Vec::new();
        for (index, line) in text.lines().enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            match typed::received(self.desk.clock, line) {
                Some(date) => received.push(date),
                None => {
                    return Err(Failure::Input(self.texts.message(
                        "bad-date-line",
                        &[
                            ("line", (index + 1).into()),
                            ("text", crate::mail::clean::line(line).into()),
                        ],
                    )));
                }
            }
        }
        Ok(received)
    }

    pub(super) fn history(&mut self, id: Option<&str>, limit: usize) -> Ended {
        let id = id.map(|id| self.desk.find(id)).transpose()?;
        let entries = self.desk.history(id, limit)?;
        if self.global.json {
            let entries: Vec<_> = entries.iter().map(json::entry).collect();
            printed(self.out.json(&serde_json::json!({"entries": entries})))?;
            return Ok(Exit::Done);
        }
        if entries.is_empty() {
            printed(self.out.line(self.texts.get("history-empty")))?;
        }
        let zone = self.desk.settings.zone;
        for entry in entries {
            let line = format!(
                "{:>6}  {}  {:<13} {:<28} {}",
                entry.seq,
                entry.at.with_timezone(&zone).format("%Y-%m-%d %H:%M:%S"),
                entry.id,
                self.texts.event(&entry.event),
                self.texts.get(&format!("via-{}", entry.via.word())),
            );
            printed(self.out.line(line))?;
        }
        Ok(Exit::Done)
    }

    pub(super) fn services(&mut self, id: Option<&str>) -> Ended {
        let catalogue = self.desk.catalogue()?;
        let language = self.texts.language();
        let chosen: Vec<&Service> = match id {
            None => catalogue.services().collect(),
            Some(id) => vec![catalogue.service(id).ok_or_else(|| {
                Failure::Usage(self.texts.message("no-such-service", &[("id", id.into())]))
            })?],
        };
        if self.global.json {
            let cards: Vec<_> = chosen
                .iter()
                .map(|service| service_json(service, language))
                .collect();
            let value = serde_json::json!({
                "services": cards,
                "card_data": catalogue.card_data().get(language),
            });
            printed(self.out.json(&value))?;
            return Ok(Exit::Done);
        }
        let mut lines = Vec::new();
        for service in &chosen {
            lines.extend(self.service_lines(service, id.is_some()));
        }
        if id.is_none() {
            lines.push(self.texts.with(
                "services-card-data",
                &[("text", catalogue.card_data().get(language).into())],
            ));
            // RULES §8: said once, here and in the README.
            lines.push(String::new());
            lines.push(self.texts.get("services-policy"));
        }
        for line in lines {
            printed(self.out.line(line))?;
        }
        Ok(Exit::Done)
    }

    /// A service card: its facts, and with `whole` its tasks with their steps.
    fn service_lines(&self, service: &Service, whole: bool) -> Vec<String> {
        let texts = &self.texts;
        let language = texts.language();
        let mut lines = vec![
            format!("{} ({})", service.name.get(language), service.id),
            format!("  {}", service.holds.get(language)),
            format!("  {}", service.findable.words.get(language)),
        ];
        lines.extend(service.contact.iter().map(|contact| format!("  {contact}")));
        if whole {
            lines.extend(service.links.iter().map(|link| format!("  {link}")));
            for task in &service.tasks {
                let kind = match task.kind {
                    TaskKind::Request(kind) => texts.kind(kind),
                    TaskKind::OptOut => texts.item_type(ItemType::OptOut),
                };
                lines.push(String::new());
                lines.push(format!("  {kind}: {}", task.title.get(language)));
                for step in &task.steps {
                    let mark = if step.unverified {
                        format!(" {}", texts.get("step-unverified"))
                    } else {
                        String::new()
                    };
                    lines.push(format!("    - {}{mark}", step.text.get(language)));
                }
                for (id, text) in [
                    ("services-stays", &task.stays),
                    ("services-irreversible", &task.irreversible),
                ] {
                    if let Some(text) = text {
                        lines.push(format!(
                            "    {}",
                            texts.with(id, &[("text", text.get(language).into())])
                        ));
                    }
                }
            }
        }
        lines.push(String::new());
        lines
    }
}

/// A record as a row of the table of `due` and `list`.
fn row(card: &Card, today: NaiveDate, wording: &Wording<'_>) -> Row {
    let texts = wording.texts;
    let item = &card.item;
    let date = |date: Option<NaiveDate>| date.map_or_else(String::new, |date| date.to_string());
    let dates = card.standing.dates;
    let urgency = match card.urgency {
        Some(urgency) => texts.urgency(urgency),
        None => texts.standing_of(item),
    };
    let what = match item {
        Item::Request(request) => texts.kind(request.kind),
        Item::Recording(_) => texts.title(item),
        Item::OptOut(_) | Item::Mail(_) => texts.item_type(item.id().item_type),
    };
    let mut flags: Vec<String> = card.flags.iter().map(|flag| texts.flag(*flag)).collect();
    let mut next = if item.is_open() {
        wording.next_step(&card.next_step, item)
    } else {
        texts.standing_of(item)
    };
    if !flags.is_empty() {
        flags.sort();
        next = format!("{next} [{}]", flags.join(", "));
    }
    if let (Some(dates), true) = (dates, item.is_open()) {
        let days = dates.due.signed_duration_since(today).num_days();
        next = format!("{next} ({})", texts.days_left(days));
    }
    let tasks = match item {
        Item::Recording(recording) => {
            let all = recording.copies.len();
            format!("{}/{all}", all - recording.present_copies().count())
        }
        other => {
            let (done, all) = progress(other.tasks());
            format!("{done}/{all}")
        }
    };
    Row {
        cells: vec![
            item.id().to_string(),
            urgency,
            date(dates.map(|dates| dates.act_by)),
            date(dates.map(|dates| dates.due)),
            crate::width::fit(&texts.person(item), 28),
            crate::width::fit(&what, 28),
            tasks,
            next,
        ],
        urgency: card.urgency,
    }
}

/// A service card as JSON, with its tasks and their steps.
fn service_json(service: &Service, language: Language) -> serde_json::Value {
    let tasks: Vec<_> = service
        .tasks
        .iter()
        .map(|task| {
            let steps: Vec<_> = task
                .steps
                .iter()
                .map(|step| {
                    serde_json::json!({
                        "text": step.text.get(language),
                        "unverified": step.unverified,
                    })
                })
                .collect();
            serde_json::json!({
                "kind": task.kind.word(),
                "title": task.title.get(language),
                "steps": steps,
                "stays": task.stays.as_ref().map(|text| text.get(language)),
                "irreversible": task.irreversible.as_ref().map(|text| text.get(language)),
            })
        })
        .collect();
    serde_json::json!({
        "id": service.id,
        "name": service.name.get(language),
        "role": service.role.word(),
        "holds": service.holds.get(language),
        "concerns": service.concerns.get(language),
        "findable": service.findable.words.get(language),
        "contact": service.contact,
        "links": service.links,
        "tasks": tasks,
    })
}
