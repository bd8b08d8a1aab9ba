package dev.nightjar.tokenizer.format.json;

import com.fasterxml.jackson.core.JsonToken;
import dev.nightjar.tokenizer.algorithm.StringTable;
import dev.nightjar.tokenizer.format.syntax.JsonFile;
import dev.nightjar.tokenizer.format.syntax.JsonNode;
import dev.nightjar.tokenizer.format.syntax.JsonPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the third stage. Vocabulary and merges are read token by token: they are nearly all of a
 * file. Old files do not name the algorithm; then it follows from the members.
 */
final class ModelReader {
    private final JsonFile json;
    private final JsonPath path;
    private final Map<String, JsonNode> options = new LinkedHashMap<>();
    private final TokenList vocabulary = new TokenList();
    private final MergeList merges = new MergeList();

    /** Merges that stand before the vocabulary, left and right in turn. */
    private final List<String> earlyMerges = new ArrayList<>();

    private double[] scores = {};
    private boolean hasVocabulary;
    private boolean hasScores;
    private boolean hasMerges;

    private ModelReader(JsonFile json, JsonPath path) {
        this.json = json;
        this.path = path;
    }

    /** Reads the object whose first token was read last. */
    static ModelData read(JsonFile json, JsonPath path) {
        return new ModelReader(json, path).read();
    }

    private ModelData read() {
        json.require(JsonToken.START_OBJECT, "an object", path);
        JsonNode.Place place = json.place();
        while (json.next() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.next();
            switch (name) {
                case "vocab" -> readVocabulary();
                case "merges" -> readMerges();
                default -> options.put(name, json.node(path.member(name)));
            }
        }
        JsonNode members = new JsonNode(options, path, place);
        if (!hasVocabulary) {
            throw members.error("expected a member \"vocab\"");
        }
        for (int i = 0; i < earlyMerges.size(); i += 2) {
            addMerge(find(earlyMerges.get(i), i / 2), find(earlyMerges.get(i + 1), i / 2));
        }
        return new ModelData(
                kind(members),
                members,
                vocabulary,
                Arrays.copyOf(scores, hasScores ? vocabulary.size() : 0),
                merges);
    }

    private ModelData.Kind kind(JsonNode members) {
        if (members.find("type").isPresent()) {
            JsonNode type = members.require("type");
            return switch (type.string()) {
                case "BPE" -> require(ModelData.Kind.BPE, hasMerges && !hasScores, members);
                case "Unigram" -> require(ModelData.Kind.UNIGRAM, hasScores, members);
                case "WordPiece" -> require(ModelData.Kind.WORD_PIECE, !hasScores, members);
                case "WordLevel" -> require(ModelData.Kind.WORD_LEVEL, !hasScores, members);
                default -> throw type.error("\"%s\" is no known model".formatted(type.string()));
            };
        }
        if (hasScores) {
            return ModelData.Kind.UNIGRAM;
        }
        if (hasMerges) {
            return ModelData.Kind.BPE;
        }
        return options.containsKey("max_input_chars_per_word")
                ? ModelData.Kind.WORD_PIECE
                : ModelData.Kind.WORD_LEVEL;
    }

    private static ModelData.Kind require(ModelData.Kind kind, boolean fits, JsonNode members) {
        if (!fits) {
            throw members.error(
                    "expected the vocabulary%s of a model %s"
                            .formatted(kind == ModelData.Kind.BPE ? " and merges" : "", kind));
        }
        return kind;
    }

    private void readVocabulary() {
        JsonPath at = path.member("vocab");
        if (hasVocabulary) {
            throw json.error(at, "expected one vocabulary, found another");
        }
        hasVocabulary = true;
        if (json.current() == JsonToken.START_ARRAY) {
            hasScores = true;
            readPieces(at);
            return;
        }
        json.require(JsonToken.START_OBJECT, "an object or an array", at);
        while (json.next() == JsonToken.FIELD_NAME) {
            String token = json.currentName();
            json.next();
            vocabulary.add(token, json.integer(0, Integer.MAX_VALUE - 1, at));
        }
    }

