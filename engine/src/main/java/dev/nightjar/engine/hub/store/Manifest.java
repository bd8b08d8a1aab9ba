package dev.nightjar.engine.hub.store;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.nightjar.engine.hub.HubException;
import dev.nightjar.engine.hub.HubFile;
import dev.nightjar.engine.hub.ModelRef;
import dev.nightjar.engine.hub.select.FileSet;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * The file {@value #NAME} in the folder of each model:
 *
 * <pre>{@code
 * {"format": 1, "model": "owner/name", "variant": "Q4_K_M", "endpoint": "https://…",
 *  "commit": "<40 digits>", "revisions": ["main"], "pulled": "2025-11-22T01:20:03Z",
 *  "files": [{"path": "…", "bytes": 1234, "sha256": "…", "gitBlob": "…"}]}
 * }</pre>
 *
 * <p>{@code pulled} is missing until all files are verified, each hash where the hub has none.
 */
final class Manifest {

    /** Hidden, so that no file of a model can be in its place: hidden files are not fetched. */
    static final String NAME = ".nightjar-model.json";

    private static final int FORMAT = 1;
    private static final int MAX_BYTES = 16 << 20;
    private static final JsonFactory FACTORY = new JsonFactory();

    private final Path folder;
    private long format = -1;
    private String id = "";
    private String variant = "";
    private String endpoint = "";
    private String commit = "";
    private final SequencedSet<String> revisions = new LinkedHashSet<>();
    private final List<HubFile> files = new ArrayList<>();
    private Optional<Instant> pulled = Optional.empty();

    private Manifest(Path folder) {
        this.folder = folder;
    }

    /** Replaces the manifest in the model's folder at once. */
    static void write(StoredModel model) throws IOException {
        Path target = model.folder().resolve(NAME);
        Path draft = model.folder().resolve(NAME + ".new");
        try (OutputStream out = Files.newOutputStream(draft);
                JsonGenerator json = FACTORY.createGenerator(out, JsonEncoding.UTF8)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeNumberField("format", FORMAT);
            json.writeStringField("model", model.id());
            json.writeStringField("variant", model.files().variant());
            json.writeStringField("endpoint", model.endpoint());
            json.writeStringField("commit", model.commit());
            json.writeArrayFieldStart("revisions");
            for (String revision : model.revisions()) {
                json.writeString(revision);
            }
            json.writeEndArray();
            if (model.pulled().isPresent()) {
                json.writeStringField("pulled", model.pulled().get().toString());
            }
            json.writeArrayFieldStart("files");
            for (HubFile file : model.files().files()) {
                writeFile(json, file);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void writeFile(JsonGenerator json, HubFile file) throws IOException {
        json.writeStartObject();
        json.writeStringField("path", file.path());
        json.writeNumberField("bytes", file.bytes());
        if (file.sha256().isPresent()) {
            json.writeStringField("sha256", file.sha256().get());
        }
        if (file.gitBlob().isPresent()) {
            json.writeStringField("gitBlob", file.gitBlob().get());
        }
        json.writeEndObject();
    }

    /**
     * The model of a folder.
     *
     * @throws HubException.Damaged if the manifest is not one
     */
    static StoredModel read(Path folder) {
        Path file = folder.resolve(NAME);
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException("it is larger than " + MAX_BYTES + " bytes");
            }
            try (JsonParser parser = FACTORY.createParser(Files.readAllBytes(file))) {
                return new Manifest(folder).read(parser).model();
            }
        } catch (IOException
                | DateTimeException
                | HubException.BadAnswer
                | HubException.BadReference unreadable) {
            throw new HubException.Damaged(
                    "%s cannot be read (%s); remove its folder and pull the model again"
                            .formatted(file, reason(unreadable)));
        }
    }

    private static String reason(Exception unreadable) {
        return unreadable instanceof JsonProcessingException json
                ? json.getOriginalMessage()
                : unreadable.getMessage();
    }

    private StoredModel model() throws IOException {
        require(format == FORMAT, "format " + FORMAT);
        require(commit.matches("[0-9a-f]{40}"), "a commit");
        require(!variant.isEmpty(), "a variant");
        require(!files.isEmpty(), "files");
        FileSet set = new FileSet(variant, files);
        return new StoredModel(
                folder, ModelRef.parse(id).id(), endpoint, commit, revisions, set, pulled);
    }

    private Manifest read(JsonParser parser) throws IOException {
        require(parser.nextToken() == JsonToken.START_OBJECT, "an object");
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken token = parser.nextToken();
            switch (field) {
                case "format" -> format = parser.getLongValue();
                case "model" -> id = parser.getText();
                case "variant" -> variant = parser.getText();
                case "endpoint" -> endpoint = parser.getText();
                case "commit" -> commit = parser.getText();
                case "pulled" -> pulled = Optional.of(Instant.parse(parser.getText()));
                case "revisions" -> {
                    require(token == JsonToken.START_ARRAY, "an array of revisions");
                    while (parser.nextToken() == JsonToken.VALUE_STRING) {
                        revisions.add(parser.getText());
                    }
                }
                case "files" -> {
                    require(token == JsonToken.START_ARRAY, "an array of files");
                    while (parser.nextToken() == JsonToken.START_OBJECT) {
                        files.add(readFile(parser));
                    }
                }
                default -> parser.skipChildren();
            }
        }
        return this;
    }

    private static HubFile readFile(JsonParser parser) throws IOException {
        String path = "";
        long bytes = -1;
        Optional<String> sha256 = Optional.empty();
        Optional<String> gitBlob = Optional.empty();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "path" -> path = parser.getText();
                case "bytes" -> bytes = parser.getLongValue();
                case "sha256" -> sha256 = Optional.of(parser.getText());
                case "gitBlob" -> gitBlob = Optional.of(parser.getText());
                default -> parser.skipChildren();
            }
        }
        return new HubFile(path, bytes, sha256, gitBlob);
    }

    private static void require(boolean isMet, String expected) throws IOException {
        if (!isMet) {
            throw new IOException("expected " + expected);
        }
    }
}
