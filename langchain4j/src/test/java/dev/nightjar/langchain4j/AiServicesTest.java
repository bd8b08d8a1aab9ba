package dev.nightjar.langchain4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.service.AiServices;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** LangChain4j's services work with these models: records as answers, methods as tools. */
class AiServicesTest {

    @RegisterExtension static final DemoEngine DEMO = new DemoEngine();

    /** What is asked of the model. */
    interface Assistant {
        /** A text. */
        String ask(String question);

        /** A record, by a schema that LangChain4j makes of it. */
        Animal animal(String question);
    }

    /** A structured answer. */
    record Animal(
            @JsonProperty(required = true) Colour colour,
            @JsonProperty(required = true) boolean canFly) {}

    /** What it may look like. */
    enum Colour {
        BROWN,
        BLACK
    }

    /** A tool that remembers its calls. */
    static final class Weather {
        final List<String> cities = new ArrayList<>();

        /** Called by LangChain4j. */
        @Tool(name = "get_weather", value = "Get the current weather in a city.")
        public String weather(@P(name = "city", value = "The name of the city.") String city) {
            cities.add(city);
            return "{\"weather\": \"sunny\", \"temperature\": 21}";
        }
    }

    private static NightjarChatModel model() {
        return new NightjarChatModel(
                NightjarSettings.of(DEMO.engine())
                        .withDefaults(
                                ChatRequestParameters.builder()
                                        .temperature(0.0)
                                        .maxOutputTokens(200)
                                        .build()));
    }

    @Test
    void recordsAreAnswers() {
        Assistant assistant = AiServices.create(Assistant.class, model());
        Animal animal = assistant.animal("What does a hedgehog eat?");
        assertNotNull(animal.colour());
    }

    @Test
    void methodsAreTools() {
        Weather weather = new Weather();
        Assistant assistant =
                AiServices.builder(Assistant.class).chatModel(model()).tools(weather).build();
        String answer = assistant.ask("What's the weather in Lisbon right now?");
        assertEquals(List.of("Lisbon"), weather.cities);
        assertFalse(answer.isBlank());
    }
}
