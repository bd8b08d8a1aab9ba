package dev.nightjar.engine.format.sklearn.state;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.pickle.PickleValue;
import dev.nightjar.engine.format.pickle.PickleValue.PickleBoolean;
import dev.nightjar.engine.format.pickle.PickleValue.PickleBytes;
import dev.nightjar.engine.format.pickle.PickleValue.PickleCall;
import dev.nightjar.engine.format.pickle.PickleValue.PickleFloat;
import dev.nightjar.engine.format.pickle.PickleValue.PickleInteger;
import dev.nightjar.engine.format.pickle.PickleValue.PickleList;
import dev.nightjar.engine.format.pickle.PickleValue.PickleNone;
import dev.nightjar.engine.format.pickle.PickleValue.PickleText;
import dev.nightjar.engine.format.pickle.PickleValue.PickleTuple;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An array of numpy: {@code _reconstruct(ndarray, …)} with state {@code (version, shape, type, in
 * columns, bytes or list)}, {@code _frombuffer(bytes, type, shape, order)}, or a number by {@code
 * scalar(type, bytes)}.
 */
public final class NumpyArray {
    private final Source file;
    private final int[] shape;
    private final NumpyType type;
    private final ByteBuffer bytes;
    private final List<PickleValue> objects;
    private final int size;

    private NumpyArray(
            Source file,
            int[] shape,
            NumpyType type,
            ByteBuffer bytes,
            List<PickleValue> objects,
            int size) {
        this.file = file;
        this.shape = shape;
        this.type = type;
        this.bytes = bytes;
        this.objects = objects;
        this.size = size;
    }

    /**
     * The array that a value describes.
     *
     * @throws ModelFormatException if it describes something else
     */
    public static NumpyArray of(Source file, PickleValue value) {
        if (value instanceof PickleCall call
                && call.function().toString().endsWith(".scalar")
                && call.arguments() instanceof PickleTuple parts
                && parts.elements().size() == 2) {
            NumpyType type = NumpyType.of(file, parts.elements().getFirst());
            return make(file, new int[0], type, false, parts.elements().get(1));
        }
        if (value instanceof PickleCall call
                && call.function().toString().endsWith("._frombuffer")
                && call.arguments() instanceof PickleTuple parts
                && parts.elements().size() == 4
                && parts.elements().get(2) instanceof PickleTuple shape) {
            NumpyType type = NumpyType.of(file, parts.elements().get(1));
            boolean isInColumns =
                    parts.elements().get(3) instanceof PickleText order
                            && order.value().equals("F");
            int[] sizes = sizes(file, shape);
            PickleValue content = parts.elements().getFirst();
            return make(file, sizes, type, isInColumns && sizes.length > 1, content);
        }
        if (!(value instanceof PickleCall call)
                || !call.function().toString().endsWith("._reconstruct")
                || !(call.state().orElse(value) instanceof PickleTuple state)
                || state.elements().size() != 5
                || !(state.elements().get(1) instanceof PickleTuple shape)) {
            throw new ModelFormatException(
                    "%s: expected an array, found %s".formatted(file.name(), value.kind()));
        }
        int[] sizes = sizes(file, shape);
        NumpyType type = NumpyType.of(file, state.elements().get(2));
        boolean isInColumns =
                state.elements().get(3) == PickleBoolean.TRUE
                        || state.elements().get(3) instanceof PickleInteger flag
                                && flag.value().signum() != 0;
        return make(file, sizes, type, isInColumns && sizes.length > 1, state.elements().get(4));
    }

    /** Whether a value describes an array. */
    static boolean isArray(PickleValue value) {
        if (!(value instanceof PickleCall call)) {
            return false;
        }
        String function = call.function().toString();
        return function.endsWith("._reconstruct")
                || function.endsWith("._frombuffer")
                || function.endsWith(".scalar");
    }

    private static int[] sizes(Source file, PickleTuple shape) {
        int[] sizes = new int[shape.elements().size()];
        for (int i = 0; i < sizes.length; i++) {
            if (!(shape.elements().get(i) instanceof PickleInteger size)
                    || size.value().signum() < 0
                    || size.value().bitLength() > 31) {
                throw new ModelFormatException(
                        file.name() + ": expected sizes of an array, found others");
            }
            sizes[i] = size.value().intValue();
        }
        return sizes;
    }

