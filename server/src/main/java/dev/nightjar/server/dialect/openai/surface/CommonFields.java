package dev.nightjar.server.dialect.openai.surface;

import dev.nightjar.engine.text.TextOutput;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.NotServed;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.generation.AskedSampling;
import dev.nightjar.server.generation.FormatFields;
import dev.nightjar.server.generation.SamplingFields;
import dev.nightjar.server.generation.Sequences;
import dev.nightjar.server.generation.StopField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** The members that chat completions and completions have in common. */
public final class CommonFields {

    /** Most choices of a prompt. */
    public static final int MAX_CHOICES = 64;

    /** Which model is asked. */
    public static final Field<String> MODEL = Field.string("model", "Which model answers.");

    private static final Field<Boolean> DO_SAMPLE =
            Field.bool("do_sample", "False picks the most likely token, whatever the temperature.");
    private static final Field<Integer> N =
            Field.integer("n", 1, MAX_CHOICES, "Choices to generate; they share one prefill.");
    private static final Field<Boolean> STREAM =
            Field.bool("stream", "Answers with server-sent events.");
    private static final Field<Boolean> STREAM_OPTIONS =
            Field.of(
                    "stream_options",
                    FieldSchema.of(
                            "{\"type\":\"object\",\"properties\":{\"include_usage\":"
                                    + "{\"type\":\"boolean\"}}}"),
                    "With include_usage the stream ends with token counts.",
                    CommonFields::includesUsage);

    /** Members that change no answer of this server. */
    private static final List<Field<?>> WITHOUT_EFFECT =
            Stream.of(
                            "user",
                            "metadata",
                            "store",
                            "service_tier",
                            "safety_identifier",
                            "prompt_cache_key",
                            "prompt_cache_retention")
                    .<Field<?>>map(Field::withoutEffect)
                    .toList();

    private final SamplingFields sampling;
    private final boolean hasGenerationNames;
    private final LimitFields limits;

    /**
     * At this place.
     *
     * @param lowestLimit the smallest limit of generated tokens
     */
    public CommonFields(Surface surface, int lowestLimit) {
        this.limits = LimitFields.of(surface, lowestLimit);
        this.sampling = new SamplingFields(surface.sampling());
        this.hasGenerationNames = surface.takes(Liberty.GENERATION_NAMES);
    }

    /** All members that both have. */
    public List<Field<?>> all() {
        List<Field<?>> all = new ArrayList<>();
        all.add(MODEL);
        all.addAll(limits.fields());
        if (hasGenerationNames) {
            all.add(DO_SAMPLE);
        }
        all.addAll(sampling.all());
        all.addAll(List.of(StopField.STOP, N, STREAM, STREAM_OPTIONS));
        all.addAll(FormatFields.all());
        all.addAll(WITHOUT_EFFECT);
        return all;
    }

    /** Reads them. */
    public Sequences read(RequestObject body, OptionalInt defaultMaxTokens) {
        OptionalInt limit = limits.read(body);
        Sequences read =
                new Sequences(
                        sampling(body),
                        limit.isPresent() ? limit : defaultMaxTokens,
                        TextOutput.plain().withStop(body.get(StopField.STOP).orElse(List.of())),
                        body.get(N).orElse(1),
                        body.get(STREAM).orElse(false));
        return FormatFields.read(body).map(read::withFormat).orElse(read);
    }

    private AskedSampling sampling(RequestObject body) {
        AskedSampling read = sampling.read(body);
        boolean isGreedy = hasGenerationNames && !body.get(DO_SAMPLE).orElse(true);
        return isGreedy ? read.with(params -> params.temperature(0)) : read;
    }

    /** The member that limits the generated tokens. */
    public Optional<RequestField> limit(RequestObject body) {
        return limits.found(body);
    }

    /** Whether a stream ends with token counts. */
    public boolean includesUsage(RequestObject body) {
        boolean isStreamed = body.get(STREAM).orElse(false);
        body.field("stream_options")
                .filter(options -> !isStreamed)
                .ifPresent(
                        options -> {
                            throw options.refused(
                                    "stream_options is only allowed with \"stream\": true");
                        });
        return body.get(STREAM_OPTIONS).orElse(false);
    }

    private static boolean includesUsage(RequestField field) {
        RequestObject options = field.object();
        options.ignoreAllBut(Set.of("include_usage", "include_obfuscation"));
        options.field("include_obfuscation")
                .filter(RequestField::bool)
                .ifPresent(
                        asked -> {
                            throw NotServed.refusal(asked);
                        });
        return options.field("include_usage").map(RequestField::bool).orElse(false);
    }
}
