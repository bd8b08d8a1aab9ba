package dev.nightjar.engine.format.gguf;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.tokenizer.Algorithm;
import dev.nightjar.tokenizer.SentencePieceRules;
import dev.nightjar.tokenizer.TokenType;
import dev.nightjar.tokenizer.TokenizerException;
import dev.nightjar.tokenizer.TokenizerSpec;
import dev.nightjar.tokenizer.TokenizerSpecBuilder;
import dev.nightjar.tokenizer.template.ChatTemplate;
import dev.nightjar.tokenizer.template.TemplateSources;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The tokenizer that a GGUF file carries in its keys {@code tokenizer.ggml.*}.
 *
 * <p>{@code model} is {@code llama} (SentencePiece BPE), {@code t5} (Unigram), {@code gpt2}
 * (byte-level BPE) or {@code bert} (WordPiece). What a file leaves out follows from these: {@code
 * llama} begins with BOS 1, ends with EOS 2, has unknown token 0, adds BOS and the space prefix;
 * {@code t5} pads with 0, ends with EOS 1, which it adds, and has unknown token 2; {@code gpt2} has
 * neither and adds nothing, but some pre-tokenizers imply that a BOS the file names is added, and
 * whole words before merges. {@code bert} has the tokens of BERT, 101 before and 102 after a text.
 * An id outside the vocabulary counts as absent, as in files that write 2^32-1 for none.
 */
public final class GgufTokenizer {
    private static final String PREFIX = "tokenizer.ggml.";
    private static final String MODEL = PREFIX + "model";
    private static final String TEMPLATE = "tokenizer.chat_template";
    private static final String NAMED_TEMPLATE = TEMPLATE + ".";

    /**
     * Pre-tokenizers of checkpoints that keep a word whole if it is a token, and begin with BOS.
     */
    private static final Set<String> WHOLE_WORDS_AND_BOS =
            Set.of(
                    "llama3",
                    "llama-v3",
                    "llama-bpe",
                    "falcon3",
                    "falcon-h1",
                    "pixtral",
                    "midm-2.0",
                    "lfm2",
                    "jina-v5-nano",
                    "tekken");

    private static final Set<String> WHOLE_WORDS =
            Set.of("minicpm5", "youtu", "granite-embed-multi-97m");
    private static final Set<String> BOS = Set.of("chameleon");

    private static final Set<String> PHI3_KEEPS_SPACE = Set.of("<s>", "<|endoftext|>");

    private final GgufFile file;
    private final GgufMetadata metadata;

    private GgufTokenizer(GgufFile file) {
        this.file = file;
        this.metadata = file.metadata();
    }

    /**
     * The tokenizer's data, or empty if the file says that it has none.
     *
     * @throws ModelFormatException if a key is missing or wrong, or the model is not implemented
     */
    public static Optional<TokenizerSpec> spec(GgufFile file) {
        String model = file.metadata().string(MODEL);
        GgufTokenizer tokenizer = new GgufTokenizer(file);
        try {
            return switch (model) {
                case "no_vocab", "none" -> Optional.empty();
                case "llama" -> Optional.of(tokenizer.sentencePiece());
                case "t5" -> Optional.of(tokenizer.unigram());
                case "gpt2" -> Optional.of(tokenizer.byteBpe());
                case "bert" -> Optional.of(tokenizer.wordPiece());
                default ->
                        throw file.metadata()
                                .error(
                                        MODEL,
                                        "expected llama, t5, gpt2, bert or no_vocab, found \"%s\""
                                                .formatted(model));
            };
        } catch (TokenizerException e) {
            throw new ModelFormatException(file.name() + ": tokenizer: " + e.getMessage(), e);
        }
    }

    /**
     * The chat templates, {@code chat_template} and {@code chat_template.NAME}, if there are any.
     */
    public static Optional<TemplateSources> chatTemplates(GgufFile file) {
        Map<String, String> sources = new LinkedHashMap<>();
        GgufMetadata metadata = file.metadata();
        metadata.optionalString(TEMPLATE)
                .ifPresent(source -> sources.put(ChatTemplate.DEFAULT, source));
        for (String key : metadata.keys()) {
            if (key.startsWith(NAMED_TEMPLATE)) {
                sources.put(key.substring(NAMED_TEMPLATE.length()), metadata.string(key));
            }
        }
        return sources.isEmpty()
                ? Optional.empty()
                : Optional.of(new TemplateSources(sources, Map.of()));
    }

    private TokenizerSpec sentencePiece() {
        List<String> tokens = tokens();
        int numTokens = tokens.size();
        return common(Algorithm.SENTENCEPIECE_BPE, tokens)
                .scores(metadata.floats(PREFIX + "scores"))
                .preTokenizer(preTokenizer())
                .bos(id("bos_token_id", 1, numTokens))
                .eos(id("eos_token_id", 2, numTokens))
                .unknown(id("unknown_token_id", 0, numTokens))
                .addBos(flag("add_bos_token", true))
                .addEos(flag("add_eos_token", false))
                .addSpacePrefix(flag("add_space_prefix", true))
                .build();
    }

