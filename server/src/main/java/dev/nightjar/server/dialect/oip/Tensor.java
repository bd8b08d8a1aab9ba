package dev.nightjar.server.dialect.oip;

/**
 * A tensor of a request. Its arrays are not copied and must not be changed.
 *
 * @param path where it stands, such as {@code inputs[0]}
 * @param name as the client has it
 * @param type of its elements
 * @param shape whose product is the number of elements
 * @param numbers row by row, NaN where one is missing; empty if they are text
 * @param texts row by row, null where one is missing; empty unless they are text
 */
record Tensor(
        String path,
        String name,
        TensorType type,
        long[] shape,
        double[] numbers,
        String[] texts) {}
