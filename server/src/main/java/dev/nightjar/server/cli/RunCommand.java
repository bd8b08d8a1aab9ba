package dev.nightjar.server.cli;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.text.Completion;
import dev.nightjar.engine.text.Prompt;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.engine.text.TextRequest;
import dev.nightjar.server.cli.flags.ModelFlags;
import dev.nightjar.server.cli.flags.ModelKind;
import dev.nightjar.server.cli.flags.SamplingFlags;
import dev.nightjar.server.terminal.Terminals;
import dev.nightjar.tokenizer.template.ChatMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Generates one text. Standard output is the text alone, plus a newline on a terminal. */
@Command(
        name = "run",
        description = "Generate one text to standard output.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class)
final class RunCommand implements Callable<Integer> {

    @ParentCommand private Cli cli;
    @Mixin private ModelFlags modelFlags = new ModelFlags();
    @Mixin private SamplingFlags sampling = new SamplingFlags();

    @Option(
            names = {"-p", "--prompt"},
            paramLabel = "TEXT",
            description = "The prompt; - or none reads standard input.")
    private String prompt = "-";

    @Option(names = "--raw", description = "Continue the prompt as it is, without chat template.")
    private boolean isRaw;

    @Option(names = "--system", paramLabel = "TEXT", description = "A system message.")
    private String system;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (isRaw && system != null) {
            throw new IllegalStateException(
                    "--system is a message of a chat, --raw has none; leave one of them out");
        }
        String text = prompt.equals("-") ? readPrompt() : prompt;
        try (Engine engine = modelFlags.open()) {
            TextModel model = ModelKind.requireText(engine);
            TextRequest request =
                    TextRequest.of(isRaw ? new Prompt.Text(text) : chat(model, text))
                            .withSampling(sampling.params(model.samplingDefaults()))
                            .withStop(sampling.stop());
            Completion completion = Generation.print(model, request, cli.streams().out());
            if (Terminals.isOutTerminal()) {
                cli.streams().out().println();
            }
            cli.streams().out().flush();
            cli.streams().err().println(Summary.of(completion.usage()));
        }
        return 0;
    }

    private String readPrompt() throws IOException {
        return new String(cli.streams().in().readAllBytes(), StandardCharsets.UTF_8);
    }

    private Prompt chat(TextModel model, String text) {
        ModelFlags.requireChat(
                model, "use --raw to continue the prompt as it is, or --chat-template NAME");
        List<ChatMessage> messages = new ArrayList<>();
        if (system != null) {
            messages.add(new ChatMessage("system", system));
        }
        messages.add(new ChatMessage("user", text));
        return new Prompt.Chat(messages);
    }
}
