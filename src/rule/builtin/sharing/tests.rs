use super::*;
use crate::text::Sources;
