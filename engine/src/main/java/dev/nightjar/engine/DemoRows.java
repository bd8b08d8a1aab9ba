package dev.nightjar.engine;

import dev.nightjar.engine.predict.Predictor;
import dev.nightjar.engine.tabular.TabularModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The small model of rows that ships inside the jar. */
final class DemoRows {

    static final String NAME = DemoModel.NAME + "-predict";

    private static final String RESOURCE = "demo/nightjar-demo-predict.json";

    private DemoRows() {}

    static TabularModel open() {
        return Predictor.read(bytes(), NAME);
    }

    static long sizeBytes() {
        return bytes().length;
    }

    private static byte[] bytes() {
        try (InputStream in = DemoRows.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(
                        "this build of the engine has no demo model of rows (" + RESOURCE + ")");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the demo model of rows", e);
        }
    }
}
