package io.faradaybridge.launch;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The options of Java that fit this service, for whoever starts it by {@code java -jar} and nothing else. Left alone, Java takes up
 * to a quarter of the machine as heap, and compiles what runs often a second time, which doubles the processor time of a start. No
 * jar can name options, and a process cannot change them; so it replaces itself by the same command with them (execve(2)). It
 * keeps its number, its files and its parent, as if it had been started so.
 */
public final class DefaultOptions {

    static final List<String> OPTIONS = List.of(
            "-Xms64m", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError");

    /** What Java itself reads further options from. */
    static final Set<String> VARIABLES = Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private static final Path COMMAND = Path.of("/proc/self/cmdline");

    private DefaultOptions() {}

    /**
     * Does not return if the process is replaced. It goes on as it is if it was started with an option, or not by
     * {@code java -jar}, or not on Linux, or where native code cannot be loaded, which is said on the standard error.
     */
    public static void apply() {
        if (!Files.isReadable(COMMAND)) {
            return;
        }
        try {
            List<String> better = withDefaults(commandLine(COMMAND), System.getenv());
            if (!better.isEmpty()) {
                Unix.replaceProcess(better);
            }
        } catch (IOException | RuntimeException | LinkageError e) {
            System.err.println(
                    "The bridge runs with Java's own options and takes more memory and time than it needs: its own could"
                            + " not be set (" + e + "). Start it by: java " + String.join(" ", OPTIONS) + " -jar ..");
        }
    }

    /** @return with a character for each byte: what an argument means does not matter here */
    static List<String> commandLine(Path file) throws IOException {
        List<String> all =
                List.of(Files.readString(file, StandardCharsets.ISO_8859_1).split("\0", -1));
        return all.subList(0, all.size() - 1); // each argument ends with a zero
    }

    /** @return the command with our options, or nothing if it is to stay as it is */
    static List<String> withDefaults(List<String> command, Map<String, String> environment) {
        if (command.size() < 3
                || !command.get(1).equals("-jar")
                || VARIABLES.stream().anyMatch(environment::containsKey)) {
            return List.of();
        }
        List<String> more = new ArrayList<>(command);
        more.addAll(1, OPTIONS);
        return more;
    }

    /** @return where the library unpacks itself; null: in the home, as it does itself, which must be there for that */
    static @Nullable String temporary(@Nullable String home) {
        return home != null && Files.isWritable(Path.of(home)) && Path.of(home).isAbsolute()
                ? null
                : System.getProperty("java.io.tmpdir");
    }

    /** Apart, so that its library is looked for only if it is used. */
    private static final class Unix {

        interface C extends Library {

            /** @return only if it failed */
            int execv(String path, String[] arguments) throws LastErrorException;
        }

        static void replaceProcess(List<String> command) {
            String place = temporary(System.getProperty("user.home"));
            if (place != null) {
                System.setProperty("jna.tmpdir", place);
            }
            Map<String, String> encoding = Map.of(Library.OPTION_STRING_ENCODING, StandardCharsets.ISO_8859_1.name());
            Native.load("c", C.class, encoding).execv("/proc/self/exe", command.toArray(String[]::new));
        }
    }
}
