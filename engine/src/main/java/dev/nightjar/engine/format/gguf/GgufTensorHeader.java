package dev.nightjar.engine.format.gguf;

import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Shape;

/**
 * The entry of one tensor as it stands in the file, checked as far as it can be before the start of
 * the data is known.
 *
 * @param dataOffset relative to the start of the data; negative if it exceeds a long
 * @param offsetAt byte of the file at which {@code dataOffset} stands, for errors
 */
record GgufTensorHeader(
        String name, DType dtype, Shape shape, long bytes, long dataOffset, long offsetAt) {
    private static final int MAX_RANK = 4;

    /** Name of one byte, rank, one dimension, type and offset. */
    static final int MIN_BYTES = 8 + 1 + 4 + 8 + 4 + 8;

    /** Reads the entry behind the name. */
    static GgufTensorHeader read(GgufReader reader, String name) {
        String field = "tensor " + name;
        long at = reader.position();
        int rank = reader.int32(field);
        if (rank < 1 || rank > MAX_RANK) {
            throw reader.error(
                    field,
                    at,
                    "expected 1 to %d dimensions, found %s"
                            .formatted(MAX_RANK, Integer.toUnsignedString(rank)));
        }
        Shape shape = readShape(reader, field, rank);
        DType dtype = readDType(reader, field);
        long bytes = size(reader, field, at, dtype, shape);
        long offsetAt = reader.position();
        return new GgufTensorHeader(name, dtype, shape, bytes, reader.int64(field), offsetAt);
    }

    /** The tensor in the file, if all of its bytes are there. */
    GgufTensorInfo locate(
            GgufReader reader, int part, long dataStart, int alignment, long fileBytes) {
        if (dataOffset < 0 || dataOffset % alignment != 0) {
            throw reader.error(
                    "tensor " + name,
                    offsetAt,
                    "expected an offset that is a multiple of %d, found %s"
                            .formatted(alignment, Long.toUnsignedString(dataOffset)));
        }
        if (bytes > fileBytes - dataStart || dataOffset > fileBytes - dataStart - bytes) {
            throw reader.error(
                    "tensor " + name,
                    offsetAt,
                    "expected %d bytes of data at %d + %d, found a file of %d bytes; is it complete?"
                            .formatted(bytes, dataStart, dataOffset, fileBytes));
        }
        return new GgufTensorInfo(name, dtype, shape, part, dataStart + dataOffset, bytes);
    }

    /** The file stores the innermost dimension first, a shape the outermost. */
    private static Shape readShape(GgufReader reader, String field, int rank) {
        long at = reader.position();
        long[] dims = new long[rank];
        long product = 1;
        for (int axis = rank - 1; axis >= 0; axis--) {
            dims[axis] = reader.int64(field);
            if (dims[axis] < 1 || Math.multiplyHigh(product, dims[axis]) != 0) {
                throw tooLarge(reader, field, at, dims[axis]);
            }
            product *= dims[axis];
            if (product < 0) {
                throw tooLarge(reader, field, at, dims[axis]);
            }
        }
        return new Shape(dims);
    }

    private static GgufFormatException tooLarge(
            GgufReader reader, String field, long at, long dimension) {
        return reader.error(
                field,
                at,
                "expected dimensions from 1 whose product is below 2^63, found dimension %s"
                        .formatted(Long.toUnsignedString(dimension)));
    }

    private static DType readDType(GgufReader reader, String field) {
        long at = reader.position();
        int id = reader.int32(field);
        return DType.ofGgufId(id)
                .orElseThrow(
                        () ->
                                reader.error(
                                        field,
                                        at,
                                        "expected a known tensor type, found type id "
                                                + Integer.toUnsignedString(id)));
    }

    private static long size(GgufReader reader, String field, long at, DType dtype, Shape shape) {
        if (shape.cols() % dtype.blockSize() != 0) {
            throw reader.error(
                    field,
                    at,
                    "expected rows of whole %s blocks of %d elements, found rows of %d"
                            .formatted(dtype, dtype.blockSize(), shape.cols()));
        }
        long numBlocks = shape.numElements() / dtype.blockSize();
        if (numBlocks > Long.MAX_VALUE / dtype.blockBytes()) {
            throw reader.error(field, at, "expected a size below 2^63 bytes, found more");
        }
        return dtype.bytesFor(shape.numElements());
    }
}
