/**
 * Fields of issues that follow their vulnerability: what has changed in Faraday is rendered again, and only what Jira does not
 * have yet, and no user has changed in Jira, is sent. The remote link to Faraday's page of the vulnerability is one more thing that
 * follows. Nothing here touches the status or the lease of a link.
 */
@NullMarked
package io.faradaybridge.export.follow;

import org.jspecify.annotations.NullMarked;
