//! A form: fields one moves between, with a real text editor in each. Knows nothing of what it is for.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tui_textarea::{CursorMove, TextArea};

use super::super::keymap::Action;
use super::forms::Purpose;
use crate::domain::draft::Fields;
use crate::mail::clean;

/// The most characters a field takes; a paste beyond that is cut.
const FIELD_CHARS: usize = 200_000;
/// Lines that `PageUp` and `PageDown` go in a text.
const PAGE: usize = 10;
/// Steps that can be undone in a text.
const UNDO_STEPS: usize = 1000;

/// What a field is filled in with.
#[derive(Debug)]
pub enum Entry {
    /// One line.
    Line(TextArea<'static>),
    /// Several lines.
    Area(TextArea<'static>),
    /// One of several: value and words.
    Choice {
        /// Values and the words on the screen.
        options: Vec<(String, String)>,
        /// The one chosen.
        chosen: usize,
    },
}

/// A field.
#[derive(Debug)]
pub struct Field {
    /// What it is called in the code.
    pub name: &'static str,
    /// What it is called on the screen.
    pub label: String,
    /// What it is filled in with.
    pub entry: Entry,
    /// What is wrong with it.
    pub error: Option<String>,
    /// What is to be known of what was filled in.
    pub told: Option<String>,
    /// Whether it is asked for at all.
    pub shown: bool,
    /// Whether it is there to be read first: the cursor begins at its beginning, and a long text takes the room there is.
    pub reading: bool,
}

/// A form.
#[derive(Debug)]
pub struct Form {
    /// What it is for.
    pub purpose: Purpose,
    /// Its title.
    pub title: String,
    /// What is to be read before filling it in.
    pub info: Vec<InfoLine>,
    /// The fields.
    pub fields: Vec<Field>,
    /// The field that has the keys.
    pub focus: usize,
    /// What went wrong when it was saved.
    pub error: Option<crate::i18n::errors::Message>,
    /// Under way: keys wait.
    pub saving: bool,
    /// What was filled in when it was opened, to tell whether text would be lost.
    pub initial: Fields,
    /// What was last handed over to be kept as a draft, or taken up from one.
    pub handed: Option<Fields>,
    /// Said of the draft that was taken up.
    pub taken_up: Vec<String>,
}

/// A line to be read, and how it bears on what is being decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InfoLine {
    /// The text.
    pub text: String,
    /// Good, doubtful or bad; `None` for neither.
    pub light: Option<crate::domain::rejection::Light>,
}

fn text_area(text: &str) -> TextArea<'static> {
    let lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let mut area = TextArea::new(lines);
    area.set_max_histories(UNDO_STEPS);
    area.set_cursor_line_style(ratatui::style::Style::new());
    area.move_cursor(CursorMove::Bottom);
    area.move_cursor(CursorMove::End);
    area
}

fn wrapped_area(text: &str) -> TextArea<'static> {
    let mut area = text_area(text);
    area.set_wrap_mode(tui_textarea::WrapMode::WordOrGlyph);
    area
}

impl Field {
    /// A line.
    pub fn line(name: &'static str, label: String, text: &str) -> Self {
        Self {
            name,
            label,
            entry: Entry::Line(text_area(text)),
            error: None,
            told: None,
            shown: true,
            reading: false,
        }
    }

    /// Several lines.
    pub fn area(name: &'static str, label: String, text: &str) -> Self {
        Self {
            name,
            label,
            entry: Entry::Area(wrapped_area(text)),
            error: None,
            told: None,
            shown: true,
            reading: false,
        }
    }

    /// The field with what it is filled in with, to be read first.
    #[must_use]
    pub fn to_be_read(mut self) -> Self {
        self.reading = true;
        self.to_the_beginning();
        self
    }

    /// Puts the cursor of a text that is to be read first at its beginning.
    pub fn to_the_beginning(&mut self) {
        if let (Entry::Line(area) | Entry::Area(area), true) = (&mut self.entry, self.reading) {
            area.move_cursor(CursorMove::Top);
            area.move_cursor(CursorMove::Head);
        }
    }

    /// Whether it takes the room there is on the screen.
    pub fn is_tall(&self) -> bool {
        self.reading && matches!(self.entry, Entry::Area(_))
    }

