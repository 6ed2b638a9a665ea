//! The state of the terminal UI. Plain values: no file, no clock, no terminal in here.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use crossterm::event::KeyEvent;

use super::dialogs::Dialog;
use super::dialogs::form::Form;
use super::dialogs::forms::TITLE;
use super::drafts::{Drafts, Found};
use super::filter::Filter;
use super::keymap::{Action, KeyProblem, Keys, Mode, WhyNot};
use super::layout::{self, Panel, Regions};
use super::msg::{Effect, LoadRequest, Loaded, Tab, Wanted, window};
use super::screens::{calendar, report, today};
use super::theme::Theme;
use crate::catalogue::Catalogue;
use crate::config::Settings;
use crate::domain::draft::{Draft, Place};
use crate::domain::ids::{ItemId, ItemType};
use crate::domain::item::Item;
use crate::domain::standing::Rules;
use crate::i18n::Texts;
use crate::i18n::sheet::{self, Part};
use crate::i18n::words::Wording;
use crate::ops::queries::{Card, ListQuery, Summary, Which};
use crate::ops::today::{Deletions, Glance};
use crate::store::{Entry, Scope, Stamp};

/// A list and the cursor in it. The rows are a window of what there is.
#[derive(Debug, Default)]
pub struct ListState {
    /// How many rows there are altogether.
    pub total: usize,
    /// Whether there may be more, which nobody waited for.
    pub more: bool,
    /// The number of the first row held.
    pub offset: usize,
    /// The rows held.
    pub cards: Vec<Card>,
    /// The rows of the history held.
    pub entries: Vec<Entry>,
    /// The row under the cursor.
    pub cursor: usize,
    /// The first row on the screen.
    pub top: usize,
    /// Whether rows were read at all.
    pub loaded: bool,
}

impl ListState {
    /// The record in a row, when that row is held.
    pub fn card(&self, row: usize) -> Option<&Card> {
        self.cards.get(row.checked_sub(self.offset)?)
    }

    /// The history entry in a row, when that row is held.
    pub fn entry(&self, row: usize) -> Option<&Entry> {
        self.entries.get(row.checked_sub(self.offset)?)
    }

    fn held(&self) -> usize {
        self.cards.len().max(self.entries.len())
    }
}

/// A line of the detail, broken to the width of its pane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DetailRow {
    /// What it is.
    pub part: Part,
    /// The text.
    pub text: String,
}

/// Where a jump began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// The tab.
    pub tab: Tab,
    /// What was searched for in it.
    pub search: String,
    /// The record under the cursor.
    pub id: ItemId,
    /// Whether its detail had the keys.
    pub in_detail: bool,
}

/// A word to the person: what was done, or why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The text.
    pub text: String,
    /// What can be done about it.
    pub hint: Option<String>,
    /// Whether something went wrong.
    pub bad: bool,
}

