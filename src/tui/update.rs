//! What every message does to the model. Does nothing itself: what is to be done comes back as effects.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::dialogs::form::FormEnd;
use super::dialogs::forms::{self, Purpose};
use super::dialogs::{Confirm, Dialog, Help, HelpRow, Picked, Picker};
use super::input::{Input, Signal};
use super::keymap::{self, Action, Mode};
use super::layout;
use super::model::Model;
use super::msg::{Effect, Msg, Tab};
use crate::domain::conduct::{self, Resolution};
use crate::domain::ids::ItemId;
use crate::domain::item::Item;
use crate::domain::recording::CopyStatus;
use crate::domain::refusal::Refusal;
use crate::domain::standing::standing;
use crate::domain::task::TaskStatus;
use crate::i18n::sheet::Part;
use crate::mail::clean;
use crate::ops::queries::{Card, Which};
use crate::ops::{Action as Deed, Done, Op, OpError, Target};

/// The effects of a message.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Input(Input::Key(key)) => key_pressed(model, key),
        Msg::Input(Input::Paste(text)) => pasted(model, &text),
        Msg::Input(Input::Resize(width, height)) => {
            model.size = (width, height);
            model.keep_detail_cursor();
            keep_cursor_visible(model);
            model.load_if_outside().into_iter().collect()
        }
        Msg::Input(
            Input::Signal(Signal::Terminate | Signal::HangUp | Signal::Interrupt) | Input::HangUp,
        ) => {
            model.quit = true;
            Vec::new()
        }
        // Suspending and waking belong to the terminal; the loop sees to them.
        Msg::Input(Input::Signal(_)) => Vec::new(),
        Msg::Loaded(loaded) => {
            model.take(*loaded);
            keep_cursor_visible(model);
            Vec::new()
        }
        Msg::LoadFailed(number, error) => {
            if number == model.requests {
                // Unread: the next look at the file asks again.
                model.stamp = None;
                let message = model.texts.op_error(&error);
                model.complain(message);
            }
            Vec::new()
        }
        Msg::Done(result) => done(model, *result),
        Msg::UndoOfOthers { event, ids, via } => {
            model.busy = false;
            ask_about_undo(model, &event, &ids, via);
            Vec::new()
        }
        Msg::Exported(result) => exported(model, result),
        Msg::Tick(today, stamp) => {
            let new_day = today != model.today;
            model.today = today;
            if new_day || stamp != model.stamp {
                model.stamp = stamp;
                return vec![model.load()];
            }
            Vec::new()
        }
    }
}

fn pasted(model: &mut Model, text: &str) -> Vec<Effect> {
    match model.dialogs.last_mut() {
        Some(Dialog::Form(form)) => form.paste(text),
        None if model.searching => {
            let index = model.tab.index();
            model.searches[index].push_str(&clean::line(text));
            return searched(model);
        }
        _ => {}
    }
    Vec::new()
}

fn key_pressed(model: &mut Model, key: KeyEvent) -> Vec<Effect> {
    if model.size.0 < layout::SMALLEST.0 || model.size.1 < layout::SMALLEST.1 {
        // Too small to see what a key would hit: only leaving works.
        let leaves = matches!(
            keymap::lookup(Mode::List, key).map(|binding| binding.action),
            Some(Action::Quit)
        );
        model.quit |= leaves;
        return Vec::new();
    }
    let mode = model.mode();
    let action = keymap::lookup(mode, key).map(|binding| binding.action);
    match mode {
        Mode::Form => form_key(model, key, action),
        Mode::Confirm => confirm_key(model, action),
        Mode::Picker => picker_key(model, action),
        Mode::Help => help_key(model, action),
        Mode::Search => search_key(model, key, action),
        Mode::List | Mode::Detail => {
            model.notice = None;
            if let Some(action) = action {
                return act(model, action);
            }
            unknown_key(model, key);
            Vec::new()
        }
    }
}

