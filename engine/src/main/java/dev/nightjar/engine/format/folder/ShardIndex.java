package dev.nightjar.engine.format.folder;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.json.JsonReader;
import dev.nightjar.engine.format.json.JsonValue;
import dev.nightjar.engine.format.json.JsonValue.JsonObject;
import dev.nightjar.engine.format.json.JsonValue.JsonString;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads {@code model.safetensors.index.json} and {@code pytorch_model.bin.index.json}: {@code
 * {"metadata": …, "weight_map": {"tensor name": "file name"}}}. The files stand beside the index.
 */
final class ShardIndex {

    private ShardIndex() {}

    /**
     * The file of each tensor, in the order of the index.
     *
     * @throws ModelFormatException if the index is not as expected or names a file that is missing
     *     or outside of its folder
     */
    static Map<String, Path> read(Path index) {
        JsonObject root = JsonReader.readObject(index);
        JsonValue map = root.members().get("weight_map");
        if (!(map instanceof JsonObject weightMap)) {
            throw new ModelFormatException(index + ": expected weight_map, an object, found none");
        }
        Map<String, Path> byName = new LinkedHashMap<>();
        Map<String, Path> files = new LinkedHashMap<>();
        weightMap
                .members()
                .forEach(
                        (tensor, file) ->
                                byName.put(
                                        tensor,
                                        files.computeIfAbsent(
                                                fileName(index, tensor, file),
                                                name -> sibling(index, tensor, name))));
        return byName;
    }

    private static String fileName(Path index, String tensor, JsonValue value) {
        if (value instanceof JsonString name) {
            return name.value();
        }
        throw new ModelFormatException(
                "%s: weight_map.%s: expected a file name, found %s"
                        .formatted(index, tensor, value.kind()));
    }

    /** An index is untrusted: it must not lead to other folders. */
    private static Path sibling(Path index, String tensor, String name) {
        if (name.isEmpty()
                || name.startsWith(".")
                || name.chars().anyMatch(c -> c < ' ' || c == '/' || c == '\\' || c == ':')) {
            throw new ModelFormatException(
                    "%s: weight_map.%s: expected the name of a file beside the index, found \"%s\""
                            .formatted(index, tensor, name));
        }
        Path file = index.resolveSibling(name);
        if (!Files.isRegularFile(file)) {
            throw new ModelFormatException(
                    "%s: weight_map.%s: expected %s beside the index, which is missing; fetch all parts"
                            .formatted(index, tensor, name));
        }
        return file;
    }
}
