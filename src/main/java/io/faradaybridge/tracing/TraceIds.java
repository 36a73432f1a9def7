package io.faradaybridge.tracing;

import io.opentelemetry.sdk.trace.IdGenerator;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The trace of a correlation id: all replicas find the same one, without asking each other. */
final class TraceIds implements IdGenerator {

    /** A UUID, also behind the word with which the bridge marks the sweep and the export rules. */
    private static final Pattern UUID =
            Pattern.compile("(?:[a-z]+-)?([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})");

    /** What a message has that names only its trace, see {@code broker.QueueHeaders}. */
    private static final Pattern OF_A_TRACE = Pattern.compile("([0-9a-f]{32})-[0-9a-f]{16}");

    private static final String NONE = "0".repeat(32);

    private final IdGenerator random = IdGenerator.random();
    private final ThreadLocal<@Nullable String> next = new ThreadLocal<>();

    /** A UUID without its hyphens, or a digest of a sender's own text. */
    static String of(String correlationId) {
        Matcher uuid = UUID.matcher(correlationId);
        Matcher trace = OF_A_TRACE.matcher(correlationId);
        String id = NONE;
        if (uuid.matches()) {
            id = uuid.group(1) + uuid.group(2) + uuid.group(3) + uuid.group(4) + uuid.group(5);
        } else if (trace.matches()) {
            id = trace.group(1);
        }
        return id.equals(NONE) ? digest(correlationId) : id;
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Java has SHA-256", e);
        }
    }

    /** What is made meanwhile on this thread without a parent begins this trace. */
    <T> T within(String traceId, Supplier<T> made) {
        next.set(traceId);
        try {
            return made.get();
        } finally {
            next.remove();
        }
    }

    @Override
    public String generateTraceId() {
        String given = next.get();
        return given == null ? random.generateTraceId() : given;
    }

    @Override
    public String generateSpanId() {
        return random.generateSpanId();
    }
}
