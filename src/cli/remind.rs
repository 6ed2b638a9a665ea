//! Reminders for those who do not look: what is due as a mail for cron, and as a calendar that is written anew.

use std::io::Write as _;
use std::path::Path;

use super::{Failure, Session, printed};
use crate::domain::next_step::NextStep;
use crate::domain::refusal::Refusal;
use crate::export::{Format, Reminders, register, write_private_by};
use crate::i18n::Arg;
use crate::letters::eml;
use crate::mail::clean;
use crate::ops::OpError;
use crate::ops::queries::{Due, ListQuery};
use crate::store::Scope;

/// The places of copies that the program has a word for (CONTRACT); any other is the owner's own.
const PLACES: [&str; 8] = [
    "zoom-cloud",
    "zoom-trash",
    "gotomeeting",
    "webinarjam",
    "kajabi",
    "youtube",
    "facebook",
    "local",
];
/// How many are named in a banner.
pub(super) const BRIEF: usize = 3;

impl Session {
    /// What is due, counted; or that nothing is, and when the next thing is.
    pub(super) fn due_in_a_sentence<T>(&self, due: &Due<T>) -> String {
        let texts = &self.texts;
        if !due.cards.is_empty() {
            return texts.with("due-summary", &counts(due));
        }
        let mut line = texts.get("due-nothing");
        if let Some(next) = due.next {
            let shown = [
                ("id", next.id.to_string().into()),
                ("date", texts.date_with_weekday(next.attention_on).into()),
            ];
            line.push(' ');
            line.push_str(&texts.with("due-next", &shown));
        }
        line
    }

    /// What is due for a login banner: a sentence and the most urgent, by id, day and kind. Whoever looks over the
    /// shoulder reads no name, and nothing anybody typed.
    pub(super) fn due_in_brief(&mut self, due: &Due) -> Result<(), Failure> {
        let sentence = self.due_in_a_sentence(due);
        printed(self.out.line(format!("indsigt: {sentence}")))?;
        for card in due.cards.iter().take(BRIEF) {
            let texts = &self.texts;
            let day = card
                .standing
                .dates
                .map(|dates| texts.date_in_list(dates.act_by, due.today));
            let urgency = card.urgency.map(|it| texts.urgency(it)).unwrap_or_default();
            let parts = [
                card.item.id().to_string(),
                self.out.urgent(&urgency, card.urgency),
                day.unwrap_or_default(),
                texts.kind_of(&card.item),
            ];
            let parts = parts.iter().filter(|part| !part.is_empty());
            let parts: Vec<&str> = parts.map(String::as_str).collect();
            printed(self.out.line(format!("  {}", parts.join("  "))))?;
        }
        let more = due.total.saturating_sub(BRIEF);
        if more > 0 {
            let line = self.texts.with("due-brief-more", &[("n", more.into())]);
            printed(self.out.line(format!("  {line}")))?;
        }
        Ok(())
    }

    /// What is due as a mail that `sendmail -t` takes; nothing where nothing is due. A mail passes other people's machines:
    /// nobody is named in it.
    pub(super) fn due_as_mail(&mut self, due: &Due, address: &str) -> Result<(), Failure> {
        let address = clean::line(address);
        if due.cards.is_empty() {
            return Ok(());
        }
        let texts = &self.texts;
        let wording = self.wording()?;
        let summary = texts.with("due-summary", &counts(due));
        let mut text = String::new();
        for card in &due.cards {
            let dates = card.standing.dates;
            let day = dates.map_or_else(String::new, |dates| dates.act_by.to_string());
            let urgency = card.urgency.map(|it| texts.urgency(it)).unwrap_or_default();
            let what = texts.kind_of(&card.item);
            let step = if is_in_own_words(&card.next_step) {
                texts.get("due-mail-own")
            } else {
                wording.next_step(&card.next_step, &card.item)
            };
            text.push_str(&[card.item.id().to_string(), day, urgency, what, step].join("  "));
            text.push('\n');
        }
        text.push('\n');
        text.push_str(&summary);
        text.push('\n');
        let subject = texts.with("due-mail-subject", &[("summary", summary.as_str().into())]);
        let from = self.desk.settings.controller.email.as_deref();
        let at = self.desk.clock.moment().now;
        let mail = eml::plain(from.unwrap_or(&address), &address, &subject, &text, at)
            .map_err(|_| OpError::from(Refusal::NotAnAddress(address.clone())))?;
        printed(self.out.writer().write_all(&mail))?;
        Ok(())
    }

    /// The deadlines of everything open as a calendar file, in place of the one that was there.
    pub(super) fn write_calendar(&self, path: &Path) -> Result<(), Failure> {
        let cards = self.desk.list(&ListQuery::open(Scope::Everything))?.cards;
        let now = self.desk.clock.moment().now;
        let reminders = Reminders::of(&self.desk.settings, now, self.desk.last_change()?);
        let format = Format::Calendar { names: false };
        let wording = self.wording()?;
        Ok(write_private_by(path, |file| {
            register(&cards, format, &wording, &reminders, file)
        })?)
    }
}

/// The numbers of the summary.
fn counts<T>(due: &Due<T>) -> [(&'static str, Arg<'static>); 4] {
    [
        ("overdue", due.summary.overdue.into()),
        ("now", due.summary.act_now.into()),
        ("soon", due.summary.soon.into()),
        ("later", due.summary.later.into()),
    ]
}

/// Whether the owner's own words are in a step: they may name somebody, or say what the case is about.
fn is_in_own_words(step: &NextStep) -> bool {
    match step {
        NextStep::Task(task) | NextStep::RemoveFrom(task) | NextStep::FollowUp(task) => {
            task.title.is_some() || task.place.is_some()
        }
        NextStep::DeleteCopy(place) | NextStep::EmptyTrash(place) => {
            !PLACES.contains(&place.as_str())
        }
        _ => false,
    }
}
