package io.faradaybridge.workflow;

import io.faradaybridge.web.InvalidRequest;

/** Reserves a new issue for a vulnerability that was opened again, in the caller's transaction. */
public interface NewIssue {

    /**
     * @param former the key of the issue that the new one is related to
     * @return false if the vulnerability cannot be exported; then the caller rolls back
     * @throws InvalidRequest if nothing can be exported to the project
     */
    boolean reserve(int vulnerabilityId, String projectKey, String issueType, String former);
}
