package dev.nightjar.kernels.cpu.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernels.backend.Backend;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * No hot kernel boxes vectors or stays uncompiled: {@link KernelWorkout} in JVMs of its own, half
 * of the ops in each, whose compilers tell what they do. In some JVMs the compiler boxes the
 * vectors of a kernel that others compile well; what is wrong with a kernel shows in every JVM, so
 * several have to agree.
 */
class KernelCompilationTest {

    /** As the launcher has them: kernels are compiled soon, and calls wait for that. */
    private static final List<String> SOON =
            List.of(
                    "-XX:CompileCommand=quiet",
                    "-XX:CompileCommand=CompileThresholdScaling,dev.nightjar.kernels.cpu.simd.*::*,0.1",
                    "-XX:CompileCommand=BackgroundCompilation,dev.nightjar.kernels.cpu.simd.*::*,false");

    private static final List<String> TALKATIVE =
            List.of(
                    "-XX:+UnlockDiagnosticVMOptions",
                    "-XX:+PrintCompilation",
                    "-XX:CICompilerCount=2", // one of each kind, so that what they say is in order
                    "-XX:+PrintInlining");

    /** The compiler's choices differ from run to run; what is slow in all of them is no chance. */
    private static final int JVMS = 3;

    @BeforeAll
    static void width() {
        Fixtures.assumeWidthOfProcessor();
    }

    /** What a run said, as sentences. */
    private record Outcome(Set<String> problems, boolean isComplete) {}

    @Test
    void noKernelBoxesOrStaysUncompiled() throws Exception {
        List<Callable<Set<String>>> halves =
                List.of(
                        () -> problemsOfEveryJvm(KernelWorkout.FIRST_HALF),
                        () -> problemsOfEveryJvm(KernelWorkout.SECOND_HALF));
        Set<String> problems = new TreeSet<>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var half : executor.invokeAll(halves)) {
                problems.addAll(half.get());
            }
        }
        assertEquals(Set.of(), problems, "kernels that are slow in each of " + JVMS + " JVMs");
    }

    private static Set<String> problemsOfEveryJvm(String half) throws Exception {
        Set<String> problems = new TreeSet<>(completeWorkout(half).problems);
        for (int jvm = 1; jvm < JVMS && !problems.isEmpty(); jvm++) {
            System.getLogger(KernelCompilationTest.class.getName())
                    .log(System.Logger.Level.INFO, "in {0} JVMs so far: {1}", jvm, problems);
            problems.retainAll(completeWorkout(half).problems);
        }
        return problems;
    }

    @Test
    void slowKernelsAreFound() throws Exception {
        String problems = workout(KernelWorkout.SLOW).problems.toString();
        assertTrue(problems.contains("boxing allocates vectors"), problems);
        assertTrue(problems.contains("oversized allocates vectors"), problems);
        assertTrue(problems.contains("SlowKernels::oversized at level 4 is too large"), problems);
    }

    @Test
    void uncompiledKernelsAreFound() {
        CompilerLog log = new CompilerLog();
        String skipped = "COMPILE SKIPPED: out of virtual registers in LIR generator";
        log.line("  317 1071   b   3       dev.nightjar.kernels.X::run (35 bytes)   " + skipped);
        log.line("  318 1072 %  !  4       java.util.X::run @ 7 (35 bytes)   " + skipped);
        log.line(
                "  319 1073       4       dev.nightjar.kernels.X::run (35 bytes)"
                        + "   COMPILE SKIPPED: concurrent class loading");
        assertEquals(
                Set.of(
                        "dev.nightjar.kernels.X::run at level 3 was not compiled: out of virtual"
                                + " registers in LIR generator; make the method smaller"),
                log.problems());
    }

    @Test
    void everyOpIsWorkedOut() {
        Set<String> worked;
        try (WorkoutCases cases = new WorkoutCases()) {
            worked =
                    cases.all().stream()
                            .map(one -> one.name().split(" ")[0])
                            .collect(Collectors.toSet());
        }
        Set<String> ops =
                Arrays.stream(Backend.class.getMethods())
                        .filter(m -> m.getReturnType() == void.class && m.getParameterCount() > 0)
                        .map(Method::getName)
                        .filter(name -> !name.equals("wait"))
                        .collect(Collectors.toSet());
        assertEquals(new TreeSet<>(ops), new TreeSet<>(worked));
    }

    private static Outcome completeWorkout(String half) throws Exception {
        Outcome outcome = workout(half);
        assertTrue(outcome.isComplete, "the workout ended early: " + outcome.problems);
        return outcome;
    }

    private static Outcome workout(String what) throws Exception {
        Path classes =
                Path.of(Backend.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(SOON);
        command.addAll(TALKATIVE);
        command.add("--add-modules=jdk.incubator.vector,jdk.management");
        command.add("-XX:+UseSerialGC");
        command.add("-cp");
        command.add(classes + File.pathSeparator + classes.resolveSibling("test-classes"));
        command.add(KernelWorkout.class.getName());
        command.add(what);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            return outcome(output);
        } finally {
            process.destroy();
        }
    }

    private static Outcome outcome(BufferedReader output) throws IOException {
        CompilerLog log = new CompilerLog();
        Set<String> problems = new TreeSet<>();
        boolean isComplete = false;
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            log.line(line);
            int at = line.indexOf(KernelWorkout.ALLOCATES);
            if (at >= 0) {
                // How much differs from JVM to JVM.
                String name = line.substring(at + KernelWorkout.ALLOCATES.length());
                problems.add(name.substring(0, name.indexOf(':')) + " allocates vectors");
            }
            isComplete |= line.contains(KernelWorkout.DONE);
            if (line.startsWith("Exception") || line.startsWith("Error")) {
                problems.add(line);
            }
        }
        problems.addAll(log.problems());
        return new Outcome(problems, isComplete);
    }
}