    /// A choice.
    pub fn choice(
        name: &'static str,
        label: String,
        options: Vec<(String, String)>,
        chosen: &str,
    ) -> Self {
        let chosen = options
            .iter()
            .position(|(value, _)| value == chosen)
            .unwrap_or(0);
        Self {
            name,
            label,
            entry: Entry::Choice { options, chosen },
            error: None,
            told: None,
            shown: true,
            reading: false,
        }
    }

    /// What was filled in.
    pub fn value(&self) -> String {
        match &self.entry {
            Entry::Line(area) | Entry::Area(area) => area.lines().join("\n"),
            Entry::Choice { options, chosen } => options
                .get(*chosen)
                .map_or_else(String::new, |(value, _)| value.clone()),
        }
    }

    /// Puts another text in the place of what was filled in.
    pub fn fill(&mut self, text: &str) {
        match &mut self.entry {
            Entry::Line(area) => *area = text_area(text),
            Entry::Area(area) => *area = wrapped_area(text),
            Entry::Choice { options, chosen } => {
                if let Some(position) = options.iter().position(|(value, _)| value == text) {
                    *chosen = position;
                }
            }
        }
        self.to_the_beginning();
    }

    /// Types text into the field.
    pub fn insert(&mut self, text: &str) {
        let room = FIELD_CHARS.saturating_sub(self.value().chars().count());
        let one_line = matches!(self.entry, Entry::Line(_));
        if let Entry::Line(area) | Entry::Area(area) = &mut self.entry {
            let cleaned = if one_line {
                clean_line(text)
            } else {
                clean::text(text)
            };
            let fitting: String = cleaned.chars().take(room).collect();
            area.insert_str(fitting);
            self.error = None;
        }
    }

    fn step(&mut self, forward: bool) {
        if let Entry::Choice { options, chosen } = &mut self.entry {
            let count = options.len().max(1);
            *chosen = if forward {
                (*chosen + 1) % count
            } else {
                (*chosen + count - 1) % count
            };
            self.error = None;
        }
    }

    /// Whether it is a choice.
    pub fn is_choice(&self) -> bool {
        matches!(self.entry, Entry::Choice { .. })
    }
}

/// As `clean::line`, but a blank that is just being typed at the end stays.
fn clean_line(text: &str) -> String {
    if text.chars().all(|c| !c.is_control()) && text.chars().count() == 1 {
        return text.to_owned();
    }
    clean::line(text)
}

/// What a key did to a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormEnd {
    /// Nothing that ends it.
    GoesOn,
    /// It is to be saved.
    Save,
    /// It is to be left, its text kept as a draft.
    Leave,
    /// It is to be emptied, its draft thrown away.
    StartOver,
    /// The text under the cursor goes to the owner's editor.
    Editor,
}

impl Form {
    /// A form with its fields.
    pub fn new(purpose: Purpose, title: String, fields: Vec<Field>) -> Self {
        let mut form = Self {
            purpose,
            title,
            info: Vec::new(),
            fields,
            focus: 0,
            error: None,
            saving: false,
            initial: Vec::new(),
            handed: None,
            taken_up: Vec::new(),
        };
        form.initial = form.draft();
        form
    }

    /// The value of a field.
    pub fn value(&self, name: &str) -> String {
        self.fields
            .iter()
            .find(|field| field.name == name)
            .map(Field::value)
            .unwrap_or_default()
    }

    /// Whether a field is asked for.
    pub fn shows(&self, name: &str) -> bool {
        self.fields
            .iter()
            .any(|field| field.name == name && field.shown)
    }

    /// Fills a field in.
    pub fn set(&mut self, name: &str, text: &str) {
        self.fill(&vec![(name.to_owned(), text.to_owned())]);
    }

    /// What is filled in.
    pub fn draft(&self) -> Fields {
        self.fields
            .iter()
            .map(|field| (field.name.to_owned(), field.value()))
            .collect()
    }

    /// Whether something was filled in since it was opened.
    pub fn is_touched(&self) -> bool {
        self.draft() != self.initial
    }

    /// Whether something was filled in that is not kept as a draft yet.
    pub fn is_unkept(&self) -> bool {
        let draft = self.draft();
        !self.saving && draft != self.initial && self.handed.as_ref() != Some(&draft)
    }

