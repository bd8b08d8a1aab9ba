package dev.nightjar.kernels.cpu.simd.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class VectorWidthTest {

    @Test
    void takesTheForcedWidthOrThePreferredOne() {
        assertEquals(256, VectorWidth.choose(null, 256));
        assertEquals(512, VectorWidth.choose(null, 1024));
        assertEquals(128, VectorWidth.choose("128", 512));
    }

    @Test
    void saysWhyAWidthIsRefused() {
        assertTrue(VectorWidth.problem(null, 256).isEmpty());
        assertTrue(VectorWidth.problem("256", 256).isEmpty());
        assertTrue(VectorWidth.problem("512", 256).orElseThrow().contains("wider"));
        assertTrue(VectorWidth.problem("300", 512).orElseThrow().contains("128, 256 or 512"));
        assertTrue(VectorWidth.problem(null, 64).isPresent());
    }
}
