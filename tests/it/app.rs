//! The terminal UI without a terminal: key strings in, text out.
//!
//! The real model, `update`, worker and store run in one thread, in the order in which the loop would run them, and what
//! the loop does itself (clipboard, stopping, the look at the clock and the file) is done here. Nothing sleeps.
//!
//! ```ignore
//! let mut app = App::demo(Language::Da, (80, 24), today());
//! app.press("2jj<enter>r<c-s>");
//! println!("{}", app.screen());
//! ```

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, VecDeque};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

use chrono::{NaiveDate, NaiveTime};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use indsigt::clock::Clock;
use indsigt::config::Settings;
use indsigt::domain::draft::Draft;
use indsigt::domain::ids::{IdPattern, ItemId, ItemType};
use indsigt::export::json;
use indsigt::i18n::words::Wording;
use indsigt::i18n::{Language, Texts};
use indsigt::mail::send::{By, Outlet};
use indsigt::ops::queries::Card;
use indsigt::ops::{Action, Desk, Op, Target};
use indsigt::store::{Entry, Store, Via};
use indsigt::tui::dialogs::Dialog;
use indsigt::tui::glyphs::{Glyphs, Moved};
use indsigt::tui::input::{Input, normalise};
use indsigt::tui::model::Model;
use indsigt::tui::msg::{Effect, Msg};
use indsigt::tui::worker::Worker;
use indsigt::tui::{update, view};
use ratatui::Terminal;
use ratatui::backend::{Backend as _, TestBackend};
use ratatui::style::{Color, Modifier};
use serde_json::Value;
use tempfile::TempDir;
use unicode_width::UnicodeWidthStr;

/// The day on which the snapshots are taken: a Monday.
pub(crate) fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

/// An id, written out.
#[track_caller]
pub(crate) fn id(text: &str) -> ItemId {
    let pattern: IdPattern = text.parse().unwrap();
    pattern.full().expect("the whole id")
}

/// The owner's terminal.
pub(crate) const SMALL: (u16, u16) = (80, 24);
/// One with room for list and detail.
pub(crate) const LARGE: (u16, u16) = (120, 40);

/// The English demo on the owner's terminal.
pub(crate) fn demo() -> App {
    App::demo(Language::En, SMALL, today())
}

/// The same with the cursor on a record in its tab.
#[track_caller]
pub(crate) fn demo_at(record: &str) -> App {
    let mut app = demo();
    let record = id(record);
    app.press(match record.item_type {
        ItemType::Request => "2",
        ItemType::Recording => "3",
        ItemType::OptOut => "4",
        ItemType::Mail => panic!("{record} is on no tab"),
    });
    app.go(record);
    app
}

/// How long an operation waits for a busy store here: the tests that hold it want to see the refusal.
const WAIT: Duration = Duration::from_millis(10);

/// The program as it stands between two keys.
pub(crate) struct App {
    pub(crate) model: Model,
    worker: Worker,
    clock: Clock,
    store: Store,
    folder: TempDir,
    /// What was copied to the clipboard, the latest last.
    pub(crate) copied: Vec<String>,
    /// What was given to the editor, the latest last.
    pub(crate) edited: Vec<String>,
    /// How often the program was to be stopped.
    pub(crate) suspended: usize,
    /// History entries that the operations that succeeded must have made.
    pub(crate) explained: usize,
}

/// What an [`App`] is started with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Start {
    pub(crate) language: Language,
    pub(crate) size: (u16, u16),
    pub(crate) today: NaiveDate,
    pub(crate) color: bool,
    pub(crate) read_only: bool,
    /// Whether the settings say who writes.
    pub(crate) signed: bool,
    /// Keys of the owner's, by name.
    pub(crate) keys: &'static [(&'static str, &'static [&'static str])],
    /// The line of shell by which letters are sent, in the folder of the store.
    pub(crate) sends: Option<&'static str>,
}

impl Start {
    pub(crate) fn new(language: Language, size: (u16, u16), today: NaiveDate) -> Self {
        Self {
            language,
            size,
            today,
            color: true,
            read_only: false,
            signed: false,
            sends: None,
            keys: &[],
        }
    }

