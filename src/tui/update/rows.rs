//! What keys do in a list and in a detail: open, mark, and the actions on records.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::super::dialogs::forms::{self, Purpose};
use super::super::dialogs::{Confirm, Dialog, Help, Picked, Picker};
use super::super::keymap::{self, Action, Mode};
use super::super::model::Model;
use super::super::msg::{Effect, Tab};
use crate::domain::conduct::{self, Resolution};
use crate::domain::ids::ItemId;
use crate::domain::item::Item;
use crate::domain::recording::CopyStatus;
use crate::domain::refusal::Refusal;
use crate::domain::standing::standing;
use crate::domain::task::TaskStatus;
use crate::i18n::sheet::Part;
use crate::ops::queries::Card;
use crate::ops::{Action as Deed, Op, Target};

use super::browse;
use super::dialogs::help_rows;
use super::drafts::quit;
use super::letters;
use super::moves::{keep_cursor_visible, moved};

/// An action of the list or the detail.
pub(super) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    if let Err(why) = keymap::enabled(action, model) {
        let message = model.why_not(&why);
        model.complain(message);
        return Vec::new();
    }
    match action {
        Action::Tab(index) => open_tab(model, Tab::ALL[index.min(Tab::ALL.len() - 1)]),
        Action::NextTab => open_tab(model, neighbour(model.tab, 1)),
        Action::PreviousTab => open_tab(model, neighbour(model.tab, Tab::ALL.len() - 1)),
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
        Action::Filter => browse::offer_filter(model),
        Action::Sort => browse::offer_order(model),
        Action::Jump => browse::offer_jump(model),
        Action::Return => browse::back(model),
        Action::Palette => browse::offer_commands(model),
        Action::Lock => browse::lock(model),
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
        Action::Calendar | Action::EarlierMonth | Action::LaterMonth => calendar(model, action),
        Action::Report => super::report::open(model),
        Action::Help => {
            let rows = help_rows(model);
            model.dialogs.push(Dialog::Help(Help { rows, top: 0 }));
            Vec::new()
        }
        Action::Quit => quit(model),
        Action::Suspend => vec![Effect::Suspend],
        Action::Resolve => resolve(model),
        Action::Export => {
            let ids = hit(model);
            open_form(model, Purpose::Export(ids))
        }
        Action::Letter => letters::offer(model, None),
        Action::New => open_form(model, new_in(model.tab)),
        other => about_selected(model, other),
    }
}

/// Shows or puts away the calendar, or turns its months.
fn calendar(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::EarlierMonth => model.months_turned -= 1,
        Action::LaterMonth => model.months_turned += 1,
        _ => {
            let shown = model.regions().panel.height > 0;
            model.calendar = Some(!shown);
            model.months_turned = 0;
            keep_cursor_visible(model);
            return model.load_if_outside().into_iter().collect();
        }
    }
    Vec::new()
}

/// What is entered in a tab.
fn new_in(tab: Tab) -> Purpose {
    match tab {
        Tab::Recordings => Purpose::NewRecording,
        Tab::Newsletter => Purpose::NewOptOut,
        Tab::Today | Tab::Requests | Tab::History => Purpose::NewRequest,
    }
}

/// Actions that open a form about the record under the cursor.
pub(super) fn about_selected(model: &mut Model, action: Action) -> Vec<Effect> {
    let Some(card) = model.selected() else {
        return Vec::new();
    };
    let target = target(card);
    let asked = matches!(&card.item, Item::Request(request) if request.awaits_identity());
    let purpose = match action {
        Action::Reject => Purpose::Reject(target),
        Action::Note => Purpose::Note(target),
        Action::LinkSent => Purpose::LinkSent(target),
        Action::Delivered => Purpose::Delivered(target),
        Action::Agree => Purpose::Agree(target),
        Action::Consent => Purpose::Consent(target),
        Action::Edit => Purpose::Edit(target),
        Action::Extend => Purpose::Extend(target),
        Action::Identity if asked => Purpose::ConfirmIdentity(target),
        Action::Identity => Purpose::AskIdentity(target),
        Action::AddTask => Purpose::AddTask(target),
        Action::Reopen => Purpose::Reopen(target),
        Action::Split => Purpose::Split(target),
        Action::Merge => Purpose::Merge(target),
        Action::Hold if card.item.hold().is_some() => {
            let op = Op::Act(vec![target], Deed::LiftHold);
            return run(model, Some(op));
        }
        Action::Hold => Purpose::Hold(target),
        _ => return Vec::new(),
    };
    open_form(model, purpose)
}