/// A key that means nothing here says so instead of being swallowed.
fn unknown_key(model: &mut Model, key: KeyEvent) {
    if let Some(name) = keymap::written(key) {
        let message = model
            .texts
            .message("key-unknown", &[("key", clean::line(&name).into())]);
        model.complain(message);
    }
}

/// An action of the list or the detail.
fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    if let Err(why) = keymap::enabled(action, model) {
        let message = model.why_not(&why);
        model.complain(message);
        return Vec::new();
    }
    match action {
        Action::Tab(index) => open_tab(model, Tab::ALL[index.min(4)]),
        Action::NextTab => open_tab(model, neighbour(model.tab, 1)),
        Action::PreviousTab => open_tab(model, neighbour(model.tab, 4)),
        Action::Down
        | Action::Up
        | Action::First
        | Action::Last
        | Action::PageDown
        | Action::PageUp
        | Action::HalfDown
        | Action::HalfUp => moved(model, action),
        Action::Open => open(model),
        Action::Back => back(model),
        Action::Mark => mark(model),
        Action::Search => {
            model.searching = true;
            Vec::new()
        }
        Action::Filter => filter(model),
        Action::Undo => {
            model.busy = true;
            vec![Effect::Undo]
        }
        Action::Redo => {
            model.busy = true;
            vec![Effect::Run(Op::Redo)]
        }
        Action::Copy => copy(model),
        Action::Hide => {
            model.hidden = !model.hidden;
            model.keep_detail_cursor();
            Vec::new()
        }
        Action::Help => {
            let rows = help_rows(model);
            model.dialogs.push(Dialog::Help(Help { rows, top: 0 }));
            Vec::new()
        }
        Action::Quit => {
            model.quit = true;
            Vec::new()
        }
        Action::Suspend => vec![Effect::Suspend],
        Action::Resolve => resolve(model),
        Action::Export => {
            let ids = hit(model);
            open_form(model, Purpose::Export(ids))
        }
        Action::New => {
            let purpose = match model.tab {
                Tab::Recordings => Purpose::NewRecording,
                Tab::Newsletter => Purpose::NewOptOut,
                Tab::Today | Tab::Requests | Tab::History => Purpose::NewRequest,
            };
            open_form(model, purpose)
        }
        other => about_selected(model, other),
    }
}

/// Actions that open a form about the record under the cursor.
fn about_selected(model: &mut Model, action: Action) -> Vec<Effect> {
    let Some(card) = model.selected() else {
        return Vec::new();
    };
    let target = target(card);
    let asked = matches!(&card.item, Item::Request(request) if request.awaits_identity());
    let purpose = match action {
        Action::Reject => Purpose::Reject(target),
        Action::Note => Purpose::Note(target),
        Action::LinkSent => Purpose::LinkSent(target),
        Action::Agree => Purpose::Agree(target),
        Action::Extend => Purpose::Extend(target),
        Action::Identity if asked => Purpose::ConfirmIdentity(target),
        Action::Identity => Purpose::AskIdentity(target),
        Action::AddTask => Purpose::AddTask(target),
        Action::Reopen => Purpose::Reopen(target),
        _ => return Vec::new(),
    };
    open_form(model, purpose)
}

fn target(card: &Card) -> Target {
    Target {
        id: card.item.id(),
        seen: Some(card.item.version()),
    }
}

fn open_form(model: &mut Model, purpose: Purpose) -> Vec<Effect> {
    let form = forms::form(purpose, model);
    model.dialogs.push(Dialog::Form(Box::new(form)));
    Vec::new()
}

/// The marked records, or the one under the cursor.
fn hit(model: &Model) -> Vec<ItemId> {
    if model.marked.is_empty() {
        return model
            .selected()
            .map(|card| card.item.id())
            .into_iter()
            .collect();
    }
    model.marked.keys().copied().collect()
}

