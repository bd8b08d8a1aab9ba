package dev.nightjar.bench.kernel;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;

/**
 * A measured kernel, as {@code nightjar bench report} reads it.
 *
 * @param bits width of the vectors
 * @param kernel what was computed
 * @param format of the weights or the cache
 * @param micros a call on average
 * @param gigabytesPerSecond that a call had to move
 * @param gigaflops that it computed
 * @param rooflineShare of what memory and arithmetic allow, the tighter one
 * @param isCached whether its data stay in the caches, where memory is no limit
 */
record KernelResult(
        int bits,
        String kernel,
        String format,
        double micros,
        double gigabytesPerSecond,
        double gigaflops,
        double rooflineShare,
        boolean isCached) {

    /** Reading memory. */
    static final String READ_ROOF = "roof-read";

    /** Multiplying and adding in registers. */
    static final String FMA_ROOF = "roof-fma";

    private static final String READ = "RooflineBenchmark.read";
    private static final String MULTIPLY_ADD = "RooflineBenchmark.multiplyAdd";

    /** The roofs first, then each kernel with its share of the lower one. */
    static List<KernelResult> of(Collection<RunResult> roofs, Collection<RunResult> kernels) {
        double bytesPerMicro = rate(roofs, READ, Work::bytes);
        double operationsPerMicro = rate(roofs, MULTIPLY_ADD, Work::operations);
        List<KernelResult> results = new ArrayList<>();
        int bits = Work.bits(roofs.iterator().next().getParams());
        results.add(roof(bits, READ_ROOF, bytesPerMicro / 1e3, 0));
        results.add(roof(bits, FMA_ROOF, 0, operationsPerMicro / 1e3));
        for (RunResult run : kernels) {
            Work work = Work.of(run.getParams());
            double micros = run.getPrimaryResult().getScore();
            double least =
                    Math.max(work.bytes() / bytesPerMicro, work.operations() / operationsPerMicro);
            results.add(
                    new KernelResult(
                            bits,
                            title(run.getParams()),
                            format(run.getParams()),
                            micros,
                            work.bytes() / micros / 1e3,
                            work.operations() / micros / 1e3,
                            least / micros,
                            Work.isCached(run.getParams())));
        }
        return results;
    }

    private static KernelResult roof(int bits, String name, double bytes, double operations) {
        return new KernelResult(bits, name, "", 0, bytes, operations, 1, false);
    }

    private static double rate(
            Collection<RunResult> roofs, String name, ToDoubleFunction<Work> part) {
        return roofs.stream()
                .filter(run -> Work.name(run.getParams()).equals(name))
                .mapToDouble(
                        run ->
                                part.applyAsDouble(Work.of(run.getParams()))
                                        / run.getPrimaryResult().getScore())
                .max()
                .orElseThrow();
    }

    /** {@code Matmul.vector T=8}. */
    private static String title(BenchmarkParams params) {
        String name = Work.name(params).replace("Benchmark", "");
        if (name.startsWith("Attention")) {
            return name + " " + params.getParam("shape");
        }
        return name.startsWith("Sampling")
                ? name + " " + params.getParam("sampling")
                : name + " T=" + params.getParam("tokens");
    }

    private static String format(BenchmarkParams params) {
        for (String key : List.of("format", "cache")) {
            if (params.getParamsKeys().contains(key)) {
                return params.getParam(key);
            }
        }
        return "F32";
    }

    /** An array of objects. */
    static void write(List<KernelResult> results, OutputStream file) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(file)) {
            json.useDefaultPrettyPrinter();
            json.writeStartArray();
            for (KernelResult result : results) {
                json.writeStartObject();
                json.writeStringField("kernel", result.kernel);
                json.writeNumberField("bits", result.bits);
                json.writeStringField("format", result.format);
                json.writeNumberField("micros", result.micros);
                json.writeNumberField("gb_per_s", result.gigabytesPerSecond);
                json.writeNumberField("gflop_per_s", result.gigaflops);
                json.writeNumberField("roofline_share", result.rooflineShare);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }

    @Override
    public String toString() {
        return "%3d %-32s %-6s %10.1f us %8.1f GB/s %8.1f GFLOP/s %5.0f %%"
                .formatted(
                        bits,
                        kernel,
                        format,
                        micros,
                        gigabytesPerSecond,
                        gigaflops,
                        100 * rooflineShare);
    }
}
