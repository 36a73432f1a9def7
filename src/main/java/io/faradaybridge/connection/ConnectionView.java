package io.faradaybridge.connection;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The connection as an administrator sees it: nothing secret.
 *
 * @param rsaPublicKey of the key pair in use, as Jira's Application Link takes it; empty: there is none
 * @param authorizationState {@code authorized}, {@code unauthorized}, or empty: never authorised
 * @param connected it is authorised, and Jira is not away as far as this process knows; GET status says since when and why
 * @param problem why it is not authorised; absent: it is, or nobody tried
 * @param authorizationPending somebody began to authorise it and has not finished
 * @param warnings what deserves a look
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record ConnectionView(
        String url,
        String consumerKey,
        String rsaPublicKey,
        Source privateKey,
        String authorizationState,
        boolean connected,
        @Nullable Problem problem,
        boolean authorizationPending,
        Credentials credentials,
        List<String> warnings) {

    /** Where something secret comes from. */
    enum Source {
        none,
        environment,
        stored
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record Problem(String code, String message, String hint, Instant since) {}

    /**
     * The credentials in use.
     *
     * @param email of an API token
     * @param expiresAt when the access token ends; absent: not known
     * @param authorizationExpiresAt until when it can be renewed; absent: not known
     * @param renewable the bridge renews it by itself
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Credentials(
            CredentialsType type,
            Source source,
            @Nullable String email,
            @Nullable Instant savedAt,
            @Nullable Instant expiresAt,
            @Nullable Instant authorizationExpiresAt,
            boolean renewable) {}
}