fn neighbour(tab: Tab, steps: usize) -> Tab {
    Tab::ALL[(tab.index() + steps) % Tab::ALL.len()]
}

fn open_tab(model: &mut Model, tab: Tab) -> Vec<Effect> {
    model.tab = tab;
    model.in_detail = false;
    model.searching = false;
    model.marked.clear();
    (model.detail_cursor, model.detail_top) = (0, 0);
    vec![model.load()]
}

/// Moves the cursor of whichever pane has the keys.
fn moved(model: &mut Model, action: Action) -> Vec<Effect> {
    let regions = model.regions();
    if model.mode() == Mode::Detail {
        let rows = model.detail_rows().len();
        let page = regions.detail.map_or(1, |area| usize::from(area.height));
        model.detail_cursor = step(action, model.detail_cursor, rows, page);
        keep_cursor_visible(model);
        return Vec::new();
    }
    let page = usize::from(regions.list.height.saturating_sub(1)).max(1);
    let list = model.list_mut();
    let before = list.cursor;
    list.cursor = step(action, list.cursor, list.total, page);
    if list.cursor != before {
        (model.detail_cursor, model.detail_top) = (0, 0);
    }
    keep_cursor_visible(model);
    model.load_if_outside().into_iter().collect()
}

fn step(action: Action, cursor: usize, count: usize, page: usize) -> usize {
    let last = count.saturating_sub(1);
    let to = match action {
        Action::Down => cursor + 1,
        Action::Up => cursor.saturating_sub(1),
        Action::First => 0,
        Action::Last => last,
        Action::PageDown => cursor + page,
        Action::PageUp => cursor.saturating_sub(page),
        Action::HalfDown => cursor + page / 2,
        Action::HalfUp => cursor.saturating_sub(page / 2),
        _ => cursor,
    };
    to.min(last)
}

/// Scrolls both panes so that their cursors are on the screen.
fn keep_cursor_visible(model: &mut Model) {
    let regions = model.regions();
    if let Some(area) = regions.detail {
        let height = usize::from(area.height).max(1);
        let first = (model.detail_cursor + 1).saturating_sub(height);
        model.detail_top = model
            .detail_top
            .clamp(first, model.detail_cursor.max(first));
    }
    if regions.list.height > 0 {
        let top = super::screens::list::top_for_cursor(model, usize::from(regions.list.height));
        model.list_mut().top = top;
    }
}

fn open(model: &mut Model) -> Vec<Effect> {
    if model.mode() == Mode::Detail {
        return open_task(model);
    }
    if model.tab == Tab::History {
        return open_from_history(model);
    }
    model.in_detail = true;
    (model.detail_cursor, model.detail_top) = (0, 0);
    keep_cursor_visible(model);
    Vec::new()
}

/// From a history entry to the record it is about.
fn open_from_history(model: &mut Model) -> Vec<Effect> {
    let list = model.list();
    let Some(id) = list.entry(list.cursor).map(|entry| entry.id) else {
        return Vec::new();
    };
    let tab = match id.item_type {
        crate::domain::ids::ItemType::Request => Tab::Requests,
        crate::domain::ids::ItemType::Recording => Tab::Recordings,
        crate::domain::ids::ItemType::OptOut => Tab::Newsletter,
    };
    model.searches[tab.index()] = id.to_string();
    open_tab(model, tab)
}

/// The form of the task under the cursor, or ticking the copy.
fn open_task(model: &mut Model) -> Vec<Effect> {
    let Some(card) = model.selected() else {
        return Vec::new();
    };
    match model.part_under_cursor() {
        Some(Part::Task(index, _)) if !model.read_only => {
            let task = card.item.tasks().get(index).map(|task| task.id.clone());
            match task {
                Some(task) => {
                    let purpose = Purpose::Task(target(card), task);
                    open_form(model, purpose)
                }
                None => Vec::new(),
            }
        }
        Some(Part::Copy(..)) => act(model, Action::Mark),
        _ => Vec::new(),
    }
}