    /// On a store with the invented cases.
    pub(crate) fn demo(self) -> App {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(STORE), filled(self.today)).unwrap();
        self.on(folder)
    }

    /// On a store with nothing in it.
    pub(crate) fn empty(self) -> App {
        self.on(tempfile::tempdir().unwrap())
    }

    /// On the store in a folder.
    pub(crate) fn on(self, folder: TempDir) -> App {
        let path = folder.path().join(STORE);
        let store = Store::at(path, !self.read_only).waiting(WAIT);
        let clock = clock(self.today);
        let mut settings = Settings::default();
        if self.signed {
            settings.controller.name = Some("Havanna Luma".into());
            settings.controller.email = Some("kontakt@luma.example".into());
        }
        for (name, keys) in self.keys {
            let keys = keys.iter().map(|&key| key.to_owned()).collect();
            settings.keys.insert((*name).to_owned(), keys);
        }
        settings.sending = self.sends.map(|line| Outlet {
            by: By::Shell(format!("cd {} && {line}", folder.path().display())),
            patience: Duration::from_mins(1),
        });
        let mut desk = Desk::new(store.clone(), settings, clock, Via::Tui);
        desk.read_only = self.read_only;
        let mut model = Model::new(
            Texts::new(self.language),
            desk.catalogue().unwrap().clone(),
            &desk.settings,
            self.today,
            self.size,
            self.color,
        );
        model.read_only = self.read_only;
        model.started_read_only = self.read_only;
        let mut app = App {
            model,
            worker: Worker::new(desk, self.language),
            clock,
            store,
            folder,
            copied: Vec::new(),
            edited: Vec::new(),
            suspended: 0,
            explained: 0,
        };
        let first = app.model.load();
        app.perform(vec![first]);
        app
    }
}

const STORE: &str = "indsigt.redb";

fn clock(today: NaiveDate) -> Clock {
    let morning = NaiveTime::from_hms_opt(9, 30, 0).unwrap();
    Clock::fixed(Settings::default().zone, today.and_time(morning))
}

/// The bytes of a demo store, worked through once per day asked for.
fn filled(today: NaiveDate) -> Vec<u8> {
    static STORES: OnceLock<Mutex<BTreeMap<NaiveDate, Vec<u8>>>> = OnceLock::new();
    let mut stores = STORES
        .get_or_init(Mutex::default)
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    let fill = || {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(STORE);
        indsigt::demo::fill(&path, &Settings::default(), today).unwrap();
        fs::read(path).unwrap()
    };
    stores.entry(today).or_insert_with(fill).clone()
}

impl App {
    /// The demo, in colour and writable.
    pub(crate) fn demo(language: Language, size: (u16, u16), today: NaiveDate) -> Self {
        Start::new(language, size, today).demo()
    }

    /// A store with nothing in it.
    pub(crate) fn empty(language: Language, size: (u16, u16), today: NaiveDate) -> Self {
        Start::new(language, size, today).empty()
    }

    /// Presses keys: `jj<enter>r<c-s>`. A `<` that is meant is written `<lt>`.
    #[track_caller]
    pub(crate) fn press(&mut self, keys: &str) -> &mut Self {
        for key in parse(keys) {
            self.key(key);
        }
        self
    }

    /// Presses one key.
    pub(crate) fn key(&mut self, key: KeyEvent) {
        self.send(Msg::Input(Input::Key(normalise(key))));
    }

