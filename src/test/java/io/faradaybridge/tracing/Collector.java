package io.faradaybridge.tracing;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** A collector that takes OTLP over HTTP, as OpenTelemetry's own protocol buffers read it. */
public final class Collector implements AutoCloseable {

    /** A span as a collector sees it. */
    public record Seen(
            String name,
            String kind,
            String trace,
            String id,
            String parent,
            List<String> linkedTraces,
            Map<String, String> attributes,
            boolean failed) {

        public String correlation() {
            return attributes.get("bridge.correlation_id");
        }
    }

    private static final Duration SOON = Duration.ofSeconds(90);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Seen> spans = new CopyOnWriteArrayList<>();
    private final Map<String, String> resource = new TreeMap<>();
    private volatile CountDownLatch hangs = new CountDownLatch(0);
    private volatile Map<String, String> asked = Map.of();

    public Collector() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/traces", this::take);
        server.setExecutor(threads);
        server.start();
    }

    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
    }

    /** From now on it takes connections and answers nothing. */
    void hang() {
        hangs = new CountDownLatch(1);
    }

    /** From now on it refuses those who do not send this header. */
    void askFor(String header, String value) {
        asked = Map.of(header, value);
    }

    void goOn() {
        hangs.countDown();
    }

    private void take(HttpExchange call) throws IOException {
        byte[] body = call.getRequestBody().readAllBytes();
        try {
            hangs.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        boolean refused = !asked.entrySet().stream().allMatch(header -> header.getValue()
                .equals(call.getRequestHeaders().getFirst(header.getKey())));
        if (refused) {
            call.sendResponseHeaders(401, -1);
            call.close();
            return;
        }
        ExportTraceServiceRequest.parseFrom(body).getResourceSpansList().forEach(sent -> {
            synchronized (resource) {
                resource.putAll(attributes(sent.getResource().getAttributesList()));
            }
            sent.getScopeSpansList().forEach(scope -> scope.getSpansList().forEach(span -> spans.add(seen(span))));
        });
        call.getResponseHeaders().set("Content-Type", "application/x-protobuf");
        call.sendResponseHeaders(200, -1);
        call.close();
    }

    private static Seen seen(Span span) {
        return new Seen(
                span.getName(),
                span.getKind().name().replace("SPAN_KIND_", ""),
                hex(span.getTraceId().toByteArray()),
                hex(span.getSpanId().toByteArray()),
                hex(span.getParentSpanId().toByteArray()),
                span.getLinksList().stream()
                        .map(link -> hex(link.getTraceId().toByteArray()))
                        .toList(),
                attributes(span.getAttributesList()),
                span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR);
    }

    private static String hex(byte[] id) {
        return HexFormat.of().formatHex(id);
    }

    private static Map<String, String> attributes(List<KeyValue> list) {
        Map<String, String> attributes = new TreeMap<>();
        list.forEach(attribute -> attributes.put(
                attribute.getKey(),
                attribute.getValue().hasIntValue()
                        ? String.valueOf(attribute.getValue().getIntValue())
                        : attribute.getValue().getStringValue()));
        return attributes;
    }

    public List<Seen> spans() {
        return List.copyOf(spans);
    }

    public Map<String, String> resource() {
        synchronized (resource) {
            return Map.copyOf(resource);
        }
    }

    public Seen awaitSpan(String what, Predicate<Seen> which) {
        await(what).atMost(SOON).until(() -> spans.stream().anyMatch(which));
        return spans.stream().filter(which).findFirst().orElseThrow();
    }

    public Seen awaitSpan(String trace, String name) {
        return awaitSpan(
                "the span '" + name + "' in " + trace,
                span -> span.trace().equals(trace) && span.name().equals(name));
    }

    @Override
    public void close() {
        goOn();
        server.stop(0);
        threads.shutdownNow();
    }
}