fn back(model: &mut Model) -> Vec<Effect> {
    if model.in_detail {
        model.in_detail = false;
        keep_cursor_visible(model);
        return Vec::new();
    }
    let index = model.tab.index();
    if !model.searches[index].is_empty() {
        model.searches[index].clear();
        return searched(model);
    }
    model.marked.clear();
    Vec::new()
}

/// Marks a row, or ticks the task or copy under the cursor of the detail.
fn mark(model: &mut Model) -> Vec<Effect> {
    let Some(card) = model.selected() else {
        return Vec::new();
    };
    let id = card.item.id();
    if model.mode() == Mode::List {
        let card = card.clone();
        if model.marked.remove(&id).is_none() {
            model.marked.insert(id, card);
        }
        return moved(model, Action::Down);
    }
    let target = target(card);
    let deed = match model.part_under_cursor() {
        Some(Part::Task(index, status)) => card.item.tasks().get(index).map(|task| Deed::SetTask {
            task: task.id.clone(),
            status: if status.is_open() {
                TaskStatus::Done
            } else {
                TaskStatus::Todo
            },
            note: None,
            follow_up_on: None,
        }),
        Some(Part::Copy(index, status)) => match &card.item {
            Item::Recording(recording) => recording.copies.get(index).map(|copy| Deed::MarkCopy {
                place: copy.place.clone(),
                status: match status {
                    CopyStatus::Present => CopyStatus::Deleted,
                    CopyStatus::Deleted => CopyStatus::Purged,
                    CopyStatus::Purged => CopyStatus::Present,
                },
                on: None,
                delete_file: false,
            }),
            _ => None,
        },
        _ => None,
    };
    run(model, deed.map(|deed| Op::Act(vec![target], deed)))
}

fn run(model: &mut Model, op: Option<Op>) -> Vec<Effect> {
    match op {
        // Keys typed ahead must not act twice on what they saw once.
        Some(op) if !model.busy => {
            model.busy = true;
            vec![Effect::Run(op)]
        }
        _ => Vec::new(),
    }
}

fn filter(model: &mut Model) -> Vec<Effect> {
    let index = model.tab.index();
    if model.tab == Tab::Today {
        let message = model.texts.message("not-filter-today", &[]);
        model.complain(message);
        return Vec::new();
    }
    let filter = &mut model.filters[index];
    *filter = match filter {
        Which::Any => Which::Open,
        Which::Open => Which::Closed,
        Which::Closed => Which::Any,
    };
    let id = match filter {
        Which::Any => "filter-any",
        Which::Open => "filter-open",
        Which::Closed => "filter-closed",
    };
    let text = model.texts.get(id);
    model.tell(text);
    model.list_mut().cursor = 0;
    vec![model.load()]
}

/// Closing: a form for one request, a question that names what is hit for everything else.
fn resolve(model: &mut Model) -> Vec<Effect> {
    let single = model.marked.is_empty();
    if let (true, Some(card)) = (single, model.selected())
        && matches!(card.item, Item::Request(_))
    {
        let purpose = Purpose::Resolve(target(card));
        return open_form(model, purpose);
    }
    let cards: Vec<&Card> = if single {
        model.selected().into_iter().collect()
    } else {
        model.marked.values().collect()
    };
    let mut lines = Vec::new();
    let mut targets = Vec::new();
    let mut refused = Vec::new();
    for card in &cards {
        match may_resolve(model, card) {
            Ok(()) => {
                targets.push(target(card));
                lines.push(format!(
                    "{}  {}  {}",
                    card.item.id(),
                    shown_name(model, card),
                    model.texts.title(&model.shown(card).item)
                ));
            }
            Err(refusal) => refused.push(model.texts.refusal(&refusal).what),
        }
    }
    if targets.is_empty() {
        if let Some(first) = refused.first() {
            let message = crate::i18n::errors::Message {
                what: first.clone(),
                hint: None,
            };
            model.complain(message);
        }
        return Vec::new();
    }
    let id = if single {
        match &cards.first().map(|card| &card.item) {
            Some(Item::Recording(_)) => "confirm-recording",
            _ => "confirm-optout",
        }
    } else {
        "confirm-several"
    };
    let question = model.texts.with(
        id,
        &[("n", targets.len().into()), ("all", cards.len().into())],
    );
    lines.insert(0, question);
    lines.extend(refused);
    model.dialogs.push(Dialog::Confirm(Confirm {
        lines,
        yes: Effect::Run(Op::Act(targets, Deed::Resolve(Resolution::default()))),
    }));
    Vec::new()
}

