package dev.nightjar.server.dialect.oip;

import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.error.ApiError;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What follows the JSON of a request of the binary extension: the elements of its tensors, one
 * tensor behind the other, little-endian. For one thread.
 */
final class TensorBytes {

    private final ByteBuffer rest;

    /** The bytes behind the JSON; none if the request is JSON alone. */
    TensorBytes(byte[] body, int from) {
        rest = ByteBuffer.wrap(body, from, body.length - from).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Takes the elements of the next tensor.
     *
     * @throws dev.nightjar.server.error.ApiException if there are fewer bytes than it says, or they
     *     are no elements of its type
     */
    Tensor next(String path, String name, TensorType type, long[] shape, RequestField size) {
        int numBytes = size.integer(0, Integer.MAX_VALUE);
        if (numBytes > rest.remaining()) {
            throw size.refused(
                    "%s is %d, but only %d bytes are left behind the JSON"
                            .formatted(size.path(), numBytes, rest.remaining()));
        }
        ByteBuffer own = rest.slice(rest.position(), numBytes).order(ByteOrder.LITTLE_ENDIAN);
        rest.position(rest.position() + numBytes);
        if (type == TensorType.BYTES) {
            return new Tensor(path, name, type, shape, new double[0], texts(own, size));
        }
        if (numBytes % type.bytes() != 0) {
            throw size.refused(
                    "%s must be a multiple of %d, the bytes of %s, found %d"
                            .formatted(size.path(), type.bytes(), type, numBytes));
        }
        double[] numbers = new double[numBytes / type.bytes()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(own, type);
        }
        return new Tensor(path, name, type, shape, numbers, new String[0]);
    }

    /**
     * Refuses bytes that belong to no tensor.
     *
     * @throws dev.nightjar.server.error.ApiException if there are any
     */
    void requireEnd() {
        if (rest.hasRemaining()) {
            throw ApiError.invalidRequest(
                            "%d bytes behind the JSON belong to no tensor; give each its parameters.binary_data_size"
                                    .formatted(rest.remaining()))
                    .withParam("inputs")
                    .asException();
        }
    }

    private static double number(ByteBuffer bytes, TensorType type) {
        return switch (type) {
            case BOOL -> bytes.get() != 0 ? 1 : 0;
            case UINT8 -> bytes.get() & 0xff;
            case UINT16 -> bytes.getShort() & 0xffff;
            case UINT32 -> bytes.getInt() & 0xffff_ffffL;
            case UINT64 -> unsigned(bytes.getLong());
            case INT8 -> bytes.get();
            case INT16 -> bytes.getShort();
            case INT32 -> bytes.getInt();
            case INT64 -> bytes.getLong();
            case FP16 -> Float.float16ToFloat(bytes.getShort());
            case FP32 -> bytes.getFloat();
            case FP64 -> bytes.getDouble();
            case BYTES -> throw new IllegalStateException("no number");
        };
    }

    private static double unsigned(long value) {
        return value >= 0 ? value : ((value >>> 1) | (value & 1)) * 2.0;
    }

    private static String[] texts(ByteBuffer bytes, RequestField size) {
        List<String> texts = new ArrayList<>();
        while (bytes.hasRemaining()) {
            int length = bytes.remaining() >= Integer.BYTES ? bytes.getInt() : -1;
            if (length < 0 || length > bytes.remaining()) {
                throw size.refused(
                        "%s: text %d must be its length in 4 bytes and as many bytes of UTF-8"
                                .formatted(size.path(), texts.size()));
            }
            byte[] text = new byte[length];
            bytes.get(text);
            texts.add(new String(text, StandardCharsets.UTF_8));
        }
        return texts.toArray(String[]::new);
    }
}
