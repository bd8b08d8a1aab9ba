package dev.nightjar.engine.format.hf.encoder;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.json.JsonFields;
import dev.nightjar.engine.format.json.JsonReader;
import dev.nightjar.engine.format.json.JsonValue;
import dev.nightjar.engine.format.json.JsonValue.JsonArray;
import dev.nightjar.engine.format.json.JsonValue.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The list of modules in {@code modules.json}: {@code [{"idx", "name", "path", "type"}, …]}, where
 * a type is the name of a Python class and a path a folder with a {@code config.json} of its own.
 */
public final class SentenceModules {

    private static final String FILE = "modules.json";
    private static final long MAX_BYTES = 1 << 20;

    private SentenceModules() {}

    /**
     * One of them.
     *
     * @param type name of the class without its packages
     * @param folder where its files are, inside of the model's
     * @param fields for errors
     */
    public record Module(String type, Path folder, JsonFields fields) {

        /** Its {@code config.json}. */
        public JsonFields config() {
            Path file = folder.resolve("config.json");
            return JsonFields.of(file.toString(), JsonReader.readObject(file));
        }

        /** An error about its type. */
        public ModelFormatException unsupported(String expected) {
            return fields.error(
                    "type",
                    "expected %s, found %s, which is not supported yet"
                            .formatted(expected, fields.text("type")));
        }
    }

    /**
     * The modules in order; empty if there is no such file.
     *
     * @throws ModelFormatException if the file is damaged or leads out of the folder
     */
    public static Optional<List<Module>> read(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        List<Module> modules = new ArrayList<>();
        for (JsonValue value : elements(file)) {
            if (!(value instanceof JsonObject object)) {
                throw new ModelFormatException(
                        "%s: expected objects, found %s".formatted(file, value.kind()));
            }
            modules.add(module(folder, JsonFields.of(file.toString(), object)));
        }
        return Optional.of(List.copyOf(modules));
    }

    private static Module module(Path folder, JsonFields fields) {
        String type = fields.text("type");
        String path = fields.text("path");
        Path target = folder.resolve(path).normalize();
        if (!target.startsWith(folder.normalize())) {
            throw fields.error(
                    "path",
                    "expected the path of a module inside of the folder, found %s".formatted(path));
        }
        return new Module(type.substring(type.lastIndexOf('.') + 1), target, fields);
    }

    /** The file is an array; the reader takes objects. */
    private static List<JsonValue> elements(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new ModelFormatException(
                        "%s: expected at most %d bytes, found %d"
                                .formatted(file, MAX_BYTES, Files.size(file)));
            }
            String wrapped = "{\"modules\":" + Files.readString(file) + "}";
            JsonObject document =
                    JsonReader.readObject(
                            wrapped.getBytes(StandardCharsets.UTF_8), file.toString(), 0);
            if (document.members().get("modules") instanceof JsonArray array) {
                return array.elements();
            }
            throw new ModelFormatException("%s: expected an array of modules".formatted(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
