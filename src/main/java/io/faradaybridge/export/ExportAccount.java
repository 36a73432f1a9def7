package io.faradaybridge.export;

import io.faradaybridge.BridgeSettings;
import io.faradaybridge.faraday.FaradayUsers;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** The Faraday user in whose name exports are made that no user requested, with that user's permissions. */
@Component
public class ExportAccount {

    private final FaradayUsers users;
    private final String username;

    ExportAccount(FaradayUsers users, BridgeSettings settings) {
        this.users = users;
        this.username = settings.faraday().username();
    }

    /** @param refusal makes an exception of the reason and the cure, two clauses without a full stop */
    public <E extends RuntimeException> FaradayUser orElseThrow(String exports, Function<String, E> refusal) throws E {
        Optional<FaradayUser> user = users.byUsername(username).filter(FaradayUser::active);
        if (user.isEmpty()) {
            throw refusal.apply(exports + " run as the Faraday user '" + username
                    + "' (bridge.faraday.username), who is not an active user: correct it");
        }
        if (!users.permissions(user.get().id()).containsAll(List.of("jira:create", "vulnerabilities:update"))) {
            throw refusal.apply(exports + " run as the Faraday user '" + username
                    + "' (bridge.faraday.username), who may not export: the role needs jira:create and"
                    + " vulnerabilities:update; correct it");
        }
        return user.get();
    }
}