/// The state.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own; all combinations occur"
)]
pub struct Model {
    /// The texts.
    pub texts: Texts,
    /// The service cards.
    pub catalogue: Catalogue,
    /// The rules in force.
    pub rules: Rules,
    /// The keys in force.
    pub keys: Keys,
    /// The styles.
    pub theme: Theme,
    /// The controller's time zone.
    pub zone: Tz,
    /// The local date of today.
    pub today: NaiveDate,
    /// The size of the terminal.
    pub size: (u16, u16),
    /// The folder in which exports are offered.
    pub export_folder: String,
    /// Whether the settings say how letters are sent from here.
    pub can_send: bool,
    /// Whether nothing may be changed.
    pub read_only: bool,
    /// Whether everything is said line by line and commands are words: there is no screen, and no cursor on a list.
    pub by_line: bool,
    /// Whether that was so from the start, so that no key can take it back.
    pub started_read_only: bool,
    /// Where jumps began, the latest last.
    pub trail: Vec<Stop>,
    /// The tab that is open.
    pub tab: Tab,
    /// A list a tab.
    pub lists: [ListState; Tab::ALL.len()],
    /// What each tab shows, and in which order.
    pub filters: [Filter; Tab::ALL.len()],
    /// What is searched for in each tab.
    pub searches: [String; Tab::ALL.len()],
    /// Whether a search is being typed.
    pub searching: bool,
    /// Whether the detail has the keys.
    pub in_detail: bool,
    /// The line of the detail under the cursor.
    pub detail_cursor: usize,
    /// The first line of the detail on the screen.
    pub detail_top: usize,
    /// Marked records as they were last seen, whether or not the list shows them now.
    pub marked: BTreeMap<ItemId, Card>,
    /// Dialogs, the top one having the keys.
    pub dialogs: Vec<Dialog>,
    /// Half-written texts.
    pub drafts: Drafts,
    /// Whether those that were there at the start were told of.
    pub told_of_drafts: bool,
    /// The program is left as soon as what is under way has been kept.
    pub leaving: bool,
    /// The report, while it is open.
    pub report: Option<report::State>,
    /// A word to the person.
    pub notice: Option<Notice>,
    /// Whether names, addresses and texts are hidden.
    pub hidden: bool,
    /// Whether the mouse is listened to.
    pub mouse: bool,
    /// How urgent everything open is.
    pub summary: Summary,
    /// Open records by type.
    pub open: [u64; 3],
    /// The next open thing after this week.
    pub next: Option<(ItemId, NaiveDate)>,
    /// Whether there is no record at all.
    pub nothing_yet: bool,
    /// What stands beside the list of today; `None` until it was read.
    pub glance: Option<Glance>,
    /// The days on which recordings are to be deleted.
    pub deletions: BTreeMap<NaiveDate, Deletions>,
    /// Whether the calendar was called up or put away; `None` leaves it to the size of the screen.
    pub calendar: Option<bool>,
    /// How many months the calendar was turned from that of the row under the cursor.
    pub months_turned: i32,
    /// Where a record that was just made is to be shown.
    pub goto: Option<ItemId>,
    /// The cursor is to stay in its row, although its record moves: it was just closed here.
    pub stay: bool,
    /// The state of the file the rows were read from.
    pub stamp: Option<Stamp>,
    /// The store could not be read when it was last tried: the rows are old, and the notice says so.
    pub unreadable: bool,
    /// The number of the last request for rows that was answered.
    pub answered: u64,
    /// The number of the last request for rows.
    pub requests: u64,
    /// An operation is under way, or its rows are not here yet.
    pub busy: bool,
    /// The request for rows with which what was done is on the screen.
    pub settled_by: Option<u64>,
    /// Keys typed meanwhile: they are meant for what comes, not for what is still on the screen.
    pub typed_ahead: Vec<KeyEvent>,
    /// Whether to end.
    pub quit: bool,
}

impl Model {
    /// A model before anything was read.
    pub fn new(
        texts: Texts,
        catalogue: Catalogue,
        settings: &Settings,
        today: NaiveDate,
        size: (u16, u16),
        color: bool,
    ) -> Self {
        let (keys, problems) = Keys::new(&settings.keys);
        let mut model = Self {
            texts: texts.on_screen(),
            keys,
            catalogue,
            rules: settings.rules,
            theme: Theme::new(color),
            zone: settings.zone,
            today,
            size,
            export_folder: String::new(),
            can_send: settings.sending.is_some(),
            read_only: false,
            by_line: false,
            started_read_only: false,
            trail: Vec::new(),
            tab: Tab::Today,
            lists: Default::default(),
            filters: [Filter::default(); Tab::ALL.len()],
            searches: Default::default(),
            searching: false,
            in_detail: false,
            detail_cursor: 0,
            detail_top: 0,
            marked: BTreeMap::new(),
            dialogs: Vec::new(),
            drafts: Drafts::default(),
            told_of_drafts: false,
            leaving: false,
            report: None,
            notice: None,
            mouse: settings.mouse,
            hidden: false,
            summary: Summary::default(),
            open: [0; 3],
            next: None,
            nothing_yet: false,
            glance: None,
            deletions: BTreeMap::new(),
            calendar: None,
            months_turned: 0,
            goto: None,
            stay: false,
            stamp: None,
            unreadable: false,
            requests: 0,
            answered: 0,
            busy: false,
            settled_by: None,
            typed_ahead: Vec::new(),
            quit: false,
        };
        model.tell_of_keys(&problems);
        model
    }

