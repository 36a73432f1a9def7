package io.faradaybridge.jinja2;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Python's own Jinja2, if this machine has it. */
final class PythonJinja {

    private static final Path RECORDER = Path.of("src/test/python/record_jinja.py");

    private PythonJinja() {}

    static boolean isHere() {
        try {
            Process python = new ProcessBuilder("python3", "-c", "import jinja2; assert jinja2.__version__ >= '3.1'")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return python.waitFor(60, TimeUnit.SECONDS) && python.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** One process for all of them. */
    static List<Outcome> outcomes(List<String> templates, Map<String, Object> data) throws IOException {
        Process python = new ProcessBuilder("python3", RECORDER.toString(), "--stream")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            try (Writer in = new OutputStreamWriter(python.getOutputStream(), StandardCharsets.UTF_8)) {
                for (String template : templates) {
                    in.write(Outcome.json(Map.of("template", template, "data", data)) + "\n");
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        List<Outcome> outcomes = new ArrayList<>();
        try (BufferedReader out = python.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                outcomes.add(Outcome.recorded(Outcome.json(line)));
            }
        }
        writing.join();
        return outcomes;
    }
}
