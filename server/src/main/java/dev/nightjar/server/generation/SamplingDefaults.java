package dev.nightjar.server.generation;

import dev.nightjar.engine.request.SamplingParams;

/**
 * What a dialect samples with where a request says nothing.
 *
 * @param temperature 0 is greedy
 * @param topP 1 keeps all
 * @param topK 0 keeps all
 * @param maxTemperature the largest that it takes
 */
public record SamplingDefaults(double temperature, double topP, int topK, double maxTemperature) {

    /** The plain distribution, as OpenAI's API has it. */
    public static final SamplingDefaults OPENAI = new SamplingDefaults(1, 1, 0, 2);

    /** What Bluefly and OICM document. */
    public static final SamplingDefaults GATEWAY = new SamplingDefaults(0.7, 0.9, 0, 2);

    /** What Flywheel documents. */
    public static final SamplingDefaults FLYWHEEL = new SamplingDefaults(1, 1, 50, 100);

    /** With another temperature. */
    public SamplingDefaults withTemperature(double value) {
        return new SamplingDefaults(value, topP, topK, maxTemperature);
    }

    SamplingParams.Builder params() {
        return SamplingParams.builder().temperature(temperature).topP(topP).topK(topK);
    }
}
