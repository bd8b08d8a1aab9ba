package dev.nightjar.server.dialect.oip;

import dev.nightjar.engine.tabular.Field;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A tensor that an answer has.
 *
 * @param name as the client asks for it
 * @param kind what it holds
 * @param isBinary whether its elements are bytes behind the JSON
 */
record Output(String name, PredictionKind kind, boolean isBinary) {

    /** Of a request: whether all tensors of the answer are bytes. */
    static final String BINARY_OUTPUT = "binary_data_output";

    private static final String BINARY = "binary_data";
    private static final String PREDICT = "predict";

    /** What a model gives, by the name that clients ask for it; the usual answer first. */
    static Map<String, PredictionKind> all(TabularModel model) {
        Map<String, PredictionKind> outputs = new LinkedHashMap<>();
        outputs.put(usualName(model), PredictionKind.VALUE);
        for (PredictionKind kind : PredictionKind.values()) {
            if (model.kinds().contains(kind)) {
                outputs.putIfAbsent(name(kind), kind);
            }
        }
        return outputs;
    }

    /** Names that clients of scikit-learn's servers know. */
    private static String name(PredictionKind kind) {
        return switch (kind) {
            case VALUE -> PREDICT;
            case PROBABILITY -> "predict_proba";
            case RAW -> "raw";
            case LEAVES -> "leaves";
            case CONTRIBUTIONS -> "contributions";
        };
    }

    private static String usualName(TabularModel model) {
        List<Field> outputs = model.schema().outputs();
        return outputs.size() == 1 ? outputs.getFirst().name().orElse(PREDICT) : PREDICT;
    }

    /** Those that a request asks for, or the usual one. */
    static List<Output> asked(RequestObject body, TabularModel model) {
        boolean isBinary = flag(body.field("parameters"), BINARY_OUTPUT).orElse(false);
        Map<String, PredictionKind> known = all(model);
        Optional<RequestField> outputs = body.field("outputs");
        if (outputs.isEmpty() || outputs.get().elements().isEmpty()) {
            return List.of(new Output(usualName(model), PredictionKind.VALUE, isBinary));
        }
        List<Output> asked = new ArrayList<>();
        for (RequestField field : outputs.get().elements()) {
            RequestObject output = field.object();
            output.ignoreAllBut(Set.of("name", "parameters"));
            String name = output.required("name").word(List.copyOf(known.keySet()));
            asked.add(
                    new Output(
                            name,
                            known.get(name),
                            flag(output.field("parameters"), BINARY).orElse(isBinary)));
        }
        if (asked.size() > known.size()) {
            return outputs.get().expected("each output once");
        }
        return asked;
    }

    private static Optional<Boolean> flag(Optional<RequestField> parameters, String name) {
        return parameters.flatMap(all -> all.object().field(name)).map(RequestField::bool);
    }
}
