package dev.nightjar.bench.peer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.util.HashSet;
import java.util.Set;

/**
 * Rewrites the merges of a tokenizer.json as pairs: the peer refuses tokens with spaces in lines.
 */
final class MergePairs {
    private static final String VOCABULARY = "/model/vocab/";
    private static final String MERGES = "/model/merges/";

    private MergePairs() {}

    static String in(String json) throws IOException {
        Set<String> vocabulary = vocabulary(json);
        StringWriter text = new StringWriter();
        try (JsonParser parser = new JsonFactory().createParser(json);
                JsonGenerator out = new JsonFactory().createGenerator(text)) {
            while (parser.nextToken() != null) {
                String path = parser.getParsingContext().pathAsPointer().toString();
                if (parser.currentToken() == JsonToken.VALUE_STRING && path.startsWith(MERGES)) {
                    write(parser.getText(), vocabulary, out);
                } else {
                    out.copyCurrentEvent(parser);
                }
            }
        }
        return text.toString();
    }

    private static Set<String> vocabulary(String json) throws IOException {
        Set<String> vocabulary = new HashSet<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_NUMBER_INT
                        && parser.getParsingContext()
                                .pathAsPointer()
                                .toString()
                                .startsWith(VOCABULARY)) {
                    vocabulary.add(parser.currentName());
                }
            }
        }
        return vocabulary;
    }

    /** The split of which both halves and the whole are tokens. */
    private static void write(String merge, Set<String> vocabulary, JsonGenerator out)
            throws IOException {
        for (int space = merge.indexOf(' '); space >= 0; space = merge.indexOf(' ', space + 1)) {
            String left = merge.substring(0, space);
            String right = merge.substring(space + 1);
            if (vocabulary.contains(left)
                    && vocabulary.contains(right)
                    && vocabulary.contains(left + right)) {
                out.writeStartArray();
                out.writeString(left);
                out.writeString(right);
                out.writeEndArray();
                return;
            }
        }
        throw new IOException("no pair of tokens in merge \"" + merge + "\"");
    }
}
