//! What does not parse, in words: what is wrong, and what would do. Help and version are answers and end here too.

use std::error::Error as _;
use std::ffi::OsString;
use std::num::ParseIntError;

use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::exit::Exit;
use super::{help, print};
use crate::domain::person::Language;
use crate::i18n::Texts;
use crate::i18n::errors::Message;

/// Tells what clap has to say about these arguments, and gives the exit code.
pub(super) fn tell(args: &[OsString], error: clap::Error, json: bool) -> Exit {
    if error.kind() == ErrorKind::DisplayVersion {
        // The same in every language.
        drop(error.print());
        return Exit::Done;
    }
    let language = help::language(args);
    let command = help::on_screen(language);
    // Again, so that it is said in the words of that command.
    let again = command.clone().try_get_matches_from(args).err();
    let error = again.filter(|_| language != Language::En).unwrap_or(error);
    if error.kind() == ErrorKind::DisplayHelp {
        drop(error.print());
        return Exit::Done;
    }
    let texts = Texts::new(language);
    let told = Told {
        texts: &texts,
        error: &error,
        place: Place::of(args, &command),
    };
    print::error(&told.message(), Exit::Usage, Exit::Usage.word(), json);
    Exit::Usage
}

/// How far into the command tree the arguments reach.
struct Place<'a> {
    command: &'a Command,
    /// As it is typed: `indsigt add request`.
    path: String,
}

impl<'a> Place<'a> {
    fn of(args: &[OsString], root: &'a Command) -> Self {
        let mut place = Self {
            command: root,
            path: "indsigt".to_owned(),
        };
        let mut args = args.iter().skip(1).map(|arg| arg.to_string_lossy());
        while let Some(arg) = args.next() {
            if arg == "--" {
                break;
            }
            if let Some(name) = arg.strip_prefix("--") {
                let takes_value = [place.command, root]
                    .iter()
                    .flat_map(|command| command.get_arguments())
                    .any(|arg| arg.get_long() == Some(name) && arg.get_action().takes_values());
                if takes_value {
                    args.next();
                }
            } else if let Some(sub) = place.command.find_subcommand(arg.as_ref()) {
                place.command = sub;
                place.path = [&place.path, " ", sub.get_name()].concat();
            }
        }
        place
    }

    fn commands(&self) -> Vec<String> {
        self.command
            .get_subcommands()
            .filter(|sub| !sub.is_hide_set())
            .map(|sub| sub.get_name().to_owned())
            .collect()
    }
}

struct Told<'a> {
    texts: &'a Texts,
    error: &'a clap::Error,
    place: Place<'a>,
}

impl Told<'_> {
    fn message(&self) -> Message {
        let texts = self.texts;
        let arg = self.first(ContextKind::InvalidArg);
        let value = self.first(ContextKind::InvalidValue);
        let what = match self.error.kind() {
            ErrorKind::InvalidValue if value.is_empty() => {
                texts.with("usage-value-missing", &[("arg", arg.into())])
            }
            ErrorKind::InvalidValue => texts.with(
                "usage-not-a-choice",
                &[("value", value.into()), ("arg", arg.into())],
            ),
            ErrorKind::ValueValidation => self.not_valid(arg, value),
            ErrorKind::UnknownArgument if arg.starts_with('-') => {
                texts.with("usage-unknown-option", &[("arg", arg.into())])
            }
            ErrorKind::UnknownArgument => texts.with("usage-surplus", &[("arg", arg.into())]),
            ErrorKind::InvalidSubcommand => texts.with(
                "usage-unknown-command",
                &[("command", self.first(ContextKind::InvalidSubcommand).into())],
            ),
            ErrorKind::ArgumentConflict => self.conflict(arg),
            ErrorKind::MissingRequiredArgument => texts.with(
                "usage-missing",
                &[("args", self.all(ContextKind::InvalidArg).join(", ").into())],
            ),
            ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
                texts.with(
                    "usage-command-missing",
                    &[("command", self.place.path.as_str().into())],
                )
            }
            ErrorKind::InvalidUtf8 => texts.get("usage-not-utf8"),
            other => texts.with("usage-other", &[("why", other.to_string().into())]),
        };
        Message {
            what,
            hint: Some(self.hint(arg)),
        }
    }

    /// Today only numbers are checked beyond a choice of words.
    fn not_valid(&self, arg: &str, value: &str) -> String {
        let why = self.error.source();
        let number = why
            .and_then(|why| why.downcast_ref::<ParseIntError>())
            .is_some()
            || value.parse::<i128>().is_ok_and(|_| why.is_some());
        if number {
            return self.texts.with(
                "usage-not-a-number",
                &[("value", value.into()), ("arg", arg.into())],
            );
        }
        let why = why.map(ToString::to_string).unwrap_or_default();
        self.texts.with(
            "usage-bad-value",
            &[
                ("value", value.into()),
                ("arg", arg.into()),
                ("why", why.into()),
            ],
        )
    }

    fn conflict(&self, arg: &str) -> String {
        let others = self.all(ContextKind::PriorArg);
        if others == [arg] {
            return self.texts.with("usage-repeated", &[("arg", arg.into())]);
        }
        self.texts.with(
            "usage-conflict",
            &[("arg", arg.into()), ("others", others.join(", ").into())],
        )
    }

    /// What would do: a better word, the words there are, and where more is told.
    fn hint(&self, arg: &str) -> String {
        let texts = self.texts;
        let mut parts = Vec::new();
        if let Some(meant) = self.meant() {
            parts.push(texts.with("usage-did-you-mean", &[("meant", meant.into())]));
        } else if self.error.kind() == ErrorKind::UnknownArgument {
            if !arg.starts_with('-') {
                parts.push(texts.get("usage-quote"));
            } else if self.place.command.get_positionals().next().is_some() {
                parts.push(texts.with("usage-as-value", &[("arg", arg.into())]));
            }
        }
        let choices = match self.error.kind() {
            ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
                self.place.commands()
            }
            _ => self
                .all(ContextKind::ValidValue)
                .into_iter()
                .map(str::to_owned)
                .collect(),
        };
        if !choices.is_empty() {
            parts.push(texts.with("usage-choices", &[("choices", choices.join(", ").into())]));
        }
        let path = self.place.path.as_str();
        parts.push(texts.with("usage-help", &[("command", path.into())]));
        parts.join(" ")
    }

    /// What clap takes for a slip of the finger.
    fn meant(&self) -> Option<String> {
        let near = [
            ContextKind::SuggestedValue,
            ContextKind::SuggestedArg,
            ContextKind::SuggestedSubcommand,
        ]
        .into_iter()
        .find_map(|kind| self.all(kind).first().map(|&meant| meant.to_owned()));
        near.or_else(|| self.elsewhere())
    }

    /// Which command takes the option, when this one does not.
    fn elsewhere(&self) -> Option<String> {
        let name = self
            .first(ContextKind::InvalidArg)
            .strip_prefix("--")?
            .split('=')
            .next()?;
        if self.error.kind() != ErrorKind::UnknownArgument {
            return None;
        }
        let path = &self.place.path;
        self.place.command.get_subcommands().find_map(|sub| {
            sub.get_arguments()
                .any(|arg| arg.get_long() == Some(name))
                .then(|| format!("{path} {} --{name}", sub.get_name()))
        })
    }

    fn first(&self, kind: ContextKind) -> &str {
        self.all(kind).first().copied().unwrap_or_default()
    }

    fn all(&self, kind: ContextKind) -> Vec<&str> {
        match self.error.get(kind) {
            Some(ContextValue::String(one)) => vec![one],
            Some(ContextValue::Strings(many)) => many.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }
}