    /** {@code [["piece", score], …]} in the order of the ids. */
    private void readPieces(JsonPath path) {
        while (json.next() != JsonToken.END_ARRAY) {
            JsonPath at = path.element(vocabulary.size());
            json.require(JsonToken.START_ARRAY, "a piece and its score", at);
            json.next();
            json.require(JsonToken.VALUE_STRING, "a piece", at);
            String piece = json.text();
            json.next();
            double score = json.number(at);
            json.next();
            json.require(JsonToken.END_ARRAY, "the end of a piece", at);
            if (!Double.isFinite(score)) {
                throw json.error(at, "expected a finite score, found " + score);
            }
            if (vocabulary.size() == scores.length) {
                scores = Arrays.copyOf(scores, Math.max(1024, 2 * scores.length));
            }
            scores[vocabulary.size()] = score;
            vocabulary.add(piece, vocabulary.size());
        }
    }

    private void readMerges() {
        JsonPath at = path.member("merges");
        hasMerges = true;
        // An empty object is how some writers put an empty list.
        if (json.current() == JsonToken.START_OBJECT) {
            json.next();
            json.require(JsonToken.END_OBJECT, "an array", at);
            return;
        }
        json.require(JsonToken.START_ARRAY, "an array", at);
        for (int rank = 0; json.next() != JsonToken.END_ARRAY; rank++) {
            if (json.current() == JsonToken.START_ARRAY) {
                readPair(rank);
            } else {
                json.require(JsonToken.VALUE_STRING, "a pair", at.element(rank));
                readJoinedPair(rank);
            }
        }
    }

    /** {@code ["left", "right"]}. */
    private void readPair(int rank) {
        JsonPath at = path.member("merges").element(rank);
        json.next();
        json.require(JsonToken.VALUE_STRING, "a token", at);
        if (!hasVocabulary) {
            earlyMerges.add(json.text());
            json.next();
            json.require(JsonToken.VALUE_STRING, "a token", at);
            earlyMerges.add(json.text());
        } else {
            int left = find(json.characters(), rank);
            json.next();
            json.require(JsonToken.VALUE_STRING, "a token", at);
            addMerge(left, find(json.characters(), rank));
        }
        json.next();
        json.require(JsonToken.END_ARRAY, "the end of a pair", at);
    }

    /**
     * {@code "left right"}. Where a token has a space itself, the first space counts that has a
     * token on both sides.
     */
    private void readJoinedPair(int rank) {
        JsonFile.Characters pair = json.characters();
        if (!hasVocabulary) {
            int space = json.text().indexOf(' ', 1);
            requireSpace(space, json.text().length(), rank);
            earlyMerges.add(json.text().substring(0, space));
            earlyMerges.add(json.text().substring(space + 1));
            return;
        }
        char[] text = pair.buffer();
        int firstSpace = pair.to();
        for (int space = pair.to() - 2; space > pair.from(); space--) {
            firstSpace = text[space] == ' ' ? space : firstSpace;
        }
        requireSpace(firstSpace, pair.to(), rank);
        for (int space = firstSpace; space < pair.to() - 1; space++) {
            if (text[space] == ' ') {
                int left = table().find(text, pair.from(), space);
                int right = table().find(text, space + 1, pair.to());
                if (left != StringTable.NOT_FOUND && right != StringTable.NOT_FOUND) {
                    addMerge(left, right);
                    return;
                }
            }
        }
        addMerge(
                find(new JsonFile.Characters(text, pair.from(), firstSpace), rank),
                find(new JsonFile.Characters(text, firstSpace + 1, pair.to()), rank));
    }

    private void requireSpace(int space, int end, int rank) {
        if (space < 1 || space >= end - 1) {
            throw json.error(
                    path.member("merges").element(rank),
                    "expected two tokens with a space between, found \"%s\""
                            .formatted(json.text()));
        }
    }

    private void addMerge(int left, int right) {
        merges.add(left, right);
    }

    private int find(JsonFile.Characters token, int rank) {
        int id = table().find(token.buffer(), token.from(), token.to());
        return id == StringTable.NOT_FOUND ? find(token.text(), rank) : id;
    }

    private int find(String token, int rank) {
        int id = table().find(token);
        if (id == StringTable.NOT_FOUND) {
            throw json.error(
                    path.member("merges").element(rank),
                    ("\"%s\" is no token of the vocabulary; vocabulary and merges must be of one"
                                    + " checkpoint")
                            .formatted(token.length() > 60 ? token.substring(0, 60) : token));
        }
        return id;
    }

    private StringTable table() {
        return vocabulary.table();
    }
}
