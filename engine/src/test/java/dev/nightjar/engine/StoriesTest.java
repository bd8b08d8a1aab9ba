package dev.nightjar.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.engine.request.FinishReason;
import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.engine.text.Completion;
import dev.nightjar.engine.text.TextRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A small trained model continues a story word for word as the reference does. */
class StoriesTest {

    @ParameterizedTest
    @MethodSource("dev.nightjar.engine.ComputeBackends#ofThisRun")
    void reproducesTheReferenceText(String backend) throws Exception {
        ComputeBackends.require(backend);
        Path model = SharedFiles.get("data", "lm", "stories260K-f32.gguf");
        String expected =
                Files.readString(SharedFiles.get("data", "lm", "stories260K.greedy200.txt"));
        String prompt = "Once upon a time";
        try (Engine engine = Engine.builder().backend(backend).model(model).open()) {
            SamplingParams greedy = SamplingParams.builder().temperature(0).maxTokens(196).build();
            Completion completion = engine.generate(TextRequest.of(prompt).withSampling(greedy));
            assertEquals(expected, prompt + completion.text());
            assertEquals(FinishReason.LENGTH, completion.reason());
            assertEquals(196, completion.usage().completionTokens());
        }
    }
}
