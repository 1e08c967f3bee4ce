//! The walk over a page: one pass in document order, without recursion.

use std::collections::HashMap;
use std::ops::Range;

use ego_tree::iter::Edge;
use scraper::Node;
use scraper::node::Element;
use url::Url;

use super::context::{Context, Enclosing, Ends};
use super::element::{has_class, heading_level, is_block, is_box, is_control, is_tickable};
use super::form::Form;
use super::gather::{ends_with, starts_with};
use super::link::{Link, LinkPlace};
use super::markup::Markup;
use super::place::place;
use super::survey::{Spot, Survey};
use super::visible::{Break, Writer};

/// What one walk gathers.
pub(super) struct Walk<'a, 't> {
    pub survey: &'a Survey<'t>,
    pub base: Option<Url>,
    pub writer: Writer,
    pub words: usize,
    pub links: Vec<Link>,
    /// The forms; the first gathers the controls outside any form.
    pub forms: Vec<Form>,
    pub headings: Vec<(u8, Range<usize>)>,
    pub frames: Vec<Url>,
    pub anchors: Vec<(String, Range<usize>)>,
    /// What encloses the current element, from the outside in.
    around: Vec<Enclosing<'t>>,
    /// The form of a `<table><form>`, which the parser closes at once, and the depth of its table.
    pub(super) table_form: Option<(usize, usize)>,
    pub(super) form_ids: HashMap<&'t str, usize>,
    pub(super) legends: Vec<String>,
    /// Where the last link or label ended.
    box_end: usize,
    /// How many bytes of labels are still kept: many controls may point to one long label.
    pub(super) labels_left: usize,
}

impl<'a, 't> Walk<'a, 't> {
    pub fn new(survey: &'a Survey<'t>, base: Option<Url>) -> Self {
        let outside = Form { range: 0..0, controls: Vec::new(), action: String::new() };
        Self {
            survey,
            base,
            writer: Writer::new(),
            words: 0,
            links: Vec::new(),
            forms: vec![outside],
            headings: Vec::new(),
            frames: Vec::new(),
            anchors: Vec::new(),
            around: Vec::new(),
            table_form: None,
            form_ids: HashMap::new(),
            legends: Vec::new(),
            box_end: usize::MAX,
            labels_left: 1 << 20,
        }
    }

    pub fn over(mut self, root: Spot<'t>) -> Self {
        let mut skipped = None;
        for edge in root.traverse() {
            match edge {
                Edge::Close(spot) if skipped == Some(spot.id()) => skipped = None,
                _ if skipped.is_some() => {}
                Edge::Open(spot) => match spot.value() {
                    Node::Text(text) => self.text(text),
                    Node::Element(element) => {
                        let read = self.enter(spot, element);
                        skipped = (!read).then(|| spot.id());
                    }
                    _ => {}
                },
                Edge::Close(spot) => {
                    if spot.value().is_element() {
                        self.leave();
                    }
                }
            }
        }
        self
    }

