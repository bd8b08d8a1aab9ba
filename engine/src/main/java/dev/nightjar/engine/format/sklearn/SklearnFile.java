package dev.nightjar.engine.format.sklearn;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.pickle.PickleGlobals;
import dev.nightjar.engine.format.sklearn.joblib.JoblibFile;
import dev.nightjar.engine.format.sklearn.state.Source;
import dev.nightjar.engine.tabular.TabularModel;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * An estimator that scikit-learn pickled, from versions 0.18 on, or that joblib saved. A class that
 * is not known is an error that names it; nothing is ever called.
 */
public final class SklearnFile {
    /**
     * Names under these packages may stand anywhere in a file, as an estimator refers to functions
     * that its training needed; only classes with a reader are ever looked at.
     */
    private static final Set<String> PACKAGES =
            Set.of("sklearn", "numpy", "scipy", "joblib", "xgboost", "lightgbm", "pandas");

    private static final Set<String> NAMES =
            Set.of(
                    "_codecs.encode",
                    "copy_reg._reconstructor",
                    "copyreg._reconstructor",
                    "__builtin__.object",
                    "__builtin__.list",
                    "__builtin__.dict",
                    "__builtin__.set",
                    "__builtin__.slice",
                    "__builtin__.bytes",
                    "__builtin__.bytearray",
                    "__builtin__.float",
                    "__builtin__.int",
                    "builtins.object",
                    "builtins.list",
                    "builtins.dict",
                    "builtins.set",
                    "builtins.slice",
                    "builtins.range",
                    "builtins.bytes",
                    "builtins.bytearray",
                    "builtins.float",
                    "builtins.int",
                    "functools.partial",
                    "collections.OrderedDict",
                    "collections.defaultdict");

    private static final PickleGlobals GLOBALS = new PickleGlobals(NAMES, PACKAGES);

    private SklearnFile() {}

    /**
     * Whether bytes begin like the pickle of an object, or a compressed file of joblib; tensors of
     * PyTorch begin otherwise.
     */
    public static boolean isPickle(byte[] bytes) {
        String start =
                new String(bytes, 0, Math.min(bytes.length, 64), StandardCharsets.ISO_8859_1);
        boolean isBinary = start.length() > 2 && start.charAt(0) == 0x80 && start.charAt(1) <= 5;
        boolean isObject = isBinary && (start.charAt(2) == 'c' || start.charAt(2) == 0x95);
        return isObject
                || start.startsWith("ccopy_reg\n")
                || start.startsWith("ccopyreg\n")
                || start.startsWith("csklearn.")
                || JoblibFile.isCompressed(bytes);
    }

    /**
     * Reads a model.
     *
     * @throws ModelFormatException if it breaks the format or holds what is not supported
     */
    public static TabularModel read(byte[] bytes, String file) {
        JoblibFile.Content content = JoblibFile.read(bytes, file, GLOBALS);
        return new Levels(new Source(file, content.numBytes()), 0).model(content.value());
    }
}