    /// Tells of the keys in the settings that cannot be used: all of them at once.
    fn tell_of_keys(&mut self, problems: &[KeyProblem]) {
        if problems.is_empty() {
            return;
        }
        let told: Vec<String> = problems.iter().map(|it| self.key_problem(it)).collect();
        let message = self
            .texts
            .message("keys-left-out", &[("problems", told.join("; ").into())]);
        self.complain(message);
    }

    fn key_problem(&self, problem: &KeyProblem) -> String {
        match problem {
            KeyProblem::NoSuchAction(action) => self
                .texts
                .with("keys-no-action", &[("action", action.as_str().into())]),
            KeyProblem::NoSuchKey { action, key } => self.texts.with(
                "keys-no-key",
                &[
                    ("action", action.as_str().into()),
                    ("key", key.as_str().into()),
                ],
            ),
            KeyProblem::Taken { action, key, by } => self.texts.with(
                "keys-taken",
                &[
                    ("action", action.as_str().into()),
                    ("key", key.as_str().into()),
                    ("by", by.as_str().into()),
                ],
            ),
            KeyProblem::Needed(action) => self
                .texts
                .with("keys-needed", &[("action", action.as_str().into())]),
        }
    }

    /// Whether what is shown may no longer be so: it is another day, the file was changed, or could not be read.
    pub fn is_outdated(&self, today: NaiveDate, stamp: Option<Stamp>) -> bool {
        today != self.today || stamp != self.stamp || self.unreadable
    }

    /// Who has the keys.
    pub fn mode(&self) -> Mode {
        match self.dialogs.last() {
            Some(Dialog::Form(_)) => Mode::Form,
            Some(Dialog::Confirm(_)) => Mode::Confirm,
            Some(Dialog::Picker(_)) => Mode::Picker,
            Some(Dialog::Palette(_)) => Mode::Palette,
            Some(Dialog::Help(_)) => Mode::Help,
            None if self.report.is_some() => Mode::Report,
            None if self.searching => Mode::Search,
            None if self.in_detail => Mode::Detail,
            None => Mode::List,
        }
    }

    /// Where everything is on the screen.
    pub fn regions(&self) -> Regions {
        let panel = match self.tab {
            Tab::Today => Panel::BelowList(today::height(self)),
            Tab::Recordings => calendar::place(self),
            _ => Panel::None,
        };
        layout::regions(self.size, self.in_detail, self.tab == Tab::History, panel)
    }

    /// The list of the open tab.
    pub fn list(&self) -> &ListState {
        &self.lists[self.tab.index()]
    }

    /// The list of the open tab, to be moved in.
    pub fn list_mut(&mut self) -> &mut ListState {
        &mut self.lists[self.tab.index()]
    }

    /// An instant as the clock on the controller's wall showed it.
    pub fn local_time(&self, at: DateTime<Utc>) -> DateTime<Tz> {
        at.with_timezone(&self.zone)
    }

    /// From now on everything is said line by line: what is named is named by words. Gives the keys that were in force.
    pub fn speak_in_lines(&mut self) -> Keys {
        self.by_line = true;
        let texts = Texts::new(self.texts.language()).in_lines();
        let words = Keys::of_words(&texts);
        self.texts = texts;
        std::mem::replace(&mut self.keys, words)
    }

    /// The record under the cursor; line by line, the one that is open.
    pub fn selected(&self) -> Option<&Card> {
        if self.by_line && !self.in_detail {
            return None;
        }
        let list = self.list();
        list.card(list.cursor)
    }

