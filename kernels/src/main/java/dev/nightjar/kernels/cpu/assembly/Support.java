package dev.nightjar.kernels.cpu.assembly;

import java.util.Optional;
import java.util.Set;

/**
 * Which assembled kernels can run here; {@code -Dnightjar.assembly=avx2} leaves those for
 * processors without newer instructions.
 */
public final class Support {

    private static final Set<InstructionSet> SETS = asked();

    private Support() {}

    /** The best instructions for vectors of so many bytes, if there are any. */
    public static Optional<InstructionSet> instructions(int vectorBytes) {
        return SETS.stream().filter(set -> set.vectorBytes == vectorBytes).max(Enum::compareTo);
    }

    private static Set<InstructionSet> asked() {
        if (!System.getProperty("os.name").equals("Linux")
                || !System.getProperty("os.arch").equals("amd64")) {
            return Set.of();
        }
        try {
            Set<InstructionSet> sets = Processor.instructions();
            if ("avx2".equals(System.getProperty("nightjar.assembly"))) {
                sets.retainAll(Set.of(InstructionSet.AVX2));
            }
            return sets;
        } catch (RuntimeException | ExceptionInInitializerError e) {
            return Set.of(); // native access is denied, or the system executes nothing of ours
        }
    }
}
