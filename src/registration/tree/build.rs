//! Builds the tree from the events of the parser.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use granit_parser::{Event, Options, Parser, ScalarStyle, Span, StrInput};

use super::{Fault, Node, Tree, Value, syntax};
use crate::error::Error;

/// Collections may be nested this deep; a registration needs five levels.
const DEPTH: usize = 64;
/// A tree has at most this many nodes; a thousand campaigns have about a third of it.
const NODES: usize = 250_000;
/// A mapping takes at most this many entries over by merge keys.
const MERGED: usize = 1_000;

/// The tree of the first document of a text.
pub(super) fn tree(name: &str, text: &str) -> Result<Tree, Error> {
    let mut builder = Builder::new(text);
    let root = builder.document().map_err(|stop| stop.explain(name, text))?;
    Ok(Tree { root, comments: builder.comments, faults: builder.faults })
}

/// Why a tree could not be built.
enum Stop {
    Syntax(granit_parser::ScanError),
    TooMany { at: usize },
}

impl Stop {
    fn explain(self, name: &str, text: &str) -> Error {
        match self {
            Stop::Syntax(error) => syntax::explain(name, text, &error),
            Stop::TooMany { at } => {
                Error::new(format!("more than {NODES} values in one file: this is no registration"))
                    .help("Split the file: one file for each brand")
                    .at(name, text, at..at)
            }
        }
    }
}

struct Builder<'a> {
    parser: Parser<'a, StrInput<'a>>,
    anchors: HashMap<usize, (Range<usize>, Rc<Value>)>,
    comments: Vec<(Range<usize>, String)>,
    faults: Vec<Fault>,
    nodes: usize,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str) -> Self {
        let mut options = Options::default();
        options.emit_unresolved_aliases = true;
        options.max_buffered_comment_events = text.len();
        options.flow_nesting_limit = DEPTH;
        options.block_nesting_limit = DEPTH;
        let parser = Parser::new_from_str_with_options(text, options);
        Self { parser, anchors: HashMap::new(), comments: Vec::new(), faults: Vec::new(), nodes: 0 }
    }

    fn document(&mut self) -> Result<Node, Stop> {
        let mut root = None;
        loop {
            let (event, at) = self.next()?;
            match event {
                Event::StreamEnd => break,
                Event::StreamStart | Event::DocumentEnd => {}
                Event::DocumentStart(..) if root.is_some() => {
                    self.faults.push(Fault::SecondDocument { at });
                    break;
                }
                Event::DocumentStart(..) => {}
                event => root = Some(self.node(event, at)?),
            }
        }
        Ok(root.unwrap_or_else(|| Node { at: 0..0, defined_at: 0..0, value: Rc::new(Value::Null) }))
    }

    /// The next event that is no comment.
    fn next(&mut self) -> Result<(Event<'a>, Range<usize>), Stop> {
        loop {
            match self.parser.next_event() {
                None => return Ok((Event::StreamEnd, 0..0)),
                Some(Err(error)) => return Err(Stop::Syntax(error)),
                Some(Ok((Event::Comment(text, _), span))) => self.comments.push((bytes(&span), text.into_owned())),
                Some(Ok((event, span))) => return Ok((event, bytes(&span))),
            }
        }
    }

    fn node(&mut self, event: Event<'a>, at: Range<usize>) -> Result<Node, Stop> {
        self.nodes += 1;
        if self.nodes > NODES {
            return Err(Stop::TooMany { at: at.start });
        }
        let mut at = at;
        let (anchor, value) = match event {
            Event::Alias(anchor) => return Ok(self.alias(anchor, at)),
            Event::UnresolvedAlias(name) => {
                self.faults.push(Fault::UnknownAlias { name: name.into_owned(), at: at.clone() });
                (0, Value::Null)
            }
            Event::Scalar(text, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain && tag.is_none();
                let null = plain && (at.is_empty() || matches!(&*text, "" | "~" | "null" | "Null" | "NULL"));
                (anchor, if null { Value::Null } else { Value::Scalar(text.into_owned()) })
            }
            Event::SequenceStart(_, anchor, _) => (anchor, self.list(&mut at)?),
            Event::MappingStart(_, anchor, _) => (anchor, self.mapping(&mut at)?),
            _ => (0, Value::Null),
        };
        let value = Rc::new(value);
        if anchor > 0 {
            self.anchors.insert(anchor, (at.clone(), Rc::clone(&value)));
        }
        Ok(Node { defined_at: at.clone(), at, value })
    }

    /// An alias within its own anchor refers to nothing yet.
    fn alias(&mut self, anchor: usize, at: Range<usize>) -> Node {
        if let Some((defined_at, value)) = self.anchors.get(&anchor) {
            return Node { at, defined_at: defined_at.clone(), value: Rc::clone(value) };
        }
        self.faults.push(Fault::UnknownAlias { name: "itself".to_string(), at: at.clone() });
        Node { defined_at: at.clone(), at, value: Rc::new(Value::Null) }
    }

    fn list(&mut self, at: &mut Range<usize>) -> Result<Value, Stop> {
        let mut entries = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd | Event::StreamEnd, end) => {
                    at.end = end.end.max(at.start);
                    return Ok(Value::List(entries));
                }
                (event, place) => entries.push(self.node(event, place)?),
            }
        }
    }

    fn mapping(&mut self, at: &mut Range<usize>) -> Result<Value, Stop> {
        let mut entries: Vec<(Node, Node)> = Vec::new();
        let mut merged = Vec::new();
        let mut seen: HashMap<String, Range<usize>> = HashMap::new();
        loop {
            let (event, place) = self.next()?;
            if matches!(event, Event::MappingEnd | Event::StreamEnd) {
                at.end = place.end.max(at.start);
                break;
            }
            let key = self.node(event, place)?;
            let (event, place) = self.next()?;
            let value = self.node(event, place)?;
            match key.text() {
                Some("<<") => merged.push(value),
                Some(text) => match seen.get(text) {
                    Some(first) => {
                        let (key, at, first) = (text.to_string(), key.at.clone(), first.clone());
                        self.faults.push(Fault::Duplicate { key, at, first });
                    }
                    None => {
                        seen.insert(text.to_string(), key.at.clone());
                        entries.push((key, value));
                    }
                },
                None => entries.push((key, value)),
            }
        }
        for source in &merged {
            self.merge(source, &mut entries, &mut seen);
        }
        Ok(Value::Mapping(entries))
    }

    /// Takes over what the mapping, or each of the mappings, has and `entries` have not.
    fn merge(&mut self, source: &Node, entries: &mut Vec<(Node, Node)>, seen: &mut HashMap<String, Range<usize>>) {
        let sources = match &*source.value {
            Value::List(sources) => sources.as_slice(),
            _ => std::slice::from_ref(source),
        };
        let limit = entries.len() + MERGED;
        for mapping in sources {
            let Value::Mapping(offered) = &*mapping.value else {
                self.faults.push(Fault::BadMerge { at: mapping.at.clone() });
                continue;
            };
            for (key, value) in offered {
                let Some(text) = key.text() else { continue };
                if entries.len() < limit && !seen.contains_key(text) {
                    seen.insert(text.to_string(), key.at.clone());
                    entries.push((key.clone(), value.clone()));
                }
            }
        }
    }
}

/// The byte range of a parser's span. The parser counts bytes whenever it reads a `&str`.
fn bytes(span: &Span) -> Range<usize> {
    span.byte_range().unwrap_or_default()
}