fn may_resolve(model: &Model, card: &Card) -> Result<(), Refusal> {
    let standing = standing(&card.item, &card.circle, model.rules);
    let moment = conduct::Moment {
        now: chrono::DateTime::<chrono::Utc>::MIN_UTC,
        today: model.today,
    };
    conduct::resolve(&card.item, &standing, &Resolution::default(), moment).map(|_| ())
}

fn shown_name(model: &Model, card: &Card) -> String {
    super::screens::list::name_of(&model.shown(card))
}

fn copy(model: &mut Model) -> Vec<Effect> {
    let Some(card) = model.selected() else {
        return Vec::new();
    };
    let mut choices = vec![card.item.id().to_string()];
    choices.extend(card.item.person().emails.iter().cloned());
    if let Item::Request(request) = &card.item {
        choices.extend(request.message.clone());
    }
    if choices.len() == 1 {
        return vec![Effect::Copy(choices.remove(0))];
    }
    let hidden = model.hidden;
    let choices = choices
        .into_iter()
        .enumerate()
        .map(|(index, text)| {
            let shown = if hidden && index > 0 {
                super::model::HIDDEN.to_owned()
            } else {
                text.lines().next().unwrap_or_default().to_owned()
            };
            (shown, Picked::Copy(text))
        })
        .collect();
    model.dialogs.push(Dialog::Picker(Picker {
        title: model.texts.get("picker-copy"),
        choices,
        cursor: 0,
    }));
    Vec::new()
}

fn search_key(model: &mut Model, key: KeyEvent, action: Option<Action>) -> Vec<Effect> {
    let index = model.tab.index();
    match action {
        Some(Action::Back) => {
            model.searching = false;
            model.searches[index].clear();
            return searched(model);
        }
        Some(Action::Open) => {
            model.searching = false;
            return Vec::new();
        }
        Some(action @ (Action::Down | Action::Up)) => return moved(model, action),
        _ => {}
    }
    match key.code {
        KeyCode::Char(letter)
            if !key
                .modifiers
                .intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) =>
        {
            model.searches[index].push(letter);
        }
        KeyCode::Backspace => {
            model.searches[index].pop();
        }
        _ => return Vec::new(),
    }
    searched(model)
}

fn searched(model: &mut Model) -> Vec<Effect> {
    let list = model.list_mut();
    (list.cursor, list.top) = (0, 0);
    list.cards.clear();
    vec![model.load()]
}

fn form_key(model: &mut Model, key: KeyEvent, action: Option<Action>) -> Vec<Effect> {
    let Some(Dialog::Form(form)) = model.dialogs.last_mut() else {
        return Vec::new();
    };
    match form.key(key, action) {
        FormEnd::GoesOn => Vec::new(),
        FormEnd::Leave => {
            leave_form(model);
            Vec::new()
        }
        FormEnd::Save => save_form(model),
    }
}

/// Leaving never loses text: what was typed is offered again the next time.
fn leave_form(model: &mut Model) {
    let Some(Dialog::Form(form)) = model.dialogs.pop() else {
        return;
    };
    if form.is_touched() {
        model.drafts.insert(form.purpose.draft_key(), form.draft());
        let text = model.texts.get("draft-kept");
        model.tell(text);
    } else {
        // A draft that was emptied is no draft any more.
        model.drafts.remove(&form.purpose.draft_key());
    }
}

