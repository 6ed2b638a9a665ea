//! `letter`: shows one, writes it to a file, or notes that it was sent.

use std::collections::BTreeMap;

use serde_json::json;

use super::args::LetterArgs;
use super::exit::Exit;
use super::{Ended, Failure, Session, print, printed, when};
use crate::domain::conduct::Resolution;
use crate::domain::request::Channel;
use crate::export::write_private;
use crate::letters::eml::{self, Threading};
use crate::letters::{self, Letter, Wish};
use crate::mail::clean;
use crate::ops::queries::Card;
use crate::ops::{Op, OpError, Target};

impl Session {
    /// `letter`
    pub(super) fn letter(&mut self, args: &LetterArgs) -> Ended {
        let id = self.desk.find(&args.id)?;
        let card = self.desk.detail(id)?;
        let wish = Wish {
            letter: args.letter,
            language: self.language_named.then(|| self.texts.language()),
            fields: self.fields(&args.set)?,
            rejection: None,
        };
        let letter = letters::write(&self.desk, &card, &wish, &self.texts)?;
        let threading = eml::threading(&card.item, &letter, &self.desk.settings.controller);
        if let Some(channel) = args.mark_sent {
            return self.mark_sent(args, letter, channel, threading);
        }
        if !self.global.json {
            for notice in &letter.notices {
                print::warning(&self.texts.letter_notice(notice));
            }
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
        let resolve = args.resolve.map(|outcome| Resolution {
            // A recording or an opt-out has none.
            outcome: outcome.or_else(|| letter.letter.outcome()),
            ..Resolution::default()
        });
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