    /// Texts and service cards together.
    pub fn wording(&self) -> Wording<'_> {
        Wording {
            texts: &self.texts,
            catalogue: &self.catalogue,
            rules: self.rules,
            zone: self.zone,
        }
    }

    /// What the open tab shows.
    pub fn wanted(&self) -> Wanted {
        let index = self.tab.index();
        let search = Some(self.searches[index].trim().to_owned()).filter(|text| !text.is_empty());
        let scope = match self.tab {
            Tab::History => return Wanted::History,
            Tab::Today if search.is_none() => return Wanted::Due,
            Tab::Today => Scope::Everything,
            Tab::Requests => Scope::Of(ItemType::Request),
            Tab::Recordings => Scope::Of(ItemType::Recording),
            Tab::Newsletter => Scope::Of(ItemType::OptOut),
        };
        let mut query = ListQuery::open(scope);
        if self.tab != Tab::Today {
            self.filters[index].apply(&mut query);
        }
        if search.is_some() {
            // A search looks everywhere: what is looked for is often closed.
            query.which = Which::Any;
        }
        query.search = search;
        Wanted::List(query)
    }

    /// Asks for the rows around the cursor of the open tab.
    pub fn load(&mut self) -> Effect {
        self.requests += 1;
        let window = window(self.regions().list.height);
        let list = self.list();
        let offset = list.cursor.saturating_sub(window / 2);
        Effect::Load(LoadRequest {
            number: self.requests,
            tab: self.tab,
            wanted: self.wanted(),
            offset,
            limit: window,
        })
    }

    /// Whether the rows that keys are meant for have been asked for and are not here yet.
    pub fn awaits_rows(&self) -> bool {
        let asks = self.searching || !self.dialogs.is_empty() || self.report.is_some();
        !asks && self.answered < self.requests && self.list().held() == 0
    }

    /// Asks for other rows when the cursor has left those held.
    pub fn load_if_outside(&mut self) -> Option<Effect> {
        let height = usize::from(self.regions().list.height);
        let list = self.list();
        let first = list.top.min(list.cursor);
        let end = (list.top + height).max(list.cursor + 1).min(list.total);
        let held = list.offset..list.offset + list.held();
        if list.total == 0 || (held.contains(&first) && end <= held.end) {
            return None;
        }
        Some(self.load())
    }

    /// Takes rows in; the cursor stays on its record wherever that went.
    pub fn take(&mut self, loaded: Loaded) {
        self.summary = loaded.summary;
        self.open = loaded.open;
        self.next = loaded.next;
        self.nothing_yet = loaded.nothing_yet;
        if let Some(glance) = loaded.glance {
            self.glance = Some(glance);
        }
        if let Some(deletions) = loaded.deletions {
            self.deletions = deletions;
        }
        self.drafts.take(loaded.drafts);
        self.stamp = loaded.stamp;
        if loaded.number != self.requests {
            return;
        }
        self.answered = loaded.number;
        let list = &mut self.lists[loaded.tab.index()];
        let stay = std::mem::take(&mut self.stay);
        let under_cursor = list
            .card(list.cursor)
            .map(|card| card.item.id())
            .filter(|_| !stay);
        let was = self.goto.take().or(under_cursor);
        list.total = loaded.total;
        list.more = loaded.more;
        list.offset = loaded.offset;
        for card in &loaded.cards {
            if let Some(marked) = self.marked.get_mut(&card.item.id()) {
                marked.clone_from(card);
            }
        }
        list.cards = loaded.cards;
        list.entries = loaded.entries;
        list.loaded = true;
        let found = was.and_then(|id| list.cards.iter().position(|card| card.item.id() == id));
        if let Some(position) = found {
            list.cursor = list.offset + position;
        } else if self.in_detail && was.is_some() && loaded.tab == self.tab {
            // What was looked at is no longer in this list.
            self.in_detail = false;
        }
        list.cursor = list.cursor.min(list.total.saturating_sub(1));
        list.top = list.top.min(list.cursor);
        self.keep_detail_cursor();
    }

    /// A record as it may be shown: with everything personal hidden while that is wanted.
    pub fn shown<'a>(&self, card: &'a Card) -> Cow<'a, Card> {
        if self.hidden {
            Cow::Owned(mask(card))
        } else {
            Cow::Borrowed(card)
        }
    }

    /// The lines of the detail, however long they are.
    pub fn detail_lines(&self) -> Vec<sheet::Line> {
        let Some(card) = self.selected() else {
            return Vec::new();
        };
        let mut lines = sheet::sheet(&self.shown(card), self.today, &self.wording());
        // Below title and person: what was begun is seen before anything is done again.
        lines.splice(2..2, self.draft_lines(card.item.id()));
        lines
    }

    /// The lines of the detail, as wide as its pane.
    pub fn detail_rows(&self) -> Vec<DetailRow> {
        let width = usize::from(self.regions().detail.map_or(0, |area| area.width));
        self.detail_lines()
            .into_iter()
            .flat_map(|line| {
                layout::wrap(&line.text, width)
                    .into_iter()
                    .map(move |text| DetailRow {
                        part: line.part,
                        text,
                    })
            })
            .collect()
    }

    /// A line for each half-written text about a record.
    fn draft_lines(&self, id: ItemId) -> Vec<sheet::Line> {
        let line = |draft: &Draft| sheet::Line {
            part: Part::Warning,
            text: self.texts.with(
                "draft-line",
                &[
                    ("form", self.name_of_draft(&draft.place).into()),
                    ("when", self.when(draft.at).into()),
                ],
            ),
        };
        self.drafts.on(id).map(line).collect()
    }

    /// What the dialog of a draft is called on the screen.
    pub fn name_of_draft(&self, place: &Place) -> String {
        // A newer program may have dialogs that this one does not know.
        let known = self.texts.find(&[TITLE, &place.form].concat());
        known.unwrap_or_else(|| place.form.clone())
    }

    /// An instant as it is told here.
    pub fn when(&self, at: DateTime<Utc>) -> String {
        self.texts
            .moment(self.local_time(at).naive_local(), self.today)
    }

    /// What is said above a form of the draft it was opened with.
    pub fn words_of_draft(&self, draft: &Found, seen: Option<u64>) -> Vec<String> {
        let key = self.keys.key_of(Action::StartOver).into();
        let mut words = vec![match draft.at {
            Some(at) => {
                let when = self.when(at).into();
                self.texts
                    .with("form-draft", &[("when", when), ("key", key)])
            }
            None => self.texts.with("form-draft-here", &[("key", key)]),
        }];
        if draft.seen != seen {
            words.push(self.texts.get("form-draft-changed"));
        }
        words
    }

    /// The form that is open, though something else may be asked above it.
    pub fn form(&self) -> Option<&Form> {
        self.dialogs.iter().rev().find_map(|dialog| match dialog {
            Dialog::Form(form) => Some(&**form),
            _ => None,
        })
    }

    /// The form that is open, to be changed.
    pub fn form_mut(&mut self) -> Option<&mut Form> {
        let mut dialogs = self.dialogs.iter_mut().rev();
        dialogs.find_map(|dialog| match dialog {
            Dialog::Form(form) => Some(&mut **form),
            _ => None,
        })
    }

    /// Whether the open form holds text that is to be kept as a draft at the next look at the clock.
    pub fn has_unkept_text(&self) -> bool {
        !self.read_only
            && !self.drafts.is_under_way()
            && self
                .form()
                .is_some_and(|form| form.purpose.place().is_some() && form.is_unkept())
    }

    /// The task or copy under the cursor of the detail.
    pub fn part_under_cursor(&self) -> Option<Part> {
        let rows = self.detail_rows();
        rows.get(self.detail_cursor)
            .map(|row| row.part)
            .filter(|part| matches!(part, Part::Task(..) | Part::Copy(..)))
    }

    /// Keeps the cursor of the detail inside it.
    pub fn keep_detail_cursor(&mut self) {
        let last = self.detail_rows().len().saturating_sub(1);
        self.detail_cursor = self.detail_cursor.min(last);
        self.detail_top = self.detail_top.min(self.detail_cursor);
    }

    /// Tells what was done.
    pub fn tell(&mut self, text: String) {
        self.notice = Some(Notice {
            text,
            hint: None,
            bad: false,
        });
    }

    /// Tells what went wrong.
    pub fn complain(&mut self, message: crate::i18n::errors::Message) {
        self.notice = Some(Notice {
            text: message.what,
            hint: message.hint,
            bad: true,
        });
    }

    /// Why a key does nothing here, in words.
    pub fn why_not(&self, why: &WhyNot) -> crate::i18n::errors::Message {
        match why {
            WhyNot::NothingThere => self.texts.message("not-nothing-there", &[]),
            WhyNot::NotInHistory => self.texts.message("not-in-history", &[]),
            WhyNot::NoTaskThere => self.texts.message("not-on-a-task", &[]),
            WhyNot::NoLongText => self.texts.message("not-a-long-text", &[]),
            WhyNot::Hidden => {
                let key = self.keys.key_of(Action::Hide).into();
                self.texts.message("not-while-hidden", &[("key", key)])
            }
            WhyNot::NotToday => self.texts.message("not-filter-today", &[]),
            WhyNot::NothingElse => self.texts.message("not-anything-else", &[]),
            WhyNot::NoJump => self.texts.message("not-jumped", &[]),
            WhyNot::StartedReadOnly => self.texts.message("not-unlocked", &[]),
            WhyNot::NotRecordings => self.texts.message("not-recordings", &[]),
            WhyNot::NoCalendar => {
                let key = self.keys.key_of(Action::Calendar).into();
                self.texts.message("not-a-calendar", &[("key", key)])
            }
            WhyNot::NoSuchYear => self.texts.message("not-another-year", &[]),
            WhyNot::NothingWritten => self.texts.message("not-written", &[]),
            WhyNot::Refused(refusal) => self.texts.refusal(refusal),
        }
    }
}

