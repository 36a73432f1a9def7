package io.faradaybridge.connection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.activity.SetupAudit;
import io.faradaybridge.configuration.IntegrationSettings;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.faraday.IntegrationConfiguration;
import io.faradaybridge.jira.JiraProblem;
import io.faradaybridge.jira.answers.Myself;
import io.faradaybridge.jira.client.ConnectionProbe;
import io.faradaybridge.jira.client.JiraAvailability;
import io.faradaybridge.jira.http.JiraNetwork;
import io.faradaybridge.link.IssueLinks;
import io.faradaybridge.secrets.SecretUnreadable;
import io.faradaybridge.web.ErrorAnswers;
import io.faradaybridge.web.InvalidRequest;
import java.net.URI;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Changes the connection. Each change is one transaction with its audit row, so that it is saved completely or not at
 * all. A change that makes the authorisation useless removes it and says so.
 */
@Component
class ConnectionSetup {

    private final IntegrationConfiguration row;
    private final ConnectionSettings environment;
    private final ConsumerKeys keys;
    private final CredentialStore stored;
    private final PendingAuthorizations pending;
    private final AuthorizationState state;
    private final ConnectionProbe probe;
    private final CredentialsTrial trial;
    private final CredentialsEnd end;
    private final JiraNetwork network;
    private final IssueLinks links;
    private final ConfiguredJira jira;
    private final JiraAvailability availability;
    private final SetupAudit audit;
    private final TransactionOperations transaction;

    ConnectionSetup(
            IntegrationConfiguration row,
            ConnectionSettings environment,
            ConsumerKeys keys,
            CredentialStore stored,
            PendingAuthorizations pending,
            AuthorizationState state,
            ConnectionProbe probe,
            CredentialsTrial trial,
            CredentialsEnd end,
            JiraNetwork network,
            IssueLinks links,
            ConfiguredJira jira,
            JiraAvailability availability,
            SetupAudit audit,
            TransactionOperations transaction) {
        this.row = row;
        this.environment = environment;
        this.keys = keys;
        this.stored = stored;
        this.pending = pending;
        this.state = state;
        this.probe = probe;
        this.trial = trial;
        this.end = end;
        this.network = network;
        this.links = links;
        this.jira = jira;
        this.availability = availability;
        this.audit = audit;
        this.transaction = transaction;
    }

    /** @return warnings about the change */
    List<String> connect(ConnectionRequest request, FaradayUser user) {
        List<String> warnings = new ArrayList<>();
        URI url = request.address();
        JiraNetwork.Verdict verdict = network.judge(url);
        if (verdict.problem() == JiraProblem.BLOCKED_ADDRESS) {
            throw new InvalidRequest("url", "cannot be used: " + verdict.message());
        }
        if (verdict.problem() == JiraProblem.UNKNOWN_HOST) {
            warnings.add(verdict.message() + "; check its spelling, or set a proxy that can resolve it"
                    + " (bridge.jira.proxy-url)");
        }
        if (verdict.problem() == JiraProblem.OTHER) {
            Optional.of(probe.whyNotSecure(url))
                    .filter(reason -> !reason.isEmpty())
                    .ifPresent(warnings::add);
        }
        transaction.executeWithoutResult(status -> {
            IntegrationSettings before = settings();
            String key = request.consumerKey() == null ? before.consumerKey() : request.consumerKey();
            boolean moved = !sameSite(before.url(), url);
            boolean renamed = !before.consumerKey().equals(key);
            refuseToCarryTokensAway(before, moved);
            boolean dropped = (moved || renamed) && dropAuthorization(moved);
            ObjectNode after = row.change(
                    value -> {
                        value.put("url", url.toString()).put("consumer_key", key);
                        if (dropped) {
                            state.unauthorized(value, "The connection was changed; authorise it again.");
                        }
                    },
                    user.id());
            audit.record(
                    user.id(), user.username(), "connection", shown(before), shown(IntegrationSettings.read(after)));
            if (dropped) {
                warnings.add("The authorisation was for the former connection and was removed; authorise the connection"
                        + " again");
            }
            int linked = moved && !before.url().isEmpty() ? links.count() : 0;
            if (linked > 0) {
                warnings.add(linked + " vulnerabilities stay linked to issues of " + before.url()
                        + " by their ids. This is right only if " + url + " is the same Jira under another"
                        + " address. In another Jira these ids belong to other issues: before you authorise it, disable"
                        + " the integration (PUT enabled); then link the same issues by their keys (POST"
                        + " connection/relink), or unlink those vulnerabilities");
            }
        });
        jira.changed();
        availability.probeNow();
        return warnings;
    }

