package dev.nightjar.engine.format.onnx.proto;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.protobuf.ProtoDoubles;
import dev.nightjar.engine.format.protobuf.ProtoLongs;
import dev.nightjar.engine.format.protobuf.ProtoReader;
import dev.nightjar.engine.tabular.graph.Array;
import dev.nightjar.engine.tabular.graph.ElementType;
import dev.nightjar.engine.tabular.graph.NumberArray;
import dev.nightjar.engine.tabular.graph.Shape;
import dev.nightjar.engine.tabular.graph.TextArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code TensorProto}: elements lie in the field of their type, or little-endian in {@code
 * raw_data}. Elements in other files are refused.
 */
final class TensorReader {
    private static final double EXACT = 1L << 53;

    private final String file;
    private final ProtoLongs dims = new ProtoLongs();
    private final ProtoDoubles floats = new ProtoDoubles();
    private final ProtoLongs ints = new ProtoLongs();
    private final List<String> texts = new ArrayList<>();
    private Optional<ByteBuffer> raw = Optional.empty();
    private String name = "";
    private long type;
    private boolean isElsewhere;

    private TensorReader(String file) {
        this.file = file;
    }

    /** An array and its name. */
    record Named(String name, Array array) {}

    static Named read(String file, ProtoReader fields) {
        TensorReader reader = new TensorReader(file);
        while (fields.next()) {
            reader.field(fields);
        }
        return new Named(reader.name, reader.array());
    }

    private void field(ProtoReader fields) {
        switch (fields.field()) {
            case 1 -> fields.varints(dims);
            case 2 -> type = fields.varint();
            case 3 -> throw fields.error("whole tensors", "a segment of one");
            case 4 -> fields.floats(floats);
            case 5, 7, 11 -> fields.varints(ints);
            case 6 -> texts.add(fields.text());
            case 8 -> name = fields.text();
            case 9 -> raw = Optional.of(fields.bytes().order(ByteOrder.LITTLE_ENDIAN));
            case 10 -> fields.doubles(floats);
            case 13 -> isElsewhere = skipped(fields);
            case 14 -> isElsewhere |= fields.varint() == 1;
            default -> fields.skip();
        }
    }

    private static boolean skipped(ProtoReader fields) {
        fields.skip();
        return true;
    }

    private Array array() {
        if (isElsewhere) {
            throw error(
                    "elements in the file",
                    "external data, which are not supported; save the model with"
                            + " onnx.save_model(model, path, save_as_external_data=False)");
        }
        ElementType element =
                ElementTypes.of(type)
                        .orElseThrow(() -> error("an element type that is known", type));
        Shape shape = Shape.ofLongs(dims.toArray());
        if (element == ElementType.TEXT) {
            requireCount(shape.count(), texts.size());
            return new TextArray(shape, texts.toArray(String[]::new));
        }
        double[] numbers = raw.isPresent() ? raw(element, shape) : typed(element);
        requireCount(shape.count(), numbers.length);
        return new NumberArray(element, shape, numbers);
    }

    private void requireCount(int expected, int found) {
        if (expected != found) {
            throw error(expected + " elements", found);
        }
    }

    private double[] typed(ElementType element) {
        return switch (element) {
            case FLOAT, DOUBLE -> floats.toArray();
            case FLOAT16 ->
                    Arrays.stream(ints.toArray())
                            .mapToDouble(bits -> Float.float16ToFloat((short) bits))
                            .toArray();
            default -> Arrays.stream(ints.toArray()).mapToDouble(n -> whole(element, n)).toArray();
        };
    }

    private double[] raw(ElementType element, Shape shape) {
        ByteBuffer bytes = raw.orElseThrow();
        int width =
                switch (element) {
                    case DOUBLE, INT64 -> 8;
                    case FLOAT, INT32, UINT32 -> 4;
                    case FLOAT16, INT16, UINT16 -> 2;
                    default -> 1;
                };
        if (bytes.remaining() != (long) shape.count() * width) {
            throw error((long) shape.count() * width + " bytes", bytes.remaining());
        }
        double[] numbers = new double[shape.count()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = raw(element, bytes);
        }
        return numbers;
    }

    private double raw(ElementType element, ByteBuffer bytes) {
        return switch (element) {
            case FLOAT -> bytes.getFloat();
            case DOUBLE -> bytes.getDouble();
            case FLOAT16 -> Float.float16ToFloat(bytes.getShort());
            case INT64 -> whole(element, bytes.getLong());
            case INT32, UINT32 -> element.round(bytes.getInt());
            case INT16, UINT16 -> element.round(bytes.getShort());
            default -> element.round(bytes.get());
        };
    }

    /** Integers are kept as doubles; the bounds of the type stand for "up to the end". */
    private double whole(ElementType element, long number) {
        boolean isBound = number == Long.MAX_VALUE || number == Long.MIN_VALUE;
        if (Math.abs((double) number) > EXACT && !isBound) {
            throw error("integers of at most 2^53 in magnitude", number);
        }
        return element.round(number);
    }

    private ModelFormatException error(String expected, Object found) {
        return new ModelFormatException(
                "%s: tensor \"%s\": expected %s, found %s".formatted(file, name, expected, found));
    }
}
