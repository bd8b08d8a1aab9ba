package dev.nightjar.engine.predict;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.mlflow.MlflowFolder;
import dev.nightjar.engine.tabular.TabularModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Opens models of rows: XGBoost in JSON or UBJSON, LightGBM's text, pickles and joblib files of
 * scikit-learn, ONNX, and folders of MLflow. The content of a file decides what it is, not its
 * name. Nothing in a file is ever executed.
 *
 * <pre>{@code
 * TabularModel model = Predictor.open(Path.of("model.json"));
 * Predictions prices = model.predict(Table.of(1, 3, 4.2, 0.1, 7), PredictionKind.VALUE);
 * }</pre>
 */
public final class Predictor {
    private static final long MAX_BYTES = 1L << 30;

    private static final Pattern FORMAT =
            Pattern.compile("(?<=.)\\.(json|ubj|txt|lgb|pkl|pickle|joblib|onnx)$");

    private Predictor() {}

    /**
     * Reads a model.
     *
     * @throws ModelFormatException if the file is of another kind, is damaged or holds something
     *     that is not supported; the message says what
     * @throws UncheckedIOException if it cannot be read
     */
    public static TabularModel open(Path path) {
        if (MlflowFolder.isMlflow(path)) {
            return MlflowModels.open(MlflowFolder.read(path));
        }
        if (Files.isDirectory(path)) {
            throw unknown(path);
        }
        try {
            return FileKind.of(head(path))
                    .orElseThrow(() -> unknown(path))
                    .read(bytes(path), path.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read model file " + path, e);
        }
    }

    /**
     * Reads a model from the bytes of a file.
     *
     * @param name of the file, for errors
     * @throws ModelFormatException as {@link #open} does
     */
    public static TabularModel read(byte[] bytes, String name) {
        byte[] head = Arrays.copyOf(bytes, Math.min(bytes.length, FileKind.HEAD_BYTES));
        return FileKind.of(head).orElseThrow(() -> unknown(Path.of(name))).read(bytes, name);
    }

    /** The name that a model gets from its path: without what says which format it has. */
    public static String defaultName(Path path) {
        Path name = path.toAbsolutePath().normalize().getFileName();
        String text = name == null ? path.toString() : name.toString();
        return Files.isDirectory(path) ? text : FORMAT.matcher(text).replaceFirst("");
    }

    /** Whether a path leads to a folder of MLflow, or a file begins like those that are read. */
    public static boolean isTabular(Path path) {
        try {
            return MlflowFolder.isMlflow(path)
                    || Files.isRegularFile(path) && FileKind.of(head(path)).isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read model file " + path, e);
        }
    }

    private static byte[] head(Path path) throws IOException {
        try (var in = Files.newInputStream(path)) {
            return in.readNBytes(FileKind.HEAD_BYTES);
        }
    }

    static byte[] bytes(Path path) throws IOException {
        long size = Files.size(path);
        if (size > MAX_BYTES) {
            throw new ModelFormatException(
                    "%s: expected at most %d bytes, found %d".formatted(path, MAX_BYTES, size));
        }
        return Files.readAllBytes(path);
    }

    private static ModelFormatException unknown(Path path) {
        return new ModelFormatException(
                path
                        + ": expected a model of XGBoost (JSON, UBJSON), LightGBM (text),"
                        + " scikit-learn (pickle, joblib), an ONNX file or a folder of MLflow (with"
                        + " a file MLmodel), found none of them; if this is XGBoost's old binary"
                        + " format, load it with XGBoost 1.0 to 3.0 and save it again:"
                        + " booster.save_model(\"model.json\")");
    }
}
