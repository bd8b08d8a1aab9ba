import dev.nightjar.engine.Engine;

/** What a first program with the engine jar looks like. */
public class Consumer {

    public static void main(String[] args) throws Exception {
        try (Engine engine = Engine.openDemo()) {
            System.out.println("backend: " + engine.backendName());
            System.out.println("text: " + engine.generate("Once upon a time").text());
        }
    }
}