    /** Makes a new key pair, which replaces the old one. */
    String makeKeys(int bits, FaradayUser user) {
        if (keys.inAFile()) {
            throw ErrorAnswers.conflict(
                    "the private key comes from the environment (bridge.connection.private-key-file); make a new one there,"
                            + " or remove that setting and restart first");
        }
        KeyPair pair = keys.make(bits);
        String publicKey = ConsumerKeys.publicPem(pair);
        transaction.executeWithoutResult(status -> {
            keys.save(pair);
            pending.forgetAll();
            boolean dropped = dropOAuth();
            JsonNode before = row.read()
                    .map(found -> found.value().path("rsa_public_key"))
                    .orElse(JsonNodeFactory.instance.missingNode());
            row.change(
                    value -> {
                        value.put("rsa_public_key", publicKey);
                        if (dropped) {
                            state.unauthorized(value, "A new key pair was made; authorise the connection again.");
                        }
                    },
                    user.id());
            audit.record(
                    user.id(),
                    user.username(),
                    "connection.keys",
                    JsonNodeFactory.instance.objectNode().put("rsa_public_key", before.asText("")),
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("rsa_public_key", publicKey)
                            .put("bits", bits));
        });
        jira.changed();
        return publicKey;
    }

    /** Tries the credentials, then stores them in place of all others. */
    Myself give(CredentialsRequest request, FaradayUser user) {
        Authorization.refuseBesideTheEnvironment(environment);
        URI url = Authorization.address(settings().url());
        CredentialsTrial.Accepted accepted = trial.tried(url, request);
        transaction.executeWithoutResult(status -> {
            String now = settings().url();
            if (!now.equals(url.toString()) && !sameSite(now, url)) {
                throw ErrorAnswers.conflict(
                        "Jira's address was changed while the credentials were tried; give them again");
            }
            stored.save(accepted.credentials());
            pending.forgetAll();
            row.change(state::authorized, user.id());
            audit.record(user.id(), user.username(), "connection.credentials", null, request.shown());
        });
        jira.changed();
        end.check();
        availability.probeNow();
        return accepted.account();
    }

    /** @return warnings about the change */
    List<String> forgetCredentials(FaradayUser user) {
        Authorization.refuseBesideTheEnvironment(environment);
        transaction.executeWithoutResult(status -> {
            boolean there = stored.exists();
            stored.remove();
            pending.forgetAll();
            if (there) {
                row.change(
                        value -> state.unauthorized(value, "The credentials were removed by " + user.username() + "."),
                        user.id());
                audit.record(
                        user.id(),
                        user.username(),
                        "connection.credentials",
                        JsonNodeFactory.instance.objectNode().put("token", "***"),
                        null);
            }
        });
        jira.changed();
        end.check();
        return List.of(
                "Jira still accepts the token until it is revoked in Jira, in the profile of the bridge's account");
    }

    private IntegrationSettings settings() {
        return row.read().map(found -> IntegrationSettings.read(found.value())).orElse(IntegrationSettings.NONE);
    }

    /** The operator's Bearer or Basic credentials would be sent to the host of the new address. */
    private void refuseToCarryTokensAway(IntegrationSettings before, boolean moved) {
        if (moved && !before.url().isEmpty() && environment.token().isPresent()) {
            throw ErrorAnswers.conflict(
                    "the credentials come from the environment (" + environment.source() + ") and are for "
                            + before.url()
                            + "; they would be sent to the new address. Remove that setting and restart first");
        }
    }

    /** @return whether an authorisation was removed */
    private boolean dropAuthorization(boolean moved) {
        pending.forgetAll();
        if (!environment.source().isEmpty()) {
            return true; // the signature was for the former site
        }
        return moved ? drop() : dropOAuth();
    }

    private boolean dropOAuth() {
        return isOAuth() && drop();
    }

    private boolean isOAuth() {
        try {
            return stored.lock()
                    .filter(found -> found.type() == CredentialsType.OAUTH1)
                    .isPresent();
        } catch (SecretUnreadable useless) {
            return true;
        }
    }

    private boolean drop() {
        boolean there = stored.exists();
        stored.remove();
        return there || state.current().equals(AuthorizationState.AUTHORIZED);
    }

    private static boolean sameSite(String before, URI after) {
        return before.equals(after.toString()) || after.equals(parsed(before));
    }

    private static @Nullable URI parsed(String url) {
        try {
            return JiraAddress.parse(url);
        } catch (IllegalArgumentException unusable) {
            return null;
        }
    }

    private static ObjectNode shown(IntegrationSettings settings) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("url", settings.url())
                .put("consumer_key", settings.consumerKey())
                .put("authorization_state", settings.authorizationState());
    }
}
