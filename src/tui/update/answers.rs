//! What comes back from the worker: an operation that was carried out or not, an export, a question about undo.

use super::super::dialogs::forms::Purpose;
use super::super::dialogs::{Confirm, Dialog};
use super::super::keymap::Action;
use super::super::model::Model;
use super::super::msg::Effect;
use super::drafts::keep_form;
use super::letters;
use super::rows::target;
use super::{go_on, idle};
use crate::domain::conduct::Resolution;
use crate::domain::ids::ItemId;
use crate::domain::item::Item;
use crate::domain::recording::CopyStatus;
use crate::domain::refusal::Refusal;
use crate::ops::{Action as Deed, Done, Op, OpError};

pub(super) fn ask_about_undo(
    model: &mut Model,
    event: &str,
    ids: &[ItemId],
    via: crate::store::Via,
) {
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
pub(super) fn done(model: &mut Model, result: Result<Done, OpError>) -> Vec<Effect> {
    match result {
        Ok(done) => {
            let mut event = None;
            if let Some(Dialog::Form(form)) = model.dialogs.last()
                && form.saving
            {
                let is_new =
                    form.purpose.target().is_none() || matches!(form.purpose, Purpose::Split(_));
                event = form.purpose.event();
                if let Some(place) = form.purpose.place() {
                    model.drafts.forget(&place);
                }
                let letter_went = matches!(form.purpose, Purpose::LetterGoes(..));
                model.dialogs.pop();
                if letter_went {
                    letters::went(model);
                }
                if is_new {
                    model.goto = done.items.first().map(Item::id);
                }
            }
            model.marked.clear();
            // In the daily round the next thing is wanted, not the one that was just closed.
            model.stay = !model.in_detail
                && done.reverted.is_none()
                && done.items.iter().any(|item| !item.is_open());
            tell_done(model, &done, event);
            let load = model.load();
            model.settled_by = Some(model.requests);
            vec![load]
        }
        Err(OpError::Refused(Refusal::FileStillThere { id, place, path })) => {
            idle(model);
            offer_to_delete(model, id, place, &path);
            Vec::new()
        }
        Err(error) => {
            idle(model);
            let mut message = model.texts.op_error(&error);
            let mut changed = matches!(error, OpError::NoSuchId(_));
            if let OpError::Refused(Refusal::ChangedMeanwhile { version, .. }) = error {
                changed = true;
                if go_on_from(model, version) {
                    let key = model.keys.key_of(Action::Save).into();
                    message.hint = Some(model.texts.with("form-save-again", &[("key", key)]));
                }
            }
            if !complain_in_form(model, &message) {
                model.complain(message);
            }
            // What could not be saved must not be lost as well.
            let mut effects = Vec::new();
            if model.has_unkept_text() {
                effects.extend(keep_form(model));
            }
            if changed {
                effects.push(model.load());
            }
            effects
        }
    }
}

/// The file of a local copy is still there: offers to delete it, naming it.
pub(super) fn offer_to_delete(model: &mut Model, id: ItemId, place: Option<String>, path: &str) {
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
    // As it was seen: whoever changed it meanwhile may want to keep the file.
    let seen = model
        .marked
        .get(&id)
        .or_else(|| model.list().cards.iter().find(|card| card.item.id() == id));
    let target = seen.map_or_else(|| id.into(), target);
    let question = model
        .texts
        .with("confirm-delete-file", &[("path", path.into())]);
    model.dialogs.push(Dialog::Confirm(Confirm {
        lines: vec![question],
        yes: Effect::Run(Op::Act(vec![target], deed)),
    }));
}

/// Somebody else changed the record: the form that was being saved now knows, and saving it again goes on from there.
fn go_on_from(model: &mut Model, version: u64) -> bool {
    match model.dialogs.last_mut() {
        Some(Dialog::Form(form)) if form.saving => {
            let target = form.purpose.about_mut();
            target.is_some_and(|target| target.seen.replace(version).is_some())
        }
        _ => false,
    }
}

pub(super) fn complain_in_form(model: &mut Model, message: &crate::i18n::errors::Message) -> bool {
    match model.dialogs.last_mut() {
        Some(Dialog::Form(form)) if form.saving => {
            form.saving = false;
            form.error = Some(message.clone());
            true
        }
        _ => false,
    }
}

/// What was done: the event where the status does not say it, and the status.
pub(super) fn tell_done(model: &mut Model, done: &Done, event: Option<&str>) {
    let text = match (&done.reverted, done.items.as_slice()) {
        (Some(reverted), _) => {
            model
                .texts
                .reverted(&reverted.event, &reverted.ids, reverted.redone)
        }
        (None, [item]) => {
            let id = item.id().to_string();
            let status = model.texts.standing_of(item).to_lowercase();
            let mut shown = vec![("id", id.into()), ("status", status.into())];
            match event {
                Some(event) => {
                    let event = model.texts.event(event).to_lowercase();
                    shown.push(("event", event.into()));
                    model.texts.with("changed-by", &shown)
                }
                None => model.texts.with("changed", &shown),
            }
        }
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

pub(super) fn exported(model: &mut Model, result: Result<(usize, String), OpError>) -> Vec<Effect> {
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
            go_on(model)
        }
        Err(error) => {
            idle(model);
            let message = model.texts.op_error(&error);
            if !complain_in_form(model, &message) {
                model.complain(message);
            }
            Vec::new()
        }
    }
}
