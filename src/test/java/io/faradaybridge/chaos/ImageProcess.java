package io.faradaybridge.chaos;

import static org.awaitility.Awaitility.await;

import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.FaradayDatabase;
import io.faradaybridge.sandbox.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/** The entry point of an image as a process, beside a database, and set up by the environment only. */
final class ImageProcess implements AutoCloseable {

    private final int port = FreePort.next();
    private final int managementPort = FreePort.next();
    private final long begun = System.nanoTime();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Path log;
    private final Process process;

    ImageProcess(ProcessBuilder entrypoint, FaradayDatabase.Instance faraday, Path log) throws IOException {
        this.log = log;
        entrypoint
                .environment()
                .putAll(Map.of(
                        "BRIDGE_DATABASE_URL",
                        faraday.jdbcUrl(),
                        "BRIDGE_DATABASE_USERNAME",
                        faraday.username(),
                        "BRIDGE_DATABASE_PASSWORD",
                        faraday.password(),
                        "SERVER_PORT",
                        "" + port,
                        "MANAGEMENT_SERVER_PORT",
                        "" + managementPort,
                        "BRIDGE_BROKER_PORT_AMQP",
                        "0",
                        "BRIDGE_BROKER_PORT_STOMP",
                        "0",
                        "BRIDGE_BROKER_PORT_CORE",
                        "-1"));
        process = entrypoint
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** The images have Java 25, the tests may run on 17. */
    static Path java25() throws IOException {
        try (Stream<Path> installed = Files.list(Path.of("/usr/lib/jvm"))) {
            return installed
                    .filter(java -> java.toString().contains("25") && Files.exists(java.resolve("bin/java")))
                    .findFirst()
                    .orElse(Path.of(System.getProperty("java.home")));
        }
    }

    ImageProcess awaitReady() {
        await(log.toString())
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException(Files.readString(log));
                    }
                    return status("http://localhost:" + managementPort + "/observe/health/ready") == 200;
                });
        System.out.println("The image was ready after "
                + Duration.ofNanos(System.nanoTime() - begun).toMillis() + " ms, with "
                + process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() + " ms of the processor");
        return this;
    }

    /** As the administrator. @return the status of the answer */
    int get(String path) throws InterruptedException {
        return status("http://localhost:" + port + "/_api/v3/integrations/jira" + path);
    }

    int managementPort() {
        return managementPort;
    }

    String metrics() throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + managementPort + "/observe/metrics"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    /** How large the heap may become. */
    double heapBytes() throws IOException, InterruptedException {
        return metrics()
                .lines()
                .filter(line -> line.startsWith("jvm_memory_max_bytes{area=\"heap\""))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll(".* ", "")))
                .sum();
    }

    private int status(String url) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                    .header(
                            "Authorization",
                            BridgeWorld.basic("faraday", "faraday").get("Authorization"))
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException notYet) {
            return 0;
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
