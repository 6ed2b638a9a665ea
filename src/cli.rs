//! The command line: arguments become operations or questions, results become text or JSON, errors become exit codes.
//!
//! It decides nothing about cases; it is the same words as the terminal UI over the same operations.

pub mod args;
mod attachments;
mod backup;
mod change;
mod environment;
mod erase;
mod exit;
mod export;
mod files;
mod help;
mod letter;
mod lists;
mod manual;
mod print;
mod read;
mod remind;
mod report;
mod usage;
mod verify;
mod when;

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

use clap::parser::ValueSource;
use clap::{ArgMatches, Args as _, CommandFactory as _, FromArgMatches as _};

use self::args::{Cli, Command, ConfigCommand, DueArgs, Global};
use self::exit::Exit;
use self::print::Out;
use crate::clock::Clock;
use crate::config::{self, Settings};
use crate::domain::person::Language;
use crate::i18n::Texts;
use crate::i18n::errors::Message;
use crate::i18n::words::Wording;
use crate::ops::{Desk, INTAKE_FILE, LETTERS_FOLDER, OpError, SERVICES_FILE};
use crate::store::{Store, Via, is_guarded};
use crate::tui::{self, glyphs::Glyphs};

/// Why a command ends without having done what it was asked to.
#[derive(Debug)]
enum Failure {
    /// An operation failed.
    Op(OpError),
    /// What was typed makes no sense.
    Usage(Message),
    /// An input cannot be used.
    Input(Message),
    /// The store is damaged; what could be done was done.
    Damaged(Message),
    /// Writing failed; a reader that went away is no failure.
    Output(io::Error),
}

impl<E: Into<OpError>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Op(error.into())
    }
}

/// A command's end: an exit code, or why not.
type Ended = Result<Exit, Failure>;

/// Turns a failed write to standard output into a [`Failure`].
fn printed(result: io::Result<()>) -> Result<(), Failure> {
    result.map_err(Failure::Output)
}

/// Everything a command works with.
struct Session {
    desk: Desk,
    texts: Texts,
    global: Global,
    out: Out,
    config_path: PathBuf,
    /// Whether the command line names the language, and not only the surroundings.
    language_named: bool,
    /// Whether the backup of the day is made at the end.
    rotates: bool,
    /// Whether what is done on the screen is done line by line.
    plain: bool,
}

impl Session {
    fn wording(&self) -> Result<Wording<'_>, OpError> {
        Ok(Wording {
            texts: &self.texts,
            catalogue: self.desk.catalogue()?,
            rules: self.desk.settings.rules,
            zone: self.desk.settings.zone,
        })
    }
}

/// From here on a panic tells where the defect is, and not what it was about: the message of a panic may quote any
/// text, and the errors of a cron job are mailed. Who sets `RUST_BACKTRACE` is looking for the defect and gets it all.
pub fn tell_panics() {
    let whole = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        // A panic of the store's library over a damaged page is caught and told as damage.
        if is_guarded() {
            return;
        }
        if environment::set("RUST_BACKTRACE").is_some() {
            whole(info);
            return;
        }
        let place = info.location().map(ToString::to_string);
        let texts = Texts::new(environment::locale_language());
        let message = texts.message("defect", &[("place", place.unwrap_or_default().into())]);
        print::error(&message, Exit::Defect, Exit::Defect.word(), false);
    }));
}

/// Runs the program with these arguments and gives its exit code.
pub fn run(args: impl IntoIterator<Item = OsString>) -> u8 {
    let args: Vec<OsString> = args.into_iter().collect();
    let wants_json = args.iter().any(|arg| arg == "--json");
    match understood(&args)
        .and_then(|matches| Ok((names_language(&matches), Cli::from_arg_matches(&matches)?)))
    {
        Ok((language_named, cli)) => run_parsed(cli, language_named).code(),
        Err(error) => usage::tell(&args, error, wants_json).code(),
    }
}