    private TokenizerSpec unigram() {
        List<String> tokens = tokens();
        int numTokens = tokens.size();
        return common(Algorithm.UNIGRAM, tokens)
                .scores(metadata.floats(PREFIX + "scores"))
                .preTokenizer(preTokenizer())
                .bos(id("bos_token_id", -1, numTokens))
                .eos(id("eos_token_id", 1, numTokens))
                .unknown(id("unknown_token_id", 2, numTokens))
                .padding(id("padding_token_id", 0, numTokens))
                .addBos(flag("add_bos_token", false))
                .addEos(flag("add_eos_token", true))
                .addSpacePrefix(flag("add_space_prefix", false))
                .sentencePieceRules(
                        new SentencePieceRules(
                                charsMap(),
                                flag("add_space_prefix", false),
                                flag("remove_extra_whitespaces", false),
                                true,
                                false,
                                SentencePieceRules.DEFAULT_UNKNOWN_SURFACE,
                                new byte[0]))
                .build();
    }

    /** The table of replacements, stored as an array of bytes, signed or not. */
    private byte[] charsMap() {
        int[] values = metadata.optionalInts(PREFIX + "precompiled_charsmap").orElse(new int[0]);
        byte[] table = new byte[values.length];
        for (int i = 0; i < table.length; i++) {
            table[i] = (byte) values[i];
        }
        return table;
    }

    private TokenizerSpec byteBpe() {
        List<String> tokens = tokens();
        int numTokens = tokens.size();
        String pre = preTokenizer();
        boolean impliesBos = WHOLE_WORDS_AND_BOS.contains(pre) || BOS.contains(pre);
        OptionalInt bos = id("bos_token_id", -1, numTokens);
        return common(Algorithm.BYTE_BPE, tokens)
                .merges(metadata.strings(PREFIX + "merges"))
                .preTokenizer(pre)
                .bos(bos)
                .eos(id("eos_token_id", -1, numTokens))
                .unknown(id("unknown_token_id", -1, numTokens))
                .addBos(flag("add_bos_token", impliesBos && bos.isPresent()))
                .addEos(flag("add_eos_token", false))
                .addSpacePrefix(flag("add_space_prefix", false))
                .ignoreMerges(WHOLE_WORDS_AND_BOS.contains(pre) || WHOLE_WORDS.contains(pre))
                .build();
    }

    /** The misspelled key is the one that files have. */
    private TokenizerSpec wordPiece() {
        List<String> tokens = tokens();
        int numTokens = tokens.size();
        OptionalInt bos = id("bos_token_id", 101, numTokens);
        OptionalInt separator = id("seperator_token_id", 102, numTokens);
        OptionalInt eos = id("eos_token_id", separator.orElse(-1), numTokens);
        return common(Algorithm.WORD_PIECE, tokens)
                .bos(bos)
                .eos(eos)
                .unknown(id("unknown_token_id", 100, numTokens))
                .padding(id("padding_token_id", 0, numTokens))
                .addBos(flag("add_bos_token", bos.isPresent()))
                .addEos(flag("add_eos_token", eos.isPresent()))
                .build();
    }

    private TokenizerSpecBuilder common(Algorithm algorithm, List<String> tokens) {
        int numTokens = tokens.size();
        TokenizerSpecBuilder builder =
                TokenizerSpec.builder(algorithm, tokens)
                        .padding(id("padding_token_id", -1, numTokens))
                        .endOfTurn(id("eot_token_id", -1, numTokens))
                        .endOfMessage(id("eom_token_id", -1, numTokens));
        metadata.optionalInts(PREFIX + "token_type")
                .ifPresent(
                        codes -> {
                            List<TokenType> types = types(codes);
                            builder.types(types).rstripIds(rstripIds(tokens, types));
                        });
        return builder;
    }

    /**
     * Phi-3 was trained with every added token but three swallowing the white space behind it; its
     * files do not say so, and are known by their name.
     */
    private Set<Integer> rstripIds(List<String> tokens, List<TokenType> types) {
        String name = metadata.optionalString("general.name").orElse("").toLowerCase(Locale.ROOT);
        if (!name.contains("phi-3") && !name.contains("phi3")) {
            return Set.of();
        }
        Set<Integer> ids = new HashSet<>();
        for (int id = 0; id < Math.min(tokens.size(), types.size()); id++) {
            boolean isAdded =
                    types.get(id) == TokenType.CONTROL || types.get(id) == TokenType.USER_DEFINED;
            if (isAdded && !PHI3_KEEPS_SPACE.contains(tokens.get(id))
                    || tokens.get(id).equals("</s>")) {
                ids.add(id);
            }
        }
        return ids;
    }

    private List<String> tokens() {
        return metadata.strings(PREFIX + "tokens");
    }

    private String preTokenizer() {
        return metadata.optionalString(PREFIX + "pre").orElse("default");
    }

    private boolean flag(String suffix, boolean absent) {
        return metadata.optionalBool(PREFIX + suffix).orElse(absent);
    }

    /** The id, or the one implied if the key is absent; empty if it is not in the vocabulary. */
    private OptionalInt id(String suffix, int absent, int numTokens) {
        long id = metadata.optionalLong(PREFIX + suffix).orElse(absent);
        return id >= 0 && id < numTokens ? OptionalInt.of((int) id) : OptionalInt.empty();
    }

    private static List<TokenType> types(int[] codes) {
        List<TokenType> types = new ArrayList<>(codes.length);
        for (int code : codes) {
            types.add(TokenType.ofCode(code));
        }
        return types;
    }
}