fn save_form(model: &mut Model) -> Vec<Effect> {
    let Some(Dialog::Form(mut form)) = model.dialogs.pop() else {
        return Vec::new();
    };
    let effects = match forms::effect(&form, model) {
        Ok(effect) => {
            form.saving = true;
            form.error = None;
            model.busy = true;
            vec![effect]
        }
        Err((field, error)) => {
            form.reject(field, error);
            Vec::new()
        }
    };
    model.dialogs.push(Dialog::Form(form));
    effects
}

fn confirm_key(model: &mut Model, action: Option<Action>) -> Vec<Effect> {
    match action {
        Some(Action::Yes) => match model.dialogs.pop() {
            Some(Dialog::Confirm(confirm)) => {
                model.busy = true;
                vec![confirm.yes]
            }
            _ => Vec::new(),
        },
        Some(Action::No) => {
            model.dialogs.pop();
            Vec::new()
        }
        _ => Vec::new(),
    }
}

fn picker_key(model: &mut Model, action: Option<Action>) -> Vec<Effect> {
    let Some(Dialog::Picker(picker)) = model.dialogs.last_mut() else {
        return Vec::new();
    };
    let last = picker.choices.len().saturating_sub(1);
    match action {
        Some(Action::Down) => picker.cursor = (picker.cursor + 1).min(last),
        Some(Action::Up) => picker.cursor = picker.cursor.saturating_sub(1),
        Some(Action::Back) => {
            model.dialogs.pop();
        }
        Some(Action::Open) => {
            let chosen = picker.choices.get(picker.cursor).cloned();
            model.dialogs.pop();
            if let Some((_, Picked::Copy(text))) = chosen {
                return vec![Effect::Copy(text)];
            }
        }
        _ => {}
    }
    Vec::new()
}

fn help_key(model: &mut Model, action: Option<Action>) -> Vec<Effect> {
    let page = usize::from(model.size.1.saturating_sub(6)).max(1);
    let Some(Dialog::Help(help)) = model.dialogs.last_mut() else {
        return Vec::new();
    };
    match action {
        Some(Action::Back) => {
            model.dialogs.pop();
        }
        Some(action) => {
            // A row may take several lines, so every one can be brought to the top.
            help.top = step(action, help.top, help.rows.len(), page);
        }
        None => {}
    }
    Vec::new()
}

/// Every key of the mode one was in, and for those that do nothing here, why.
fn help_rows(model: &Model) -> Vec<HelpRow> {
    keymap::bindings(model.mode())
        .map(|binding| HelpRow {
            keys: binding.keys.join(" "),
            does: model.texts.get(binding.help),
            why_not: keymap::enabled(binding.action, model)
                .err()
                .map(|why| model.why_not(&why).what),
            action: binding.action,
        })
        .collect()
}

fn ask_about_undo(model: &mut Model, event: &str, ids: &[ItemId], via: crate::store::Via) {
    let shown: Vec<String> = ids.iter().take(5).map(ToString::to_string).collect();
    let mut named = shown.join(", ");
    if ids.len() > shown.len() {
        named.push_str(" …");
    }
    let question = model.texts.with(
        "confirm-undo",
        &[
            ("event", model.texts.event(event).to_lowercase().into()),
            ("ids", named.into()),
            (
                "via",
                model.texts.get(&format!("via-{}", via.word())).into(),
            ),
        ],
    );
    model.dialogs.push(Dialog::Confirm(Confirm {
        lines: vec![question],
        yes: Effect::Run(Op::Undo),
    }));
}

