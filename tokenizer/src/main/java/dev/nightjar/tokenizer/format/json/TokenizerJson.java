package dev.nightjar.tokenizer.format.json;

import com.fasterxml.jackson.core.JsonToken;
import dev.nightjar.tokenizer.SpecialIds;
import dev.nightjar.tokenizer.TokenizerFormatException;
import dev.nightjar.tokenizer.encoding.Padding;
import dev.nightjar.tokenizer.encoding.Side;
import dev.nightjar.tokenizer.encoding.Truncation;
import dev.nightjar.tokenizer.format.syntax.JsonFile;
import dev.nightjar.tokenizer.format.syntax.JsonNode;
import dev.nightjar.tokenizer.format.syntax.JsonPath;
import dev.nightjar.tokenizer.normalizer.Normalizer;
import dev.nightjar.tokenizer.pipeline.AddedToken;
import dev.nightjar.tokenizer.pipeline.Decoding.TextCleanup;
import dev.nightjar.tokenizer.pipeline.PipelineSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads a tokenizer.json.
 *
 * <p>Ids are those that the file names for its added tokens, even where the vocabulary is shorter.
 */
public final class TokenizerJson {
    private static final SpecialIds NO_SPECIAL_IDS =
            new SpecialIds(
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty());

    private final JsonNode root;
    private final ModelData model;

    private TokenizerJson(JsonNode root, ModelData model) {
        this.root = root;
        this.model = model;
    }

    /**
     * A tokenizer.json as it was read.
     *
     * @param spec the five stages
     * @param truncation how the file wants inputs to be cut
     * @param padding how the file wants inputs to be filled
     */
    public record Content(
            PipelineSpec spec, Optional<Truncation> truncation, Optional<Padding> padding) {}

    /**
     * Reads a file.
     *
     * @param name how errors call it
     * @param overrides added tokens that count instead of those of the file with the same id
     */
    public static Content read(byte[] json, String name, List<AddedToken> overrides) {
        Map<String, JsonNode> members = new LinkedHashMap<>();
        ModelData model = null;
        JsonNode root;
        try (JsonFile file = JsonFile.open(json, name)) {
            file.next();
            file.require(JsonToken.START_OBJECT, "an object", JsonPath.ROOT);
            root = new JsonNode(members, JsonPath.ROOT, file.place());
            while (file.next() == JsonToken.FIELD_NAME) {
                String member = file.currentName();
                JsonPath path = JsonPath.ROOT.member(member);
                file.next();
                if (member.equals("model")) {
                    model = ModelReader.read(file, path);
                } else {
                    members.put(member, file.node(path));
                }
            }
            file.requireEnd();
        }
        if (model == null) {
            throw root.error("expected a member \"model\"");
        }
        return of(root, model, overrides);
    }

    /**
     * The same of a model that comes from other files.
     *
     * @param root an object with the other members of a tokenizer.json
     */
    public static Content of(JsonNode root, ModelData model, List<AddedToken> added) {
        return new TokenizerJson(root, model).content(added);
    }

    private Content content(List<AddedToken> overrides) {
        List<AddedToken> added = addedTokens(overrides);
        String[] modelTokens = model.vocabulary().byId();
        String[] tokens = allTokens(modelTokens, added);
        BitSet special = new BitSet();
        added.stream().filter(AddedToken::isSpecial).forEach(token -> special.set(token.id()));
        Normalizer normalizer = NormalizerReader.read(root.find("normalizer"));
        Splitting splitting = SplitterReader.read(root.find("pre_tokenizer"));
        ModelBuilder.Model built =
                new ModelBuilder(model, modelTokens, special, splitting.worksOnBytes())
                        .build(splitting.splitter());
        PipelineSpec spec =
                new PipelineSpec(
                        tokens,
                        added,
                        normalizer,
                        built.splitter(),
                        built.encoder(),
                        new PostProcessorReader(tokens.length).read(root.find("post_processor")),
                        DecoderReader.read(root.find("decoder"), model.suffix()).with(cleanup()),
                        NO_SPECIAL_IDS);
        return new Content(spec, truncation(), padding(tokens.length));
    }

    /** Byte-pair tokens spell every space; to take some away would change the text. */
    private TextCleanup cleanup() {
        boolean isLossless = model.kind() == ModelData.Kind.BPE && model.suffix().isEmpty();
        return isLossless ? TextCleanup.NONE : TextCleanup.SPACES;
    }

    private List<AddedToken> addedTokens(List<AddedToken> overrides) {
        Map<Integer, AddedToken> byId = new LinkedHashMap<>();
        for (AddedToken token : AddedTokenReader.readList(root.find("added_tokens"))) {
            byId.put(token.id(), token);
        }
        overrides.forEach(token -> byId.put(token.id(), token));
        return new ArrayList<>(byId.values());
    }

    /** The tokens of the model and, in their places, the added ones. */
    private static String[] allTokens(String[] modelTokens, List<AddedToken> added) {
        TokenList list = new TokenList();
        for (int id = 0; id < modelTokens.length; id++) {
            list.add(modelTokens[id], id);
        }
        added.forEach(token -> list.add(token.content(), token.id()));
        String[] tokens = list.byId();
        if (tokens.length == 0) {
            throw new TokenizerFormatException("expected a vocabulary, found no token");
        }
        return Arrays.copyOf(tokens, tokens.length);
    }

    private Optional<Truncation> truncation() {
        return root.find("truncation")
                .map(
                        node ->
                                new Truncation(
                                        node.require("max_length").integer(1, Integer.MAX_VALUE),
                                        node.integer("stride", 0, 0, Integer.MAX_VALUE),
                                        strategy(node),
                                        side(node)));
    }

    private static Truncation.Strategy strategy(JsonNode node) {
        return switch (node.string("strategy", "LongestFirst")) {
            case "LongestFirst" -> Truncation.Strategy.LONGEST_FIRST;
            case "OnlyFirst" -> Truncation.Strategy.ONLY_FIRST;
            case "OnlySecond" -> Truncation.Strategy.ONLY_SECOND;
            default -> throw node.error("strategy: expected LongestFirst, OnlyFirst or OnlySecond");
        };
    }

    private static Side side(JsonNode node) {
        return switch (node.string("direction", "Right")) {
            case "Right", "right" -> Side.RIGHT;
            case "Left", "left" -> Side.LEFT;
            default -> throw node.error("direction: expected Left or Right");
        };
    }

    private Optional<Padding> padding(int numTokens) {
        return root.find("padding")
                .map(
                        node ->
                                new Padding(
                                        fixedLength(node),
                                        node.integer(
                                                "pad_to_multiple_of", 1, 1, Padding.MAX_LENGTH),
                                        node.integer("pad_id", 0, 0, numTokens - 1),
                                        node.integer("pad_type_id", 0, 0, Integer.MAX_VALUE),
                                        side(node)));
    }

    /** {@code "BatchLongest"} or {@code {"Fixed": 128}}. */
    private static OptionalInt fixedLength(JsonNode node) {
        Optional<JsonNode> strategy = node.find("strategy");
        return strategy.isPresent() && strategy.get().isObject()
                ? OptionalInt.of(strategy.get().require("Fixed").integer(0, Padding.MAX_LENGTH))
                : OptionalInt.empty();
    }
}
