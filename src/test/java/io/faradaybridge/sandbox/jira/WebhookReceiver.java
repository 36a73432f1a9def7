package io.faradaybridge.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes what Automation posts, and answers as the test says. */
final class WebhookReceiver implements AutoCloseable {

    record Post(String token, String contentType, JsonNode body) {}

    private final HttpServer server;
    private final List<Post> posts = new CopyOnWriteArrayList<>();
    private volatile int status = 202;

    WebhookReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            posts.add(new Post(
                    exchange.getRequestHeaders().getFirst("X-Jira-Token"),
                    exchange.getRequestHeaders().getFirst("Content-Type"),
                    Json.parse(exchange.getRequestBody().readAllBytes())));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/hook";
    }

    void answerWith(int code) {
        status = code;
    }

    List<Post> posts() {
        return posts;
    }

    List<String> statuses() {
        return posts.stream().map(post -> post.body().path("status").asText()).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
