package dev.nightjar.engine.format.yaml;

import dev.nightjar.engine.format.MalformedFileException;
import dev.nightjar.engine.format.json.JsonValue;
import dev.nightjar.engine.format.json.JsonValue.JsonArray;
import dev.nightjar.engine.format.json.JsonValue.JsonNull;
import dev.nightjar.engine.format.json.JsonValue.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one document: maps and lists by indentation or in brackets; plain, quoted and block
 * scalars, over several lines, too. Anchors, aliases, tags, directives, complex keys and a second
 * document are refused. Sizes and depth are bounded. For one thread.
 */
public final class YamlReader {
    private static final int MAX_BYTES = 1 << 22;
    private static final int MAX_DEPTH = 32;

    private final YamlLines lines;
    private final YamlScalars scalars;

    private YamlReader(YamlLines lines) {
        this.lines = lines;
        scalars = new YamlScalars(lines);
    }

    /**
     * The map that a document is.
     *
     * @throws MalformedFileException if it is not one, or uses what is not read here
     */
    public static JsonObject read(byte[] bytes, String file) {
        if (bytes.length > MAX_BYTES) {
            throw new MalformedFileException(
                    file,
                    "YAML",
                    0,
                    "expected at most %d bytes, found %d".formatted(MAX_BYTES, bytes.length));
        }
        YamlLines lines = new YamlLines(file, decoded(bytes, file));
        JsonValue value = new YamlReader(lines).block(-1, 0);
        lines.skipBlank();
        if (lines.has()) {
            throw lines.error("the end of the document", lines.content());
        }
        if (value instanceof JsonObject object) {
            return object;
        }
        throw new MalformedFileException(file, "YAML", 0, "expected a map, found " + value.kind());
    }

    private static String decoded(byte[] bytes, String file) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedFileException(
                    file, "YAML", 0, "expected text in UTF-8, found other bytes");
        }
    }

    /** What stands deeper than a parent; null if nothing does. */
    private JsonValue block(int parent, int depth) {
        lines.skipBlank();
        if (!lines.has() || lines.indent() <= parent) {
            return JsonNull.NULL;
        }
        if (depth == MAX_DEPTH) {
            throw lines.error("at most %d levels".formatted(MAX_DEPTH), "more");
        }
        String content = lines.content();
        if (isItem(content)) {
            return list(lines.indent(), depth);
        }
        return YamlKey.in(content, lines).isPresent()
                ? map(lines.indent(), depth)
                : scalars.read(content, parent);
    }

    private static boolean isItem(String content) {
        return content.equals("-") || content.startsWith("- ");
    }

    private JsonArray list(int indent, int depth) {
        List<JsonValue> items = new ArrayList<>();
        lines.skipBlank();
        while (lines.has() && lines.indent() == indent && isItem(lines.content())) {
            lines.blankOut(indent + 1);
            items.add(block(indent, depth + 1));
            lines.skipBlank();
        }
        requireOutside(indent);
        return new JsonArray(items);
    }

    private JsonObject map(int indent, int depth) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        lines.skipBlank();
        while (lines.has() && lines.indent() == indent && !isItem(lines.content())) {
            YamlKey key =
                    YamlKey.in(lines.content(), lines)
                            .orElseThrow(() -> lines.error("a key", lines.content()));
            if (members.containsKey(key.name())) {
                throw lines.error("each key once", "%s again".formatted(key.name()));
            }
            members.put(key.name(), value(key.rest(), indent, depth));
            lines.skipBlank();
        }
        requireOutside(indent);
        return new JsonObject(members);
    }

    private void requireOutside(int indent) {
        if (lines.has() && lines.indent() > indent) {
            throw lines.error("less indentation", lines.content());
        }
    }

    private JsonValue value(String rest, int indent, int depth) {
        if (!rest.isEmpty() && rest.charAt(0) != '#') {
            return scalars.read(rest, indent);
        }
        lines.next();
        lines.skipBlank();
        // A list may stand as deep as the key that it belongs to.
        boolean isLevel = lines.has() && lines.indent() == indent && isItem(lines.content());
        return block(isLevel ? indent - 1 : indent, depth + 1);
    }
}
