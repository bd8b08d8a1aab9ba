package dev.nightjar.tokenizer.pretokenizer;

import dev.nightjar.tokenizer.algorithm.PreTokenizer;

/**
 * Cuts by one of the known rules, without a regular expression.
 *
 * @param rule the rule
 */
public record WordRule(PreTokenizer rule) implements PieceSplitter {
    @Override
    public void split(PieceText text, int from, int to, PieceConsumer out) {
        rule.split(text.utf8(), from, to, (start, end) -> out.accept(text, start, end));
    }
}
