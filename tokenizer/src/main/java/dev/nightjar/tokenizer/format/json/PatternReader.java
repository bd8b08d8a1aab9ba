package dev.nightjar.tokenizer.format.json;

import dev.nightjar.tokenizer.format.syntax.JsonNode;
import dev.nightjar.tokenizer.pattern.LiteralPattern;
import dev.nightjar.tokenizer.pattern.PatternException;
import dev.nightjar.tokenizer.pattern.RegexPattern;
import dev.nightjar.tokenizer.pattern.TextPattern;
import java.util.Optional;

/** Reads {@code {"String": …}} and {@code {"Regex": …}}. */
final class PatternReader {
    private PatternReader() {}

    static TextPattern read(JsonNode node) {
        try {
            Optional<JsonNode> literal = node.find("String");
            return literal.isPresent()
                    ? new LiteralPattern(literal.get().string())
                    : RegexPattern.ofOniguruma(node.require("Regex").string());
        } catch (PatternException e) {
            throw node.error(e.getMessage());
        }
    }
}
