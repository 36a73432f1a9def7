package io.faradaybridge.broker;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Where the queues are. The defaults are in application.yaml.
 *
 * @param url an external Artemis broker or cluster, as its Core client takes it ({@code tcp://host:61616}); absent or
 *     blank: the embedded broker, which keeps its messages in {@code dataDir}
 * @param username the account at the external broker; with the embedded broker, the account that sending programs use
 * @param password its password; if absent or blank with the embedded broker, one is generated at the first start and
 *     kept in {@code dataDir}
 * @param bindHost the address on which the embedded broker listens for AMQP and STOMP
 * @param coreBindHost the address for Artemis' Core protocol, which can do far more than a producer needs
 * @param connections how many connections each port of the embedded broker accepts at most
 * @param concurrency consumers of each queue
 * @param reconnectDelay how long a consumer that lost its broker waits before it tries again
 */
@Validated
@ConfigurationProperties("bridge.broker")
public record BrokerSettings(
        @Nullable String url,
        @NotBlank String username,
        @Nullable String password,
        @NotNull Path dataDir,
        @NotBlank String bindHost,
        @NotBlank String coreBindHost,
        @Valid @NotNull Ports port,
        @Min(1) @Max(100_000) int connections,
        @Min(1) @Max(64) int concurrency,
        @NotNull Duration reconnectDelay,
        @Valid @NotNull Redelivery redelivery) {

    public BrokerSettings {
        url = url == null || url.isBlank() ? null : url.strip();
        password = password == null || password.isBlank() ? null : password;
    }

    /** Ports of the embedded broker. 0 takes any free port, -1 leaves the protocol out. */
    public record Ports(
            @Min(-1) @Max(65535) int core,
            @Min(-1) @Max(65535) int amqp,
            @Min(-1) @Max(65535) int stomp) {}

    /**
     * What the embedded broker does with a message whose processing failed: it delivers the message again after {@code
     * delay}, which doubles up to {@code maxDelay}; after {@code attempts} the message becomes a dead letter.
     */
    public record Redelivery(
            @NotNull Duration delay,
            @NotNull Duration maxDelay,
            @Min(1) int attempts) {}

    public boolean embedded() {
        return url == null;
    }

    /** For people, without the URL's parameters too. */
    String place() {
        return url == null ? "the embedded broker" : "the broker at " + url.replaceFirst("\\?.*", "");
    }

    /** Without the password, and without the URL's parameters, which may hold one. */
    @Override
    public String toString() {
        return (url == null ? "embedded broker in " + dataDir : "broker " + url.replaceFirst("\\?.*", "?***")) + " as "
                + username;
    }
}
