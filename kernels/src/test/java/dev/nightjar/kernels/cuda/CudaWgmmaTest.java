package dev.nightjar.kernels.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernels.backend.ActivationPrecision;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.cpu.scalar.ScalarBackend;
import dev.nightjar.kernels.cpu.simd.Fixtures;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Products of wgmma on the emulated device, which reads their factors through descriptors. */
class CudaWgmmaTest {

    private static final int MAX_T = 133;
    private static final Backend REFERENCE = new ScalarBackend();
    private static Backend wgmma;
    private static Backend usual;

    @BeforeAll
    static void open() {
        usual = EmulatedDevice.open(ActivationPrecision.Q8);
        System.setProperty(CudaTensorMatmul.WGMMA_PROPERTY, "on");
        try {
            wgmma = EmulatedDevice.open(ActivationPrecision.Q8);
        } finally {
            System.clearProperty(CudaTensorMatmul.WGMMA_PROPERTY);
        }
    }

    @AfterAll
    static void close() {
        if (wgmma != null) {
            usual.close();
            wgmma.close();
        }
    }

    static Set<DType> formats() {
        return CudaTiles.WGMMA;
    }

    /** The twins of both instructions add in the same order, so that the bits are the same, too. */
    @ParameterizedTest
    @MethodSource("formats")
    void agreesWithTheReferenceAndWithItself(DType dtype) {
        int cols = dtype.blockSize() == 256 ? 768 : 416;
        List<Tensor> parts =
                List.of(Fixtures.tensor(dtype, 1, 70, cols), Fixtures.tensor(dtype, 2, 2, cols));
        float[] x = Fixtures.uniform(MAX_T * cols, 99);
        float[] expected = CudaMatmulTest.matmul(REFERENCE, parts, x, MAX_T);
        float[] all = CudaMatmulTest.matmul(wgmma, parts, x, MAX_T);
        Fixtures.assertClose(expected, all, 1e-2f * (float) Math.sqrt(cols), dtype.toString());
        for (int T : new int[] {1, 8, 9}) {
            float[] some = Arrays.copyOf(all, T * (all.length / MAX_T));
            Fixtures.assertSameBits(some, CudaMatmulTest.matmul(wgmma, parts, x, T), "T=" + T);
        }
        Fixtures.assertSameBits(all, CudaMatmulTest.matmul(usual, parts, x, MAX_T), "mma");
    }

    @Test
    void anotherWordThanOnOrOffIsRefused() {
        System.setProperty(CudaTensorMatmul.WGMMA_PROPERTY, "yes");
        try {
            var error =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> EmulatedDevice.open(ActivationPrecision.Q8));
            assertTrue(error.getMessage().contains("found \"yes\""), error.getMessage());
        } finally {
            System.clearProperty(CudaTensorMatmul.WGMMA_PROPERTY);
        }
    }

    /** Memory that is written over too early, where the other tests see what is read too early. */
    @Test
    void copiesAndProductsMayAlsoBeDoneAtOnce() {
        for (String seed : List.of("0", "5")) {
            var outcome =
                    EmulatedDevice.runJava(
                            TileProducts.class,
                            List.of(),
                            List.of("-D" + CudaTensorMatmul.WGMMA_PROPERTY + "=on"),
                            "NIGHTJAR_EMULATION_SEED",
                            seed);
            assertEquals("right", outcome.output().strip());
        }
    }
}