    /// Fills in what was filled in before.
    pub fn restore(&mut self, fields: &Fields) {
        self.fill(fields);
        self.handed = Some(self.draft());
    }

    /// Empties it of what was filled in since it was opened, the draft it was opened with included.
    pub fn start_over(&mut self) {
        let initial = std::mem::take(&mut self.initial);
        self.fill(&initial);
        self.initial = initial;
        self.handed = None;
        self.taken_up.clear();
        self.error = None;
        self.focus = 0;
    }

    fn fill(&mut self, fields: &Fields) {
        for (name, text) in fields {
            if let Some(field) = self.fields.iter_mut().find(|field| field.name == *name) {
                field.fill(text);
                field.error = None;
            }
        }
    }

    /// Marks a field as wrong and goes there.
    pub fn reject(&mut self, name: &str, error: String) {
        if let Some(index) = self.fields.iter().position(|field| field.name == name) {
            self.focus = index;
            if let Some(field) = self.fields.get_mut(index) {
                field.error = Some(error);
            }
        }
    }

    /// Whether the field that has the keys takes several lines.
    pub fn has_long_text(&self) -> bool {
        let focused = self.fields.get(self.focus);
        focused.is_some_and(|field| matches!(field.entry, Entry::Area(_)))
    }

    /// The field that has the keys, when it takes several lines.
    pub fn long_text(&mut self) -> Option<&mut Field> {
        self.focused()
            .filter(|field| matches!(field.entry, Entry::Area(_)))
    }

    fn focused(&mut self) -> Option<&mut Field> {
        self.fields.get_mut(self.focus)
    }

    /// To the next field that is asked for, or the one before.
    fn move_focus(&mut self, forward: bool) {
        let count = self.fields.len();
        let from = self.focus;
        let at = |step: usize| {
            if forward {
                (from + step) % count
            } else {
                (from + count - step) % count
            }
        };
        self.focus = (1..=count)
            .map(at)
            .find(|index| self.fields[*index].shown)
            .unwrap_or(from);
    }

    /// Text that was pasted.
    pub fn paste(&mut self, text: &str) {
        if let Some(field) = self.focused() {
            field.insert(text);
        }
    }

    /// A key; `action` is what the key table says of it.
    pub fn key(&mut self, key: KeyEvent, action: Option<Action>) -> FormEnd {
        if self.saving {
            return FormEnd::GoesOn;
        }
        let on_choice = self.fields.get(self.focus).is_some_and(Field::is_choice);
        match action {
            Some(Action::Save) => return FormEnd::Save,
            Some(Action::Back) => return FormEnd::Leave,
            Some(Action::Editor) => return FormEnd::Editor,
            Some(Action::StartOver) if self.is_touched() => return FormEnd::StartOver,
            Some(Action::NextField) => self.move_focus(true),
            Some(Action::PreviousField) => self.move_focus(false),
            Some(Action::NextChoice) if on_choice => self.step(true),
            Some(Action::PreviousChoice) if on_choice => self.step(false),
            _ if on_choice => self.choice_key(key),
            _ => return self.text_key(key),
        }
        FormEnd::GoesOn
    }

    fn step(&mut self, forward: bool) {
        if let Some(field) = self.focused() {
            field.step(forward);
        }
    }

    fn choice_key(&mut self, key: KeyEvent) {
        match key.code {
            KeyCode::Char(' ') => self.step(true),
            KeyCode::Down | KeyCode::Enter => self.move_focus(true),
            KeyCode::Up => self.move_focus(false),
            _ => {}
        }
    }