    /// Types a text, key by key.
    pub(crate) fn type_text(&mut self, text: &str) -> &mut Self {
        for letter in text.chars() {
            self.key(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE));
        }
        self
    }

    /// Pastes a text.
    pub(crate) fn paste(&mut self, text: &str) -> &mut Self {
        self.send(Msg::Input(Input::Paste(text.to_owned())));
        self
    }

    /// Changes the size of the terminal.
    pub(crate) fn resize(&mut self, size: (u16, u16)) -> &mut Self {
        self.send(Msg::Input(Input::Resize(size.0, size.1)));
        self
    }

    /// What the loop does once a second: looks at the date, the file and what was typed, and says so only when one of them
    /// has changed.
    pub(crate) fn tick(&mut self) -> &mut Self {
        let stamp = self.store.stamp();
        let today = self.clock.moment().today;
        if self.model.is_outdated(today, stamp) || self.model.has_unkept_text() {
            self.send(Msg::Tick(today, stamp));
        }
        self
    }

    /// A message, and everything that comes of it.
    pub(crate) fn send(&mut self, msg: Msg) {
        let effects = update::update(&mut self.model, msg);
        self.perform(effects);
    }

    /// A message whose effects are left undone, as between a key and the worker's answer.
    pub(crate) fn send_only(&mut self, msg: Msg) -> Vec<Effect> {
        update::update(&mut self.model, msg)
    }

    /// Carries effects out, in the order in which the worker would.
    pub(crate) fn perform(&mut self, effects: Vec<Effect>) {
        let mut queue = VecDeque::from(effects);
        while let Some(effect) = queue.pop_front() {
            match effect {
                Effect::Copy(text) => {
                    self.copied.push(text);
                    let told = self.model.texts.get("copied");
                    self.model.tell(told);
                }
                Effect::Edit(text) => self.edited.push(text),
                Effect::Suspend => self.suspended += 1,
                other => {
                    let answer = self.worker.answer(other).expect("the worker's own");
                    if let Msg::Done(done) | Msg::LetterGone(done, _) = &answer
                        && let Ok(done) = done.as_ref()
                    {
                        let reverted = done.reverted.as_ref().map(|reverted| reverted.ids.len());
                        self.explained += reverted.unwrap_or(done.items.len());
                    }
                    queue.extend(update::update(&mut self.model, answer));
                }
            }
        }
    }

    /// The program as it is after this one was killed: everything but the file is gone.
    pub(crate) fn killed_and_started_again(self) -> Self {
        let start = Start::new(
            self.model.texts.language(),
            self.model.size,
            self.model.today,
        );
        start.on(self.folder)
    }

    /// What the loop does behind the first rows: the visit is noted.
    pub(crate) fn noted(self) -> Self {
        assert!(self.worker.answer(Effect::Visit).is_none());
        self
    }

    /// A file beside the store.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The folder with the store, for another program on it.
    pub(crate) fn into_folder(self) -> TempDir {
        self.folder
    }

    /// The half-written texts in the store.
    pub(crate) fn drafts(&self) -> Vec<Draft> {
        self.other().drafts().unwrap()
    }

    fn terminal(&self) -> Terminal<TestBackend> {
        self.terminal_with(Glyphs::All)
    }

    fn terminal_with(&self, glyphs: Glyphs) -> Terminal<TestBackend> {
        let (width, height) = self.model.size;
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        let mut moved = Moved::default();
        terminal
            .draw(|frame| {
                view::view(&self.model, frame);
                moved = glyphs.rewrite(frame.buffer_mut());
            })
            .unwrap();
        let at = moved.now(terminal.backend().cursor_position());
        terminal.backend_mut().set_cursor_position(at).unwrap();
        terminal
    }

    /// The screen as text, without the blanks at the ends of its lines; where a cursor is shown, a line says where.
    pub(crate) fn screen(&self) -> String {
        self.screen_with(Glyphs::All)
    }

    /// The same on a terminal that cannot show everything.
    pub(crate) fn screen_with(&self, glyphs: Glyphs) -> String {
        let terminal = self.terminal_with(glyphs);
        let backend = terminal.backend();
        let buffer = backend.buffer();
        let mut text = String::new();
        for y in 0..buffer.area.height {
            let mut line = String::new();
            let mut x = 0;
            while x < buffer.area.width {
                let symbol = buffer[(x, y)].symbol();
                line.push_str(symbol);
                x += u16::try_from(symbol.width()).unwrap().max(1);
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        if backend.cursor_visible() {
            let at = backend.cursor_position();
            writeln!(text, "(cursor {}:{})", at.y, at.x).unwrap();
        }
        text
    }

    /// The styles on the screen, a run a line: `2:0-79 red bold`. Plain text is left out.
    pub(crate) fn styles(&self) -> String {
        let terminal = self.terminal();
        let buffer = terminal.backend().buffer();
        let mut text = String::new();
        for y in 0..buffer.area.height {
            let mut x = 0;
            while x < buffer.area.width {
                let style = style(&buffer[(x, y)]);
                let mut end = x;
                while end + 1 < buffer.area.width && self::style(&buffer[(end + 1, y)]) == style {
                    end += 1;
                }
                if !style.is_empty() {
                    writeln!(text, "{y}:{x}-{end} {style}").unwrap();
                }
                x = end + 1;
            }
        }
        text
    }

    /// The line of the screen that holds `text`.
    #[track_caller]
    pub(crate) fn line_with(&self, text: &str) -> String {
        let screen = self.screen();
        match screen.lines().find(|line| line.contains(text)) {
            Some(line) => line.to_owned(),
            None => panic!("no '{text}' on\n{screen}"),
        }
    }

    /// Demands texts on the screen, wherever their lines are broken.
    #[track_caller]
    pub(crate) fn shows(&mut self, texts: &[&str]) -> &mut Self {
        let screen = self.screen();
        let flat = flattened(&screen);
        for text in texts {
            assert!(flat.contains(&flattened(text)), "no '{text}' on\n{screen}");
        }
        self
    }

    /// Demands that texts are not on the screen.
    #[track_caller]
    pub(crate) fn lacks(&mut self, texts: &[&str]) -> &mut Self {
        let screen = self.screen();
        let flat = flattened(&screen);
        for text in texts {
            assert!(!flat.contains(&flattened(text)), "'{text}' is on\n{screen}");
        }
        self
    }

    /// What the person is told, hint included.
    pub(crate) fn notice(&self) -> String {
        let Some(notice) = &self.model.notice else {
            return String::new();
        };
        let hint = notice.hint.as_deref().unwrap_or_default();
        format!("{} {hint}", notice.text).trim_end().to_owned()
    }

    /// What the form on top says went wrong.
    pub(crate) fn form_error(&self) -> String {
        let Some(Dialog::Form(form)) = self.model.dialogs.last() else {
            return String::new();
        };
        let of_field = form.fields.iter().find_map(|field| field.error.clone());
        let of_form = form.error.as_ref().map(|error| error.what.clone());
        of_form.or(of_field).unwrap_or_default()
    }

    /// The value of a field of the form on top.
    #[track_caller]
    pub(crate) fn field(&self, name: &str) -> String {
        match self.model.dialogs.last() {
            Some(Dialog::Form(form)) => form.value(name),
            other => panic!("no form but {other:?}"),
        }
    }

    /// The words of the choice under the cursor of the picker.
    #[track_caller]
    pub(crate) fn picked(&self) -> String {
        match self.model.dialogs.last() {
            Some(Dialog::Picker(picker)) => picker.choices[picker.cursor].0.clone(),
            other => panic!("no picker but {other:?}"),
        }
    }

    /// The id under the cursor.
    #[track_caller]
    pub(crate) fn selected(&self) -> ItemId {
        self.model.selected().expect("a row").item.id()
    }

    /// Puts the cursor of the open tab on a record, with the keys.
    #[track_caller]
    pub(crate) fn go(&mut self, id: ItemId) -> &mut Self {
        self.press("g");
        for _ in 0..self.model.list().total {
            if self.selected() == id {
                return self;
            }
            self.press("j");
        }
        panic!("no {id} in this list:\n{}", self.screen());
    }

    /// Moves the cursor of the detail to the first task or copy whose line holds `text`.
    #[track_caller]
    pub(crate) fn go_to_line(&mut self, text: &str) -> &mut Self {
        let rows = self.model.detail_rows();
        let row = rows.iter().position(|row| row.text.contains(text));
        let row = row.unwrap_or_else(|| panic!("no '{text}' in {rows:#?}"));
        self.press("g");
        for _ in 0..row {
            self.press("j");
        }
        self
    }

    /// The owner's desk as another process would have it: a command in another window, or cron.
    pub(crate) fn other(&self) -> Desk {
        let store = self.store.clone();
        Desk::new(store, Settings::default(), self.clock, Via::Cli)
    }

    /// Something done by another process.
    #[track_caller]
    pub(crate) fn other_does(&self, id: ItemId, action: Action) {
        let op = Op::Act(vec![Target::from(id)], action);
        self.other().run(&op).unwrap();
    }

    /// A record with where it stands.
    pub(crate) fn card(&self, id: ItemId) -> Card {
        self.other().detail(id).unwrap()
    }

    /// A record as `show --json` gives it.
    pub(crate) fn json(&self, id: ItemId) -> Value {
        let wording = Wording {
            texts: &self.model.texts,
            catalogue: &self.model.catalogue,
            rules: self.model.rules,
            zone: chrono_tz::Europe::Copenhagen,
        };
        json::item(&self.card(id), &wording)
    }

    /// The whole history, oldest first.
    pub(crate) fn history(&self) -> Vec<Entry> {
        self.other().history(None, usize::MAX).unwrap()
    }

    /// The events of a record, oldest first.
    pub(crate) fn events(&self, id: ItemId) -> Vec<String> {
        let entries = self.other().history(Some(id), usize::MAX).unwrap();
        entries.into_iter().map(|entry| entry.event).collect()
    }

    /// A folder for the test's own files.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The store's file.
    pub(crate) fn store_path(&self) -> PathBuf {
        self.store.path().to_owned()
    }

    /// Moves the clock, as midnight does.
    pub(crate) fn set_today(&mut self, today: NaiveDate) {
        self.clock = clock(today);
        let desk = Desk::new(
            self.store.clone(),
            Settings::default(),
            self.clock,
            Via::Tui,
        );
        self.worker = Worker::new(desk, self.model.texts.language());
    }
}

/// A text with every run of blanks, line ends and frame lines as one blank.
fn flattened(text: &str) -> String {
    let words: Vec<&str> = text
        .split(|letter: char| letter.is_whitespace() || letter == '│')
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

fn style(cell: &ratatui::buffer::Cell) -> String {
    let mut words: Vec<String> = Vec::new();
    for (color, before) in [(cell.fg, ""), (cell.bg, "on ")] {
        if color != Color::Reset {
            words.push(format!("{before}{color:?}").to_lowercase());
        }
    }
    for (modifier, word) in [
        (Modifier::BOLD, "bold"),
        (Modifier::DIM, "dim"),
        (Modifier::REVERSED, "reversed"),
        (Modifier::UNDERLINED, "underlined"),
    ] {
        if cell.modifier.contains(modifier) {
            words.push(word.to_owned());
        }
    }
    words.join(" ")
}

/// The keys of a key string.
#[track_caller]
fn parse(keys: &str) -> Vec<KeyEvent> {
    let mut found = Vec::new();
    let mut rest = keys;
    while let Some(letter) = rest.chars().next() {
        if let Some((name, after)) = rest.strip_prefix('<').and_then(|rest| rest.split_once('>')) {
            found.push(named(name));
            rest = after;
        } else {
            found.push(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE));
            rest = &rest[letter.len_utf8()..];
        }
    }
    found
}

#[track_caller]
fn named(name: &str) -> KeyEvent {
    let (modifiers, bare) = match name.split_once('-') {
        Some(("c", rest)) => (KeyModifiers::CONTROL, rest),
        Some(("s", rest)) => (KeyModifiers::SHIFT, rest),
        Some(("a", rest)) => (KeyModifiers::ALT, rest),
        _ => (KeyModifiers::NONE, name),
    };
    let code = match bare {
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "tab" if modifiers == KeyModifiers::SHIFT => KeyCode::BackTab,
        "tab" => KeyCode::Tab,
        "space" => KeyCode::Char(' '),
        "lt" => KeyCode::Char('<'),
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "home" => KeyCode::Home,
        "end" => KeyCode::End,
        "pgup" => KeyCode::PageUp,
        "pgdn" => KeyCode::PageDown,
        "bs" => KeyCode::Backspace,
        "del" => KeyCode::Delete,
        "f1" => KeyCode::F(1),
        one if one.chars().count() == 1 => KeyCode::Char(one.chars().next().unwrap()),
        other => panic!("no key is called <{other}>"),
    };
    KeyEvent::new(code, modifiers)
}
