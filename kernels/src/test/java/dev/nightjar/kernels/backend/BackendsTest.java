package dev.nightjar.kernels.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.kernels.cpu.scalar.ScalarProvider;
import dev.nightjar.kernels.cuda.CudaProvider;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackendsTest {

    private static final BackendOptions INT8 =
            new BackendOptions(Optional.empty(), 1).withActivations(ActivationPrecision.INT8);

    @Test
    void backendsWithoutRowsOfInt8RefuseThem() {
        for (BackendProvider provider :
                new BackendProvider[] {new ScalarProvider(), new CudaProvider()}) {
            var refused = assertThrows(IllegalStateException.class, () -> provider.open(INT8));
            assertEquals(
                    "the %s backend has no activations of int8, which the vector backend has; use q8 or exact ones"
                            .formatted(provider.name()),
                    refused.getMessage());
        }
    }

    @Test
    void aNameNobodyHasIsRefusedWithThoseThereAre() {
        var refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Backends.open(INT8.withName("abacus")));
        assertEquals("unknown backend abacus; known: cuda, vector, scalar", refused.getMessage());
    }
}
