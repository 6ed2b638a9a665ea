//! Twenty thousand keys nobody thought of.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use indsigt::i18n::Language::{Da, En};

use crate::app::{App, today};

const KEYS_A_RUN: usize = 5000;

/// A small generator that gives the same numbers everywhere (xorshift64*).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(number).unwrap() % limit
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    fn key(&mut self) -> KeyEvent {
        let letters: Vec<char> = "rxenotdialwbyuufpjjjjkkgG12345//?:qs[] æøå日é.0<"
            .chars()
            .collect();
        let control: Vec<char> = "ssssrduczax".chars().collect();
        let codes = [
            KeyCode::Enter,
            KeyCode::Enter,
            KeyCode::Esc,
            KeyCode::Esc,
            KeyCode::Tab,
            KeyCode::BackTab,
            KeyCode::Up,
            KeyCode::Down,
            KeyCode::Left,
            KeyCode::Right,
            KeyCode::Home,
            KeyCode::End,
            KeyCode::PageUp,
            KeyCode::PageDown,
            KeyCode::Backspace,
            KeyCode::Delete,
            KeyCode::F(5),
            KeyCode::Char(' '),
        ];
        match self.below(10) {
            0..=4 => KeyEvent::new(KeyCode::Char(self.one_of(&letters)), KeyModifiers::NONE),
            5..=8 => KeyEvent::new(self.one_of(&codes), KeyModifiers::NONE),
            _ => KeyEvent::new(KeyCode::Char(self.one_of(&control)), KeyModifiers::CONTROL),
        }
    }
}

/// Presses random keys; after each the screen can be drawn, and the history has grown by what was done and by nothing
/// else.
fn run(seed: u64) {
    let mut dice = Dice(seed);
    let language = dice.one_of(&[Da, En]);
    let mut app = App::demo(language, (80, 24), today());
    app.model.export_folder = format!("{}/", app.folder().display());
    let mut before = app.history().len();
    let mut pressed = Vec::new();
    let mut tabs = [false; 5];
    for number in 0..KEYS_A_RUN {
        if dice.below(60) == 0 {
            let size = (dice.below(180), dice.below(60));
            app.resize((
                u16::try_from(size.0).unwrap() + 1,
                u16::try_from(size.1).unwrap() + 1,
            ));
        }
        if dice.below(200) == 0 {
            app.tick();
        }
        let key = dice.key();
        pressed.push(key);
        let explained = app.explained;
        app.key(key);
        app.model.quit = false;
        tabs[app.model.tab.index()] = true;
        // A key with a modifier or in a form may show anything; each is drawn sooner or later.
        if number % 5 == 0 || !app.model.dialogs.is_empty() {
            let screen = app.screen();
            let last = &pressed[pressed.len().saturating_sub(20)..];
            assert!(
                !screen.contains('⟦'),
                "seed {seed}, after {last:?}:\n{screen}"
            );
        }
        if app.explained != explained {
            let after = app.history().len();
            assert_eq!(
                after,
                before + app.explained - explained,
                "seed {seed}, {number}: {key:?}"
            );
            before = after;
        }
    }
    // Nothing was changed that was not told.
    assert_eq!(app.history().len(), before);
    assert!(before > 217, "something was done");
    assert_eq!(tabs, [true; 5]);
    // The numbers of the history have no gap, and every record can still be shown.
    for (index, entry) in app.history().iter().enumerate() {
        assert_eq!(entry.seq, index as u64 + 1);
        assert!(["tui", "demo"].contains(&entry.via.word()));
    }
}

#[test]
fn random_keys_never_break_anything_1() {
    run(0x9e37_79b9_7f4a_7c15);
}

#[test]
fn random_keys_never_break_anything_2() {
    run(0x1234_5678_9abc_def1);
}

#[test]
fn random_keys_never_break_anything_3() {
    run(2026);
}

#[test]
fn random_keys_never_break_anything_4() {
    run(0xfeed_beef_0bad_cafe);
}