/// What the arguments say, by a definition of those commands alone that they can name: getting all of them ready, which clap
/// does before it looks at the first word, takes longer than all else it does. What does not parse so is for the whole one.
fn understood(args: &[OsString]) -> Result<ArgMatches, clap::Error> {
    let is_option = |word: &OsString| word.as_encoded_bytes().starts_with(b"-");
    // Where no word follows a word, the program's own name among them, there is hardly a command, but the screen.
    if args.windows(2).all(|two| two.iter().any(is_option)) {
        let bare = clap::Command::new(env!("CARGO_PKG_NAME"));
        let bare = args::Screen::augment_args(Global::augment_args(bare));
        if let Ok(matches) = bare.try_get_matches_from(args) {
            return Ok(matches);
        }
    }
    let whole = Cli::command();
    let is_named = |sub: &&clap::Command| args.iter().any(|arg| arg == sub.get_name());
    let named = clap::Command::new(env!("CARGO_PKG_NAME"))
        .args(whole.get_arguments().cloned())
        .groups(whole.get_groups().cloned())
        .subcommands(whole.get_subcommands().filter(is_named).cloned());
    named
        .try_get_matches_from(args)
        .or_else(|_| whole.try_get_matches_from(args))
}

/// Whether the language stands on the command line itself, in whatever place.
fn names_language(matches: &ArgMatches) -> bool {
    matches.value_source("language") == Some(ValueSource::CommandLine)
        || matches
            .subcommand()
            .is_some_and(|(_, below)| names_language(below))
}

/// Whether the settings file that is named need not be there yet.
fn makes_settings(command: Option<&Command>) -> bool {
    matches!(
        command,
        Some(Command::Config(ConfigCommand::Init | ConfigCommand::Path))
    )
}

/// Whether there is a screen that can be gone through line by line.
fn can_be_plain(command: Option<&Command>, json: bool) -> bool {
    !json && matches!(command, None | Some(Command::Demo { fill: None, .. }))
}

fn run_parsed(cli: Cli, language_named: bool) -> Exit {
    let json = cli.global.json;
    let mut session = match Session::open(cli.global, makes_settings(cli.command.as_ref())) {
        Ok(session) => session,
        Err(early) => {
            let (texts, failure) = *early;
            return report(&texts, Err(failure), json);
        }
    };
    session.rotates = !backup::leaves_store_alone(cli.command.as_ref());
    session.language_named = language_named;
    session.plain = cli.screen.plain;
    if cli.screen.plain && !can_be_plain(cli.command.as_ref(), json) {
        let message = session.texts.message("plain-with-command", &[]);
        return report(&session.texts, Err(Failure::Usage(message)), json);
    }
    session.keep_private();
    let ended = session.dispatch(cli.command);
    let ended = match (ended, session.out.flush()) {
        (Ok(_), Err(error)) => Err(Failure::Output(error)),
        (ended, _) => ended,
    };
    if ended.is_ok() && session.rotates {
        session.rotate();
    }
    report(&session.texts, ended, json)
}

/// Tells a failure and gives the exit code.
fn report(texts: &Texts, ended: Ended, json: bool) -> Exit {
    let (message, exit, kind) = match ended {
        Ok(exit) => return exit,
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            return Exit::Done;
        }
        Err(Failure::Output(error)) => (
            texts.message("output-failed", &[("why", error.to_string().into())]),
            Exit::Io,
            Exit::Io.word(),
        ),
        Err(Failure::Usage(message)) => (message, Exit::Usage, Exit::Usage.word()),
        Err(Failure::Damaged(message)) => (message, Exit::Damaged, Exit::Damaged.word()),
        Err(Failure::Input(message)) => (message, Exit::BadInput, Exit::BadInput.word()),
        Err(Failure::Op(error)) => {
            let exit = Exit::of(&error);
            let kind = match &error {
                OpError::Refused(refusal) => refusal.word(),
                // A script must know whether it may try again.
                OpError::NotSent { .. } => "not-sent",
                OpError::MaybeSent { .. } => "maybe-sent",
                OpError::SentUnrecorded { .. } => "sent-unrecorded",
                _ => exit.word(),
            };
            (texts.op_error(&error), exit, kind)
        }
    };
    print::error(&message, exit, kind, json);
    exit
}

