//! Colours by meaning. Sixteen colours, quiet, and never the only sign: a symbol or a word says the same.

use ratatui::style::{Color, Modifier, Style};

use crate::domain::deadline::Urgency;

/// The styles of the screen.
#[derive(Debug, Clone, Copy)]
pub struct Theme {
    color: bool,
}

impl Theme {
    /// With colours, or with bold, dim and reversed only.
    pub fn new(color: bool) -> Self {
        Self { color }
    }

    fn colored(self, color: Color) -> Style {
        if self.color {
            Style::new().fg(color)
        } else {
            Style::new()
        }
    }

    /// Ordinary text.
    pub fn plain(self) -> Style {
        Style::new()
    }

    /// Text of minor interest.
    pub fn dim(self) -> Style {
        if self.color {
            Style::new().fg(Color::DarkGray)
        } else {
            Style::new().add_modifier(Modifier::DIM)
        }
    }

    /// A heading.
    pub fn heading(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// The tab that is open, and the row under the cursor.
    pub fn selected(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// A row under the cursor of a pane that does not have the keys.
    pub fn selected_elsewhere(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// A key in the footer and in the help.
    pub fn key(self) -> Style {
        self.colored(Color::Cyan).add_modifier(Modifier::BOLD)
    }

    /// A warning or an error.
    pub fn warning(self) -> Style {
        self.colored(Color::Red)
    }

    /// Something that went well.
    pub fn good(self) -> Style {
        self.colored(Color::Green)
    }

    /// How pressing something is.
    pub fn urgency(self, urgency: Urgency) -> Style {
        match urgency {
            Urgency::Overdue => self.colored(Color::Red).add_modifier(Modifier::BOLD),
            Urgency::ActNow => self.colored(Color::Yellow),
            Urgency::Soon => self.colored(Color::Cyan),
            Urgency::Later => Style::new(),
        }
    }
}

/// The symbol of an urgency, two columns wide.
pub const fn symbol(urgency: Option<Urgency>) -> &'static str {
    match urgency {
        Some(Urgency::Overdue) => "!!",
        Some(Urgency::ActNow) => "! ",
        Some(Urgency::Soon) => "- ",
        Some(Urgency::Later) => "  ",
        None => "x ",
    }
}