/// An operation came back: the form goes, or stays with its text and says why.
fn done(model: &mut Model, result: Result<Done, OpError>) -> Vec<Effect> {
    model.busy = false;
    match result {
        Ok(done) => {
            if let Some(Dialog::Form(form)) = model.dialogs.last()
                && form.saving
            {
                model.drafts.remove(&form.purpose.draft_key());
                let is_new = form.purpose.target().is_none();
                model.dialogs.pop();
                if is_new {
                    model.goto = done.items.first().map(Item::id);
                }
            }
            model.marked.clear();
            // In the daily round the next thing is wanted, not the one that was just closed.
            model.stay = !model.in_detail
                && done.reverted.is_none()
                && done.items.iter().any(|item| !item.is_open());
            tell_done(model, &done);
            vec![model.load()]
        }
        Err(OpError::Refused(Refusal::FileStillThere { id, place, path })) => {
            offer_to_delete(model, id, place, &path);
            Vec::new()
        }
        Err(error) => {
            let message = model.texts.op_error(&error);
            let changed = matches!(
                error,
                OpError::Refused(Refusal::ChangedMeanwhile { .. }) | OpError::NoSuchId(_)
            );
            if !complain_in_form(model, &message) {
                model.complain(message);
            }
            if changed {
                return vec![model.load()];
            }
            Vec::new()
        }
    }
}

/// The file of a local copy is still there: offers to delete it, naming it.
fn offer_to_delete(model: &mut Model, id: ItemId, place: Option<String>, path: &str) {
    let deed = match place {
        Some(place) => Deed::MarkCopy {
            place,
            status: CopyStatus::Deleted,
            on: None,
            delete_file: true,
        },
        None => Deed::Resolve(Resolution {
            delete_files: true,
            ..Resolution::default()
        }),
    };
    let question = model
        .texts
        .with("confirm-delete-file", &[("path", path.into())]);
    model.dialogs.push(Dialog::Confirm(Confirm {
        lines: vec![question],
        yes: Effect::Run(Op::Act(vec![id.into()], deed)),
    }));
}

fn complain_in_form(model: &mut Model, message: &crate::i18n::errors::Message) -> bool {
    match model.dialogs.last_mut() {
        Some(Dialog::Form(form)) if form.saving => {
            form.saving = false;
            form.error = Some(message.clone());
            true
        }
        _ => false,
    }
}

fn tell_done(model: &mut Model, done: &Done) {
    let text = match (&done.reverted, done.items.as_slice()) {
        (Some(reverted), _) => {
            let ids: Vec<String> = reverted.ids.iter().map(ToString::to_string).collect();
            model.texts.with(
                "undone",
                &[
                    (
                        "event",
                        model.texts.event(&reverted.event).to_lowercase().into(),
                    ),
                    ("ids", ids.join(", ").into()),
                ],
            )
        }
        (None, [item]) => model.texts.with(
            "changed",
            &[
                ("id", item.id().to_string().into()),
                (
                    "status",
                    model.texts.standing_of(item).to_lowercase().into(),
                ),
            ],
        ),
        (None, items) => model
            .texts
            .with("changed-several", &[("n", items.len().into())]),
    };
    let warnings: Vec<String> = done
        .warnings
        .iter()
        .map(|warning| model.texts.warning(warning))
        .collect();
    model.tell(text);
    if let (Some(notice), false) = (&mut model.notice, warnings.is_empty()) {
        notice.text = warnings.join(" ");
        notice.bad = true;
    }
}

fn exported(model: &mut Model, result: Result<(usize, String), OpError>) -> Vec<Effect> {
    model.busy = false;
    match result {
        Ok((count, path)) => {
            if let Some(Dialog::Form(form)) = model.dialogs.last()
                && form.saving
            {
                model.dialogs.pop();
            }
            let text = model
                .texts
                .with("exported", &[("n", count.into()), ("path", path.into())]);
            model.tell(text);
            model.marked.clear();
        }
        Err(error) => {
            let message = model.texts.op_error(&error);
            if !complain_in_form(model, &message) {
                model.complain(message);
            }
        }
    }
    Vec::new()
}
