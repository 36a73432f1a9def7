package io.faradaybridge.chaos;

import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.FreePort;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** The packaged jar as a process of its own, with ports and a folder that it keeps over its restarts. */
final class BridgeProcess implements AutoCloseable {

    static final Path JAR = Path.of("target/faraday-jira-bridge.jar");
    private static final List<String> SMALL = List.of("-Xmx256m", "-XX:TieredStopAtLevel=1");

    private final Path jar;
    private final List<String> options;
    private final String name;
    private final Path folder;
    private final Map<String, Object> settings;
    private final int port = FreePort.next();
    private final int managementPort = FreePort.next();
    private final HttpClient http = HttpClient.newHttpClient();
    private @Nullable Process process;

    BridgeProcess(String name, Path folder, Map<String, Object> settings) {
        this(JAR, name, folder, settings);
    }

    /** @param jar perhaps of another version */
    BridgeProcess(Path jar, String name, Path folder, Map<String, Object> settings) {
        this(jar, SMALL, name, folder, settings);
    }

    /** @param options of the JVM */
    BridgeProcess(Path jar, List<String> options, String name, Path folder, Map<String, Object> settings) {
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is not there: run mvn package first");
        }
        this.jar = jar;
        this.options = options;
        this.name = name;
        this.folder = folder;
        this.settings = settings;
    }

    synchronized BridgeProcess start() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "-jar",
                jar.toString(),
                "--server.port=" + port,
                "--management.server.port=" + managementPort,
                "--bridge.data-dir=" + folder.resolve(name)));
        settings.forEach((key, value) -> command.add("--" + key + "=" + value));
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    File log() {
        return folder.resolve(name + ".log").toFile();
    }

    BridgeProcess awaitReady() {
        Awaitility.await(name + " to be ready, see " + log())
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(200))
                .until(this::ready);
        return this;
    }

    private boolean ready() {
        if (process == null || !process.isAlive()) {
            throw new IllegalStateException(name + " ended by itself, see " + log());
        }
        try {
            URI probe = URI.create("http://localhost:" + managementPort + "/observe/health/ready");
            return http.send(HttpRequest.newBuilder(probe).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** SIGKILL: nothing is said goodbye to. */
    synchronized void kill() {
        Process dying = process;
        process = null;
        if (dying != null) {
            dying.destroyForcibly().onExit().join();
        }
    }

    /** The health, asked at an address of this machine. */
    String health(String address) throws IOException, InterruptedException {
        URI health = URI.create("http://" + address + ":" + managementPort + "/observe/health");
        return http.send(HttpRequest.newBuilder(health).build(), BodyHandlers.ofString())
                .body();
    }

    /** SIGTERM: it ends what it has begun. @return whether it ended by itself within a minute */
    boolean terminate() {
        Process ending;
        synchronized (this) {
            ending = process;
            process = null;
        }
        if (ending == null) {
            return true;
        }
        ending.destroy();
        try {
            return ending.waitFor(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            ending.destroyForcibly();
        }
    }

    int port() {
        return port;
    }

    synchronized long pid() {
        if (process == null) {
            throw new IllegalStateException(name + " does not run");
        }
        return process.pid();
    }

    /** Of the heap, what is alive: in bytes, after a full collection. */
    synchronized long liveBytes() {
        String histogram = output(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid()),
                "GC.class_histogram");
        String[] total = histogram.substring(histogram.lastIndexOf("Total")).split("\\s+");
        return Long.parseLong(total[2]);
    }

    private static String output(String... command) {
        try {
            Process run = new ProcessBuilder(command).redirectErrorStream(true).start();
            return new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a person does in Faraday's name, who sees that a link is blocked. */
    void replay(int vulnerability) {
        call("POST", "/links/" + vulnerability + "/replay", "", 202);
    }

    /**
     * As the administrator.
     *
     * @param path below the API's address
     * @return the body of the answer
     */
    String call(String method, String path, String body, int expected) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url(path)))
                .header("Authorization", BridgeWorld.basic("faraday", "faraday").get("Authorization"))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != expected) {
                throw new IllegalStateException(
                        method + " " + path + " was answered " + answer.statusCode() + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String url(String path) {
        return "http://localhost:" + port + "/_api/v3/integrations/jira" + path;
    }

    @Override
    public void close() {
        kill();
    }
}
