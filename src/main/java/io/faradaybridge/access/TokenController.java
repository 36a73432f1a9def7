package io.faradaybridge.access;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.activity.SetupAudit;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.faraday.UserTokens;
import io.faradaybridge.faraday.UserTokens.TokenSettings;
import io.faradaybridge.faraday.UserTokens.UserToken;
import io.faradaybridge.web.ErrorAnswers;
import io.swagger.v3.oas.annotations.Operation;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The API's tokens for Jira's webhook: each user sees and changes only their own. */
@RestController
@RequestMapping("/_api/v3/integrations/jira/tokens")
class TokenController {

    static final String SCOPE = "jira";
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 64;

    private final UserTokens tokens;
    private final SetupAudit audit;
    private final TransactionOperations transaction;
    private final Clock clock = Clock.systemUTC();
    private final SecureRandom random = new SecureRandom();

    TokenController(UserTokens tokens, SetupAudit audit, TransactionOperations transaction) {
        this.tokens = tokens;
        this.audit = audit;
        this.transaction = transaction;
    }

    /** @param hide whether Faraday's own list leaves it out */
    record Shown(
            int id,
            String alias,
            String scope,
            @Nullable Instant createdAt,
            @Nullable Instant expiresAt,
            boolean expired,
            boolean revoked,
            boolean hide) {

        static Shown of(UserToken token) {
            return new Shown(
                    token.id(),
                    token.alias(),
                    SCOPE,
                    token.createdAt(),
                    token.expiresAt(),
                    token.expired(),
                    token.revoked(),
                    token.hide());
        }
    }

    /** @param token for the header {@code X-Jira-Token}; shown only once */
    record Made(
            int id,
            String alias,
            String scope,
            String token,
            @Nullable Instant createdAt,
            @Nullable Instant expiresAt,
            boolean hide) {

        @Override
        public String toString() {
            return "token " + id + ", ***";
        }
    }

    /** Newest first, with revoked and expired tokens. */
    @GetMapping
    @Operation(summary = "List one's own tokens for Jira's webhook")
    @PreAuthorize("hasAuthority('user_tokens:read')")
    List<Shown> list(FaradayUser caller) {
        return tokens.of(caller.id()).stream().map(Shown::of).toList();
    }

    /** The only answer that ever shows the token. */
    @PostMapping
    @Operation(summary = "Make a token for Jira's webhook")
    @ResponseStatus(HttpStatus.CREATED)
    @PreAuthorize("hasAuthority('user_tokens:create')")
    Made create(@RequestBody TokenRequest request, FaradayUser caller) {
        TokenSettings settings = request.settings(clock.instant());
        tokens.whyNoneCanBeMade().ifPresent(reason -> {
            throw ErrorAnswers.conflict(reason);
        });
        String token = random();
        UserToken made = inTransaction(() -> {
            UserToken created = tokens.create(caller.id(), token, settings);
            record(caller, created.id(), null, created);
            return created;
        });
        return new Made(made.id(), made.alias(), SCOPE, token, made.createdAt(), made.expiresAt(), made.hide());
    }

    @PatchMapping("/{id}")
    @Operation(summary = "Change a token")
    @PreAuthorize("hasAuthority('user_tokens:update')")
    Shown change(@PathVariable int id, @RequestBody TokenRequest.Change request, FaradayUser caller) {
        return inTransaction(() -> {
            UserToken before = own(caller, id);
            UserToken after = tokens.change(id, request.of(before, clock.instant()), caller.id());
            if (!after.equals(before)) {
                record(caller, id, before, after);
            }
            return Shown.of(after);
        });
    }

    /** The token is refused from now on; it stays in the list. */
    @DeleteMapping("/{id}")
    @Operation(summary = "Revoke a token")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @PreAuthorize("hasAuthority('user_tokens:delete')")
    void revoke(@PathVariable int id, FaradayUser caller) {
        transaction.executeWithoutResult(status -> {
            UserToken before = own(caller, id);
            if (!before.revoked()) {
                tokens.revoke(id, caller.id());
                record(caller, id, before, own(caller, id));
            }
        });
    }

    private interface Work<T> {
        T done();
    }

    private <T> T inTransaction(Work<T> work) {
        return Objects.requireNonNull(transaction.execute(status -> work.done()));
    }

    private UserToken own(FaradayUser caller, int id) {
        return tokens.lock(caller.id(), id)
                .orElseThrow(() -> ErrorAnswers.notFound("you have no token " + id + " for Jira"));
    }

    private void record(FaradayUser caller, int id, @Nullable UserToken before, UserToken after) {
        audit.record(caller.id(), caller.username(), "tokens." + id, before == null ? null : json(before), json(after));
    }

    private static ObjectNode json(UserToken token) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("alias", token.alias())
                .put("token", "***")
                .put("expires_at", token.expiresAt() == null ? null : String.valueOf(token.expiresAt()))
                .put("hide", token.hide())
                .put("revoked", token.revoked());
    }

    private String random() {
        StringBuilder token = new StringBuilder(LENGTH);
        for (int n = 0; n < LENGTH; n++) {
            token.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return token.toString();
    }
}
