package dev.nightjar.engine.hub;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the JSON of a hub; fields that are not needed are skipped.
 *
 * <ul>
 *   <li>a revision: {@code {"sha": "<40 digits>", …}}
 *   <li>a page of a tree: {@code [{"type": "file", "path": …, "size": …, "oid": "<git blob>",
 *       "lfs": {"oid": "<sha256>", "size": …}}, …]}; of a file with {@code lfs}, {@code oid} is
 *       that of the pointer and tells nothing about its bytes
 * </ul>
 */
final class ListingReader {

    private static final System.Logger LOG = System.getLogger(ListingReader.class.getName());
    private static final JsonFactory FACTORY = new JsonFactory();

    private final byte[] json;
    private final String from;

    /** Reads an answer; {@code from} says in messages where it came from. */
    ListingReader(byte[] json, String from) {
        this.json = json;
        this.from = from;
    }

    /** The commit of a revision. */
    String commit() {
        String commit = "";
        try (JsonParser parser = FACTORY.createParser(json)) {
            expect(parser.nextToken() == JsonToken.START_OBJECT, "an object");
            while (nextField(parser)) {
                if (parser.currentName().equals("sha")) {
                    commit = parser.nextTextValue();
                } else {
                    parser.nextToken();
                    parser.skipChildren();
                }
            }
        } catch (IOException malformed) {
            throw malformed(malformed);
        }
        expect(commit != null && commit.matches("[0-9a-f]{40}"), "a commit of 40 digits as sha");
        return commit;
    }

    /** The files of one page; folders are left out. */
    List<HubFile> files() {
        List<HubFile> files = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(json)) {
            expect(parser.nextToken() == JsonToken.START_ARRAY, "an array of files");
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                new Entry().read(parser).file().ifPresent(files::add);
            }
            expect(parser.currentToken() == JsonToken.END_ARRAY, "the end of the array of files");
        } catch (IOException malformed) {
            throw malformed(malformed);
        }
        return files;
    }

    /** One element of a tree, while it is read. */
    private final class Entry {
        private String type = "";
        private String path = "";
        private long bytes = -1;
        private Optional<String> oid = Optional.empty();
        private Optional<String> lfs = Optional.empty();

        Entry read(JsonParser parser) throws IOException {
            while (nextField(parser)) {
                String field = parser.currentName();
                parser.nextToken();
                switch (field) {
                    case "type" -> type = text(parser, field);
                    case "path" -> path = text(parser, field);
                    case "size" -> bytes = size(parser);
                    case "oid" -> oid = Optional.of(text(parser, field));
                    case "lfs" -> readLfs(parser);
                    default -> parser.skipChildren();
                }
            }
            return this;
        }

        private void readLfs(JsonParser parser) throws IOException {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                parser.skipChildren();
                return;
            }
            while (nextField(parser)) {
                String field = parser.currentName();
                parser.nextToken();
                switch (field) {
                    case "oid" ->
                            lfs = Optional.of(text(parser, field).replaceFirst("^sha256:", ""));
                    case "size" -> bytes = size(parser);
                    default -> parser.skipChildren();
                }
            }
        }

        Optional<HubFile> file() {
            if (!type.equals("file")) {
                return Optional.empty();
            }
            if (!RelativeName.isHostile(path) && !RelativeName.isPortable(path)) {
                LOG.log(
                        Level.WARNING,
                        "{0}: a file that not every system can name is left out",
                        from);
                return Optional.empty();
            }
            return Optional.of(
                    new HubFile(path, bytes, lfs, lfs.isPresent() ? Optional.empty() : oid));
        }
    }

    private static boolean nextField(JsonParser parser) throws IOException {
        return parser.nextToken() == JsonToken.FIELD_NAME;
    }

    private String text(JsonParser parser, String field) throws IOException {
        expect(parser.currentToken() == JsonToken.VALUE_STRING, "a string as " + field);
        return parser.getText();
    }

    private long size(JsonParser parser) throws IOException {
        expect(parser.currentToken() == JsonToken.VALUE_NUMBER_INT, "an integer as size");
        return parser.getLongValue();
    }

    private void expect(boolean isMet, String expected) {
        if (!isMet) {
            throw new HubException.BadAnswer(
                    "%s: expected %s, found something else; is this the endpoint of a model hub?"
                            .formatted(from, expected));
        }
    }

    private HubException malformed(IOException problem) {
        String detail =
                problem instanceof JsonProcessingException json
                        ? json.getOriginalMessage()
                        : problem.getMessage();
        return new HubException.BadAnswer(
                "%s: expected JSON, found something else (%s); is this the endpoint of a model hub?"
                        .formatted(from, detail));
    }
}
