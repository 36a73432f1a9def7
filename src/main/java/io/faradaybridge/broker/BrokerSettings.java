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
 * Where the queues are. Defaults stand in application.yaml.
 *
 * @param url an Artemis broker or cluster outside, as its Core client takes it ({@code tcp://host:61616}); absent or
 *     blank: a broker inside this process, which keeps its messages in {@code dataDir}
 * @param username the account on the broker outside; with the broker inside, the one that programs sending messages use
 * @param password its password; with the broker inside, absent or blank: generated at the first start and kept in
 *     {@code dataDir}
 * @param bindHost the address on which the broker inside listens for AMQP and STOMP
 * @param coreBindHost the same for Artemis' Core protocol, which does far more than a producer needs
 * @param connections to each port of the broker inside, at most
 * @param concurrency consumers a queue
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

    /** Ports of the broker inside. 0 takes any free one, -1 leaves the protocol out. */
    public record Ports(
            @Min(-1) @Max(65535) int core,
            @Min(-1) @Max(65535) int amqp,
            @Min(-1) @Max(65535) int stomp) {}

    /**
     * What the broker inside does with a message that could not be worked on: again after {@code delay}, which doubles
     * up to {@code maxDelay}, and after {@code attempts} to the dead letters.
     */
    public record Redelivery(
            @NotNull Duration delay,
            @NotNull Duration maxDelay,
            @Min(1) int attempts) {}

    public boolean embedded() {
        return url == null;
    }

    /** Without the password, and without the URL's parameters, which may hold one. */
    @Override
    public String toString() {
        return (url == null ? "embedded broker in " + dataDir : "broker " + url.replaceFirst("\\?.*", "?***")) + " as "
                + username;
    }
}
