package dev.nightjar.server.predict;

import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.api.RequestQuery;
import dev.nightjar.server.error.ApiError;
import io.helidon.webserver.http.ServerRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a request wants to know of its rows, as its query says. */
public final class AskedKind {

    /** Probabilities instead of labels. */
    public static final Field<String> PROBA =
            Field.word(
                    "proba",
                    List.of("true", "false"),
                    "Of a model of rows: the probability of each class; default false.");

    /** Any kind. */
    public static final Field<String> KIND =
            Field.word(
                    "kind",
                    Arrays.stream(PredictionKind.values()).map(AskedKind::word).toList(),
                    "Of a model of rows: value, what the library predicts; raw, scores before the"
                            + " link function; probability; leaves, the leaf reached in each tree;"
                            + " contributions, what each feature adds to each raw score, the"
                            + " expected score last. Default value.");

    private AskedKind() {}

    private static String word(PredictionKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** Reads the query. */
    public static PredictionKind of(ServerRequest request) {
        RequestObject query = RequestQuery.read(request);
        boolean isProba = query.get(PROBA).filter("true"::equals).isPresent();
        Optional<PredictionKind> kind =
                query.get(KIND).map(word -> PredictionKind.valueOf(word.toUpperCase(Locale.ROOT)));
        if (isProba && kind.isPresent() && kind.get() != PredictionKind.PROBABILITY) {
            throw ApiError.invalidRequest(
                            "proba asks for probabilities and kind for %s; give one of them"
                                    .formatted(word(kind.get())))
                    .withParam(KIND.name())
                    .asException();
        }
        return isProba ? PredictionKind.PROBABILITY : kind.orElse(PredictionKind.VALUE);
    }
}
