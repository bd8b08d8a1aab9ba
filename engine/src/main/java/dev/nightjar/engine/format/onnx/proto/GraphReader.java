package dev.nightjar.engine.format.onnx.proto;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.protobuf.ProtoReader;
import dev.nightjar.engine.tabular.graph.Array;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code GraphProto} and {@code NodeProto}. */
final class GraphReader {
    private static final int MAX_NODES = 1 << 18;

    private final String file;
    private final List<OnnxNode> nodes = new ArrayList<>();
    private final Map<String, Array> constants = new LinkedHashMap<>();
    private final List<OnnxValueInfo> inputs = new ArrayList<>();
    private final List<OnnxValueInfo> outputs = new ArrayList<>();
    private String name = "";

    GraphReader(String file) {
        this.file = file;
    }

    OnnxGraph read(ProtoReader fields) {
        while (fields.next()) {
            switch (fields.field()) {
                case 1 -> nodes.add(node(fields.message()));
                case 2 -> name = fields.text();
                case 5 -> constant(TensorReader.read(file, fields.message()), fields);
                case 11 -> inputs.add(ValueInfoReader.read(fields.message()));
                case 12 -> outputs.add(ValueInfoReader.read(fields.message()));
                case 15 -> throw fields.error("dense initializers", "a sparse one");
                default -> fields.skip();
            }
            if (nodes.size() > MAX_NODES) {
                throw fields.error("at most %d nodes".formatted(MAX_NODES), "more");
            }
        }
        return new OnnxGraph(name, nodes, constants, inputs, outputs);
    }

    private void constant(TensorReader.Named tensor, ProtoReader fields) {
        if (constants.put(tensor.name(), tensor.array()) != null) {
            throw fields.error("one initializer \"%s\"".formatted(tensor.name()), "another");
        }
    }

    private OnnxNode node(ProtoReader fields) {
        List<String> taken = new ArrayList<>();
        List<String> made = new ArrayList<>();
        Map<String, OnnxAttribute> attributes = new HashMap<>();
        String label = "";
        String operator = "";
        String domain = "";
        String overload = "";
        while (fields.next()) {
            switch (fields.field()) {
                case 1 -> taken.add(fields.text());
                case 2 -> made.add(fields.text());
                case 3 -> label = fields.text();
                case 4 -> operator = fields.text();
                case 5 -> AttributeReader.read(file, fields.message(), attributes);
                case 7 -> domain = ModelReader.plain(fields.text());
                case 8 -> overload = fields.text();
                default -> fields.skip();
            }
        }
        if (!overload.isEmpty()) {
            throw new ModelFormatException(
                    "%s: expected operators only, found overload \"%s\" of %s"
                            .formatted(file, overload, operator));
        }
        return new OnnxNode(label, domain, operator, taken, made, attributes);
    }
}
