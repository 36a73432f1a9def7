package io.faradaybridge.connection;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The connection as an administrator sees it, without secrets.
 *
 * @param rsaPublicKey the public key in use, in the form that Jira's Application Link needs; empty if there is none
 * @param authorizationState {@code authorized}, {@code unauthorized}, or empty if it was never authorised
 * @param connected whether it is authorised and Jira is not away, as far as this process knows; GET status says since
 *     when and why
 * @param problem why it is not authorised; absent if it is, or if nobody has tried
 * @param authorizationPending whether a user has begun to authorise it and has not finished
 * @param ownUrl where browsers reach the bridge, for Jira's Application Link
 * @param consoleCallback where Jira sends the browser back to after an authorisation that was begun in the console
 * @param cloudScopes the scopes that a token with scopes must have
 * @param warnings what an administrator should check
 */
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
        String ownUrl,
        String consoleCallback,
        Credentials credentials,
        List<String> cloudScopes,
        List<String> warnings) {

    /** Where a secret comes from. */
    enum Source {
        none,
        environment,
        stored
    }

    record Problem(String code, String message, String hint, Instant since) {}

    /**
     * The credentials in use.
     *
     * @param email of an API token, or of a token with scopes that is sent with it
     * @param clientId of a service account
     * @param scopes of a token with scopes: those that it needs; of a service account: those that are asked for
     * @param expiresAt when the token ends; absent if not known
     * @param daysLeft until a person must act, rounded down; negative if it has ended; absent if not known
     * @param authorizationExpiresAt until when it can be renewed; absent if not known
     * @param renewable whether the bridge renews it by itself
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Credentials(
            CredentialsType type,
            Source source,
            @Nullable String email,
            @Nullable String clientId,
            @Nullable List<String> scopes,
            @Nullable Instant savedAt,
            @Nullable Instant expiresAt,
            @Nullable Instant authorizationExpiresAt,
            @Nullable Long daysLeft,
            boolean renewable) {

        /** Of which nothing but the type is known here. */
        static Credentials of(CredentialsType type, Source source, @Nullable String email) {
            return new Credentials(type, source, email, null, null, null, null, null, null, false);
        }
    }
}
