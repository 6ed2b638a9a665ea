//! Reminders for those who do not look: what is due as a mail for cron, and as a calendar that is written anew.

use std::io::Write as _;
use std::path::Path;

use super::{Failure, Session, printed};
use crate::domain::refusal::Refusal;
use crate::export::{Format, Reminders, register, write_private};
use crate::letters::eml;
use crate::mail::clean;
use crate::ops::OpError;
use crate::ops::queries::{Due, ListQuery};
use crate::store::Scope;

impl Session {
    /// What is due as a mail that `sendmail -t` takes; nothing where nothing is due. A mail passes other people's machines:
    /// nobody is named in it.
    pub(super) fn due_as_mail(&mut self, due: &Due, address: &str) -> Result<(), Failure> {
        let address = clean::line(address);
        if due.cards.is_empty() {
            return Ok(());
        }
        let texts = &self.texts;
        let wording = self.wording()?;
        let counts = [
            ("overdue", due.summary.overdue.into()),
            ("now", due.summary.act_now.into()),
            ("soon", due.summary.soon.into()),
            ("later", due.summary.later.into()),
        ];
        let summary = texts.with("due-summary", &counts);
        let mut text = String::new();
        for card in &due.cards {
            let dates = card.standing.dates;
            let day = dates.map_or_else(String::new, |dates| dates.act_by.to_string());
            let urgency = card.urgency.map(|it| texts.urgency(it)).unwrap_or_default();
            let what = texts.kind_of(&card.item);
            let step = wording.next_step(&card.next_step, &card.item);
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
        let reminders = Reminders::of(&self.desk.settings, self.desk.clock.moment().now);
        let format = Format::Calendar { names: false };
        let bytes =
            register(&cards, format, &self.wording()?, &reminders).map_err(Failure::Output)?;
        Ok(write_private(path, &bytes)?)
    }
}
