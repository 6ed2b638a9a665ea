//! What is said about letters: what they lack, why one cannot be written or sent. The letters themselves are
//! `crate::letters`.

use super::errors::Message;
use super::{Arg, Texts};
use crate::config::LetterSettings;
use crate::domain::letter::{LetterType, Missing, Part};
use crate::domain::refusal::Refusal;
use crate::letters::Notice;
use crate::mail::send::Fault;
use crate::ops::OpError;
use crate::ops::error::TemplateFault;

/// Parts that are named where a letter lacks many: an error is short.
const NAMED: usize = 6;

impl Texts {
    /// The name of a type of letter: `Kvittering`, `Receipt`.
    pub fn letter_name(&self, letter: LetterType) -> String {
        self.get(&format!("letter-name-{}", letter.word()))
    }

    /// A part that a letter lacks.
    pub fn missing_part(&self, missing: &Missing) -> String {
        let part = self.get(&format!("letter-part-{}", missing.part.word()));
        match &missing.about {
            Some(about) => self.with(
                "letter-part-about",
                &[("part", part.into()), ("about", about.as_str().into())],
            ),
            None => part,
        }
    }

    /// Where to complain, in the owner's words or those of the program (RULES §5).
    pub fn complaint(&self, settings: &LetterSettings) -> String {
        let own = settings.complaint.get(self.language()).clone();
        own.unwrap_or_else(|| self.get("letter-complaint"))
    }

    /// The wordings by which a part of a letter is known: of every line, one of those between bars must stand in it.
    pub fn letter_says(&self, part: &str) -> Vec<Vec<String>> {
        let lines = self.get(&format!("letter-says-{part}"));
        let wordings = |line: &str| line.split(" | ").map(str::to_owned).collect();
        lines.lines().map(wordings).collect()
    }

    /// Everything that a letter lacks, or as much of it as goes into an error.
    fn missing_parts(&self, missing: &[Missing]) -> String {
        let mut parts: Vec<(Part, Vec<&str>)> = Vec::new();
        for lack in missing {
            let about = lack.about.as_deref();
            match parts.iter_mut().find(|(part, _)| *part == lack.part) {
                Some((_, all)) => all.extend(about),
                None => parts.push((lack.part, about.into_iter().collect())),
            }
        }
        let more = NAMED < parts.len();
        let told = parts.into_iter().take(NAMED).map(|(part, about)| {
            self.missing_part(&Missing {
                part,
                about: (!about.is_empty()).then(|| about.join(", ")),
            })
        });
        let told: Vec<String> = told.chain(more.then(|| "…".to_owned())).collect();
        told.join("; ")
    }

    /// That a letter lacks something, in a sentence.
    pub fn letter_lacks(&self, missing: &[Missing]) -> String {
        let parts = self.missing_parts(missing);
        self.with("letter-lacks", &[("parts", parts.into())])
    }

    /// Something to look at before a letter goes.
    pub fn letter_notice(&self, notice: &Notice) -> String {
        match notice {
            Notice::Unverified(services) => self.with(
                "letter-notice-unverified",
                &[("services", services.as_str().into())],
            ),
            Notice::ComplaintUnchecked(on) => {
                self.with("letter-notice-complaint", &[("on", self.date(*on).into())])
            }
        }
    }

    /// A letter that could not be handed over, or of which nobody knows.
    pub(super) fn not_handed_over(&self, error: &OpError) -> Message {
        match error {
            OpError::NotSent {
                id,
                letter,
                place,
                fault,
                noted,
            } => {
                let cause = self.send_fault(place, fault);
                let args = [
                    ("id", id.to_string().into()),
                    ("letter", self.letter_name(*letter).into()),
                    ("why", cause.what.into()),
                    ("noted", if *noted { "yes" } else { "no" }.into()),
                ];
                let mut message = self.message("not-sent", &args);
                let hints = [cause.hint, message.hint.take()].into_iter().flatten();
                message.hint = Some(hints.collect::<Vec<_>>().join(" "));
                message
            }
            OpError::MaybeSent {
                id,
                letter,
                place,
                message_id,
                fault,
            } => self.message(
                "maybe-sent",
                &[
                    ("id", id.to_string().into()),
                    ("letter", self.letter_name(*letter).into()),
                    ("word", letter.word().into()),
                    ("message", message_id.as_str().into()),
                    ("why", self.send_fault(place, fault).what.into()),
                ],
            ),
            OpError::SentUnrecorded { id, letter, source } => self.message(
                "sent-unrecorded",
                &[
                    ("id", id.to_string().into()),
                    ("letter", self.letter_name(*letter).into()),
                    ("word", letter.word().into()),
                    ("why", self.op_error(source).what.into()),
                ],
            ),
            _ => self.message("sending-unconfigured", &[]),
        }
    }

