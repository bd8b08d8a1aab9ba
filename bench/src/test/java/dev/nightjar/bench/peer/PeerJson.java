package dev.nightjar.bench.peer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.tokenizer.TokenType;
import dev.nightjar.tokenizer.TokenizerSpec;
import java.io.IOException;
import java.io.StringWriter;

/** Writes a byte-level vocabulary as a tokenizer.json, which the peer reads. */
final class PeerJson {
    private PeerJson() {}

    /** The vocabulary with words cut by a regular expression; whole words as the spec says. */
    static String of(TokenizerSpec spec, String regex) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("version", "1.0");
            json.writeNullField("truncation");
            json.writeNullField("padding");
            writeAddedTokens(spec, json);
            json.writeNullField("normalizer");
            writePreTokenizer(regex, json);
            json.writeNullField("post_processor");
            writeByteLevel("decoder", json);
            writeModel(spec, json);
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void writeAddedTokens(TokenizerSpec spec, JsonGenerator json)
            throws IOException {
        json.writeArrayFieldStart("added_tokens");
        for (int id = 0; id < spec.tokens().size(); id++) {
            if (spec.types().get(id) == TokenType.CONTROL) {
                json.writeStartObject();
                json.writeNumberField("id", id);
                json.writeStringField("content", spec.tokens().get(id));
                for (String flag : new String[] {"single_word", "lstrip", "rstrip", "normalized"}) {
                    json.writeBooleanField(flag, false);
                }
                json.writeBooleanField("special", true);
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    private static void writePreTokenizer(String regex, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("pre_tokenizer");
        json.writeStringField("type", "Sequence");
        json.writeArrayFieldStart("pretokenizers");
        json.writeStartObject();
        json.writeStringField("type", "Split");
        json.writeObjectFieldStart("pattern");
        json.writeStringField("Regex", regex);
        json.writeEndObject();
        json.writeStringField("behavior", "Isolated");
        json.writeBooleanField("invert", false);
        json.writeEndObject();
        writeByteLevel(null, json);
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeByteLevel(String field, JsonGenerator json) throws IOException {
        if (field != null) {
            json.writeFieldName(field);
        }
        json.writeStartObject();
        json.writeStringField("type", "ByteLevel");
        json.writeBooleanField("add_prefix_space", false);
        json.writeBooleanField("trim_offsets", true);
        json.writeBooleanField("use_regex", false);
        json.writeEndObject();
    }

    private static void writeModel(TokenizerSpec spec, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("model");
        json.writeStringField("type", "BPE");
        for (String field :
                new String[] {
                    "dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix"
                }) {
            json.writeNullField(field);
        }
        json.writeBooleanField("fuse_unk", false);
        json.writeBooleanField("byte_fallback", false);
        json.writeBooleanField("ignore_merges", spec.ignoreMerges());
        json.writeObjectFieldStart("vocab");
        for (int id = 0; id < spec.tokens().size(); id++) {
            if (spec.types().get(id) == TokenType.NORMAL) {
                json.writeNumberField(spec.tokens().get(id), id);
            }
        }
        json.writeEndObject();
        json.writeArrayFieldStart("merges");
        for (String merge : spec.merges()) {
            json.writeString(merge);
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
