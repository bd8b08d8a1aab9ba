package dev.nightjar.kernels.cuda.driver;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where libcuda may be; the first file that loads is used. */
final class LibrarySearch {

    /** Names the library instead of searching for it. */
    static final String PROPERTY = "nightjar.cuda.library";

    private static final String FILE = "libcuda.so.1";
    private static final List<String> FOLDERS =
            List.of(
                    "/usr/lib/x86_64-linux-gnu",
                    "/usr/lib/aarch64-linux-gnu",
                    "/usr/lib64",
                    "/usr/local/nvidia/lib64",
                    "/usr/lib/wsl/lib",
                    "/run/opengl-driver/lib");

    private final List<Path> candidates;
    private final boolean isNamed;
    private final List<String> problems = new ArrayList<>();

    private LibrarySearch(List<Path> candidates, boolean isNamed) {
        this.candidates = candidates;
        this.isNamed = isNamed;
    }

    /** The named library alone, or those of {@code LD_LIBRARY_PATH} and the usual folders. */
    static LibrarySearch ofThisProcess() {
        String named = System.getProperty(PROPERTY);
        if (named != null) {
            return new LibrarySearch(List.of(Path.of(named).toAbsolutePath()), true);
        }
        List<Path> candidates = new ArrayList<>();
        String searched = System.getenv("LD_LIBRARY_PATH");
        for (String folder : searched == null ? new String[0] : searched.split(":")) {
            if (!folder.isEmpty()) {
                candidates.add(Path.of(folder).toAbsolutePath().resolve(FILE));
            }
        }
        FOLDERS.forEach(folder -> candidates.add(Path.of(folder, FILE)));
        return new LibrarySearch(candidates, false);
    }

    /** Loads the library for the bindings, which look in what this class's loader has loaded. */
    Optional<String> load() {
        for (Path candidate : candidates) {
            if (Files.exists(candidate)) {
                try {
                    System.load(candidate.toString());
                    return Optional.of(candidate.toString());
                } catch (UnsatisfiedLinkError | IllegalCallerException refused) {
                    problems.add(candidate + ": " + refused.getMessage());
                }
            }
        }
        return Optional.empty();
    }

    /** Why {@link #load} found nothing. */
    String refusal() {
        if (!problems.isEmpty()) {
            return "the driver's library does not load: " + String.join("; ", problems);
        }
        if (isNamed) {
            return "there is no driver library %s, which -D%s names"
                    .formatted(candidates.getFirst(), PROPERTY);
        }
        return "no NVIDIA driver: %s is neither in LD_LIBRARY_PATH nor in the usual folders; install the driver or name it with -D%s"
                .formatted(FILE, PROPERTY);
    }
}
