package io.faradaybridge.chaos;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Places in the flows where the process can be made to die. The flows are files, so a place is one more step in a copy of
 * the shipped ones: a call that is answered at once, or, where the place is armed, never. In what is compiled, the copy of the
 * error policies intercepts the step.
 */
final class KillPoints implements AutoCloseable {

    private static final String NOTICES = "/notices";

    private final HttpServer server;
    private final List<String> notices = new CopyOnWriteArrayList<>();
    private volatile String armed = "";
    private volatile CountDownLatch reached = new CountDownLatch(1);

    KillPoints() {
        try {
            server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "kill-point");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (exchange.getRequestURI().getPath().equals(NOTICES)) {
                notices.add(body);
            }
            if (exchange.getRequestURI().getPath().equals("/" + armed)) {
                reached.countDown();
                return; // whoever called waits for ever
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    /** The address for the notices of the example. */
    String chat() {
        return "http://localhost:" + server.getAddress().getPort() + NOTICES;
    }

    List<String> notices() {
        return notices;
    }

    /** Writes the shipped flows, with the places in them, and the examples into a folder for {@code bridge.routes.dir}. */
    Path routes(Path folder) {
        try {
            Files.createDirectories(folder);
            for (String example : List.of("chat-notice.yaml", "applied-csv.xml")) {
                Files.copy(Path.of("routes/examples", example), folder.resolve(example));
            }
            insert(
                    folder,
                    "export.yaml",
                    "- setHeader: {name: ids, expression: {simple: {expression: \"${body.vulnerabilityIds}\"}}}",
                    "after-reserving",
                    false);
            intercept(folder, "timer-errors", "reserve-by-rule", "after-a-rule-has-found");
            intercept(folder, "caller-errors", "issues-created", "after-the-answer");
            insert(
                    folder,
                    "export.yaml",
                    "- to: {id: create-the-issues, uri: direct:create-issues}",
                    "after-linking",
                    true);
            insert(
                    folder,
                    "export.yaml",
                    "- to: {id: create-the-issues, uri: direct:create-issues}",
                    "before-creating",
                    false);
            intercept(folder, "link-errors", "transition-made", "after-the-transition");
            insert(
                    folder,
                    "incoming-status.yaml",
                    "- bean: {ref: linkFlow, method: lease}",
                    "after-storing-a-hint",
                    false);
            insert(
                    folder,
                    "incoming-status.yaml",
                    "- to: {id: hand-over-confirmed-link,",
                    "after-asking-together",
                    false);
            insert(folder, "events.yaml", "- to: {id: send-event,", "before-sending-an-event", false);
            insert(folder, "events.yaml", "- bean: {ref: eventOutbox, method: sent}", "after-sending-an-event", false);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void insert(Path folder, String file, String step, String place, boolean after) throws IOException {
        Path copy = folder.resolve(file);
        String text = Files.readString(Files.exists(copy) ? copy : Path.of("routes", file));
        int at = text.indexOf(step);
        if (at < 0) {
            throw new IllegalStateException(file + " has no step \"" + step + "\" any more");
        }
        int line = text.lastIndexOf('\n', at) + 1;
        int where = after ? text.indexOf('\n', at) + 1 : line;
        Files.writeString(copy, text.substring(0, where) + call(" ".repeat(at - line), place) + text.substring(where));
    }

    private String call(String indent, String place) {
        return indent + "- setVariable: {name: place, expression: {constant: {expression: " + place + "}}}\n" + indent
                + "- to: {id: kill-point-" + place + ", uri: \"http://localhost:"
                + server.getAddress().getPort() + "/" + place + "\", variableSend: place, variableReceive: place}\n";
    }

    /** In a compiled route, before the step of that id: the error policy that the route names is a file. */
    private void intercept(Path folder, String policy, String step, String place) throws IOException {
        Path copy = folder.resolve("errors.yaml");
        String text = Files.readString(Files.exists(copy) ? copy : Path.of("routes/errors.yaml"));
        String id = "    id: " + policy + "\n";
        if (!text.contains(id)) {
            throw new IllegalStateException("errors.yaml has no policy " + policy + " any more");
        }
        Files.writeString(
                copy,
                text.replace(
                        id,
                        id
                                + "    intercept:\n      - intercept:\n          steps:\n            - filter:\n"
                                + "                expression: {simple: {expression: \"${exchangeProperty.CamelInterceptedNodeId} == '"
                                + step + "'\"}}\n                steps:\n" + call(" ".repeat(18), place)));
    }

    void arm(String place) {
        reached = new CountDownLatch(1);
        armed = place;
    }

    void awaitReached() {
        try {
            if (!reached.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody came to the place " + armed);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void disarm() {
        armed = "";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
