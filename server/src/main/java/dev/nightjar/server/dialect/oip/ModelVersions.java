package dev.nightjar.server.dialect.oip;

import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.catalog.ServedModel;
import dev.nightjar.server.error.ApiError;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** The protocol's versions are numbers; a model without any has one, 1. */
final class ModelVersions {

    private static final String ONLY = "1";

    private ModelVersions() {}

    /** The number of the version that answers. */
    static String of(ServedModel model) {
        String prefix = model.entry().name() + "-v";
        return model.entry().versions().models().isEmpty()
                ? ONLY
                : model.version().substring(prefix.length());
    }

    /** All numbers of a model. */
    static List<String> all(ServedModel model) {
        SortedMap<Integer, String> numbers = model.entry().versions().models();
        return numbers.isEmpty()
                ? List.of(ONLY)
                : numbers.keySet().stream().map(number -> Integer.toString(number)).toList();
    }

    /**
     * A version of a model.
     *
     * @throws dev.nightjar.server.error.ApiException with status 404 if there is none
     */
    static ServedModel find(ModelCatalog models, String id, String version) {
        ServedModel model = models.named(id);
        if (of(model).equals(version)) {
            return model;
        }
        Optional<ServedModel> found =
                all(model).contains(version)
                        ? models.find(model.entry().name() + "-v" + version)
                        : Optional.empty();
        return found.orElseThrow(
                () ->
                        ApiError.refusal(
                                        404,
                                        "model '%s' has no version '%s'; versions: %s"
                                                .formatted(id, version, all(model)))
                                .withParam("version")
                                .withCode("model_not_found")
                                .asException());
    }
}