impl Session {
    /// Reads settings and surroundings. The texts come back with a failure, so that it can be told.
    fn open(global: Global, makes_settings: bool) -> Result<Self, Box<(Texts, Failure)>> {
        let named = global.language.as_deref().filter(|text| !text.is_empty());
        let asked = named.and_then(Language::of_code);
        if let Some(other) = named.filter(|_| asked.is_none()) {
            let texts = Texts::new(environment::locale_language());
            let message = texts.message("bad-language", &[("language", other.into())]);
            return Err(Box::new((texts, Failure::Usage(message))));
        }
        let fallback = asked.unwrap_or_else(environment::locale_language);
        let given = global
            .config
            .clone()
            .filter(|path| !path.is_empty())
            .map(PathBuf::from);
        let config_path = given.clone().unwrap_or_else(environment::default_config);
        let mut settings = match settings(&config_path, given.is_some() && !makes_settings) {
            Ok(settings) => settings,
            Err(problem) => {
                let texts = Texts::new(fallback);
                let failure = problem.told(&texts);
                return Err(Box::new((texts, failure)));
            }
        };
        settings.backup_folder = settings.backup_folder.as_deref().map(environment::expand);
        settings.mail = settings.mail.map(|mail| mail.expanded(environment::expand));
        settings.sending = settings
            .sending
            .map(|outlet| outlet.expanded(environment::expand));
        let texts = Texts::new(asked.or(settings.language).unwrap_or(fallback));
        let today = match global.today.as_deref().filter(|text| !text.is_empty()) {
            None => None,
            Some(text) => match when::date(&texts, text) {
                Ok(date) => Some(date),
                Err(failure) => return Err(Box::new((texts, failure))),
            },
        };
        let store_path = global
            .store
            .clone()
            .filter(|path| !path.is_empty())
            .map_or_else(environment::default_store, PathBuf::from);
        let store = Store::at(environment::expand(&store_path), !global.read_only)
            .waiting(Duration::from_secs(settings.wait_seconds));
        let clock = Clock::new(settings.zone, today);
        let mut desk = Desk::new(store, settings, clock, Via::Cli);
        desk.read_only = global.read_only;
        desk.services_file = config_path
            .parent()
            .map(|folder| folder.join(SERVICES_FILE));
        desk.intake_file = config_path.parent().map(|folder| folder.join(INTAKE_FILE));
        desk.letters_folder = config_path
            .parent()
            .map(|folder| folder.join(LETTERS_FOLDER));
        Ok(Self {
            desk,
            texts,
            out: Out::new(global.color),
            global,
            config_path,
            language_named: false,
            rotates: false,
            plain: false,
        })
    }

    /// Takes from others what they could do with the store, and says so.
    fn keep_private(&self) {
        let own_folder = self.desk.store.path() == environment::default_store();
        for exposed in self.desk.store.keep_private(own_folder) {
            print::warning(&self.texts.exposed(&exposed));
        }
    }

    fn dispatch(&mut self, command: Option<Command>) -> Ended {
        self.settle_interrupted_erasure()?;
        let Some(command) = command else {
            return self.without_command();
        };
        match command {
            Command::Due(args) => self.due(&args),
            Command::List(args) => self.list(&args),
            Command::Show { id } => self.show(&id),
            Command::Person { text } => self.person(&text),
            Command::Deadline { dates } => self.deadline(&dates),
            Command::History { id, limit } => {
                self.history(id.as_deref(), limit.unwrap_or(usize::MAX))
            }
            Command::Attach(args) => self.attach(&args),
            Command::Files(args) => self.files(&args),
            Command::Report { year } => self.report(year),
            Command::Verify => self.verify(),
            Command::CheckSubscribers { file, exit_code } => {
                self.check_subscribers(&file, exit_code)
            }
            Command::Services { id } => self.services(id.as_deref()),
            Command::Import(command) => self.import(&command),
            Command::Fetch { dry_run } => self.fetch(dry_run),
            Command::Export(args) => self.export(&args),
            Command::Backup(args) => self.backup(&args),
            Command::Restore(args) => self.restore(&args),
            Command::Purge(how) => self.purge(how),
            Command::Erase(command) => self.erase(command),
            Command::Letter(args) => self.letter(&args),
            Command::Config(command) => self.config(command),
            Command::Completions { shell } => self.completions(shell),
            Command::Man { dir } => self.man(dir.as_deref()),
            Command::Demo { fill, cases, seed } => {
                self.demo(fill, cases.map(|cases| (cases, seed)))
            }
            other => self.change(other),
        }
    }

    fn without_command(&mut self) -> Ended {
        if self.plain || tui::terminal::is_there() && !self.global.json {
            return self.terminal_ui();
        }
        self.due(&DueArgs {
            within: 7,
            all: false,
            exit_code: false,
            mail: None,
            brief: false,
            ics: None,
        })
    }

    /// Whether the screen is gone through line by line: because it was asked for, or because this is so on the terminals here.
    fn is_plain(&self) -> bool {
        self.plain || tui::terminal::is_there() && environment::plain()
    }

