//! `letter`: shows one, writes it to a file, sends it, or notes that it was sent.

use std::collections::BTreeMap;

use serde_json::json;

use super::args::LetterArgs;
use super::exit::Exit;
use super::{Ended, Failure, Session, print, printed, when};
use crate::domain::conduct::{RejectionDraft, Resolution, Sending};
use crate::domain::letter::LetterType;
use crate::domain::refusal::Refusal;
use crate::domain::request::Channel;
use crate::export::write_private;
use crate::letters::eml::{self, Threading};
use crate::letters::{self, Letter, Way, Wish};
use crate::mail::clean;
use crate::mail::send::Outlet;
use crate::ops::letters::Posting;
use crate::ops::queries::Card;
use crate::ops::{Desk, Op, OpError, Target};

impl Session {
    /// `letter`
    pub(super) fn letter(&mut self, args: &LetterArgs) -> Ended {
        let id = self.desk.find(&args.id)?;
        let card = self.desk.detail(id)?;
        if args.not_sent {
            return self.not_sent(args, &card);
        }
        // What was handed over is recorded as it was, not as it would be written now.
        if args.mark_sent == Some(Channel::Mail)
            && args.set.is_empty()
            && let Some(sending) = Desk::being_sent(&card.item, args.letter)
        {
            return self.mark_handed_over(args, &card, sending);
        }
        let wish = Wish {
            letter: args.letter,
            language: self.language_named.then(|| self.texts.language()),
            fields: self.fields(&args.set)?,
            rejection: rejection(args),
        };
        if wish.rejection.is_some() && args.letter != Some(LetterType::Refusal) {
            let ground = self.texts.message("letter-ground-refusal", &[]);
            return Err(Failure::Usage(ground));
        }
        let letter = letters::write(&self.desk, &card, &wish, &self.texts)?;
        if args.send {
            return self.send(args, &card, &letter);
        }
        let threading = eml::threading(&card.item, &letter, &self.desk.settings.controller);
        if let Some(channel) = args.mark_sent {
            return self.mark_sent(args, letter, channel, threading);
        }
        self.remark_on(&letter);
        if !self.global.json {
            let missing = letter.missing();
            if !missing.is_empty() {
                print::warning(&self.texts.letter_lacks(&missing));
            }
        }
        let written = if let Some(path) = &args.out {
            write_private(path, letter.on_paper().as_bytes())?;
            Some(path)
        } else if let Some(path) = &args.eml {
            let now = self.desk.clock.moment().now;
            let controller = &self.desk.settings.controller;
            let bytes = eml::draft(&letter, controller, &threading, now).map_err(OpError::from)?;
            write_private(path, &bytes)?;
            Some(path)
        } else {
            None
        };
        if self.global.json {
            let value = self.letter_json(&card, &letter, &threading);
            printed(self.out.json(&value))?;
        } else if let Some(path) = written {
            let line = self.texts.with(
                "letter-written",
                &[
                    ("letter", self.texts.letter_name(letter.letter).into()),
                    ("id", id.to_string().into()),
                    ("path", path.display().to_string().into()),
                ],
            );
            printed(self.out.line(line))?;
        } else {
            printed(self.out.line(letter.on_paper().trim_end()))?;
        }
        Ok(Exit::Done)
    }

    /// What the owner should look at before it goes.
    fn remark_on(&self, letter: &Letter) {
        if !self.global.json {
            for notice in &letter.notices {
                print::warning(&self.texts.letter_notice(notice));
            }
        }
    }

    /// Sends it, or shows what would be sent.
    fn send(&mut self, args: &LetterArgs, card: &Card, letter: &Letter) -> Ended {
        let way = Way {
            to: args.to.as_deref().map(clean::line),
            resolve: resolution(args, letter.letter),
            again: args.again,
        };
        let posting = letters::posting(&self.desk, card, letter, &way)?;
        self.remark_on(letter);
        if args.dry_run {
            self.desk.may_post(&posting)?;
            return self.show_posting(&posting);
        }
        let done = self.desk.post(&posting)?;
        if !self.global.json {
            let line = self.about_posting("letter-sent", &posting);
            printed(self.out.line(line))?;
        }
        self.tell(&done)
    }

    fn about_posting(&self, text: &str, posting: &Posting) -> String {
        let outlet = self.desk.settings.sending.as_ref();
        let letter = posting.sending.letter.letter;
        let args = [
            ("letter", self.texts.letter_name(letter).into()),
            ("id", posting.target.id.to_string().into()),
            ("to", posting.mail.to.as_str().into()),
            (
                "place",
                outlet.map(Outlet::place).unwrap_or_default().into(),
            ),
        ];
        self.texts.with(text, &args)
    }

