package dev.nightjar.server.dialect.bluefly;

import dev.nightjar.engine.request.OutputFormat;
import dev.nightjar.engine.text.Prompt;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.engine.text.TextOutput;
import dev.nightjar.server.api.BodySpec;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.generation.AskedFormat;
import dev.nightjar.server.generation.FormatFields;
import dev.nightjar.server.generation.SamplingDefaults;
import dev.nightjar.server.generation.SamplingFields;
import dev.nightjar.server.generation.Sequences;
import dev.nightjar.server.generation.StopField;
import dev.nightjar.tokenizer.template.ChatMessage;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The body of a text generation.
 *
 * @param text the instruction
 * @param isRaw whether it is continued as it stands
 * @param sequences how
 */
record GenerateRequest(String text, boolean isRaw, Sequences sequences) {

    private static final int MAX_CHOICES = 64;
    private static final String JSON = "json";

    private static final Field<String> PROMPT =
            Field.of(
                    "prompt",
                    FieldSchema.of("{\"type\":\"string\",\"minLength\":1}"),
                    "What is asked of the model.",
                    GenerateRequest::prompt);
    private static final Field<Boolean> RAW =
            Field.bool(
                    "raw",
                    "True continues the prompt as it stands; otherwise a model with a chat template"
                            + " gets it as a user's message.");
    private static final Field<Integer> MAX_TOKENS =
            Field.integer(
                    "max_tokens",
                    1,
                    Integer.MAX_VALUE,
                    "Most generated tokens; default and upper limit are the model's.");
    private static final Field<String> FORMAT =
            Field.word(
                    "format",
                    List.of("text", JSON),
                    "json holds the output to a JSON object; default text.");
    private static final Field<Integer> N =
            Field.integer("n", 1, MAX_CHOICES, "Outputs to generate; they share one prefill.");
    private static final Field<Boolean> STREAM =
            Field.bool("stream", "Answers with server-sent events.");

    private static final SamplingFields SAMPLING = new SamplingFields(SamplingDefaults.GATEWAY);

    static final BodySpec BODY =
            BodySpec.of(List.of(PROMPT, MAX_TOKENS))
                    .and(SAMPLING.all())
                    .and(List.of(StopField.STOP, FORMAT, RAW, N, STREAM))
                    .and(FormatFields.all())
                    .requiring(PROMPT.name());

    static GenerateRequest parse(RequestObject body) {
        body.ignoreAllBut(BODY);
        Sequences sequences =
                new Sequences(
                        SAMPLING.read(body),
                        body.get(MAX_TOKENS).map(OptionalInt::of).orElse(OptionalInt.empty()),
                        TextOutput.plain().withStop(body.get(StopField.STOP).orElse(List.of())),
                        body.get(N).orElse(1),
                        body.get(STREAM).orElse(false));
        return new GenerateRequest(
                body.require(PROMPT),
                body.get(RAW).orElse(false),
                format(body).map(sequences::withFormat).orElse(sequences));
    }

    /** What a model is given: a user's message if it knows conversations. */
    Prompt prompt(TextModel model) {
        return isRaw || !model.canChat()
                ? new Prompt.Text(text)
                : new Prompt.Chat(List.of(new ChatMessage("user", text)));
    }

    /** The document's member, or one of those that other APIs have for the same. */
    private static Optional<AskedFormat> format(RequestObject body) {
        Optional<AskedFormat> other = FormatFields.read(body);
        if (body.get(FORMAT).filter(JSON::equals).isEmpty()) {
            return other;
        }
        if (other.isPresent()) {
            throw body.required(FORMAT.name())
                    .refused(
                            "%s and format both give the text a form; give one of them"
                                    .formatted(other.get().path()));
        }
        return Optional.of(new AskedFormat(new OutputFormat.JsonObject(), FORMAT.name()));
    }

    private static String prompt(RequestField field) {
        return field.string().isEmpty()
                ? field.expected("a string that is not empty", "an empty one")
                : field.string();
    }
}
