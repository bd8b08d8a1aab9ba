package dev.nightjar.server.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.DryParams;
import dev.nightjar.engine.request.ModelSampling;
import dev.nightjar.engine.request.SamplingFilter;
import dev.nightjar.engine.request.SamplingKnob;
import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.server.Bodies;
import dev.nightjar.server.api.Field;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every member reaches the engine's parameter of its meaning. */
final class SamplingFieldsTest {

    private static final SamplingFields FIELDS = new SamplingFields(SamplingDefaults.OPENAI);

    private static SamplingParams read(String members) {
        return FIELDS.read(Bodies.of(members)).over(ModelSampling.NONE).build();
    }

    static Stream<Arguments> members() {
        return Stream.of(
                of("\"temperature\":0.5", params -> params.temperature(0.5)),
                of("\"top_p\":0.5", params -> params.topP(0.5)),
                of("\"top_k\":5", params -> params.topK(5)),
                of("\"min_p\":0.5", params -> params.minP(0.5)),
                of("\"typical_p\":0.5", params -> params.typicalP(0.5)),
                of(
                        "\"samplers\":[\"min_p\",\"typ_p\"]",
                        params ->
                                params.filterOrder(
                                        List.of(SamplingFilter.MIN_P, SamplingFilter.TYPICAL))),
                of("\"samplers\":[]", params -> params.filterOrder(List.of())),
                of("\"seed\":-5", params -> params.seed(-5)),
                of("\"logit_bias\":{\"7\":-100,\"8\":0.5}", params -> bias(params)),
                of("\"repetition_penalty\":1.5", params -> params.repetitionPenalty(1.5)),
                of("\"repeat_penalty\":1.5", params -> params.repetitionPenalty(1.5)),
                of(
                        "\"repeat_penalty\":1.5,\"repetition_penalty\":1.25",
                        params -> params.repetitionPenalty(1.25)),
                of("\"repeat_last_n\":64", params -> params.repetitionWindow(64)),
                of("\"presence_penalty\":-1", params -> params.presencePenalty(-1)),
                of("\"frequency_penalty\":1", params -> params.frequencyPenalty(1)),
                of("\"dry_multiplier\":0.75", params -> params.dry(DryParams.of(0.75))),
                of("\"dry_base\":2", params -> params),
                of(
                        "\"dry_multiplier\":1,\"dry_base\":2,\"dry_allowed_length\":3,"
                                + "\"dry_penalty_last_n\":4,\"dry_sequence_breakers\":[\";\"]",
                        params ->
                                params.dry(
                                        DryParams.of(1)
                                                .withBase(2)
                                                .withAllowedLength(3)
                                                .withWindow(4)
                                                .withSequenceBreakers(List.of(";")))),
                of("\"min_tokens\":3", params -> params.minTokens(3)),
                of("\"stop_token_ids\":[3,4]", params -> params.stopTokens(Set.of(3, 4))),
                of("\"ignore_eos\":true", params -> params.ignoreEos(true)));
    }

    private static SamplingParams.Builder bias(SamplingParams.Builder params) {
        return params.logitBias(Map.of(7, -100f, 8, 0.5f));
    }

    private static Arguments of(String members, UnaryOperator<SamplingParams.Builder> expected) {
        return Arguments.of(members, expected.apply(SamplingParams.builder()).build());
    }

    @ParameterizedTest
    @MethodSource("members")
    void members(String members, SamplingParams expected) {
        assertEquals(expected, read(members));
    }

    @Test
    void defaultsOfTheDialects() {
        SamplingParams gateway = bare(SamplingDefaults.GATEWAY);
        assertEquals(0.7f, gateway.temperature());
        assertEquals(0.9f, gateway.topP());
        assertEquals(50, bare(SamplingDefaults.FLYWHEEL).topK());
        assertEquals(SamplingParams.builder().build(), read(""));
    }

    private static SamplingParams bare(SamplingDefaults defaults) {
        return new SamplingFields(defaults).read(Bodies.of("")).over(ModelSampling.NONE).build();
    }

    @Test
    void x1_requestBeforeModelBeforeDialect() {
        ModelSampling model =
                new ModelSampling(Map.of(SamplingKnob.TEMPERATURE, 0.6, SamplingKnob.TOP_K, 20.0));
        SamplingParams params =
                new SamplingFields(SamplingDefaults.GATEWAY)
                        .read(Bodies.of("\"top_k\":0"))
                        .over(model)
                        .build();
        assertEquals(0, params.topK());
        assertEquals(0.6f, params.temperature());
        assertEquals(0.9f, params.topP());
    }

    /** No member is read that the description of the API does not have. */
    @Test
    void allTestedMembersAreDeclared() {
        Set<String> declared = Set.copyOf(FIELDS.all().stream().map(Field::name).toList());
        members()
                .map(arguments -> Bodies.of((String) arguments.get()[0]))
                .flatMap(body -> body.object().members().keySet().stream())
                .forEach(name -> assertTrue(declared.contains(name), name));
    }

    @ParameterizedTest
    @MethodSource("members")
    void nullIsAbsent(String members, SamplingParams expected) {
        String nulls = members.replaceAll(":(\\[[^]]*]|\\{[^}]*}|[^,\"]+)", ":null");
        assertEquals(SamplingParams.builder().build(), read(nulls), nulls);
    }
}