    private static NumpyArray make(
            Source file, int[] shape, NumpyType type, boolean isInColumns, PickleValue content) {
        long size = 1;
        for (int dimension : shape) {
            size = Math.min(size * dimension, Integer.MAX_VALUE);
        }
        if (isInColumns && shape.length != 2) {
            throw new ModelFormatException(
                    file.name() + ": expected an array in the order of rows, found one of columns");
        }
        if (type.kind() == 'O') {
            List<PickleValue> list =
                    content instanceof PickleList elements ? elements.elements() : List.of();
            require(file, list.size() == size && !isInColumns);
            return new NumpyArray(file, shape, type, ByteBuffer.allocate(0), list, (int) size);
        }
        byte[] raw = bytes(file, content);
        file.charge(isInColumns ? raw.length : 0);
        require(file, raw.length == size * type.size());
        ByteBuffer ordered = ByteBuffer.wrap(isInColumns ? inRows(raw, shape, type.size()) : raw);
        ordered.order(type.isBig() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        return new NumpyArray(file, shape, type, ordered, List.of(), (int) size);
    }

    private static void require(Source file, boolean isSo) {
        if (!isSo) {
            throw new ModelFormatException(
                    file.name()
                            + ": expected as many elements as an array's shape says, found others");
        }
    }

    private static byte[] inRows(byte[] columns, int[] shape, int size) {
        byte[] rows = new byte[columns.length];
        for (int r = 0; r < shape[0]; r++) {
            for (int c = 0; c < shape[1]; c++) {
                System.arraycopy(
                        columns, (c * shape[0] + r) * size, rows, (r * shape[1] + c) * size, size);
            }
        }
        return rows;
    }

    /** Bytes as they are, or as text of protocol 2. */
    private static byte[] bytes(Source file, PickleValue content) {
        PickleValue inner = content;
        if (content instanceof PickleCall call
                && call.function().toString().equals("_codecs.encode")
                && call.arguments() instanceof PickleTuple arguments
                && !arguments.elements().isEmpty()) {
            inner = arguments.elements().getFirst();
        } else if (content instanceof PickleCall call
                && call.function().toString().matches("(builtins|__builtin__)[.]byte(s|array)")
                && call.arguments() instanceof PickleTuple arguments) {
            // Protocol 2 has no empty bytes.
            inner =
                    arguments.elements().isEmpty()
                            ? new PickleBytes(new byte[0])
                            : arguments.elements().getFirst();
        }
        return switch (inner) {
            case PickleBytes plain -> plain.value();
            case PickleText text -> text.value().getBytes(StandardCharsets.ISO_8859_1);
            default ->
                    throw new ModelFormatException(
                            "%s: expected the bytes of an array, found %s"
                                    .formatted(file.name(), content.kind()));
        };
    }

    /** How many elements. */
    public int size() {
        return size;
    }

    /** Size of a dimension; 1 if there is none. */
    public int dimension(int index) {
        return index < shape.length ? shape[index] : 1;
    }

    /** How many dimensions; none of a single number. */
    public int numDimensions() {
        return shape.length;
    }

    /** Whether elements are text, or objects of which some are. */
    public boolean isText() {
        return type.kind() == 'U'
                || type.kind() == 'S'
                || objects.stream().anyMatch(PickleText.class::isInstance);
    }

    /** Whether all elements are whole numbers. */
    public boolean isInteger() {
        return type.kind() == 'i'
                || type.kind() == 'u'
                || isObjects() && objects.stream().allMatch(PickleInteger.class::isInstance);
    }

    /** Whether all elements are true or false. */
    public boolean isBoolean() {
        return type.kind() == 'b'
                || isObjects() && objects.stream().allMatch(PickleBoolean.class::isInstance);
    }

    /** Whether elements are objects of any class. */
    public boolean isObjects() {
        return type.kind() == 'O';
    }

    /** All elements, if they are objects. */
    public List<PickleValue> objects() {
        if (type.kind() != 'O') {
            throw new ModelFormatException(
                    file.name() + ": expected an array of objects, found numbers");
        }
        return objects;
    }

    /** All elements as numbers, row by row; NaN for None among objects. */
    public double[] numbers() {
        if (isObjects()) {
            file.charge(size * 8L);
            return objects.stream().mapToDouble(this::number).toArray();
        }
        return numbers(type, 0, type.size());
    }

    /** One field of all records. */
    public double[] field(String name) {
        NumpyType.FieldPlace place = type.fields().get(name);
        if (place == null
                || place.offset() < 0
                || (long) place.offset() + place.type().size() > type.size()) {
            throw new ModelFormatException(
                    "%s: expected records with %s, found none".formatted(file.name(), name));
        }
        return numbers(place.type(), place.offset(), type.size());
    }

    /** Whether elements are records with a field. */
    public boolean hasField(String name) {
        return type.fields().containsKey(name);
    }

    private double[] numbers(NumpyType element, int offset, int stride) {
        file.charge(size * 8L);
        double[] numbers = new double[size];
        for (int i = 0; i < size; i++) {
            numbers[i] = number(element, offset + i * stride);
        }
        return numbers;
    }

    private double number(PickleValue value) {
        return switch (value) {
            case PickleInteger integer -> integer.value().doubleValue();
            case PickleFloat number -> number.value();
            case PickleBoolean flag -> flag == PickleBoolean.TRUE ? 1 : 0;
            case PickleNone none -> Double.NaN;
            case PickleCall call when call.function().toString().endsWith(".scalar") ->
                    of(file, call).numbers()[0];
            default ->
                    throw new ModelFormatException(
                            "%s: expected an array of numbers, found %s in it"
                                    .formatted(file.name(), value.kind()));
        };
    }

    private double number(NumpyType element, int at) {
        String name = "" + element.kind() + element.size();
        return switch (name) {
            case "f8" -> bytes.getDouble(at);
            case "f4" -> bytes.getFloat(at);
            case "f2" -> Float.float16ToFloat(bytes.getShort(at));
            case "i8", "u8" -> bytes.getLong(at);
            case "i4" -> bytes.getInt(at);
            case "u4" -> Integer.toUnsignedLong(bytes.getInt(at));
            case "i2" -> bytes.getShort(at);
            case "u2" -> Short.toUnsignedInt(bytes.getShort(at));
            case "i1" -> bytes.get(at);
            case "u1", "b1" -> bytes.get(at) & 0xff;
            default ->
                    throw new ModelFormatException(
                            "%s: expected an array of numbers, found elements of %s"
                                    .formatted(file.name(), name));
        };
    }

    /**
     * All elements as text.
     *
     * @throws ModelFormatException if there are others among objects
     */
    public List<String> texts() {
        file.charge(size * 64L);
        List<String> texts = new ArrayList<>();
        if (isObjects()) {
            for (PickleValue value : objects) {
                texts.add(text(value));
            }
            return texts;
        }
        if (type.kind() != 'U') {
            throw new ModelFormatException(
                    "%s: expected an array of text, found elements of %s%d"
                            .formatted(file.name(), type.kind(), type.size()));
        }
        for (int i = 0; i < size; i++) {
            StringBuilder text = new StringBuilder();
            for (int c = 0; c < type.size() / 4; c++) {
                int code = bytes.getInt(i * type.size() + c * 4);
                if (code != 0) {
                    text.appendCodePoint(Character.isValidCodePoint(code) ? code : 0xfffd);
                }
            }
            texts.add(text.toString());
        }
        return texts;
    }

    private String text(PickleValue value) {
        return switch (value) {
            case PickleText text -> text.value();
            case PickleCall call when call.function().toString().endsWith(".scalar") -> {
                NumpyArray scalar = of(file, call);
                if (scalar.isObjects()) {
                    throw new ModelFormatException(
                            file.name() + ": expected text, found an object");
                }
                yield scalar.texts().getFirst();
            }
            default ->
                    throw new ModelFormatException(
                            "%s: expected an array of text, found %s in it"
                                    .formatted(file.name(), value.kind()));
        };
    }
}