    fn context(&self) -> Context<'t> {
        self.around.last().map_or(Context::OUTSIDE, |enclosing| enclosing.context)
    }

    fn text(&mut self, text: &str) {
        let context = self.context();
        if context.quiet {
            return;
        }
        if !context.chrome {
            self.words += text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
        }
        self.writer.write(text, context.pre);
    }

    /// Starts an element; false where nothing in it is to be read.
    fn enter(&mut self, spot: Spot<'t>, element: &'t Element) -> bool {
        let tickable = is_tickable(element);
        if self.survey.is_hidden(spot, element) && !tickable && !self.survey.is_decoration(spot, element) {
            return false;
        }
        let context = self.inner_context(spot, element);
        if is_control(element) && !self.control(spot, element, context) {
            return false;
        }
        match element.name() {
            "iframe" | "frame" => {
                self.frame(element);
                return false;
            }
            "div" | "span" | "i" | "b" if context.label.is_none() && !self.context().quiet => {
                self.drawn_box(spot, element)
            }
            _ if context.quiet => {}
            "br" => self.writer.part(Break::Line),
            "img" => self.text_beside(element.attr("alt").unwrap_or_default()),
            "td" | "th" => self.writer.part(Break::Cell),
            _ => {}
        }
        let enclosing = self.enclose(element, context);
        self.around.push(enclosing);
        true
    }

    fn inner_context(&mut self, spot: Spot<'t>, element: &'t Element) -> Context<'t> {
        let mut context = self.context();
        let main = context.main || matches!(element.name(), "main" | "article");
        if let Some(inner) = place(element, self.survey.holds_main(spot), context.main) {
            let stays = context.place == LinkPlace::Footer && inner != LinkPlace::Form;
            context.place = if stays { context.place } else { inner };
            context.chrome |= matches!(inner, LinkPlace::Header | LinkPlace::Menu | LinkPlace::Footer);
        }
        context.main = main;
        context.quiet |= self.survey.is_decoration(spot, element);
        context.pre |= element.name() == "pre" || has_class(element, &Markup::embedded().preformatted);
        match element.name() {
            "form" => context.form = self.form(spot, element),
            "label" => context.label = Some(spot),
            "fieldset" => {
                context.legend = self.legend(spot, element);
                context.disabled |= element.attr("disabled").is_some();
            }
            _ if matches!(element.attr("role"), Some("group" | "radiogroup")) => {
                context.legend = self.legend(spot, element);
            }
            _ => {}
        }
        context
    }

    fn enclose(&mut self, element: &'t Element, context: Context<'t>) -> Enclosing<'t> {
        let ends = match element.name() {
            "a" | "area" if element.attr("href").is_some() => Ends::Link(self.link(element, context.place)),
            "form" => Ends::Form(context.form),
            "li" => Ends::Item,
            name => match heading_level(element) {
                Some(level) => Ends::Heading(level),
                None if is_block(name) => Ends::Block,
                None => Ends::Inline,
            },
        };
        if is_box(element) && self.box_end == self.writer.text().len() {
            self.writer.part(Break::Blank);
        }
        match ends {
            Ends::Inline if element.name() == "label" => self.writer.part(Break::Block),
            Ends::Inline | Ends::Link(_) => self.writer.seam(),
            Ends::Item => self.writer.part(Break::Item),
            _ => self.writer.part(Break::Block),
        }
        let name = element.attr("id").or(element.attr("name").filter(|_| element.name() == "a"));
        let anchor = name.filter(|name| !name.is_empty()).map(|name| {
            self.anchors.push((name.to_owned(), 0..0));
            self.anchors.len() - 1
        });
        let marked = anchor.is_some() || !matches!(ends, Ends::Inline | Ends::Block);
        let mark = marked.then(|| self.writer.mark());
        Enclosing { context, is_table: element.name() == "table", is_box: is_box(element), ends, mark, anchor }
    }

    fn leave(&mut self) {
        let Some(enclosing) = self.around.pop() else { return };
        let end = self.writer.text().len();
        let range = enclosing.mark.map_or(end..end, |mark| self.writer.since(mark));
        if let Some(anchor) = enclosing.anchor {
            self.anchors[anchor].1 = range.clone();
        }
        match enclosing.ends {
            Ends::Inline => self.writer.seam(),
            Ends::Block => self.writer.part(Break::Block),
            Ends::Item => self.writer.end_item(),
            Ends::Link(link) => {
                self.name_link(link, range);
                self.writer.seam();
            }
            Ends::Heading(level) => {
                self.headings.extend((!range.is_empty()).then_some((level, range)));
                self.writer.part(Break::Block);
            }
            Ends::Form(form) => {
                self.forms[form].range = range;
                self.writer.part(Break::Block);
            }
        }
        if enclosing.is_box {
            self.box_end = end;
        }
        if enclosing.is_table && self.table_form.is_some_and(|(_, depth)| depth > self.around.len()) {
            self.table_form = None;
        }
    }
}

impl Walk<'_, '_> {
    /// The depth of the innermost table around, counted from the outside.
    pub(super) fn table_depth(&self) -> Option<usize> {
        self.around.iter().rposition(|enclosing| enclosing.is_table).map(|index| index + 1)
    }

    /// The gathered forms with their final ranges; the first is dropped where it has no controls.
    pub(super) fn forms(&mut self) -> Vec<Form> {
        let mut forms = std::mem::take(&mut self.forms);
        for form in &mut forms {
            for control in &mut form.controls {
                control.range = with_label(self.writer.text(), control.range.clone(), &control.label);
            }
            if form.range.is_empty() {
                let starts = form.controls.iter().map(|control| control.range.start).min();
                let ends = form.controls.iter().map(|control| control.range.end).max();
                form.range = starts.unwrap_or(0)..ends.unwrap_or(0);
            }
        }
        let outside = forms.remove(0);
        forms.extend((!outside.controls.is_empty()).then_some(outside));
        forms
    }
}

fn with_label(text: &str, range: Range<usize>, label: &str) -> Range<usize> {
    if range.is_empty() {
        return range;
    }
    let after = starts_with(&text[range.end..], label).map(|length| range.start..range.end + length);
    let before = || ends_with(&text[..range.start], label).map(|start| start..range.end);
    after.or_else(before).unwrap_or(range)
}
