package io.faradaybridge.export.reopening;

import io.faradaybridge.BridgeSettings;
import io.faradaybridge.export.ExportReservation;
import io.faradaybridge.faraday.FaradayUsers;
import io.faradaybridge.workflow.NewIssue;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Reserves the new issue as any export does (E1), for the bridge's user in Faraday. */
@Component
class NewIssueInstead implements NewIssue {

    private final ObjectProvider<ExportReservation> reservation;
    private final FaradayUsers users;
    private final BridgeSettings settings;

    NewIssueInstead(ObjectProvider<ExportReservation> reservation, FaradayUsers users, BridgeSettings settings) {
        this.reservation = reservation;
        this.users = users;
        this.settings = settings;
    }

    @Override
    public boolean reserve(int vulnerabilityId, String projectKey, String issueType, String former) {
        return users.byUsername(settings.faraday().username())
                .filter(user ->
                        reservation.getObject().reserveInstead(vulnerabilityId, projectKey, issueType, former, user))
                .isPresent();
    }
}
