package dev.nightjar.engine.format.onnx.proto;

import dev.nightjar.engine.tabular.graph.Array;
import java.util.List;

/** A parameter of a node. */
public sealed interface OnnxAttribute {

    /** One float. */
    record Decimal(double value) implements OnnxAttribute {}

    /** One integer. */
    record Whole(long value) implements OnnxAttribute {}

    /** Text. */
    record Text(String value) implements OnnxAttribute {}

    /** An array. */
    record Tensor(Array value) implements OnnxAttribute {}

    /** Floats. Not to be changed. */
    record Decimals(double[] values) implements OnnxAttribute {}

    /** Integers. Not to be changed. */
    record Wholes(long[] values) implements OnnxAttribute {}

    /** Texts. */
    record Texts(List<String> values) implements OnnxAttribute {
        /** Protects the list. */
        public Texts {
            values = List.copyOf(values);
        }
    }

    /** What no operator here takes: graphs, sparse arrays, types, references. */
    record Other(String kind) implements OnnxAttribute {}
}