    /// Keys of the text editor: moving, deleting, typing. The editor's own shortcuts are left out, since no help
    /// would mention them.
    fn text_key(&mut self, key: KeyEvent) -> FormEnd {
        let one_line = matches!(
            self.fields.get(self.focus).map(|field| &field.entry),
            Some(Entry::Line(_))
        );
        match key.code {
            KeyCode::Enter if one_line => {
                if !self.fields.iter().skip(self.focus + 1).any(|it| it.shown) {
                    return FormEnd::Save;
                }
                self.move_focus(true);
                return FormEnd::GoesOn;
            }
            KeyCode::Up if one_line => {
                self.move_focus(false);
                return FormEnd::GoesOn;
            }
            KeyCode::Down if one_line => {
                self.move_focus(true);
                return FormEnd::GoesOn;
            }
            KeyCode::Char(letter)
                if !key
                    .modifiers
                    .intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) =>
            {
                let mut buffer = [0; 4];
                let text = letter.encode_utf8(&mut buffer);
                self.paste(text);
                return FormEnd::GoesOn;
            }
            _ => {}
        }
        let Some(field) = self.focused() else {
            return FormEnd::GoesOn;
        };
        if let Entry::Line(area) | Entry::Area(area) = &mut field.entry {
            edit(area, key);
            field.error = None;
        }
        FormEnd::GoesOn
    }
}

fn edit(area: &mut TextArea<'static>, key: KeyEvent) {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    match (key.code, control) {
        (KeyCode::Left, false) => area.move_cursor(CursorMove::Back),
        (KeyCode::Right, false) => area.move_cursor(CursorMove::Forward),
        (KeyCode::Left, true) => area.move_cursor(CursorMove::WordBack),
        (KeyCode::Right, true) => area.move_cursor(CursorMove::WordForward),
        (KeyCode::Up, _) => area.move_cursor(CursorMove::Up),
        (KeyCode::Down, _) => area.move_cursor(CursorMove::Down),
        (KeyCode::PageUp, _) => (0..PAGE).for_each(|_| area.move_cursor(CursorMove::Up)),
        (KeyCode::PageDown, _) => (0..PAGE).for_each(|_| area.move_cursor(CursorMove::Down)),
        (KeyCode::Home, false) => area.move_cursor(CursorMove::Head),
        (KeyCode::End, false) => area.move_cursor(CursorMove::End),
        (KeyCode::Home, true) => area.move_cursor(CursorMove::Top),
        (KeyCode::End, true) => area.move_cursor(CursorMove::Bottom),
        (KeyCode::Backspace, false) => {
            area.delete_char();
        }
        (KeyCode::Delete, false) => {
            area.delete_next_char();
        }
        (KeyCode::Char('w') | KeyCode::Backspace, true) => {
            area.delete_word();
        }
        (KeyCode::Enter, _) => area.insert_newline(),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::keymap::{Keys, Mode};
    use super::*;

    fn form() -> Form {
        let fields = vec![
            Field::line("name", "Navn".into(), ""),
            Field::choice(
                "kind",
                "Art".into(),
                vec![("a".into(), "A".into()), ("b".into(), "B".into())],
                "a",
            ),
            Field::area("text", "Tekst".into(), ""),
        ];
        Form::new(Purpose::NewOptOut, "Prøve".into(), fields)
    }

    fn press(form: &mut Form, code: KeyCode) -> FormEnd {
        let key = KeyEvent::new(code, KeyModifiers::NONE);
        let action = Keys::default().lookup(Mode::Form, key);
        form.key(key, action.map(|binding| binding.action))
    }

    #[test]
    fn typing_moving_and_choosing() {
        let mut form = form();
        for letter in "Åse B".chars() {
            press(&mut form, KeyCode::Char(letter));
        }
        press(&mut form, KeyCode::Enter);
        press(&mut form, KeyCode::Right);
        press(&mut form, KeyCode::Tab);
        press(&mut form, KeyCode::Char('q'));
        press(&mut form, KeyCode::Enter);
        press(&mut form, KeyCode::Char('r'));
        assert_eq!(form.value("name"), "Åse B");
        assert_eq!(form.value("kind"), "b");
        assert_eq!(form.value("text"), "q\nr");
        assert!(form.is_touched());
        assert_eq!(press(&mut form, KeyCode::Esc), FormEnd::Leave);
    }

    #[test]
    fn a_draft_comes_back() {
        let mut first = form();
        press(&mut first, KeyCode::Char('x'));
        let mut second = form();
        second.restore(&first.draft());
        assert_eq!(second.value("name"), "x");
    }

    #[test]
    fn pasted_control_characters_do_not_get_in() {
        let mut form = form();
        form.paste("a\u{1b}[31mb\r\nc\u{202e}");
        assert_eq!(form.value("name"), "a[31mb c");
    }
}
