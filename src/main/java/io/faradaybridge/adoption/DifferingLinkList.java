package io.faradaybridge.adoption;

import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.configuration.IntegrationSettings;
import io.faradaybridge.faraday.FaradayUsers;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.inbox.InboxAction;
import io.faradaybridge.inbox.InboxEffects;
import io.faradaybridge.inbox.InboxKind;
import io.faradaybridge.inbox.InboxList;
import io.faradaybridge.link.AdoptedLinks.Choice;
import io.faradaybridge.link.decision.Side;
import io.faradaybridge.link.reports.LinkReports;
import io.faradaybridge.web.ErrorAnswers;
import java.util.List;
import org.springframework.stereotype.Component;

/** Links that differ since their adoption, in the inbox. The id of a row is its vulnerability's. */
@Component
class DifferingLinkList implements InboxList {

    private final FollowSide followSide;
    private final FaradayUsers users;
    private final IntegrationConfigurationSource configuration;

    DifferingLinkList(FollowSide followSide, FaradayUsers users, IntegrationConfigurationSource configuration) {
        this.followSide = followSide;
        this.users = users;
        this.configuration = configuration;
    }

    @Override
    public InboxKind kind() {
        return InboxKind.DIFFERS;
    }

    @Override
    public String rows() {
        return LinkReports.DIFFERING;
    }

    @Override
    public List<String> facts() {
        return List.of("faraday", "jira");
    }

    /** @throws org.springframework.web.server.ResponseStatusException if the bridge observes */
    @Override
    public InboxEffects act(InboxAction action, List<Long> ids, FaradayUser user, boolean confirmed) {
        IntegrationSettings settings = configuration.current();
        if (settings.observes()) {
            throw ErrorAnswers.conflict(settings.observation());
        }
        boolean jira = action == InboxAction.FOLLOW_JIRA;
        Choice choice = new Choice(
                users.enterable(user.id()), "", ids.stream().map(Long::intValue).toList());
        FollowSide.Report report =
                followSide.follow(jira ? Side.JIRA : Side.FARADAY, choice, settings, confirmed, user);
        InboxEffects effects = new InboxEffects();
        long known = 0;
        for (FollowSide.Move move : report.moves()) {
            String moved = jira
                    ? "vulnerabilities of " + move.project() + " become '" + move.to() + "', as their issues are '"
                            + move.jira() + "'; now they are '" + move.faraday() + "'"
                    : "issues of " + move.project() + " move to '" + move.to() + "', as their vulnerabilities are '"
                            + move.faraday() + "'; now they are '" + move.jira() + "'";
            effects.does(moved, move.count());
            known += move.count();
        }
        for (FollowSide.Left left : report.left()) {
            effects.leaves(
                    left.project() + " ('" + left.faraday() + "', '" + left.jira() + "'): " + left.reason(),
                    left.count());
            known += left.count();
        }
        return effects.leaves("a side has moved, or is being read again; look again in a moment", ids.size() - known);
    }
}
