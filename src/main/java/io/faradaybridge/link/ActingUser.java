package io.faradaybridge.link;

import io.faradaybridge.BridgeSettings;
import io.faradaybridge.faraday.FaradayUsers;
import io.faradaybridge.faraday.VulnerabilityState;
import io.faradaybridge.link.decision.BlockReason;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The user that a change of a vulnerability is recorded for: the owner of the webhook's token, or else the configured
 * user of the bridge. Also finds what forbids the change.
 */
@Component
class ActingUser {

    private final FaradayUsers users;
    private final BridgeSettings settings;

    ActingUser(FaradayUsers users, BridgeSettings settings) {
        this.users = users;
        this.settings = settings;
    }

    /** For {@code update_user_id}; null if the bridge has no user in Faraday. */
    @Nullable
    Integer userId(LinkWork work) {
        Integer fromToken = work.link().hintUserId();
        if (fromToken != null) {
            return fromToken;
        }
        return users.byUsername(settings.faraday().username())
                .map(FaradayUsers.FaradayUser::id)
                .orElse(null);
    }

    /** Why the vulnerability must not be changed; null if it may be. */
    @Nullable
    BlockReason blockReason(LinkWork work) {
        VulnerabilityState vulnerability = work.vulnerability();
        String workspace = "workspace '" + vulnerability.workspaceName() + "'";
        if (!vulnerability.workspaceActive()) {
            return new BlockReason(
                    BlockReason.WORKSPACE_INACTIVE, workspace + " is not active; activate it in Faraday to go on");
        }
        if (vulnerability.workspaceReadOnly()) {
            return new BlockReason(
                    BlockReason.WORKSPACE_READ_ONLY, workspace + " is read-only; make it writable in Faraday to go on");
        }
        Integer userId = work.link().hintUserId();
        if (userId != null
                && !(users.permissions(userId).contains("vulnerabilities:update")
                        && users.mayEnter(userId, vulnerability.workspaceId()))) {
            return new BlockReason(
                    BlockReason.NOT_PERMITTED,
                    "the user of the webhook's token (Faraday user " + userId
                            + ") may not update vulnerabilities in " + workspace
                            + "; use a token of a user who may update them, then change the issue again");
        }
        return null;
    }
}
