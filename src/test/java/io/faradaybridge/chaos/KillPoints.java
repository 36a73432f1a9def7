package io.faradaybridge.chaos;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Places in the flows where the process can be made to die. The flows are files, so a place is one more step in a copy of
 * the shipped ones: a call that is answered at once, or, where the place is armed, never.
 */
final class KillPoints implements AutoCloseable {

    private final HttpServer server;
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
            exchange.getRequestBody().readAllBytes();
            if (exchange.getRequestURI().getPath().equals("/" + armed)) {
                reached.countDown();
                return; // whoever called waits for ever
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    /** Writes the shipped flows, with the places in them, into a folder for {@code bridge.routes.dir}. */
    Path routes(Path folder) {
        try {
            Files.createDirectories(folder);
            insert(
                    folder,
                    "export.yaml",
                    "- setHeader: {name: ids, expression: {simple: {expression: \"${body.vulnerabilityIds}\"}}}",
                    "after-reserving",
                    false);
            insert(folder, "export.yaml", "- to: {id: create-issues, uri: direct:jira-send", "after-the-answer", true);
            insert(
                    folder,
                    "export.yaml",
                    "- bean: {ref: exportFlow, method: \"created(${variable.chunk}, ${variable.sending}, ${variable.answer})\"}",
                    "after-linking",
                    true);
            insert(
                    folder,
                    "outgoing-status.yaml",
                    "- to: {id: transition-issue, uri: direct:jira-send",
                    "after-the-transition",
                    true);
            insert(
                    folder,
                    "incoming-status.yaml",
                    "- setVariable: {name: work, expression: {method: {ref: reconciliation, method: lease}}}",
                    "after-storing-a-hint",
                    false);
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
        String indent = " ".repeat(at - line);
        String call =
                indent + "- setVariable: {name: place, expression: {constant: {expression: " + place + "}}}\n" + indent
                        + "- to: {id: kill-point-" + place + ", uri: \"http://localhost:"
                        + server.getAddress().getPort() + "/" + place
                        + "\", variableSend: place, variableReceive: place}\n";
        int where = after ? text.indexOf('\n', at) + 1 : line;
        Files.writeString(copy, text.substring(0, where) + call + text.substring(where));
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
