package dev.nightjar.server.cli;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.server.cli.flags.ModelFlags;
import dev.nightjar.server.cli.flags.ModelKind;
import dev.nightjar.server.cli.flags.SamplingFlags;
import dev.nightjar.server.terminal.Terminals;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** A conversation, line by line; works through a pipe as well. */
@Command(
        name = "chat",
        description = "Talk with a model; /help lists what else a line can be.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class)
final class ChatCommand implements Callable<Integer> {

    private static final String HELP =
            """
            /reset  forget the conversation
            /exit   leave; so does the end of input
            /help   this text""";

    @ParentCommand private Cli cli;
    @Mixin private ModelFlags modelFlags = new ModelFlags();
    @Mixin private SamplingFlags sampling = new SamplingFlags();

    @Option(names = "--system", paramLabel = "TEXT", description = "A system message.")
    private String system;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (Engine engine = modelFlags.open()) {
            TextModel model = ModelKind.requireText(engine);
            ModelFlags.requireChat(
                    model, "choose one by name with --chat-template, such as chatml");
            Conversation conversation =
                    new Conversation(
                            model,
                            Optional.ofNullable(system),
                            sampling.params(model.samplingDefaults()),
                            sampling.stop());
            talk(conversation);
        }
        return 0;
    }

    private void talk(Conversation conversation) throws IOException, InterruptedException {
        BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(cli.streams().in(), StandardCharsets.UTF_8));
        while (true) {
            prompt();
            String line = lines.readLine();
            if (line == null || line.strip().equals("/exit")) {
                return;
            }
            accept(line, conversation);
        }
    }

    private void accept(String line, Conversation conversation) throws InterruptedException {
        switch (line.strip()) {
            case "" -> {}
            case "/help" -> cli.streams().err().println(HELP);
            case "/reset" -> conversation.reset();
            case String command when command.matches("/[a-z]+") ->
                    cli.streams().err().println("unknown command " + command + "\n" + HELP);
            default -> answer(line, conversation);
        }
    }

    private void answer(String line, Conversation conversation) throws InterruptedException {
        Optional<String> hint = conversation.answer(line, cli.streams().out());
        cli.streams().out().println();
        cli.streams().out().flush();
        hint.ifPresent(text -> cli.streams().err().println("note: " + text));
    }

    /** Only for people: through a pipe, output is the answers alone. */
    private void prompt() {
        if (Terminals.isInTerminal()) {
            cli.streams().err().print("> ");
            cli.streams().err().flush();
        }
    }
}
