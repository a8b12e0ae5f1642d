"""Questions with an answer that can be counted: the practice scale."""
