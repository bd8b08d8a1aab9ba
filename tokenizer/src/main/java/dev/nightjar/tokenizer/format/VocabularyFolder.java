package dev.nightjar.tokenizer.format;

import com.fasterxml.jackson.core.JsonToken;
import dev.nightjar.tokenizer.TokenizerFormatException;
import dev.nightjar.tokenizer.algorithm.StringTable;
import dev.nightjar.tokenizer.format.json.MergeList;
import dev.nightjar.tokenizer.format.json.ModelData;
import dev.nightjar.tokenizer.format.json.TokenList;
import dev.nightjar.tokenizer.format.json.TokenizerJson;
import dev.nightjar.tokenizer.format.syntax.JsonFile;
import dev.nightjar.tokenizer.format.syntax.JsonNode;
import dev.nightjar.tokenizer.format.syntax.JsonPath;
import dev.nightjar.tokenizer.pipeline.AddedToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads vocabularies of checkpoints without a tokenizer.json: vocab.json with merges.txt
 * (byte-level BPE) and vocab.txt (WordPiece). The stages around the model follow from the tokenizer
 * class, as {@link TokenizerClass} knows it.
 */
final class VocabularyFolder {
    private static final double[] NO_SCORES = {};

    private final Folder folder;
    private final ConfigFiles files;
    private final TokenizerConfig config;

    private VocabularyFolder(Folder folder, ConfigFiles files) {
        this.folder = folder;
        this.files = files;
        this.config = files.config();
    }

    /** The tokenizer of such files, if they are there. */
    static Optional<TokenizerJson.Content> read(Folder folder, ConfigFiles files)
            throws IOException {
        VocabularyFolder reader = new VocabularyFolder(folder, files);
        Optional<Path> json = folder.file("vocab.json");
        Optional<Path> merges = folder.file("merges.txt");
        if (json.isPresent() && merges.isPresent()) {
            return Optional.of(reader.bytePairs(json.get(), merges.get()));
        }
        Optional<Path> words = folder.file("vocab.txt");
        return words.isPresent() ? Optional.of(reader.wordPieces(words.get())) : Optional.empty();
    }

    private TokenizerJson.Content bytePairs(Path json, Path mergesFile) throws IOException {
        TokenList tokens = readTokens(folder, json);
        StringTable table = tokens.table();
        TokenizerClass kind = TokenizerClass.ofBytePairs(config.tokenizerClass());
        JsonNode options = node("{\"end_of_word_suffix\": \"%s\"}".formatted(kind.wordSuffix()));
        if (kind.hasUnknown() && config.unknown().isPresent()) {
            options = with(options, "unk_token", config.unknown().get());
        }
        ModelData model =
                new ModelData(
                        ModelData.Kind.BPE,
                        options,
                        tokens,
                        NO_SCORES,
                        readMerges(mergesFile, table));
        List<AddedToken> added = addedTokens(table);
        boolean addsSpace = files.members().flag("add_prefix_space", false);
        JsonNode stages =
                node(
                        kind.stages(
                                addsSpace,
                                idOf("bos_token", "<s>", table),
                                idOf("eos_token", "</s>", table)));
        return TokenizerJson.of(stages, model, added);
    }

    private TokenizerJson.Content wordPieces(Path file) throws IOException {
        TokenList tokens = new TokenList();
        String text = new String(folder.bytes(file), StandardCharsets.UTF_8);
        text.lines().forEach(line -> tokens.add(line.stripTrailing(), tokens.size()));
        StringTable table = tokens.table();
        JsonNode options = with(node("{}"), "unk_token", config.unknown().orElse("[UNK]"));
        ModelData model =
                new ModelData(
                        ModelData.Kind.WORD_PIECE, options, tokens, NO_SCORES, new MergeList());
        boolean isLowercase = files.members().flag("do_lower_case", true);
        JsonNode stages =
                node(
                        TokenizerClass.bertStages(
                                isLowercase,
                                files.members().flag("tokenize_chinese_chars", true),
                                files.members().flag("strip_accents", isLowercase),
                                idOf("cls_token", "[CLS]", table),
                                idOf("sep_token", "[SEP]", table)));
        return TokenizerJson.of(stages, model, addedTokens(table));
    }

    /** Those that the files name, and the tokens with a role. */
    private List<AddedToken> addedTokens(StringTable table) {
        Map<Integer, AddedToken> byId = new LinkedHashMap<>();
        for (String token : config.specialTokens().values()) {
            int id = table.find(token);
            if (id != StringTable.NOT_FOUND) {
                byId.put(id, AddedToken.special(id, token));
            }
        }
        files.addedTokens().forEach(token -> byId.put(token.id(), token));
        return new ArrayList<>(byId.values());
    }

    /** The id of the token with a role, or -1. */
    private int idOf(String role, String absent, StringTable table) {
        String token = config.special(role).orElse(absent);
        return files.addedTokens().stream()
                .filter(added -> added.content().equals(token))
                .mapToInt(AddedToken::id)
                .findFirst()
                .orElseGet(() -> table.find(token));
    }

    /** The tokens of a vocab.json. */
    static TokenList readTokens(Folder folder, Path path) throws IOException {
        TokenList tokens = new TokenList();
        try (JsonFile json = JsonFile.open(folder.bytes(path), path.toString())) {
            json.next();
            json.require(JsonToken.START_OBJECT, "an object", JsonPath.ROOT);
            while (json.next() == JsonToken.FIELD_NAME) {
                String token = json.currentName();
                json.next();
                tokens.add(token, json.integer(0, Integer.MAX_VALUE - 1, JsonPath.ROOT));
            }
            json.requireEnd();
        }
        return tokens;
    }

    private MergeList readMerges(Path path, StringTable table) throws IOException {
        MergeList merges = new MergeList();
        String text = new String(folder.bytes(path), StandardCharsets.UTF_8);
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            if (line.isEmpty() || line.startsWith("#version")) {
                continue;
            }
            int space = line.indexOf(' ', 1);
            int left = space < 0 ? StringTable.NOT_FOUND : table.find(line.substring(0, space));
            int right = space < 0 ? StringTable.NOT_FOUND : table.find(line.substring(space + 1));
            if (left == StringTable.NOT_FOUND || right == StringTable.NOT_FOUND) {
                throw new TokenizerFormatException(
                        ("%s, line %d: expected two tokens of the vocabulary with a space between,"
                                        + " found \"%s\"; both files must be of one checkpoint")
                                .formatted(path, number, shown(line)));
            }
            merges.add(left, right);
        }
        return merges;
    }

    private static String shown(String line) {
        return line.length() > 60 ? line.substring(0, 60) + "…" : line;
    }

    private static JsonNode node(String json) {
        return JsonFile.read(json.getBytes(StandardCharsets.UTF_8), "stages of the class");
    }

    private static JsonNode with(JsonNode object, String name, String text) {
        Map<String, JsonNode> members = new LinkedHashMap<>(object.members());
        members.put(name, new JsonNode(text, object.path().member(name), object.place()));
        return new JsonNode(members, object.path(), object.place());
    }
}
