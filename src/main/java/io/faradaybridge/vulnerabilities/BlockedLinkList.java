package io.faradaybridge.vulnerabilities;

import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.configuration.IntegrationSettings;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.inbox.InboxAction;
import io.faradaybridge.inbox.InboxEffects;
import io.faradaybridge.inbox.InboxKind;
import io.faradaybridge.inbox.InboxList;
import io.faradaybridge.link.reports.LinkReport;
import io.faradaybridge.link.reports.LinkReports;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Blocked links, in the inbox. */
@Component
class BlockedLinkList implements InboxList {

    private final LinkReports links;
    private final LinkReplay replay;
    private final IntegrationConfigurationSource configuration;
    private final TransactionOperations transaction;

    BlockedLinkList(
            LinkReports links,
            LinkReplay replay,
            IntegrationConfigurationSource configuration,
            TransactionOperations transaction) {
        this.links = links;
        this.replay = replay;
        this.configuration = configuration;
        this.transaction = transaction;
    }

    @Override
    public InboxKind kind() {
        return InboxKind.BLOCKED;
    }

    @Override
    public String rows() {
        return LinkReports.BLOCKED;
    }

    @Override
    public List<String> facts() {
        return List.of("faraday", "jira");
    }

    @Override
    public InboxEffects act(InboxAction action, List<Long> ids, FaradayUser user, boolean confirmed) {
        IntegrationSettings settings = configuration.current();
        return Objects.requireNonNull(transaction.execute(status -> {
            InboxEffects effects = new InboxEffects();
            for (LinkReport link : links.lockBlocked(ids)) {
                Optional<String> resting = settings.restReason(link.project());
                if (resting.isPresent()) {
                    effects.leaves(resting.get(), 1);
                } else if (!confirmed || replay.of(link, user)) {
                    effects.does("looked at again; a cause that still exists blocks them again", 1);
                }
            }
            return effects;
        }));
    }
}
