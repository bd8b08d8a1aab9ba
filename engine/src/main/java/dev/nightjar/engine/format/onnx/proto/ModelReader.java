package dev.nightjar.engine.format.onnx.proto;

import dev.nightjar.engine.format.MalformedFileException;
import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.protobuf.ProtoReader;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads a file: {@code ModelProto} and what is in it. Documentation, metadata and fields that are
 * not known are left out; what changes the meaning of a graph is refused by name.
 */
public final class ModelReader {
    private final String file;
    private final Map<String, Long> opsets = new HashMap<>();
    private String producer = "";
    private OnnxGraph graph;

    private ModelReader(String file) {
        this.file = file;
    }

    /**
     * Whether bytes begin like a file: with the version of the format (field 1, a small number),
     * and then another of its fields.
     */
    public static boolean isOnnx(byte[] bytes) {
        return bytes.length > 2
                && bytes[0] == 0x08
                && bytes[1] > 0
                && bytes[1] < 32
                && switch (bytes[2]) {
                    case 0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42 -> true;
                    default -> false;
                };
    }

    /**
     * Reads a file.
     *
     * @throws MalformedFileException if it breaks the format
     * @throws ModelFormatException if it holds what is not supported
     */
    public static OnnxModel read(byte[] bytes, String file) {
        ModelReader reader = new ModelReader(file);
        ProtoReader fields = new ProtoReader(bytes, file);
        while (fields.next()) {
            reader.field(fields);
        }
        if (reader.graph == null) {
            throw new ModelFormatException(file + ": expected a graph, found none");
        }
        return new OnnxModel(reader.producer.strip(), reader.opsets, reader.graph);
    }

    private void field(ProtoReader fields) {
        switch (fields.field()) {
            case 2 -> producer = fields.text() + producer;
            case 3 -> producer = producer + " " + fields.text();
            case 7 -> graph(fields.message());
            case 8 -> opset(fields.message());
            case 25 ->
                    throw new ModelFormatException(
                            file
                                    + ": expected operators only, found functions of the model's"
                                    + " own, which are not supported; export it with functions"
                                    + " inlined");
            default -> fields.skip();
        }
    }

    private void graph(ProtoReader fields) {
        if (graph != null) {
            throw fields.error("one graph", "another");
        }
        graph = new GraphReader(file).read(fields);
    }

    private void opset(ProtoReader fields) {
        String domain = "";
        long version = 0;
        while (fields.next()) {
            switch (fields.field()) {
                case 1 -> domain = fields.text();
                case 2 -> version = fields.varint();
                default -> fields.skip();
            }
        }
        Long before = opsets.put(plain(domain), version);
        if (before != null && before != version) {
            throw new ModelFormatException(
                    "%s: expected one version of domain \"%s\", found %d and %d"
                            .formatted(file, domain, before, version));
        }
    }

    /** Plain operators have two names for their domain. */
    static String plain(String domain) {
        return domain.equals("ai.onnx") ? "" : domain;
    }
}
