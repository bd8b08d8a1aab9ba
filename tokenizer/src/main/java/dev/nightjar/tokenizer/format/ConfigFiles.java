package dev.nightjar.tokenizer.format;

import dev.nightjar.tokenizer.format.json.AddedTokenReader;
import dev.nightjar.tokenizer.format.syntax.JsonNode;
import dev.nightjar.tokenizer.pipeline.AddedToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads the small files beside a vocabulary.
 *
 * <p>A template comes from chat_template.jinja, else chat_template.json, else
 * tokenizer_config.json. A special token of tokenizer_config.json counts before one of
 * special_tokens_map.json.
 */
final class ConfigFiles {
    private static final String DEFAULT_TEMPLATE = "default";
    private static final List<String> ROLES =
            List.of(
                    "bos_token",
                    "eos_token",
                    "unk_token",
                    "pad_token",
                    "cls_token",
                    "sep_token",
                    "mask_token");

    /** Files that mean "no limit" name numbers like 10^30. */
    private static final int MOST_TOKENS = 100_000_000;

    private final JsonNode config;
    private final JsonNode specials;
    private final List<AddedToken> addedTokens;
    private final Map<String, String> templates = new LinkedHashMap<>();

    private ConfigFiles(Folder folder) throws IOException {
        config = folder.json("tokenizer_config.json");
        specials = folder.json("special_tokens_map.json");
        addedTokens = readAddedTokens(folder);
        config.find("chat_template").ifPresent(this::addTemplates);
        folder.json("chat_template.json").find("chat_template").ifPresent(this::addTemplates);
        Optional<Path> jinja = folder.file("chat_template.jinja");
        if (jinja.isPresent()) {
            byte[] source = folder.bytes(jinja.get());
            templates.put(DEFAULT_TEMPLATE, new String(source, StandardCharsets.UTF_8));
        }
    }

    static ConfigFiles read(Folder folder) throws IOException {
        return new ConfigFiles(folder);
    }

    /** The members of tokenizer_config.json; an empty object if there is none. */
    JsonNode members() {
        return config;
    }

    /** Added tokens as tokenizer_config.json, else added_tokens.json names them. */
    List<AddedToken> addedTokens() {
        return addedTokens;
    }

    TokenizerConfig config() {
        Map<String, String> others = new LinkedHashMap<>(templates);
        String main = others.remove(DEFAULT_TEMPLATE);
        return new TokenizerConfig(
                config.find("tokenizer_class").map(JsonNode::string),
                specialTokens(),
                flag("add_bos_token"),
                flag("add_eos_token"),
                maxLength(),
                Optional.ofNullable(main),
                others,
                flag("clean_up_tokenization_spaces"));
    }

    private Map<String, String> specialTokens() {
        Map<String, String> tokens = new LinkedHashMap<>();
        for (String role : ROLES) {
            config.find(role)
                    .or(() -> specials.find(role))
                    .ifPresent(node -> tokens.put(role, spelling(node)));
        }
        return tokens;
    }

    /** A token is its spelling, or an object with that and more. */
    private static String spelling(JsonNode node) {
        return node.isObject() ? node.require("content").string() : node.string();
    }

    private Optional<Boolean> flag(String name) {
        return config.find(name).map(JsonNode::bool);
    }

    private OptionalInt maxLength() {
        Optional<JsonNode> node = config.find("model_max_length");
        if (node.isEmpty()) {
            return OptionalInt.empty();
        }
        double length = node.get().number();
        return length >= 1 && length <= MOST_TOKENS
                ? OptionalInt.of((int) length)
                : OptionalInt.empty();
    }

    /** A template is its source, or a list of named ones. */
    private void addTemplates(JsonNode node) {
        if (node.isString()) {
            templates.put(DEFAULT_TEMPLATE, node.string());
            return;
        }
        for (JsonNode named : node.elements()) {
            templates.put(named.require("name").string(), named.require("template").string());
        }
    }

    private List<AddedToken> readAddedTokens(Folder folder) throws IOException {
        List<AddedToken> tokens =
                new ArrayList<>(AddedTokenReader.readMap(config.find("added_tokens_decoder")));
        if (tokens.isEmpty()) {
            folder.json("added_tokens.json")
                    .members()
                    .forEach(
                            (text, id) ->
                                    tokens.add(
                                            AddedToken.special(
                                                    id.integer(0, Integer.MAX_VALUE), text)));
        }
        return tokens;
    }
}
