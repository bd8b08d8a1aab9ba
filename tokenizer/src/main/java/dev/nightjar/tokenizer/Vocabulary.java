package dev.nightjar.tokenizer;

import dev.nightjar.tokenizer.algorithm.StringTable;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** Token texts, types and roles by id, and ids by text. Immutable, safe for use by many threads. */
public final class Vocabulary {
    /** Spellings of the tokens after which a model has nothing more to say in its turn. */
    private static final Set<String> END_OF_GENERATION_TOKENS =
            Set.of(
                    "<|im_end|>",
                    "<|eot_id|>",
                    "<|eom_id|>",
                    "<|endoftext|>",
                    "<|end_of_text|>",
                    "<|end|>",
                    "<end_of_turn>",
                    "</s>");

    private final List<String> tokens;
    private final List<TokenType> types;
    private final StringTable ids;
    private final SpecialIds specialIds;
    private final Set<Integer> endOfGeneration;

    Vocabulary(TokenizerSpec spec) {
        this(spec.tokens(), spec.types(), spec.specialIds());
    }

    private Vocabulary(List<String> tokens, List<TokenType> types, SpecialIds specialIds) {
        this.tokens = tokens;
        this.types = types;
        this.specialIds = specialIds;
        ids = new StringTable(tokens.toArray(String[]::new));
        endOfGeneration = Collections.unmodifiableSet(findEndOfGeneration());
    }

    /**
     * A vocabulary of these tokens, in the order of their ids.
     *
     * @throws TokenizerException if there is not one type for each token, or a special id is
     *     outside
     */
    public static Vocabulary of(List<String> tokens, List<TokenType> types, SpecialIds specialIds) {
        if (tokens.size() != types.size()) {
            throw new TokenizerException(
                    "types: expected %d, one for each token, found %d"
                            .formatted(tokens.size(), types.size()));
        }
        specialIds.requireWithin(tokens.size());
        return new Vocabulary(List.copyOf(tokens), List.copyOf(types), specialIds);
    }

    /** The number of tokens, {@code V}. */
    public int size() {
        return tokens.size();
    }

    /**
     * The text of a token as the checkpoint writes it, not as it decodes.
     *
     * @throws IndexOutOfBoundsException if the id is outside the vocabulary
     */
    public String token(int id) {
        return tokens.get(id);
    }

    /**
     * The role of a token.
     *
     * @throws IndexOutOfBoundsException if the id is outside the vocabulary
     */
    public TokenType type(int id) {
        return types.get(id);
    }

    /** The id of a token as the checkpoint writes it; the last one, if the text stands twice. */
    public OptionalInt id(String token) {
        int id = ids.find(token);
        return id == StringTable.NOT_FOUND ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /** The token that begins a text. */
    public OptionalInt bos() {
        return specialIds.bos();
    }

    /** The token that ends a text. */
    public OptionalInt eos() {
        return specialIds.eos();
    }

    /** The token for what the vocabulary cannot express. */
    public OptionalInt unknown() {
        return specialIds.unknown();
    }

    /** The token that fills a batch. */
    public OptionalInt padding() {
        return specialIds.padding();
    }

    /**
     * The ids after which generation ends, in ascending order: EOS, end of turn and end of message
     * as the checkpoint names them, and the control tokens with one of their usual spellings.
     */
    public Set<Integer> endOfGeneration() {
        return endOfGeneration;
    }

    /**
     * Whether a token steers the model and is no text.
     *
     * @throws IndexOutOfBoundsException if the id is outside the vocabulary
     */
    public boolean isControl(int id) {
        return type(id) == TokenType.CONTROL;
    }

    private Set<Integer> findEndOfGeneration() {
        Set<Integer> found = new TreeSet<>();
        specialIds.eos().ifPresent(found::add);
        specialIds.endOfTurn().ifPresent(found::add);
        specialIds.endOfMessage().ifPresent(found::add);
        for (String token : END_OF_GENERATION_TOKENS) {
            int id = ids.find(token);
            if (id != StringTable.NOT_FOUND && isControl(id)) {
                found.add(id);
            }
        }
        return found;
    }
}
