package dev.nightjar.server.generation;

import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import java.util.ArrayList;
import java.util.List;

/** The members of a request that say how tokens are chosen; every dialect takes all of them. */
public final class SamplingFields {

    private static final Field<Double> TOP_P =
            Field.number(
                    "top_p", 0, 1, "Keeps the smallest set of tokens with at least this mass.");
    private static final Field<Integer> TOP_K =
            Field.of(
                    "top_k",
                    FieldSchema.integer(-1, Integer.MAX_VALUE),
                    "Keeps the k most likely tokens; 0 or -1 keeps all.",
                    SamplingFields::topK);
    private static final Field<Double> MIN_P =
            Field.number(
                    "min_p",
                    0,
                    1,
                    "Keeps tokens with at least this share of the largest probability.");
    private static final Field<Double> TYPICAL_P =
            Field.number(
                    "typical_p",
                    0,
                    1,
                    "Keeps the most typical tokens with at least this mass; 1 is off.");
    private static final Field<Long> SEED =
            Field.longInteger("seed", "Makes sampling reproducible, whatever else runs.");

    private final SamplingDefaults defaults;
    private final Field<Double> temperature;

    /** For a dialect with these defaults. */
    public SamplingFields(SamplingDefaults defaults) {
        this.defaults = defaults;
        this.temperature =
                Field.number(
                        "temperature",
                        0,
                        defaults.maxTemperature(),
                        "0 picks the most likely token; default %s."
                                .formatted(defaults.temperature()));
    }

    /** The members read here. */
    public List<Field<?>> all() {
        List<Field<?>> all = new ArrayList<>();
        all.addAll(
                List.of(
                        temperature,
                        TOP_P,
                        TOP_K,
                        MIN_P,
                        TYPICAL_P,
                        FilterOrder.SAMPLERS,
                        SEED,
                        LogitBias.FIELD));
        all.addAll(PenaltyFields.all());
        all.addAll(EndFields.all());
        return all;
    }

    /** What a request asks for, its limit of tokens left open. */
    public AskedSampling read(RequestObject body) {
        return read(body, defaults);
    }

    /** The same where what else the request says changes the dialect's defaults. */
    public AskedSampling read(RequestObject body, SamplingDefaults others) {
        AskedSampling asked =
                new AskedSampling(others)
                        .with(body.get(temperature), SamplingParams.Builder::temperature)
                        .with(
                                body.get(TOP_P).map(SamplingFields::keepsOne),
                                SamplingParams.Builder::topP)
                        .with(body.get(TOP_K), SamplingParams.Builder::topK)
                        .with(body.get(MIN_P), SamplingParams.Builder::minP)
                        .with(
                                body.get(TYPICAL_P).map(SamplingFields::keepsOne),
                                SamplingParams.Builder::typicalP)
                        .with(body.get(FilterOrder.SAMPLERS), SamplingParams.Builder::filterOrder)
                        .with(body.get(SEED), SamplingParams.Builder::seed)
                        .with(body.get(LogitBias.FIELD), SamplingParams.Builder::logitBias);
        PenaltyFields.read(body, asked);
        EndFields.read(body, asked);
        return asked;
    }

    /** The documented 0 means the smallest nucleus: one token. */
    private static double keepsOne(double mass) {
        return Math.max(mass, Float.MIN_NORMAL);
    }

    /** Clients of several servers write -1 for "off", where others write 0. */
    private static int topK(RequestField field) {
        return Math.max(0, field.integer(-1, Integer.MAX_VALUE));
    }
}
