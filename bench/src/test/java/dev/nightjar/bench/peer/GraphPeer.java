package dev.nightjar.bench.peer;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtUtil;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A graph of {@code classical_graphs.py} in ONNX Runtime. */
final class GraphPeer {

    private GraphPeer() {}

    /**
     * All outputs for rows of cells.
     *
     * @param rows cells as they stand in the file
     * @return one an output: numbers or text in order
     */
    static List<List<Object>> run(Path file, List<String[]> rows) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            try (OrtSession session = environment.createSession(file.toString(), options)) {
                int first = 0;
                for (var input : session.getInputInfo().entrySet()) {
                    TensorInfo info = (TensorInfo) input.getValue().getInfo();
                    long[] shape = info.getShape().clone();
                    shape[0] = rows.size();
                    int width = shape.length == 1 ? 1 : (int) shape[1];
                    inputs.put(
                            input.getKey(),
                            tensor(environment, info.type, shape, rows, first, width));
                    first += width;
                }
                try (OrtSession.Result result = session.run(inputs)) {
                    List<List<Object>> outputs = new ArrayList<>();
                    for (var output : result) {
                        outputs.add(flat(output.getValue()));
                    }
                    return outputs;
                }
            } finally {
                inputs.values().forEach(OnnxTensor::close);
            }
        }
    }

    private static OnnxTensor tensor(
            OrtEnvironment environment,
            OnnxJavaType type,
            long[] shape,
            List<String[]> rows,
            int first,
            int width)
            throws OrtException {
        List<String> cells = new ArrayList<>();
        for (String[] row : rows) {
            cells.addAll(List.of(row).subList(first, first + width));
        }
        if (type == OnnxJavaType.STRING) {
            return OnnxTensor.createTensor(environment, cells.toArray(String[]::new), shape);
        }
        double[] numbers =
                cells.stream()
                        .mapToDouble(c -> c.equals("nan") ? Double.NaN : Double.parseDouble(c))
                        .toArray();
        return switch (type) {
            case DOUBLE -> OnnxTensor.createTensor(environment, DoubleBuffer.wrap(numbers), shape);
            case INT64 -> {
                LongBuffer longs = LongBuffer.allocate(numbers.length);
                for (double number : numbers) {
                    longs.put((long) number);
                }
                yield OnnxTensor.createTensor(environment, longs.flip(), shape);
            }
            case FLOAT -> {
                FloatBuffer floats = FloatBuffer.allocate(numbers.length);
                for (double number : numbers) {
                    floats.put((float) number);
                }
                yield OnnxTensor.createTensor(environment, floats.flip(), shape);
            }
            default -> throw new IllegalArgumentException("no graph takes " + type);
        };
    }

    private static List<Object> flat(OnnxValue value) throws OrtException {
        List<Object> all = new ArrayList<>();
        if (value instanceof OnnxTensor tensor) {
            switch (tensor.getInfo().type) {
                case FLOAT -> add(all, tensor.getFloatBuffer().array());
                case DOUBLE -> {
                    for (double number : tensor.getDoubleBuffer().array()) {
                        all.add(number);
                    }
                }
                case INT64 -> {
                    for (long number : tensor.getLongBuffer().array()) {
                        all.add((double) number);
                    }
                }
                case BOOL -> {
                    ByteBuffer bytes = tensor.getByteBuffer();
                    while (bytes.hasRemaining()) {
                        all.add((double) bytes.get());
                    }
                }
                default -> all.addAll(List.of(OrtUtil.flattenString((Object[]) tensor.getValue())));
            }
            return all;
        }
        for (Object map : (List<?>) value.getValue()) {
            var entries =
                    map instanceof ai.onnxruntime.OnnxMap onnx ? onnx.getValue() : (Map<?, ?>) map;
            for (Object score : new TreeMap<>(entries).values()) {
                all.add(((Number) score).doubleValue());
            }
        }
        return all;
    }

    private static void add(List<Object> all, float[] numbers) {
        for (float number : numbers) {
            all.add((double) number);
        }
    }
}
