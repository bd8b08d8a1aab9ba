package dev.nightjar.tokenizer.template;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Templates that lie elsewhere: in an API's documentation, and beside the demo model. */
final class ClientExample {
    /** As a client sends it whose language turns {@code \n} into a line end first. */
    static final String SOURCE =
            String.join(
                            "\n",
                            "",
                            "        {% if messages[0]['role'] == 'system' %}",
                            "            {% set loop_messages = messages[1:] %}",
                            "            {% set system_message = messages[0]['content'] %}",
                            "        {% else %}",
                            "            {% set loop_messages = messages %}",
                            "            {% set system_message = '' %}",
                            "        {% endif %}",
                            "",
                            "        {% for message in loop_messages %}",
                            "            {% if loop.index0 == 0 %}",
                            "                {{ system_message.strip() }}",
                            "            {% endif %}",
                            "            {{ 'NN' + message['role'] + ': ' + message['content']"
                                    + ".strip().replace('RN', 'N').replace('NN', 'N') }}",
                            "",
                            "            {% if loop.last and message['role'] == 'user' %}",
                            "                {{ 'NNAssistant: ' }}",
                            "            {% endif %}",
                            "        {% endfor %}",
                            "    ")
                    .replace("RN", "\r\n")
                    .replace("'N'", "'\n'")
                    .replace("NN", "\n\n");

    /** As a client sends it that leaves {@code \n} to the template. */
    static final String ESCAPED =
            SOURCE.replace("'\r\n'", "'\\r\\n'")
                    .replace("'\n'", "'\\n'")
                    .replace("'\n\n", "'\\n\\n");

    private ClientExample() {}

    /** The template in the demo model's file. */
    static String demoTemplate() throws IOException {
        String root = System.getenv().getOrDefault("NIGHTJAR_ROOT", "..");
        return Files.readString(Path.of(root, "bench", "demo-model", "chat_template.jinja"));
    }
}
