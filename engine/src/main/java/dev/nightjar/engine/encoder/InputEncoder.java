package dev.nightjar.engine.encoder;

import dev.nightjar.engine.format.EncoderPrompts;
import dev.nightjar.engine.format.PairPrompt;
import dev.nightjar.engine.request.ContextLengthException;
import dev.nightjar.engine.request.EncoderInput;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.TokenizerException;
import dev.nightjar.tokenizer.encoding.Encoding;
import dev.nightjar.tokenizer.encoding.EncodingOptions;
import dev.nightjar.tokenizer.encoding.Side;
import dev.nightjar.tokenizer.encoding.TextInput;
import dev.nightjar.tokenizer.encoding.Truncation;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Texts and pairs as the ids that a model takes, within its limits. */
final class InputEncoder {

    private final Tokenizer tokenizer;
    private final InputRules rules;
    private final EncodingOptions options;
    private final OptionalInt dropped;

    InputEncoder(Tokenizer tokenizer, InputRules rules) {
        this.tokenizer = tokenizer;
        this.rules = rules;
        // What users write is text, even if it is spelled like a special token.
        EncodingOptions plain =
                EncodingOptions.standard().with(EncodingOptions.Spellings.PLAIN_TEXT);
        options = rules.hasSpecials() ? plain : plain.with(EncodingOptions.Specials.OMITTED);
        dropped = rules.droppedToken().map(tokenizer.vocabulary()::id).orElse(OptionalInt.empty());
    }

    /**
     * Encodes a text or a pair as it is, without a prompt.
     *
     * @throws ContextLengthException if the input is too long and shall not be cut
     * @throws InvalidRequestException if it cannot be expressed or cut
     */
    EncoderInput encode(TextInput text, Overflow overflow, int maxTokens) {
        try {
            if (rules.pairPrompt().isPresent()) {
                return judged(rules.pairPrompt().get(), text, overflow, maxTokens);
            }
            return rules.hasSpecials()
                    ? withSpecials(text, overflow, maxTokens)
                    : bare(text, overflow, maxTokens);
        } catch (TokenizerException unfit) {
            throw new InvalidRequestException("input", unfit.getMessage());
        }
    }

    /** As {@link #encode} for one text behind a prompt. */
    EncoderInput encode(String text, Prompt prompt, Overflow overflow, int maxTokens) {
        String before = text(prompt);
        EncoderInput input = encode(TextInput.of(before + text), overflow, maxTokens);
        return before.isEmpty() || rules.poolsPrompt()
                ? input
                : input.withSkipped(Math.min(promptTokens(before), input.numTokens()));
    }

    private String text(Prompt prompt) {
        return switch (prompt) {
            case Prompt.Standard() -> rules.prompts().standard();
            case Prompt.Text(String text) -> text;
            case Prompt.Named(String name) -> named(name);
        };
    }

    private String named(String name) {
        EncoderPrompts prompts = rules.prompts();
        if (prompts.byName().isEmpty()) {
            throw new InvalidRequestException(
                    "prompt_name",
                    "expected no name of a prompt, as the model's files have none, found '%s'; put the prompt in front of the text"
                            .formatted(name));
        }
        if (!prompts.byName().containsKey(name)) {
            throw new InvalidRequestException(
                    "prompt_name",
                    "expected one of the model's prompts, %s, found '%s'"
                            .formatted(String.join(", ", prompts.byName().keySet()), name));
        }
        return prompts.byName().get(name);
    }

    /** Those in front of a text: all of the prompt alone but a special one at its end. */
    private int promptTokens(String prompt) {
        int[] special =
                tokenizer.encode(lowered(TextInput.of(prompt)), options).specialTokensMask();
        boolean isClosed = special.length > 0 && special[special.length - 1] == 1;
        return isClosed ? special.length - 1 : special.length;
    }

    private TextInput lowered(TextInput text) {
        if (!rules.lowersCase()) {
            return text;
        }
        UnaryOperator<String> lower = part -> part.toLowerCase(Locale.ROOT);
        return new TextInput(lower.apply(text.text()), text.pair().map(lower));
    }

    private EncoderInput withSpecials(TextInput text, Overflow overflow, int maxTokens) {
        TextInput lowered = lowered(text);
        Encoding encoding = tokenizer.encode(lowered, options);
        if (encoding.size() > maxTokens) {
            if (overflow == Overflow.REFUSE) {
                throw ContextLengthException.ofInput(encoding.size(), maxTokens);
            }
            encoding = tokenizer.encode(lowered, options.with(cut(overflow, maxTokens)));
        }
        return new EncoderInput(encoding.ids(), types(encoding));
    }

    /** A pair in its prompt; if it is cut, then at the end of the document. */
    private EncoderInput judged(
            PairPrompt prompt, TextInput text, Overflow overflow, int maxTokens) {
        String document =
                text.pair()
                        .orElseThrow(
                                () ->
                                        new InvalidRequestException(
                                                "input",
                                                "the model judges pairs of a query and a text, found one text"));
        int[] before = tokenizer.encodeRendered(prompt.before());
        int[] behind = tokenizer.encodeRendered(prompt.behind());
        String question = prompt.query() + text.text() + prompt.document() + document;
        EncodingOptions bare = options.with(EncodingOptions.Specials.OMITTED);
        int[] asked = tokenizer.encode(TextInput.of(question), bare).ids();
        int room = maxTokens - before.length - behind.length;
        if (asked.length > room) {
            if (overflow != Overflow.CUT || room < 1) {
                int needed = before.length + asked.length + behind.length;
                throw ContextLengthException.ofInput(needed, maxTokens);
            }
            asked = Arrays.copyOf(asked, room);
        }
        return EncoderInput.of(
                Stream.of(before, asked, behind).flatMapToInt(Arrays::stream).toArray());
    }

    private static Truncation cut(Overflow overflow, int maxTokens) {
        Side side = overflow == Overflow.CUT_BEGINNING ? Side.LEFT : Side.RIGHT;
        return new Truncation(maxTokens, 0, Truncation.Strategy.LONGEST_FIRST, side);
    }

    /** Without special tokens; what is dropped goes before the rest is counted. */
    private EncoderInput bare(TextInput text, Overflow overflow, int maxTokens) {
        int[] ids = kept(tokenizer.encode(lowered(text), options).ids());
        if (ids.length <= maxTokens) {
            return EncoderInput.of(ids);
        }
        return switch (overflow) {
            case REFUSE -> throw ContextLengthException.ofInput(ids.length, maxTokens);
            case CUT -> EncoderInput.of(Arrays.copyOf(ids, maxTokens));
            case CUT_BEGINNING ->
                    EncoderInput.of(Arrays.copyOfRange(ids, ids.length - maxTokens, ids.length));
        };
    }

    private int[] kept(int[] ids) {
        return dropped.isPresent()
                ? Arrays.stream(ids).filter(id -> id != dropped.getAsInt()).toArray()
                : ids;
    }

    private int[] types(Encoding encoding) {
        int[] types = encoding.typeIds().clone();
        for (int i = 0; i < types.length; i++) {
            types[i] = Math.min(types[i], Math.max(0, rules.numTokenTypes() - 1));
        }
        return types;
    }
}
