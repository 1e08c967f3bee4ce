//! What holds at a point of the walk: the elements around it and what they say.

use super::link::LinkPlace;
use super::survey::Spot;
use super::visible::Mark;

/// What an element tells the elements within it.
#[derive(Clone, Copy)]
pub(super) struct Context<'t> {
    pub place: LinkPlace,
    /// In header, menu or footer: its words do not count.
    pub chrome: bool,
    pub main: bool,
    pub form: usize,
    pub label: Option<Spot<'t>>,
    /// The number of the legend of the fieldset or group around.
    pub legend: Option<usize>,
    pub disabled: bool,
    pub pre: bool,
    /// In decoration: no text, but ticks and switches.
    pub quiet: bool,
}

impl Context<'_> {
    /// What holds outside every element.
    pub const OUTSIDE: Self = Self {
        place: LinkPlace::Body,
        chrome: false,
        main: false,
        form: 0,
        label: None,
        legend: None,
        disabled: false,
        pre: false,
        quiet: false,
    };
}

/// An element that was entered and not yet left.
pub(super) struct Enclosing<'t> {
    pub context: Context<'t>,
    pub is_table: bool,
    /// A link or label: style sheets part it from the next one.
    pub is_box: bool,
    pub ends: Ends,
    pub mark: Option<Mark>,
    pub anchor: Option<usize>,
}

/// What is completed when an element ends.
pub(super) enum Ends {
    Inline,
    Block,
    Item,
    Link(usize),
    Heading(u8),
    Form(usize),
}
