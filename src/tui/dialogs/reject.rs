//! The dialog of a refusal: what it asks depends on the ground that is chosen (RULES §4).
//!
//! A ground that usually covers only a part is offered as what it usually is: give the rest, and close as partly met.

use super::super::model::Model;
use super::form::{Field, Form, InfoLine};
use super::forms::{self, Purpose};
use crate::domain::rejection::Ground;
use crate::domain::request::Outcome;
use crate::i18n::Texts;
use crate::ops::Target;

/// Gives the rest.
const PARTLY: &str = "partly";
/// Refuses all of it.
const WHOLE: &str = "whole";

/// Its fields.
pub fn fields(texts: &Texts) -> Vec<Field> {
    let grounds = Ground::ALL
        .iter()
        .map(|ground| (ground.word().to_owned(), texts.ground(*ground)))
        .collect();
    let how = vec![
        (PARTLY.to_owned(), texts.get("how-partly")),
        (WHOLE.to_owned(), texts.get("how-whole")),
    ];
    let burden = vec![
        ("no".to_owned(), texts.get("burden-no")),
        ("yes".to_owned(), texts.get("burden-yes")),
    ];
    let choice = |name, label, options| Field::choice(name, texts.get(label), options, "");
    vec![
        choice("ground", "field-ground", grounds),
        choice("how", "field-how", how),
        Field::area("facts", texts.get("field-facts"), ""),
        choice("burden", "field-burden", burden),
    ]
}

fn ground(form: &Form) -> Option<Ground> {
    let chosen = form.value("ground");
    Ground::ALL.into_iter().find(|it| it.word() == chosen)
}

/// Shows the fields that the chosen ground asks for, and says what is to be known of it.
pub fn adapt(form: &mut Form, texts: &Texts) {
    let (Purpose::Reject(_) | Purpose::Refuse(..), Some(ground)) = (&form.purpose, ground(form))
    else {
        return;
    };
    let partial = ground.is_usually_partial();
    for field in &mut form.fields {
        match field.name {
            "ground" => field.told = partial.then(|| texts.get("ground-is-partial")),
            "how" => field.shown = partial,
            "facts" if ground == Ground::NotController => {
                field.label = texts.get("field-controller");
            }
            "facts" => field.label = texts.get("field-facts"),
            // Who calls the request itself unreasonable has to prove it (art. 12(5)).
            "burden" => field.shown = ground.is_unreasonableness(),
            _ => {}
        }
    }
}

/// The record of which the rest is to be given: refusing a part is closing the request as partly met.
pub fn gives_the_rest(form: &Form) -> Option<Target> {
    let (Purpose::Reject(target) | Purpose::Refuse(target, _)) = form.purpose else {
        return None;
    };
    let partial = ground(form).is_some_and(Ground::is_usually_partial);
    (partial && form.value("how") == PARTLY).then_some(target)
}

/// The form that closes a request as partly met, with the facts of a refusal as its note.
pub fn partly_met(target: Target, facts: &str, model: &Model) -> Form {
    let mut form = forms::form(Purpose::Resolve(target), model);
    form.set("outcome", Outcome::PartlyMet.word());
    if facts.trim().is_empty() {
        return form;
    }
    // What was noted for the closing before stays in front.
    let noted = [form.value("note"), facts.trim().to_owned()];
    let noted: Vec<String> = noted.into_iter().filter(|it| !it.is_empty()).collect();
    form.set("note", &noted.join("\n\n"));
    form.info.push(InfoLine {
        text: model.texts.get("form-partly"),
        light: None,
    });
    form
}
