package dev.nightjar.server.dialect.openai.completion;

import dev.nightjar.engine.text.Prompt;
import dev.nightjar.engine.text.TextOutput;
import dev.nightjar.server.api.BodySpec;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.dialect.openai.surface.CommonFields;
import dev.nightjar.server.dialect.openai.surface.Liberty;
import dev.nightjar.server.dialect.openai.surface.LogprobFields;
import dev.nightjar.server.dialect.openai.surface.Surface;
import dev.nightjar.server.generation.Sequences;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The members of a completion at one place. */
final class CompletionFields {

    private static final Field<List<Prompt>> PROMPT =
            Field.of(
                    "prompt",
                    FieldSchema.of("{\"type\":[\"string\",\"array\"]}")
                            .withExamples(
                                    "\"Once\"", "[\"Once\",\"Twice\"]", "[1,2]", "[[1,2],[3]]"),
                    "A text, several texts, token ids, or several lists of token ids.",
                    Prompts::read);
    private static final Field<Boolean> ECHO =
            Field.bool(
                    "echo", "Whether each text begins with its prompt; max_tokens may then be 0.");
    private static final Field<String> SUFFIX =
            Field.string("suffix", "What follows the text, for models that fill in the middle.");
    private static final Field<Integer> BEST_OF =
            Field.integer(
                    "best_of",
                    1,
                    CommonFields.MAX_CHOICES,
                    "Choices to generate, of which the n likeliest per token are answered.");

    private static final int DEFAULT_MAX_TOKENS = 16;

    private final CommonFields common;
    private final BodySpec body;

    CompletionFields(Surface surface) {
        this.common = new CommonFields(surface, 0);
        BodySpec all =
                BodySpec.of(
                                List.of(
                                        PROMPT,
                                        SUFFIX,
                                        ECHO,
                                        BEST_OF,
                                        LogprobFields.OF_COMPLETION,
                                        LogprobFields.OF_PROMPT))
                        .and(common.all());
        this.body =
                surface.takes(Liberty.MODEL_OPTIONAL)
                        ? all.requiring("prompt")
                        : all.requiring("prompt", "model");
    }

    BodySpec body() {
        return body;
    }

    CompletionRequest read(RequestObject request) {
        request.ignoreAllBut(body);
        Sequences asked = common.read(request, OptionalInt.of(DEFAULT_MAX_TOKENS));
        boolean isEchoed = request.get(ECHO).orElse(false);
        boolean isEmpty = asked.maxTokens().orElse(1) == 0;
        if (isEmpty && !isEchoed) {
            return common.limit(request)
                    .orElseThrow()
                    .expected("at least 1 unless echo is true", 0);
        }
        int bestOf = bestOf(request, asked);
        Optional<Integer> logprobs = request.get(LogprobFields.OF_COMPLETION);
        TextOutput output = asked.output();
        if (logprobs.isPresent() || bestOf > asked.numChoices()) {
            output = output.withLogprobs(logprobs.orElse(0));
        }
        Sequences sequences = asked.withOutput(output).withNumChoices(bestOf);
        return new CompletionRequest(
                request.require(PROMPT),
                request.get(SUFFIX).filter(suffix -> !suffix.isEmpty()),
                isEchoed,
                isEmpty,
                logprobs.map(OptionalInt::of).orElse(OptionalInt.empty()),
                LogprobFields.readOfPrompt(request, asked.isStreamed()),
                asked.numChoices(),
                isEmpty ? sequences.withMaxTokens(1) : sequences,
                common.includesUsage(request));
    }

    private static int bestOf(RequestObject request, Sequences asked) {
        int numKept = asked.numChoices();
        int bestOf = request.get(BEST_OF).orElse(numKept);
        if (bestOf == numKept) {
            return bestOf;
        }
        RequestField field = request.required("best_of");
        if (bestOf < numKept) {
            return field.expected("at least n, which is %d".formatted(numKept), bestOf);
        }
        if (asked.isStreamed()) {
            throw field.refused(
                    "best_of must equal n (%d) in a stream, found %d: which choices are the best"
                                    .formatted(numKept, bestOf)
                            + " is known at the end");
        }
        return bestOf;
    }
}
