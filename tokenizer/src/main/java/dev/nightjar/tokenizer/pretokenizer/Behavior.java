package dev.nightjar.tokenizer.pretokenizer;

/** What happens to a delimiter. */
public enum Behavior {
    /** It is left out. */
    REMOVED,
    /** It is a piece of its own. */
    ISOLATED,
    /** It ends the piece before it. */
    MERGED_WITH_PREVIOUS,
    /** It begins the piece after it. */
    MERGED_WITH_NEXT,
    /** Delimiters in a row are one piece. */
    CONTIGUOUS
}
