package dev.nightjar.kernels.cpu.assembly;

import static dev.nightjar.kernels.cpu.assembly.Register.RCX;
import static dev.nightjar.kernels.cpu.assembly.Register.RDI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Functions that were written here run here. */
class MachineCodeTest {

    /** mov [rdi], rdx; ret. */
    private static final byte[] STORE_THIRD = {0x48, (byte) 0x89, 0x17, (byte) 0xc3};

    @BeforeEach
    void processor() {
        assumeTrue(
                System.getProperty("os.name").equals("Linux")
                        && System.getProperty("os.arch").equals("amd64"),
                "only Linux on x86-64 executes what is assembled");
    }

    @Test
    void argumentsArriveInOrder() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(ValueLayout.JAVA_LONG);
            MachineCode.of(STORE_THIRD).call(memory.address(), 1, 42, 3, 0);
            assertEquals(42, memory.get(ValueLayout.JAVA_LONG, 0));
        }
    }

    /** A loop that adds four to its first argument, stores nothing and ends. */
    @Test
    void loopsEnd() {
        Assembler a = new Assembler(InstructionSet.AVX2);
        int top = a.here();
        a.add(RDI, 4);
        a.loopTo(top, RCX);
        a.ret();
        MachineCode.of(a.bytes()).call(0, 0, 0, 1_000_000, 0);
    }

    /** What the processor says is what the system read from it. */
    @Test
    void featuresAreThoseOfTheSystem() throws Exception {
        Path file = Path.of("/proc/cpuinfo");
        assumeTrue(Files.isReadable(file));
        String flags =
                Files.readAllLines(file).stream()
                        .filter(line -> line.startsWith("flags"))
                        .findFirst()
                        .orElse("");
        assumeTrue(!flags.isEmpty());
        Set<InstructionSet> expected = EnumSet.noneOf(InstructionSet.class);
        if (has(flags, "avx2", "fma", "f16c")) {
            expected.add(InstructionSet.AVX2);
        }
        if (has(flags, "avx2", "fma", "f16c", "avx_vnni")) {
            expected.add(InstructionSet.AVX_VNNI);
        }
        if (has(flags, "fma", "f16c", "avx512f", "avx512dq", "avx512bw", "avx512_vnni")) {
            expected.add(InstructionSet.AVX512_VNNI);
        }
        assertEquals(expected, Processor.instructions());
    }

    private static boolean has(String flags, String... names) {
        return List.of(flags.split(" ")).containsAll(List.of(names));
    }
}
