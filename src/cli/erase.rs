//! `purge` and `erase`: what will be erased is shown, then erased when that was asked for or is agreed to.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::args::{EraseArgs, EraseCommand};
use super::exit::Exit;
use super::{Ended, Failure, Session, print, printed};
use crate::domain::ids::ItemId;
use crate::mail::clean;
use crate::ops::OpError;
use crate::ops::erase::{Plan, Wanted};
use crate::store::{Interrupted, StoreError};

/// Ids shown in a line.
const IDS_IN_LINE: usize = 6;

impl Session {
    pub(super) fn purge(&mut self, how: EraseArgs) -> Ended {
        self.erase_wanted(&Wanted::PastRetention, how)
    }

    pub(super) fn erase(&mut self, command: EraseCommand) -> Ended {
        let EraseCommand::Person { email, how } = command;
        self.erase_wanted(&Wanted::Person(clean::line(&email)), how)
    }

    fn erase_wanted(&mut self, wanted: &Wanted, how: EraseArgs) -> Ended {
        let mut plan = self.desk.plan_erasure(wanted)?;
        let asks = crate::tui::terminal::is_there() && !self.global.json;
        let now = how.yes && !plan.is_empty();
        if !self.global.json {
            self.print_plan(wanted, &plan)?;
        }
        let mut backups = Ok(());
        if now {
            let erased = self.desk.erase(wanted, None)?;
            plan = erased.plan;
            backups = erased.backups;
        }
        if self.global.json {
            printed(self.out.json(&plan_json(&plan, now)))?;
        }
        if plan.is_empty() {
            if matches!(wanted, Wanted::PastRetention) && how.yes {
                self.give_back_room();
            }
            return Ok(Exit::Done);
        }
        if now {
            return self.say_erased(&plan, backups);
        }
        if how.dry_run {
            return self.say("erase-dry-run");
        }
        if !asks {
            return Err(Failure::Usage(self.texts.message("erase-unconfirmed", &[])));
        }
        if !self.agreed()? {
            return self.say("erase-declined");
        }
        let erased = self.desk.erase(wanted, Some(&plan))?;
        self.say_erased(&erased.plan, erased.backups)
    }

    /// A courtesy: who has the store now can have it, the next purge tries again, and nothing was to be erased.
    fn give_back_room(&self) {
        match self.desk.store.shorten() {
            Ok(_) | Err(StoreError::Busy { .. }) => {}
            Err(error) => {
                let message = self.texts.op_error(&OpError::Store(error));
                print::warning(&clean::line(&message.what));
            }
        }
    }

    fn say(&mut self, id: &str) -> Ended {
        if !self.global.json {
            let line = self.texts.get(id);
            printed(self.out.line(line))?;
        }
        Ok(Exit::Done)
    }

    /// Counts again: between showing and erasing somebody may have reopened a case.
    fn say_erased(&mut self, plan: &Plan, backups: Result<(), OpError>) -> Ended {
        if !self.global.json {
            let line = self.texts.with(
                "erase-done",
                &[
                    ("texts", plan.texts.len().into()),
                    ("records", plan.records.len().into()),
                ],
            );
            printed(self.out.line(line))?;
        }
        // Only now: that the store holds nothing of it any more is true whatever became of the backups.
        backups?;
        Ok(Exit::Done)
    }

    /// Asks on the terminal; only a clear yes is one.
    fn agreed(&mut self) -> Result<bool, Failure> {
        let question = self.texts.get("erase-ask");
        let writer = self.out.writer();
        printed(write!(writer, "{question} ").and_then(|()| writer.flush()))?;
        let mut answer = String::new();
        printed(io::stdin().read_line(&mut answer).map(|_| ()))?;
        let answer = answer.trim().to_lowercase();
        Ok(["j", "ja", "y", "yes"].contains(&answer.as_str()))
    }

    fn print_plan(&mut self, wanted: &Wanted, plan: &Plan) -> Result<(), Failure> {
        for (id, ids) in [
            ("erase-texts", &plan.texts),
            ("erase-records", &plan.records),
            ("erase-open", &plan.open),
            ("erase-on-hold", &plan.on_hold),
            ("erase-mentioned", &plan.mentioned),
        ] {
            self.print_ids(id, ids)?;
        }
        for (id, request) in &plan.held_back {
            let line = self.texts.with(
                "erase-held-back",
                &[
                    ("id", id.to_string().into()),
                    ("request", request.to_string().into()),
                ],
            );
            printed(self.out.line(line))?;
        }
        if plan.is_empty() {
            return self.print_nothing(wanted, plan);
        }
        for (id, n) in [
            ("erase-operations", plan.operations),
            ("erase-drafts", plan.drafts),
        ] {
            if n > 0 {
                let line = self.texts.with(id, &[("n", n.into())]);
                printed(self.out.line(line))?;
            }
        }
        for path in &plan.beside {
            let path = path.display().to_string();
            let line = self.texts.with("erase-beside", &[("path", path.into())]);
            printed(self.out.line(line))?;
        }
        Ok(())
    }

    fn print_ids(&mut self, id: &str, ids: &[ItemId]) -> Result<(), Failure> {
        if ids.is_empty() {
            return Ok(());
        }
        let line = self.texts.with(id, &[("n", ids.len().into())]);
        printed(self.out.line(line))?;
        for some in ids.chunks(IDS_IN_LINE) {
            let some: Vec<String> = some.iter().map(ToString::to_string).collect();
            printed(self.out.line(format!("  {}", some.join("  "))))?;
        }
        Ok(())
    }

    /// There is nothing to erase; when there will be.
    fn print_nothing(&mut self, wanted: &Wanted, plan: &Plan) -> Result<(), Failure> {
        let texts = &self.texts;
        let mut line = match wanted {
            Wanted::PastRetention => texts.get("erase-nothing"),
            Wanted::Person(email) => texts.with("erase-nobody", &[("email", email.into())]),
        };
        if let Some((on, id)) = plan.next {
            line.push(' ');
            line.push_str(&texts.with(
                "due-next",
                &[
                    ("id", id.to_string().into()),
                    ("date", texts.date_with_weekday(on).into()),
                ],
            ));
        }
        printed(self.out.line(line))
    }

    /// Says, once, that an erasure was interrupted, and what came of it.
    pub(super) fn settle_interrupted_erasure(&self) -> Result<(), Failure> {
        match self.desk.store.settle_interrupted_erasure()? {
            None => {}
            Some(Interrupted::BeforeItCounted) => {
                print::warning(&self.texts.get("erase-interrupted-before"));
            }
            Some(Interrupted::AfterItCounted(files)) => print::warning(
                &self
                    .texts
                    .with("erase-interrupted-after", &[("n", files.len().into())]),
            ),
        }
        Ok(())
    }
}

fn plan_json(plan: &Plan, erased: bool) -> Value {
    let held_back: Vec<Value> = plan
        .held_back
        .iter()
        .map(|(id, request)| json!({"id": id, "request": request}))
        .collect();
    let beside: Vec<String> = plan
        .beside
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    json!({
        "erased": erased,
        "texts": plan.texts,
        "records": plan.records,
        "held_back": held_back,
        "open": plan.open,
        "on_hold": plan.on_hold,
        "mentioned": plan.mentioned,
        "operations": plan.operations,
        "drafts": plan.drafts,
        "beside": beside,
        "next": plan.next.map(|(on, id)| json!({"id": id, "on": on})),
    })
}
