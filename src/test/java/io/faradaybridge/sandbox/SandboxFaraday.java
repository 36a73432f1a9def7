package io.faradaybridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.faradaybridge.faraday.FaradayStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The one thing of Faraday's API that the sandbox needs: {@code PATCH /_api/v3/vulns {"ids": [2], "status": "closed"}}
 * changes statuses, as an analyst does. It tells nobody, as Faraday tells nobody.
 */
final class SandboxFaraday {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JdbcClient database;

    private SandboxFaraday(DataSource database) {
        this.database = JdbcClient.create(database);
    }

    static void start(DataSource database, int port) {
        SandboxFaraday faraday = new SandboxFaraday(database);
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            server.createContext("/_api/v3/vulns", faraday::patch);
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException("Port " + port + " is taken; the sandbox's Faraday listens there", e);
        }
    }

    private void patch(HttpExchange exchange) throws IOException {
        JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
        var status = FaradayStatus.parse(body.path("status").asText(""));
        List<Integer> ids = new ArrayList<>();
        body.path("ids").forEach(id -> ids.add(id.asInt()));
        if (!"PATCH".equals(exchange.getRequestMethod()) || status.isEmpty() || ids.isEmpty()) {
            answer(exchange, 400, "{\"message\": \"expected PATCH with ids and a status\"}");
            return;
        }
        int updated = database.sql("UPDATE vulnerability SET status = CAST(:status AS vulnerability_statuses),"
                        + " update_date = now() AT TIME ZONE 'utc' WHERE id IN (:ids)")
                .param("status", status.get().stored())
                .param("ids", ids)
                .update();
        answer(exchange, 200, "{\"updated\": " + updated + "}");
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
