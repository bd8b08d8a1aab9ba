package dev.nightjar.engine.format.onnx.plain;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.onnx.proto.NodeScope;
import dev.nightjar.engine.format.onnx.proto.OperatorMaker;
import dev.nightjar.engine.tabular.graph.Arguments;
import dev.nightjar.engine.tabular.graph.NumberArray;
import dev.nightjar.engine.tabular.graph.Operator;
import dev.nightjar.engine.tabular.graph.math.Broadcast;
import dev.nightjar.engine.tabular.graph.math.Movement;
import dev.nightjar.engine.tabular.graph.math.Products;
import dev.nightjar.engine.tabular.graph.math.Reduction;
import dev.nightjar.engine.tabular.graph.math.Softmax;
import java.util.Map;
import java.util.Optional;

/** Operators that sum: products, reductions, shares. */
final class MatrixOperators {
    private static final long[] SWAPPED = {1, 0};

    private MatrixOperators() {}

    static void addTo(Map<String, OperatorMaker> table) {
        table.put(
                "MatMul",
                ElementOperators.one(a -> Products.matmul(a.numbers(0), a.numbers(1), a.budget())));
        table.put("Gemm", MatrixOperators::gemm);
        table.put("Softmax", node -> softmax(node, false));
        table.put("LogSoftmax", node -> softmax(node, true));
        table.put("ReduceSum", node -> reduce(node, Reduction.SUM));
        table.put("ReduceMean", node -> reduce(node, Reduction.MEAN));
        table.put("ReduceMax", node -> reduce(node, Reduction.MAX));
        table.put("ReduceMin", node -> reduce(node, Reduction.MIN));
        table.put("ReduceProd", node -> reduce(node, Reduction.PROD));
        table.put("ReduceL1", node -> reduce(node, Reduction.L1));
        table.put("ReduceL2", node -> reduce(node, Reduction.L2));
        table.put("ReduceSumSquare", node -> reduce(node, Reduction.SUM_SQUARE));
        table.put("ReduceLogSum", node -> reduce(node, Reduction.LOG_SUM));
        table.put("ReduceLogSumExp", node -> reduce(node, Reduction.LOG_SUM_EXP));
    }

    private static Operator gemm(NodeScope node) {
        double alpha = node.decimal("alpha", 1);
        double beta = node.decimal("beta", 1);
        boolean isLeftSwapped = node.whole("transA", 0) != 0;
        boolean isRightSwapped = node.whole("transB", 0) != 0;
        // Version 6 and earlier broadcast only if told to; they name the one way there is.
        node.ignore("broadcast");
        return Operator.of(
                a -> {
                    NumberArray product =
                            Products.matmul(
                                    matrix(a, 0, isLeftSwapped),
                                    matrix(a, 1, isRightSwapped),
                                    a.budget());
                    NumberArray scaled =
                            Broadcast.map(product, product.type(), x -> alpha * x, a.budget());
                    return a.has(2)
                            ? Broadcast.combine(
                                    scaled,
                                    a.numbers(2),
                                    scaled.type(),
                                    (x, y) -> x + beta * y,
                                    a.budget())
                            : scaled;
                });
    }

    private static NumberArray matrix(Arguments a, int index, boolean isSwapped) {
        NumberArray x = a.numbers(index);
        if (x.shape().rank() != 2) {
            throw new ModelFormatException("expected a matrix, found " + x.kind());
        }
        return isSwapped ? (NumberArray) Movement.transpose(x, SWAPPED, a.budget()) : x;
    }

    private static Operator softmax(NodeScope node, boolean isLog) {
        boolean isFlat = node.opset() < 13;
        long axis = node.whole("axis", isFlat ? 1 : -1);
        return Operator.of(
                a ->
                        isFlat
                                ? Softmax.from(a.numbers(0), axis, isLog, a.budget())
                                : Softmax.along(a.numbers(0), axis, isLog, a.budget()));
    }

    private static Operator reduce(NodeScope node, Reduction reduction) {
        Optional<long[]> fixed = node.wholes("axes");
        boolean isKept = node.whole("keepdims", 1) != 0;
        boolean isNothing = node.whole("noop_with_empty_axes", 0) != 0;
        return Operator.of(
                a -> {
                    long[] axes = ShapeOperators.axes(fixed, a);
                    return axes.length == 0 && isNothing
                            ? a.numbers(0)
                            : reduction.run(a.numbers(0), axes, isKept, a.budget());
                });
    }
}