    /// Opens the terminal UI on the session's store.
    fn terminal_ui(&mut self) -> Ended {
        // Its worker does that when it starts.
        self.rotates = false;
        let texts = Texts::new(self.texts.language());
        let term = environment::terminal_type().unwrap_or_default();
        let glyphs = match self.desk.settings.ascii {
            Some(true) => Glyphs::Ascii,
            Some(false) => Glyphs::All,
            None => Glyphs::suited(&term, &environment::locale()),
        };
        let surroundings = tui::Surroundings {
            editor: environment::editor(),
            temporary: environment::temporary(),
            term,
            glyphs,
            tmux: environment::in_tmux(),
            mouse: self.desk.settings.mouse,
        };
        let color = match self.global.color {
            args::ColorChoice::Always => true,
            args::ColorChoice::Never => false,
            args::ColorChoice::Auto => !environment::no_color(),
        };
        let mut desk = Desk::new(
            self.desk.store.clone(),
            self.desk.settings.clone(),
            self.desk.clock,
            Via::Tui,
        );
        desk.read_only = self.desk.read_only;
        desk.services_file.clone_from(&self.desk.services_file);
        desk.intake_file.clone_from(&self.desk.intake_file);
        desk.letters_folder.clone_from(&self.desk.letters_folder);
        let ran = if self.is_plain() {
            tui::plain::run(desk, texts, surroundings)
        } else {
            tui::run(desk, texts, surroundings, color)
        };
        match ran {
            Ok(()) => Ok(Exit::Done),
            Err(tui::Unable::Terminal(unusable)) => {
                let id = match unusable {
                    tui::Unusable::NotATerminal => "terminal-missing",
                    tui::Unusable::Dumb => "terminal-dumb",
                };
                Err(Failure::Usage(self.texts.message(id, &[])))
            }
            Err(tui::Unable::Op(error)) => Err(Failure::Op(error)),
            Err(tui::Unable::Io(error)) => Err(Failure::Output(error)),
        }
    }
}

/// What is wrong with the settings.
enum SettingsProblem {
    Missing(PathBuf, io::Error),
    Bad(PathBuf, Vec<config::ConfigProblem>),
}

impl SettingsProblem {
    fn told(self, texts: &Texts) -> Failure {
        match self {
            Self::Missing(path, source) => Failure::Op(OpError::Unreadable { path, source }),
            Self::Bad(path, problems) => {
                let told: Vec<String> = problems
                    .iter()
                    .map(|problem| texts.config_problem(problem))
                    .collect();
                Failure::Input(texts.message(
                    "bad-config",
                    &[
                        ("path", path.display().to_string().into()),
                        ("problems", told.join("; ").into()),
                    ],
                ))
            }
        }
    }
}

/// A missing default file is fine, a missing named one is an error (CONTRACT).
fn settings(path: &std::path::Path, named: bool) -> Result<Settings, SettingsProblem> {
    match std::fs::read_to_string(path) {
        Ok(text) => {
            config::parse(&text).map_err(|problems| SettingsProblem::Bad(path.to_owned(), problems))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound && !named => Ok(Settings::default()),
        Err(error) => Err(SettingsProblem::Missing(path.to_owned(), error)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    const WORDS: [&str; 24] = [
        "due",
        "list",
        "note",
        "add",
        "request",
        "services",
        "help",
        "demo",
        "r1",
        "a text",
        "",
        "--",
        "-",
        "--json",
        "--store",
        "--store=due",
        "--language",
        "da",
        "--color",
        "never",
        "--plain",
        "--brief",
        "--version",
        "--help",
    ];

    /// What stands on the command line, or why it does not parse.
    fn told(parsed: Result<ArgMatches, clap::Error>) -> String {
        match parsed.and_then(|it| Ok((names_language(&it), Cli::from_arg_matches(&it)?))) {
            Ok(cli) => format!("{cli:?}"),
            Err(error) => format!("{:?}: {error}", error.kind()),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        /// Whatever is typed means what it means to the whole definition.
        #[test]
        fn a_part_of_the_definition_says_what_all_of_it_does(
            words in proptest::collection::vec(select(&WORDS[..]), 0..6),
        ) {
            let args: Vec<OsString> = std::iter::once("indsigt").chain(words).map(Into::into).collect();
            prop_assert_eq!(
                told(understood(&args)),
                told(Cli::command().try_get_matches_from(&args)),
                "{:?}", args
            );
        }
    }
}