    fn send_fault(&self, place: &str, fault: &Fault) -> Message {
        let what = match fault {
            Fault::CaFile { path, .. } => path.display().to_string(),
            _ => String::new(),
        };
        let why = match fault.why() {
            "" => "–",
            why => why,
        };
        self.message(
            &format!("send-{}", fault.word()),
            &[
                ("place", place.into()),
                ("what", what.into()),
                ("why", why.into()),
            ],
        )
    }

    /// A template that cannot be used.
    pub(super) fn bad_template(
        &self,
        place: &str,
        line: Option<usize>,
        fault: &TemplateFault,
    ) -> Message {
        let id = format!("template-{}", fault.word());
        let what = match fault {
            TemplateFault::Unknown(fields) => {
                let told: Vec<String> = fields
                    .iter()
                    .map(|(line, field)| {
                        self.with(
                            "template-line",
                            &[("field", field.as_str().into()), ("line", (*line).into())],
                        )
                    })
                    .collect();
                self.with(&id, &[("fields", told.join(", ").into())])
            }
            TemplateFault::Unfilled(field) => self.with(&id, &[("field", field.as_str().into())]),
            TemplateFault::NoSubject => self.get(&id),
            TemplateFault::Syntax(detail) => self.with(&id, &[("detail", detail.as_str().into())]),
        };
        let own = if place.starts_with("letters/") {
            "no"
        } else {
            "yes"
        };
        self.message(
            "bad-template",
            &[
                ("place", place.into()),
                ("line", line.unwrap_or_default().into()),
                ("what", what.into()),
                ("own", own.into()),
            ],
        )
    }

    /// A refusal that is about letters; `None` for all others.
    #[expect(
        clippy::too_many_lines,
        reason = "one arm for each refusal, and nothing else"
    )]
    pub(super) fn letter_refusal(&self, refusal: &Refusal) -> Option<Message> {
        let id = format!("refusal-{}", refusal.word());
        let say = |args: &[(&str, Arg<'_>)]| Some(self.message(&id, args));
        let name = |letter: &LetterType| self.letter_name(*letter);
        let words = |fits: &[LetterType]| -> String {
            let words: Vec<&str> = fits.iter().map(|letter| letter.word()).collect();
            words.join(", ")
        };
        match refusal {
            Refusal::LetterDoesNotFit {
                id: of,
                letter,
                fits,
            } => say(&[
                ("id", of.to_string().into()),
                ("letter", name(letter).into()),
                ("fits", fits.len().into()),
                ("types", words(fits).into()),
            ]),
            Refusal::WhichLetter { id: of, fits } => say(&[
                ("id", of.to_string().into()),
                ("fits", fits.len().into()),
                ("types", words(fits).into()),
            ]),
            Refusal::LetterNeedsRejection(of) | Refusal::NotBeingSent(of) => {
                say(&[("id", of.to_string().into())])
            }
            Refusal::LetterFields { letter, fields } => {
                let told: Vec<String> = fields
                    .iter()
                    .map(|field| {
                        let name = field.replace('_', "-");
                        self.get(&format!("letter-field-{name}"))
                    })
                    .collect();
                let options: Vec<String> = fields
                    .iter()
                    .map(|field| ["--set ", field, "=…"].concat())
                    .collect();
                say(&[
                    ("letter", name(letter).into()),
                    ("fields", told.join("; ").into()),
                    ("options", options.join(" ").into()),
                ])
            }
            Refusal::NoLetterField {
                letter,
                field,
                known,
            } => say(&[
                ("letter", name(letter).into()),
                ("field", field.as_str().into()),
                ("known", known.join(", ").into()),
            ]),
            Refusal::LetterIncomplete {
                id: of,
                letter,
                missing,
            } => say(&[
                ("id", of.to_string().into()),
                ("letter", name(letter).into()),
                ("missing", self.missing_parts(missing).into()),
            ]),
            Refusal::LetterNowhere { id: of, letter } => say(&[
                ("id", of.to_string().into()),
                ("letter", name(letter).into()),
                (
                    "person",
                    if letter.is_to_person() { "yes" } else { "no" }.into(),
                ),
            ]),
            Refusal::NoSenderAddress => say(&[]),
            Refusal::SendingOpen {
                id: of,
                letter,
                on,
                message_id,
            } => say(&[
                ("id", of.to_string().into()),
                ("letter", name(letter).into()),
                ("word", letter.word().into()),
                ("on", self.date(*on).into()),
                ("message", message_id.as_str().into()),
            ]),
            Refusal::LetterSentAlready { id: of, letter, on } => say(&[
                ("id", of.to_string().into()),
                ("letter", name(letter).into()),
                ("on", self.date(*on).into()),
            ]),
            Refusal::NotHerAddress { id: of, to } => {
                say(&[("id", of.to_string().into()), ("to", to.as_str().into())])
            }
            _ => None,
        }
    }
}
