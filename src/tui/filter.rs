//! What a tab shows of what there is, and in which order.

use crate::domain::deadline::Urgency;
use crate::domain::request::{Kind, Status};
use crate::domain::standing::Flag;
use crate::i18n::Texts;
use crate::ops::queries::{ListQuery, Order, Which};

/// A condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Facet {
    /// Open, closed, or both.
    Which(Which),
    /// Requests of this status.
    Status(Status),
    /// Requests of this kind.
    Kind(Kind),
    /// This urgent.
    Urgency(Urgency),
    /// With this flag.
    Flag(Flag),
}

/// The conditions of a tab, and its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filter {
    /// Open, closed, or both.
    pub which: Which,
    /// Requests of this status.
    pub status: Option<Status>,
    /// Requests of this kind.
    pub kind: Option<Kind>,
    /// This urgent.
    pub urgency: Option<Urgency>,
    /// With this flag.
    pub flag: Option<Flag>,
    /// The order of the open ones.
    pub order: Order,
}

/// Everything, the most urgent first.
impl Default for Filter {
    fn default() -> Self {
        Self {
            which: Which::Any,
            status: None,
            kind: None,
            urgency: None,
            flag: None,
            order: Order::Urgency,
        }
    }
}

impl Facet {
    /// What can be asked for; of requests more than of others.
    pub fn all(of_requests: bool) -> Vec<Self> {
        let mut facets = vec![
            Self::Which(Which::Any),
            Self::Which(Which::Open),
            Self::Which(Which::Closed),
        ];
        facets.extend(Urgency::ALL.map(Self::Urgency));
        facets.extend(Flag::ALL.map(Self::Flag));
        if of_requests {
            let open = Status::ALL.into_iter().filter(|it| *it != Status::Closed);
            facets.extend(open.map(Self::Status));
            facets.extend(Kind::ALL.map(Self::Kind));
        }
        facets
    }

    /// It in words.
    pub fn words(self, texts: &Texts) -> String {
        match self {
            Self::Which(Which::Any) => texts.get("filter-any"),
            Self::Which(Which::Open) => texts.get("filter-open"),
            Self::Which(Which::Closed) => texts.get("filter-closed"),
            Self::Status(status) => texts.status(status),
            Self::Kind(kind) => texts.kind(kind),
            Self::Urgency(urgency) => texts.urgency(urgency),
            Self::Flag(flag) => texts.flag(flag),
        }
    }

    /// What kind of condition it is, in words.
    pub fn sort_of(self, texts: &Texts) -> String {
        texts.get(match self {
            Self::Which(_) => "facet-which",
            Self::Status(_) => "facet-status",
            Self::Kind(_) => "facet-kind",
            Self::Urgency(_) => "facet-urgency",
            Self::Flag(_) => "facet-flag",
        })
    }
}

impl Filter {
    /// Whether it holds already.
    pub fn has(&self, facet: Facet) -> bool {
        match facet {
            Facet::Which(which) => self.which == which,
            Facet::Status(status) => self.status == Some(status),
            Facet::Kind(kind) => self.kind == Some(kind),
            Facet::Urgency(urgency) => self.urgency == Some(urgency),
            Facet::Flag(flag) => self.flag == Some(flag),
        }
    }

    /// Adds a condition, in the place of the one of its kind; one that holds already is taken away.
    pub fn toggle(&mut self, facet: Facet) {
        let had = self.has(facet);
        match facet {
            Facet::Which(which) => self.which = if had { Which::Any } else { which },
            Facet::Status(status) => self.status = (!had).then_some(status),
            Facet::Kind(kind) => self.kind = (!had).then_some(kind),
            Facet::Urgency(urgency) => self.urgency = (!had).then_some(urgency),
            Facet::Flag(flag) => self.flag = (!had).then_some(flag),
        }
    }

    /// Whether it leaves anything out, or changes the order.
    pub fn is_set(&self) -> bool {
        *self != Self::default()
    }

    /// Puts it into a question.
    pub fn apply(&self, query: &mut ListQuery) {
        query.which = self.which;
        query.status = self.status;
        query.kind = self.kind;
        query.urgency = self.urgency;
        query.flag = self.flag;
        query.order = self.order;
    }

    /// What it shows, in words; nothing where it shows everything.
    pub fn words(&self, texts: &Texts) -> Option<String> {
        if !self.is_set() {
            return None;
        }
        let which = (self.which != Which::Any).then_some(Facet::Which(self.which));
        let facets = [
            which,
            self.urgency.map(Facet::Urgency),
            self.status.map(Facet::Status),
            self.kind.map(Facet::Kind),
            self.flag.map(Facet::Flag),
        ];
        let mut words: Vec<String> = facets
            .into_iter()
            .flatten()
            .map(|facet| facet.words(texts))
            .collect();
        if self.order != Order::default() {
            words.push(order_words(self.order, texts));
        }
        Some(words.join(" · "))
    }
}

/// An order in words.
pub fn order_words(order: Order, texts: &Texts) -> String {
    texts.get(match order {
        Order::Urgency => "order-urgency",
        Order::Received => "order-received",
        Order::Name => "order-name",
        Order::Id => "order-id",
    })
}
