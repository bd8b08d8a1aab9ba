package dev.nightjar.kernels.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernels.backend.UnsupportedDTypeException;
import dev.nightjar.kernels.backend.WeightUse;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Shape;
import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

class CpuWeightsTest {

    private static Tensor zeros(DType dtype, long... dims) {
        Shape shape = new Shape(dims);
        byte[] bytes = new byte[(int) dtype.bytesFor(shape.numElements())];
        return new Tensor(dtype, shape, MemorySegment.ofArray(bytes));
    }

    @Test
    void partsOfDifferentTypesBecomeOneMatrix() {
        var weight =
                (MatrixWeight)
                        CpuWeights.prepare(
                                WeightUse.MATMUL,
                                List.of(zeros(DType.F32, 3, 32), zeros(DType.Q8_0, 2, 32)));
        assertEquals(5, weight.rows());
        assertEquals(32, weight.cols());
        assertEquals(3, weight.parts().get(1).firstRow());
        assertEquals(0, weight.extraBytes());
    }

    /** One kind of memory, or vector kernels ask at each load which it is. */
    @Test
    void matricesLieOutsideOfTheHeap() {
        byte[] bytes = {1, 0, 0, 0, 2, 0, 0, 0};
        Tensor heap = new Tensor(DType.F32, new Shape(1, 2), MemorySegment.ofArray(bytes));
        var weight = (MatrixWeight) CpuWeights.prepare(WeightUse.EMBEDDING, List.of(heap));
        MemorySegment data = weight.parts().getFirst().tensor().data();
        assertTrue(data.isNative());
        assertArrayEquals(bytes, data.toArray(ValueLayout.JAVA_BYTE));
        Tensor outside = weight.parts().getFirst().tensor();
        var same = (MatrixWeight) CpuWeights.prepare(WeightUse.MATMUL, List.of(outside));
        assertSame(data, same.parts().getFirst().tensor().data(), "copied once only");
    }

    @Test
    void vectorsAreDequantized() {
        var weight = CpuWeights.prepare(WeightUse.VECTOR, List.of(zeros(DType.BF16, 7)));
        assertArrayEquals(new float[7], CpuWeights.asVector(weight, 7));
        assertEquals(28, weight.extraBytes());
    }

    @Test
    void refusesWhatDoesNotSuitTheUse() {
        Tensor matrix = zeros(DType.F32, 2, 4);
        for (var bad :
                List.of(
                        List.<Tensor>of(),
                        List.of(matrix, zeros(DType.F32, 2, 5)),
                        List.of(zeros(DType.F32, 4)))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> CpuWeights.prepare(WeightUse.MATMUL, bad));
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> CpuWeights.prepare(WeightUse.EMBEDDING, List.of(matrix, matrix)));
        assertThrows(IllegalArgumentException.class, () -> CpuWeights.prepareExperts(List.of()));
        Tensor two = zeros(DType.F32, 2, 4);
        Tensor three = zeros(DType.F32, 3, 4);
        assertThrows(
                IllegalArgumentException.class,
                () -> CpuWeights.prepareExperts(List.of(List.of(two, three), List.of(three, two))));
        assertThrows(
                UnsupportedDTypeException.class,
                () -> CpuWeights.prepare(WeightUse.MATMUL, List.of(zeros(DType.I8, 1, 256))));
    }
}
