package dev.nightjar.kernels.cpu.simd;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.incubator.vector.Vector;

/**
 * Reads what {@code -XX:+PrintCompilation -XX:+PrintInlining} print and finds the two ways in which
 * a kernel becomes slow without being wrong: it is not compiled, or one of its helpers is not
 * inlined because the method as a whole is too large, so that vectors are objects.
 */
final class CompilerLog {

    private static final String KERNELS = "dev.nightjar.kernels.";

    /** {@code 317 1071 b 3 dev.nightjar.kernels.X::run (35 bytes) COMPILE SKIPPED: why}. */
    private static final Pattern TASK =
            Pattern.compile(
                    "^\\s*\\d+\\s+\\d+\\s[^a-z]*[a-z! ]*\\s(\\d)\\s+([\\w.$/<>]+::[\\w$<>]+).*");

    /** The level whose inlining matters; its tree follows the line of the task. */
    private static final String FULL = "4";

    private static final Pattern SKIPPED = Pattern.compile("COMPILE SKIPPED: (.*)");
    private static final Pattern CUT_OFF =
            Pattern.compile("@ \\d+\\s+(\\S+::\\S+).*NodeCountInliningCutoff");

    /** The compiler tries again by itself. */
    private static final String HARMLESS = "concurrent class loading";

    private final Set<String> problems = new TreeSet<>();
    private String compiled = "";

    /** Takes the next line. */
    void line(String line) {
        Matcher task = TASK.matcher(line);
        if (task.matches() && (task.group(1).equals(FULL) || line.contains("SKIPPED"))) {
            compiled = task.group(2) + " at level " + task.group(1);
        }
        Matcher skipped = SKIPPED.matcher(line);
        if (skipped.find() && compiled.startsWith(KERNELS) && !line.contains(HARMLESS)) {
            problems.add(
                    "%s was not compiled: %s; make the method smaller"
                            .formatted(compiled, skipped.group(1)));
        }
        Matcher cutOff = CUT_OFF.matcher(line);
        if (cutOff.find() && compiled.startsWith(KERNELS) && hasVectors(cutOff.group(1))) {
            problems.add(
                    "%s is too large to inline %s; write the helper out or make the method smaller"
                            .formatted(compiled, cutOff.group(1)));
        }
    }

    /** Other helpers cost a call, which a loop over a row of weights does not feel. */
    private static boolean hasVectors(String method) {
        String[] names = method.split("::");
        try {
            return Arrays.stream(Class.forName(names[0]).getDeclaredMethods())
                    .filter(declared -> declared.getName().equals(names[1]))
                    .anyMatch(CompilerLog::hasVectors);
        } catch (ClassNotFoundException hidden) {
            return false;
        }
    }

    private static boolean hasVectors(Method method) {
        return Stream.concat(
                        Stream.of(method.getReturnType()), Stream.of(method.getParameterTypes()))
                .anyMatch(Vector.class::isAssignableFrom);
    }

    /** What was found, a sentence each, sorted. */
    Set<String> problems() {
        return problems;
    }
}
