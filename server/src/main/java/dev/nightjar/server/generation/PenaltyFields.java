package dev.nightjar.server.generation;

import dev.nightjar.engine.request.DryParams;
import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import java.util.List;
import java.util.Optional;

/** The members that make tokens less likely which were there before. */
final class PenaltyFields {

    private static final Field<Double> REPETITION =
            Field.numberAbove(
                    "repetition_penalty",
                    0,
                    100,
                    "Divides the score of tokens seen in prompt or completion; 1 is off.");
    private static final Field<Double> REPEAT =
            REPETITION.named("repeat_penalty").meaning("As repetition_penalty.");
    private static final Field<Integer> REPEAT_LAST =
            Field.integer(
                    "repeat_last_n",
                    -1,
                    Integer.MAX_VALUE,
                    "How many last tokens repetition_penalty looks at; -1, the default, is all.");
    private static final Field<Double> PRESENCE =
            Field.number(
                    "presence_penalty",
                    -2,
                    2,
                    "Subtracted once from the score of tokens in the completion.");
    private static final Field<Double> FREQUENCY =
            Field.number(
                    "frequency_penalty",
                    -2,
                    2,
                    "Subtracted for each occurrence of a token in the completion.");
    private static final Field<Double> DRY_MULTIPLIER =
            Field.number("dry_multiplier", 0, 100, "Strength against repeated passages; 0 is off.");
    private static final Field<Double> DRY_BASE =
            Field.number("dry_base", 1, 100, "How fast that grows with a passage's length.");
    private static final Field<Integer> DRY_ALLOWED =
            Field.integer(
                    "dry_allowed_length",
                    1,
                    Integer.MAX_VALUE,
                    "Passages shorter than this cost nothing; default 2.");
    private static final Field<Integer> DRY_LAST =
            Field.integer(
                    "dry_penalty_last_n",
                    -1,
                    Integer.MAX_VALUE,
                    "How many last tokens are searched for passages; -1, the default, is all.");
    private static final Field<List<String>> DRY_BREAKERS =
            Field.of(
                    "dry_sequence_breakers",
                    FieldSchema.arrayOf(FieldSchema.string()),
                    "No passage reaches over one of these texts.",
                    PenaltyFields::strings);

    private PenaltyFields() {}

    static List<Field<?>> all() {
        return List.of(
                REPETITION,
                REPEAT,
                REPEAT_LAST,
                PRESENCE,
                FREQUENCY,
                DRY_MULTIPLIER,
                DRY_BASE,
                DRY_ALLOWED,
                DRY_LAST,
                DRY_BREAKERS);
    }

    static void read(RequestObject body, AskedSampling asked) {
        Optional<Double> repeat = body.get(REPEAT);
        DryParams dry = dry(body);
        asked.with(body.get(REPETITION).or(() -> repeat), SamplingParams.Builder::repetitionPenalty)
                .with(body.get(REPEAT_LAST), SamplingParams.Builder::repetitionWindow)
                .with(body.get(PRESENCE), SamplingParams.Builder::presencePenalty)
                .with(body.get(FREQUENCY), SamplingParams.Builder::frequencyPenalty)
                .with(Optional.of(dry).filter(DryParams::isActive), SamplingParams.Builder::dry);
    }

    private static DryParams dry(RequestObject body) {
        DryParams dry = DryParams.of(body.get(DRY_MULTIPLIER).orElse(0.0));
        dry = body.get(DRY_BASE).map(dry::withBase).orElse(dry);
        dry = body.get(DRY_ALLOWED).map(dry::withAllowedLength).orElse(dry);
        dry = body.get(DRY_LAST).map(dry::withWindow).orElse(dry);
        return body.get(DRY_BREAKERS).map(dry::withSequenceBreakers).orElse(dry);
    }

    private static List<String> strings(RequestField field) {
        List<RequestField> elements = field.elements();
        if (elements.size() > DryParams.MAX_BREAKERS) {
            return field.expected(
                    "at most %d texts".formatted(DryParams.MAX_BREAKERS), elements.size());
        }
        return elements.stream().map(RequestField::string).toList();
    }
}
