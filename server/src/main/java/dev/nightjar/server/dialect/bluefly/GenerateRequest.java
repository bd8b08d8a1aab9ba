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
                    .requiring(PROMPT.name());

    static GenerateRequest parse(RequestObject body) {
        body.ignoreAllBut(BODY);
        return new GenerateRequest(
                body.require(PROMPT),
                body.get(RAW).orElse(false),
                new Sequences(
                        SAMPLING.read(body),
                        body.get(MAX_TOKENS).map(OptionalInt::of).orElse(OptionalInt.empty()),
                        output(body),
                        body.get(N).orElse(1),
                        body.get(STREAM).orElse(false)));
    }

    /** What a model is given: a user's message if it knows conversations. */
    Prompt prompt(TextModel model) {
        return isRaw || !model.canChat()
                ? new Prompt.Text(text)
                : new Prompt.Chat(List.of(new ChatMessage("user", text)));
    }

    private static TextOutput output(RequestObject body) {
        TextOutput output =
                TextOutput.plain().withStop(body.get(StopField.STOP).orElse(List.of()));
        Optional<String> json = body.get(FORMAT).filter(JSON::equals);
        return json.isPresent() ? output.withFormat(new OutputFormat.JsonObject()) : output;
    }

    private static String prompt(RequestField field) {
        return field.string().isEmpty()
                ? field.expected("a string that is not empty", "an empty one")
                : field.string();
    }
}
