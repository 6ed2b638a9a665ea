//! What becomes of half-written texts: kept about a second after the last key, at once where the form is left or the
//! line drops, and asked about only where they cannot be kept.

use super::super::dialogs::dates::Now;
use super::super::dialogs::{Confirm, Dialog, adapt};
use super::super::drafts::Unkept;
use super::super::model::Model;
use super::super::msg::Effect;
use super::idle;
use crate::domain::draft::{Draft, Place, may_be_stored};
use crate::ops::OpError;

/// How many drafts are named when the program starts.
const NAMED: usize = 3;

/// Hands what stands in the open form over to be kept.
///
/// Nothing is given for a form without a place, and for a text that must never be written: that one is left where it
/// is, in the form.
pub(super) fn keep_form(model: &mut Model) -> Option<Effect> {
    let form = model.form_mut()?;
    let unkept = Unkept {
        place: form.purpose.place()?,
        seen: form.purpose.seen(),
        fields: form.draft(),
    };
    form.handed = Some(unkept.fields.clone());
    may_be_stored(&unkept.fields).ok()?;
    model.drafts.keep(unkept)
}

/// Keeps what would be lost if the program ended now.
pub(super) fn keep_everything(model: &mut Model) -> Vec<Effect> {
    if model.read_only {
        return Vec::new();
    }
    let mut effects = model.drafts.try_again();
    if is_ahead_of_the_store(model) {
        effects.extend(keep_form(model));
    }
    effects
}

/// Whether the open form holds another text than the store, whoever wrote that.
fn is_ahead_of_the_store(model: &Model) -> bool {
    let Some(form) = model.form() else {
        return false;
    };
    let Some(place) = form.purpose.place() else {
        return false;
    };
    let fields = form.draft();
    let stored = model.drafts.in_store(&place);
    !form.saving && form.is_touched() && stored.is_none_or(|draft| draft.fields != fields)
}

/// Leaving a form never loses text: what was typed is offered again the next time.
pub(super) fn leave_form(model: &mut Model) -> Vec<Effect> {
    let kept = if model.read_only {
        None
    } else {
        keep_what_is_left(model)
    };
    model.dialogs.pop();
    kept.into_iter().collect()
}

fn keep_what_is_left(model: &mut Model) -> Option<Effect> {
    let form = model.form()?;
    let place = form.purpose.place()?;
    if !form.is_touched() {
        // A draft that was emptied is no draft any more; one of another terminal is none of ours.
        let ours = form.handed.is_some();
        if ours {
            model.drafts.forget(&place);
        }
        return ours.then_some(Effect::DropDraft(place));
    }
    let unkept = Unkept {
        seen: form.purpose.seen(),
        fields: form.draft(),
        place,
    };
    let storable = may_be_stored(&unkept.fields).is_ok();
    let ahead = is_ahead_of_the_store(model);
    let told = model.texts.get(if storable {
        "draft-kept"
    } else {
        "draft-never-written"
    });
    model.tell(told);
    if ahead {
        model.drafts.keep(unkept)
    } else {
        None
    }
}

/// A draft was kept, or not.
pub(super) fn draft_kept(
    model: &mut Model,
    place: &Place,
    result: Result<Draft, OpError>,
) -> Vec<Effect> {
    match result {
        Ok(draft) => model.drafts.kept(draft),
        Err(error) => {
            model.drafts.failed(place);
            let mut message = model.texts.op_error(&error);
            message.what = model
                .texts
                .with("draft-failed", &[("why", message.what.into())]);
            model.complain(message);
        }
    }
    // In a form that is still open the text itself is on the screen, and the next key tries again.
    if model.leaving && !model.drafts.is_under_way() {
        model.leaving = false;
        idle(model);
        leave_or_ask(model);
    }
    Vec::new()
}

/// A draft was thrown away, or not.
pub(super) fn draft_dropped(model: &mut Model, place: &Place, result: Result<(), OpError>) {
    match result {
        // Rows that were asked for before may have brought it back.
        Ok(()) => model.drafts.dropped(place),
        Err(error) => {
            let message = model.texts.op_error(&error);
            model.complain(message);
        }
    }
}

/// Leaving keeps what is not kept yet, and asks only where that cannot be done.
pub(super) fn quit(model: &mut Model) -> Vec<Effect> {
    let effects = model.drafts.try_again();
    if model.drafts.is_under_way() {
        model.leaving = true;
        model.busy = true;
        return effects;
    }
    leave_or_ask(model);
    Vec::new()
}

fn leave_or_ask(model: &mut Model) {
    let lost = model.drafts.only_here();
    if lost == 0 {
        model.quit = true;
        return;
    }
    let question = model.texts.with("confirm-quit", &[("n", lost.into())]);
    model.dialogs.push(Dialog::Confirm(Confirm {
        lines: vec![question],
        yes: Effect::Quit,
    }));
}

/// Asks before a form is emptied.
pub(super) fn ask_to_start_over(model: &mut Model) -> Vec<Effect> {
    let Some(place) = model.form().and_then(|form| form.purpose.place()) else {
        return start_over(model);
    };
    model.dialogs.push(Dialog::Confirm(Confirm {
        lines: vec![model.texts.get("confirm-start-over")],
        yes: Effect::DropDraft(place),
    }));
    Vec::new()
}

/// Empties the form, and drops what was kept of it.
pub(super) fn start_over(model: &mut Model) -> Vec<Effect> {
    let Some(Dialog::Form(form)) = model.dialogs.last_mut() else {
        return Vec::new();
    };
    form.start_over();
    adapt(
        form,
        Now {
            texts: &model.texts,
            today: model.today,
            rules: model.rules,
        },
    );
    let place = form.purpose.place();
    if let Some(place) = &place {
        model.drafts.forget(place);
    }
    place.map(Effect::DropDraft).into_iter().collect()
}

/// Rows and drafts were read anew: tells once of those from last time, and notices when the one of the open form is
/// gone, because another terminal saved or dropped its own.
pub(super) fn looked_at(model: &mut Model) {
    if !model.told_of_drafts {
        model.told_of_drafts = true;
        tell_of_drafts(model);
    }
    let place = model.form().and_then(|form| form.purpose.place());
    if let Some(place) = place
        && !model.drafts.is_under_way()
        && !model.drafts.has_failed(&place)
        && model.drafts.in_store(&place).is_none()
        && let Some(form) = model.form_mut()
        && form
            .handed
            .as_ref()
            .is_some_and(|it| may_be_stored(it).is_ok())
    {
        form.handed = None;
    }
}

fn tell_of_drafts(model: &mut Model) {
    let drafts = model.drafts.stored();
    let mut named: Vec<String> = drafts
        .iter()
        .take(NAMED)
        .map(|draft| {
            let form = model.name_of_draft(&draft.place);
            match draft.place.on {
                Some(id) => format!("{id} ({form})"),
                None => form,
            }
        })
        .collect();
    // Where nothing can be changed no form opens, so there is nothing to be asked for.
    if drafts.is_empty() || model.read_only {
        return;
    }
    if drafts.len() > NAMED {
        named.push("…".to_owned());
    }
    let text = model.texts.with(
        "drafts-there",
        &[
            ("n", drafts.len().into()),
            ("named", named.join(", ").into()),
        ],
    );
    model.tell(text);
}