    fn show_posting(&mut self, posting: &Posting) -> Ended {
        let sent = &posting.sending.letter;
        let controller = &self.desk.settings.controller;
        let subject = sent.subject.as_deref().unwrap_or_default();
        let text = sent.text.as_deref().unwrap_or_default();
        if self.global.json {
            let outlet = self.desk.settings.sending.as_ref();
            let value = json!({
                "id": posting.target.id,
                "type": sent.letter,
                "language": sent.language,
                "place": outlet.map(Outlet::place),
                "from": posting.mail.from,
                "to": posting.mail.to,
                "subject": subject,
                "text": text,
                "message_id": sent.message_id,
                "in_reply_to": posting.in_reply_to,
                "references": posting.references,
                "mail": String::from_utf8_lossy(&posting.mail.bytes),
            });
            printed(self.out.json(&value))?;
            return Ok(Exit::Done);
        }
        let line = self.about_posting("letter-would-go", posting);
        printed(self.out.line(line))?;
        let from = match &controller.name {
            Some(name) => format!("{name} <{}>", posting.mail.from),
            None => posting.mail.from.clone(),
        };
        for header in eml::headers(&posting.mail) {
            let shown = match header.split_once(": ") {
                Some(("From", _)) => format!("From: {from}"),
                Some(("Subject", _)) => format!("Subject: {subject}"),
                _ => header,
            };
            printed(self.out.line(shown))?;
        }
        printed(self.out.line(format!("\n{}", text.trim_end())))?;
        Ok(Exit::Done)
    }

    /// A letter that was being sent did go.
    fn mark_handed_over(&mut self, args: &LetterArgs, card: &Card, mut sending: Sending) -> Ended {
        if let Some(on) = when::maybe_date(&self.texts, args.on.as_deref())? {
            sending.letter.on = on;
        }
        sending.resolve = resolution(args, sending.letter.letter);
        let target = Target {
            id: card.item.id(),
            seen: Some(card.item.version()),
        };
        let done = self.desk.run(&Op::SendLetter(target, Box::new(sending)))?;
        self.tell(&done)
    }

    /// A letter that was being sent did not go.
    fn not_sent(&mut self, args: &LetterArgs, card: &Card) -> Ended {
        let id = card.item.id();
        let sending = Desk::being_sent(&card.item, args.letter)
            .ok_or_else(|| OpError::from(Refusal::NotBeingSent(id)))?;
        let letter = sending.letter.letter;
        let done = self.desk.note_not_sent(id.into(), letter)?;
        self.tell(&done)
    }

    /// `FIELD=TEXT`, several of them.
    fn fields(&self, given: &[String]) -> Result<BTreeMap<String, String>, Failure> {
        let mut fields = BTreeMap::new();
        for given in given {
            let Some((name, text)) = given.split_once('=').filter(|(name, _)| !name.is_empty())
            else {
                return Err(Failure::Usage(self.texts.message(
                    "letter-field-shape",
                    &[("given", given.as_str().into())],
                )));
            };
            fields.insert(clean::line(name), Self::text_or_file(text)?);
        }
        Ok(fields)
    }

    fn mark_sent(
        &mut self,
        args: &LetterArgs,
        letter: Letter,
        channel: Channel,
        threading: Threading,
    ) -> Ended {
        let on = when::maybe_date(&self.texts, args.on.as_deref())?;
        let resolve = resolution(args, letter.letter);
        let target = Target {
            id: letter.id,
            seen: Some(letter.seen),
        };
        let on = on.unwrap_or(self.desk.clock.moment().today);
        let sending = letter.sending(channel, on, threading.message_id, resolve);
        let done = self.desk.run(&Op::SendLetter(target, Box::new(sending)))?;
        self.tell(&done)
    }

    fn letter_json(
        &self,
        card: &Card,
        letter: &Letter,
        threading: &Threading,
    ) -> serde_json::Value {
        let missing: Vec<_> = letter
            .missing()
            .iter()
            .map(|missing| {
                json!({
                    "part": missing.part.word(),
                    "about": missing.about,
                    "what": self.texts.missing_part(missing),
                })
            })
            .collect();
        let notices: Vec<String> = letter
            .notices
            .iter()
            .map(|notice| self.texts.letter_notice(notice))
            .collect();
        json!({
            "id": card.item.id(),
            "type": letter.letter,
            "language": letter.language,
            "to": letter.to,
            "subject": letter.subject,
            "text": letter.text,
            "missing": missing,
            "notices": notices,
            "message_id": threading.message_id,
            "in_reply_to": threading.in_reply_to,
        })
    }
}

/// The refusal that is made when its letter goes.
fn rejection(args: &LetterArgs) -> Option<RejectionDraft> {
    Some(RejectionDraft {
        ground: args.ground?,
        facts: clean::text(args.facts.as_deref()?),
        burden_accepted: args.accept_burden_of_proof,
    })
}

/// Whether the case is closed with the letter, and how.
fn resolution(args: &LetterArgs, letter: LetterType) -> Option<Resolution> {
    args.resolve.map(|outcome| Resolution {
        // A recording or an opt-out has none.
        outcome: outcome.or_else(|| letter.outcome()),
        ..Resolution::default()
    })
}
