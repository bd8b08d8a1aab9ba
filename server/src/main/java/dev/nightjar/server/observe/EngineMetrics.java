package dev.nightjar.server.observe;

import dev.nightjar.engine.metrics.EngineStats;
import dev.nightjar.engine.metrics.HistogramSnapshot;
import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.observe.metric.Label;
import dev.nightjar.server.observe.metric.MetricRegistry;
import dev.nightjar.server.observe.metric.MetricType;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** What the engine counts for each model of text, looked up when the page is read. */
final class EngineMetrics {

    /** Most models told apart. */
    static final int MAX_MODELS = 100;

    private final MetricRegistry metrics;
    private final ModelCatalog models;

    private EngineMetrics(MetricRegistry metrics, ModelCatalog models) {
        this.metrics = metrics;
        this.models = models;
    }

    static void declare(MetricRegistry metrics, ModelCatalog models) {
        EngineMetrics engine = new EngineMetrics(metrics, models);
        engine.declareTokens();
        engine.declareSequences();
        engine.declareCache();
        engine.declareDistributions();
    }

    private void declareTokens() {
        counter("nightjar_steps_total", "Forward passes", EngineStats::steps);
        counter(
                "nightjar_step_sequences_total",
                "Sequences per step, summed over all steps",
                EngineStats::scheduledSequences);
        counter(
                "nightjar_computed_tokens_total",
                "Tokens that went through the model, of prompts and completions",
                EngineStats::computedTokens);
        counter(
                "nightjar_cached_tokens_total",
                "Prompt tokens taken from the prefix cache",
                EngineStats::cachedTokens);
        counter("nightjar_generated_tokens_total", "Sampled tokens", EngineStats::generatedTokens);
    }

    private void declareSequences() {
        counter("nightjar_sequences_submitted_total", "Accepted", EngineStats::submitted);
        counter("nightjar_sequences_finished_total", "Ended in any way", EngineStats::finished);
        counter(
                "nightjar_sequences_aborted_total",
                "Ended by the server: the client left, or a stop string was found",
                EngineStats::aborted);
        counter("nightjar_sequences_failed_total", "Ended by an error", EngineStats::failed);
        counter("nightjar_preemptions_total", "Set back to free blocks", EngineStats::preemptions);
        gauge("nightjar_sequences_running", "Sequences that hold blocks", EngineStats::running);
        gauge("nightjar_sequences_waiting", "Sequences in the queue", EngineStats::waiting);
    }

    private void declareCache() {
        gauge("nightjar_kv_blocks_free", "KV blocks to be had", EngineStats::freeBlocks);
        gauge(
                "nightjar_kv_blocks_used",
                "KV blocks of running sequences",
                stats -> stats.totalBlocks() - stats.freeBlocks());
        gauge("nightjar_kv_blocks_capacity", "KV blocks in the pool", EngineStats::totalBlocks);
        counter(
                "nightjar_prefix_cache_lookups_total",
                "Sequences whose prompt was looked up in the prefix cache",
                EngineStats::cacheLookups);
        counter(
                "nightjar_prefix_cache_hits_total",
                "Sequences that found some of their prompt in the prefix cache",
                EngineStats::cacheHits);
        counter(
                "nightjar_prefix_cache_evictions_total",
                "Blocks of the prefix cache given up for others",
                EngineStats::cacheEvictions);
    }

    private void declareDistributions() {
        histogram(
                "nightjar_queue_seconds",
                "From submission to the first step of a sequence",
                stats -> stats.distributions().queue());
        histogram(
                "nightjar_time_to_first_token_seconds",
                "From submission to the first token of a sequence",
                stats -> stats.distributions().firstToken());
        histogram(
                "nightjar_inter_token_seconds",
                "Between two tokens of a sequence",
                stats -> stats.distributions().interToken());
        histogram(
                "nightjar_step_duration_seconds",
                "From scheduling a step to its last token",
                stats -> stats.distributions().step());
        histogram(
                "nightjar_batch_sequences",
                "Sequences of a step",
                stats -> stats.distributions().stepSequences());
        histogram(
                "nightjar_batch_tokens",
                "Tokens of a step",
                stats -> stats.distributions().stepTokens());
    }

    private void counter(String name, String help, ToLongFunction<EngineStats> value) {
        number(MetricType.COUNTER, name, help, value);
    }

    private void gauge(String name, String help, ToLongFunction<EngineStats> value) {
        number(MetricType.GAUGE, name, help, value);
    }

    private void number(
            MetricType type, String name, String help, ToLongFunction<EngineStats> value) {
        metrics.sampled(
                type,
                name,
                help,
                samples ->
                        models.loaded()
                                .forEach(
                                        model ->
                                                samples.add(
                                                        value.applyAsLong(model.stats()),
                                                        model.name())),
                Label.upTo(MAX_MODELS, "model"));
    }

    private void histogram(
            String name, String help, Function<EngineStats, HistogramSnapshot> value) {
        metrics.sampled(
                MetricType.HISTOGRAM,
                name,
                help,
                samples ->
                        models.loaded()
                                .forEach(
                                        model ->
                                                samples.add(
                                                        value.apply(model.stats()), model.name())),
                Label.upTo(MAX_MODELS, "model"));
    }
}
