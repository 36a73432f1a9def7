package io.faradaybridge.export.reopening;

import io.faradaybridge.export.ExportAccount;
import io.faradaybridge.export.ExportReservation;
import io.faradaybridge.web.InvalidRequest;
import io.faradaybridge.workflow.NewIssue;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Reserves the new issue as any export does (E1), for the bridge's user in Faraday. */
@Component
class NewIssueInstead implements NewIssue {

    private final ObjectProvider<ExportReservation> reservation;
    private final ExportAccount account;

    NewIssueInstead(ObjectProvider<ExportReservation> reservation, ExportAccount account) {
        this.reservation = reservation;
        this.account = account;
    }

    @Override
    public boolean reserve(int vulnerabilityId, String projectKey, String issueType, String former) {
        return reservation
                .getObject()
                .reserveInstead(
                        vulnerabilityId,
                        projectKey,
                        issueType,
                        former,
                        account.orElseThrow(
                                "new issues",
                                reason -> new InvalidRequest("export", reason + ", then replay the link")));
    }
}
