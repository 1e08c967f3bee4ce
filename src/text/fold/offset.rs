use std::ops::Range;

/// Where each run of folded bytes came from.
#[derive(Debug, Clone, Default)]
pub(super) struct OffsetMap {
    runs: Vec<Run>,
    end: usize,
}

/// Folded bytes from `folded` up to the next run.
#[derive(Debug, Clone)]
struct Run {
    folded: usize,
    original: usize,
    /// The original bytes that the run stands for as a whole; `None` where the bytes correspond one to one.
    whole: Option<usize>,
}

impl OffsetMap {
    /// From folded byte `folded` on, bytes correspond one to one to the original ones from `original` on.
    pub(super) fn same(&mut self, folded: usize, original: usize) {
        self.end = folded;
        let goes_on =
            self.runs.last().is_some_and(|run| run.whole.is_none() && run.original + (folded - run.folded) == original);
        if !goes_on {
            self.runs.push(Run { folded, original, whole: None });
        }
    }

    /// From folded byte `folded` on, the bytes up to the next run stand for all of `original`.
    pub(super) fn atom(&mut self, folded: usize, original: Range<usize>) {
        self.end = folded;
        self.runs.push(Run { folded, original: original.start, whole: Some(original.len()) });
    }

    /// Forgets folded bytes from `end` on.
    pub(super) fn truncate(&mut self, end: usize) {
        while self.runs.last().is_some_and(|run| run.folded >= end) {
            self.runs.pop();
        }
        self.end = end;
    }

    /// Closes the map of a folded text of `end` bytes.
    pub(super) fn finish(&mut self, end: usize) {
        self.end = end;
        self.runs.shrink_to_fit();
    }

    /// The original bytes of a range of folded ones.
    pub(super) fn original(&self, range: Range<usize>) -> Range<usize> {
        if range.is_empty() {
            let at = if range.start > 0 { self.end_of(range.start - 1) } else { self.start_of(0) };
            return at..at;
        }
        self.start_of(range.start)..self.end_of(range.end - 1)
    }

    fn run(&self, byte: usize) -> Option<&Run> {
        let next = self.runs.partition_point(|run| run.folded <= byte);
        self.runs.get(next.checked_sub(1)?)
    }

    fn start_of(&self, byte: usize) -> usize {
        self.run(byte)
            .map_or(0, |run| if run.whole.is_some() { run.original } else { run.original + (byte - run.folded) })
    }

    fn end_of(&self, byte: usize) -> usize {
        self.run(byte).map_or(0, |run| run.original + run.whole.unwrap_or(byte - run.folded + 1))
    }
}
