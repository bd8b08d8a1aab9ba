package dev.nightjar.engine.predict;

import dev.nightjar.engine.format.document.Document;
import dev.nightjar.engine.format.lightgbm.LightGbmFile;
import dev.nightjar.engine.format.onnx.OnnxFile;
import dev.nightjar.engine.format.sklearn.SklearnFile;
import dev.nightjar.engine.format.xgboost.XgboostFile;
import dev.nightjar.engine.tabular.TabularModel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** The kinds of files, by how they begin. */
enum FileKind {
    XGBOOST {
        @Override
        boolean fits(byte[] head) {
            // The first key, in either notation; older versions begin with others.
            String text = new String(head, StandardCharsets.ISO_8859_1);
            return Document.isDocument(head)
                    && (text.contains("learner") || OTHER_FIRST_KEYS.matcher(text).lookingAt());
        }

        @Override
        TabularModel read(byte[] bytes, String file) {
            return XgboostFile.read(bytes, file).booster();
        }
    },
    LIGHTGBM {
        @Override
        boolean fits(byte[] head) {
            return LightGbmFile.isLightGbm(head);
        }

        @Override
        TabularModel read(byte[] bytes, String file) {
            return LightGbmFile.read(bytes, file).booster();
        }
    },
    SKLEARN {
        @Override
        boolean fits(byte[] head) {
            return SklearnFile.isPickle(head);
        }

        @Override
        TabularModel read(byte[] bytes, String file) {
            return SklearnFile.read(bytes, file);
        }
    },
    ONNX {
        @Override
        boolean fits(byte[] head) {
            return OnnxFile.isOnnx(head);
        }

        @Override
        TabularModel read(byte[] bytes, String file) {
            return OnnxFile.read(bytes, file);
        }
    };

    /** Enough to tell the kinds apart. */
    static final int HEAD_BYTES = 256;

    private static final Pattern OTHER_FIRST_KEYS =
            Pattern.compile("\\{\\s*\"(version|Model|Config)\"\\s*:\\s*[\\[{]");

    abstract boolean fits(byte[] head);

    abstract TabularModel read(byte[] bytes, String file);

    static Optional<FileKind> of(byte[] head) {
        return Arrays.stream(values()).filter(kind -> kind.fits(head)).findFirst();
    }
}
