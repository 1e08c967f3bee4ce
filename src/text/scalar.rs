//! From bytes of a decoded scalar to bytes of its source.

use std::ops::Range;

/// Maps byte offsets of a decoded text to byte ranges of the source that it was decoded from.
#[derive(Debug, Clone)]
pub struct ScalarMap {
    start: usize,
}

impl ScalarMap {
    /// The map of a text that stands in its source unchanged from `start` on.
    pub fn verbatim(start: usize, _text: &str) -> Self {
        Self { start }
    }

    /// The source ranges of `range`, one for each physical line.
    pub fn pieces(&self, range: Range<usize>) -> Vec<Range<usize>> {
        vec![self.start + range.start..self.start + range.end]
    }
}