pub(super) fn target(card: &Card) -> Target {
    Target {
        id: card.item.id(),
        seen: Some(card.item.version()),
    }
}

pub(super) fn open_form(model: &mut Model, purpose: Purpose) -> Vec<Effect> {
    let form = forms::form(purpose, model);
    model.dialogs.push(Dialog::Form(Box::new(form)));
    Vec::new()
}

/// The marked records, or the one under the cursor.
pub(super) fn hit(model: &Model) -> Vec<ItemId> {
    if model.marked.is_empty() {
        return model
            .selected()
            .map(|card| card.item.id())
            .into_iter()
            .collect();
    }
    model.marked.keys().copied().collect()
}

pub(super) fn neighbour(tab: Tab, steps: usize) -> Tab {
    Tab::ALL[(tab.index() + steps) % Tab::ALL.len()]
}

pub(super) fn open_tab(model: &mut Model, tab: Tab) -> Vec<Effect> {
    model.tab = tab;
    model.in_detail = false;
    model.searching = false;
    model.marked.clear();
    model.months_turned = 0;
    (model.detail_cursor, model.detail_top) = (0, 0);
    vec![model.load()]
}

pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    if model.mode() == Mode::Detail {
        return open_task(model);
    }
    if model.tab == Tab::History {
        return open_from_history(model);
    }
    model.in_detail = true;
    // The cursor begins on what is to be done next, so that Space ticks it.
    model.detail_top = 0;
    model.detail_cursor = model
        .detail_rows()
        .iter()
        .position(|row| match row.part {
            Part::Task(_, status) => status.is_open(),
            Part::Copy(_, status) => status == CopyStatus::Present,
            _ => false,
        })
        .unwrap_or(0);
    keep_cursor_visible(model);
    Vec::new()
}

/// From a history entry to the record it is about.
pub(super) fn open_from_history(model: &mut Model) -> Vec<Effect> {
    let list = model.list();
    let Some(id) = list.entry(list.cursor).map(|entry| entry.id) else {
        return Vec::new();
    };
    let tab = Tab::of(id.item_type);
    model.searches[tab.index()] = id.to_string();
    open_tab(model, tab)
}

/// The form of the task under the cursor, or ticking the copy.
pub(super) fn open_task(model: &mut Model) -> Vec<Effect> {
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

pub(super) fn back(model: &mut Model) -> Vec<Effect> {
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
pub(super) fn mark(model: &mut Model) -> Vec<Effect> {
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

pub(super) fn run(model: &mut Model, op: Option<Op>) -> Vec<Effect> {
    match op {
        // Keys typed ahead must not act twice on what they saw once.
        Some(op) if !model.busy => {
            model.busy = true;
            vec![Effect::Run(op)]
        }
        _ => Vec::new(),
    }
}

/// Closing: a form for one request, a question that names what is hit for everything else.
pub(super) fn resolve(model: &mut Model) -> Vec<Effect> {
    let single = model.marked.is_empty();
    if let (true, Some(card)) = (single, model.selected())
        && matches!(card.item, Item::Request(_))
    {
        let purpose = Purpose::Resolve(target(card));
        return open_form(model, purpose);
    }
    if let (true, Some(card)) = (single, model.selected())
        && matches!(
            may_resolve(model, card),
            Err(Refusal::NeededForAccess { .. })
        )
    {
        // It can be closed all the same, by saying in words that the person was asked (RULES §1.12).
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

pub(super) fn may_resolve(model: &Model, card: &Card) -> Result<(), Refusal> {
    let standing = standing(&card.item, &card.circle, model.rules);
    let moment = conduct::Moment {
        now: chrono::DateTime::<chrono::Utc>::MIN_UTC,
        today: model.today,
    };
    conduct::resolve(
        &card.item,
        &card.circle,
        &standing,
        &Resolution::default(),
        moment,
    )
    .map(|_| ())
}

pub(super) fn shown_name(model: &Model, card: &Card) -> String {
    super::super::screens::list::name_of(&model.shown(card))
}

pub(super) fn copy(model: &mut Model) -> Vec<Effect> {
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
                super::super::model::HIDDEN.to_owned()
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

pub(super) fn search_key(model: &mut Model, key: KeyEvent, action: Option<Action>) -> Vec<Effect> {
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

pub(super) fn searched(model: &mut Model) -> Vec<Effect> {
    let list = model.list_mut();
    (list.cursor, list.top) = (0, 0);
    list.cards.clear();
    vec![model.load()]
}
