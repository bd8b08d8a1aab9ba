package dev.nightjar.engine.format.onnx;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.onnx.proto.ModelReader;
import dev.nightjar.engine.tabular.TabularModel;

/**
 * A classical model as an ONNX file: {@code ai.onnx.ml} and the plain operators that its exporters
 * emit. An operator that is not supported is an error that names it.
 */
public final class OnnxFile {

    private OnnxFile() {}

    /** Whether bytes begin like such a file. */
    public static boolean isOnnx(byte[] bytes) {
        return ModelReader.isOnnx(bytes);
    }

    /**
     * Reads a model, and tries it out with one row.
     *
     * @throws ModelFormatException if it breaks the format or holds what is not supported
     */
    public static TabularModel read(byte[] bytes, String file) {
        try {
            return new GraphAssembler(ModelReader.read(bytes, file), file).model();
        } catch (ModelFormatException e) {
            throw e.getMessage().startsWith(file)
                    ? e
                    : new ModelFormatException("%s: %s".formatted(file, e.getMessage()), e);
        }
    }
}
