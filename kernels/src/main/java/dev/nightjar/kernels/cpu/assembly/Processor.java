package dev.nightjar.kernels.cpu.assembly;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.EnumSet;
import java.util.Set;

/** What the processor says that it can do, and whether the system saves what that takes. */
public final class Processor {

    // push rbx; mov eax, esi; mov ecx, edx; cpuid; mov [rdi], eax; mov [rdi + 4], ebx;
    // mov [rdi + 8], ecx; mov [rdi + 12], edx; pop rbx; ret
    private static final byte[] CPUID = {
        0x53,
        (byte) 0x89,
        (byte) 0xf0,
        (byte) 0x89,
        (byte) 0xd1,
        0x0f,
        (byte) 0xa2,
        (byte) 0x89,
        0x07,
        (byte) 0x89,
        0x5f,
        0x04,
        (byte) 0x89,
        0x4f,
        0x08,
        (byte) 0x89,
        0x57,
        0x0c,
        0x5b,
        (byte) 0xc3
    };

    // xor ecx, ecx; xgetbv; mov [rdi], eax; ret
    private static final byte[] XGETBV = {
        0x31, (byte) 0xc9, 0x0f, 0x01, (byte) 0xd0, (byte) 0x89, 0x07, (byte) 0xc3
    };

    private static final int EAX = 0;
    private static final int EBX = 1;
    private static final int ECX = 2;

    /** FMA, AVX, F16C and that the system lets programs use XGETBV. */
    private static final int FIRST = 1 << 12 | 1 << 28 | 1 << 29 | 1 << 27;

    /** State of SSE and AVX. */
    private static final int SAVED = 0x6;

    /** The same and all parts of AVX-512. */
    private static final int SAVED_512 = 0xe6;

    private static final int AVX2 = 1 << 5;

    /** AVX512F, DQ, BW. */
    private static final int AVX_512 = 1 << 16 | 1 << 17 | 1 << 30;

    private static final int AVX512_VNNI = 1 << 11;
    private static final int AVX_VNNI = 1 << 4;

    private Processor() {}

    /** The sets that can be executed; asks the processor, so this must be x86-64. */
    static Set<InstructionSet> instructions() {
        Set<InstructionSet> sets = EnumSet.noneOf(InstructionSet.class);
        if (identify(0, 0)[EAX] < 7 || (identify(1, 0)[ECX] & FIRST) != FIRST) {
            return sets;
        }
        int saved = saved();
        int[] features = identify(7, 0);
        if ((saved & SAVED) == SAVED && (features[EBX] & AVX2) != 0) {
            sets.add(InstructionSet.AVX2);
            if (features[EAX] >= 1 && (identify(7, 1)[EAX] & AVX_VNNI) != 0) {
                sets.add(InstructionSet.AVX_VNNI);
            }
        }
        if ((saved & SAVED_512) == SAVED_512
                && (features[EBX] & AVX_512) == AVX_512
                && (features[ECX] & AVX512_VNNI) != 0) {
            sets.add(InstructionSet.AVX512_VNNI);
        }
        return sets;
    }

    private static int[] identify(int leaf, int part) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment registers = arena.allocate(ValueLayout.JAVA_INT, 4);
            MachineCode.of(CPUID).call(registers.address(), leaf, part, 0, 0);
            return registers.toArray(ValueLayout.JAVA_INT);
        }
    }

    private static int saved() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bits = arena.allocate(ValueLayout.JAVA_INT);
            MachineCode.of(XGETBV).call(bits.address(), 0, 0, 0, 0);
            return bits.get(ValueLayout.JAVA_INT, 0);
        }
    }
}
