package dev.nightjar.engine.format.mlflow;

import dev.nightjar.engine.format.MalformedFileException;
import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.json.JsonFields;
import dev.nightjar.engine.format.json.JsonText;
import dev.nightjar.engine.format.yaml.YamlReader;
import dev.nightjar.engine.tabular.TabularSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A model folder of MLflow, as its file {@code MLmodel} describes it. Environments (conda, pip) are
 * not looked at, as no Python runs; neither are examples and metadata.
 *
 * @param folder of the model
 * @param flavor whose file is read
 * @param file with the model, inside the folder
 * @param modelClass that was saved, if it is stated
 * @param isProbability whether MLflow answers with {@code predict_proba}
 * @param signature what the model takes and gives, if it is stated
 * @param details for people
 */
public record MlflowFolder(
        Path folder,
        MlflowFlavor flavor,
        Path file,
        Optional<String> modelClass,
        boolean isProbability,
        Optional<TabularSchema> signature,
        Map<String, String> details) {
    private static final String FILE = "MLmodel";
    private static final String GENERIC = "python_function";
    private static final long MAX_BYTES = 1 << 22;

    /** Protects the map. */
    public MlflowFolder {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    /** Whether a path leads to such a folder. */
    public static boolean isMlflow(Path path) {
        return Files.isRegularFile(path.resolve(FILE));
    }

    /**
     * Reads a folder's description.
     *
     * @throws MalformedFileException if it breaks the format
     * @throws ModelFormatException if it has no flavour that is supported
     * @throws UncheckedIOException if it cannot be read
     */
    public static MlflowFolder read(Path folder) {
        Path file = folder.resolve(FILE);
        return of(folder, bytes(file), file.toString());
    }

    private static byte[] bytes(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new ModelFormatException(
                        "%s: expected at most %d bytes, found %d"
                                .formatted(file, MAX_BYTES, Files.size(file)));
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** A folder whose description is known; its other files are looked for. */
    static MlflowFolder of(Path folder, byte[] description, String name) {
        JsonFields fields = JsonFields.of(name, YamlReader.read(description, name));
        JsonFields flavors =
                fields.optionalFields("flavors")
                        .orElseThrow(() -> fields.error("flavors", "expected some, found none"));
        MlflowFlavor flavor = chosen(flavors);
        JsonFields own = flavors.optionalFields(flavor.key()).orElseThrow();
        requirePlain(own);
        Map<String, String> details = new LinkedHashMap<>();
        details.put("MLflow flavor", flavor.key());
        fields.optional("mlflow_version")
                .ifPresent(version -> details.put("MLflow version", JsonText.of(version)));
        own.optionalText("model_class").ifPresent(type -> details.put("class", type));
        return new MlflowFolder(
                folder,
                flavor,
                file(folder, own, flavor),
                own.optionalText("model_class"),
                isProbability(flavors),
                SignatureReader.read(fields),
                details);
    }

    private static MlflowFlavor chosen(JsonFields flavors) {
        Set<String> names = flavors.object().members().keySet();
        return Arrays.stream(MlflowFlavor.values())
                .filter(flavor -> names.contains(flavor.key()))
                .filter(flavor -> flavors.optionalFields(flavor.key()).isPresent())
                .findFirst()
                .orElseThrow(
                        () ->
                                flavors.error(
                                        "flavors",
                                        "expected xgboost, lightgbm, onnx or sklearn, found %s"
                                                .formatted(
                                                        String.join(
                                                                ", ",
                                                                names.stream()
                                                                        .filter(
                                                                                n ->
                                                                                        !n.equals(
                                                                                                GENERIC))
                                                                        .toList()))));
    }

    /** Code beside a model, and forms of serialization that are none of ours, are refused. */
    private static void requirePlain(JsonFields own) {
        String form = own.optionalText("serialization_format").orElse("pickle");
        if (!form.equals("pickle") && !form.equals("cloudpickle")) {
            throw own.error(
                    "serialization_format",
                    "expected pickle or cloudpickle, found %s, which is not supported"
                            .formatted(form));
        }
        own.optionalText("code")
                .ifPresent(
                        code -> {
                            throw own.error(
                                    "code",
                                    "expected none, found %s; code of a model is never run"
                                            .formatted(code));
                        });
    }

    private static boolean isProbability(JsonFields flavors) {
        String function =
                flavors.optionalFields(GENERIC)
                        .flatMap(generic -> generic.optionalText("predict_fn"))
                        .orElse("predict");
        if (!function.equals("predict") && !function.equals("predict_proba")) {
            throw flavors.error(
                    GENERIC + ".predict_fn",
                    "expected predict or predict_proba, found " + function);
        }
        return function.equals("predict_proba");
    }

    private static Path file(Path folder, JsonFields own, MlflowFlavor flavor) {
        String name = own.text(flavor.fileKey());
        try {
            Path file = folder.resolve(name).normalize();
            boolean isInside = file.startsWith(folder.normalize()) && !Path.of(name).isAbsolute();
            if (!isInside || !Files.isRegularFile(file)) {
                throw own.error(flavor.fileKey(), "expected a file in the folder, found " + name);
            }
            return file;
        } catch (InvalidPathException e) {
            throw own.error(flavor.fileKey(), "expected the name of a file, found " + name);
        }
    }
}
