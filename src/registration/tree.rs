//! The span tree of a YAML text, from parser events.

mod build;
mod syntax;

use std::ops::Range;
use std::rc::Rc;

use crate::error::Error;

/// A YAML document with the place of everything in it.
#[derive(Debug)]
pub struct Tree {
    /// The outermost value.
    pub root: Node,
    /// Every comment: its place, from `#` to the end of the line, and its text without `#`.
    pub comments: Vec<(Range<usize>, String)>,
    /// What is wrong with the document, though it can be read.
    pub faults: Vec<Fault>,
}

/// A value, shared between the aliases of an anchor.
#[derive(Debug, Clone)]
pub struct Node {
    /// The bytes where the value is used: of the alias, where there is one.
    pub at: Range<usize>,
    /// The bytes where the value is written.
    pub defined_at: Range<usize>,
    /// What it is.
    pub value: Rc<Value>,
}

/// What a node holds.
#[derive(Debug)]
pub enum Value {
    /// Nothing, `~` or `null`.
    Null,
    /// Text, a number or a flag: always as written.
    Scalar(String),
    /// A list.
    List(Vec<Node>),
    /// A mapping, in the order of the file; of a key that is there twice only the first.
    Mapping(Vec<(Node, Node)>),
}

/// Something wrong with the document that does not keep it from being read.
#[derive(Debug)]
pub enum Fault {
    /// A key that the mapping has already.
    Duplicate {
        /// The key.
        key: String,
        /// Where it stands again.
        at: Range<usize>,
        /// Where it stands first.
        first: Range<usize>,
    },
    /// An alias without an anchor before it.
    UnknownAlias {
        /// The name after the star.
        name: String,
        /// Where the alias stands.
        at: Range<usize>,
    },
    /// `<<` with something that is no mapping.
    BadMerge {
        /// Where the value stands.
        at: Range<usize>,
    },
    /// A second document in the same file.
    SecondDocument {
        /// Where it begins.
        at: Range<usize>,
    },
}

impl Node {
    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &*self.value {
            Value::Scalar(text) => Some(text),
            _ => None,
        }
    }

    /// What it is, for a person: `a list`.
    pub fn kind(&self) -> &'static str {
        match &*self.value {
            Value::Null => "nothing",
            Value::Scalar(_) => "text",
            Value::List(_) => "a list",
            Value::Mapping(_) => "a group of keys",
        }
    }
}

/// Reads the first document of a YAML or JSON text.
///
/// # Errors
/// When the text is not YAML, is nested too deeply or has too many values: with the place and what to write instead.
pub fn read(name: &str, text: &str) -> Result<Tree, Error> {
    build::tree(name, text)
}
