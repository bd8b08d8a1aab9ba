package dev.nightjar.tokenizer.format.json;

import dev.nightjar.tokenizer.algorithm.AddedTokenMatcher;
import dev.nightjar.tokenizer.format.syntax.JsonNode;
import dev.nightjar.tokenizer.pipeline.AddedToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads added tokens, from a tokenizer.json or from a tokenizer_config.json. */
public final class AddedTokenReader {
    private AddedTokenReader() {}

    /** The list {@code added_tokens}, whose elements say their id. */
    public static List<AddedToken> readList(Optional<JsonNode> node) {
        List<AddedToken> tokens = new ArrayList<>();
        if (node.isPresent()) {
            for (JsonNode element : node.get().elements()) {
                int id = element.require("id").integer(0, Integer.MAX_VALUE);
                tokens.add(read(id, element));
            }
        }
        return tokens;
    }

    /** The map {@code added_tokens_decoder}, whose names are ids. */
    public static List<AddedToken> readMap(Optional<JsonNode> node) {
        List<AddedToken> tokens = new ArrayList<>();
        if (node.isPresent()) {
            for (Map.Entry<String, JsonNode> member : node.get().members().entrySet()) {
                tokens.add(read(id(member.getKey(), node.get()), member.getValue()));
            }
        }
        return tokens;
    }

    private static int id(String name, JsonNode map) {
        if (!name.matches("[0-9]{1,9}")) {
            throw map.error("expected ids as names, found \"%s\"".formatted(name));
        }
        return Integer.parseInt(name);
    }

    private static AddedToken read(int id, JsonNode node) {
        JsonNode content = node.require("content");
        if (content.string().length() > AddedTokenMatcher.MAX_TOKEN_CHARS) {
            throw content.error(
                    "expected at most %d characters, found %d"
                            .formatted(
                                    AddedTokenMatcher.MAX_TOKEN_CHARS, content.string().length()));
        }
        boolean isSpecial = node.flag("special", false);
        return new AddedToken(
                id,
                content.string(),
                node.flag("single_word", false),
                node.flag("lstrip", false),
                node.flag("rstrip", false),
                node.flag("normalized", !isSpecial),
                isSpecial);
    }
}
