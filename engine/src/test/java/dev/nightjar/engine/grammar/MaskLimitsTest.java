package dev.nightjar.engine.grammar;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.OutputFormat;
import dev.nightjar.engine.request.TokenConstraint;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Time for compiling and for masks, with the 128,256 tokens of Llama 3.2. */
class MaskLimitsTest {

    private static final double MAX_COMPILE_MILLIS = 1000;
    private static final double MAX_STEP_MICROS = 500;

    /** Computing time of this thread, as the machine may have other work. */
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @Test
    void masksAreFastEnoughWithRoomToSpare() {
        Figures figures = measure(20);
        assertTrue(figures.compileMillis < 4 * MAX_COMPILE_MILLIS, figures::toString);
        assertTrue(figures.meanMicros < MAX_STEP_MICROS, figures::toString);
    }

    @Test
    @Tag("full")
    void masksKeepTheirLimits() {
        Figures first = measure(100);
        Figures warm = measure(100);
        System.out.println(first + System.lineSeparator() + warm);
        assertTrue(first.compileMillis < MAX_COMPILE_MILLIS, first::toString);
        assertTrue(first.meanMicros < MAX_STEP_MICROS, first::toString);
        assertTrue(warm.p999Micros < MAX_STEP_MICROS, warm::toString);
    }

    private record Figures(
            double compileMillis,
            double meanMicros,
            double p99Micros,
            double p999Micros,
            double maxMicros) {}

    private static Figures measure(int numTexts) {
        GrammarCompiler compiler = LlamaVocabulary.compiler();
        long start = now();
        CompiledGrammar grammar = compiler.compile(new OutputFormat.JsonSchema(schema()));
        double compileMillis = (now() - start) / 1e6;
        Random random = new Random(5);
        long[] mask = new long[LlamaVocabulary.NUM_TOKENS / 64];
        long[] nanos = new long[numTexts * 200];
        int numSteps = 0;
        for (int i = 0; i < numTexts; i++) {
            TokenConstraint constraint = grammar.start();
            for (int step = 0; step < 200 && !constraint.isComplete(); step++) {
                long before = now();
                constraint.fillMask(mask);
                long between = now();
                int token = Walk.draw(mask, random);
                long after = now();
                constraint.accept(token);
                nanos[numSteps++] = now() - after + between - before;
            }
        }
        long[] sorted = Arrays.copyOf(nanos, numSteps);
        Arrays.sort(sorted);
        return new Figures(
                compileMillis,
                Arrays.stream(sorted).average().orElseThrow() / 1e3,
                sorted[(int) (numSteps * 0.99)] / 1e3,
                sorted[(int) (numSteps * 0.999)] / 1e3,
                sorted[numSteps - 1] / 1e3);
    }

    private static long now() {
        return THREADS.getCurrentThreadCpuTime();
    }

    /** Thirty properties over most kinds of values. */
    private static String schema() {
        List<String> kinds =
                List.of(
                        "{'type':'string'}",
                        "{'type':'integer','minimum':0,'maximum':150}",
                        "{'type':'number'}",
                        "{'type':'boolean'}",
                        "{'type':'array','items':{'type':'string'},'maxItems':5}",
                        "{'enum':['red','green','blue']}",
                        "{'type':'string','format':'date-time'}",
                        "{'type':['string','null'],'maxLength':40}",
                        "{'type':'object','properties':{'zip':{'type':'string','pattern':'^[0-9]{5}$'}},"
                                + "'required':['zip'],'additionalProperties':false}",
                        "{'$ref':'#/$defs/node'}");
        String properties =
                IntStream.range(0, 30)
                        .mapToObj(i -> "'property_%d':%s".formatted(i, kinds.get(i % kinds.size())))
                        .collect(Collectors.joining(","));
        return ("{'type':'object','properties':{%s},'required':['property_0','property_9'],"
                        + "'additionalProperties':false,'$defs':{'node':{'type':'object',"
                        + "'properties':{'name':{'type':'string'},'children':{'type':'array',"
                        + "'items':{'$ref':'#/$defs/node'}}},'required':['name'],"
                        + "'additionalProperties':false}}}")
                .formatted(properties)
                .replace('\'', '"');
    }
}
