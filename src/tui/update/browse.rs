//! Finding one's way: what a list shows and in which order, and from a record to the person's others and back.

use super::super::dialogs::palette::{Choice, Palette};
use super::super::dialogs::{Dialog, Picked, Picker};
use super::super::filter::{Facet, order_words};
use super::super::model::{Model, Stop};
use super::super::msg::{Effect, Tab};
use crate::domain::ids::{ItemId, ItemType};
use crate::domain::item::Item;
use crate::ops::queries::{Card, Order};

/// Offers every command by name.
pub(super) fn offer_commands(model: &mut Model) -> Vec<Effect> {
    let palette = Palette::of_commands(model);
    model.dialogs.push(Dialog::Palette(palette));
    Vec::new()
}

/// Locks the screen, so that no key changes anything, or unlocks it.
pub(super) fn lock(model: &mut Model) -> Vec<Effect> {
    model.read_only = !model.read_only;
    let told = if model.read_only {
        "locked"
    } else {
        "unlocked"
    };
    let told = model.texts.get(told);
    model.tell(told);
    Vec::new()
}

/// Offers the conditions of the list; those that hold are marked, and choosing one takes it away.
pub(super) fn offer_filter(model: &mut Model) -> Vec<Effect> {
    let texts = &model.texts;
    let filter = model.filters[model.tab.index()];
    let mut choices = Vec::new();
    if filter.is_set() {
        choices.push(Choice {
            words: texts.get("filter-clear"),
            aside: String::new(),
            why_not: None,
            picked: Picked::Unfilter,
        });
    }
    for facet in Facet::all(model.tab == Tab::Requests) {
        let mark = if filter.has(facet) { "[x]" } else { "[ ]" };
        choices.push(Choice {
            words: format!("{mark} {}", facet.words(texts)),
            aside: facet.sort_of(texts),
            why_not: None,
            picked: Picked::Filter(facet),
        });
    }
    let palette = Palette::new(texts.get("filter-title"), choices);
    model.dialogs.push(Dialog::Palette(palette));
    Vec::new()
}

/// Offers the orders of the list.
pub(super) fn offer_order(model: &mut Model) -> Vec<Effect> {
    let texts = &model.texts;
    let order = model.filters[model.tab.index()].order;
    let choices = Order::ALL
        .iter()
        .map(|order| (order_words(*order, texts), Picked::Sort(*order)))
        .collect();
    let cursor = Order::ALL.iter().position(|it| *it == order).unwrap_or(0);
    model.dialogs.push(Dialog::Picker(Picker {
        title: texts.get("order-title"),
        choices,
        cursor,
    }));
    Vec::new()
}

/// Adds or takes away a condition.
pub(super) fn filter(model: &mut Model, facet: Facet) -> Vec<Effect> {
    model.filters[model.tab.index()].toggle(facet);
    show_from_the_top(model)
}

/// Shows everything again, in the usual order.
pub(super) fn unfilter(model: &mut Model) -> Vec<Effect> {
    model.filters[model.tab.index()] = super::super::filter::Filter::default();
    show_from_the_top(model)
}

/// Puts the list in another order.
pub(super) fn sort(model: &mut Model, order: Order) -> Vec<Effect> {
    model.filters[model.tab.index()].order = order;
    show_from_the_top(model)
}

fn show_from_the_top(model: &mut Model) -> Vec<Effect> {
    let list = model.list_mut();
    (list.cursor, list.top) = (0, 0);
    list.cards.clear();
    model.marked.clear();
    (model.detail_cursor, model.detail_top) = (0, 0);
    vec![model.load()]
}

/// The records one can jump to from this one: the other sides of its conflicts first, then whatever else the person has.
pub fn others(card: &Card) -> Vec<ItemId> {
    let mut ids: Vec<ItemId> = Vec::new();
    let conflicts = card.standing.conflicts.iter().map(|conflict| conflict.id);
    let circle = card.circle.iter().map(Item::id);
    for id in conflicts.chain(circle) {
        if id != card.item.id() && id.item_type != ItemType::Mail && !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

/// Offers the person's other records.
pub(super) fn offer_jump(model: &mut Model) -> Vec<Effect> {
    let Some(card) = model.selected() else {
        return Vec::new();
    };
    let shown = model.shown(card);
    let words = |id: ItemId| {
        let conflict = card.standing.conflicts.iter().find(|it| it.id == id);
        let item = shown.circle.iter().find(|item| item.id() == id);
        let what = match (conflict, item) {
            // That names the record itself.
            (Some(conflict), _) => model.wording().conflict(conflict, &shown.item),
            (None, Some(item)) => {
                let status = model.texts.standing_of(item).to_lowercase();
                format!("{id}  {} – {status}", model.texts.title(item))
            }
            (None, None) => id.to_string(),
        };
        (what, Picked::Go(id))
    };
    let choices = others(card).into_iter().map(words).collect();
    let title = model.texts.get("jump-title");
    model.dialogs.push(Dialog::Picker(Picker {
        title,
        choices,
        cursor: 0,
    }));
    Vec::new()
}

/// Goes to a record in its own tab, and remembers from where.
pub fn go(model: &mut Model, id: ItemId) -> Vec<Effect> {
    if let Some(card) = model.selected() {
        let stop = Stop {
            tab: model.tab,
            search: model.searches[model.tab.index()].clone(),
            id: card.item.id(),
            in_detail: model.in_detail,
        };
        model.trail.push(stop);
    }
    let tab = Tab::of(id.item_type);
    // In the list it may be far away, or left out: the search finds it wherever it is.
    show(model, tab, id.to_string(), id, true)
}

/// Back to where the last jump began.
pub(super) fn back(model: &mut Model) -> Vec<Effect> {
    let Some(stop) = model.trail.pop() else {
        return Vec::new();
    };
    show(model, stop.tab, stop.search, stop.id, stop.in_detail)
}

fn show(model: &mut Model, tab: Tab, search: String, id: ItemId, in_detail: bool) -> Vec<Effect> {
    // A search that only led here does not stay behind.
    let left = model.tab.index();
    if model.searches[left]
        .parse()
        .is_ok_and(|it: crate::domain::ids::IdPattern| it.full().is_some())
    {
        model.searches[left].clear();
    }
    model.searches[tab.index()] = search;
    let effects = super::rows::open_tab(model, tab);
    model.goto = Some(id);
    model.in_detail = in_detail;
    effects
}
