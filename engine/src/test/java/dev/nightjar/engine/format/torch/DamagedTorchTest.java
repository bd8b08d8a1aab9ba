package dev.nightjar.engine.format.torch;

import dev.nightjar.engine.format.Mutations;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged PyTorch files are refused with typed errors, or read. */
class DamagedTorchTest {

    @ParameterizedTest
    @ValueSource(strings = {"zip.pt", "legacy.pt", "module.pt"})
    void some(String file) throws IOException {
        Mutations.check(TorchFileTest.resource(file), 3000, 1, DamagedTorchTest::readAll);
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(strings = {"zip.pt", "legacy.pt", "module.pt"})
    void aMillion(String file) throws IOException {
        Mutations.check(TorchFileTest.resource(file), 333_334, 2, DamagedTorchTest::readAll);
    }

    private static void readAll(byte[] file) {
        try (TorchFile torch =
                TorchFile.of(MemorySegment.ofArray(file), "damaged", Arena.ofShared())) {
            torch.tensorNames().forEach(torch::tensor);
        }
    }
}