/// Stands for what is hidden.
pub const HIDDEN: &str = "•••";

/// A record with everything personal hidden, for when somebody else looks at the screen.
fn mask(card: &Card) -> Card {
    let mut card = card.clone();
    mask_item(&mut card.item);
    let mut circle = card.circle.to_vec();
    circle.iter_mut().for_each(mask_item);
    card.circle = circle.into();
    card
}

fn hide(text: &mut String) {
    HIDDEN.clone_into(text);
}

fn hide_any<'a>(texts: impl IntoIterator<Item = &'a mut Option<String>>) {
    texts.into_iter().flatten().for_each(hide);
}

fn mask_item(item: &mut Item) {
    let person = item.person_mut();
    hide(&mut person.name);
    person.emails.iter_mut().for_each(hide);
    for note in item.notes_mut() {
        hide(&mut note.text);
    }
    if let Some(hold) = item.hold_mut() {
        hide(&mut hold.reason);
    }
    let (tasks, closing) = match item {
        Item::Request(request) => {
            hide_any([&mut request.subject, &mut request.message]);
            for mail in &mut request.mails {
                hide_any([&mut mail.subject, &mut mail.text]);
                hide(&mut mail.from.name);
                mail.from.emails.iter_mut().for_each(hide);
            }
            let refusals = request.earlier_rejections.iter_mut();
            for rejection in refusals.chain(&mut request.rejection) {
                hide(&mut rejection.facts);
            }
            if let Some(extension) = &mut request.extension {
                hide(&mut extension.reason);
            }
            if let Some(identity) = &mut request.identity {
                hide_any([&mut identity.reason, &mut identity.method]);
            }
            (Some(&mut request.tasks), &mut request.closing)
        }
        Item::Recording(recording) => {
            hide(&mut recording.title);
            if let Some(delivery) = &mut recording.delivered {
                hide_any([&mut delivery.how]);
            }
            for copy in &mut recording.copies {
                hide_any([&mut copy.locator]);
            }
            if let Some(agreement) = &mut recording.agreement {
                hide(&mut agreement.reference);
            }
            for consent in &mut recording.consents {
                hide(&mut consent.purpose);
                hide(&mut consent.reference);
            }
            (None, &mut recording.closing)
        }
        Item::OptOut(opt_out) => (Some(&mut opt_out.tasks), &mut opt_out.closing),
        Item::Mail(mail) => {
            hide_any([&mut mail.subject, &mut mail.text]);
            (None, &mut mail.closing)
        }
    };
    for task in tasks.into_iter().flatten() {
        hide_any([&mut task.title, &mut task.url, &mut task.note]);
    }
    if let Some(closing) = closing {
        hide_any([&mut closing.note, &mut closing.override_reason]);
    }
}
