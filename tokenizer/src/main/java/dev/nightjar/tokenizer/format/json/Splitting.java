package dev.nightjar.tokenizer.format.json;

import dev.nightjar.tokenizer.pretokenizer.PieceSplitter;

/**
 * The second stage as it was read.
 *
 * @param splitter the rules
 * @param worksOnBytes whether the last rule writes bytes as letters, which is left to the model
 */
record Splitting(PieceSplitter splitter, boolean worksOnBytes) {}
