package dev.nightjar.tokenizer.format.model;

import com.fasterxml.jackson.core.JsonToken;
import dev.nightjar.tokenizer.Algorithm;
import dev.nightjar.tokenizer.TokenType;
import dev.nightjar.tokenizer.TokenizerFormatException;
import dev.nightjar.tokenizer.TokenizerSpec;
import dev.nightjar.tokenizer.TokenizerSpecBuilder;
import dev.nightjar.tokenizer.format.syntax.JsonFile;
import dev.nightjar.tokenizer.format.syntax.JsonNode;
import dev.nightjar.tokenizer.format.syntax.JsonPath;
import dev.nightjar.tokenizer.mistral.MistralVersion;
import dev.nightjar.tokenizer.pretokenizer.KnownPatterns;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Reads a {@code tekken.json}: tokens as bytes by rank, as in a tiktoken file, behind the special
 * tokens.
 *
 * <pre>
 * config          pattern, default_vocab_size, default_num_special_tokens, version
 * vocab           [{rank, token_bytes (base64), token_str}], in the order of ranks
 * special_tokens  [{rank, token_str, is_control}]; absent up to version 7
 * </pre>
 *
 * <p>The id of a special token is its rank, that of another one its rank plus {@code
 * default_num_special_tokens}. Tokens beyond {@code default_vocab_size} do not count. Memory
 * follows the size of the file.
 */
public final class TekkenFile {
    private static final int MAX_SPECIAL = 1 << 16;

    /** The special tokens of files that do not list them, by id. */
    private static final List<String> OLD_SPECIAL =
            List.of(
                    "<unk>",
                    "<s>",
                    "</s>",
                    "[INST]",
                    "[/INST]",
                    "[AVAILABLE_TOOLS]",
                    "[/AVAILABLE_TOOLS]",
                    "[TOOL_RESULTS]",
                    "[/TOOL_RESULTS]",
                    "[TOOL_CALLS]",
                    "[IMG]",
                    "<pad>",
                    "[IMG_BREAK]",
                    "[IMG_END]",
                    "[PREFIX]",
                    "[MIDDLE]",
                    "[SUFFIX]",
                    "[SYSTEM_PROMPT]",
                    "[/SYSTEM_PROMPT]",
                    "[TOOL_CONTENT]");

    private final Map<String, JsonNode> members = new LinkedHashMap<>();
    private final List<String> vocabulary = new ArrayList<>();
    private JsonNode root;

    private TekkenFile() {}

    /**
     * What the file says.
     *
     * @param spec the tokenizer
     * @param version how conversations are written
     */
    public record Content(TokenizerSpecBuilder spec, MistralVersion version) {}

    /**
     * Reads a file.
     *
     * @param name how errors call it
     * @throws TokenizerFormatException if it is damaged, of an unknown version, or cuts words by a
     *     rule that is not known
     */
    public static Content read(byte[] json, String name) {
        TekkenFile tekken = new TekkenFile();
        try (JsonFile file = JsonFile.open(json, name)) {
            tekken.readMembers(file);
        }
        return tekken.content();
    }

    private void readMembers(JsonFile file) {
        file.next();
        file.require(JsonToken.START_OBJECT, "an object", JsonPath.ROOT);
        root = new JsonNode(members, JsonPath.ROOT, file.place());
        while (file.next() == JsonToken.FIELD_NAME) {
            String member = file.currentName();
            JsonPath path = JsonPath.ROOT.member(member);
            file.next();
            if (member.equals("vocab")) {
                readVocabulary(file, path);
            } else {
                members.put(member, file.node(path));
            }
        }
        file.requireEnd();
    }

    /** Token by token, as there are many. */
    private void readVocabulary(JsonFile file, JsonPath path) {
        file.require(JsonToken.START_ARRAY, "an array", path);
        while (file.next() != JsonToken.END_ARRAY) {
            JsonNode token = file.node(path.element(vocabulary.size()));
            token.require("rank").integer(vocabulary.size(), vocabulary.size());
            vocabulary.add(letters(token.require("token_bytes")));
        }
    }

    private static String letters(JsonNode node) {
        try {
            byte[] bytes = Base64.getDecoder().decode(node.string());
            if (bytes.length > 0 && bytes.length <= TiktokenFile.MAX_TOKEN_BYTES) {
                return TiktokenFile.letters(bytes);
            }
        } catch (IllegalArgumentException e) {
            throw node.error("expected bytes in base64, found " + node.kind());
        }
        throw node.error(
                "expected 1 to %d bytes, found %s"
                        .formatted(TiktokenFile.MAX_TOKEN_BYTES, node.kind()));
    }

    private Content content() {
        JsonNode config = root.require("config");
        MistralVersion version = version(config.require("version"));
        int numSpecial = config.require("default_num_special_tokens").integer(0, MAX_SPECIAL);
        int size =
                config.require("default_vocab_size")
                        .integer(numSpecial + 1, numSpecial + vocabulary.size());
        List<String> special = specialTokens(version, numSpecial);
        List<String> tokens = new ArrayList<>(special);
        tokens.addAll(vocabulary.subList(0, size - numSpecial));
        List<TokenType> types = new ArrayList<>(size);
        for (int id = 0; id < size; id++) {
            types.add(id < numSpecial ? TokenType.CONTROL : TokenType.NORMAL);
        }
        TokenizerSpecBuilder spec =
                TokenizerSpec.builder(Algorithm.BYTE_RANKS, tokens)
                        .types(types)
                        .preTokenizer(preTokenizer(config.require("pattern")))
                        .bos(id(special, "<s>"))
                        .eos(id(special, "</s>"))
                        .unknown(id(special, "<unk>"))
                        .padding(id(special, "<pad>"))
                        .addBos(special.contains("<s>"));
        return new Content(spec, version);
    }

    private static MistralVersion version(JsonNode node) {
        return MistralVersion.named(node.string())
                .orElseThrow(
                        () ->
                                node.error(
                                        "expected a version of v1, v2, v3, v7, v11 or v13, found "
                                                + node.kind()));
    }

    private static String preTokenizer(JsonNode pattern) {
        return KnownPatterns.ruleOf(List.of(pattern.string()))
                .orElseThrow(
                        () ->
                                pattern.error(
                                        "expected a known pattern, found %s; use tokenizer.json"
                                                .formatted(pattern.kind())))
                .ggufName();
    }

    /** The special tokens by id; what the file does not name is called {@code <SPECIAL_id>}. */
    private List<String> specialTokens(MistralVersion version, int numSpecial) {
        String[] tokens = new String[numSpecial];
        if (root.find("special_tokens").isPresent()) {
            for (JsonNode token : root.require("special_tokens").elements()) {
                JsonNode rank = token.require("rank");
                int id = rank.integer(0, numSpecial - 1);
                if (tokens[id] != null) {
                    throw rank.error("expected one token of rank %d, found two".formatted(id));
                }
                tokens[id] = token.require("token_str").string();
            }
        } else if (version.isAtLeast(MistralVersion.V11)) {
            throw root.error("expected a member \"special_tokens\"");
        } else {
            for (int id = 0; id < Math.min(numSpecial, OLD_SPECIAL.size()); id++) {
                tokens[id] = OLD_SPECIAL.get(id);
            }
        }
        for (int id = 0; id < numSpecial; id++) {
            tokens[id] = tokens[id] == null ? "<SPECIAL_" + id + ">" : tokens[id];
        }
        return List.of(tokens);
    }

    private static OptionalInt id(List<String> special, String token) {
        int id = special.indexOf(token);
        return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
    }
}
