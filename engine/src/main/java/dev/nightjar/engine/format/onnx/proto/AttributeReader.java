package dev.nightjar.engine.format.onnx.proto;

import dev.nightjar.engine.format.protobuf.ProtoDoubles;
import dev.nightjar.engine.format.protobuf.ProtoLongs;
import dev.nightjar.engine.format.protobuf.ProtoReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code AttributeProto}. Files of the first versions do not state the kind of an attribute;
 * then it is the kind of what is there.
 */
final class AttributeReader {
    private final String file;
    private final ProtoDoubles floats = new ProtoDoubles();
    private final ProtoLongs ints = new ProtoLongs();
    private final List<String> texts = new ArrayList<>();
    private String name = "";
    private double number;
    private long whole;
    private String text = "";
    private Optional<OnnxAttribute> tensor = Optional.empty();
    private Optional<String> unsupported = Optional.empty();
    private int stated;
    private int seen;

    private AttributeReader(String file) {
        this.file = file;
    }

    static void read(String file, ProtoReader fields, Map<String, OnnxAttribute> into) {
        AttributeReader reader = new AttributeReader(file);
        while (fields.next()) {
            reader.field(fields);
        }
        if (into.put(reader.name, reader.value(fields)) != null) {
            throw fields.error("one attribute \"%s\"".formatted(reader.name), "another");
        }
    }

    private void field(ProtoReader fields) {
        switch (fields.field()) {
            case 1 -> name = fields.text();
            case 2 -> seen(1, () -> number = fields.float32());
            case 3 -> seen(2, () -> whole = fields.varint());
            case 4 -> seen(3, () -> text = fields.text());
            case 5 -> seen(4, () -> tensor(fields));
            case 6 -> other("a graph", fields);
            case 7 -> seen(6, () -> fields.floats(floats));
            case 8 -> seen(7, () -> fields.varints(ints));
            case 9 -> seen(8, () -> texts.add(fields.text()));
            case 10 -> other("tensors", fields);
            case 11 -> other("graphs", fields);
            case 14, 15 -> other("a type", fields);
            case 20 -> stated = (int) fields.varint();
            case 21 -> other("a reference", fields);
            case 22, 23 -> other("a sparse tensor", fields);
            default -> fields.skip();
        }
    }

    private void seen(int kind, Runnable read) {
        seen = kind;
        read.run();
    }

    private void tensor(ProtoReader fields) {
        tensor =
                Optional.of(
                        new OnnxAttribute.Tensor(
                                TensorReader.read(file, fields.message()).array()));
    }

    private void other(String kind, ProtoReader fields) {
        unsupported = Optional.of(kind);
        fields.skip();
    }

    private OnnxAttribute value(ProtoReader fields) {
        if (unsupported.isPresent()) {
            return new OnnxAttribute.Other(unsupported.get());
        }
        return switch (stated == 0 ? seen : stated) {
            case 1 -> new OnnxAttribute.Decimal(number);
            case 2 -> new OnnxAttribute.Whole(whole);
            case 3 -> new OnnxAttribute.Text(text);
            case 4 -> tensor.orElseThrow(() -> fields.error("a tensor", "none"));
            case 6 -> new OnnxAttribute.Decimals(floats.toArray());
            case 7 -> new OnnxAttribute.Wholes(ints.toArray());
            case 8 -> new OnnxAttribute.Texts(texts);
            default -> new OnnxAttribute.Other("kind " + stated);
        };
    }
}
